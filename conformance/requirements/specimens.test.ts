// Every row of the registry against observations that break it, keep it, or must leave it silent; and in which words, of
// which place, it says so: these are read by people who dispute them.
import { describe, expect, it } from 'vitest';
import { outcomeOf, toldBy } from '../testing/judged.ts';
import { SPECIMENS } from '../testing/all-specimens.ts';
import type { Specimen } from '../testing/specimens.ts';
import { registry } from './registry.ts';
import { CHAPTERS } from './requirement.ts';

/** Rows that are made of the constraint table share one judge: its words are kept for the first of them. */
const firstToShow = new Map(
  SPECIMENS.toReversed().map(({ row, shows, observation }) => [`${observation.kind} ${shows}`, row]),
);

function hasWordsOfItsOwn({ row, shows, observation, outcome }: Specimen): boolean {
  if (outcome === 'pass' || outcome === 'quiet') return false;
  const isMade = observation.kind === 'fault' || observation.kind === 'acceptance';
  return !isMade || firstToShow.get(`${observation.kind} ${shows}`) === row;
}

describe.each(CHAPTERS)('chapter %s', (chapter) => {
  const ofChapter = SPECIMENS.filter(({ row }) => row.startsWith(`${chapter}.`));

  it.each(ofChapter)('$row: $shows ($mode mode) is a $outcome', (specimen) => {
    const { row, observation, outcome, mode } = specimen;
    expect(outcomeOf(row, observation, mode)).toBe(outcome);
    if (hasWordsOfItsOwn(specimen)) expect(toldBy(row, observation, mode)).toMatchSnapshot();
  });
});

describe('the specimens', () => {
  it('speak of rows that there are', () => {
    const known = new Set(registry.map(({ id }) => id));
    expect(SPECIMENS.map(({ row }) => row).filter((row) => !known.has(row))).toEqual([]);
  });

  it('break every row at least once', () => {
    const broken = new Set(SPECIMENS.filter(({ outcome }) => outcome === 'fail').map(({ row }) => row));
    expect(registry.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('show every row at least one legal observation', () => {
    const kept = new Set(SPECIMENS.filter(({ outcome }) => outcome === 'pass').map(({ row }) => row));
    expect(registry.map(({ id }) => id).filter((id) => !kept.has(id))).toEqual([]);
  });
});
