// A whole run in this process, without Playwright: the same scenarios, judge and report, for the suite's judgement of
// itself and for its tests.
import { Secrets } from '../client/secrets.ts';
import type { LogLine } from '../reporting/log.ts';
import type { Report } from '../reporting/report.ts';
import { summarise } from '../reporting/summarise.ts';
import type { RunConfig } from '../run/config.ts';
import { sinkTo } from '../run/sink.ts';
import { scenarios } from './plan.ts';
import { openRun } from './run-plan.ts';

export interface InProcess {
  readonly report: Report;
  readonly lines: readonly LogLine[];
}

/** What a caller of a run in this process may want. */
export interface InProcessOptions {
  readonly config: RunConfig;
  /** Keys by placeholder, as in client/secrets. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  /** Ends the run, but for its clean-up, at the first line of which this holds. */
  readonly isEnough?: (line: LogLine) => boolean;
  /** Keeps the order of the plan also where the budget does not reach to its end: to compare with. */
  readonly inPlanOrder?: boolean;
}

/** Runs the plan of a configuration. */
export async function runInProcess({ config, keys, isEnough, inPlanOrder }: InProcessOptions): Promise<InProcess> {
  const lines: LogLine[] = [];
  const secrets = new Secrets(keys);
  const handle = { stop: (): void => undefined };
  const sink = sinkTo((text) => {
    const line = JSON.parse(text) as LogLine;
    lines.push(line);
    if (isEnough?.(line) === true) handle.stop();
  }, secrets);
  const run = openRun(config, secrets, sink, undefined);
  handle.stop = () => run.session.budget.stop();
  const inOrder =
    inPlanOrder === true
      ? run.scenarios.toSorted((a, b) => scenarios.indexOf(a) - scenarios.indexOf(b))
      : run.scenarios;
  for (const scenario of inOrder) await run.perform(scenario);
  await run.finish();
  const report = summarise(lines, { waivers: config.waivers, reportDir: config.reportDir });
  return { report, lines };
}
