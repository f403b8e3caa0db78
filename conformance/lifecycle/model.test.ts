// The model and the registry must not drift apart: what the model thinks possible no row of a job's history forbids, and
// what it thinks impossible one does.
import { describe, expect, it } from 'vitest';
import { answered, refused } from '../testing/exchanges.ts';
import { verdictsOn } from '../testing/judged.ts';
import type { Control, HistoryObserved, Sighting } from '../requirements/observation.ts';
import { controlled, makesSense, mayShow, newborn, seen, type State, STATES } from './model.ts';

function sighting(status: State, at: number): Sighting {
  const job = { id: 'job-1', status };
  return { job, exchange: answered(job, { sentAt: at }), operation: 'retrieveFineTuningJob' };
}

/** Rows that a history breaks: seen so, asked that, seen so. */
function brokenBy(before: State, control: Control['control'] | undefined, isRefused: boolean, after: State): string[] {
  const told = { sentAt: 10 };
  const exchange = isRefused ? refused(400, {}, told) : answered({}, told);
  // What was refused a pause is not told to the history (see pauseJob).
  const isKept = control !== undefined && !(isRefused && control === 'pause');
  const history: HistoryObserved = {
    kind: 'history',
    id: 'job-1',
    payload: undefined,
    sightings: [sighting(before, 0), sighting(after, 20)],
    controls: isKept ? [{ control, exchange }] : [],
    expectation: undefined,
    waited: false,
    found: undefined,
    misses: [],
    isLost: false,
    listLagMs: 0,
  };
  return verdictsOn([history]).flatMap(({ outcome, requirement }) => (outcome === 'fail' ? [requirement] : []));
}

const CASES = STATES.filter((state) => state !== 'paused').flatMap((before) =>
  ([undefined, 'pause', 'resume', 'cancel'] as const).flatMap((control) =>
    [false, true].map((isRefused) => ({ before, control, isRefused })),
  ),
);

describe('the model agrees with the registry', () => {
  it.each(CASES)('behind $before and $control (refused: $isRefused)', ({ before, control, isRefused }) => {
    const shown = seen(newborn('supervised', 'good'), before);
    const job = control === undefined || isRefused ? shown : controlled(shown, control);
    const objections = STATES.map((after) => [after, brokenBy(before, control, isRefused, after).length > 0]);
    expect(STATES.map((after) => [after, !mayShow(job, after)])).toEqual(objections);
  });
});

describe('the model tolerates what polling cannot see', () => {
  it('a job that is over at the first look, and a status that it does not know', () => {
    expect(mayShow(newborn('dpo', 'good'), 'succeeded')).toBe(true);
    expect(mayShow(newborn('dpo', 'good'), 'moderating')).toBe(true);
  });
});

describe('what makes sense', () => {
  const offer = { pause: true, checkpoints: true, models: true, filter: true, waits: true };

  it('is nothing about a job that does not exist, or whose model was taken away', () => {
    const model = new Map([['A', { ...newborn('supervised', 'good'), isReleased: true }]]);
    expect(makesSense(model, { do: 'retrieve', job: 'B' }, offer)).toBe(false);
    expect(makesSense(model, { do: 'retrieve', job: 'A' }, offer)).toBe(false);
  });

  it('is no wait for the end of a job that is held, and no pause where none is offered', () => {
    const held = controlled(seen(newborn('supervised', 'good'), 'running'), 'pause');
    const model = new Map([['A', held]]);
    expect(makesSense(model, { do: 'await-end', job: 'A' }, offer)).toBe(false);
    expect(makesSense(model, { do: 'hold', job: 'A' }, offer)).toBe(true);
    expect(makesSense(model, { do: 'pause', job: 'A' }, { ...offer, pause: false })).toBe(false);
  });
});
