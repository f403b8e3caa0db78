// What makes values, and makes them plainer again: choices, numbers, lists, records, maps, unions. A maker works out at
// once what it needs and then draws plain values; fast-check drives it (its seeds, its runs, its search for the
// smallest counterexample) through one arbitrary around the whole, for one around each letter costs ten times as much.
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { Rng } from './rng.ts';

/** Makes values of one place. */
export interface Maker<T extends JsonValue = JsonValue> {
  make(random: Rng): T;
  /** Values of the same place that say less than a given one of it, the plainest first. */
  plainer(value: T): Iterable<T>;
}

/** A maker as an arbitrary of fast-check. */
export function arbitraryOf<T extends JsonValue>(maker: Maker<T>): fc.Arbitrary<T> {
  return new MadeArbitrary(maker);
}

class MadeArbitrary<T extends JsonValue> extends fc.Arbitrary<T> {
  readonly #maker: Maker<T>;

  constructor(maker: Maker<T>) {
    super();
    this.#maker = maker;
  }

  override generate(random: fc.Random): fc.Value<T> {
    return new fc.Value(this.#maker.make(new Rng(random)), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return value !== undefined;
  }

  override shrink(value: T): fc.Stream<fc.Value<T>> {
    const maker = this.#maker;
    return fc.stream(
      (function* () {
        for (const one of maker.plainer(value)) yield new fc.Value(one, undefined);
      })(),
    );
  }
}

/** One of several values; the first is the plainest. */
export function oneOfValues<T extends JsonValue>(values: readonly T[]): Maker<T> {
  const [plainest] = values;
  return {
    make: (random) => random.pick(values),
    plainer: (value) => (plainest === undefined || value === plainest ? [] : [plainest]),
  };
}

/** Values of one of several makers, each as often as its weight says; `holds` tells which of them a value is of. */
export function weighted<T extends JsonValue>(
  choices: readonly { readonly weight: number; readonly maker: Maker<T>; readonly holds: (value: T) => boolean }[],
): Maker<T> {
  const slots = choices.flatMap(({ weight, maker }) => Array.from({ length: weight }, () => maker));
  return {
    make: (random) => random.pick(slots).make(random),
    plainer: (value) => choices.find(({ holds }) => holds(value))?.maker.plainer(value) ?? [],
  };
}

/** Whole numbers, two of three at a boundary. Plainer is what is nearer to zero. */
export function integers(min: number, max: number, boundaries: readonly number[]): Maker<number> {
  return {
    make: (random) => (random.below(3) < 2 ? random.pick(boundaries) : random.between(min, max)),
    plainer: (value) => nearer(value, Math.min(Math.max(0, min), max)),
  };
}

/** From a number to a plainer one, first at once and then by halves. */
function* nearer(value: number, plainest: number): Generator<number> {
  for (let step = value - plainest; Math.abs(step) >= 1; step = Math.trunc(step / 2)) yield value - step;
}

/** Numbers of three decimals, two of three at a boundary. */
export function numbers(
  min: number,
  max: number,
  boundaries: readonly number[],
  isLegal: (value: number) => boolean,
): Maker<number> {
  const [least, most] = [Math.ceil(min * 1000), Math.floor(max * 1000)];
  const plainest = [0, 1, ...boundaries].find(isLegal);
  return {
    make: (random) => {
      if (random.below(3) < 2 || most < least) return random.pick(boundaries);
      // Three decimals: nobody documents how precisely a number is kept, and a server may well calculate in single precision.
      const value = random.between(least, most) / 1000;
      return isLegal(value) ? value : random.pick(boundaries);
    },
    plainer: (value) =>
      [plainest, Math.trunc(value)].filter(
        (one): one is number => one !== undefined && one !== value && isLegal(one) && isPlainer(one, value, plainest),
      ),
  };
}

/** A whole number says less than a fraction, and the plainest less than all: there is no way back. */
function isPlainer(one: number, value: number, plainest: number | undefined): boolean {
  return value !== plainest && (one === plainest || !Number.isInteger(value));
}

/** Null one time in ten, else what a maker makes. */
export function orNull(maker: Maker): Maker {
  return {
    make: (random) => (random.below(10) === 0 ? null : maker.make(random)),
    plainer: (value) => (value === null ? [] : maker.plainer(value)),
  };
}

/** Lists of `min` to `max` items. */
export function lists(item: Maker, min: number, max: number, unique: boolean): Maker<readonly JsonValue[]> {
  const isLegal = (list: readonly JsonValue[]): boolean =>
    !unique || new Set(list.map((one) => JSON.stringify(one))).size === list.length;
  return {
    make: (random) => {
      const length = random.between(min, max);
      const list: JsonValue[] = [];
      const seen = new Set<string>();
      for (let tries = 0; list.length < length && tries < length + MANY_TRIES; tries += 1) {
        const made = item.make(random);
        if (unique) {
          const text = JSON.stringify(made);
          if (seen.has(text)) continue;
          seen.add(text);
        }
        list.push(made);
      }
      if (list.length < min) throw new Error(`no ${min} different items were found for a list`);
      return list;
    },
    plainer: function* (list) {
      for (const shorter of shorterLists(list, min)) yield shorter;
      for (const [index, value] of list.entries())
        for (const one of item.plainer(value)) {
          const changed = list.with(index, one);
          if (isLegal(changed)) yield changed;
        }
    },
  };
}

/** Draws that may give what is there already before a list or map is taken as it is. */
const MANY_TRIES = 200;

function* shorterLists<T>(list: readonly T[], min: number): Generator<readonly T[]> {
  if (list.length > min) yield list.slice(0, min);
  const half = Math.ceil(list.length / 2);
  if (half > min && half < list.length) yield list.slice(0, half);
  if (list.length > min + 1) for (const index of list.keys()) yield list.toSpliced(index, 1);
}

/** A member of a record. */
export interface Member {
  readonly name: string;
  readonly maker: Maker;
  readonly required: boolean;
}

/** Of six bodies five have an optional member: together they show much, and yet each is left out in many. */
const PRESENT = { of: 6, times: 5 };

/** Objects with the members that a schema names. */
export function records(members: readonly Member[]): Maker<JsonObject> {
  return {
    make: (random) => {
      const made: Record<string, JsonValue> = {};
      for (const { name, maker, required } of members)
        if (required || random.below(PRESENT.of) < PRESENT.times) setMember(made, name, maker.make(random));
      return made;
    },
    plainer: function* (value) {
      const present = members.filter(({ name }) => Object.hasOwn(value, name));
      const optional = present.filter(({ required }) => !required);
      if (optional.length > 1) yield without(value, optional);
      for (const one of optional) yield without(value, [one]);
      for (const { name, maker } of present)
        for (const one of maker.plainer(value[name] ?? null)) yield withMember(value, name, one);
    },
  };
}

/** What a schema names, and other members beside it. */
export function both(
  own: Maker<JsonObject>,
  free: Maker<JsonObject>,
  isOwn: (name: string) => boolean,
): Maker<JsonObject> {
  return {
    make: (random) => ({ ...free.make(random), ...own.make(random) }),
    plainer: function* (value) {
      const [named, others] = [true, false].map((side) =>
        Object.fromEntries(Object.entries(value).filter(([name]) => isOwn(name) === side)),
      ) as [JsonObject, JsonObject];
      for (const one of free.plainer(others)) yield { ...one, ...named };
      for (const one of own.plainer(named)) yield { ...others, ...one };
    },
  };
}

/** Maps of `min` to `max` entries: mostly few, one in six full. */
export function maps(key: Maker<string>, value: Maker, min: number, max: number): Maker<JsonObject> {
  const few = Math.min(max, min + 3);
  return {
    make: (random) => {
      const size = random.below(6) === 0 ? max : random.between(min, few);
      const made = emptyMap();
      let count = 0;
      for (let tries = 0; count < size && tries < size + MANY_TRIES; tries += 1) {
        const name = key.make(random);
        if (Object.hasOwn(made, name)) continue;
        setMember(made, name, value.make(random));
        count += 1;
      }
      if (count < min) throw new Error(`no ${min} different keys were found for a map`);
      return made;
    },
    plainer: function* (map) {
      const entries = Object.entries(map);
      for (const fewer of shorterLists(entries, min)) yield Object.fromEntries(fewer);
      for (const [name, held] of entries) for (const one of value.plainer(held)) yield withMember(map, name, one);
      for (const [index, [name, held]] of entries.entries())
        for (const one of key.plainer(name))
          if (!Object.hasOwn(map, one)) yield Object.fromEntries(entries.with(index, [one, held]));
    },
  };
}

/**
 * An empty object that the engine keeps as a table from the start: it would else make a class of objects for each name
 * that no object had before, which costs four times as much as all the rest of a map.
 */
function emptyMap(): Record<string, JsonValue> {
  const made: { a?: JsonValue; b?: JsonValue } = { a: null, b: null };
  delete made.a;
  delete made.b;
  return made;
}

/** `__proto__` is a name like any other in JSON, and none in an assignment. */
function setMember(object: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

function without(value: JsonObject, members: readonly Member[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.some((one) => one.name === name)));
}

function withMember(object: JsonObject, name: string, value: JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([one, held]) => [one, one === name ? value : held]));
}
