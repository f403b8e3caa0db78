// When each step of training is done. Steps lie evenly in the time that a job trains, which a pause may interrupt.
import type { JobRecord } from '../store/records.ts';
import type { Span } from './timeline.ts';
import { type TrainingPlan, trainingPlan } from './training-plan.ts';

/** The most steps of a job that are reported; a longer job reports every n-th. */
const MOST_REPORTED = 500;
/** Only the checkpoints of the last epochs are kept (guide to supervised fine-tuning). */
export const KEPT_CHECKPOINTS = 3;

export interface Steps {
  readonly plan: TrainingPlan;
  /** The last steps of the last epochs, ascending. */
  readonly epochEnds: readonly number[];
  /** The steps that events and results tell of, ascending. */
  readonly reported: readonly number[];
  /** When a step is done on the clock, in milliseconds; null if the timeline never gets there. */
  doneAtMs(step: number): number | null;
  /** How many steps are done after so many milliseconds of training. */
  doneAfter(trainedMs: number): number;
}

/** The steps of a job along its timeline. */
export function stepsOf(job: JobRecord, timeline: readonly Span[]): Steps {
  const plan = trainingPlan(job);
  const { epochs, stepsPerEpoch, totalSteps } = plan;
  const { runningMs } = job.lengths;
  const runs = timeline.filter(({ phase }) => phase === 'running');
  const kept = Math.min(epochs, KEPT_CHECKPOINTS);
  const epochEnds = Array.from({ length: kept }, (_, index) => (epochs - kept + 1 + index) * stepsPerEpoch);
  return {
    plan,
    epochEnds,
    reported: reportedSteps(totalSteps, epochEnds),
    doneAtMs(step) {
      const trainedMs = Math.ceil((step / totalSteps) * runningMs);
      const run = runs.find((span) => trainedMs <= span.trainedMs + (span.toMs - span.fromMs));
      return run === undefined ? null : run.fromMs + Math.max(0, trainedMs - run.trainedMs);
    },
    doneAfter: (trainedMs) =>
      runningMs === 0 ? totalSteps : Math.min(totalSteps, Math.floor((trainedMs / runningMs) * totalSteps)),
  };
}

function reportedSteps(totalSteps: number, epochEnds: readonly number[]): readonly number[] {
  const stride = Math.ceil(totalSteps / MOST_REPORTED);
  const regular = Array.from({ length: Math.floor(totalSteps / stride) }, (_, index) => (index + 1) * stride);
  return [...new Set([...regular, ...epochEnds])].sort((one, other) => one - other);
}
