import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../contract/json.ts';
import { emptyToNull, firstLost } from './carried.ts';

describe('what was sent', () => {
  it.each<readonly [string, JsonValue, JsonValue | undefined]>([
    ['the same', { a: [1, 'x', null] }, { a: [1, 'x', null] }],
    ['the same in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['more members, at any depth', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    ['"auto"', 'auto', 'auto'],
    ['a number for "auto"', 'auto', 1.8],
    ['null for null', null, null],
    ['nothing for null', { a: null }, {}],
    ['a value for null', { a: null }, { a: 7 }],
    ['null for an empty object', { a: {} }, { a: null }],
    ['nothing for an empty list', { a: [] }, {}],
    ['an object with members for an empty one', {}, { a: 1 }],
    ['1.0 for 1', 1, 1.0],
    ['empty for null', { a: null }, { a: {} }],
    ['an empty object', {}, {}],
    ['an empty list', [], []],
    ['nothing for an empty object within', { a: { b: {} } }, { a: {} }],
    ['other graders of a multi grader', { type: 'multi', graders: [1] }, { type: 'multi', graders: { a: 2 } }],
  ])('is carried by %s', (_, sent, got) => expect(firstLost(sent, got)).toBeUndefined());

  it.each<readonly [string, JsonValue, JsonValue | undefined, string]>([
    ['another value', { a: { b: 1 } }, { a: { b: 2 } }, '/a/b'],
    ['another type', { a: 1 }, { a: '1' }, '/a'],
    ['nothing', { a: { b: 1 } }, { a: {} }, '/a/b'],
    ['nothing at all', { a: 1 }, undefined, ''],
    ['"auto" for a number', { a: 3 }, { a: 'auto' }, '/a'],
    ['another word for "auto"', { a: 'auto' }, { a: 'none' }, '/a'],
    ['null for "auto"', { a: 'auto' }, { a: null }, '/a'],
    ['a shorter list', [1, 2], [1], ''],
    ['a value for an empty list', { a: [] }, { a: [1] }, '/a'],
    [
      'graders that were lost',
      { type: 'other', graders: { a: 1 } },
      { type: 'other', graders: { a: 2 } },
      '/graders/a',
    ],
    ['a longer list', [1], [1, 2], ''],
    ['another order of a list', [1, 2], [2, 1], '/0'],
    ['a list for an object', { a: { b: 1 } }, { a: [1] }, '/a'],
    ['a value inherited by every object', { toString: 'x' }, {}, '/toString'],
    ['an item that lost a member', { l: [{ a: 1, b: 2 }] }, { l: [{ a: 1 }] }, '/l/0/b'],
    ['a multi grader of another name', { type: 'multi', name: 'a' }, { type: 'multi', name: 'b' }, '/name'],
  ])('is not carried by %s', (_, sent, got, at) => expect(firstLost(sent, got)?.at).toBe(at));

  it('is told together with what came back', () => {
    expect(firstLost({ method: { type: 'dpo' } }, { method: { type: 'supervised' } })).toEqual({
      at: '/method/type',
      message: 'method.type was "dpo" and is "supervised"',
    });
    expect(firstLost({ a: 1 }, {})?.message).toBe('a was 1 and is nothing');
  });
});

describe('absent, null and empty', () => {
  it('are the same', () => {
    for (const value of [undefined, null, [], {}]) expect(emptyToNull(value)).toBeNull();
  });

  it('are not what nought, false and empty text are', () => {
    for (const value of [0, false, '', [null], { a: null }]) expect(emptyToNull(value)).toEqual(value);
  });
});
