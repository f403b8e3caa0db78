// Errata of answers: what the documents print, or the real service answers, against the schema. Each stands beside the
// reading that nobody doubts and beside what neither reading allows.
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Observation } from '../requirements/observation.ts';
import {
  beyondDoubt,
  contradicted,
  FAILS,
  FAILS_AS_SHOULD,
  inEdition,
  PASSES,
  type ShownErratum,
  takesFault,
  TOLERATED,
} from './errata-cases.ts';
import { answered } from './exchanges.ts';
import { shown } from './judged.ts';
import { A_STRING_CHECK, aFailure, aFile, aGraderRun, aJob, anEvent, aSuccess, type Changes } from './objects.ts';

const NO_ERROR = { code: null, message: null, param: null };
const DPO = { type: 'dpo', dpo: { hyperparameters: { beta: 0.1 } } };
const REINFORCEMENT = { type: 'reinforcement', reinforcement: { grader: A_STRING_CHECK } };
const ERROR = 'retrieve.job.error';
const HYPERPARAMETERS = 'retrieve.job.hyperparameters';
const ESTIMATE = 'status.estimated_finish.null-when-finished';

function job(changes: Changes): Observation {
  return shown('FineTuningJob', aJob(changes));
}

function event(data: JsonValue): Observation {
  return shown('FineTuningJobEvent', anEvent({ data }));
}

function file(changes: Changes): Observation {
  return shown('OpenAIFile', aFile(changes));
}

const OF_JOBS: readonly ShownErratum[] = [
  contradicted('E-S1', 'leaves out what the short examples leave out', job({ error: undefined, finished_at: undefined, hyperparameters: undefined, trained_tokens: undefined, seed: undefined }), { [ERROR]: FAILS, 'retrieve.job.finished_at': FAILS, [HYPERPARAMETERS]: FAILS, 'retrieve.job.trained_tokens': FAILS, 'retrieve.job.seed': FAILS }),
  contradicted('E-S2', 'leaves out error alone', job({ error: undefined }), { [ERROR]: FAILS }),
  contradicted('E-S3', 'shows {} as error of a job that waits', job({ error: {} }), { [ERROR]: TOLERATED, 'status.error.only-when-failed': PASSES }),
  contradicted('E-S3', 'shows an error of nulls', job({ error: NO_ERROR }), { [ERROR]: TOLERATED, 'status.error.only-when-failed': PASSES }),
  contradicted('E-S3', 'shows an error of nulls in a job that succeeded', shown('FineTuningJob', aSuccess({ error: NO_ERROR })), { [ERROR]: TOLERATED, 'status.error.only-when-failed': PASSES }),
  beyondDoubt('E-S3', 'shows null', job({ error: null }), { [ERROR]: PASSES, 'status.error.only-when-failed': PASSES }),
  beyondDoubt('E-S3', 'shows {} as error of a job that failed', shown('FineTuningJob', aFailure({ error: {} })), { [ERROR]: FAILS, 'status.error.explains-failure': FAILS }),
  beyondDoubt('E-S3', 'shows half an error of a job that waits', job({ error: { ...NO_ERROR, code: 'late' } }), { [ERROR]: FAILS, 'status.error.only-when-failed': FAILS }),
  contradicted('E-S4', 'shows null hyperparameters of a DPO job', job({ method: DPO, hyperparameters: null }), { [HYPERPARAMETERS]: TOLERATED }),
  contradicted('E-S4', 'leaves out hyperparameters of a DPO job', job({ method: DPO, hyperparameters: undefined }), { [HYPERPARAMETERS]: TOLERATED }),
  contradicted('E-S4', 'leaves out hyperparameters of a reinforcement job', job({ method: REINFORCEMENT, hyperparameters: undefined }), { [HYPERPARAMETERS]: TOLERATED }),
  beyondDoubt('E-S4', 'shows hyperparameters of a DPO job as an object', job({ method: DPO, hyperparameters: { n_epochs: 'auto' } }), { [HYPERPARAMETERS]: PASSES }),
  beyondDoubt('E-S4', 'shows text for hyperparameters of a DPO job', job({ method: DPO, hyperparameters: 'auto' }), { [HYPERPARAMETERS]: FAILS }),
  contradicted('E-C1', 'returns hyperparameters for supervised jobs only', [job({ method: REINFORCEMENT, hyperparameters: null }), job({})], { [HYPERPARAMETERS]: TOLERATED }),
  beyondDoubt('E-C1', 'shows null hyperparameters of a supervised job', job({ hyperparameters: null }), { [HYPERPARAMETERS]: FAILS }),
  contradicted('E-S5', 'shows an empty error and no hyperparameters of a reinforcement job', job({ method: REINFORCEMENT, error: {}, hyperparameters: undefined }), { [ERROR]: TOLERATED, [HYPERPARAMETERS]: TOLERATED }),
  contradicted('E-S11', 'estimates 0 for a job that has finished', shown('FineTuningJob', aSuccess({ estimated_finish: 0 })), { [ESTIMATE]: TOLERATED, 'retrieve.job.estimated_finish': PASSES, 'retrieve.timestamps.seconds': PASSES }),
  beyondDoubt('E-S11', 'estimates nothing for it', shown('FineTuningJob', aSuccess({ estimated_finish: null })), { [ESTIMATE]: PASSES }),
  beyondDoubt('E-S11', 'keeps the estimate of a job that has finished', shown('FineTuningJob', aSuccess({ estimated_finish: 1_760_000_900 })), { [ESTIMATE]: FAILS }),
  beyondDoubt('E-S11', 'estimates 0 for a job that waits', job({ estimated_finish: 0 }), { 'status.estimated_finish.null-before-running': FAILS_AS_SHOULD }),
]; // prettier-ignore

const PAUSED = aJob({ status: 'paused' });

/** A job that is seen paused once; `asked`: after somebody has asked for it. */
function pausedJob(asked: boolean): readonly Observation[] {
  const exchange = answered(PAUSED, { operation: 'pauseFineTuningJob', method: 'POST', sentAt: 10 });
  const sighting = { job: PAUSED, exchange, operation: 'retrieveFineTuningJob' } as const;
  const controls = asked ? [{ control: 'pause', exchange } as const] : [];
  const rest = {
    id: 'job-1',
    payload: undefined,
    expectation: undefined,
    waited: false,
    found: undefined,
    misses: [],
    isLost: false,
    listLagMs: 0,
  } as const;
  return [
    shown('FineTuningJob', PAUSED),
    { kind: 'history', sightings: [sighting], controls, ...rest },
    { kind: 'probe', probe: { name: 'pause', pause: exchange, held: [exchange] } },
  ];
}

const OF_PAUSE: readonly ShownErratum[] = [
  contradicted('E-S6', 'calls a job paused that was asked to pause', pausedJob(true), { 'retrieve.job.status': PASSES, 'pause.status': PASSES, 'status.paused.only-after-pause': PASSES }),
  beyondDoubt('E-S6', 'calls a job paused that nobody asked to', pausedJob(false), { 'retrieve.job.status': PASSES, 'status.paused.only-after-pause': FAILS }),
  inEdition('2024-12', beyondDoubt('E-S6', 'calls a job paused before there was a pause', shown('FineTuningJob', PAUSED), { 'retrieve.job.status': FAILS })),
]; // prettier-ignore

function graded(usage: JsonValue): Observation {
  return shown('RunGraderResponse', aGraderRun({ token_usage: usage }));
}

/** A multi grader in one of its shapes, in a job and in the answer to validating it. */
function multi(graders: JsonValue, name: JsonObject = { name: 'all' }): readonly Observation[] {
  const grader = { type: 'multi', ...name, graders, calculate_output: 'check' };
  return [
    job({ method: { type: 'reinforcement', reinforcement: { grader } } }),
    shown('ValidateGraderResponse', { grader }),
  ];
}

const MULTI = { 'retrieve.job.method': PASSES, 'graders.validated.grader': PASSES } as const;

const OF_GRADERS: readonly ShownErratum[] = [
  contradicted('E-S9', 'tells the tokens of a grader as an object', graded({ total_tokens: 324 }), { 'graders.run-result.metadata': PASSES }),
  beyondDoubt('E-S9', 'tells them as a number', graded(324), { 'graders.run-result.metadata': PASSES }),
  beyondDoubt('E-S9', 'tells them as text', graded('324'), { 'graders.run-result.metadata': FAILS }),
  contradicted('E-S10', 'shows the graders of a multi grader as one grader', multi(A_STRING_CHECK), MULTI),
  contradicted('E-S10', 'shows them as a list', multi([A_STRING_CHECK]), MULTI),
  contradicted('E-S10', 'shows them as a map', multi({ check: A_STRING_CHECK }), MULTI),
  beyondDoubt('E-S10', 'shows a grader of a type that nobody knows', job({ method: { type: 'reinforcement', reinforcement: { grader: { type: 'oracle', name: 'o' } } } }), { 'retrieve.job.method': FAILS }),
  contradicted('E-C14', 'takes a multi grader without a name', takesFault('#/components/schemas/GraderMulti required/name'), { 'create.grader.multi.name.required': ['is observed', 'fails'] }),
  beyondDoubt('E-C14', 'shows a multi grader without a name: answers are the business of E-S10', multi([A_STRING_CHECK], {}), MULTI),
  beyondDoubt('E-C14', 'takes a multi grader without a formula', takesFault('#/components/schemas/GraderMulti required/calculate_output'), { 'create.grader.multi.required': FAILS }),
]; // prettier-ignore

/** A page of files as it stands in an answer. */
function filePage(data: readonly JsonObject[], ends: JsonObject): Observation {
  return shown('ListFilesResponse', { object: 'list', data, has_more: false, ...ends });
}

const ENDS = ['files.page.first_id', 'files.page.last_id'] as const;

const OF_THE_REST: readonly ShownErratum[] = [
  contradicted('E-S7', 'shows an event whose data is null', event(null), { 'events.event.data': TOLERATED }),
  beyondDoubt('E-S7', 'shows {}', event({}), { 'events.event.data': PASSES }),
  beyondDoubt('E-S7', 'shows text', event('step 1'), { 'events.event.data': FAILS }),
  contradicted('E-S8', 'leaves out the status of a file', file({ status: undefined }), { 'files.file.status': FAILS }),
  contradicted('E-S13', 'shows null for what a file does not have', file({ expires_at: null, status_details: null }), { 'files.file.expires_at': TOLERATED, 'files.file.status_details': TOLERATED }),
  beyondDoubt('E-S13', 'leaves it out', file({}), { 'files.file.status': PASSES }),
  beyondDoubt('E-S13', 'shows text and a number for each other', file({ expires_at: 'never', status_details: 0 }), { 'files.file.expires_at': FAILS, 'files.file.status_details': FAILS, 'retrieve.timestamps.seconds': FAILS }),
  contradicted('E-C8', 'shows purpose evals, which uploads may have', file({ purpose: 'evals' }), { 'files.file.purpose': PASSES }),
  beyondDoubt('E-C8', 'shows a purpose that nothing may have', file({ purpose: 'training' }), { 'files.file.purpose': FAILS }),
  contradicted('E-C9', 'tells an event of type moderation_checks', shown('FineTuningJobEvent', anEvent({ type: 'moderation_checks' })), { 'events.event.type': PASSES }),
  beyondDoubt('E-C9', 'tells an event of a type that nobody knows', shown('FineTuningJobEvent', anEvent({ type: 'progress' })), { 'events.event.type': FAILS }),
  contradicted('E-C11', 'ends an empty list of files with nulls', filePage([], { first_id: null, last_id: null }), { [ENDS[0]]: PASSES, [ENDS[1]]: PASSES }),
  contradicted('E-C11', 'ends it with nothing at all', filePage([], {}), { [ENDS[0]]: PASSES, [ENDS[1]]: PASSES }),
  beyondDoubt('E-C11', 'ends a list that holds files with nulls', filePage([aFile()], { first_id: null, last_id: null }), { [ENDS[0]]: FAILS, [ENDS[1]]: FAILS }),
]; // prettier-ignore

export const ERRATA_OF_ANSWERS: readonly ShownErratum[] = [...OF_JOBS, ...OF_PAUSE, ...OF_GRADERS, ...OF_THE_REST];
