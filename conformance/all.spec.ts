// The run as Playwright sees it: one test a scenario, in order, in one worker. A test is red only for a fault of ours;
// what the target does wrong is a verdict in the log, and one red scenario stops none of the others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { LOG_NAME } from './reporting/write-report.ts';
import type { RunConfig } from './run/config.ts';
import { watchForStop } from './run/stop-file.ts';
import { secretsFrom } from './run/keys.ts';
import { fileSink } from './run/sink.ts';
import { type ProgressNote, progressLine } from './run/progress.ts';
import { openRun, plannedScenarios, type Run } from './scenarios/run-plan.ts';

test.describe.configure({ mode: 'default' });

function readConfig(): RunConfig {
  const file = process.env['CONFORMANCE_CONFIG'];
  if (file === undefined) throw new Error('start the suite with: npm run conformance');
  return JSON.parse(readFileSync(file, 'utf8')) as RunConfig;
}

const state: { run: Run | undefined; faults: string[] } = { run: undefined, faults: [] };

function runOf(config: RunConfig): Run {
  if (state.run !== undefined) return state.run;
  const secrets = secretsFrom(config, process.env);
  const ledger = config.target.isEmbedded ? undefined : join(config.ledgerDir, '.ledger');
  state.run = openRun(config, secrets, fileSink(join(config.reportDir, LOG_NAME), secrets), ledger);
  watchForStop(config.stopFile, config.commandPid, () => state.run?.session.budget.stop());
  return state.run;
}

function tell(run: Run, scenario: string): void {
  const { budget, failedRows, config } = run.session;
  const note: ProgressNote = {
    scenario,
    requests: budget.requests,
    jobs: budget.jobs,
    maxJobs: config.maxJobs,
    failed: failedRows,
  };
  process.stdout.write(progressLine(note));
}

const config = readConfig();

for (const scenario of plannedScenarios(config, process.env[config.apiKeyEnv])) {
  test(scenario.title, async () => {
    const run = runOf(config);
    const timer = setInterval(() => tell(run, scenario.id), 200);
    const end = await run.perform(scenario).finally(() => clearInterval(timer));
    tell(run, scenario.id);
    // Playwright prints what is expected here: a message may quote the target, and the target may quote the key.
    if (end.kind === 'fault')
      state.faults.push(
        secretsFrom(run.session.config, process.env).scrub(`${scenario.id}: ${end.error.stack ?? end.error.message}`),
      );
  });
}

test('Close the log', async () => {
  await runOf(config).finish();
  expect(state.faults, 'faults of the suite').toEqual([]);
});
