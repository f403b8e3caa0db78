// npm run conformance -- --detect-edition: which edition of the contract a target fits, with the evidence. The embedded
// emulator, where no address is named, is started in the edition that --edition names.
import { join } from 'node:path';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../conformance/client/secrets.ts';
import { type Detection, detectEdition, MOST_SPENT } from '../conformance/detection/detect-edition.ts';
import { fitLine, fitTable } from '../conformance/detection/fit-table.ts';
import type { RunConfig } from '../conformance/run/config.ts';
import { configure } from '../conformance/run/configure.ts';
import { UsageError } from './command.ts';
import type { ConformanceOptions } from './conformance-options.ts';
import { withEmbedded } from './embedded-emulator.ts';
import { identityOf } from './identity.ts';

/** Detects the edition of a target, prints it, and hands back the exit status. */
export async function printEdition(options: ConformanceOptions, root: string): Promise<number> {
  const { edition = 'current', ...rest } = options;
  const config = configure(
    { ...rest, edition: 'current' },
    { env: process.env, root, now: new Date(), ...identityOf(root) },
  );
  if (!config.target.isEmbedded && options.edition !== undefined)
    throw new UsageError('--edition says which edition to judge by, and --detect-edition asks for it', 'leave one out');
  if (options.plan === true) {
    const { requests, jobs, files } = MOST_SPENT;
    process.stdout.write(`At most ${requests} requests, ${jobs} jobs and ${files} files. Nothing was sent.\n`);
    return 0;
  }
  if (!config.target.isEmbedded) return tell(config, options, process.env);
  return withEmbedded({ root, config, edition }, (bound, env) => tell(bound, options, env));
}

async function tell(config: RunConfig, options: ConformanceOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const secrets = new Secrets({
    [KEY_PLACEHOLDER]: env[config.apiKeyEnv],
    [ADMIN_KEY_PLACEHOLDER]: env[config.adminKeyEnv],
  });
  const ledgerFolder = config.target.isEmbedded ? undefined : join(config.ledgerDir, '.ledger');
  if (options.quiet !== true) process.stderr.write(`Asking ${config.target.baseUrl} which edition it fits\n`);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  let stop = (): void => undefined;
  const handler = (): void => stop();
  for (const signal of signals) process.on(signal, handler);
  try {
    const detection = await detectEdition({ config, secrets, ledgerFolder, onStart: (how) => (stop = how) });
    const exitCode = exitCodeOf(detection);
    const { baseUrl } = config.target;
    const text = options.json === true ? fitLine(baseUrl, exitCode, detection) : fitTable(baseUrl, detection);
    process.stdout.write(secrets.scrub(text));
    return exitCode;
  } finally {
    for (const signal of signals) process.off(signal, handler);
  }
}

/** As for any run: 3 where nothing was answered or nothing learned, 5 where a budget ended it, 0 where it was told. */
function exitCodeOf({ answered, stopped, best }: Detection): number {
  if (!answered) return 3;
  if (stopped !== undefined) return 5;
  return best.length === 0 ? 3 : 0;
}
