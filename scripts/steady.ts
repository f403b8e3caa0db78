// npm run steady: does the suite say the same of the same target every time? It judges the emulator again and again, with
// other seeds, on a machine that is busy, over a line that is slow, in every edition and mode, and counts the verdicts that
// differ. The emulator conforms: a row that fails once is as flaky as one that fails every second time.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Edition } from '#generated/current/rules.ts';
import { EDITIONS, type Mode, MODES } from '../conformance/requirements/requirement.ts';
import { newCommand, oneMore, parsed, runCommand, wholeNumber } from './command.ts';
import { differingRows, type SteadyResult, type SteadyRun } from './testing/steady-run.ts';
import { withoutKeys } from './without-keys.ts';
import { askAll } from './worker-processes.ts';

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
  readonly edition: Edition;
  readonly mode: Mode;
  readonly results: SteadyResult[];
}

interface Work {
  readonly series: Series;
  readonly asked: SteadyRun;
}

const root = resolve(import.meta.dirname, '..');

const program = newCommand('steady')
  .description('Judges the emulator again and again and counts the verdicts that differ.')
  .option('--runs <n>', 'runs of each series, each with a seed of its own', wholeNumber, 20)
  .option('--seed <n>', 'seed of the first run; the next has the next', wholeNumber, 1)
  .option('--every-edition', 'a series for every edition in both modes; without it, the current one in compatible mode', false)
  .option('--latency <ms>', 'hold each answer back by a random time up to so many milliseconds', wholeNumber, 0)
  .option('--load', 'keep every core busy beside the runs', false)
  .option('--tier <tier>', 'smoke, sites or full', 'full')
  .option('--defect <id>', 'start the emulator with a bug (repeatable): to see that the count can be other than none', oneMore, [])
  .option('--workers <n>', 'runs at a time', wholeNumber, availableParallelism())
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
  const editions = everyEdition ? EDITIONS : (['current'] as const);
  const modes = everyEdition ? MODES : (['compatible'] as const);
  return editions.flatMap((edition) => modes.map((mode) => ({ edition, mode, results: [] })));
}

function nameOf({ edition, mode }: Series): string {
  return `${edition} ${mode}`;
}

function workOf(all: readonly Series[], { runs, seed, latency, tier, defect }: Options): Work[] {
  return all.flatMap((series) =>
    Array.from({ length: runs }, (_, index) => ({
      series,
      asked: { mode: series.mode, seed: seed + index, latencyMs: latency, tier, defects: defect },
    })),
  );
}

/** A process for each core that does nothing, as fast as it can. */
function startLoad(): () => void {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return () => busy.forEach((one) => one.kill('SIGKILL'));
}

function perform(work: readonly Work[], workers: number): Promise<void> {
  let done = 0;
  return askAll<Work, SteadyResult>(work, {
    script: join(root, 'scripts/steady-worker.ts'),
    workers,
    envOf: ({ series }) => ({ CONFORMANCE_EDITION: series.edition }),
    questionOf: ({ asked }) => asked,
    nameOf: ({ series, asked }) => `${nameOf(series)}, seed ${asked.seed}`,
    onAnswer: ({ series, asked }, result) => {
      series.results.push(result);
      done += 1;
      say(`[${done}/${work.length}] ${nameOf(series)}, seed ${asked.seed}`, result);
    },
  });
}

function say(run: string, { exitCode, requests, seconds }: SteadyResult): void {
  process.stderr.write(`${run}: exit ${exitCode}, ${requests} requests, ${seconds.toFixed(1)} s\n`);
}

/** Prints each series and what differs in it. */
function tell(all: readonly Series[], seconds: number): number {
  let [runs, flaky, red] = [0, 0, 0];
  for (const series of all) {
    const { results } = series;
    const differing = differingRows(results);
    const notGreen = results.filter(({ exitCode }) => exitCode !== 0);
    const rows = Object.keys(results[0]?.statuses ?? {}).length;
    process.stdout.write(`${nameOf(series)}: ${results.length} runs of ${rows} rows, ${differing.length} flaky, ${notGreen.length} not conformant\n`);
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
