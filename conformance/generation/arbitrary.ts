// From schema to values: every value that the contract allows for a place, leaning to boundaries, shrinking towards
// the plainest. A construct that is not understood, or cannot be satisfied, is an error with its pointer; a permissive
// guess would be a case that tests nothing.
import type fc from 'fast-check';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { type Located, resolve, type Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import {
  arbitraryOf, both, integers, lists, type Maker, maps, type Member, numbers, oneOfValues, orNull, records, weighted,
} from './makers.ts'; // prettier-ignore
import { poolValues } from './pools.ts';
import { anyText, textMatching, textOfClass } from './texts.ts';

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

/** Values for a place, as fast-check takes them. @throws UnsupportedSchema */
export function arbitraryFor(located: Located, wanted: Wanted): fc.Arbitrary<JsonValue> {
  return arbitraryOf(makerFor(located, wanted));
}

/** What makes values for a place. @throws UnsupportedSchema */
export function makerFor(located: Located, wanted: Wanted): Maker {
  return new Converter(wanted).convert(located, 'any', []);
}

class Converter {
  readonly #wanted: Wanted;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  convert(place: Located, inherited: Acceptance, open: readonly string[]): Maker {
    const located = resolve(place);
    const { schema, pointer } = located;
    if (open.filter((one) => one === pointer).length > 1)
      throw new UnsupportedSchema(pointer, 'the schema contains itself without an end');
    const acceptance = schema['x-acceptance'] ?? inherited;
    const core = this.#core(located, acceptance, [...open, pointer]);
    return schema.nullable === true ? orNull(core) : core;
  }

  #core({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): Maker {
    const pool = schema['x-pool'];
    if (pool !== undefined && (this.#wanted.values === 'acceptable' || acceptance !== 'any'))
      return oneOfValues(poolValues(pool));
    if (schema['x-example'] !== undefined && this.#wanted.values === 'acceptable')
      return oneOfValues([schema['x-example']]);
    const union = schema.oneOf ?? schema.anyOf;
    if (union !== undefined) return this.#union({ schema, pointer }, union, acceptance, open);
    if (schema.allOf !== undefined) throw new UnsupportedSchema(pointer, 'allOf is to be merged by the compiler first');
    if (schema.enum !== undefined) {
      if (schema.enum.length === 0) throw new UnsupportedSchema(pointer, 'the list of words is empty');
      return oneOfValues(schema.enum);
    }
    switch (schema.type) {
      case 'object':
        return this.#object({ schema, pointer }, acceptance, open);
      case 'array':
        return this.#array({ schema, pointer }, acceptance, open);
      case 'string':
        return this.#text(schema, pointer);
      case 'integer':
        return integersOf(schema, pointer);
      case 'number':
        return numbersOf(schema, pointer);
      case 'boolean':
        return oneOfValues([false, true]);
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
  ): Maker {
    const keyword = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
    const branches = union.flatMap((branch, index) => {
      const located = { schema: branch, pointer: `${pointer}/${keyword}/${index}` };
      // A branch that leads back into itself ends here: the others make values that end.
      if (open.includes(resolve(located).pointer)) return [];
      const holds = (value: JsonValue): boolean => violations(located, value).length === 0;
      return [{ weight: 1, maker: this.convert(located, acceptance, open), holds }];
    });
    if (branches.length === 0) throw new UnsupportedSchema(pointer, 'no branch of the union has an end');
    return weighted(branches);
  }

  #object({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): Maker {
    const { properties = {}, required = [] } = schema;
    const unknown = required.find((name) => !Object.hasOwn(properties, name));
    if (unknown !== undefined) throw new UnsupportedSchema(pointer, `${unknown} is required and not described`);
    const members = Object.entries(properties).flatMap(([name, below]): Member[] => {
      if (!required.includes(name) && this.#isLeftOut(below)) return [];
      const maker = this.convert({ schema: below, pointer: `${pointer}/properties/${name}` }, acceptance, open);
      return [{ name, maker, required: required.includes(name) }];
    });
    const own = records(members);
    const entry = schema.additionalProperties;
    if (typeof entry !== 'object') return own;
    const free = this.#entries({ schema, pointer }, entry, acceptance, open);
    return members.length === 0 ? free : both(own, free, (name) => Object.hasOwn(properties, name));
  }

  #entries(
    { schema, pointer }: Located,
    entry: Schema,
    acceptance: Acceptance,
    open: readonly string[],
  ): Maker<JsonObject> {
    const longest = schema.propertyNames?.maxLength ?? 32;
    const max = schema.maxProperties ?? this.#wanted.maxItems;
    const value = this.convert({ schema: entry, pointer: `${pointer}/additionalProperties` }, acceptance, open);
    const key = anyText(schema.propertyNames?.minLength ?? 1, longest);
    return maps(key, value, schema.minProperties ?? 0, max);
  }

  #array({ schema, pointer }: Located, acceptance: Acceptance, open: readonly string[]): Maker {
    if (schema.items === undefined) throw new UnsupportedSchema(pointer, 'the items of a list are not described');
    const min = schema.minItems ?? 0;
    const max = schema.maxItems ?? schema['x-accept-max-items'] ?? Math.max(min, this.#wanted.maxItems);
    if (max < min) throw new UnsupportedSchema(pointer, `at least ${min} and at most ${max} items`);
    const item = this.convert({ schema: schema.items, pointer: `${pointer}/items` }, acceptance, open);
    return lists(item, min, max, schema.uniqueItems === true);
  }

  #text(schema: Schema, pointer: string): Maker<string> {
    const min = schema.minLength ?? 0;
    const max = schema.maxLength ?? Math.max(min, 40);
    if (max < min) throw new UnsupportedSchema(pointer, `at least ${min} and at most ${max} characters`);
    const narrowed = this.#wanted.values === 'acceptable' ? schema['x-accept-pattern'] : undefined;
    const pattern = narrowed ?? schema.pattern;
    if (pattern !== undefined) return textOfClass(pattern, min, max) ?? textMatching(pattern, min, max);
    return formats[schema.format ?? ''] ?? anyText(min, max);
  }

  /** Free text members are not needed where only what must be accepted is wanted. */
  #isLeftOut(below: Schema): boolean {
    return (
      this.#wanted.values === 'acceptable' && resolve({ schema: below, pointer: '' }).schema['x-acceptance'] === 'free'
    );
  }
}

const formats: Readonly<Record<string, Maker<string>>> = {
  uri: oneOfValues(['https://example.com/', 'https://example.com/a%20b?c=d#e', 'http://[::1]:8080/']),
  date: oneOfValues(['2026-01-31', '2024-02-29', '1999-12-31']),
};

const MAX_INTEGER = 2_147_483_647;

function integersOf(schema: Schema, pointer: string): Maker<number> {
  const least =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? -MAX_INTEGER : Math.floor(schema.exclusiveMinimum) + 1);
  const most =
    schema.maximum ??
    (schema.exclusiveMaximum === undefined ? Math.max(least, MAX_INTEGER) : Math.ceil(schema.exclusiveMaximum) - 1);
  const [min, max] = [Math.ceil(least), Math.floor(most)];
  if (max < min) throw new UnsupportedSchema(pointer, `no integer lies between ${min} and ${max}`);
  const boundaries = [min, min + 1, max - 1, max, 0, 1].filter((value) => value >= min && value <= max);
  return integers(min, max, [...new Set(boundaries)]);
}

function numbersOf(schema: Schema, pointer: string): Maker<number> {
  const min = schema.minimum ?? schema.exclusiveMinimum ?? -100;
  const max = schema.maximum ?? schema.exclusiveMaximum ?? 100;
  const isLegal = (value: number): boolean =>
    value >= min && value <= max && value !== schema.exclusiveMinimum && value !== schema.exclusiveMaximum;
  const boundaries = [min, max, 0.1, 1, 1.5, min + 0.00001, max - 0.001, min + 1]
    .map((value) => Number(value.toPrecision(6)))
    .filter(isLegal);
  if (boundaries.length === 0) throw new UnsupportedSchema(pointer, `no number lies between ${min} and ${max}`);
  return numbers(min, max, [...new Set(boundaries)], isLegal);
}
