// The checkpoints of a job: one at the end of each of the last epochs, one for each pause of training; three are kept.
import type { Policy } from '../policy.ts';
import type { JobRecord } from '../store/records.ts';
import { KEPT_CHECKPOINTS, stepsOf } from './steps.ts';
import type { Span } from './timeline.ts';

export interface Checkpoint {
  readonly cause: 'epoch' | 'pause';
  readonly step: number;
  readonly atMs: number;
  /** The name of its model; the last one's is the name of the fine-tuned model itself. */
  readonly model: string;
}

/** The checkpoints that a job has made by a time and still keeps, the latest step first. */
export function checkpointsOf(
  job: JobRecord,
  timeline: readonly Span[],
  nowMs: number,
  policy: Pick<Policy, 'pauseCheckpoint'>,
): readonly Checkpoint[] {
  const made = allCheckpoints(job, timeline, policy).filter(({ atMs }) => atMs <= nowMs);
  // A step that was kept by a pause and again at the end of its epoch is kept once, as it was last.
  const byStep = new Map(made.map((checkpoint) => [checkpoint.step, checkpoint]));
  return [...byStep.values()].toSorted((one, other) => other.step - one.step).slice(0, KEPT_CHECKPOINTS);
}

/** Every checkpoint that the timeline leads to, in the order in which they are made. */
export function allCheckpoints(
  job: JobRecord,
  timeline: readonly Span[],
  policy: Pick<Policy, 'pauseCheckpoint'>,
): readonly Checkpoint[] {
  if (!timeline.some(({ phase }) => phase === 'running')) return [];
  const steps = stepsOf(job, timeline);
  const name = (step: number): string =>
    step === steps.plan.totalSteps ? job.fineTunedModel : `${job.fineTunedModel}:ckpt-step-${step}`;
  const epochs = steps.epochEnds.flatMap((step): Checkpoint[] => {
    const atMs = steps.doneAtMs(step);
    return atMs === null ? [] : [{ cause: 'epoch', step, atMs, model: name(step) }];
  });
  const pauses = timeline.flatMap((span, index): Checkpoint[] => {
    const trained = span.phase === 'paused' && timeline[index - 1]?.phase === 'running';
    if (!trained || policy.pauseCheckpoint === 'missing') return [];
    // The step under way is finished first, so that there is something to keep.
    const step = Math.max(1, steps.doneAfter(span.trainedMs));
    return [{ cause: 'pause', step, atMs: span.fromMs, model: `${job.fineTunedModel}:ckpt-step-${step}` }];
  });
  return [...epochs, ...pauses].toSorted((one, other) => one.atMs - other.atMs || one.step - other.step);
}
