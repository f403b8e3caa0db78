// Cancel, pause and resume that do something else than they say.
import type { OperationId } from '#generated/current/operations.ts';
import { type JsonObject, without } from '../../json.ts';
import { isFinished } from '../../lifecycle/standing.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, jobs, jobsIn, successes, switches, textIn, together } from '../hooks.ts';

/** Edits the job that an operation answers with. */
const answered = (id: OperationId, status: string): Hooks =>
  jobs(
    (job) => ({ ...job, status }),
    ({ operationId }) => operationId === id,
  );

/** Edits finished jobs from the time on that an operation was asked of them once they were finished. */
const onceAsked = (id: OperationId, edit: (job: JsonObject) => JsonObject): Hooks => ({
  answer: (answer, exchange) => {
    const { operationId, path, world, memory } = exchange;
    const job = operationId === id ? world.store.job(path['fine_tuning_job_id'] ?? '') : undefined;
    if (job !== undefined && isFinished(world.standing(job).phase)) memory.set(job.id, true);
    const isAsked = (one: JsonObject): boolean => memory.has(textIn(one, 'id')) && textIn(one, 'status') !== 'paused';
    return jobs((one) => (isAsked(one) ? edit(one) : one)).answer?.(answer, exchange) ?? answer;
  },
});

const cancel: readonly Defect[] = [
  defect(
    'cancel-ignored',
    'Answers cancel and does nothing.',
    'cancel.answers-cancelled',
    switches({ cancel: 'ignored' }),
  ),
  defect(
    'cancel-only-said',
    'Says that the job is cancelled and lets it go on.',
    'cancel.retrieve-agrees',
    together(switches({ cancel: 'ignored' }), answered('cancelFineTuningJob', 'cancelled')),
  ),
  defect(
    'cancel-forgotten-at-the-end',
    'Lets a cancelled job succeed when its time has come.',
    'status.terminal.final',
    switches({ cancel: 'succeeds-later' }),
  ),
  defect(
    'cancel-not-while-running',
    'Cannot cancel a job that runs.',
    'cancel.answers-cancelled',
    switches({ cancel: 'ignored-while-running' }),
  ),
  defect(
    'cancel-not-once-resumed',
    'Cannot cancel a job that was paused and resumed.',
    'cancel.answers-cancelled',
    switches({ cancel: 'ignored-once-resumed' }),
  ),
  defect(
    'cancel-in-progress',
    'Answers cancel with the status before it.',
    'cancel.answers-cancelled',
    answered('cancelFineTuningJob', 'running'),
  ),
  defect(
    'cancel-another-job',
    'Answers cancel with the job that was cancelled before.',
    'cancel.answers-cancelled',
    jobs(
      (job, { memory }) => {
        const before = memory.get('id');
        memory.set('id', textIn(job, 'id'));
        return typeof before === 'string' ? { ...job, id: before } : job;
      },
      ({ operationId }) => operationId === 'cancelFineTuningJob',
    ),
  ),
  defect(
    'cancel-without-body',
    'Answers cancel with 202 and an empty object.',
    'cancel.answers-cancelled',
    successes((answer, { operationId }) =>
      operationId === 'cancelFineTuningJob' ? { ...answer, status: 202, body: {} } : answer,
    ),
  ),
  defect(
    'cancel-ends-the-finished',
    'Cancels a job that has succeeded.',
    'cancel.finished.unchanged',
    switches({ cancelFinished: 'ends-again' }),
  ),
  defect(
    'cancelled-is-failed',
    'Shows a cancelled job as failed when it is read again.',
    'cancel.retrieve-agrees',
    jobs(
      (job) => (job['status'] === 'cancelled' ? { ...job, status: 'failed', error: CANCELLED } : job),
      ({ operationId }) => operationId === 'retrieveFineTuningJob',
    ),
  ),
];

const CANCELLED = { code: 'cancelled', message: 'The job was cancelled', param: null };

const pause: readonly Defect[] = [
  defect('pause-ignored', 'Answers pause and lets the job run on.', 'pause.holds', switches({ pause: 'ignored' })),
  defect(
    'pause-for-a-while',
    'Takes a paused job up again by itself.',
    'pause.holds',
    switches({ pause: 'for-a-while' }),
  ),
  defect('pause-ends', 'Lets a paused job end as succeeded.', 'pause.holds', switches({ pause: 'ends-as-succeeded' })),
  defect('pause-shown-as-queued', 'Calls a paused job queued.', 'pause.status', switches({ shownPause: 'queued' })),
  defect('pause-shown-as-running', 'Calls a paused job running.', 'pause.holds', switches({ shownPause: 'running' })),
  defect(
    'pause-without-checkpoint',
    'Keeps no checkpoint when it pauses.',
    'pause.checkpoint',
    switches({ pauseCheckpoint: 'missing' }),
  ),
  defect(
    'paused-not-cancellable',
    'Cannot cancel a paused job.',
    'pause.cancel',
    switches({ cancelPaused: 'refused' }),
  ),
  defect('resume-ignored', 'Answers resume and lets the job stand.', 'pause.resume', switches({ resume: 'ignored' })),
  defect('resume-refused', 'Cannot resume a paused job.', 'pause.resume', switches({ resume: 'refused' })),
  defect(
    'resume-toggles-pause',
    'Pauses a job that is resumed and was not paused.',
    'pause.resume.not-paused',
    switches({ resumeUnpaused: 'pauses' }),
  ),
  defect(
    'resume-starts-the-finished-again',
    'Starts a finished job again when it is resumed.',
    'pause.resume.finished.unchanged',
    onceAsked('resumeFineTuningJob', (job) => ({ ...job, status: 'running', finished_at: null })),
  ),
  defect(
    'pause-takes-the-finished',
    'Pauses a job that is finished.',
    'pause.finished.unchanged',
    onceAsked('pauseFineTuningJob', (job) => ({ ...job, status: 'paused', finished_at: null })),
  ),
  defect(
    'pause-is-a-switch',
    'Lets a paused job go on when it is paused again.',
    'pause.holds',
    switches({ pause: 'toggles' }),
  ),
  defect(
    'pause-is-cancel',
    'Takes every call below a job for a cancel, as a gateway does.',
    'pause.holds',
    jobsIn(['paused'], (job) => ({ ...job, status: 'cancelled' })),
  ),
  defect(
    'estimate-kept-in-a-pause',
    'Keeps the estimated finish of a paused job.',
    'status.estimated_finish.null-before-running',
    jobsIn(['paused'], (job) => ({ ...job, estimated_finish: Number(job['created_at']) + 3600 })),
  ),
  defect(
    'paused-loses-method',
    'Forgets the method of a job that was paused.',
    'retrieve.method.constant',
    jobsIn(['paused'], (job) => without(job, 'method')),
  ),
  defect(
    'paused-by-itself',
    'Pauses a job when it has been read three times.',
    'status.paused.only-after-pause',
    jobs((job, { memory }) => {
      const reads = Number(memory.get(textIn(job, 'id')) ?? 0) + 1;
      memory.set(textIn(job, 'id'), reads);
      return reads === 3 && ['validating_files', 'queued', 'running'].includes(textIn(job, 'status'))
        ? { ...job, status: 'paused' }
        : job;
    }),
  ),
];

export const controlDefects: readonly Defect[] = [...cancel, ...pause];
