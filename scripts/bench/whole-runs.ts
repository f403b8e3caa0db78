// What whole runs cost: `npm run conformance` as a user starts it, against the emulator in a process of its own. Time
// has to follow the number of cases, and memory must not.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Report } from '../../conformance/reporting/report.ts';
import { bases } from '../../conformance/scenarios/bases.ts';
import { ruleTier, siteTier } from '../../conformance/scenarios/faults.ts';
import { canMeasurePeaks, largestOfEmulator, largestOfSuite, type ProcessPeak, watchTree } from './process-tree.ts';
import { row, type Section } from './section.ts';

const root = resolve(import.meta.dirname, '../..');
const MOST_GROWTH_MIB = 150;
const MOST_SITE_SECONDS = 3;

interface WholeRun {
  readonly seconds: number;
  readonly requests: number;
  readonly exitCode: number | null;
  readonly peaks: readonly ProcessPeak[];
  /** Seconds from the end of the scenario before to the end of each, by title. */
  readonly scenarios: ReadonlyMap<string, number>;
}

/** Runs of ever more random cases, beside a run of none. */
export const randomCases: Section = {
  name: 'cases',
  about: 'time and memory of whole runs as random cases grow (--cases)',
  run: async (say, { cases }) => {
    say('whole runs against the emulator, which is a process of its own');
    const idle = await conformance(['--cases', '0']);
    say(row('0 random cases', told(idle)));
    for (const count of cases) {
      const run = await conformance(['--cases', String(count)]);
      const more = ((run.seconds - idle.seconds) * 1000) / Math.max(1, count);
      say(row(`${count} random cases`, `${told(run)}, ${more.toFixed(1)} ms more a case`));
      if (canMeasurePeaks()) say(row('', memory(run, idle)));
    }
    if (!canMeasurePeaks()) say(row('memory', 'is told where /proc is'));
  },
};

/** The tier that breaks each constraint once. */
export const refusalTier: Section = {
  name: 'sites',
  about: 'seconds of the tier that breaks every constraint of create once',
  run: async (say) => {
    const run = await conformance(['--tier', 'sites']);
    const [rules, places] = [ruleTier, siteTier].map(({ title }) => run.scenarios.get(title) ?? Number.NaN);
    const seconds = (rules ?? 0) + (places ?? 0);
    const goal = `goal: under ${MOST_SITE_SECONDS} s${seconds < MOST_SITE_SECONDS ? '' : ', MISSED'}`;
    say('tier sites against the emulator');
    say(row('its refusals', `${seconds.toFixed(2)} s (${goal})`));
    say(row('the bases they stand on', `${(run.scenarios.get(bases.title) ?? Number.NaN).toFixed(2)} s`));
    say(row('the whole run', told(run)));
  },
};

/** Runs the command to its end, and watches its processes. */
async function conformance(words: readonly string[]): Promise<WholeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'fine-tuning-bench-'));
  const script = join(root, 'scripts/conformance.ts');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--json', '--report', folder, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Whoever ends the bench ends what it started.
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const watched = watchTree(child.pid ?? process.pid);
  const scenarios = new Map<string, number>();
  let last = started;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { title } = JSON.parse(line) as { readonly title?: string };
    const now = performance.now();
    if (title !== undefined) scenarios.set(title, (now - last) / 1000);
    last = now;
  });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const seconds = (performance.now() - started) / 1000;
    const report = JSON.parse(readFileSync(join(folder, 'conformance.json'), 'utf8')) as Pick<Report, 'run'>;
    return { seconds, requests: report.run.requests, exitCode, peaks: watched.end(), scenarios };
  } finally {
    process.off('exit', end);
    watched.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ seconds, requests, exitCode }: WholeRun): string {
  const rate = Math.round(requests / seconds);
  return `${requests} requests in ${seconds.toFixed(1)} s, ${rate} a second, exit ${exitCode ?? 'by a signal'}`;
}

function memory(run: WholeRun, idle: WholeRun): string {
  const peak = largestOfSuite(run.peaks);
  const growth = Math.round(peak - largestOfSuite(idle.peaks));
  const goal = `goal: at most ${MOST_GROWTH_MIB}${growth <= MOST_GROWTH_MIB ? '' : ', MISSED'}`;
  const emulator = Math.round(largestOfEmulator(run.peaks));
  const grown = growth < 0 ? String(growth) : `+${growth}`;
  return `largest suite process ${Math.round(peak)} MiB, ${grown} over the idle run (${goal}); emulator ${emulator} MiB`;
}
