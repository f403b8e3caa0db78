import { describe, expect, it } from 'vitest';
import { lineFaults, parseTable } from './read-table.ts';

function tableOf(...statements: readonly string[]): string {
  const head = ['document: S000', 'title: A page', "edition: '2024-04'", 'lines: 9', 'statements:'];
  return [...head, ...statements.map((statement) => `  - { ${statement} }`)].join('\n');
}

describe('a table of sentences', () => {
  it('names lines, what they say, and what judges them or why nothing does', () => {
    const { statements } = parseTable(
      tableOf(
        'lines: 1, excluded: layout',
        'lines: 2-9, says: Seeds are integers., requirements: [create.seed.type, create.seed.*]',
      ),
      't.yaml',
    );
    expect(statements.map(({ lines }) => lines)).toEqual([
      { from: 1, to: 1 },
      { from: 2, to: 9 },
    ]);
    expect(statements[1]?.requirements).toEqual(['create.seed.type', 'create.seed.*']);
  });

  it.each([
    ['a sentence that is judged and excluded', 'lines: 1, says: It is so., requirements: [a.b], excluded: client', 'has either'],
    ['a sentence that is neither', 'lines: 1, says: It is so.', 'has either requirements or excluded'],
    ['a sentence that says nothing', 'lines: 1, requirements: [a.b]', 'has to say what the sentence says'],
    ['layout that says something', 'lines: 1, says: It is so., excluded: layout', 'is no sentence, and yet'],
    ['an exclusion without its reason', 'lines: 1, says: It is so., excluded: unseen', 'needs a note: why is it unseen'],
    ['a reason that nobody knows', 'lines: 1, says: It is so., excluded: lazy', 'excluded'],
    ['lines that end before they begin', 'lines: 4-2, excluded: layout', 'ends before it begins'],
    ['lines that are none', 'lines: top, excluded: layout', 'is a line or first-last'],
    ['a member that nobody knows', 'lines: 1, excluded: layout, quote: It is so.', 'quote is not known'],
  ])('is refused for %s', (_, statement, message) => {
    expect(() => parseTable(tableOf(statement), 't.yaml')).toThrow(message);
    expect(() => parseTable(tableOf(statement), 't.yaml')).toThrow('t.yaml:6');
  });
}); // prettier-ignore

describe('the lines of a table', () => {
  const faults = (
    ...statements: readonly (readonly [from: number, to: number, excluded?: 'layout' | 'client'])[]
  ): string[] =>
    lineFaults({
      lines: 9,
      statements: statements.map(([from, to, excluded]) => ({ lines: { from, to }, excluded })),
    });

  it('may hold several sentences, and sentences inside an example', () => {
    expect(faults([1, 2, 'layout'], [3, 3], [3, 3, 'client'], [4, 9], [5, 6], [8, 8])).toEqual([]);
  });

  it.each([
    ['begin late', faults([2, 9]), 'nothing is said of lines 1 to 1'],
    ['leave a gap', faults([1, 4], [6, 9]), 'nothing is said of lines 5 to 5'],
    ['end early', faults([1, 7]), 'nothing is said of lines 8 to 9'],
    ['go on behind the end', faults([1, 10]), '1-10 ends behind the last line, 9'],
    ['cross', faults([1, 5], [5, 9]), '5-9 crosses 1-5'],
    ['go back', faults([1, 1], [3, 9], [2, 2]), 'nothing is said of lines 2 to 2'],
    ['call layout what says something', faults([1, 9], [3, 3, 'layout']), '3-3 is said to be layout and is not'],
  ])('must not %s', (_, found, fault) => {
    expect(found).toContain(fault);
  });
});
