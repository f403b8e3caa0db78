// The life of a job as a pure function of its record: which phase it is in from when to when, given what was asked of
// it so far. Nothing is scheduled; whoever wants to know where a job stands looks the time up (ST-1 to ST-8, ST-16).
import type { Policy } from '../policy.ts';
import type { ControlAction, JobRecord } from '../store/records.ts';

export type Phase = 'validating_files' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** A stretch of time that a job spends in one phase; `toMs` of the last is infinite. */
export interface Span {
  readonly phase: Phase;
  readonly fromMs: number;
  readonly toMs: number;
  /** How long the job had trained before. */
  readonly trainedMs: number;
}

export type Lived = Pick<JobRecord, 'createdAtMs' | 'lengths' | 'actions' | 'data'>;
export type LifePolicy = Pick<Policy, 'end' | 'pause' | 'resume' | 'cancel' | 'deletedTrainingFile'>;

interface Stage {
  readonly phase: Phase;
  readonly ms: number;
}

interface Course {
  readonly spans: readonly Span[];
  readonly atMs: number;
  readonly trainedMs: number;
  readonly ahead: readonly Stage[];
  readonly end: 'succeeded' | 'failed';
  readonly over: boolean;
}

type Turn = ControlAction | { readonly kind: 'training-file-gone'; readonly atMs: number };

const SHARES = { validating: 0.15, queued: 0.15 };

/** The phases, in whole milliseconds, of a job that lasts `jobSeconds` from creation to end; 0 makes it end at once. */
export function phaseLengths(jobSeconds: number): JobRecord['lengths'] {
  const wholeMs = Math.round(jobSeconds * 1000);
  const validatingMs = Math.round(wholeMs * SHARES.validating);
  const queuedMs = Math.round(wholeMs * SHARES.queued);
  return { validatingMs, queuedMs, runningMs: wholeMs - validatingMs - queuedMs };
}

/** Every span of a job's life, the last one open. @param goneAtMs when its training file was removed, if it was. */
export function timelineOf(job: Lived, goneAtMs: number | null, policy: LifePolicy): readonly Span[] {
  const turns: Turn[] = [...job.actions];
  if (goneAtMs !== null && policy.deletedTrainingFile === 'fails-job') {
    turns.push({ kind: 'training-file-gone', atMs: goneAtMs });
    turns.sort((one, other) => one.atMs - other.atMs);
  }
  const { validatingMs, queuedMs, runningMs } = job.lengths;
  const start: Course = {
    spans: [],
    atMs: job.createdAtMs,
    trainedMs: 0,
    ahead: [
      { phase: 'validating_files', ms: validatingMs },
      ...(job.data.good ? [{ phase: 'queued' as const, ms: queuedMs }, runningStage(runningMs, policy)] : []),
    ],
    end: job.data.good && policy.end !== 'fails' ? 'succeeded' : 'failed',
    over: false,
  };
  const course = turns.reduce((current, turn) => turned(travelled(current, turn.atMs), turn, job, policy), start);
  return travelled(course, Number.POSITIVE_INFINITY).spans;
}

function runningStage(ms: number, policy: LifePolicy): Stage {
  return { phase: 'running', ms: policy.end === 'never' ? Number.POSITIVE_INFINITY : ms };
}

/** The course after the job went on by itself until a time. */
function travelled(course: Course, untilMs: number): Course {
  if (course.over) return course;
  const [stage, ...later] = course.ahead;
  if (stage === undefined) {
    return { ...spanned(course, course.end, Number.POSITIVE_INFINITY), over: true };
  }
  const toMs = course.atMs + stage.ms;
  if (toMs > untilMs) {
    const part = spanned(course, stage.phase, Math.max(untilMs, course.atMs));
    return { ...part, ahead: [{ phase: stage.phase, ms: toMs - part.atMs }, ...later] };
  }
  return travelled({ ...spanned(course, stage.phase, toMs), ahead: later }, untilMs);
}

function spanned(course: Course, phase: Phase, toMs: number): Course {
  const span: Span = { phase, fromMs: course.atMs, toMs, trainedMs: course.trainedMs };
  const trainedMs = course.trainedMs + (phase === 'running' ? toMs - course.atMs : 0);
  return { ...course, spans: [...course.spans, span], atMs: toMs, trainedMs };
}

function turned(course: Course, turn: Turn, job: Lived, policy: LifePolicy): Course {
  if (course.over) return course;
  switch (turn.kind) {
    case 'cancel':
      return cancelled(course, policy);
    case 'pause':
      return paused(course, job, policy);
    case 'resume':
      return policy.resume === 'ignored' ? course : resumed(course, job, policy);
    case 'training-file-gone':
      return { ...course, ahead: [], end: 'failed' };
  }
}

function cancelled(course: Course, policy: LifePolicy): Course {
  const running = course.spans.at(-1)?.phase === 'running';
  if (policy.cancel === 'ignored' || (policy.cancel === 'ignored-while-running' && running)) return course;
  if (policy.cancel === 'ignored-once-resumed' && wasPaused(course) && course.ahead[0]?.phase !== 'paused')
    return course;
  if (policy.cancel === 'succeeds-later') {
    return { ...course, ahead: [{ phase: 'cancelled', ms: remainingMs(course) }], end: 'succeeded' };
  }
  return { ...spanned({ ...course, ahead: [] }, 'cancelled', Number.POSITIVE_INFINITY), over: true };
}

function paused(course: Course, job: Lived, policy: LifePolicy): Course {
  const whileMs = Math.round((job.lengths.validatingMs + job.lengths.queuedMs + job.lengths.runningMs) / 4);
  switch (policy.pause) {
    case 'ignored':
      return course;
    case 'once':
      return wasPaused(course) ? course : held(course);
    case 'holds':
    case 'toggles':
      return held(course);
    case 'for-a-while':
      return { ...course, ahead: [{ phase: 'paused', ms: whileMs }, ...course.ahead] };
    case 'ends-as-succeeded':
      return { ...course, ahead: [{ phase: 'paused', ms: whileMs }] };
  }
}

function wasPaused({ spans }: Course): boolean {
  return spans.some(({ phase }) => phase === 'paused');
}

function held(course: Course): Course {
  return { ...course, ahead: [{ phase: 'paused', ms: Number.POSITIVE_INFINITY }] };
}

/** Back into the queue, and on from where the pause stopped it; a job with bad data fails when its turn has come. */
function resumed(course: Course, job: Lived, policy: LifePolicy): Course {
  const { queuedMs, runningMs } = job.lengths;
  const rest = job.data.good ? [runningStage(Math.max(0, runningMs - course.trainedMs), policy)] : [];
  return { ...course, ahead: [{ phase: 'queued', ms: queuedMs }, ...rest] };
}

function remainingMs(course: Course): number {
  return course.ahead.reduce((sum, { ms }) => sum + ms, 0);
}
