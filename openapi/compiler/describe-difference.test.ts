// Differences as lines of text.
import { describe, expect, it } from 'vitest';
import { describeDifferences, summaryOf } from './describe-difference.ts';
import type { Difference } from './difference.ts';

const one: Difference = {
  class: 'breaking',
  where: 'A.b',
  keyword: 'maxLength',
  ours: 1,
  theirs: undefined,
  usages: [{ side: 'request', class: 'breaking', operations: ['create'] }],
};
const line = (more: Partial<Difference>) => describeDifferences([{ ...one, ...more }])[0];

describe('what differs', () => {
  it('is told as ours -> theirs', () => {
    expect(line({})).toEqual(['breaking', 'A.b', 'maxLength: 1 -> nothing', 'request of create']);
  });

  it.each<[Partial<Difference>, string]>([
    [{ ours: ['a', 'b'], theirs: ['b', 'c'] }, 'maxLength: lacks a, has also c'],
    [{ ours: ['a'], theirs: ['a', 'b'] }, 'maxLength: has also b'],
    [{ ours: ['a'], theirs: undefined }, 'maxLength: lacks a'],
    [{ ours: undefined, theirs: [1, 2] }, 'maxLength: added 1, 2'],
  ])('%j', (more, what) => {
    expect(line(more)?.[2]).toBe(what);
  });

  it('neither steers the terminal nor fills it', () => {
    const [, where, what, usage] = line({ where: 'a\u001b[2J', ours: 'x'.repeat(500), usages: [{ side: 'answer', class: 'breaking', operations: ['o\n'] }] }) ?? []; // prettier-ignore
    expect([where, usage]).toEqual(['a\\u001b[2J', 'answer of o\\u000a']);
    expect(what?.length).toBeLessThan(120);
  });
});

describe('the uses', () => {
  const operations = ['a', 'b', 'c', 'd', 'e'];
  it('are cut to three operations where more than one is left', () => {
    expect(line({ usages: [{ side: 'request', class: 'breaking', operations }] })?.[3]).toBe(
      'request of a, b, c and 2 more',
    );
    expect(line({ usages: [{ side: 'request', class: 'breaking', operations: operations.slice(1) }] })?.[3]).toBe('request of b, c, d, e'); // prettier-ignore
  });

  it('of another class say so', () => {
    const usages = [one.usages[0], { side: 'answer', class: 'widening', operations: ['get'] }] as Difference['usages'];
    expect(line({ usages })?.[3]).toBe('request of create; answer of get (widening)');
  });
});

it('columns are as wide as their longest text', () => {
  const rows = describeDifferences([one, { ...one, where: 'A.longer' }]);
  expect(rows.map(([, where]) => where)).toEqual(['A.b     ', 'A.longer']);
  expect(describeDifferences([])).toEqual([]);
});

it('the summary counts each class', () => {
  expect(summaryOf([one, one, { ...one, class: 'cosmetic' }])).toBe('2 breaking, 0 widening, 1 cosmetic');
});
