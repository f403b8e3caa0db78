// The query of a request: single values, and the deepObject filter metadata[k]=v.
import type { Policy } from '../policy.ts';
import { badRequest } from './api-error.ts';

/** Names and values in the order in which they were sent, percent-decoded; brackets may have come encoded. */
export type Query = readonly (readonly [name: string, value: string])[];

/** Which jobs a list selects by metadata. */
export type MetadataFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'without-metadata' }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [key: string, value: string])[] };

/** The query of a URL. */
export function readQuery(url: string, policy: Pick<Policy, 'encodedBrackets'>): Query {
  const start = url.indexOf('?');
  const raw = start === -1 ? '' : url.slice(start + 1).replace(/#.*$/s, '');
  const query = [...new URLSearchParams(raw)];
  if (policy.encodedBrackets === 'understood') return query;
  return query.filter(([name]) => !name.includes('[') || raw.includes(`${name.slice(0, name.indexOf('['))}[`));
}

/** The last value of a name, or undefined. */
export function valueOf(query: Query, name: string): string | undefined {
  return query.findLast(([one]) => one === name)?.[1];
}

/** A whole number between bounds. @throws ApiError 400 for anything else. */
export function wholeNumber(query: Query, name: string, range: readonly [least: number, most: number]): number | null {
  const text = valueOf(query, name);
  if (text === undefined) return null;
  const [least, most] = range;
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw badRequest(`'${text.slice(0, 40)}' is not a whole number from ${least} to ${most} - '${name}'`, name);
}

/** One of some words, or null where none was sent. @throws ApiError 400 for another word. */
export function oneOf<T extends string>(query: Query, name: string, words: readonly T[]): T | null {
  const text = valueOf(query, name);
  if (text === undefined) return null;
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  const list = words.map((one) => `'${one}'`).join(', ');
  throw badRequest(`'${text.slice(0, 40)}' is not one of [${list}] - '${name}'`, name);
}

/** The metadata filter: pairs, or `metadata=null` (which some clients write `metadata=`). @throws ApiError 400. */
export function metadataFilter(query: Query): MetadataFilter {
  const pairs = query.flatMap(([name, value]): (readonly [string, string])[] => {
    const key = /^metadata\[(.*)\]$/s.exec(name)?.[1];
    return key === undefined ? [] : [[key, value]];
  });
  if (pairs.length > 0) return { kind: 'pairs', pairs };
  const whole = valueOf(query, 'metadata');
  if (whole === undefined) return { kind: 'all' };
  if (whole === '' || whole === 'null') return { kind: 'without-metadata' };
  throw badRequest("metadata is a filter of the form metadata[key]=value, or 'null' - 'metadata'", 'metadata');
}
