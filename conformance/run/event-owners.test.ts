import { describe, expect, it } from 'vitest';
import type { Answered } from '../requirements/exchange.ts';
import { answered } from '../testing/exchanges.ts';
import { outcomeOf, toldBy } from '../testing/judged.ts';
import { EventOwners } from './event-owners.ts';

function eventsOf(job: string, ...ids: readonly string[]): Answered {
  const path = `/fine_tuning/jobs/${job}/events?limit=100`;
  const data = ids.map((id) => ({ object: 'fine_tuning.job.event', id, message: 'Created' }));
  return answered({ object: 'list', data }, { id: `of-${job}`, operation: 'listFineTuningEvents', path });
}

function outcomeAfter(...pages: readonly Answered[]): string {
  const owners = new EventOwners();
  const last = pages.map((page) => owners.met(page)).at(-1);
  return last === undefined ? 'quiet' : outcomeOf('events.id.unique', { kind: 'probe', probe: last });
}

describe('the events of several jobs', () => {
  it('have ids of their own', () => {
    expect(outcomeAfter(eventsOf('a', 'ev-1', 'ev-2'), eventsOf('b', 'ev-3'))).toBe('pass');
  });

  it('may be read again, also after those of others', () => {
    expect(outcomeAfter(eventsOf('a', 'ev-1'), eventsOf('a', 'ev-1'))).toBe('quiet');
    expect(outcomeAfter(eventsOf('a', 'ev-1'), eventsOf('b', 'ev-2'), eventsOf('a', 'ev-1'))).toBe('pass');
  });

  it('are not counted from one in each list', () => {
    expect(outcomeAfter(eventsOf('a', 'ev-1'), eventsOf('c', 'ev-9'), eventsOf('b', 'ev-2', 'ev-1'))).toBe('fail');
  });

  it('say nothing where there are none', () => {
    expect(outcomeAfter(eventsOf('a', 'ev-1'), eventsOf('b'))).toBe('quiet');
  });

  it('are told with both jobs, on the evidence of both lists', () => {
    const owners = new EventOwners();
    owners.met(eventsOf('a', 'ev-1'));
    const probe = owners.met(eventsOf('b', 'ev-1'));
    if (probe === undefined) throw new Error('two jobs can be compared');
    const words = toldBy('events.id.unique', { kind: 'probe', probe });
    for (const part of ['fail | 2 |', '"ev-1"', '"a"', '"b"']) expect(words).toContain(part);
  });

  it('are forgotten where a target floods, the oldest first', () => {
    const owners = new EventOwners();
    owners.met(eventsOf('a', 'ev-first'));
    for (let at = 0; at < 10; at += 1)
      owners.met(eventsOf('a', ...Array.from({ length: 5_000 }, (_, index) => `ev-${at}-${index}`)));
    expect(owners.met(eventsOf('b', 'ev-first'))?.shared).toBeUndefined();
    expect(owners.met(eventsOf('b', 'ev-9-0'))?.shared).toEqual({ event: 'ev-9-0', job: 'a' });
  });
});
