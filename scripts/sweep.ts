// npm run sweep: cancels jobs and deletes files that earlier runs left behind on a target.
import { join, resolve } from 'node:path';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../conformance/client/secrets.ts';
import { configure, type Options } from '../conformance/run/configure.ts';
import { ledgersFor, sweepLedger } from '../conformance/run/sweep.ts';
import { identityOf } from './identity.ts';
import { newCommand, parsed, runCommand, UsageError } from './command.ts';

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

async function main(): Promise<number> {
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
  const secrets = new Secrets({
    [KEY_PLACEHOLDER]: process.env[config.apiKeyEnv],
    [ADMIN_KEY_PLACEHOLDER]: process.env[config.adminKeyEnv],
  });
  const ledgers = ledgersFor(join(config.ledgerDir, '.ledger'), config.target.baseUrl);
  process.stdout.write(`${ledgers.length} earlier runs on ${config.target.baseUrl} may have left something\n`);
  let left = 0;
  for (const ledger of ledgers) {
    const result = await sweepLedger(config, secrets, ledger);
    process.stdout.write(
      `run ${result.runId} of ${result.at}: ${result.cancelled.length} jobs cancelled, ${result.deleted.length} files deleted, ${result.left.length} left\n`,
    );
    for (const { id, reason } of result.left)
      process.stdout.write(`  left ${JSON.stringify(id.slice(0, 80))}: ${reason}\n`);
    left += result.left.length;
  }
  return left === 0 ? 0 : 1;
}

await runCommand(main);
