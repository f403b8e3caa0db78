// What every command shares: a usage error is one line on stderr that names the mend, with exit status 2; a fault of
// our own shows its stack and ends with 4.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
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

/**
 * Runs a command to its exit status; errors meant for people are one line.
 * @param cleaned what is printed of an error; commands that know keys take them out.
 */
export async function runCommand(
  main: () => Promise<number>,
  cleaned: (text: string) => string = (text) => text,
): Promise<void> {
  // Who reads the first lines and closes the pipe has what was wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Error && FOR_PEOPLE.has(error.name)) {
      process.stderr.write(`${pc.red('error')} ${cleaned(error.message)}\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${pc.red('fault of the suite')} ${cleaned(faultText(error))}\n`);
      process.exitCode = 4;
    }
  }
}

function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof Fault ? error.message : (error.stack ?? error.message);
}

/** A command of the project, `npm run NAME --`: it throws instead of exiting, and prints no error itself. */
export function newCommand(name: string): Command {
  return new Command(`npm run ${name} --`).exitOverride().configureOutput({ outputError: () => undefined });
}

/** Parses the arguments of the process. False where help was asked for and printed. @throws UsageError */
export function parsed(command: Command): boolean {
  try {
    command.parse();
    return true;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return false;
    throw asUsageError(error, `see ${command.name()} --help`);
  }
}

function asUsageError(error: unknown, help: string): unknown {
  if (!(error instanceof CommanderError)) return error;
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return new UsageError(message, help);
}

/** Reads a count from an argument: 0 to 999,999. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

/** Gathers the values of an option that may be given several times. */
export function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
