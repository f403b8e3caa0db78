// How long a run waits for what was made to be there for who asks, and for lists to show it: no document says how soon.
import type { Session } from './session.ts';

/** Milliseconds in all, and between the first two looks; each further one takes twice as long. */
const PATIENCE = {
  near: { lastsMs: 3_000, firstMs: 100 },
  far: { lastsMs: 60_000, firstMs: 2_000 },
} as const;

/** The patience with a target on this machine, or with one off it. */
export function patienceWith({ isLoopback }: { readonly isLoopback: boolean }): (typeof PATIENCE)['near' | 'far'] {
  return isLoopback ? PATIENCE.near : PATIENCE.far;
}

interface Looked<T> {
  readonly last: T;
  /** A run that is halted has not waited to the end: what it did not see may have come. */
  readonly end: 'there' | 'waited-out' | 'halted';
}

/**
 * Looks again and again until something is there or patience is over.
 * @param first what was seen already.
 * @param mostMs milliseconds in all, where that is less than the patience with such a target.
 */
export async function lookAgain<T>(
  session: Session,
  first: T,
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
  mostMs = Infinity,
): Promise<Looked<T>> {
  const { config, budget } = session;
  const { lastsMs, firstMs } = patienceWith(config.target);
  const until = session.now() + Math.min(lastsMs, config.jobTimeoutMs, mostMs);
  let last = first;
  for (let wait: number = firstMs; !isThere(last); wait *= 2) {
    if (session.now() >= until) return { last, end: 'waited-out' };
    await session.pause(Math.min(wait, until - session.now()));
    if (budget.isHalted) return { last, end: 'halted' };
    last = await look();
  }
  return { last, end: 'there' };
}
