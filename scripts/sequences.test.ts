// Random sequences against the emulator: with no defect they accuse it of nothing, and each of some defects of its
// lifecycle is found under the row that a person would name, with no more calls than it takes.
import { describe, expect, it } from 'vitest';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../conformance/client/secrets.ts';
import type { LogLine } from '../conformance/reporting/log.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { summarise } from '../conformance/reporting/summarise.ts';
import { sinkTo } from '../conformance/run/sink.ts';
import { openRun } from '../conformance/scenarios/run-plan.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { startEmulator } from '../emulator/server.ts';

const KEYS = { [KEY_PLACEHOLDER]: 'sk-test-4f1b77c09a21de', [ADMIN_KEY_PLACEHOLDER]: 'sk-admin-5e20c8d9b3f6' };
/** What sequences need to know of a target, and what is judged behind them. */
const SCENARIOS = ['reach', 'calibration', 'sequences', 'clean-up'];

/** Set at night, where there is time for more commands, and for more seeds. */
const NIGHTLY_COMMANDS = process.env['SEQUENCES_COMMANDS'];
const MANY = Number(NIGHTLY_COMMANDS ?? 800);
const SEEDS = NIGHTLY_COMMANDS === undefined ? [2] : [2, 3, 4, 5, 6];

interface Ran {
  readonly report: Report;
  readonly sent: readonly string[];
}

interface Wanted {
  readonly commands: number;
  readonly seed?: number;
  readonly defects?: readonly string[];
  readonly only?: readonly string[];
}

async function ran({ commands, seed = 1, defects = [], only = [] }: Wanted): Promise<Ran> {
  const [apiKey, adminKey] = [KEYS[KEY_PLACEHOLDER], KEYS[ADMIN_KEY_PLACEHOLDER]];
  const emulator = await startEmulator({ apiKey, adminKey, jobSeconds: 0.5, defects });
  const lines: LogLine[] = [];
  const secrets = new Secrets(KEYS);
  const config = configuredFor(emulator.url, { commands, seed, only, jobTimeout: 8, maxJobs: 100_000 });
  const run = openRun(
    config,
    secrets,
    sinkTo((text) => lines.push(JSON.parse(text) as LogLine), secrets),
    undefined,
  );
  for (const scenario of run.scenarios) if (SCENARIOS.includes(scenario.id)) await run.perform(scenario);
  await run.finish();
  const creates = run.session.histories.ids().map((id) => JSON.stringify(run.session.histories.payloadOf(id) ?? {}));
  await emulator.close();
  return { report: summarise(lines, { waivers: [], reportDir: 'reports/test' }), sent: creates };
}

function failedRows({ requirements }: Report): string[] {
  return requirements.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

describe('the emulator as it is', () => {
  it(`is accused of nothing by ${MANY} commands`, { timeout: 600_000 }, async () => {
    const { report } = await ran({ commands: MANY });
    expect(failedRows(report)).toEqual([]);
    expect(report.faults).toEqual([]);
    // Nothing was answered, either, that the model of a job's life had not thought possible.
    expect(report.observed.filter(({ subject }) => subject.includes('not expected'))).toEqual([]);
  });

  it.each(SEEDS)('nor by those of seed %i', { timeout: 60_000 }, async (seed) => {
    expect(failedRows((await ran({ commands: 200, seed })).report)).toEqual([]);
  });
});

/** Defect, the row it breaks, and how many calls show it at least; `npm run judge` tries all the others. */
const DEFECTS: readonly (readonly [defect: string, row: string, calls: number])[] = [
  ['cancel-ignored', 'cancel.answers-cancelled', 3],
  ['cancel-forgotten-at-the-end', 'status.terminal.final', 3],
  ['second-cancel-fails-the-job', 'cancel.finished.unchanged', 4],
  ['pause-ignored', 'pause.holds', 3],
  ['paused-by-itself', 'status.paused.only-after-pause', 2],
  ['from-running-to-validating-files', 'status.forward', 2],
  ['finish-comes-late', 'status.finished_at.set-on-success', 2],
  ['renamed-on-resume', 'retrieve.same-job', 3],
  ['checkpoints-of-the-newest', 'checkpoints.job.matches', 3],
  ['file-not-deleted', 'files.delete.gone', 3],
  ['model-not-deleted', 'models.delete.gone', 3],
];

describe('a defect of the lifecycle is found under its row, and no call could be left out', () => {
  it.each(DEFECTS)('%s: %s in %i calls', { timeout: 120_000 }, async (defect, row, calls) => {
    const { report } = await ran({ commands: 200, defects: [defect], only: [row] });
    const failures = report.requirements.find(({ id }) => id === row)?.failures ?? [];
    const sequences = failures.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
    expect(sequences.map((sequence) => sequence.length)).toEqual([calls]);
    expect(report.faults).toEqual([]);
  });
});

describe('the seed', () => {
  it('decides what is sent: the same seed makes the same jobs', { timeout: 60_000 }, async () => {
    const [one, other] = [await ran({ commands: 50, seed: 7 }), await ran({ commands: 50, seed: 7 })];
    const plain = (texts: readonly string[]): string[] =>
      texts.map((text) =>
        text.replace(/"(training_file|validation_file|conformance_\w+|suffix|seed|number)":("[^"]*"|\d+)/g, '"$1":…'),
      );
    expect(plain(one.sent)).toEqual(plain(other.sent));
  });
});
