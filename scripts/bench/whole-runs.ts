// What whole runs cost: `npm run conformance` as a user starts it, against the emulator in a process of its own. Time
// has to follow the number of cases, and memory must not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bases } from '../../conformance/scenarios/bases.ts';
import { ruleTier, siteTier } from '../../conformance/scenarios/faults.ts';
import { canMeasurePeaks } from './process-tree.ts';
import { row, type Section } from './section.ts';
import { emulatorPeak, growthLine, suitePeak, type WatchedRun, watchedRun } from './watched-run.ts';

const MOST_SITE_SECONDS = 3;

interface WholeRun extends WatchedRun {
  readonly requests: number;
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

/** Runs the command to its end, and listens to what it has done. @throws Error where it came to no report. */
async function conformance(words: readonly string[]): Promise<WholeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'fine-tuning-bench-'));
  const scenarios = new Map<string, number>();
  let last = performance.now();
  const onLine = (line: string): void => {
    const { title } = JSON.parse(line) as { readonly title?: string };
    const now = performance.now();
    if (title !== undefined) scenarios.set(title, (now - last) / 1000);
    last = now;
  };
  try {
    const run = await watchedRun(folder, ['--json', ...words], { onLine });
    if (run.report === undefined) throw new Error(`the run came to no report: ${run.err}`);
    return { ...run, requests: run.report.run.requests, scenarios };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ seconds, requests, status }: WholeRun): string {
  const rate = Math.round(requests / seconds);
  return `${requests} requests in ${seconds.toFixed(1)} s, ${rate} a second, exit ${status ?? 'by a signal'}`;
}

function memory(run: WholeRun, idle: WholeRun): string {
  return `${growthLine(suitePeak(run), suitePeak(idle), 'the idle run')}; emulator ${Math.round(emulatorPeak(run))} MiB`;
}
