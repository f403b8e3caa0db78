// One run of the suite against the emulator, behind a line that may be slow, told by the status of each row: what two runs
// of the same contract have to agree on, whatever the seed, the load and the line.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { editionName } from '../../conformance/contract/active-contract.ts';
import type { Mode } from '../../conformance/requirements/requirement.ts';
import { startEmulator } from '../../emulator/server.ts';
import { BEHAVIOUR_OF_MODE } from '../embedded-emulator.ts';
import { judgedAt, KEYS } from './judged-emulator.ts';
import { proxyTo } from './proxy.ts';

/** What a run is asked to be. */
export interface SteadyRun {
  readonly mode: Mode;
  readonly seed: number;
  /** Longest time by which an answer is held back, in milliseconds; each waits a random part of it. */
  readonly latencyMs: number;
  readonly tier: 'smoke' | 'sites' | 'full';
  readonly defects: readonly string[];
}

export interface SteadyResult {
  readonly exitCode: number;
  readonly reason: string;
  /** Status by id, of the rows that depend on no condition. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly requests: number;
  readonly seconds: number;
}

/** Judges an emulator that keeps to the contract of this process, in the behaviour that the mode asks for. */
export async function steadyRun({ mode, seed, latencyMs, tier, defects }: SteadyRun): Promise<SteadyResult> {
  const behaviour = BEHAVIOUR_OF_MODE[mode];
  const emulator = await startEmulator({ ...KEYS, edition: editionName, behaviour, defects });
  const line = latencyMs === 0 ? undefined : await slowLine(emulator.url, latencyMs);
  try {
    const { report } = await judgedAt(line?.baseUrl ?? emulator.url, { edition: editionName, mode, seed, tier });
    const rows = report.requirements.filter(({ conditional }) => !conditional);
    return {
      exitCode: report.summary.exitCode,
      reason: report.summary.reason,
      statuses: Object.fromEntries(rows.map(({ id, status }) => [id, status])),
      requests: report.run.requests,
      seconds: report.run.durationMs / 1000,
    };
  } finally {
    await line?.close();
    await emulator.close();
  }
}

/** A line on which every answer takes its time, and one overtakes the other. */
function slowLine(url: string, latencyMs: number): ReturnType<typeof proxyTo> {
  return proxyTo(url, async (asked, pass) => {
    const answer = await pass(asked);
    await sleep(randomInt(latencyMs + 1));
    return answer;
  });
}

/** Rows that not all runs gave the same status, with how often each had which. */
export function differingRows(results: readonly Pick<SteadyResult, 'statuses'>[]): string[] {
  const ids = [...new Set(results.flatMap(({ statuses }) => Object.keys(statuses)))];
  return ids.flatMap((id) => {
    const counts = new Map<string, number>();
    for (const { statuses } of results) {
      const status = statuses[id] ?? 'missing';
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    if (counts.size < 2) return [];
    return [`${id}: ${[...counts].map(([status, count]) => `${status} ${count}`).join(', ')}`];
  });
}
