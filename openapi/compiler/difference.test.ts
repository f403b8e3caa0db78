// What a difference means to a client.
import { describe, expect, it } from 'vitest';
import { classOf, differencesOf, type Finding, type Occurrence } from './difference.ts';

const finding: Finding = { where: 'A.b', keyword: 'maxLength', ours: 1, theirs: 2, change: 'wider' };
const use = (side: Occurrence['side'], operation: string, more: Partial<Finding> = {}): Occurrence => ({
  finding: { ...finding, ...more },
  side,
  operation,
});

describe('the class', () => {
  it.each([
    ['narrower', 'request', 'breaking'],
    ['narrower', 'answer', 'widening'],
    ['wider', 'request', 'widening'],
    ['wider', 'answer', 'breaking'],
    ['both', 'request', 'breaking'],
    ['both', 'answer', 'breaking'],
    ['extra', 'answer', 'widening'],
    ['same', 'request', 'cosmetic'],
  ] as const)('of something %s in a %s is %s', (change, side, name) => {
    expect(classOf(change, side)).toBe(name);
  });
});

describe('the differences', () => {
  it('are told once each, with every operation once, by what they mean there', () => {
    const all = [use('request', 'create'), use('answer', 'get'), use('answer', 'list'), use('answer', 'get')];
    expect(differencesOf(all)).toEqual([
      {
        class: 'breaking',
        where: 'A.b',
        keyword: 'maxLength',
        ours: 1,
        theirs: 2,
        usages: [
          { side: 'answer', class: 'breaking', operations: ['get', 'list'] },
          { side: 'request', class: 'widening', operations: ['create'] },
        ],
      },
    ]);
  });

  it('come worst first, and else in the order of occurrence', () => {
    const all = [
      use('request', 'a', { where: 'first', change: 'same' }),
      use('request', 'a', { where: 'second', change: 'narrower' }),
      use('request', 'a', { where: 'third', change: 'wider' }),
      use('request', 'a', { where: 'fourth', change: 'narrower' }),
    ];
    expect(differencesOf(all).map(({ where }) => where)).toEqual(['second', 'fourth', 'third', 'first']);
  });

  it('with different values are different ones', () => {
    expect(differencesOf([use('request', 'a'), use('request', 'a', { theirs: 3 })])).toHaveLength(2);
  });
});
