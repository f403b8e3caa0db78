import { describe, expect, it } from 'vitest';
import { answered } from '../testing/exchanges.ts';
import { aJob } from '../testing/objects.ts';
import { atOnce, history, job } from '../testing/specimens-of-status.ts';
import { condense, firstPair, hasPair, isAfter, lastStatus, mayShow, sightingIn, wasAsked } from './history.ts';
import type { Sighting } from './observation.ts';
import { jobStatus } from './refusals.ts';

function seen(status: string, sentAt: number, receivedAt: number): Sighting {
  const found = job(status);
  return { job: found, exchange: answered(found, { sentAt, receivedAt }), operation: 'retrieveFineTuningJob' };
}

describe('the order of two sightings', () => {
  it('is certain where one was asked for when the other had been answered', () => {
    expect(isAfter(seen('running', 10, 20), seen('queued', 0, 10))).toBe(true);
    expect(isAfter(seen('running', 9, 20), seen('queued', 0, 10))).toBe(false);
    expect(isAfter(seen('queued', 0, 10), seen('running', 10, 20))).toBe(false);
  });

  it('lets a sighting show a control that was sent before its answer came', () => {
    const pause = { control: 'pause', exchange: answered({}, { sentAt: 15, receivedAt: 30 }) } as const;
    expect(mayShow(seen('paused', 10, 20), pause)).toBe(true);
    expect(mayShow(seen('paused', 0, 14), pause)).toBe(false);
    expect(mayShow(seen('paused', 0, 15), pause)).toBe(true);
  });
});

describe('pairs of sightings', () => {
  const backwards = (earlier: unknown, later: unknown): boolean =>
    jobStatus(earlier as never) === 'running' && jobStatus(later as never) === 'queued';

  it('are found, also where others stand in between', () => {
    const { sightings } = history([job('running'), job('running'), job('succeeded'), job('queued')]);
    const pair = firstPair(sightings, backwards);
    expect(pair?.map((sighting) => jobStatus(sighting.job))).toEqual(['running', 'queued']);
  });

  it('are none where the order is not certain', () => {
    const { sightings } = atOnce([job('running'), job('queued')]);
    expect(firstPair(sightings, backwards)).toBeUndefined();
    expect(hasPair(sightings, () => true)).toBe(false);
  });

  it('are none of a single sighting', () => {
    expect(hasPair(history([aJob()]).sightings, () => true)).toBe(false);
  });
});

describe('a history', () => {
  const told = history([job('queued'), 'pause', job('paused'), job('running')]);

  it('tells what was asked of the job', () => {
    expect(wasAsked(told, 'pause')).toBe(true);
    expect(wasAsked(told, 'cancel')).toBe(false);
  });

  it('tells the last status and the first sighting of a status', () => {
    expect(lastStatus(told)).toBe('running');
    expect(sightingIn(told, 'paused')).toBe(told.sightings[1]);
    expect(sightingIn(told, 'failed')).toBeUndefined();
  });
});

describe('condensing sightings', () => {
  it('keeps the first and the last of each run of equal ones', () => {
    const { sightings } = history(
      ['queued', 'queued', 'queued', 'running', 'succeeded', 'succeeded', 'succeeded'].map((status) => job(status)),
    );
    const kept = condense(sightings).map((sighting) => sightings.indexOf(sighting));
    expect(kept).toEqual([0, 2, 3, 4, 6]);
  });

  it('keeps all of two, also of equal ones', () => {
    const { sightings } = history([job('queued'), job('queued')]);
    expect(condense(sightings)).toEqual(sightings);
    expect(condense([])).toEqual([]);
  });

  it('takes no notice of the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(aJob()).reverse());
    expect(condense(history([aJob(), reversed, aJob()]).sightings)).toHaveLength(2);
  });
});
