import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  canonicalJson,
  isObject,
  type JsonValue,
  member,
  pointerOf,
  sameJson,
  show,
  textMember,
  tokensOf,
  withValue,
} from './json.ts';

const anyValue = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;

describe('a pointer', () => {
  it('is the tokens that it was made of, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tokens) => {
        expect(tokensOf(pointerOf(tokens))).toEqual(tokens);
      }),
    );
  });

  it.each([
    ['', []],
    ['/', ['']],
    ['/a~1b/m~0n', ['a/b', 'm~n']],
    ['/~01', ['~1']],
  ])('%j has the tokens %j', (pointer, tokens) => expect(tokensOf(pointer)).toEqual(tokens));
});

describe('looking into a value', () => {
  it('finds members and items', () => expect(at({ a: [{ b: 1 }] }, '/a/0/b')).toBe(1));

  it.each(['/toString', '/constructor', '/__proto__', '/a/length', '/a/-1', '/a/x', '/s/0'])(
    'finds nothing at %s, which is not the value’s own',
    (pointer) => expect(at({ a: [1], s: 'text' }, pointer)).toBeUndefined(),
  );

  it('takes a member called __proto__ for a member', () => {
    const value = JSON.parse('{"__proto__": "own"}') as JsonValue;
    expect(member(value, '__proto__')).toBe('own');
    expect(textMember(value, '__proto__')).toBe('own');
  });

  it('calls neither null nor a list an object', () => expect([null, [], 'x', 1].some(isObject)).toBe(false));
});

describe('putting a value at a place', () => {
  it('leaves the original alone and the order of members as it was', () => {
    const original = { a: 1, b: 2, c: 3 };
    expect(Object.keys(withValue(original, '/b', 9) as object)).toEqual(['a', 'b', 'c']);
    expect(original).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('is seen by looking there', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (value, item) => {
        const object = { given: value };
        expect(at(withValue(object, '/given', item), '/given')).toEqual(item);
        expect(at(withValue(object, '/new/deep', item), '/new/deep')).toEqual(item);
      }),
    );
  });

  it('takes members and items away', () => {
    expect(withValue({ a: 1, b: 2 }, '/a', undefined)).toEqual({ b: 2 });
    expect(withValue([1, 2, 3], '/1', undefined)).toEqual([1, 3]);
    expect(withValue({ a: { b: 1 } }, '/a/b', undefined)).toEqual({ a: {} });
  });

  it('replaces the whole at the empty pointer, and adds behind the last item', () => {
    expect(withValue({ a: 1 }, '', [])).toEqual([]);
    expect(withValue([1], '/1', 2)).toEqual([1, 2]);
  });

  it('makes a member called __proto__ and no other object’s prototype', () => {
    const made = withValue({}, '/__proto__', { polluted: true });
    expect(Object.hasOwn(made as object, '__proto__')).toBe(true);
    expect('polluted' in {}).toBe(false);
  });
});

describe('comparing values', () => {
  it('takes no notice of the order of members', () => {
    expect(sameJson({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  });

  it.each<readonly [JsonValue, JsonValue]>([
    [1, '1'],
    [null, {}],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ toString: 1 }, {}],
  ])('tells %j from %j', (a, b) => {
    expect(sameJson(a, b)).toBe(false);
    expect(sameJson(b, a)).toBe(false);
    expect(canonicalJson(a)).not.toBe(canonicalJson(b));
  });

  it('agrees with the canonical text on any two values', () => {
    fc.assert(fc.property(anyValue, anyValue, (a, b) => sameJson(a, b) === (canonicalJson(a) === canonicalJson(b))));
  });
});

describe('a value in a message', () => {
  it('is its JSON, cut at the limit', () => {
    expect(show({ a: 1 })).toBe('{"a":1}');
    expect(show('x'.repeat(300))).toHaveLength(120);
    expect(show(undefined)).toBe('nothing');
  });

  it('is not null where it is a number that no double holds', () => {
    expect(show(JSON.parse('1e400') as number)).toBe('a number beyond every double');
  });
});
