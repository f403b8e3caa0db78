// Ends runs at points that a seed chooses, in each way that a process can be ended, and looks at what is left on the
// target. One place for the test that keeps the figure at zero and for the audit that prints it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { filesBelow } from '../../conformance/testing/find-secrets.ts';
import { type Finished, killTree, root, type Running, run, start } from './commands.ts';
import { KEY, startWitness, type Witness } from './witness.ts';

export const SIGNALS = ['SIGKILL', 'SIGINT', 'SIGTERM'] as const;

/** One run and its end. */
export interface Kill {
  readonly signal: (typeof SIGNALS)[number];
  /** The request at which it comes. */
  readonly request: number;
  /** Before the target hears of the request, or when its answer is there and nobody has been told. */
  readonly moment: 'request' | 'answer';
}

/** What was left after one kill and, after SIGKILL, the sweep that follows it. */
export interface Killed {
  readonly kill: Kill;
  readonly status: number | null;
  /** How much was there when the process was gone, before any sweep. */
  readonly leftAtOnce: number;
  readonly orphans: readonly string[];
  /** True where what was there before the run is as it was. */
  readonly isUntouched: boolean;
  readonly said: string;
}

/** Requests of the shortest run: a kill beyond them would find nobody. */
const MOST_REQUESTS = 90;

/** Kills that follow from a seed, every signal as often. */
export function killsOf(seed: number, count: number): readonly Kill[] {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, index) => ({
    signal: SIGNALS[index % SIGNALS.length] ?? 'SIGKILL',
    request: 1 + next(MOST_REQUESTS),
    moment: next(2) === 0 ? 'request' : 'answer',
  }));
}

/** Ends one run after another, a few at a time. */
export async function auditKills(folder: string, kills: readonly Kill[], atOnce: number): Promise<Killed[]> {
  const limit = pLimit(atOnce);
  return Promise.all(kills.map((kill, index) => limit(() => killOne(join(folder, `run-${index}`), kill))));
}

/** The one line that tells the result. */
export function killedLine(killed: readonly Killed[]): string {
  const orphaned = killed.filter(({ orphans }) => orphans.length > 0).length;
  const touched = killed.filter(({ isUntouched }) => !isUntouched).length;
  return `orphans after kills: ${orphaned} of ${killed.length}; foreign objects touched: ${touched} of ${killed.length}`;
}

async function killOne(report: string, kill: Kill): Promise<Killed> {
  const state: { running: Running | undefined } = { running: undefined };
  const witness = await startWitness({
    at: (moment, { number }) => {
      if (moment === kill.moment && number === kill.request) end(state.running, kill.signal);
    },
  });
  try {
    const before = await witness.others();
    const args = ['--base-url', witness.baseUrl, '--tier', 'smoke', '--job-timeout', '2', '--report', report];
    state.running = start('conformance.ts', args, { CONFORMANCE_API_KEY: KEY });
    const ended = await state.running.ended;
    const leftAtOnce = await witness.orphans();
    const swept = kill.signal === 'SIGKILL' ? await sweep(witness) : undefined;
    return {
      kill,
      status: ended.status,
      leftAtOnce: leftAtOnce.length,
      orphans: await witness.orphans(),
      isUntouched: (await witness.others()) === before,
      said: [ended, swept].map((one) => (one === undefined ? '' : `${one.out}\n${one.err}`)).join('\n'),
    };
  } finally {
    await witness.close();
    removeTraces(witness.baseUrl);
  }
}

/** A power cut ends the command with all that it started; a signal reaches the command alone. */
function end(running: Running | undefined, signal: Kill['signal']): void {
  const pid = running?.child.pid;
  if (pid === undefined) return;
  if (signal === 'SIGKILL') killTree(pid);
  else running?.child.kill(signal);
}

function sweep({ baseUrl }: Witness): Promise<Finished> {
  return run('sweep.ts', ['--base-url', baseUrl], { CONFORMANCE_API_KEY: KEY });
}

/** Takes away what runs against a server left in the folders of the project: its ledgers and its history. */
export function removeTraces(baseUrl: string): void {
  for (const { name, content } of filesBelow([join(root, 'reports/.ledger'), join(root, 'reports/history')])) {
    if (content.includes(baseUrl) || name.includes(new URL(baseUrl).port)) rmSync(name, { force: true });
  }
}
