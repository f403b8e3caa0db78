// What schemas say of values by keywords with a number, a text or a flag: the tightest of several, and which of two is
// tighter. A lower bound above 0 and one from 1 are the same for integers.
import { isObject, type JsonObject, type JsonValue, textOf } from './json.ts';

/** Keyword to value. Exclusive bounds stand under the inclusive keyword, as `> 0`. */
export type Bounds = ReadonlyMap<string, JsonValue>;

const UPPER = new Set(['maximum', 'maxLength', 'maxItems', 'maxProperties']);
const LOWER = new Set(['minimum', 'minLength', 'minItems', 'minProperties']);
const OTHER = ['multipleOf', 'pattern', 'format', 'uniqueItems'] as const;

/** How the values that theirs allows relate to those that ours allows. */
export type Change = 'narrower' | 'wider' | 'both' | 'extra' | 'same';

/** The bounds of schemas that hold together. */
export function mergeBounds(parts: readonly JsonObject[], types: ReadonlySet<string>): Bounds {
  const isInteger = types.has('integer') && types.size === 1;
  const bounds = new Map<string, JsonValue>();
  for (const part of parts) {
    for (const [keyword, value] of ownBounds(part, isInteger)) {
      const before = bounds.get(keyword);
      if (before === undefined || changeOfBound(keyword, before, value) === 'narrower') bounds.set(keyword, value);
    }
  }
  return bounds;
}

function* ownBounds(part: JsonObject, isInteger: boolean): Generator<[string, JsonValue]> {
  for (const keyword of [...UPPER, ...LOWER, ...OTHER]) {
    const value = part[keyword];
    // A smallest length of 0 and false as a demand for unique items say nothing.
    if (value === undefined || value === false || (value === 0 && LOWER.has(keyword) && keyword !== 'minimum'))
      continue;
    yield [keyword, value];
  }
  for (const [exclusive, keyword, step] of [
    ['exclusiveMinimum', 'minimum', 1],
    ['exclusiveMaximum', 'maximum', -1],
  ] as const) {
    const value = part[exclusive];
    if (typeof value !== 'number') continue;
    const sign = step === 1 ? '>' : '<';
    yield [keyword, isInteger && Number.isInteger(value) ? value + step : `${sign} ${value}`];
  }
}

/** How theirs differs from ours under one keyword. */
export function changeOfBound(keyword: string, ours: JsonValue | undefined, theirs: JsonValue | undefined): Change {
  if (JSON.stringify(ours) === JSON.stringify(theirs) || keyword === 'format') return 'same';
  if (ours === undefined) return 'narrower';
  if (theirs === undefined) return 'wider';
  if (keyword === 'multipleOf') return changeOfMultiple(Number(ours), Number(theirs));
  const direction = UPPER.has(keyword) ? -1 : LOWER.has(keyword) ? 1 : 0;
  if (direction === 0) return 'both';
  const [mine, other] = [limitOf(ours), limitOf(theirs)];
  const difference = (other.value - mine.value) * direction || Number(other.exclusive) - Number(mine.exclusive);
  return difference > 0 ? 'narrower' : difference < 0 ? 'wider' : 'same';
}

function changeOfMultiple(ours: number, theirs: number): Change {
  if (Number.isInteger(theirs / ours)) return 'narrower';
  return Number.isInteger(ours / theirs) ? 'wider' : 'both';
}

function limitOf(bound: JsonValue): { value: number; exclusive: boolean } {
  if (typeof bound === 'number') return { value: bound, exclusive: false };
  return { value: Number(textOf(bound).slice(2)), exclusive: true };
}

const IMPLIED: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'propertyNames', 'minProperties', 'maxProperties']],
  ['array', ['items', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['minLength', 'maxLength', 'pattern']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The type that a schema without one is evidently meant for. */
export function impliedType(schema: JsonObject): string | undefined {
  const [, byKeyword] = IMPLIED.map(([type, keywords]) => [keywords.some((word) => Object.hasOwn(schema, word)), type] as const).find(([fits]) => fits) ?? []; // prettier-ignore
  if (byKeyword !== undefined) return byKeyword;
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as readonly JsonValue[]) : [];
  const types = new Set(values.map(typeOfValue));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfValue(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value;
}
