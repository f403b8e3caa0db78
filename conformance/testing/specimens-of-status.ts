// Chapter status: single answers, and histories of jobs (ST-1 to ST-16).
import type { JsonObject, JsonValue } from '../contract/json.ts';
import {
  CONTROLS,
  type Expectation,
  type HistoryObserved,
  type Observation,
  type Sighting,
} from '../requirements/observation.ts';
import { answered, refused } from './exchanges.ts';
import { probed, shown } from './judged.ts';
import { aFailure, aJob, aSuccess, type Changes } from './objects.ts';
import { breaks, ignores, keeps, leavesOpen, type Specimen, tolerates } from './specimens.ts';

type Control = (typeof CONTROLS)[number];

/** What happened to a job, in order: the job as it was seen, or what was asked of it. */
export type Happening = JsonObject | Control;

/** Seconds apart, so that the order of things is certain. */
const STEP = 1_000;

/** The history of a job whose happenings follow each other, each begun when the one before was answered. */
export function history(
  happenings: readonly Happening[],
  more: Partial<Pick<HistoryObserved, 'payload' | 'expectation' | 'waited' | 'found' | 'misses' | 'isLost'>> = {},
): HistoryObserved {
  const timed = happenings.map((happening, index) => ({
    happening,
    sentAt: index * STEP,
    receivedAt: index * STEP + 10,
  }));
  const sightings = timed.flatMap(({ happening, ...times }): Sighting[] => {
    if (typeof happening === 'string') return [];
    const exchange = answered(happening, times);
    return [{ job: happening, exchange, operation: 'retrieveFineTuningJob' }];
  });
  const controls = timed.flatMap(({ happening, ...times }) =>
    typeof happening === 'string' ? [{ control: happening, exchange: answered({}, times) }] : [],
  );
  const [first, ...rest] = sightings;
  if (first === undefined) throw new Error('a history has a sighting');
  return {
    kind: 'history',
    id: 'job-1',
    payload: undefined,
    sightings: [first, ...rest],
    controls,
    expectation: undefined,
    waited: false,
    found: undefined,
    misses: [],
    isLost: false,
    listLagMs: 0,
    ...more,
  };
}

/** A job that is retrieved when it has succeeded, and listed as running some milliseconds after. */
function listedLater(lateMs: number): HistoryObserved {
  const done = history([aSuccess()]);
  const [retrieved] = done.sightings;
  const running = job('running');
  const sentAt = retrieved.exchange.receivedAt + lateMs;
  const exchange = answered(running, { sentAt, receivedAt: sentAt + 1 });
  const listed = { job: running, exchange, operation: 'listPaginatedFineTuningJobs' } as const;
  return { ...done, sightings: [retrieved, listed], listLagMs: 3_000 };
}

/** The same happenings, all sent before the first was answered: nobody can tell their order. */
export function atOnce(happenings: readonly JsonObject[]): HistoryObserved {
  const told = history(happenings);
  const overlap = (sighting: Sighting): Sighting => ({ ...sighting, exchange: { ...sighting.exchange, sentAt: 0 } });
  const [first, ...rest] = told.sightings;
  return { ...told, sightings: [overlap(first), ...rest.map(overlap)] };
}

export function job(status: string, changes: Changes = {}): JsonObject {
  return aJob({ status, ...changes });
}

function jobShown(value: JsonObject): Observation {
  return shown('FineTuningJob', value);
}

const UNFINISHED = ['validating_files', 'queued', 'running'] as const;
const RESULTS = [
  ['fine_tuned_model', 'ft:a:b::c'],
  ['finished_at', 1_760_000_900],
  ['trained_tokens', 17],
] as const;

const NULL_UNTIL_FINISHED: readonly Specimen[] = RESULTS.flatMap(([name, value]) => {
  const row = `status.${name}.null-until-finished`;
  return [
    ...UNFINISHED.map((status) => keeps(row, `null in a job that is ${status}`, jobShown(job(status)))),
    ...UNFINISHED.map((status) =>
      breaks(row, `a value in a job that is ${status}`, jobShown(job(status, { [name]: value }))),
    ),
    ignores(row, 'a job that succeeded', jobShown(aSuccess())),
    ignores(row, 'a paused job, whose model was kept', jobShown(job('paused', { [name]: value }))),
    ignores(row, 'a job that lacks the member', jobShown(job('running', { [name]: undefined }))),
    keeps(`status.${name}.set-on-success`, 'a value in a job that succeeded', jobShown(aSuccess())),
    breaks(`status.${name}.set-on-success`, 'null in a job that succeeded', jobShown(aSuccess({ [name]: null }))),
    ignores(`status.${name}.set-on-success`, 'a job that runs', jobShown(job('running'))),
  ];
});

const NO_ERRORS: readonly JsonValue[] = [null, {}, { code: null, message: null, param: null }];
const EMPTY_CODE: JsonValue = { code: '', message: 'y', param: null };
const BLANK_MESSAGE: JsonValue = { code: 'x', message: ' ', param: null };

const OF_ANSWERS: readonly Specimen[] = [
  ...NULL_UNTIL_FINISHED,
  ...['failed', 'cancelled'].flatMap((status) => [
    keeps('status.fine_tuned_model.null-without-success', `no model in a job that is ${status}`, jobShown(job(status))),
    breaks('status.fine_tuned_model.null-without-success', `a model in a job that is ${status}`, jobShown(job(status, { fine_tuned_model: 'ft:x' }))),
    // Recorded traffic: finished_at and trained_tokens are null in every failed and cancelled job; set is legal too.
    ignores('status.finished_at.set-on-success', `no finish time in a job that is ${status}`, jobShown(job(status))),
    ignores('status.finished_at.null-until-finished', `a finish time in a job that is ${status}`, jobShown(job(status, { finished_at: 1_760_000_100 }))),
    ignores('status.trained_tokens.set-on-success', `no tokens in a job that is ${status}`, jobShown(job(status))),
    ignores('status.result_files.empty-until-success', `a result file in a job that is ${status}`, jobShown(job(status, { result_files: ['f'] }))),
  ]),
  keeps('status.trained_tokens.set-on-success', 'no token at all', jobShown(aSuccess({ trained_tokens: 0 }))),
  breaks('status.trained_tokens.set-on-success', 'a fraction', jobShown(aSuccess({ trained_tokens: 1.5 }))),
  breaks('status.trained_tokens.set-on-success', 'fewer than none', jobShown(aSuccess({ trained_tokens: -1 }))),
  breaks('status.fine_tuned_model.set-on-success', 'an empty name', jobShown(aSuccess({ fine_tuned_model: '' }))),
  keeps('status.fine_tuned_model.form', 'ft, base, organisation, suffix and id', jobShown(aSuccess())),
  breaks('status.fine_tuned_model.form', 'a name of another form', jobShown(aSuccess({ fine_tuned_model: 'my-model' }))),
  keeps('status.finished_at.after-created', 'a job that finished in the second of its creation', jobShown(aSuccess({ finished_at: 1_760_000_000 }))),
  breaks('status.finished_at.after-created', 'a job that finished before', jobShown(aSuccess({ finished_at: 1_759_999_999 }))),
  breaks('status.finished_at.after-created', 'a cancelled job that finished before', jobShown(job('cancelled', { finished_at: 1 }))),
  ignores('status.finished_at.after-created', 'a cancelled job without a finish time', jobShown(job('cancelled'))),
  ...['succeeded', 'failed', 'cancelled'].flatMap((status) => {
    const row = 'status.estimated_finish.null-when-finished';
    return [
      keeps(row, `no estimate in a job that is ${status}`, jobShown(job(status, { estimated_finish: null }))),
      keeps(row, `no such member in a job that is ${status}`, jobShown(job(status, { estimated_finish: undefined }))),
      breaks(row, `an estimate in a job that is ${status}`, jobShown(job(status, { estimated_finish: 1_760_000_900 }))),
      tolerates(row, `nought in a job that is ${status}`, jobShown(job(status, { estimated_finish: 0 }))),
      breaks(row, `nought in a job that is ${status}`, jobShown(job(status, { estimated_finish: 0 })), 'strict'),
    ];
  }),
  ignores('status.estimated_finish.null-when-finished', 'an estimate in a job that runs', jobShown(job('running', { estimated_finish: 9 }))),
  ...['validating_files', 'queued', 'paused'].flatMap((status) => [
    keeps('status.estimated_finish.null-before-running', `no estimate in a job that is ${status}`, jobShown(job(status))),
    breaks('status.estimated_finish.null-before-running', `an estimate in a job that is ${status}`, jobShown(job(status, { estimated_finish: 9 }))),
  ]),
  ignores('status.estimated_finish.null-before-running', 'an estimate in a job that runs', jobShown(job('running', { estimated_finish: 9 }))),
  ...NO_ERRORS.map((error) =>
    keeps('status.error.only-when-failed', `error ${JSON.stringify(error)} in a job that runs`, jobShown(job('running', { error }))),
  ),
  breaks('status.error.only-when-failed', 'an error in a job that runs', jobShown(job('running', { error: { code: 'x', message: 'y', param: null } }))),
  breaks('status.error.only-when-failed', 'an error in a cancelled job', jobShown(job('cancelled', { error: { code: null, message: 'y', param: null } }))),
  ignores('status.error.only-when-failed', 'a failed job', jobShown(aFailure())),
  keeps('status.error.explains-failure', 'code and message', jobShown(aFailure())),
  keeps('status.error.explains-failure', 'no param', jobShown(aFailure({ error: { code: 'x', message: 'y', param: null } }))),
  ...[...NO_ERRORS, EMPTY_CODE, BLANK_MESSAGE].map((error) =>
    breaks('status.error.explains-failure', `error ${JSON.stringify(error)} in a failed job`, jobShown(aFailure({ error }))),
  ),
  ...UNFINISHED.flatMap((status) => [
    keeps('status.result_files.empty-until-success', `no files in a job that is ${status}`, jobShown(job(status))),
    breaks('status.result_files.empty-until-success', `a file in a job that is ${status}`, jobShown(job(status, { result_files: ['f'] }))),
  ]),
  keeps('status.result_files.on-success', 'a file', jobShown(aSuccess())),
  breaks('status.result_files.on-success', 'no file', jobShown(aSuccess({ result_files: [] }))),
  ...[0, 2_147_483_647].map((seed) => keeps('status.seed.range', `seed ${seed}`, jobShown(job('queued', { seed })))),
  ...[-1, 2_147_483_648, 1.5, null, '7'].map((seed) =>
    breaks('status.seed.range', `seed ${JSON.stringify(seed)}`, jobShown(job('queued', { seed }))),
  ),
  ignores('status.seed.range', 'a job that lacks a seed', jobShown(job('queued', { seed: undefined }))),
  keeps('status.hyperparameters.resolved', 'numbers', jobShown(aSuccess())),
  breaks('status.hyperparameters.resolved', '"auto" in a job that succeeded', jobShown(aSuccess({ hyperparameters: { n_epochs: 'auto' } }))),
  ...['queued', 'failed', 'cancelled'].map((status) =>
    ignores('status.hyperparameters.resolved', `"auto" in a job that is ${status}`, jobShown(job(status))),
  ),
  ignores('status.hyperparameters.resolved', 'a job whose hyperparameters are null', jobShown(aSuccess({ hyperparameters: null }))),
]; // prettier-ignore

const WHOLE_LIFE = [job('validating_files'), job('queued'), job('running'), aSuccess(), aSuccess()];

const OF_HISTORIES: readonly Specimen[] = [
  keeps('status.terminal.final', 'a whole life', history(WHOLE_LIFE)),
  ...['failed', 'cancelled', 'running', 'paused'].map((status) =>
    breaks('status.terminal.final', `a job that succeeded and is ${status}`, history([aSuccess(), job(status)])),
  ),
  breaks('status.terminal.final', 'a cancelled job that succeeds', history([job('queued'), 'cancel', job('cancelled'), aSuccess()])),
  keeps('status.terminal.final', 'a list that lags behind', listedLater(2_999)),
  breaks('status.terminal.final', 'a list that lags behind for longer than anybody waits', listedLater(3_000)),
  keeps('status.finished.frozen', 'a list that lags behind', listedLater(2_999)),
  keeps('status.finished.frozen', 'a result file that is added', history([aSuccess({ result_files: ['a'] }), aSuccess({ result_files: ['a', 'b'] })])),
  keeps('status.finished.frozen', 'result files that come after the end', history([aSuccess({ result_files: [] }), aSuccess({ result_files: ['a'] })])),
  keeps('status.finished.frozen', 'result files that are objects, and the same', history([aSuccess({ result_files: [{ id: 'a' }] }), aSuccess({ result_files: [{ id: 'a' }] })])),
  breaks('status.finished.frozen', 'a result file that is another', history([aSuccess({ result_files: ['a'] }), aSuccess({ result_files: ['b'] })])),
  breaks('status.finished.frozen', 'result files that are lost', history([aSuccess({ result_files: ['a'] }), aSuccess({ result_files: [] })])),
  ignores('status.terminal.final', 'a job that never finished', history([job('queued'), job('running')])),
  ignores('status.terminal.final', 'answers whose order is not certain', atOnce([job('cancelled'), job('running')])),
  keeps('status.finished.frozen', 'results that stay', history([aSuccess(), aSuccess()])),
  keeps('status.finished.frozen', 'results that come after the end', history([job('cancelled'), job('cancelled', { finished_at: 5 })])),
  ...RESULTS.map(([name]) =>
    breaks('status.finished.frozen', `${name} that changes after the end`, history([aSuccess(), aSuccess({ [name]: name === 'fine_tuned_model' ? 'ft:other' : 1_760_000_999 })])),
  ),
  breaks('status.finished.frozen', 'a result that is lost', history([aSuccess(), aSuccess({ trained_tokens: null })])),
  keeps('status.forward', 'a whole life', history(WHOLE_LIFE)),
  keeps('status.forward', 'states that nobody saw', history([job('validating_files'), aSuccess()])),
  keeps('status.forward', 'a failure while validating', history([job('validating_files'), aFailure()])),
  keeps('status.forward', 'a job that starts in the queue', history([job('queued'), job('running')])),
  breaks('status.forward', 'running and queued again', history([job('running'), job('queued')])),
  breaks('status.forward', 'queued and validated again, with more in between', history([job('queued'), job('queued'), job('validating_files')])),
  ignores('status.forward', 'a job that was paused and resumed', history([job('running'), 'pause', job('paused'), 'resume', job('queued')])),
  ignores('status.forward', 'answers whose order is not certain', atOnce([job('running'), job('queued')])),
  keeps('status.paused.only-after-pause', 'a job that is never paused', history([job('queued')])),
  keeps('status.paused.only-after-pause', 'a pause that was asked for', history([job('running'), 'pause', job('paused')])),
  breaks('status.paused.only-after-pause', 'a pause that nobody asked for', history([job('running'), job('paused')])),
  breaks('status.paused.only-after-pause', 'a pause before it was asked for', history([job('paused'), 'pause', job('paused')])),
  keeps('status.fine_tuned_model.suffix', 'the suffix in the name', history([aSuccess({ fine_tuned_model: 'ft:m:org:nonce-7:id' })], { payload: { suffix: 'nonce-7' } })),
  breaks('status.fine_tuned_model.suffix', 'a name without it', history([aSuccess()], { payload: { suffix: 'nonce-7' } })),
  ignores('status.fine_tuned_model.suffix', 'a job without a suffix', history([aSuccess()], { payload: { suffix: null } })),
  ignores('status.fine_tuned_model.suffix', 'a job that failed', history([aFailure()], { payload: { suffix: 'nonce-7' } })),
  keeps('status.reached.success', 'good data and success', history(WHOLE_LIFE, { expectation: 'success', waited: true })),
  keeps('status.reached.success', 'a job that was cancelled after its success', history([...WHOLE_LIFE, 'cancel', aSuccess()], { expectation: 'success', waited: true })),
  breaks('status.reached.success', 'good data and failure', history([job('queued'), aFailure()], { expectation: 'success', waited: true })),
  leavesOpen('status.reached.success', 'a job that still runs', history([job('running')], { expectation: 'success', waited: true })),
  ignores('status.reached.success', 'a job that nobody waited for', history([job('running')], { expectation: 'success' })),
  ignores('status.reached.success', 'a job that was cancelled', history([job('running'), 'cancel', job('cancelled')], { expectation: 'success', waited: true })),
]; // prettier-ignore

function ended(end: JsonObject, expectation: Expectation, asked: readonly Control[] = []): HistoryObserved {
  return history([job('validating_files'), ...asked, end], { expectation, waited: true });
}

function badData(row: string, expectation: Expectation, code: string): Specimen[] {
  const failed = aFailure({ error: { code, message: 'no', param: 'training_file' } });
  return [
    keeps(row, 'data that is refused', probed({ name: 'bad-data-refused', expectation, exchange: refused(400) })),
    keeps(row, 'a job that fails', ended(failed, expectation)),
    breaks(row, 'a job that succeeds all the same', ended(aSuccess(), expectation)),
    breaks(row, 'a job that is cancelled by itself', ended(job('cancelled'), expectation)),
    leavesOpen(row, 'a job that was cancelled by us', ended(job('cancelled'), expectation, ['cancel'])),
    leavesOpen(row, 'a job that does not end', ended(job('running'), expectation)),
    ignores(row, 'a job with other data', ended(aSuccess(), 'success')),
  ];
}

const DELETED = 'deleted_training_file';

const OF_DATA: readonly Specimen[] = [
  ...badData('status.data.too-few', 'too-few-examples', 'invalid_n_examples'),
  breaks('status.data.too-few', 'a job that fails for another reason', ended(aFailure(), 'too-few-examples')),
  ...badData('status.data.format-of-method', 'wrong-format', 'anything'),
  ...badData('files.upload.not-jsonl', 'not-jsonl', 'anything'),
  keeps('status.training_file.deleted', 'a job that fails for it', ended(aFailure({ error: { code: DELETED, message: 'gone', param: null } }), 'training-file-deleted')),
  breaks('status.training_file.deleted', 'a job that succeeds', ended(aSuccess(), 'training-file-deleted')),
  breaks('status.training_file.deleted', 'a job that fails for another reason', ended(aFailure(), 'training-file-deleted')),
  leavesOpen('status.training_file.deleted', 'a job that was cancelled by us', ended(job('cancelled'), 'training-file-deleted', ['cancel'])),
  ignores('status.training_file.deleted', 'a job whose file stays', ended(aSuccess(), 'success')),
]; // prettier-ignore

export const SPECIMENS_OF_STATUS: readonly Specimen[] = [...OF_ANSWERS, ...OF_HISTORIES, ...OF_DATA];
