// Where each waiver stands in its file, and the file without some of them. Lines are only ever taken out: comments, order
// and spelling of the rest are somebody's work.
import { isDeepStrictEqual } from 'node:util';
import { isSeq, LineCounter, parseDocument, type YAMLSeq } from 'yaml';

/** Lines of a file, counted from 1. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The lines of each waiver, in the order of the file. */
export function linesOfWaivers(text: string): Lines[] {
  const counter = new LineCounter();
  const list = waiversIn(text, counter);
  return (list?.items ?? []).map((item, index) => {
    const [start = 0, end = 0] = (item as { readonly range?: readonly number[] | null }).range ?? [];
    const dash = dashOf(list, index) ?? start;
    return { first: counter.linePos(dash).line, last: counter.linePos(Math.max(start, end - 1)).line };
  });
}

function waiversIn(text: string, counter: LineCounter): YAMLSeq | undefined {
  const document = parseDocument(text, { lineCounter: counter, keepSourceTokens: true, schema: 'core', logLevel: 'error' });
  const list: unknown = document.get('waivers', true);
  return isSeq(list) ? list : undefined;
} // prettier-ignore

/** Where the dash of an item stands; undefined in a list of brackets. */
function dashOf(list: YAMLSeq | undefined, index: number): number | undefined {
  const token = list?.srcToken;
  if (token?.type !== 'block-seq') return undefined;
  return token.items[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
}

/**
 * The text without the lines of some waivers; undefined where that would change anything else, as it does where several
 * stand on one line.
 * @param indexes which waivers of the file go, counted from 0.
 */
export function withoutWaivers(text: string, indexes: readonly number[]): string | undefined {
  const gone = new Set(
    linesOfWaivers(text)
      .filter((_, index) => indexes.includes(index))
      .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, offset) => first + offset)),
  );
  const kept = text
    .split(/(?<=\n)/)
    .filter((_, index) => !gone.has(index + 1))
    .join('');
  const [before, after] = [contentOf(text), contentOf(kept)];
  if (before === undefined || after === undefined) return undefined;
  const expected = { ...before, waivers: waiversOf(before).filter((_, index) => !indexes.includes(index)) };
  return isDeepStrictEqual({ ...after, waivers: waiversOf(after) }, expected) ? kept : undefined;
}

function contentOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const document = parseDocument(text, { schema: 'core', logLevel: 'error' });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 20 }) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function waiversOf(content: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { waivers } = content;
  return Array.isArray(waivers) ? waivers : [];
}
