// What every command shares: a usage error is one line on stderr that names the mend, with exit status 2; a fault of
// our own shows its stack and ends with 4.
import pc from 'picocolors';

/** Wrong arguments or configuration. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param what what is wrong, @param mend what to do instead. */
  constructor(what: string, mend: string) {
    super(`${what}; ${mend}`);
  }
}

/** The suite could not do its work, for a reason that a person understands without a stack. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

const FOR_PEOPLE = new Set(['UsageError', 'CompileError', 'ConfigurationError']);

/** Runs a command to its exit status; errors meant for people are one line. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Error && FOR_PEOPLE.has(error.name)) {
      process.stderr.write(`${pc.red('error')} ${error.message}\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${pc.red('fault of the suite')} ${faultText(error)}\n`);
      process.exitCode = 4;
    }
  }
}

function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof Fault ? error.message : (error.stack ?? error.message);
}

/** Makes commander throw instead of exiting, with the error in our form. */
export function asUsageError(error: unknown, help: string): unknown {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')) {
    return new UsageError(
      error.message
        .replace(/^error: /, '')
        .replace(/\s*\n\s*/g, ' ')
        .replace(/\.$/, ''),
      help,
    );
  }
  return error;
}
