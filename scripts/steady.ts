// npm run steady: does the suite say the same of the same target every time? It judges the emulator again and again, with
// other seeds, on a machine that is busy, over a line that is slow, in every edition and mode, and counts the verdicts that
// differ. The emulator conforms: a row that fails once is as flaky as one that fails every second time.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { EDITIONS } from '../conformance/requirements/requirement.ts';
import { newCommand, parsed, runCommand } from './command.ts';
import { differingRows, MODES, type SteadyResult, type SteadyRun } from './testing/steady-run.ts';
import { withoutKeys } from './without-keys.ts';

interface Options {
  readonly runs: number;
  readonly latency: number;
  readonly load: boolean;
  readonly everyEdition: boolean;
  readonly seed: number;
  readonly tier: SteadyRun['tier'];
  readonly defect: readonly string[];
  readonly workers: number;
}

/** Runs of one contract and mode: what is compared with each other. */
interface Series {
  readonly name: string;
  readonly edition: string;
  readonly results: SteadyResult[];
}

interface Work {
  readonly series: Series;
  readonly asked: SteadyRun;
}

const root = resolve(import.meta.dirname, '..');

const whole = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
};

const program = newCommand('steady')
  .description('Judges the emulator again and again and counts the verdicts that differ.')
  .option('--runs <n>', 'runs of each series, each with a seed of its own', whole, 20)
  .option('--seed <n>', 'seed of the first run; the next has the next', whole, 1)
  .option('--every-edition', 'a series for every edition in both modes; without it, the current one in compatible mode', false)
  .option('--latency <ms>', 'hold each answer back by a random time up to so many milliseconds', whole, 0)
  .option('--load', 'keep every core busy beside the runs', false)
  .option('--tier <tier>', 'smoke, sites or full', 'full')
  .option('--defect <id>', 'start the emulator with a bug (repeatable): to see that the count can be other than none', (id: string, before: readonly string[]) => [...before, id], [])
  .option('--workers <n>', 'runs at a time', whole, availableParallelism())
  .allowExcessArguments(false); // prettier-ignore

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  const all = seriesOf(options);
  const stopLoad = options.load ? startLoad() : (): void => undefined;
  const started = performance.now();
  try {
    await perform(workOf(all, options), options.workers);
  } finally {
    stopLoad();
  }
  return tell(all, (performance.now() - started) / 1000);
}

function seriesOf({ everyEdition }: Options): readonly Series[] {
  const kinds = everyEdition ? EDITIONS.flatMap((edition) => MODES.map((mode) => ({ edition, mode }))) : undefined;
  return (kinds ?? [{ edition: 'current', mode: 'compatible' }]).map(({ edition, mode }) => ({
    name: `${edition} ${mode}`,
    edition,
    results: [],
  }));
}

function workOf(all: readonly Series[], { runs, seed, latency, tier, defect }: Options): Work[] {
  return all.flatMap((series) =>
    Array.from({ length: runs }, (_, index): Work => {
      const mode = series.name.endsWith('strict') ? 'strict' : 'compatible';
      return { series, asked: { mode, seed: seed + index, latencyMs: latency, tier, defects: defect } };
    }),
  );
}

/** A process for each core that does nothing, as fast as it can. */
function startLoad(): () => void {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return () => busy.forEach((one) => one.kill('SIGKILL'));
}

async function perform(work: readonly Work[], workers: number): Promise<void> {
  const queue = [...work];
  let done = 0;
  const worker = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    let edition: string | undefined;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { series, asked } = next;
        if (child === undefined || edition !== series.edition) {
          child?.kill();
          child = processOf(series.edition);
          edition = series.edition;
        }
        const result = await resultOf(child, asked);
        series.results.push(result);
        done += 1;
        say(`[${done}/${work.length}] ${series.name}, seed ${asked.seed}`, result);
      }
    } finally {
      child?.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, worker));
}

function say(run: string, { exitCode, requests, seconds }: SteadyResult): void {
  process.stderr.write(`${run}: exit ${exitCode}, ${requests} requests, ${seconds.toFixed(1)} s\n`);
}

function processOf(edition: string): ChildProcess {
  const env = { ...process.env, CONFORMANCE_EDITION: edition };
  return fork(join(root, 'scripts/steady-worker.ts'), { execArgv: ['--import', 'tsx'], env });
}

async function resultOf(child: ChildProcess, asked: SteadyRun): Promise<SteadyResult> {
  return new Promise((resolveResult, reject) => {
    const died = (): void => reject(new Error(`the process of seed ${asked.seed} died`));
    child.once('exit', died);
    child.once('message', (message: { result?: SteadyResult; error?: string }) => {
      child.off('exit', died);
      if (message.result) resolveResult(message.result);
      else reject(new Error(message.error ?? ''));
    });
    child.send(asked);
  });
}

/** Prints each series and what differs in it. */
function tell(all: readonly Series[], seconds: number): number {
  let [runs, flaky, red] = [0, 0, 0];
  for (const { name, results } of all) {
    const differing = differingRows(results);
    const notGreen = results.filter(({ exitCode }) => exitCode !== 0);
    const rows = Object.keys(results[0]?.statuses ?? {}).length;
    process.stdout.write(`${name}: ${results.length} runs of ${rows} rows, ${differing.length} flaky, ${notGreen.length} not conformant\n`);
    for (const line of differing) process.stdout.write(`  ${line}\n`);
    for (const reason of new Set(notGreen.map((one) => one.reason))) process.stdout.write(`  ${reason}\n`);
    runs += results.length;
    flaky += differing.length;
    red += notGreen.length;
  } // prettier-ignore
  process.stdout.write(
    `flaky verdicts: ${flaky} in ${runs} runs, ${red} of them not conformant; ${Math.round(seconds)} s\n`,
  );
  return flaky + red > 0 ? 1 : 0;
}

await runCommand(main, withoutKeys);
