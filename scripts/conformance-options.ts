// The arguments of npm run conformance, and the help that teaches them.
import { type Command, InvalidArgumentError } from 'commander';
import type { Options } from '../conformance/run/configure.ts';
import { newCommand, oneMore } from './command.ts';

export interface ConformanceOptions extends Options {
  readonly replay?: string;
  readonly list?: boolean;
  readonly detectEdition?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly updateWaivers?: boolean;
}

const whole = (text: string): number => {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
};

const EXAMPLES = `
Examples:
  npm run conformance                                        judge the emulator that ships with the suite
  npm run conformance -- --base-url http://127.0.0.1:4010/v1 judge a server on this machine
  CONFORMANCE_API_KEY=… npm run conformance -- --base-url https://api.example.com/v1 --max-jobs 60 --model my-model
  npm run conformance -- --target my-vendor.yaml --plan      what a run would send, without sending it
  npm run conformance -- --only 'create.seed.*' --only echo.seed
  npm run conformance -- --list                              every requirement, with level and source

Exit status: 0 conformant, 1 a MUST failed or a waiver is out of date, 2 wrong arguments, 3 not reached or not all exercised,
  4 a fault of the suite, 5 a budget ended the run.`;

/** The command with its options. It throws instead of exiting. */
export function conformanceCommand(): Command {
  return newCommand('conformance')
    .description('Judges a server of the OpenAI-compatible fine-tuning API against its contract.')
    .option('--base-url <url>', 'what an SDK would be given (default: the embedded emulator)')
    .option('--target <name|file>', 'a profile: what the target claims, its models, waivers, auth header')
    .option('--model <[method=]name>', 'model to train, for all methods or one (repeatable)', oneMore)
    .option('--api-key-env <name>', 'variable that holds the key (default CONFORMANCE_API_KEY)')
    .option('--admin-key-env <name>', "variable that holds the admin's key (default CONFORMANCE_ADMIN_API_KEY)")
    .option(
      '--edition <name>',
      'state of the contract to judge by: 2024-04, 2024-09, 2024-12, 2025-05 or current (default)',
    )
    .option('--detect-edition', 'tell which edition a target fits best, with the evidence, and judge nothing')
    .option('--mode <mode>', 'compatible (default) or strict: take the schema at its word')
    .option('--tier <tier>', 'smoke, sites or full (default full on loopback, sites elsewhere)')
    .option('--only <glob>', 'judge, and send for, these requirements only (repeatable)', oneMore)
    .option('--seed <n>', 'seed of generated payloads (default 1)', whole)
    .option(
      '--shard <i/n>',
      'do the i-th of n parts; npm run report -- --merge makes one report of all',
      (text: string) => text,
    )
    .option('--cases <n>', 'random legal payloads in the full tier (default 100)', whole)
    .option('--commands <n>', 'calls in random sequences on several jobs in the full tier (default 200)', whole)
    .option('--strength <n>', 'factors that are combined in all ways: 2 (pairs, the default) or 3', whole)
    .option('--free-tier <on|off>', 'show legal extremes without jobs where that can be (default on, off on loopback)')
    .option('--max-jobs <n>', 'jobs that may be made; needed off loopback, where each costs money', whole)
    .option('--max-requests <n>', 'requests that may be sent', whole)
    .option('--max-seconds <n>', 'time that the run may take', whole)
    .option('--job-timeout <s>', 'how long to wait for a job to end (default 60 on loopback, 7200 elsewhere)', whole)
    .option('--lifecycle <how>', 'full (default) or cancel-only: wait for no job to end')
    .option('--wire <how>', 'safe or full: hostile bytes too (default full on loopback)')
    .option('--concurrency <n>', 'requests at a time (default 16 on loopback, 2 elsewhere)', whole)
    .option('--timeout <s>', 'how long to wait for an answer (default 10 on loopback, 120 elsewhere)', whole)
    .option('--max-body-bytes <n>', 'longest answer that is read (default 4 MiB)', whole)
    .option('--waivers <file>', 'accepted deviations, each with a reason, an owner and an end')
    .option('--corpus <file>', 'past counterexamples, sent first and added to (default reports/corpus/<target>.jsonl)')
    .option('--no-corpus', 'send no past counterexamples and keep no new ones')
    .option('--update-waivers', 'take waivers that are out of date out of their files, line by line')
    .option('--report <dir>', 'where the report goes (default reports/<target>)')
    .option('--replay <file#id>', 'run again what showed a failure of a report')
    .option('--plan', 'print what would be sent, and send nothing')
    .option('--list', 'print every requirement; --json for scripts')
    .option('--json', 'progress and result as JSON lines on standard output; with --list: the rows as JSON')
    .option('--quiet', 'no progress and no table: the exit status and the report')
    .option(
      '--defect <id>',
      'start the embedded emulator with a bug (repeatable; npm run emulator -- --list-defects)',
      oneMore,
    )
    .option('--insecure-http', 'let a key cross the network over plain http')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false);
}
