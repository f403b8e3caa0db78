// What goes wrong only behind the right calls in the right order: ends that are not the end, controls that reach another
// job than the one they name, answers that change at the n-th read.
import { type JsonObject, type JsonValue, isList, isObject } from '../../json.ts';
import type { OperationId } from '#generated/current/operations.ts';
import type { Defect, Hooks, Memory } from '../defect.ts';
import { bodiesOf, defect, editedObject, jobs, jobsIn, textIn, together } from '../hooks.ts';

const FINISHED = ['succeeded', 'failed', 'cancelled'];
const LIST = ['listPaginatedFineTuningJobs'] as const;

/** Remembers for which jobs an operation was called, refused or not; `when` may keep to some. */
function remembering(
  operation: OperationId,
  when: (memory: Memory, id: string) => boolean = () => true,
  key = operation as string,
): Hooks {
  return {
    request: (request, memory) => {
      const id = request.path['fine_tuning_job_id'] ?? '';
      if (request.operationId === operation && when(memory, id))
        memory.set(`${key} ${id}`, Number(memory.get(`${key} ${id}`) ?? 0) + 1);
      return request;
    },
  };
}

/** How often it was remembered of a job. */
function timesOf(memory: Memory, key: string, job: JsonObject): number {
  return Number(memory.get(`${key} ${textIn(job, 'id')}`) ?? 0);
}

/** Remembers that a job was shown in a status, and shows it in another one once something was asked of it since. */
function revived(status: string, operation: OperationId, as: string): Hooks {
  return together(
    remembering(operation, (memory, id) => memory.has(`shown ${id}`)),
    jobsIn([status], (job, { memory }) => {
      if (timesOf(memory, operation, job) > 0) return reopened(job, as);
      memory.set(`shown ${textIn(job, 'id')}`, true);
      return job;
    }),
  );
}

/** A job that is over, as if it stood somewhere in its life. */
function reopened(job: JsonObject, status: string): JsonObject {
  const open = { finished_at: null, fine_tuned_model: null, trained_tokens: null, result_files: [], error: null };
  return { ...job, ...open, status };
}

/** Shows a job otherwise at the n-th time that it is retrieved in a status. */
function atRead(nth: number, status: string, edit: (job: JsonObject) => JsonObject): Hooks {
  return jobs(
    (job, { memory }) => {
      if (job['status'] !== status) return job;
      const reads = timesOf(memory, 'reads', job) + 1;
      memory.set(`reads ${textIn(job, 'id')}`, reads);
      return reads === nth ? edit(job) : job;
    },
    ({ operationId }) => operationId === 'retrieveFineTuningJob',
  );
}

/** Sends a cancel to the job that was created last. */
const cancelsTheNewest: Hooks = {
  request: (request, memory) => {
    const newest = memory.get('newest');
    return request.operationId === 'cancelFineTuningJob' && typeof newest === 'string'
      ? { ...request, path: { ...request.path, fine_tuning_job_id: newest } }
      : request;
  },
  answer: (answer, { operationId, memory }) => {
    if (operationId === 'createFineTuningJob' && answer.kind === 'json' && answer.status < 300)
      memory.set('newest', textIn(answer.body, 'id'));
    return answer;
  },
};

const FAILED = { code: 'internal_error', message: 'The job could not be read', param: null };

export const sequenceDefects: readonly Defect[] = [
  defect(
    'resume-revives-the-cancelled',
    'Puts a cancelled job back into the queue when it is resumed.',
    'status.terminal.final',
    revived('cancelled', 'resumeFineTuningJob', 'queued'),
  ),
  defect(
    'pause-revives-the-finished',
    'Pauses a job that has succeeded.',
    'status.terminal.final',
    revived('succeeded', 'pauseFineTuningJob', 'paused'),
  ),
  defect(
    'deleted-file-fails-the-finished',
    'Calls a job failed whose training file is deleted when it has long succeeded.',
    'status.terminal.final',
    jobsIn(['succeeded'], (job, { world }) =>
      typeof world.store.file(textIn(job, 'training_file'))?.deletedAtMs === 'number'
        ? { ...reopened(job, 'failed'), error: FAILED }
        : job,
    ),
  ),
  defect(
    'second-cancel-fails-the-job',
    'Calls a job failed that is cancelled twice.',
    'cancel.finished.unchanged',
    together(
      remembering('cancelFineTuningJob'),
      jobsIn(['cancelled'], (job, { memory }) =>
        timesOf(memory, 'cancelFineTuningJob', job) > 1 ? { ...job, status: 'failed', error: FAILED } : job,
      ),
    ),
  ),
  defect(
    'cancel-takes-the-newest',
    'Cancels the job that was created last, whichever is named.',
    'cancel.answers-cancelled',
    cancelsTheNewest,
  ),
  defect(
    'filter-forgets-the-finished',
    'Filters by metadata among jobs that are not over.',
    'list.metadata.filter',
    bodiesOf(LIST, (body, { query }) =>
      query.some(([name]) => name.startsWith('metadata[')) ? withoutFinished(body) : body,
    ),
  ),
  defect(
    'list-remembers-the-first-look',
    'Shows a job in lists with the status in which it was listed first.',
    'status.terminal.final',
    jobs(
      (job, { memory }) => {
        const key = `listed ${textIn(job, 'id')}`;
        const first = memory.get(key);
        if (typeof first !== 'string') memory.set(key, textIn(job, 'status'));
        return typeof first === 'string' && first !== job['status'] ? reopened(job, first) : job;
      },
      ({ operationId }) => operationId === LIST[0],
    ),
  ),
  defect(
    'created-again-on-resume',
    'Shows a later created_at once a job was resumed.',
    'retrieve.created_at.constant',
    together(
      remembering('resumeFineTuningJob'),
      jobs((job, { memory }) =>
        timesOf(memory, 'resumeFineTuningJob', job) > 0
          ? editedObject(job, ['created_at'], (time) => Number(time) + 1)
          : job,
      ),
    ),
  ),
  defect(
    'renamed-on-resume',
    'Gives a job another id once it was resumed.',
    'retrieve.same-job',
    together(
      remembering('resumeFineTuningJob'),
      jobs(
        (job, { memory }) =>
          timesOf(memory, 'resumeFineTuningJob', job) > 0 ? { ...job, id: `${textIn(job, 'id')}-2` } : job,
        ({ operationId }) => operationId === 'retrieveFineTuningJob',
      ),
    ),
  ),
  defect(
    'running-stutters',
    'Shows a running job as queued at its third read.',
    'status.forward',
    atRead(3, 'running', (job) => ({ ...job, status: 'queued', estimated_finish: null })),
  ),
  defect(
    'finish-comes-late',
    'Does not know yet when a job finished at the first read of its success.',
    'status.finished_at.set-on-success',
    atRead(1, 'succeeded', (job) => ({ ...job, finished_at: null })),
  ),
];

function withoutFinished(body: JsonValue): JsonValue {
  if (!isObject(body)) return body;
  return editedObject(body, ['data'], (data) =>
    isList(data) ? data.filter((job) => !FINISHED.includes(textIn(job, 'status'))) : data,
  );
}
