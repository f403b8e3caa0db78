// Which patterns of others may run.
import { describe, expect, it } from 'vitest';
import { assertSafePattern, patternFault } from './pattern-guard.ts';
import { faultOf } from './testing/faults.ts';

describe('a pattern may run', () => {
  it.each([
    '^[a-z0-9-]{1,64}$',
    '^ft(job)?-[A-Za-z0-9]+$',
    '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
    '^https?://[^\\s/]+/.*$',
    '^(?:[a-z]+)(?:-[a-z]+)*$',
    '^(?!-)[a-z-]+$',
    '^data:[a-z]+/[a-z]+;base64,',
    '\\S',
  ])('%s', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  });
});

describe('a pattern is refused', () => {
  it.each([
    ['(a+)+$', 'repeats a repetition and may run for ever'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'repeats a repetition and may run for ever'],
    ['^(?=(a+)+$)b', 'repeats a repetition and may run for ever'],
    ['^a*a*a*a*$', 'has 4 repetitions that may take over from one another, and may run for hours'],
    ['^(?:a?){30}a{30}$', 'runs for seconds on a short text'],
    ['(a)\\1', 'refers back'],
    ['[', 'is no regular expression'],
    ['\\-', 'is no regular expression'],
    ['a'.repeat(501), 'is longer than 500 characters'],
    ['a'.repeat(400), 'has too many parts'],
  ])('%s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });

  it('with its place, cut to a length that one can read', async () => {
    const message = await faultOf(() => assertSafePattern(`(a+)+${'b'.repeat(200)}$`, () => 'a.yaml:1:2 #/x'));
    expect(message).toMatch(/^a\.yaml:1:2 #\/x: pattern "\(a\+\)\+b+ repeats a repetition/);
    expect(message.length).toBeLessThan(200);
  });

  it('where it is no text', async () => {
    expect(await faultOf(() => assertSafePattern(['a'], () => 'here'))).toBe(
      'here: pattern ["a"] is no text; simplify the pattern',
    );
  });
});
