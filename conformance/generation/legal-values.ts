// Every legal extreme of every member of the create request: at its bounds, each word, null, empty, full, alone. A server
// that refuses one of them is stricter than documented. Free text that a vendor may restrict is left out.
import { isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST, type Place, placesBelow } from '../contract/request-sites.ts';
import { rememberOnce } from '../contract/remember.ts';
import { resolve, type Schema } from '../contract/schema.ts';
import { instancePointer } from './bases.ts';
import { poolValues } from './pools.ts';

/** A legal value for a place. */
export interface LegalValue {
  /** Pointer into a body in which the place is live. */
  readonly at: string;
  readonly place: Place;
  readonly value: JsonValue;
}

/** Every legal extreme, outermost places first. Duplicates by pointer and value are left out per branch. */
export function legalValues(): LegalValue[] {
  return placesToTry().flatMap((place) =>
    valuesAt(place).map((value) => ({ at: instancePointer(place.steps), place, value })),
  );
}

/** The objects that may stand below the body, with their pointers into a body; none below what is taken whole. */
export function objectPlaces(): { readonly at: string; readonly place: Place }[] {
  return placesToTry().flatMap((place) =>
    resolve(place.located).schema.type === 'object' ? [{ at: instancePointer(place.steps), place }] : [],
  );
}

const placesToTry = rememberOnce((): readonly Place[] => {
  const places = placesBelow(CREATE_REQUEST).filter(({ steps }) => steps.length > 0 && steps.at(-1)?.kind !== 'key');
  // What comes from a pool or an example is taken whole: nothing below it is tried on its own.
  const whole = new Map(
    places.flatMap((place) => (isWhole(place) ? [[instancePointer(place.steps), place] as const] : [])),
  );
  const isBelowWhole = (place: Place, pointer: string): boolean =>
    [...whole].some(([root, owner]) => owner !== place && (pointer === root || pointer.startsWith(`${root}/`)));
  return places.filter((place) => !isBelowWhole(place, instancePointer(place.steps)));
});

function isWhole(place: Place): boolean {
  const { schema } = resolve(place.located);
  return schema['x-pool'] !== undefined || schema['x-example'] !== undefined;
}

function valuesAt(place: Place): JsonValue[] {
  const { schema } = resolve(place.located);
  const nulls: JsonValue[] = schema.nullable === true ? [null] : [];
  const acceptance = schema['x-acceptance'];
  if (schema['x-pool'] !== undefined) return [...poolValues(schema['x-pool']), ...nulls];
  if (schema['x-example'] !== undefined) return [schema['x-example'], ...nulls];
  if (acceptance === 'free') return nulls;
  if (schema.enum !== undefined) return [...schema.enum, ...nulls];
  switch (schema.type) {
    case 'integer':
    case 'number':
      return [...numbers(schema), ...nulls];
    case 'string':
      return [...texts(schema), ...nulls];
    case 'boolean':
      return [true, false, ...nulls];
    case 'array':
      // A grader without messages, or with no label, is legal by the schema and means nothing.
      return [...(schema.minItems === undefined && !isInGrader(place) ? [[]] : []), ...nulls];
    case 'object':
      return [...objects(schema), ...nulls];
    default:
      return nulls;
  }
}

function isInGrader({ steps }: Place): boolean {
  return steps.some((step) => step.kind === 'member' && step.name === 'grader');
}

function numbers(schema: Schema): number[] {
  const { minimum, maximum, exclusiveMinimum } = schema;
  const low = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 0.00001);
  const middle = schema.type === 'integer' ? 3 : 1.5;
  return [low, maximum, middle, schema.type === 'integer' ? undefined : 0.1].filter((value) => value !== undefined);
}

/**
 * A letter of two bytes: the documents bound characters, which are no bytes. Whether they count code points or the units of
 * UTF-16 they leave open, so nothing that is long holds a character that differs in these.
 */
const TWO_BYTES = '\u00e9';

function texts(schema: Schema): string[] {
  const { minLength = 0, maxLength } = schema;
  const longest = maxLength === undefined ? [] : [longestOf(maxLength, schema['x-accept-pattern'])];
  const isFree = schema['x-accept-pattern'] === undefined && schema.pattern === undefined;
  const wide = maxLength === undefined || !isFree ? [] : [TWO_BYTES.repeat(maxLength)];
  const hostile = isFree ? ['\u4e2d\ud83d\ude80 <b>"&"</b> %41'] : ['a-1'];
  return ['a'.repeat(minLength), ...longest, ...wide, ...hostile];
}

/** The longest text that must be accepted: where schema and prose disagree, the pattern is shorter than the bound (E-C2). */
function longestOf(maxLength: number, pattern: string | undefined): string {
  const isAcceptable = (length: number): boolean =>
    pattern === undefined || new RegExp(pattern, 'u').test('a'.repeat(length));
  let length = maxLength;
  while (length > 0 && !isAcceptable(length)) length -= 1;
  return 'a'.repeat(length);
}

function objects(schema: Schema): JsonObject[] {
  const empty: JsonObject[] = (schema.required ?? []).length === 0 ? [{}] : [];
  if (schema.maxProperties === undefined) return empty;
  const keyLength = schema.propertyNames?.maxLength ?? 8;
  const key = (index: number): string => String(index).padEnd(Math.min(keyLength, 8), 'k');
  const full = Object.fromEntries(
    Array.from({ length: schema.maxProperties }, (_, index) => [key(index), String(index)]),
  );
  return [
    ...empty,
    full,
    { ['k'.repeat(keyLength)]: 'longest key' },
    ...(schema.propertyNames?.maxLength === undefined ? [] : [{ [TWO_BYTES.repeat(keyLength)]: 'longest key' }]),
    { __proto_: 'x', constructor: 'y', 'with space & =': 'z' },
  ];
}

/**
 * An object with nothing but what is required; and with one optional member alone beside that, for each optional member
 * that it holds, and for each of the legal values of that member.
 */
export function alone(
  value: JsonValue,
  schema: Schema,
  valuesOf: (member: string) => readonly JsonValue[],
): JsonObject[] {
  if (!isObject(value)) return [];
  const required = schema.required ?? [];
  const fixed = Object.fromEntries(Object.entries(value).filter(([name]) => required.includes(name)));
  const bare = required.length === 0 ? [] : [fixed];
  const single = Object.entries(value).flatMap(([name, item]) => {
    if (required.includes(name)) return [];
    return [item, ...valuesOf(name)].map((one) => ({ ...fixed, [name]: one }));
  });
  return [...bare, ...single];
}
