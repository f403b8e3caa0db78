import { describe, expect, it } from 'vitest';
import { isClean, type Outlasted, outlastedLines } from './testing/servers-audit.ts';

const IDLE = 200;
const fine: Outlasted = { name: 'one', kind: 'null', passed: 0, wrong: undefined, seconds: 9, peakMiB: 210 };
const harmless: Outlasted = { ...fine, name: 'two', kind: 'hostile', passed: 3, seconds: 31.4, peakMiB: 250 };

describe('the audit of servers that are no good', () => {
  it('counts what passed, what ended as it should, and what memory it took', () => {
    expect(outlastedLines([fine, { ...fine, passed: 1, wrong: 'exit status 0, not 1' }, harmless], IDLE)).toEqual([
      'null servers that passed a MUST: 1 of 2; ended as they should: 1 of 2',
      'hostile targets survived: 1 of 1; longest run 31 s; largest suite process 250 MiB, +50 over a run against the emulator (goal: at most 150)',
    ]);
  });

  it('says where memory is not told', () =>
    expect(outlastedLines([fine, { ...harmless, peakMiB: Number.NaN }], Number.NaN)[1]).toContain(
      'memory is told where /proc is',
    ));

  it.each<readonly [string, Outlasted, boolean]>([
    ['a null server that passes nothing', fine, true],
    ['a null server that passes something', { ...fine, passed: 1 }, false],
    ['a hostile target that does something right', harmless, true],
    ['a run that ended in another way than it should', { ...harmless, wrong: 'exit status 4' }, false],
    ['a process that grew too much', { ...harmless, peakMiB: IDLE + 151 }, false],
    ['a machine that does not tell of memory', { ...harmless, peakMiB: Number.NaN }, true],
  ])('is red or green: %s', (_, one, clean) => expect(isClean([fine, one], IDLE)).toBe(clean));
});
