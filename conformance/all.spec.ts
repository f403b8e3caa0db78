// The run as Playwright sees it: one test a scenario, in order, in one worker. A test is red only for a fault of ours;
// what the target does wrong is a verdict in the log, and one red scenario stops none of the others. The judge is loaded
// by the first test: Playwright reads this file once more to know the tests' names, and that would load it for nothing.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Secrets } from './client/secrets.ts';
import { LOG_NAME } from './reporting/log.ts';
import { readAssignment } from './run/assignment.ts';
import { secretsFrom } from './run/keys.ts';
import { type ProgressNote, progressLine } from './run/progress.ts';
import { fileSink } from './run/sink.ts';
import { watchForStop } from './run/stop-file.ts';
import type { Run } from './scenarios/run-plan.ts';

test.describe.configure({ mode: 'default' });

const { config, scenarios, stopFile, commandPid } = readAssignment();
const state: { run: Run | undefined; secrets: Secrets; faults: string[] } = {
  run: undefined,
  secrets: secretsFrom(config, process.env),
  faults: [],
};

async function theRun(): Promise<Run> {
  if (state.run !== undefined) return state.run;
  const { openRun } = await import('./scenarios/run-plan.ts');
  const ledger = config.target.isEmbedded ? undefined : join(config.ledgerDir, '.ledger');
  const run = openRun(config, state.secrets, fileSink(join(config.reportDir, LOG_NAME), state.secrets), ledger);
  watchForStop(stopFile, commandPid, () => run.session.budget.stop());
  state.run = run;
  return run;
}

function tell({ session }: Run, scenario: string): void {
  const note: ProgressNote = {
    scenario,
    requests: session.budget.requests,
    jobs: session.budget.jobs,
    maxJobs: config.maxJobs,
    failed: session.failedRows,
  };
  process.stdout.write(progressLine(note));
}

for (const { id, title } of scenarios) {
  test(title, async () => {
    const run = await theRun();
    const scenario = run.scenarios.find((one) => one.id === id);
    if (scenario === undefined) throw new Error(`the run has no scenario ${id}, which was planned`);
    const timer = setInterval(() => tell(run, id), 200);
    const end = await run.perform(scenario).finally(() => clearInterval(timer));
    tell(run, id);
    // What was not begun, because the run was over, is no progress to tell of.
    test.skip(end.kind === 'skipped', 'the run is over');
    // Playwright prints what is expected here: a message may quote the target, and the target may quote the key.
    if (end.kind === 'fault') state.faults.push(state.secrets.scrub(`${id}: ${end.error.stack ?? end.error.message}`));
  });
}

test('Close the log', async () => {
  await (await theRun()).finish();
  expect(state.faults, 'faults of the suite').toEqual([]);
});
