// JSON values and pointers.
import { describe, expect, it } from 'vitest';
import { isObject, listOf, member, objectOf, pointerTo, resolvePointer, textOf, tokensOf } from './json.ts';

describe('isObject', () => {
  it('takes neither null nor a list for an object', () => {
    expect([{}, null, [], 'x', undefined].map(isObject)).toEqual([true, false, false, false, false]);
  });
});

describe('member', () => {
  it('sees own members only, so that names of the prototype are absent', () => {
    expect(member({ a: 1 }, 'a')).toBe(1);
    expect(member({ a: 1 }, 'constructor')).toBeUndefined();
    expect(member(JSON.parse('{"__proto__": 2}') as { __proto__: number }, '__proto__')).toBe(2);
    expect(member(['a'], 'length')).toBeUndefined();
  });
});

describe('objectOf and listOf', () => {
  it('give something empty for anything of another kind', () => {
    expect([objectOf([1]), objectOf('x'), objectOf({ a: 1 })]).toEqual([{}, {}, { a: 1 }]);
    expect([listOf({}), listOf('x'), listOf([1])]).toEqual([[], [], [1]]);
  });
});

describe('textOf', () => {
  it('leaves text alone and writes everything else as JSON', () => {
    expect([textOf('a'), textOf(1), textOf(['a']), textOf(undefined)]).toEqual(['a', '1', '["a"]', 'null']);
  });
});

describe('pointers', () => {
  it('escape ~ and / in a token, in that order', () => {
    expect(pointerTo('#', 'paths', '/files/~1', 0)).toBe('#/paths/~1files~1~01/0');
  });

  it('come apart into the tokens that they were made of', () => {
    const tokens = ['a/b', '~1', '', 'é'];
    expect(tokensOf(pointerTo('#', ...tokens))).toEqual(tokens);
    expect(tokensOf('')).toEqual([]);
  });

  it('may be percent-encoded, and a stray % is itself', () => {
    expect(tokensOf('#/a%20b/100%')).toEqual(['a b', '100%']);
  });

  it('lead to own members and items, and nowhere else', () => {
    const root = { list: ['a', { b: null }] };
    expect(resolvePointer(root, '#/list/1/b')).toBeNull();
    expect(resolvePointer(root, '#')).toBe(root);
    for (const dangling of ['#/list/2', '#/list/01', '#/list/-1', '#/list/length', '#/toString', '#/list/0/0']) {
      expect(resolvePointer(root, dangling), dangling).toBeUndefined();
    }
  });
});
