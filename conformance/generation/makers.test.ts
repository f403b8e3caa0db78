import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import {
  arbitraryOf, both, integers, lists, type Maker, maps, numbers, oneOfValues, orNull, records, weighted,
} from './makers.ts'; // prettier-ignore
import { Rng } from './rng.ts';
import { anyText, textOfClass } from './texts.ts';

/** Values of a maker, by a seed. */
function drawn<T extends JsonValue>(maker: Maker<T>, count = 3_000): T[] {
  return fc.sample(arbitraryOf(maker), { numRuns: count, seed: 6 });
}

function share<T>(values: readonly T[], isMeant: (value: T) => boolean): number {
  return values.filter(isMeant).length / values.length;
}

const digits = integers(0, 9, [0, 9]);
const word = oneOfValues(['plain', 'other', 'third']);
/** Text of one of three letters, of which a is the plainest. */
const letter = oneOfValues(['a', 'b', 'c']);

describe('what is plainer than', () => {
  it.each<readonly [string, Iterable<JsonValue>, readonly JsonValue[]]>([
    ['the plainest word: nothing', word.plainer('plain'), []],
    ['another word: the plainest', word.plainer('third'), ['plain']],
    ['a word where there is none: nothing', oneOfValues<string>([]).plainer('a'), []],
    ['null: nothing', orNull(word).plainer(null), []],
    ['what is not null: what is plainer of its kind', orNull(word).plainer('other'), ['plain']],
    ['a whole number: zero, then half of the way', integers(0, 20, [20]).plainer(9), [0, 5, 7, 8]],
    ['a number below zero: zero, then half of the way', integers(-20, 20, [20]).plainer(-9), [0, -5, -7, -8]],
    ['a number where zero is not allowed: the least', integers(3, 20, [20]).plainer(8), [3, 6, 7]],
    ['a number where all are below zero: the greatest', integers(-20, -3, [-3]).plainer(-8), [-3, -6, -7]],
    ['the plainest number: nothing', integers(0, 20, [20]).plainer(0), []],
    ['a fraction: zero, then without what follows the point', numbers(0, 5, [5], () => true).plainer(2.5), [0, 2]],
    ['a whole number among fractions: zero', numbers(0, 5, [5], () => true).plainer(3), [0]],
    ['zero among fractions: nothing', numbers(0, 5, [5], () => true).plainer(0), []],
    ['a fraction where zero is not allowed: one', numbers(0, 5, [5], (value) => value > 0).plainer(0.5), [1]],
    ['a fraction where neither is: a boundary', numbers(2, 5, [5, 2], (value) => value >= 2).plainer(2.5), [5, 2]],
    ['a fraction where nothing else is legal: nothing', numbers(2, 3, [], (value) => value === 2.5).plainer(2.5), []],
  ])('%s', (_, plainer, expected) => expect([...plainer]).toEqual(expected));

  it('a value of a union is what is plainer in its branch', () => {
    const union = weighted<JsonValue>([
      { weight: 1, maker: word, holds: (value) => typeof value === 'string' },
      { weight: 1, maker: digits, holds: (value) => typeof value === 'number' },
    ]);
    expect([...union.plainer(4)]).toEqual([0, 2, 3]);
    expect([...union.plainer('other')]).toEqual(['plain']);
    expect([...union.plainer(true)]).toEqual([]);
  });

  it('a list are its first items, its first half, it without one of them, and it with a plainer item', () => {
    const list = lists(letter, 1, 5, false);
    expect([...list.plainer(['b', 'a', 'c', 'a'])]).toEqual([
      ['b'],
      ['b', 'a'],
      ['a', 'c', 'a'],
      ['b', 'c', 'a'],
      ['b', 'a', 'a'],
      ['b', 'a', 'c'],
      ['a', 'a', 'c', 'a'],
      ['b', 'a', 'a', 'a'],
    ]);
    expect([...list.plainer(['b', 'c'])]).toEqual([['b'], ['a', 'c'], ['b', 'a']]);
    expect([...lists(letter, 0, 5, false).plainer(['a', 'a'])]).toEqual([[], ['a'], ['a'], ['a']]);
    expect([...list.plainer(['a'])]).toEqual([]);
  });

  it('a list of different items has none twice', () => {
    expect([...lists(letter, 2, 5, true).plainer(['b', 'a'])]).toEqual([]);
    expect([...lists(letter, 2, 5, true).plainer(['b', 'c'])]).toEqual([
      ['a', 'c'],
      ['b', 'a'],
    ]);
  });

  const record = records([
    { name: 'needed', maker: letter, required: true },
    { name: 'one', maker: letter, required: false },
    { name: 'two', maker: letter, required: false },
  ]);

  it('an object is it without what it may lack, at once and one by one, and it with plainer members', () => {
    expect([...record.plainer({ needed: 'b', one: 'a', two: 'c' })]).toEqual([
      { needed: 'b' },
      { needed: 'b', two: 'c' },
      { needed: 'b', one: 'a' },
      { needed: 'a', one: 'a', two: 'c' },
      { needed: 'b', one: 'a', two: 'a' },
    ]);
    expect([...record.plainer({ needed: 'a', two: 'a' })]).toEqual([{ needed: 'a' }]);
    expect([...record.plainer({ needed: 'a' })]).toEqual([]);
  });

  it('a map are fewer entries, plainer values and plainer keys, none of them there already', () => {
    expect([...maps(letter, letter, 0, 3).plainer({ b: 'c' })]).toEqual([{}, { b: 'a' }, { a: 'c' }]);
    expect([...maps(letter, letter, 1, 3).plainer({ a: 'a', b: 'a' })]).toEqual([{ a: 'a' }]);
  });

  it('an object with members of its own and free ones is one side of it made plainer', () => {
    const mixed = both(record, maps(letter, letter, 0, 2), (name) => ['needed', 'one', 'two'].includes(name));
    expect([...mixed.plainer({ needed: 'b', c: 'a' })]).toEqual([
      { needed: 'b' },
      { needed: 'b', a: 'a' },
      { needed: 'a', c: 'a' },
    ]);
  });

  it('a text is a shorter one, then as many of the plainest letter', () => {
    expect([...anyText(0, 9).plainer('xyzxyz')]).toEqual(['', 'xyz', 'xyzxy', 'aaaaaa']);
    expect([...anyText(2, 9).plainer('xyz')]).toEqual(['xy', 'aaa']);
    expect([...anyText(0, 9).plainer('aa')]).toEqual(['', 'a']);
    expect([...anyText(1, 9).plainer('a')]).toEqual([]);
    expect([...anyText(0, 9).plainer('🚀🚀')]).toEqual(['', '🚀', 'aa']);
    expect([...(textOfClass('^[x-z]+$', 2, 9)?.plainer('zyz') ?? [])]).toEqual(['zy', 'xxx']);
  });
});

describe('what is made', () => {
  it('of whole numbers is a boundary two times in three', () => {
    const values = drawn(integers(-500, 500, [-500, 500]));
    expect(share(values, (value) => Math.abs(value) === 500)).toBeCloseTo(2 / 3, 1);
    expect(values.every((value) => Number.isInteger(value) && Math.abs(value) <= 500)).toBe(true);
    expect(new Set(values).size).toBeGreaterThan(400);
  });

  it('of numbers is a boundary two times in three, and has three decimals at most', () => {
    const values = drawn(numbers(0, 2, [2], (value) => value !== 1));
    expect(share(values, (value) => value === 2)).toBeCloseTo(2 / 3, 1);
    expect(values.every((value) => value >= 0 && value <= 2 && value !== 1)).toBe(true);
    expect(values.every((value) => Math.round(value * 1000) / 1000 === value)).toBe(true);
    expect(new Set(values).size).toBeGreaterThan(500);
  });

  it('of numbers between which no three decimals lie is a boundary', () =>
    expect(new Set(drawn(numbers(0.0001, 0.0002, [0.0001, 0.0002], () => true)))).toEqual(new Set([0.0001, 0.0002])));

  it('where null is allowed is null one time in ten', () =>
    expect(share(drawn(orNull(word)), (value) => value === null)).toBeCloseTo(0.1, 1));

  it('of a union is of each branch as often as its weight says', () => {
    const holds = (): boolean => true;
    const union = weighted<JsonValue>([
      { weight: 1, maker: word, holds },
      { weight: 3, maker: digits, holds },
    ]);
    expect(share(drawn(union), (value) => typeof value === 'number')).toBeCloseTo(0.75, 1);
  });

  it('of an object has what is required, and an optional member five times in six', () => {
    const values = drawn(
      records([
        { name: 'needed', maker: letter, required: true },
        { name: 'free', maker: letter, required: false },
      ]),
    );
    expect(share(values, (value) => 'needed' in value)).toBe(1);
    expect(share(values, (value) => 'free' in value)).toBeCloseTo(5 / 6, 1);
  });

  it('of an object with free members has its own and the free ones, its own first', () => {
    const own = records([{ name: 'a', maker: word, required: true }]);
    const values = drawn(
      both(own, maps(letter, letter, 0, 3), (name) => name === 'a'),
      300,
    );
    for (const { a } of values) expect(['plain', 'other', 'third']).toContain(a);
    expect(new Set(values.flatMap((value) => Object.keys(value)))).toEqual(new Set(['a', 'b', 'c']));
  });

  it('of a list is of every length, and where items are to differ they do', () => {
    const lengths = drawn(lists(letter, 1, 3, false)).map((list) => list.length);
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3]));
    const different = drawn(lists(letter, 0, 3, true));
    expect(new Set(different.map((list) => list.length))).toEqual(new Set([0, 1, 2, 3]));
    for (const list of different) expect(new Set(list).size).toBe(list.length);
  });

  it('of a map is full one time in six, and else small', () => {
    const sizes = drawn(maps(anyText(1, 8), letter, 0, 16)).map((map) => Object.keys(map).length);
    expect(share(sizes, (size) => size === 16)).toBeCloseTo(1 / 6, 1);
    expect(new Set(sizes)).toEqual(new Set([0, 1, 2, 3, 16]));
  });

  it('is an error where there are not as many different items or keys as asked for', () => {
    expect(() => drawn(lists(letter, 4, 4, true), 1)).toThrow('no 4 different items were found for a list');
    expect(() => drawn(maps(letter, letter, 4, 4), 1)).toThrow('no 4 different keys were found for a map');
    expect(Object.keys(drawn(maps(letter, letter, 3, 3), 1)[0] ?? {}).sort()).toEqual(['a', 'b', 'c']);
  });

  it('holds a member called __proto__ like any other', () => {
    const name = '__proto__';
    const [made] = drawn(records([{ name, maker: word, required: true }]), 1) as [JsonObject];
    expect(Object.keys(made)).toEqual([name]);
    expect(Object.getOwnPropertyDescriptor(made, name)).toMatchObject({ enumerable: true, configurable: true, writable: true });
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    const [map] = drawn(maps(oneOfValues([name]), word, 1, 1), 1) as [JsonObject];
    expect(Object.keys(map)).toEqual([name]);
  }); // prettier-ignore
});

describe('chance', () => {
  /** Draws that begin with numbers of a stream which is as alike as can be: 0, 1, 2 … */
  function startedWith(first: number): Rng {
    let next = first;
    return new Rng({ nextInt: () => next++ } as unknown as fc.Random);
  }

  const random = startedWith(1);

  it('gives every number of a range, each as often as the others', () => {
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 10_000; draw += 1) {
      const value = random.between(-2, 2);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    for (const count of counts.values()) expect(count / 10_000).toBeCloseTo(0.2, 1);
  });

  it('reaches over ranges that a draw of 32 bits would leave gaps in', () => {
    const values = Array.from({ length: 2_000 }, () => random.between(-Number.MAX_SAFE_INTEGER, 0));
    expect(values.every((value) => Number.isSafeInteger(value) && value <= 0)).toBe(true);
    expect(share(values, (value) => value % 2 === 0)).toBeCloseTo(0.5, 1);
    expect(share(values, (value) => value < -Number.MAX_SAFE_INTEGER / 2)).toBeCloseTo(0.5, 1);
  });

  it('of seeds that are alike is not alike', () => {
    const firsts = Array.from({ length: 200 }, (_, seed) => startedWith(seed).next());
    expect(new Set(firsts).size).toBe(200);
    expect(share(firsts, (value) => value < 2 ** 31)).toBeCloseTo(0.5, 0);
    expect(firsts.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32)).toBe(true);
  });

  it('picks every one of several', () => {
    expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
  });
});
