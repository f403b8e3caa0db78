// Runs of the command, as a user starts it, against servers that understand nothing and servers that mean harm: what they
// passed, how they ended, how long they took and how much memory.
import { join } from 'node:path';
import pLimit from 'p-limit';
import { HOSTILE_SERVERS } from '../../conformance/testing/hostile-servers.ts';
import { NULL_SERVERS, serve } from '../../conformance/testing/null-servers.ts';
import { growthLine, MOST_GROWTH_MIB, suitePeak, type WatchedRun, watchedRun } from '../bench/watched-run.ts';
import { removeTraces } from './kill-audit.ts';
import { playback, PLAYBACKS, recordSession } from './playback.ts';
import { proxyTo } from './proxy.ts';

/** A run against one of them. */
export interface Outlasted {
  readonly name: string;
  readonly kind: 'null' | 'hostile';
  /** MUSTs that the server passed. */
  readonly passed: number;
  /** What is wrong with how the run ended, or undefined. */
  readonly wrong: string | undefined;
  readonly seconds: number;
  /** The largest process of the suite, in MiB. */
  readonly peakMiB: number;
}

/** A server to run against, and what is wrong with how a run against it ended. */
interface Trial {
  readonly name: string;
  readonly kind: Outlasted['kind'];
  readonly open: () => ReturnType<typeof serve>;
  readonly wrongWith: (run: WatchedRun) => string | undefined;
}

const LIMITS = ['--job-timeout', '3', '--timeout', '1', '--max-seconds', '25', '--cases', '5'];
/** A run that is over takes away what it made, which a server that does not answer can draw out. */
const MOST_SECONDS = 90;
const KEY = 'sk-shown-to-servers-of-no-good';
const NOBODY = 'http://127.0.0.1:9/v1';

/** Runs against all of them, a few at a time; `say` is told of each as it ends. */
export async function auditServers(
  folder: string,
  atOnce: number,
  say: (one: Outlasted) => void,
): Promise<readonly Outlasted[]> {
  const limit = pLimit(atOnce);
  const trials = await allTrials();
  return Promise.all(
    trials.map((trial, index) =>
      limit(async () => {
        const one = await outlast(trial, join(folder, `server-${index}`));
        say(one);
        return one;
      }),
    ),
  );
}

/** The memory of a run with the same limits against the emulator, in MiB: what growth is measured from. */
export async function idlePeak(folder: string): Promise<number> {
  return suitePeak(await watchedRun(join(folder, 'idle'), LIMITS));
}

/** The two lines that tell the result. @param idle the memory that growth is measured from, in MiB. */
export function outlastedLines(all: readonly Outlasted[], idle: number): readonly string[] {
  const [nulls, hostile] = (['null', 'hostile'] as const).map((kind) => all.filter((one) => one.kind === kind)) as [
    Outlasted[],
    Outlasted[],
  ];
  const right = (of: readonly Outlasted[]): string =>
    `${of.filter(({ wrong }) => wrong === undefined).length} of ${of.length}`;
  const longest = Math.round(Math.max(...hostile.map(({ seconds }) => seconds)));
  const peak = Math.max(...hostile.map(({ peakMiB }) => peakMiB));
  const memory = Number.isFinite(peak + idle)
    ? growthLine(peak, idle, 'a run against the emulator')
    : 'memory is told where /proc is';
  return [
    `null servers that passed a MUST: ${nulls.filter(({ passed }) => passed > 0).length} of ${nulls.length}; ended as they should: ${right(nulls)}`,
    `hostile targets survived: ${right(hostile)}; longest run ${longest} s; ${memory}`,
  ];
}

/** True where everything is as it should be. */
export function isClean(all: readonly Outlasted[], idle: number): boolean {
  return all.every(
    ({ kind, passed, wrong, peakMiB }) =>
      wrong === undefined && (kind === 'hostile' || passed === 0) && !(peakMiB - idle > MOST_GROWTH_MIB),
  );
}

async function allTrials(): Promise<readonly Trial[]> {
  const session = await recordSession({ tier: 'sites', seed: 1 });
  const wrongIfNull =
    (exitCode: number, says: RegExp): Trial['wrongWith'] =>
    ({ status, report }) => {
      if (status !== exitCode) return `exit status ${status ?? 'none'}, not ${exitCode}`;
      return says.test(report?.summary.reason ?? '') ? undefined : `it says: ${report?.summary.reason ?? 'nothing'}`;
    };
  return [
    ...NULL_SERVERS.map(({ name, answer, exitCode, says }): Trial => {
      return { name, kind: 'null', open: () => serve(answer), wrongWith: wrongIfNull(exitCode, says) };
    }),
    ...PLAYBACKS.map((manner): Trial => {
      const open = (): ReturnType<typeof serve> => proxyTo(NOBODY, playback(session, manner));
      return { name: `a good session, played back ${manner}`, kind: 'null', open, wrongWith: wrongIfNull(1, /MUST in scope failed/) };
    }),
    ...HOSTILE_SERVERS.map(({ name, answer }): Trial => {
      return { name, kind: 'hostile', open: () => serve(answer), wrongWith: wrongAfterHarm };
    }),
  ];
} // prettier-ignore

/** A hostile server may be found wanting or leave everything open; the suite stays whole and says why. */
function wrongAfterHarm({ status, report, err }: WatchedRun): string | undefined {
  if (status !== 1 && status !== 3 && status !== 5) return `exit status ${status ?? 'none'}: ${err.slice(-300)}`;
  if (report === undefined) return 'there is no report';
  if (report.faults.length > 0) return `a fault of the suite: ${JSON.stringify(report.faults[0]).slice(0, 300)}`;
  return report.summary.reason === '' ? 'it says nothing' : undefined;
}

async function outlast({ name, kind, open, wrongWith }: Trial, report: string): Promise<Outlasted> {
  const server = await open();
  try {
    const words = ['--base-url', server.baseUrl, '--no-corpus', ...LIMITS];
    const run = await watchedRun(report, words, { env: { CONFORMANCE_API_KEY: KEY } });
    const late = run.seconds > MOST_SECONDS ? `it took ${Math.round(run.seconds)} s` : undefined;
    return { name, kind, passed: run.report?.summary.must.pass ?? 0, wrong: wrongWith(run) ?? late, seconds: run.seconds, peakMiB: suitePeak(run) };
  } finally {
    await server.close();
    removeTraces(server.baseUrl);
  }
} // prettier-ignore
