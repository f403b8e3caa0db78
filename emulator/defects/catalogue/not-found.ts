// Jobs that exist and are not found by their id: too early, too late, or by bad luck.
import { refusal } from '../../http/answer.ts';
import { unknownJob } from '../../http/api-error.ts';
import { isFinished, type Standing } from '../../lifecycle/standing.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, successes } from '../hooks.ts';

/** Answers the retrieve of some jobs as if there were no such job; `number` counts jobs from 0. */
const notFound = (isGone: (standing: Standing, number: number) => boolean): Hooks =>
  successes((answer, { operationId, path, world }) => {
    const number = world.store.jobs.findIndex(({ id }) => id === path['fine_tuning_job_id']);
    const job = world.store.jobs[number];
    if (operationId !== 'retrieveFineTuningJob' || job === undefined) return answer;
    return isGone(world.standing(job), number) ? refusal(unknownJob(job.id)) : answer;
  });

export const notFoundDefects: readonly Defect[] = [
  defect(
    'not-found-until-it-runs',
    'Does not find a job by its id until it has started to run.',
    'retrieve.created.found',
    notFound(({ hasRun }) => !hasRun),
  ),
  defect(
    'not-found-once-ended',
    'Does not find a job by its id any more once it has ended.',
    'retrieve.created.found',
    notFound(({ phase }) => isFinished(phase)),
  ),
  defect(
    'fifth-job-not-found',
    'Never finds every fifth job by its id.',
    'retrieve.created.found',
    notFound((_, number) => number % 5 === 4),
  ),
];
