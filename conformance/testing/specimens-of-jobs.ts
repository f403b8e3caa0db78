// Chapters retrieve, cancel and pause: one job over several answers.
import type { JsonObject } from '../contract/json.ts';
import type { Exchange } from '../requirements/exchange.ts';
import type { HistoryObserved, Observation, Sighting } from '../requirements/observation.ts';
import { answered, answeredText, refused, unanswered } from './exchanges.ts';
import { probed, shown } from './judged.ts';
import { aFile, aJob, anEvent, aModel, type Changes } from './objects.ts';
import { breaks, exchanged, ignores, keeps, leavesOpen, page, type Specimen } from './specimens.ts';
import { history, job } from './specimens-of-status.ts';

/** Every way in which an id that nothing has can be answered. */
export function unknownIdSpecimens(row: string): Specimen[] {
  const asked = (exchange: Exchange, requirement = row): Observation =>
    probed({ name: 'unknown-id', requirement, exchange });
  return [
    keeps(row, 'an unknown id that is a 404', asked(refused(404))),
    keeps(row, 'an unknown id that is a 404 without an envelope', asked(answeredText('no', { status: 404 }))),
    ...[200, 400, 403, 410, 500].map((status) =>
      breaks(row, `an unknown id that is a ${status}`, asked(refused(status))),
    ),
    leavesOpen(row, 'an unknown id that meets a rate limit', asked(refused(429))),
    leavesOpen(row, 'an unknown id that is never answered', asked(unanswered())),
    ignores(row, 'an unknown id of another resource', asked(refused(500), 'other.unknown.404')),
  ];
}

function twice(earlier: Changes, later: Changes): HistoryObserved {
  return history([aJob(earlier), aJob(later)]);
}

/** A job that the list shows otherwise than it is retrieved. */
function listed(changes: Changes, direct: Changes = {}): HistoryObserved {
  const told = history([aJob(direct), aJob(changes)]);
  const [first, ...rest] = told.sightings;
  return {
    ...told,
    sightings: [first, ...rest.map((one) => ({ ...one, operation: 'listPaginatedFineTuningJobs' as const }))],
  };
}

/** A job that was created, then retrieved with these answers one after another. */
function lookedFor(answers: readonly ('found' | 'missed')[], isLost = false): HistoryObserved {
  const made = aJob();
  const looks = answers.map((how, index) => ({ how, at: { sentAt: 1_000 * (index + 1) } }));
  const misses = looks.flatMap(({ how, at }) => (how === 'missed' ? [refused(404, {}, at)] : []));
  const found = looks.flatMap(({ how, at }): Sighting[] =>
    how === 'found' ? [{ job: made, exchange: answered(made, at), operation: 'retrieveFineTuningJob' }] : [],
  );
  return history([made], { isLost, misses, found: found.at(-1) });
}

const FOUND = 'retrieve.created.found';
const OF_EXISTENCE: readonly Specimen[] = [
  keeps(FOUND, 'a job that is found', lookedFor(['found'])),
  keeps(FOUND, 'a job that is found late', lookedFor(['missed', 'missed', 'found'])),
  keeps(FOUND, 'a job that is missed once between two looks', lookedFor(['found', 'missed', 'found'])),
  keeps(FOUND, 'a job that is found when patience was over', lookedFor(['missed', 'missed', 'found'], true)),
  breaks(FOUND, 'a job that is never found', lookedFor(['missed', 'missed', 'missed'], true)),
  breaks(FOUND, 'a job that is found no longer', lookedFor(['found', 'missed', 'missed'], true)),
  leavesOpen(FOUND, 'a job that is missed right behind its create', lookedFor(['missed'])),
  leavesOpen(FOUND, 'a job that is missed and not looked for again', lookedFor(['found', 'missed'])),
  ignores(FOUND, 'a job that nobody asks for', lookedFor([])),
];

const AUTO = { n_epochs: 'auto' };
const THREE = { n_epochs: 3 };
const WANDB = { type: 'wandb', wandb: { project: 'p' } };

/** Member, a value, another value that is a fault, and another that is none. */
const CONSTANTS: readonly (readonly [string, Changes, Changes, Changes])[] = [
  ['created_at', {}, { created_at: 1_760_000_001 }, { created_at: undefined }],
  ['organization_id', {}, { organization_id: 'org-2' }, {}],
  ['model', { model: 'gpt-4o-mini' }, { model: 'davinci-002' }, { model: 'gpt-4o-mini-2024-07-18' }],
  ['training_file', {}, { training_file: 'file-2' }, {}],
  ['validation_file', { validation_file: 'file-2' }, { validation_file: null }, { validation_file: 'file-2' }],
  ['seed', {}, { seed: 43 }, { seed: undefined }],
  ['metadata', { metadata: { a: '1' } }, { metadata: undefined }, { metadata: { a: '1' } }],
  ['integrations', { integrations: [WANDB] }, { integrations: [] }, { integrations: [{ ...WANDB, more: 1 }] }],
  ['method', {}, { method: { type: 'dpo', dpo: {} } }, { method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 2 } } } }],
  ['hyperparameters', { hyperparameters: AUTO }, { hyperparameters: { n_epochs: 'none' } }, { hyperparameters: THREE }],
]; // prettier-ignore

const OF_CONSTANTS: readonly Specimen[] = CONSTANTS.flatMap(([name, before, fault, legal]) => {
  const row = `retrieve.${name}.constant`;
  return [
    keeps(row, 'the same answer twice', twice(before, before)),
    keeps(row, 'a legal change', twice(before, { ...before, ...legal })),
    breaks(row, 'another value', twice(before, { ...before, ...fault })),
    ignores(row, 'a single answer', history([aJob(before)])),
    ignores(row, 'another value in a list', listed({ ...before, ...fault }, before)),
    breaks('list.agrees-with-retrieve', `${name} in the list is another`, listed({ ...before, ...fault }, before)),
  ];
});

function supervisedWith(epochs: number) {
  return { type: 'supervised', supervised: { hyperparameters: { n_epochs: epochs } } };
}
const SUPERVISED = supervisedWith(3);

/** Two answers of a job that was created with a payload. */
function createdWith(payload: JsonObject, first: JsonObject, second: JsonObject, status = 'running'): HistoryObserved {
  return { ...twice({ hyperparameters: first, status }, { hyperparameters: second, status }), payload };
}

function retrieved(path: string, id: string): Observation {
  return exchanged(answered(aJob({ id }), { path }));
}

const OF_RETRIEVE: readonly Specimen[] = [
  ...OF_EXISTENCE,
  ...OF_CONSTANTS,
  keeps('retrieve.metadata.constant', 'null and an empty map', twice({ metadata: null, seed: 1 }, { metadata: {}, seed: 1 })),
  keeps('retrieve.integrations.constant', 'null and an empty list', twice({ integrations: [] }, { integrations: null })),
  breaks('retrieve.hyperparameters.constant', 'a number that turns back to "auto"', twice({ hyperparameters: THREE }, { hyperparameters: AUTO })),
  keeps('retrieve.hyperparameters.constant', 'a member of the target that counts', twice({ hyperparameters: { ...THREE, current_step: 1 } }, { hyperparameters: { ...THREE, current_step: 2 } })),
  keeps('retrieve.integrations.constant', 'a member of the target that is lost', twice({ integrations: [{ ...WANDB, last_sync: 1 }] }, { integrations: [WANDB] })),
  keeps('retrieve.method.constant', 'a member of the target that counts', twice({ method: { ...SUPERVISED, stage: 'a' } }, { method: { ...SUPERVISED, stage: 'b' } })),
  breaks('retrieve.method.constant', 'a word of the method that is lost', twice({ method: SUPERVISED }, { method: { supervised: SUPERVISED.supervised } })),
  keeps('retrieve.hyperparameters.constant', 'a number that nobody sent and that is settled later', createdWith({ model: 'm' }, THREE, { n_epochs: 4 })),
  keeps('retrieve.hyperparameters.constant', 'a number for "auto" that is settled later', createdWith({ hyperparameters: AUTO }, THREE, { n_epochs: 4 })),
  breaks('retrieve.hyperparameters.constant', 'a number that nobody sent and that is lost', createdWith({ model: 'm' }, THREE, {})),
  breaks('retrieve.hyperparameters.constant', 'a number that nobody sent and that changes after the end', createdWith({ model: 'm' }, THREE, { n_epochs: 4 }, 'succeeded')),
  breaks('retrieve.hyperparameters.constant', 'a number that was sent', createdWith({ hyperparameters: THREE }, THREE, { n_epochs: 4 })),
  breaks('retrieve.hyperparameters.constant', 'a number that was sent under the method', createdWith({ method: SUPERVISED }, THREE, { n_epochs: 4 })),
  keeps('retrieve.method.constant', 'a number under the method that nobody sent', { ...twice({ method: SUPERVISED }, { method: supervisedWith(4) }), payload: { model: 'm' } }),
  breaks('retrieve.method.constant', 'a number under the method that was sent', { ...twice({ method: SUPERVISED }, { method: supervisedWith(4) }), payload: { method: SUPERVISED } }),
  breaks('retrieve.model.constant', 'a snapshot that turns back to its alias', twice({ model: 'gpt-4o-mini-2024-07-18' }, { model: 'gpt-4o-mini' })),
  keeps('list.agrees-with-retrieve', 'the same in both', listed({})),
  keeps('list.agrees-with-retrieve', '"auto" that is still in the list', listed({ hyperparameters: AUTO }, { hyperparameters: THREE })),
  ignores('list.agrees-with-retrieve', 'a job that was never listed', history([aJob(), aJob()])),
  keeps('retrieve.same-job', 'the job that was asked for', retrieved('/fine_tuning/jobs/job-1', 'job-1')),
  keeps('retrieve.same-job', 'an id with signs in it', retrieved('/fine_tuning/jobs/a%2Fb%3Ac?api-version=1', 'a/b:c')),
  breaks('retrieve.same-job', 'another job', retrieved('/fine_tuning/jobs/job-1', 'job-2')),
  breaks('retrieve.same-job', 'another job, asked for by a segment that is badly encoded', retrieved('/fine_tuning/jobs/%zz', 'job-2')),
  ignores('retrieve.same-job', 'a refusal', exchanged(refused(404))),
  ignores('retrieve.same-job', 'the answer of a create', exchanged(answered(aJob({ id: 'x' }), { operation: 'createFineTuningJob' }))),
  ...unknownIdSpecimens('retrieve.unknown.404'),
  keeps('retrieve.unknown.code', 'the recorded code', probed({ name: 'unknown-id', requirement: 'retrieve.unknown.404', exchange: refused(404, { code: 'fine_tune_not_found' }) })),
  breaks('retrieve.unknown.code', 'another code', probed({ name: 'unknown-id', requirement: 'retrieve.unknown.404', exchange: refused(404) })),
  ignores('retrieve.unknown.code', 'no answer', probed({ name: 'unknown-id', requirement: 'retrieve.unknown.404', exchange: unanswered() })),
  keeps('retrieve.timestamps.seconds', 'seconds', shown('FineTuningJob', aJob())),
  ...[1_760_000_000_000, 1_760_000_000.5, '1760000000', -1].map((time) =>
    breaks('retrieve.timestamps.seconds', `the time ${JSON.stringify(time)} of a job`, shown('FineTuningJob', aJob({ created_at: time }))),
  ),
  breaks('retrieve.timestamps.seconds', 'milliseconds in finished_at', shown('FineTuningJob', aJob({ finished_at: 1_760_000_000_000 }))),
  breaks('retrieve.timestamps.seconds', 'milliseconds in an event', shown('FineTuningJobEvent', anEvent({ created_at: 1_760_000_000_000 }))),
  breaks('retrieve.timestamps.seconds', 'a date in a file', shown('OpenAIFile', aFile({ created_at: '2026-01-01' }))),
  breaks('retrieve.timestamps.seconds', 'milliseconds in a model', shown('Model', aModel({ created: 1_700_000_000_000 }))),
]; // prettier-ignore

const QUEUED = answered(job('queued'));
const CANCELLED = answered(job('cancelled'));
const RUNNING = answered(job('running'));
const PAUSED = answered(job('paused'));
const SUCCEEDED = answered(job('succeeded'));
const FAILED = answered(job('failed'));

function cancelled(cancel: Exchange, after: Exchange = CANCELLED, before = QUEUED): Observation {
  return probed({ name: 'cancel', before, cancel, after });
}

const OF_CANCEL: readonly Specimen[] = [
  keeps('cancel.answers-cancelled', 'a job that is cancelled at once', cancelled(CANCELLED)),
  breaks('cancel.answers-cancelled', 'a job that goes on', cancelled(RUNNING)),
  breaks('cancel.answers-cancelled', 'another job', cancelled(answered(job('cancelled', { id: 'job-2' })))),
  breaks('cancel.answers-cancelled', 'a refusal', cancelled(refused(400))),
  breaks('cancel.answers-cancelled', 'an error of the server', cancelled(refused(500))),
  leavesOpen('cancel.answers-cancelled', 'no answer', cancelled(unanswered())),
  leavesOpen('cancel.answers-cancelled', 'a rate limit', cancelled(refused(429))),
  ignores('cancel.answers-cancelled', 'a job that ended by itself meanwhile', cancelled(refused(400), SUCCEEDED)),
  ignores('cancel.answers-cancelled', 'a job that had ended before', cancelled(refused(400), FAILED, FAILED)),
  keeps('cancel.retrieve-agrees', 'a job that is cancelled when retrieved', cancelled(CANCELLED)),
  breaks('cancel.retrieve-agrees', 'a job that runs when retrieved', cancelled(CANCELLED, RUNNING)),
  breaks('cancel.retrieve-agrees', 'a job that succeeds although it was cancelled', cancelled(CANCELLED, SUCCEEDED)),
  leavesOpen('cancel.retrieve-agrees', 'a job that cannot be retrieved', cancelled(CANCELLED, refused(500))),
  ignores('cancel.retrieve-agrees', 'a cancel that was refused', cancelled(refused(400), RUNNING)),
  ignores('cancel.retrieve-agrees', 'a job that ended as it was cancelled', cancelled(SUCCEEDED, SUCCEEDED)),
  ...['/fine_tuning/jobs/job-1/cancel', '/fine_tuning/jobs/job-1/cancel?x=1', '/fine_tuning/jobs/j%20b/cancel'].map((path) =>
    ignores('cancel.answers-cancelled', `the job of the path ${path}`, exchanged(answered(job('cancelled', { id: path.includes('%') ? 'j b' : 'job-1' }), { operation: 'cancelFineTuningJob', path }))),
  ),
  breaks('cancel.answers-cancelled', 'another job than that of the path', exchanged(answered(job('cancelled', { id: 'job-2' }), { operation: 'cancelFineTuningJob', path: '/fine_tuning/jobs/job-1/cancel' }))),
  ignores('cancel.answers-cancelled', 'a job without an id', exchanged(answered(job('cancelled', { id: undefined }), { operation: 'cancelFineTuningJob', path: '/fine_tuning/jobs/job-1/cancel' }))),
  ignores('cancel.answers-cancelled', 'a refusal with an id', exchanged(answered({ id: 'x' }, { status: 400, operation: 'cancelFineTuningJob', path: '/fine_tuning/jobs/job-1/cancel' }))),
  ignores('cancel.answers-cancelled', 'another operation', exchanged(answered(job('queued', { id: 'job-2' }), { path: '/fine_tuning/jobs/job-1/cancel' }))),
  ignores('cancel.answers-cancelled', 'a job that failed by itself meanwhile', cancelled(refused(400), FAILED)),
  ...unknownIdSpecimens('cancel.unknown.404'),
  ...[refused(400), SUCCEEDED].map((cancel) =>
    keeps('cancel.finished.unchanged', 'a finished job that stays', probed({ name: 'cancel-finished', status: 'succeeded', cancel, after: SUCCEEDED })),
  ),
  breaks('cancel.finished.unchanged', 'a finished job that is cancelled', probed({ name: 'cancel-finished', status: 'succeeded', cancel: CANCELLED, after: CANCELLED })),
  leavesOpen('cancel.finished.unchanged', 'a job that cannot be retrieved', probed({ name: 'cancel-finished', status: 'succeeded', cancel: refused(400), after: unanswered() })),
]; // prettier-ignore

function held(...after: readonly Exchange[]): Observation {
  return probed({ name: 'pause', pause: PAUSED, held: after });
}
function resumedAgain(resume: Exchange, after: Exchange, before = RUNNING): Observation {
  return probed({ name: 'resume-unpaused', before, resume, after });
}
/** A cancelled job of which something is asked. */
function ofFinished(row: string, control: 'pause' | 'resume'): Specimen[] {
  const other = control === 'pause' ? 'resume' : 'pause';
  const finished = (asked: Exchange, after: Exchange, what: 'pause' | 'resume' = control): Observation =>
    probed({ name: 'control-finished', control: what, status: 'cancelled', asked, after });
  return [
    keeps(row, 'a refusal', finished(refused(400), CANCELLED)),
    keeps(row, 'an answer that changes nothing', finished(CANCELLED, CANCELLED)),
    breaks(row, 'a job that runs again', finished(RUNNING, RUNNING)),
    breaks(row, 'a refusal after which the job is paused', finished(refused(400), PAUSED)),
    leavesOpen(row, 'a job that cannot be retrieved', finished(refused(400), unanswered())),
    ignores(row, 'something else that is asked', finished(RUNNING, RUNNING, other)),
  ];
}
const PAUSED_TOO_LATE = probed({ name: 'pause', pause: SUCCEEDED, held: [SUCCEEDED] });

const OF_PAUSE: readonly Specimen[] = [
  keeps('pause.holds', 'a job that stays paused', held(PAUSED, PAUSED)),
  keeps('pause.holds', 'a job that runs until its checkpoint is kept', held(RUNNING, RUNNING, PAUSED)),
  keeps('pause.holds', 'a job that stays in the queue', held(QUEUED, QUEUED)),
  breaks('pause.holds', 'a job that still runs at the end', held(RUNNING, RUNNING)),
  breaks('pause.holds', 'a job that runs again', held(PAUSED, RUNNING, PAUSED)),
  ...[SUCCEEDED, FAILED, CANCELLED].map((end) => breaks('pause.holds', 'a job that ends', held(PAUSED, end))),
  keeps('pause.holds', 'a job that is not always found, and runs until its checkpoint is kept', held(unanswered(), RUNNING, PAUSED)),
  leavesOpen('pause.holds', 'a job that cannot be retrieved', held(unanswered())),
  leavesOpen('pause.holds', 'a job that nobody looked at', held()),
  ignores('pause.holds', 'a job that had ended before', PAUSED_TOO_LATE),
  keeps('pause.status', 'paused', held(PAUSED)),
  keeps('pause.status', 'paused, once it is', probed({ name: 'pause', pause: RUNNING, held: [RUNNING, PAUSED] })),
  breaks('pause.status', 'words that change', probed({ name: 'pause', pause: QUEUED, held: [QUEUED, RUNNING] })),
  breaks('pause.status', 'another word', probed({ name: 'pause', pause: QUEUED, held: [QUEUED] })),
  ignores('pause.status', 'a job that had ended before', PAUSED_TOO_LATE),
  ...[QUEUED, RUNNING, SUCCEEDED, answered(job('validating_files'))].map((after) =>
    keeps('pause.resume', 'a job that goes on', probed({ name: 'resume', resume: QUEUED, after: [after] })),
  ),
  keeps('pause.resume', 'a job that goes on after a while', probed({ name: 'resume', resume: PAUSED, after: [PAUSED, RUNNING] })),
  breaks('pause.resume', 'a job that is paused again', probed({ name: 'resume', resume: QUEUED, after: [QUEUED, PAUSED] })),
  breaks('pause.resume', 'a job that nobody looked at again, and is said to be paused', probed({ name: 'resume', resume: PAUSED, after: [] })),
  breaks('pause.resume', 'a job that stays paused', probed({ name: 'resume', resume: PAUSED, after: [PAUSED] })),
  breaks('pause.resume', 'a refusal', probed({ name: 'resume', resume: refused(400), after: [] })),
  leavesOpen('pause.resume', 'no answer', probed({ name: 'resume', resume: unanswered(), after: [] })),
  keeps('pause.cancel', 'a paused job that is cancelled', probed({ name: 'cancel-paused', cancel: CANCELLED, after: CANCELLED })),
  breaks('pause.cancel', 'a paused job that stays', probed({ name: 'cancel-paused', cancel: CANCELLED, after: PAUSED })),
  breaks('pause.cancel', 'a refusal', probed({ name: 'cancel-paused', cancel: refused(400), after: PAUSED })),
  leavesOpen('pause.cancel', 'a job that cannot be retrieved', probed({ name: 'cancel-paused', cancel: CANCELLED, after: unanswered() })),
  keeps('pause.checkpoint', 'a checkpoint', probed({ name: 'pause-checkpoint', wasRunning: true, checkpoints: page([{}]) })),
  breaks('pause.checkpoint', 'no checkpoint', probed({ name: 'pause-checkpoint', wasRunning: true, checkpoints: page([]) })),
  ignores('pause.checkpoint', 'a job that did not run', probed({ name: 'pause-checkpoint', wasRunning: false, checkpoints: page([]) })),
  ...ofFinished('pause.finished.unchanged', 'pause'),
  ...ofFinished('pause.resume.finished.unchanged', 'resume'),
  ...[resumedAgain(refused(400), RUNNING), resumedAgain(RUNNING, RUNNING), resumedAgain(refused(409), SUCCEEDED)].map((again) =>
    keeps('pause.resume.not-paused', 'a job that goes on', again),
  ),
  ...(['queued', 'running', 'succeeded', 'failed'] as const).map((now) =>
    keeps('pause.resume.not-paused', `a job that was validated and is ${now}`, resumedAgain(refused(400), answered(job(now)), answered(job('validating_files')))),
  ),
  ...(['running', 'succeeded', 'failed'] as const).map((now) =>
    keeps('pause.resume.not-paused', `a job that was queued and is ${now}`, resumedAgain(refused(400), answered(job(now)), QUEUED)),
  ),
  keeps('pause.resume.not-paused', 'a job that fails meanwhile', resumedAgain(refused(400), FAILED)),
  breaks('pause.resume.not-paused', 'a job without a status', resumedAgain(RUNNING, answered({}))),
  breaks('pause.resume.not-paused', 'a job that had ended and runs', resumedAgain(RUNNING, RUNNING, SUCCEEDED)),
  keeps('pause.resume.not-paused', 'a job that is taken out of the queue meanwhile', resumedAgain(refused(400), RUNNING, QUEUED)),
  breaks('pause.resume.not-paused', 'an error of the server', resumedAgain(refused(500), RUNNING)),
  breaks('pause.resume.not-paused', 'a job that is paused by it', resumedAgain(PAUSED, PAUSED)),
  breaks('pause.resume.not-paused', 'a job that goes back into the queue', resumedAgain(QUEUED, QUEUED)),
  breaks('pause.resume.not-paused', 'a job that is cancelled by it', resumedAgain(refused(400), CANCELLED)),
  leavesOpen('pause.resume.not-paused', 'no answer', resumedAgain(unanswered(), RUNNING)),
  leavesOpen('pause.resume.not-paused', 'a job that cannot be retrieved', resumedAgain(RUNNING, unanswered())),
  ...unknownIdSpecimens('pause.unknown.404'),
  ...unknownIdSpecimens('pause.resume.unknown.404'),
]; // prettier-ignore

export const SPECIMENS_OF_JOBS: readonly Specimen[] = [...OF_RETRIEVE, ...OF_CANCEL, ...OF_PAUSE];
