// Every row of the registry against observations that break it, keep it, or must leave it silent.
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../testing/judged.ts';
import { SPECIMENS } from '../testing/all-specimens.ts';
import { registry } from './registry.ts';
import { CHAPTERS } from './requirement.ts';

describe.each(CHAPTERS)('chapter %s', (chapter) => {
  const ofChapter = SPECIMENS.filter(({ row }) => row.startsWith(`${chapter}.`));

  it.each(ofChapter)('$row: $shows ($mode mode) is a $outcome', ({ row, observation, outcome, mode }) => {
    expect(outcomeOf(row, observation, mode)).toBe(outcome);
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
