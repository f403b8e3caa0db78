import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';

const LINES = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join('\n');

describe('an excerpt', () => {
  it('is the whole text where that is short', () => {
    expect(excerpt('short', undefined, 100)).toEqual([{ text: 'short', kind: 'plain' }]);
    expect(excerpt('a short b', [2, 7], 100)).toEqual([
      { text: 'a ', kind: 'plain' },
      { text: 'short', kind: 'marked' },
      { text: ' b', kind: 'plain' },
    ]);
    expect(excerpt('', undefined, 100)).toEqual([]);
  });

  it('is the beginning of a long text, and says how much is missing', () => {
    expect(excerpt(LINES, undefined, 13)).toEqual([
      { text: 'line 0\nline 1', kind: 'plain' },
      { text: `${LINES.length - 13} characters left out; conformance.json has them`, kind: 'left-out' },
    ]);
  });

  it('stays around the marked place, from the start of a line', () => {
    const from = LINES.indexOf('line 500');
    const pieces = excerpt(LINES, [from, from + 8], 100);
    expect(pieces.map(({ kind }) => kind)).toEqual(['left-out', 'plain', 'marked', 'plain', 'left-out']);
    expect(pieces[2]?.text).toBe('line 500');
    expect(pieces[1]?.text).toMatch(/^line 49\d\n/);
    expect(
      pieces.reduce((sum, { text, kind }) => sum + (kind === 'left-out' ? 0 : text.length), 0),
    ).toBeLessThanOrEqual(110);
  });

  it('cuts a marked place that is too long itself', () => {
    const pieces = excerpt(LINES, [0, LINES.length], 100);
    expect(pieces[0]).toEqual({ text: LINES.slice(0, 50), kind: 'marked' });
    expect(pieces[1]?.kind).toBe('left-out');
  });
});
