// npm run emulator: serves the fine-tuning API on this machine until it is told to stop.
import { InvalidArgumentError } from 'commander';
import { allDefects } from '../emulator/defects/all-defects.ts';
import { EDITION_NAMES } from '../emulator/editions.ts';
import { startEmulator } from '../emulator/server.ts';
import { newCommand, oneMore, parsed, runCommand } from './command.ts';

interface Options {
  readonly port: number;
  readonly host?: string;
  readonly apiKey?: string;
  readonly adminKey?: string;
  readonly jobSeconds?: number;
  readonly edition?: string;
  readonly behaviour?: string;
  readonly unknownMembers?: string;
  readonly data?: string;
  readonly defect: readonly string[];
  readonly listDefects?: boolean;
}

const DEFAULT_PORT = 4010;

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
};

const program = newCommand('emulator')
  .description('A faithful server of the OpenAI-compatible fine-tuning API: files, jobs, events, checkpoints, models.')
  .option('--port <n>', 'port to listen on, 0 for any free one', number, DEFAULT_PORT)
  .option('--host <address>', 'address to listen on (127.0.0.1 by default: only this machine)')
  .option('--api-key <key>', 'refuse calls without this key; without it any key is good, and none too')
  .option('--admin-key <key>', 'the key that checkpoint permissions need')
  .option('--job-seconds <s>', 'how long a job takes from creation to end (default 1; 0: it ends at once)', number)
  .option('--edition <name>', `state of the contract: ${EDITION_NAMES.join(', ')}`)
  .option(
    '--behaviour <name>',
    "documented, schema (where prose contradicts it), or sdk: what the SDKs' own test suites need",
  )
  .option('--unknown-members <what>', 'refuse or accept members of a create that the contract does not list')
  .option('--data <folder>', 'keep files and jobs in this folder over a restart')
  .option('--defect <id>', 'start with this bug (repeatable)', oneMore, [])
  .option('--list-defects', 'list the bugs: id, what the vendor did wrong, the requirement it breaks')
  .addHelpText(
    'after',
    `
Examples:
  npm run emulator                                    serve http://127.0.0.1:${DEFAULT_PORT}/v1, jobs take a second
  npm run emulator -- --port 0 --job-seconds 0        any free port, jobs end at once
  npm run emulator -- --api-key sk-test --data .jobs  with a key, and with state that outlives a restart
  npm run emulator -- --behaviour sdk                 the target of an SDK's own test suite (TEST_API_BASE_URL)
  npm run emulator -- --defect lenient:create.seed.maximum
  npm run emulator -- --list-defects | cut -f1        the ids that --defect takes

Then, with any OpenAI SDK:
  OPENAI_BASE_URL=http://127.0.0.1:${DEFAULT_PORT}/v1 OPENAI_API_KEY=any python your_script.py`,
  )
  .allowExcessArguments(false);

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  if (options.listDefects === true) {
    for (const { id, wrong, breaks } of allDefects()) process.stdout.write(`${id}\t${wrong}\t${breaks}\n`);
    return 0;
  }
  // Who stops the server while it starts must not lose what it leaves behind.
  const stopped = stopSignal();
  const { data, defect, listDefects: _, ...rest } = options;
  const emulator = await startEmulator({ ...rest, defects: defect, ...(data === undefined ? {} : { dataDir: data }) });
  process.stdout.write(`listening ${emulator.url}\n`);
  await stopped;
  await emulator.close();
  return 0;
}

/** Settles when somebody asks the process to stop. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

await runCommand(main);
