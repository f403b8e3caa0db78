// A whole run in this process, without Playwright: the same scenarios, judge and report, for the suite's judgement of
// itself and for its tests.
import { Secrets } from '../client/secrets.ts';
import type { LogLine } from '../reporting/log.ts';
import type { Report } from '../reporting/report.ts';
import { summarise } from '../reporting/summarise.ts';
import type { RunConfig } from '../run/config.ts';
import { sinkTo } from '../run/sink.ts';
import { openRun } from './run-plan.ts';

export interface InProcess {
  readonly report: Report;
  readonly lines: readonly LogLine[];
}

/** Runs the plan of a configuration. @param keys by placeholder, as in client/secrets. */
export async function runInProcess(
  config: RunConfig,
  keys: Readonly<Record<string, string | undefined>>,
): Promise<InProcess> {
  const lines: LogLine[] = [];
  const secrets = new Secrets(keys);
  const sink = sinkTo((line) => lines.push(JSON.parse(line) as LogLine), secrets);
  const run = openRun(config, secrets, sink, undefined);
  for (const scenario of run.scenarios) await run.perform(scenario);
  await run.finish();
  const report = summarise(lines, { waivers: config.profile.waivers, reportDir: config.reportDir });
  return { report, lines };
}
