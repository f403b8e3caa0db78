// Cancel, pause and resume. What was captured: cancel answers 200 with the job cancelled at once. What a wrong state is
// answered with was never captured; here it is a 400 that says so, and nothing happens.
import type { Context } from '../context.ts';
import { type Answer, success } from '../http/answer.ts';
import { badRequest } from '../http/api-error.ts';
import { isFinished, standingAfterResume } from '../lifecycle/standing.ts';
import type { ApiRequest } from '../request.ts';
import type { ControlAction, JobRecord } from '../store/records.ts';
import { jobView } from './job-view.ts';
import { jobInPath } from './read-jobs.ts';

/** POST /fine_tuning/jobs/{fine_tuning_job_id}/cancel. */
export function cancelJob(context: Context, request: ApiRequest): Answer {
  const job = jobInPath(context, request);
  const { phase } = context.world.standing(job);
  const refused = isFinished(phase) || (phase === 'paused' && context.policy.cancelPaused === 'refused');
  if (refused) return refuse(context, job, 'cancelled');
  return success(jobView(context, act(context, job, 'cancel')));
}

/** POST /fine_tuning/jobs/{fine_tuning_job_id}/pause. */
export function pauseJob(context: Context, request: ApiRequest): Answer {
  const job = jobInPath(context, request);
  const { phase } = context.world.standing(job);
  if (phase === 'paused' && context.policy.pause === 'toggles')
    return success(jobView(context, act(context, job, 'resume')));
  if (isFinished(phase) || phase === 'paused') return refuse(context, job, 'paused');
  return success(jobView(context, act(context, job, 'pause')));
}

/** POST /fine_tuning/jobs/{fine_tuning_job_id}/resume. */
export function resumeJob(context: Context, request: ApiRequest): Answer {
  const job = jobInPath(context, request);
  const { phase } = context.world.standing(job);
  if (context.policy.resumeUnpaused === 'pauses' && phase !== 'paused' && !isFinished(phase))
    return success(jobView(context, act(context, job, 'pause')));
  if (phase !== 'paused' || context.policy.resume === 'refused') return refuse(context, job, 'resumed');
  const resumed = act(context, job, 'resume');
  const timeline = context.world.timeline(resumed);
  return success(jobView(context, resumed, standingAfterResume(timeline, context.world.nowMs)));
}

function act(context: Context, job: JobRecord, kind: ControlAction['kind']): JobRecord {
  const { store, nowMs } = context.world;
  store.change({ change: 'action', id: job.id, action: { kind, atMs: nowMs } });
  return store.job(job.id) ?? job;
}

function refuse(context: Context, job: JobRecord, wanted: 'cancelled' | 'paused' | 'resumed'): Answer {
  if (context.policy.wrongState === 'answered') return success(jobView(context, job));
  const { phase } = context.world.standing(job);
  if (wanted === 'cancelled' && context.policy.cancelFinished === 'ends-again' && isFinished(phase)) {
    return success(jobView(context, endedAgain(context, job)));
  }
  const message = `Job ${job.id} cannot be ${wanted}: its status is '${phase}'`;
  throw badRequest(message, 'fine_tuning_job_id', 'invalid_job_state');
}

/** For a defect: a finished job is cancelled as if it had never got further than its creation. */
function endedAgain(context: Context, job: JobRecord): JobRecord {
  const { store } = context.world;
  store.change({ change: 'action', id: job.id, action: { kind: 'cancel', atMs: job.createdAtMs } });
  return store.job(job.id) ?? job;
}
