// A run of `npm run conformance` as a user starts it, with the time and the memory that its processes took.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Report } from '../../conformance/reporting/report.ts';
import { start } from '../testing/commands.ts';
import { canMeasurePeaks, type ProcessPeak, watchTree } from './process-tree.ts';

export interface WatchedRun {
  readonly seconds: number;
  readonly status: number | null;
  /** What was written, or undefined where it came to no report. */
  readonly report: Report | undefined;
  readonly err: string;
  readonly peaks: readonly ProcessPeak[];
}

/** The most that a process may grow over an idle run, in MiB. */
export const MOST_GROWTH_MIB = 150;

/**
 * Runs the command to its end.
 * @param folder where the report goes, @param words its other arguments, @param onLine hears each line of its output.
 */
export async function watchedRun(
  folder: string,
  words: readonly string[],
  { env = {}, onLine = () => undefined }: { env?: NodeJS.ProcessEnv; onLine?: (line: string) => void } = {},
): Promise<WatchedRun> {
  const started = performance.now();
  const { child, ended } = start('conformance.ts', ['--report', folder, ...words], env);
  // Whoever ends the command that measures ends what it started.
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const watched = watchTree(child.pid ?? process.pid);
  createInterface({ input: child.stdout }).on('line', onLine);
  const { status, err } = await ended;
  process.off('exit', end);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, status, err, report: reportIn(folder), peaks: watched.end() };
}

/** The most memory that a process of the suite took, in MiB; NaN where the system does not tell. */
export function suitePeak({ peaks }: WatchedRun): number {
  return canMeasurePeaks() ? largest(peaks.filter((one) => !isEmulator(one))) : Number.NaN;
}

/** The most memory that the emulator took, in MiB. */
export function emulatorPeak({ peaks }: WatchedRun): number {
  return largest(peaks.filter(isEmulator));
}

/** The memory of a run beside that of an idle one, both in MiB. @param idle in words: "the idle run". */
export function growthLine(peak: number, idlePeak: number, idle: string): string {
  const growth = Math.round(peak - idlePeak);
  const goal = `goal: at most ${MOST_GROWTH_MIB}${growth <= MOST_GROWTH_MIB ? '' : ', MISSED'}`;
  return `largest suite process ${Math.round(peak)} MiB, ${growth < 0 ? '' : '+'}${growth} over ${idle} (${goal})`;
}

/** What is judged is not the suite. */
function isEmulator({ command }: ProcessPeak): boolean {
  return /\bemulator\.ts\b/.test(command);
}

function largest(peaks: readonly ProcessPeak[]): number {
  return Math.max(...peaks.map(({ peakMiB }) => peakMiB));
}

function reportIn(folder: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'conformance.json'), 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
