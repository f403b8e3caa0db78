// How the time to reject a text grows with its length.
import { describe, expect, it } from 'vitest';
import { growthOf, sampleOf } from './pattern-ambiguity.ts';
import { automatonOf } from './pattern-syntax.ts';

function growth(pattern: string) {
  const automaton = automatonOf(pattern);
  if (typeof automaton === 'string') throw new Error(automaton);
  return growthOf(automaton, pattern);
}

describe('growth is exponential', () => {
  it.each([
    '(a+)+$',
    '(a|a)*$',
    '(a|aa)+$',
    '^(\\w+\\s?)*$',
    '^(?:a?b?)*c$',
    '(?:[a-z]|\\w)*!$',
    '(.*a)*b$',
    '^([a-z]+-?)+$',
  ])('where one text leads round a loop in two ways: %s', (pattern) => {
    expect(growth(pattern)).toBe('exponential');
  });
});

describe('growth is a power of the length', () => {
  it.each([
    ['^abc$', 0],
    ['^a*', 0],
    ['^[a-z0-9-]+$', 1],
    ['^a+b+$', 1],
    ['a+$', 2],
    ['^a+a+$', 2],
    ['^\\d+\\.?\\d+$', 2],
    ['^.*a.*b$', 2],
    ['^a*a*a*$', 3],
    ['.*.*.*=$', 4],
    ['^(?:ab)*(?:cd)*$', 1],
  ])('%s: %s', (pattern, degree) => {
    expect(growth(pattern)).toBe(degree);
  });
});

it('a loop over letters that no sample stands for is seen by what is written in the pattern', () => {
  expect(growth('^(?:\u{1F9FF}+)+$')).toBe('exponential');
  expect(growth('^(?:[\\u{1F9FE}-\\u{1F9FF}]+)+$')).toBe('exponential');
});

it('the first and the last character of all are characters too', () => {
  expect(growth('^[\\u{0}-\\u{10ffff}]+$')).toBe(1);
});

it('what would take too long to tell is unknown', () => {
  const loops = Array.from({ length: 90 }, (_, index) => String.fromCodePoint(97 + (index % 26)));
  expect(growth(`^(?:${loops.map((letter) => `${letter}?`).join('')})*$`)).not.toBe(1);
  expect(growth(`^${'[a-z]*,'.repeat(60)}$`)).not.toBe(0);
});

it('a sample is a character that a position matches', () => {
  expect(sampleOf('[x-z]', '[x-z]')).toBe('x');
  expect(sampleOf('\\u{1F9FF}', '\\u{1F9FF}')).toBe('\u{1F9FF}');
  expect(sampleOf('[^\\s\\S]', '[^\\s\\S]')).toBeUndefined();
});
