// The events and the checkpoints of a job, a page at a time.
import type { components } from '#generated/current/types.ts';
import type { Context } from '../context.ts';
import { type Answer, success } from '../http/answer.ts';
import type { Checkpoint } from '../lifecycle/checkpoints.ts';
import type { JobEvent } from '../lifecycle/events.ts';
import { metricsAt } from '../lifecycle/metrics.ts';
import { trainingPlan } from '../lifecycle/training-plan.ts';
import type { ApiRequest } from '../request.ts';
import { seconds } from '../seconds.ts';
import type { JobRecord } from '../store/records.ts';
import { derivedId } from '../text/derived-id.ts';
import { pageOf, pageRequest } from './paging.ts';
import { jobInPath } from './read-jobs.ts';

const EVENTS_A_PAGE = { byDefault: 20, most: 100 };
const CHECKPOINTS_A_PAGE = { byDefault: 10, most: 100 };

/** GET /fine_tuning/jobs/{fine_tuning_job_id}/events. */
export function listEvents(context: Context, request: ApiRequest): Answer {
  const job = jobInPath(context, request);
  const policy = context.policy.paging.events;
  const page = pageRequest(request.query, EVENTS_A_PAGE, policy);
  const { items, hasMore } = pageOf(context.world.events(job), page, policy);
  return success({ object: 'list', data: items.map(eventView), has_more: hasMore });
}

/** GET /fine_tuning/jobs/{fine_tuning_job_id}/checkpoints. */
export function listCheckpoints(context: Context, request: ApiRequest): Answer {
  const job = jobInPath(context, request);
  const policy = context.policy.paging.checkpoints;
  const page = pageRequest(request.query, CHECKPOINTS_A_PAGE, policy);
  const checkpoints = context.world.checkpoints(job).map((checkpoint) => checkpointView(job, checkpoint));
  const { items, hasMore, firstId, lastId } = pageOf(checkpoints, page, policy);
  return success({ object: 'list', data: items, has_more: hasMore, first_id: firstId, last_id: lastId });
}

type EventView = Omit<components['schemas']['FineTuningJobEvent'], 'data'> & Pick<JobEvent, 'data'>;

function eventView(event: JobEvent): EventView {
  const { id, atMs, level, message, type, data } = event;
  return { object: 'fine_tuning.job.event', id, created_at: seconds(atMs), level, message, type, data };
}

function checkpointView(job: JobRecord, checkpoint: Checkpoint): components['schemas']['FineTuningJobCheckpoint'] {
  const { step, atMs, model } = checkpoint;
  return {
    object: 'fine_tuning.job.checkpoint',
    id: `ftckpt_${derivedId(`${job.id}:checkpoint:${step}:${atMs}`, 24)}`,
    created_at: seconds(atMs),
    fine_tuned_model_checkpoint: model,
    fine_tuning_job_id: job.id,
    step_number: step,
    metrics: { step, ...metricsAt(job, trainingPlan(job), step) },
  };
}
