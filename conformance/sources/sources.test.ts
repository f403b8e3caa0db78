// The tables as they are: every line of every document is accounted for, and tables and registry lead to each other.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errata } from '#generated/current/errata.ts';
import { operations } from '#generated/current/operations.ts';
import { component } from '../contract/schema.ts';
import { matchesAny } from '../requirements/glob.ts';
import { registry } from '../requirements/registry.ts';
import { documentedRequests } from '../scenarios/documented-requests.ts';
import { DOCUMENTS, type DocumentName, lineFaults, readRules, readTable, REASONS } from './read-table.ts';

const tables = DOCUMENTS.map((document) => readTable(document));
const rules = readRules();
const allStatements = [...tables.flatMap(({ statements }) => statements), ...rules.statements];
const tableOf = new Map(tables.map((table) => [table.document, table] as const));

/** The ids of rows that a statement leads to. */
function rowsOf(globs: readonly string[]): string[] {
  return registry.map(({ id }) => id).filter((id) => matchesAny(id, globs));
}

describe.each(tables)('the table of $document', ({ document, statements, lines }) => {
  it('covers the document from its first to its last line, and no line in two ways', () => {
    expect(lineFaults({ statements, lines })).toEqual([]);
  });

  it('names another document where that one supersedes it', () => {
    const superseded = statements.filter(({ excluded }) => excluded === 'superseded');
    const others = DOCUMENTS.filter((name) => name !== document).join('|');
    expect(superseded.filter(({ note = '' }) => !new RegExp(others).test(note))).toEqual([]);
  });

  it('says what each line says once', () => {
    const texts = statements.map(({ lines: { from, to }, says }) => `${from}-${to} ${says ?? 'layout'}`);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('from the tables to the registry', () => {
  it('there is one for each document', () => {
    expect(tables.map(({ document }) => document)).toEqual(DOCUMENTS);
  });

  it('every named requirement is a row', () => {
    const lost = allStatements
      .flatMap(({ requirements = [] }) => requirements)
      .filter((id) => rowsOf([id]).length === 0);
    expect([...new Set(lost)]).toEqual([]);
  });

  it('every named erratum stands in the register', () => {
    const known = new Set(errata.map(({ id }) => id));
    const named = allStatements.flatMap(({ note = '' }) => note.match(/\bE-[A-Z]\d+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it('every reason not to judge a sentence is used', () => {
    const used = new Set(allStatements.flatMap(({ excluded }) => excluded ?? []));
    expect(Object.keys(REASONS).filter((reason) => !used.has(reason as never))).toEqual([]);
  });
});

interface Citation {
  readonly row: string;
  readonly document: DocumentName;
  /** Undefined where the row cites the document as a whole. */
  readonly line: number | undefined;
}

/** What a list of sources cites of the five documents: "S004 l.36", or "S002". */
function citationsOf(row: string, sources: readonly string[]): Citation[] {
  return sources.flatMap((source) => {
    const [, name, line] = /^(S00\d)\b(?: l\.(\d+))?/.exec(source) ?? [];
    const document = DOCUMENTS.find((one) => one === name);
    return document === undefined ? [] : [{ row, document, line: line === undefined ? undefined : Number(line) }];
  });
}

/** The statements of a table that a citation can mean. */
function statementsAt({ document, line }: Citation): (typeof tables)[number]['statements'] {
  return (tableOf.get(document)?.statements ?? []).filter(
    ({ lines: { from, to } }) => line === undefined || (from <= line && line <= to),
  );
}

describe('from the registry to the tables', () => {
  const citations = registry.flatMap(({ id, sources }) => citationsOf(id, sources));

  it('every row that cites a line of a document stands at that line of its table', () => {
    expect(citations.length).toBeGreaterThan(100);
    const lost = citations.filter(
      (citation) => !statementsAt(citation).some(({ requirements = [] }) => matchesAny(citation.row, requirements)),
    );
    expect(lost.map(({ row, document, line }) => `${row} cites ${document} l.${line ?? '-'}`)).toEqual([]);
  });

  it('every row is led to by some sentence or rule', () => {
    const globs = allStatements.flatMap(({ requirements = [] }) => requirements);
    expect(registry.map(({ id }) => id).filter((id) => !matchesAny(id, globs))).toEqual([]);
  });

  it('every erratum that cites a line of a document is named at that line', () => {
    const cited = errata.flatMap(({ id, where }) => citationsOf(id, where));
    expect(cited.length).toBeGreaterThan(5);
    const lost = cited.filter(
      (citation) => !statementsAt(citation).some(({ note = '' }) => note.includes(citation.row)),
    );
    expect(lost.map(({ row, document, line }) => `${row} cites ${document} l.${line ?? '-'}`)).toEqual([]);
  });
});

describe('the documented requests that a run sends', () => {
  it('stand at their lines, under the requirement that they are judged by', () => {
    const cited = documentedRequests.flatMap(({ source, requirement }) => citationsOf(requirement, [source]));
    expect(cited.length).toBe(documentedRequests.length);
    expect(cited.filter(({ line }) => line === undefined)).toEqual([]);
    const lost = cited.filter(
      (citation) => !statementsAt(citation).some(({ requirements = [] }) => matchesAny(citation.row, requirements)),
    );
    expect(lost).toEqual([]);
  });
});

describe('the schemas of answers', () => {
  const cited = new Set(registry.flatMap(({ sources }) => sources));
  const answers = Object.values(operations).flatMap(({ answers: of }) =>
    of.flatMap(({ component: name }) => name ?? []),
  );
  const items = answers.flatMap((name) => component(name).properties?.['data']?.items?.$ref?.split('/').at(-1) ?? []);
  const names = [...new Set([...answers, ...items])].sort();

  it.each(names)('%s has a row for being an object, and one for each member', (name) => {
    const members = Object.keys(component(name).properties ?? {});
    expect([name, ...members.map((member) => `${name}.${member}`)].filter((one) => !cited.has(`SPEC ${one}`))).toEqual(
      [],
    );
  });
});

describe('the rules of behaviour', () => {
  const levelOf = new Map(registry.map(({ id, level }) => [id, level] as const));

  it('are ST-1 to ST-16 and 1 to 95, all of them', () => {
    const expected = [
      ...Array.from({ length: 16 }, (_, index) => `ST-${index + 1}`),
      ...Array.from({ length: 95 }, (_, index) => String(index + 1)),
    ];
    expect([...new Set(rules.statements.map(({ rule }) => String(rule)))].sort()).toEqual(expected.sort());
  });

  it('have a level where they name requirements, and each requirement has it', () => {
    const wrong = rules.statements.flatMap(({ rule, level, requirements = [] }) =>
      rowsOf(requirements)
        .filter((id) => levelOf.get(id) !== level)
        .map((id) => `rule ${rule} says ${level ?? 'nothing'}, ${id} is a ${levelOf.get(id) ?? '?'}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** The documents themselves are not ours to publish. Whoever has them names their folder, and they are compared too. */
const FOLDER = process.env['SOURCE_DOCUMENTS'];
const WORDS_IN_A_ROW = 8;

if (FOLDER !== undefined) describe('beside the documents in SOURCE_DOCUMENTS', () => besideDocuments(FOLDER));

function besideDocuments(folder: string): void {
  function contentOf(document: DocumentName): string {
    const file = existsSync(folder)
      ? readdirSync(folder).find((name) => name.startsWith(document.slice(1)))
      : undefined;
    if (file === undefined) throw new Error(`${folder} holds no file of ${document}`);
    return readFileSync(join(folder, file), 'utf8');
  }

  it.each(tables)('$document has as many lines as its table says', ({ document, lines }) => {
    expect(contentOf(document).replace(/\n$/, '').split('\n').length).toBe(lines);
  });

  it.each(tables)('no sentence of $document is copied', ({ document, statements }) => {
    const wordsOf = (content: string): string => (content.toLowerCase().match(/[a-z0-9_]+/g) ?? []).join(' ');
    const whole = wordsOf(contentOf(document));
    const copied = statements.flatMap(({ says = '' }) => {
      const words = wordsOf(says).split(' ');
      return words
        .slice(0, Math.max(0, words.length - WORDS_IN_A_ROW + 1))
        .map((_, start) => words.slice(start, start + WORDS_IN_A_ROW).join(' '))
        .filter((run) => whole.includes(run));
    });
    expect(copied).toEqual([]);
  });
}
