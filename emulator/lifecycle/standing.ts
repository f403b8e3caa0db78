// Where a job stands at a time.
import type { Phase, Span } from './timeline.ts';

export interface Standing {
  readonly phase: Phase;
  /** Since when it is in that phase, in milliseconds. */
  readonly sinceMs: number;
  /** How long it has trained so far, in milliseconds. */
  readonly trainedMs: number;
  /** Whether it has ever run. */
  readonly hasRun: boolean;
  /** When a running job will have finished; null in every other phase. */
  readonly finishesAtMs: number | null;
}

/** The phases that never end. */
export function isFinished(phase: Phase): boolean {
  return phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';
}

/** Where a job stands, given its timeline: in the last span that has begun. */
export function standingAt(timeline: readonly Span[], nowMs: number): Standing {
  const index = Math.max(
    0,
    timeline.findLastIndex(({ fromMs }) => fromMs <= nowMs),
  );
  return standingIn(timeline, index, nowMs);
}

/** How a job stands when it is created: its first span, however short. */
export function standingAtCreation(timeline: readonly Span[]): Standing {
  return standingIn(timeline, 0, timeline[0]?.fromMs ?? 0);
}

/** How a job stands when it has just been resumed: back in the queue, however short the queue is. */
export function standingAfterResume(timeline: readonly Span[], nowMs: number): Standing {
  const pause = timeline.findLastIndex(({ phase }) => phase === 'paused');
  const next = timeline[pause + 1];
  return next?.fromMs === nowMs ? standingIn(timeline, pause + 1, nowMs) : standingAt(timeline, nowMs);
}

function standingIn(timeline: readonly Span[], index: number, nowMs: number): Standing {
  const span = timeline[index];
  if (span === undefined) throw new Error('a job without a timeline');
  const running = span.phase === 'running';
  return {
    phase: span.phase,
    sinceMs: span.fromMs,
    trainedMs: span.trainedMs + (running ? Math.max(0, Math.min(nowMs, span.toMs) - span.fromMs) : 0),
    hasRun: timeline.slice(0, index + 1).some(({ phase }) => phase === 'running'),
    finishesAtMs: running && Number.isFinite(span.toMs) ? span.toMs : null,
  };
}
