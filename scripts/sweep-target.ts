// Cancels jobs and deletes files that earlier runs left behind on a target. What it asks is in every edition, and what is
// answered is not judged, so that it needs to know no edition of the target.
import { join, resolve } from 'node:path';
import { logText } from '../conformance/reporting/escape.ts';
import { configure, type Options } from '../conformance/run/configure.ts';
import { keyWarnings, secretsFrom } from '../conformance/run/keys.ts';
import { ledgersFor, sweepLedger } from '../conformance/run/sweep.ts';
import { identityOf } from './identity.ts';
import { newCommand, parsed, UsageError } from './command.ts';

const root = resolve(import.meta.dirname, '..');

const program = newCommand('sweep')
  .description(
    'Cancels jobs and deletes files that earlier runs left behind. It touches only what is proven to be theirs.',
  )
  .option('--base-url <url>', 'the target, as it was given to npm run conformance')
  .option('--target <name|file>', 'its profile')
  .option('--api-key-env <name>', 'variable that holds the key (default CONFORMANCE_API_KEY)')
  .option('--insecure-http', 'let a key cross the network over plain http')
  .allowExcessArguments(false);

/** @returns the exit status: 0 where nothing is left. */
export async function sweepTarget(): Promise<number> {
  if (!parsed(program)) return 0;
  const config = configure(
    { ...program.opts<Options>(), maxJobs: 1, edition: 'current' },
    { env: process.env, root, now: new Date(), ...identityOf(root) },
  );
  if (config.target.isEmbedded)
    throw new UsageError(
      'no target was named',
      'add --base-url or --target; the embedded emulator leaves nothing behind',
    );
  const secrets = secretsFrom(config, process.env);
  for (const warning of keyWarnings(config, process.env)) process.stderr.write(`warning ${warning}\n`);
  const baseUrl = secrets.scrub(config.target.baseUrl);
  const ledgers = ledgersFor(join(config.ledgerDir, '.ledger'), baseUrl);
  process.stdout.write(`${ledgers.length} earlier runs on ${baseUrl} may have left something\n`);
  let left = 0;
  for (const ledger of ledgers) {
    const result = await sweepLedger(config, secrets, ledger);
    process.stdout.write(
      `run ${logText(result.runId)} of ${logText(result.at)}: ${result.cancelled.length} jobs cancelled, ${result.deleted.length} files deleted, ${result.left.length} left\n`,
    );
    for (const { id, reason } of result.left)
      process.stdout.write(`  left ${secrets.scrub(JSON.stringify(logText(id.slice(0, 80))))}: ${reason}\n`);
    left += result.left.length;
  }
  return left === 0 ? 0 : 1;
}
