// From a regular expression to an automaton.
import { describe, expect, it } from 'vitest';
import { automatonOf, type Automaton } from './pattern-syntax.ts';

function read(pattern: string): Automaton {
  const automaton = automatonOf(pattern);
  if (typeof automaton === 'string') throw new Error(`${pattern} ${automaton}`);
  return automaton;
}

describe('positions', () => {
  it.each([
    ['ab', ['a', 'b']],
    ['[^\\]a-z]x', ['[^\\]a-z]', 'x']],
    ['\\d\\.\\u{1F600}', ['\\d', '\\.', '\\u{1F600}']],
    ['\\ud83d\\ude00', ['\\ud83d\\ude00']],
    ['\\u0041\\x42\\cA', ['\\u0041', '\\x42', '\\cA']],
    ['\\p{L}\\P{Script=Greek}', ['\\p{L}', '\\P{Script=Greek}']],
    ['\u{1F600}', ['\u{1F600}']],
    ['^(?:a|(?<name>b))$', ['a', 'b']],
    ['(?i:a)', ['a']],
    ['', []],
  ])('of %s are %j', (pattern, atoms) => {
    expect(read(pattern).atoms).toEqual(atoms);
  });
});

describe('what may follow what', () => {
  it('in a row', () => {
    const { first, last, follow } = read('abc');
    expect({ first, last, follow }).toEqual({ first: [0], last: [2], follow: [[1], [2], []] });
  });

  it('past what may be left out', () => {
    const { first, last, follow } = read('ab?c*');
    expect({ first, last, follow }).toEqual({ first: [0], last: [2, 1, 0], follow: [[1, 2], [2], [2]] });
  });

  it('in a loop', () => {
    expect(read('(?:ab)+').follow).toEqual([[1], [0]]);
    expect(read('a{2,}').follow).toEqual([[0]]);
    expect(read('a{0}b').follow).toEqual([[], []]);
  });

  it('in a small exact repetition, which is written out', () => {
    expect(read('(?:ab){2}')).toMatchObject({ atoms: ['a', 'b', 'a', 'b'], follow: [[1], [2], [3], []] });
    expect(read('a{65}').atoms).toHaveLength(1);
  });

  it('twice where it can be reached in two ways', () => {
    expect(read('(?:a|a)b').first).toEqual([0, 1]);
    expect(read('(?:a*)*').follow).toEqual([[0, 0]]);
  });
});

describe('what a match depends on', () => {
  it.each([
    ['^a', true, false],
    ['^a|b', false, false],
    ['a$', false, true],
    ['a\\b', false, true],
    ['(?!b)a', false, true],
    ['^(?:a|b)', true, false],
  ])('%s: anchored %s, conditional %s', (pattern, anchored, conditional) => {
    expect(read(pattern)).toMatchObject({ anchored, conditional });
  });

  it('lookarounds are patterns of their own', () => {
    expect(read('(?=a(?!b+))c(?<=d)').inner).toEqual(['a(?!b+)', 'b+', 'd']);
  });
});

it('what it cannot judge it says', () => {
  expect(automatonOf('(a)\\1')).toBe('refers back');
  expect(automatonOf('(?<n>a)\\k<n>')).toBe('refers back');
  expect(automatonOf('(?=(a)\\1)b')).toBe('refers back');
  expect(automatonOf('a'.repeat(301))).toBe('has too many parts');
});
