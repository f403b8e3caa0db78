// Text of others must neither steer a terminal nor become code.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, memberName, oneLine } from './text.ts';

const evaluated = (source: string): unknown => (0, eval)(`(${source})`);

describe('oneLine', () => {
  it('writes control characters, line ends and direction marks as escapes', () => {
    expect(oneLine('a\nb\u001b[31m\u2028\u202e\ufeff')).toBe('a\\u000ab\\u001b[31m\\u2028\\u202e\\ufeff');
  });

  it('cuts what is too long and says so', () => {
    expect(oneLine('abcdefghij', 8)).toBe('abcde...');
    expect(oneLine('abcdefgh', 8)).toBe('abcdefgh');
  });
});

describe('literal', () => {
  it('is an expression with the value of the JSON, whatever that is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(evaluated(literal(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps a member called __proto__ a member', () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1}}');
    const copy = evaluated(literal(value)) as object;
    expect(Object.getOwnPropertyNames(copy)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('holds no character that ends a line', () => {
    expect(literal({ '\u2028': '\n\r\u2029' })).toBe('{"\\u2028":"\\n\\r\\u2029"}');
  });

  it('leaves out members that are undefined, as JSON does', () => {
    expect(literal({ a: undefined, b: 1 })).toBe('{"b":1}');
  });
});

describe('memberName', () => {
  it('computes __proto__ and quotes the rest', () => {
    expect([memberName('__proto__'), memberName('a"b')]).toEqual(['["__proto__"]', '"a\\"b"']);
  });
});
