// The tables that lead from the sentences of a source document to the requirements that judge them. A sentence is named
// by its lines and told in our own words; one that judges no server says why not, with one of a few reasons.
import { z } from 'zod';
import { parseYaml, readText } from '../targets/read-yaml.ts';
import { LEVELS } from '../requirements/requirement.ts';

export const DOCUMENTS = ['S000', 'S001', 'S002', 'S003', 'S004'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Why no requirement follows from a sentence, and what that means. */
export const REASONS = {
  layout: 'a heading, a link, the frame of a table: no sentence',
  client: 'it binds the caller',
  sdk: 'it is about a client library and not about what is sent',
  elided: 'the document leaves out what it would have to say',
  unseen: 'nothing that a server answers can show it',
  soft: 'nothing could break it',
  observed: 'recorded or unknown, and never promised',
  superseded: 'another document says otherwise',
  erratum: 'the document contradicts itself',
  profile: 'a choice of the vendor, which the profile states',
} as const;
export type Reason = keyof typeof REASONS;

/** Reasons that speak for themselves; the others have to be given in words, too. */
const EVIDENT: ReadonlySet<Reason> = new Set(['layout', 'client', 'sdk', 'elided']);

const text = z.string().min(3).max(300);
const ids = z.array(z.string().regex(/^[a-z]+(\.[A-Za-z0-9_*-]+)+$/, 'is an id, or ids with a * in them')).min(1);

const lineRange = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d*-[1-9]\d*$/, 'is a line or first-last')])
  .transform((value) => {
    const [from = 0, to = from] = String(value).split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from <= to, 'ends before it begins');

const verdict = {
  /** What the sentence says, in our words. */
  says: text.optional(),
  /** Ids of requirements; * stands for any characters. */
  requirements: ids.optional(),
  excluded: z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]).optional(),
  note: text.optional(),
};

interface Statement {
  readonly says?: string | undefined;
  readonly requirements?: readonly string[] | undefined;
  readonly excluded?: Reason | undefined;
  readonly note?: string | undefined;
}

/** What is wrong with a statement, or undefined. */
function faultOf({ says, requirements, excluded, note }: Statement): string | undefined {
  if ((requirements === undefined) === (excluded === undefined)) return 'has either requirements or excluded';
  if (excluded === 'layout') return says === undefined ? undefined : 'is no sentence, and yet says something';
  if (says === undefined) return 'has to say what the sentence says';
  const isBare = excluded !== undefined && !EVIDENT.has(excluded) && note === undefined;
  return isBare ? `needs a note: why is it ${excluded}` : undefined;
}

function judged<S extends z.ZodType<Statement>>(schema: S): S {
  return schema.check(({ value, issues }) => {
    const fault = faultOf(value);
    if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: value });
  });
}

const tableSchema = z.strictObject({
  document: z.enum(DOCUMENTS),
  title: text,
  /** The edition of the contract that the document matches. */
  edition: z.enum(['2024-04', '2024-09', '2024-12', '2025-05', 'current']),
  /** How many lines the document has. */
  lines: z.int().positive(),
  statements: z.array(judged(z.strictObject({ lines: lineRange, ...verdict }))).min(1),
});

const rulesSchema = z.strictObject({
  document: z.literal('behaviour'),
  title: text,
  statements: z
    .array(
      judged(
        z.strictObject({
          rule: z.union([z.int().positive(), z.string().regex(/^ST-\d+$/, 'is a number or ST-number')]),
          /** The level of each requirement that it names. */
          level: z.enum(LEVELS).optional(),
          ...verdict,
        }),
      ),
    )
    .min(1),
});

export type SourceTable = z.output<typeof tableSchema>;
export type RuleTable = z.output<typeof rulesSchema>;

const HELP = 'see the statements beside it and REASONS in read-table.ts';

/** The table of one source document. @throws ConfigurationError that names the line. */
export function parseTable(yaml: string, file: string): SourceTable {
  return parseYaml(yaml, file, { schema: tableSchema, whole: 'the table', help: HELP });
}

/** The table of a document that stands beside this file. @throws ConfigurationError */
export function readTable(document: DocumentName): SourceTable {
  const file = `${document}.yaml`;
  return parseTable(readText(new URL(file, import.meta.url).pathname), file);
}

/** The table of the rules of behaviour. @throws ConfigurationError */
export function readRules(): RuleTable {
  const file = 'behaviour.yaml';
  const yaml = readText(new URL(file, import.meta.url).pathname);
  return parseYaml(yaml, file, { schema: rulesSchema, whole: 'the table', help: HELP });
}

/**
 * What is wrong with the lines of a table: lines that no statement covers, ranges that cross, a sentence where there is
 * said to be none. A statement may stand inside another, as a part of an example does.
 */
export function lineFaults({ lines, statements }: Pick<SourceTable, 'lines' | 'statements'>): string[] {
  const faults: string[] = [];
  let covered = 0;
  for (const [index, { lines: range, excluded }] of statements.entries()) {
    const place = `${range.from}-${range.to}`;
    if (range.from > covered + 1) faults.push(`nothing is said of lines ${covered + 1} to ${range.from - 1}`);
    if (range.to > lines) faults.push(`${place} ends behind the last line, ${lines}`);
    for (const other of statements.slice(0, index)) {
      const { from, to } = other.lines;
      if (range.from > to) continue;
      if (range.from < from) faults.push(`${place} stands behind ${from}-${to}`);
      else if (range.to > to) faults.push(`${place} crosses ${from}-${to}`);
      if (excluded === 'layout' || other.excluded === 'layout') faults.push(`${place} is said to be layout and is not`);
    }
    covered = Math.max(covered, range.to);
  }
  if (covered < lines) faults.push(`nothing is said of lines ${covered + 1} to ${lines}`);
  return faults;
}
