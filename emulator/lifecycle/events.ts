// The events of a job, told from its timeline. The messages are those of real jobs, in their order; those of pause,
// resume and failure were never captured and are ours.
import type { Policy } from '../policy.ts';
import { derivedId } from '../text/derived-id.ts';
import type { JobRecord } from '../store/records.ts';
import { allCheckpoints } from './checkpoints.ts';
import { metricsAt } from './metrics.ts';
import { type Steps, stepsOf } from './steps.ts';
import type { Phase, Span } from './timeline.ts';

export interface JobEvent {
  readonly id: string;
  readonly atMs: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly type: 'message' | 'metrics';
  readonly data: Readonly<Record<string, number>>;
}

type Told = Omit<JobEvent, 'id' | 'type' | 'data'> & { readonly key: string } & Partial<JobEvent>;

/** What has happened to a job by a time, newest first. @param failure the message of a failed job's error. */
export function eventsOf(
  job: JobRecord,
  timeline: readonly Span[],
  nowMs: number,
  failure: string | null,
  policy: Pick<Policy, 'pauseCheckpoint'>,
): readonly JobEvent[] {
  const training = trainingEvents(job, timeline, nowMs, policy);
  const told = timeline.flatMap((span, index) => [
    ...(index === 0 ? creationEvents(job) : []),
    ...phaseEvents(job, span, timeline[index - 1]?.phase ?? null, index, failure),
    ...training.filter((event) => event.span === index).map(({ span: _, ...event }) => event),
  ]);
  return told
    .filter(({ atMs }) => atMs <= nowMs)
    .toReversed()
    .map(({ key, ...event }) => ({ type: 'message', data: {}, ...event, id: eventId(job, key) }));
}

function eventId(job: JobRecord, key: string): string {
  return `ftevent-${derivedId(`${job.id}:${key}`, 24)}`;
}

function creationEvents(job: JobRecord): Told[] {
  const validation = job.validationFile === null ? '' : ` and validation file: ${job.validationFile}`;
  const at = { atMs: job.createdAtMs, level: 'info' } as const;
  return [
    { ...at, key: 'created', message: `Created fine-tuning job: ${job.id}` },
    { ...at, key: 'validating', message: `Validating training file: ${job.trainingFile}${validation}` },
  ];
}

function phaseEvents(
  job: JobRecord,
  span: Span,
  before: Phase | null,
  index: number,
  failure: string | null,
): readonly Told[] {
  const event = (key: string, message: string, level: JobEvent['level'] = 'info'): Told => ({
    key,
    atMs: span.fromMs,
    level,
    message,
  });
  switch (span.phase) {
    case 'validating_files':
      return [];
    case 'queued':
      return before === 'paused'
        ? [event(`resumed:${index}`, 'Fine-tuning job resumed, moving job to queued state')]
        : [event('validated', 'Files validated, moving job to queued state')];
    case 'running':
      return span.trainedMs > 0 ? [] : [event('started', 'Fine-tuning job started')];
    case 'paused':
      return [event(`paused:${index}`, 'Fine-tuning job paused')];
    case 'succeeded':
      return [
        event('model', `New fine-tuned model created: ${job.fineTunedModel}`),
        event('completed', 'The job has successfully completed'),
      ];
    case 'failed':
      return [event('failed', failure ?? 'The job failed', 'error')];
    case 'cancelled':
      return [event('cancelled', 'Fine tuning process stopping due to job cancellation', 'warn')];
  }
}

/** Metrics and checkpoints up to a time, in order, each with the span of the timeline that it belongs to. */
function trainingEvents(
  job: JobRecord,
  timeline: readonly Span[],
  nowMs: number,
  policy: Pick<Policy, 'pauseCheckpoint'>,
): readonly (Told & { readonly span: number })[] {
  if (!timeline.some(({ phase, fromMs }) => phase === 'running' && fromMs <= nowMs)) return [];
  const steps = stepsOf(job, timeline);
  const placed = (event: Told, phase: Phase): Told & { readonly span: number } => ({
    ...event,
    span: timeline.findIndex((span) => span.phase === phase && span.fromMs <= event.atMs && event.atMs <= span.toMs),
  });
  const metrics = steps.reported.flatMap((step) => {
    const atMs = steps.doneAtMs(step);
    return atMs === null || atMs > nowMs ? [] : [placed(metricsEvent(job, steps, step, atMs), 'running')];
  });
  const checkpoints = allCheckpoints(job, timeline, policy).map(({ cause, step, atMs, model }) => {
    const message = `Checkpoint created at step ${step} with Snapshot ID: ${model}`;
    return placed({ key: `checkpoint:${step}:${atMs}`, atMs, level: 'info', message }, PHASE_OF_CAUSE[cause]);
  });
  return [...metrics, ...checkpoints].toSorted((one, other) => one.atMs - other.atMs);
}

const PHASE_OF_CAUSE = { epoch: 'running', pause: 'paused' } as const;

function metricsEvent(job: JobRecord, steps: Steps, step: number, atMs: number): Told {
  const { totalSteps } = steps.plan;
  const figures = metricsAt(job, steps.plan, step);
  const [name, value] = Object.entries(figures)[0] ?? ['train_loss', 0];
  const message = `Step ${step}/${totalSteps}: ${name === 'train_loss' ? 'training loss' : name}=${value.toFixed(2)}`;
  const data = { step, total_steps: totalSteps, ...figures };
  return { key: `step:${step}`, atMs, level: 'info', message, type: 'metrics', data };
}
