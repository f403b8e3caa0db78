// How long a run waits for jobs to be listed, by a clock of the tests' own.
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../requirements/exchange.ts';
import type { Session } from '../run/session.ts';
import { answered } from '../testing/exchanges.ts';
import { untilListed } from './own-jobs.ts';

/** A target whose list shows each job so long after it was waited for first; @returns milliseconds that a wait takes. */
function waitsFor(): (id: string, lagMs: number) => Promise<number> {
  let now = 0;
  const shownAt = new Map<string, number>();
  const session = {
    config: { target: { isLoopback: true }, jobTimeoutMs: 60_000 },
    budget: { isHalted: false },
    now: () => now,
    pause: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
    send: (): Promise<Exchange> => {
      const shown = [...shownAt].filter(([, at]) => now >= at).map(([id]) => ({ id }));
      return Promise.resolve(answered({ object: 'list', data: shown, has_more: false }));
    },
  } as unknown as Session;
  return async (id, lagMs) => {
    const since = now;
    shownAt.set(id, since + lagMs);
    await untilListed(session, [id]);
    return now - since;
  };
}

describe('jobs that were made a moment ago', () => {
  it('are waited for until the list shows them, and not at all where it does', async () => {
    const wait = waitsFor();
    expect(await wait('a', 0)).toBe(0);
    expect(await wait('b', 250)).toBe(300);
  });

  it('are not waited for in full with each job, where the list has hidden two', async () => {
    const wait = waitsFor();
    expect(await wait('a', Infinity)).toBe(3_000);
    expect(await wait('b', Infinity)).toBe(3_000);
    expect(await wait('c', Infinity)).toBe(200);
  });

  it('are given twice the time that such a list was ever seen to take', async () => {
    const wait = waitsFor();
    expect(await wait('a', 400)).toBe(700);
    await wait('b', Infinity);
    await wait('c', Infinity);
    expect(await wait('d', Infinity)).toBe(1_600);
    expect(await wait('e', 400)).toBe(700);
  });
});
