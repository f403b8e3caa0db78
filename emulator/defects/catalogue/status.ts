// The life of a job told wrongly: members set too early, kept too long, or missing when they are due.
import { isObject, type JsonObject, type JsonValue, member } from '../../json.ts';
import type { Defect, Exchange } from '../defect.ts';
import { defect, editedObject, jobs, jobsIn, newJobs, switches, textIn } from '../hooks.ts';

const UNFINISHED = ['validating_files', 'queued', 'running'];
const FINISHED = ['succeeded', 'failed', 'cancelled'];

const times: readonly Defect[] = [
  defect(
    'finish-zero-until-finished',
    'Shows 0 as finished_at of a job that has not finished.',
    'status.finished_at.null-until-finished',
    jobs((job) => ({ ...job, finished_at: job['finished_at'] ?? 0 })),
  ),
  defect(
    'finish-foretold',
    'Shows the estimated finish as finished_at of a running job.',
    'status.finished_at.null-until-finished',
    jobsIn(['running'], (job) => ({ ...job, finished_at: job['estimated_finish'] ?? null })),
  ),
  defect(
    'finish-unknown',
    'Never tells when a job finished.',
    'status.finished_at.set-on-success',
    jobs((job) => ({ ...job, finished_at: null })),
  ),
  defect(
    'finish-in-another-zone',
    'Shows finished_at in local time, hours before created_at.',
    'status.finished_at.after-created',
    jobs((job) => shifted(job, 'finished_at', -8 * 3600)),
  ),
  defect(
    'finish-moves-on',
    'Shows the time of the read as finished_at.',
    'status.finished.frozen',
    jobsIn(['succeeded'], (job, exchange) => ({ ...job, finished_at: later(job, 'finished_at', exchange) })),
  ),
  defect(
    'estimate-kept-on-cancel',
    'Keeps the estimated finish of a cancelled job.',
    'status.estimated_finish.null-when-finished',
    jobsIn(['cancelled'], (job) => ({ ...job, estimated_finish: plus(job['created_at'], 3600) })),
  ),
  defect(
    'estimate-kept-on-success',
    'Keeps the estimated finish of a job that succeeded.',
    'status.estimated_finish.null-when-finished',
    jobsIn(['succeeded'], (job) => ({ ...job, estimated_finish: job['finished_at'] ?? null })),
  ),
  defect(
    'estimate-before-running',
    'Estimates the finish of a job that waits.',
    'status.estimated_finish.null-before-running',
    jobsIn(['validating_files', 'queued'], (job) => ({ ...job, estimated_finish: plus(job['created_at'], 3600) })),
  ),
  defect(
    'created-an-hour-ahead',
    'Shows created_at in local time, an hour ahead.',
    'create.created_at.clock',
    jobs((job) => shifted(shifted(job, 'created_at', 3600), 'finished_at', 3600)),
  ),
];

const figures: readonly Defect[] = [
  defect(
    'tokens-zero-until-finished',
    'Shows 0 trained tokens while a job waits or runs.',
    'status.trained_tokens.null-until-finished',
    jobsIn(UNFINISHED, (job) => ({ ...job, trained_tokens: 0 })),
  ),
  defect(
    'tokens-while-running',
    'Counts tokens while a job runs.',
    'status.trained_tokens.null-until-finished',
    jobsIn(['running'], (job) => ({ ...job, trained_tokens: 128 })),
  ),
  defect(
    'tokens-unknown',
    'Never tells the trained tokens.',
    'status.trained_tokens.set-on-success',
    jobs((job) => ({ ...job, trained_tokens: null })),
  ),
  defect(
    'tokens-grow-on',
    'Counts more tokens with every read of a job that succeeded.',
    'status.finished.frozen',
    jobsIn(['succeeded'], (job, { memory }) => {
      const reads = Number(memory.get(textIn(job, 'id')) ?? 0);
      memory.set(textIn(job, 'id'), reads + 1);
      return { ...job, trained_tokens: plus(job['trained_tokens'], reads) };
    }),
  ),
  defect(
    'error-of-empty-text',
    'Shows an error of empty text where nothing failed.',
    'status.error.only-when-failed',
    jobs((job) => ({ ...job, error: job['error'] ?? { code: '', message: '', param: null } })),
  ),
  defect(
    'error-on-cancel',
    'Calls a cancellation an error.',
    'status.error.only-when-failed',
    jobsIn(['cancelled'], (job) => ({
      ...job,
      error: { code: 'cancelled', message: 'Cancelled by user', param: null },
    })),
  ),
  defect(
    'failure-unexplained',
    'Gives no message for a failed job.',
    'status.error.explains-failure',
    jobsIn(['failed'], (job) =>
      editedObject(job, ['error'], (error) => (isObject(error) ? { ...error, message: '' } : error)),
    ),
  ),
  defect(
    'failure-without-code',
    'Gives no code for a failed job.',
    'status.error.explains-failure',
    jobsIn(['failed'], (job) =>
      editedObject(job, ['error'], (error) => (isObject(error) ? { ...error, code: '' } : error)),
    ),
  ),
  defect(
    'results-promised',
    'Names result files from the creation on.',
    'status.result_files.empty-until-success',
    jobsIn(UNFINISHED, (job) => ({ ...job, result_files: ['file-results-to-come'] })),
  ),
  defect(
    'results-of-the-job-before',
    'Shows the result files of another job in a new one.',
    'create.result_files.empty',
    newJobs((job) => ({ ...job, result_files: [textIn(job, 'training_file')] })),
  ),
  defect(
    'results-unnamed',
    'Names no result files of a job that succeeded.',
    'status.result_files.on-success',
    jobs((job) => ({ ...job, result_files: [] })),
  ),
  defect(
    'auto-for-ever',
    'Still shows auto when a job has succeeded.',
    'status.hyperparameters.resolved',
    jobsIn(['succeeded'], (job) => ({
      ...job,
      ...(isObject(job['hyperparameters']) ? { hyperparameters: { ...job['hyperparameters'], n_epochs: 'auto' } } : {}),
    })),
  ),
  defect(
    'seed-signed',
    'Makes up seeds of 32 bits with a sign.',
    'status.seed.range',
    newJobs((job, sent) =>
      typeof member(sent, 'seed') === 'number' ? job : { ...job, seed: -1 - Number(job['seed']) },
    ),
  ),
  defect(
    'seed-of-64-bits',
    'Makes up seeds beyond 31 bits.',
    'create.seed.generated',
    newJobs((job, sent) =>
      typeof member(sent, 'seed') === 'number' ? job : { ...job, seed: 2 ** 40 + Number(job['seed']) },
    ),
  ),
  defect(
    'seed-null-when-not-sent',
    'Makes no seed up where none was sent.',
    'create.seed.generated',
    newJobs((job, sent) => (typeof member(sent, 'seed') === 'number' ? job : { ...job, seed: null })),
  ),
];

const ends: readonly Defect[] = [
  defect('always-fails', 'Fails every job.', 'status.reached.success', switches({ end: 'fails' })),
  defect(
    'format-unchecked',
    'Trains on data that does not fit the method.',
    'status.data.format-of-method',
    switches({ foreignFormat: 'ignored' }),
  ),
  defect(
    'few-examples-suffice',
    'Trains on fewer than ten examples.',
    'status.data.too-few',
    switches({ tooFewExamples: 'ignored' }),
  ),
  defect(
    'created-cancelled',
    'Answers a create with a cancelled job.',
    'create.status.not-finished',
    newJobs((job) => ({ ...job, status: 'cancelled' })),
  ),
  defect(
    'deleted-file-unnoticed',
    'Goes on training when the training file is deleted.',
    'status.training_file.deleted',
    switches({ deletedTrainingFile: 'ignored' }),
  ),
  ...Object.entries({
    pending: 'validating_files',
    created: 'queued',
    training: 'running',
    completed: 'succeeded',
    canceled: 'cancelled',
    error: 'failed',
  }).map(([word, status]) =>
    defect(
      `status-${word}`,
      `Calls ${status} '${word}'.`,
      'retrieve.job.status',
      jobsIn([status], (job) => ({ ...job, status: word })),
    ),
  ),
  defect(
    'status-in-capitals',
    'Shows the status of finished jobs in capitals.',
    'retrieve.job.status',
    jobsIn(FINISHED, (job) => ({ ...job, status: textIn(job, 'status').toUpperCase() })),
  ),
];

export const statusDefects: readonly Defect[] = [...times, ...figures, ...ends];

function shifted(job: JsonObject, name: string, seconds: number): JsonObject {
  return editedObject(job, [name], (time) => plus(time, seconds));
}

function plus(value: JsonValue | undefined, more: number): JsonValue {
  return typeof value === 'number' ? value + more : (value ?? null);
}

/** A time that moves on with every read, however little time passes between two. */
function later(job: JsonObject, name: string, { memory }: Exchange): JsonValue {
  const reads = Number(memory.get(textIn(job, 'id')) ?? 0);
  memory.set(textIn(job, 'id'), reads + 1);
  return plus(job[name], reads);
}
