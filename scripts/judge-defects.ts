// The judge is judged: the emulator is started with one defect after another, each is given the plan of the default run,
// and what fails is held against the requirement that the defect breaks.
import { startEmulator } from '../emulator/server.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER } from '../conformance/client/secrets.ts';
import type { LogLine } from '../conformance/reporting/log.ts';
import { configure } from '../conformance/run/configure.ts';
import type { RunConfig } from '../conformance/run/config.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';

/** A defect as the emulator lists it. */
export interface ListedDefect {
  readonly id: string;
  readonly wrong: string;
  readonly breaks: string;
}

/** What became of one defect. */
export interface DefectResult extends ListedDefect {
  /** True where the requirement that it names failed. */
  readonly isFound: boolean;
  /** Every requirement that failed. */
  readonly failed: readonly string[];
  /** Requests sent until the first failure of the named requirement, or undefined. */
  readonly requests: number | undefined;
  /** Bytes of the smallest body among the failures of the named requirement, or undefined where none has a body. */
  readonly bytes: number | undefined;
  readonly exitCode: number;
  readonly seconds: number;
  readonly faults: readonly string[];
}

export interface JudgeOptions {
  readonly root: string;
  readonly tool: RunConfig['tool'];
  readonly contractSha256: string;
  readonly seed: number;
  /** Go on after the defect was found, to see what else fails with it. */
  readonly toTheEnd: boolean;
}

const KEYS = { key: 'sk-judge-1111111111111111', admin: 'sk-judge-admin-2222222222' };

/** Judges the emulator with one defect, or with none. */
export async function judgeDefect(defect: ListedDefect | undefined, options: JudgeOptions): Promise<DefectResult> {
  const started = performance.now();
  const emulator = await startEmulator({
    apiKey: KEYS.key,
    adminKey: KEYS.admin,
    jobSeconds: 0.6,
    defects: defect === undefined ? [] : [defect.id],
  });
  try {
    const config = configure(
      { baseUrl: emulator.url, seed: options.seed, jobTimeout: 8, timeout: 5, maxJobs: 1_000_000 },
      { env: {}, now: new Date(), ...options },
    );
    const breaks = defect?.breaks ?? '';
    const { report, lines } = await runInProcess({
      config,
      keys: { [KEY_PLACEHOLDER]: KEYS.key, [ADMIN_KEY_PLACEHOLDER]: KEYS.admin },
      ...(options.toTheEnd
        ? {}
        : { isEnough: (line) => line.kind === 'verdict' && line.requirement === breaks && line.outcome === 'fail' }),
    });
    const failed = report.requirements.filter(({ status }) => status === 'fail').map(({ id }) => id);
    return {
      id: defect?.id ?? '',
      wrong: defect?.wrong ?? '',
      breaks,
      isFound: failed.includes(breaks),
      failed,
      requests: requestsUntil(lines, breaks),
      bytes: smallestBody(report.requirements.find(({ id }) => id === breaks)?.failures ?? []),
      exitCode: report.summary.exitCode,
      seconds: (performance.now() - started) / 1000,
      faults: report.faults,
    };
  } finally {
    await emulator.close();
  }
}

/** Exchanges are numbered in the order of sending. */
function requestsUntil(lines: readonly LogLine[], requirement: string): number | undefined {
  const first = lines.find(
    (line) => line.kind === 'verdict' && line.requirement === requirement && line.outcome === 'fail',
  );
  return first?.kind === 'verdict' ? Number(first.evidence[0].slice(1)) : undefined;
}

function smallestBody(failures: readonly { readonly request: { readonly body: string | null } }[]): number | undefined {
  const sizes = failures.flatMap(({ request }) => (request.body === null ? [] : [Buffer.byteLength(request.body)]));
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}
