// From schema to fast-check: every value that the contract allows for a place, leaning to boundaries, shrinking towards
// the plainest. A construct that is not understood, or cannot be satisfied, is an error with its pointer; a permissive
// guess would be a case that tests nothing.
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { type Located, resolve, type Schema } from '../contract/schema.ts';
import { poolValues } from './pools.ts';
import { anyText, textOfClass } from './texts.ts';

/** What of the legal values is wanted. */
export interface Wanted {
  /** `acceptable`: only what a server must accept (x-acceptance). `valid`: whatever the schema allows. */
  readonly values: 'acceptable' | 'valid';
  /** Longest map and list that are made without a bound of the contract's own. */
  readonly maxItems: number;
}

export const ACCEPTABLE: Wanted = { values: 'acceptable', maxItems: 3 };
export const VALID: Wanted = { values: 'valid', maxItems: 3 };

/** A schema construct that cannot be turned into values. A fault of ours or of the contract, never of a target. */
export class UnsupportedSchema extends Error {
  override readonly name = 'UnsupportedSchema';

  constructor(pointer: string, what: string) {
    super(`${pointer}: ${what}`);
  }
}

type Acceptance = 'any' | 'pool' | 'free';

/** Values for a place. @throws UnsupportedSchema */
export function arbitraryFor(located: Located, wanted: Wanted): fc.Arbitrary<JsonValue> {
  return new Converter(wanted).convert(located, 'any', []);
}

class Converter {
  readonly #wanted: Wanted;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  convert(place: Located, inherited: Acceptance, open: readonly string[]): fc.Arbitrary<JsonValue> {
    const located = resolve(place);
    const { schema, pointer } = located;
    if (open.filter((one) => one === pointer).length > 1)
      throw new UnsupportedSchema(pointer, 'the schema contains itself without an end');
    const acceptance = schema['x-acceptance'] ?? inherited;
    const core = this.#core(located, acceptance, [...open, pointer]);
    if (schema.nullable !== true) return core;
    return fc.oneof({ weight: 9, arbitrary: core }, { weight: 1, arbitrary: fc.constant(null) });
  }

  #core({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): fc.Arbitrary<JsonValue> {
    const pool = schema['x-pool'];
    if (pool !== undefined && (this.#wanted.values === 'acceptable' || acceptance !== 'any'))
      return fc.constantFrom(...poolValues(pool));
    if (schema['x-example'] !== undefined && this.#wanted.values === 'acceptable')
      return fc.constant(schema['x-example']);
    const union = schema.oneOf ?? schema.anyOf;
    if (union !== undefined) return this.#union({ schema, pointer }, union, acceptance, open);
    if (schema.allOf !== undefined) throw new UnsupportedSchema(pointer, 'allOf is to be merged by the compiler first');
    if (schema.enum !== undefined) {
      if (schema.enum.length === 0) throw new UnsupportedSchema(pointer, 'the list of words is empty');
      return fc.constantFrom(...schema.enum);
    }
    switch (schema.type) {
      case 'object':
        return this.#object({ schema, pointer }, acceptance, open);
      case 'array':
        return this.#array({ schema, pointer }, acceptance, open);
      case 'string':
        return this.#text(schema, pointer);
      case 'integer':
        return fc.oneof(
          { weight: 2, arbitrary: boundaryIntegers(schema, pointer) },
          { weight: 1, arbitrary: anyInteger(schema) },
        );
      case 'number':
        return fc.oneof(
          { weight: 2, arbitrary: boundaryNumbers(schema, pointer) },
          { weight: 1, arbitrary: anyNumber(schema) },
        );
      case 'boolean':
        return fc.boolean();
      case undefined:
        throw new UnsupportedSchema(pointer, 'the schema names no type');
      default:
        throw new UnsupportedSchema(pointer, `type ${JSON.stringify(schema.type)} is not known`);
    }
  }

  #union(
    { schema, pointer }: Located,
    union: readonly Schema[],
    acceptance: Acceptance,
    open: readonly string[],
  ): fc.Arbitrary<JsonValue> {
    const keyword = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
    const branches = union.flatMap((branch, index) => {
      const located = { schema: branch, pointer: `${pointer}/${keyword}/${index}` };
      // A branch that leads back into itself ends here: the others make values that end.
      if (open.includes(resolve(located).pointer)) return [];
      return [this.convert(located, acceptance, open)];
    });
    if (branches.length === 0) throw new UnsupportedSchema(pointer, 'no branch of the union has an end');
    return fc.oneof(...branches);
  }

  #object({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): fc.Arbitrary<JsonValue> {
    const required = schema.required ?? [];
    const members = Object.entries(schema.properties ?? {}).filter(
      ([name, below]) => required.includes(name) || !this.#isLeftOut(below),
    );
    const unknown = required.find((name) => !Object.hasOwn(schema.properties ?? {}, name));
    if (unknown !== undefined) throw new UnsupportedSchema(pointer, `${unknown} is required and not described`);
    const model = Object.fromEntries(
      members.map(([name, below]) => [
        name,
        this.convert({ schema: below, pointer: `${pointer}/properties/${name}` }, acceptance, open),
      ]),
    );
    const own = fc.record(model, {
      requiredKeys: required.filter((name) => Object.hasOwn(model, name)),
      noNullPrototype: true,
    }) as fc.Arbitrary<JsonValue>;
    const entry = schema.additionalProperties;
    if (typeof entry !== 'object') return own;
    const entries = this.#entries({ schema, pointer }, entry, acceptance, open);
    return fc.tuple(own, entries).map(([fixed, free]) => ({ ...(free as JsonObject), ...(fixed as JsonObject) }));
  }

  #entries(
    { schema, pointer }: Located,
    entry: Schema,
    acceptance: Acceptance,
    open: readonly string[],
  ): fc.Arbitrary<JsonValue> {
    const longest = schema.propertyNames?.maxLength ?? 32;
    const max = schema.maxProperties ?? this.#wanted.maxItems;
    const min = schema.minProperties ?? 0;
    const value = this.convert({ schema: entry, pointer: `${pointer}/additionalProperties` }, acceptance, open);
    const key = anyText(schema.propertyNames?.minLength ?? 1, longest);
    const pairs = fc.tuple(key, value);
    const some = fc.uniqueArray(pairs, {
      selector: ([name]) => name,
      minLength: min,
      maxLength: Math.min(max, min + 3),
    });
    const full = fc.uniqueArray(pairs, { selector: ([name]) => name, minLength: max, maxLength: max });
    return fc
      .oneof({ weight: 5, arbitrary: some }, { weight: 1, arbitrary: full })
      .map((list) => Object.fromEntries(list) as JsonValue);
  }

  #array({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): fc.Arbitrary<JsonValue> {
    if (schema.items === undefined) throw new UnsupportedSchema(pointer, 'the items of a list are not described');
    const min = schema.minItems ?? 0;
    const max = schema.maxItems ?? schema['x-accept-max-items'] ?? Math.max(min, this.#wanted.maxItems);
    if (max < min) throw new UnsupportedSchema(pointer, `at least ${min} and at most ${max} items`);
    const item = this.convert({ schema: schema.items, pointer: `${pointer}/items` }, acceptance, open);
    const bounds = { minLength: min, maxLength: max };
    return schema.uniqueItems === true
      ? fc.uniqueArray(item, { ...bounds, selector: (value) => JSON.stringify(value) })
      : fc.array(item, bounds);
  }

  #text(schema: Schema, pointer: string): fc.Arbitrary<string> {
    const min = schema.minLength ?? 0;
    const max = schema.maxLength ?? Math.max(min, 40);
    if (max < min) throw new UnsupportedSchema(pointer, `at least ${min} and at most ${max} characters`);
    const narrowed = this.#wanted.values === 'acceptable' ? schema['x-accept-pattern'] : undefined;
    const pattern = narrowed ?? schema.pattern;
    if (pattern !== undefined) {
      const made =
        textOfClass(pattern, min, max) ??
        fc
          .stringMatching(new RegExp(pattern, 'u'))
          .filter((text) => text.length >= min && Buffer.byteLength(text) <= max);
      return made;
    }
    return formats[schema.format ?? ''] ?? anyText(min, max);
  }

  /** Free text members are not needed where only what must be accepted is wanted. */
  #isLeftOut(below: Schema): boolean {
    return (
      this.#wanted.values === 'acceptable' && resolve({ schema: below, pointer: '' }).schema['x-acceptance'] === 'free'
    );
  }
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uri: fc.constantFrom('https://example.com/', 'https://example.com/a%20b?c=d#e', 'http://[::1]:8080/'),
  date: fc.constantFrom('2026-01-31', '2024-02-29', '1999-12-31'),
};

const MAX_INTEGER = 2_147_483_647;

function integerBounds(schema: Schema): { min: number; max: number } {
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? -MAX_INTEGER : Math.floor(schema.exclusiveMinimum) + 1);
  const max =
    schema.maximum ??
    (schema.exclusiveMaximum === undefined ? Math.max(min, MAX_INTEGER) : Math.ceil(schema.exclusiveMaximum) - 1);
  return { min: Math.ceil(min), max: Math.floor(max) };
}

function anyInteger(schema: Schema): fc.Arbitrary<number> {
  return fc.integer(integerBounds(schema));
}

function boundaryIntegers(schema: Schema, pointer: string): fc.Arbitrary<number> {
  const { min, max } = integerBounds(schema);
  if (max < min) throw new UnsupportedSchema(pointer, `no integer lies between ${min} and ${max}`);
  const values = [min, min + 1, max - 1, max, 0, 1].filter((value) => value >= min && value <= max);
  return fc.constantFrom(...new Set(values));
}

function numberBounds(schema: Schema): { min: number; max: number; isLegal: (value: number) => boolean } {
  const min = schema.minimum ?? schema.exclusiveMinimum ?? -100;
  const max = schema.maximum ?? schema.exclusiveMaximum ?? 100;
  const isLegal = (value: number): boolean =>
    value >= min && value <= max && value !== schema.exclusiveMinimum && value !== schema.exclusiveMaximum;
  return { min, max, isLegal };
}

function anyNumber(schema: Schema): fc.Arbitrary<number> {
  const { min, max, isLegal } = numberBounds(schema);
  // Three decimals: nobody documents how precisely a number is kept, and a server may well calculate in single precision.
  return fc
    .integer({ min: Math.ceil(min * 1000), max: Math.floor(max * 1000) })
    .map((value) => value / 1000)
    .filter(isLegal);
}

function boundaryNumbers(schema: Schema, pointer: string): fc.Arbitrary<number> {
  const { min, max, isLegal } = numberBounds(schema);
  const values = [min, max, 0.1, 1, 1.5, min + 0.00001, max - 0.001, min + 1]
    .map((value) => Number(value.toPrecision(6)))
    .filter(isLegal);
  if (values.length === 0) throw new UnsupportedSchema(pointer, `no number lies between ${min} and ${max}`);
  return fc.constantFrom(...new Set(values));
}
