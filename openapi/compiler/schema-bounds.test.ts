// Bounds, and which of two is tighter.
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { changeOfBound, impliedType, mergeBounds } from './schema-bounds.ts';

const merged = (parts: Parameters<typeof mergeBounds>[0], ...types: string[]) =>
  Object.fromEntries(mergeBounds(parts, new Set(types)));

describe('bounds that hold together', () => {
  it('are the tightest of each keyword', () => {
    expect(merged([{ minimum: 1, maxLength: 9 }, { minimum: 2, maxLength: 10 }, { minimum: 0 }])).toEqual({
      minimum: 2,
      maxLength: 9,
    });
  });

  it('that are exclusive stand under the inclusive keyword', () => {
    expect(merged([{ exclusiveMinimum: 0, exclusiveMaximum: 2 }])).toEqual({ minimum: '> 0', maximum: '< 2' });
    expect(merged([{ minimum: 0 }, { exclusiveMinimum: 0 }])).toEqual({ minimum: '> 0' });
    expect(merged([{ minimum: 1 }, { exclusiveMinimum: 0 }])).toEqual({ minimum: 1 });
  });

  it('of integers have no exclusive ones', () => {
    expect(merged([{ exclusiveMinimum: 0, exclusiveMaximum: 10 }], 'integer')).toEqual({ minimum: 1, maximum: 9 });
    expect(merged([{ exclusiveMinimum: 0.5 }], 'integer')).toEqual({ minimum: '> 0.5' });
    expect(merged([{ exclusiveMinimum: 0 }], 'integer', 'string')).toEqual({ minimum: '> 0' });
  });

  it('that say nothing are left out, but for minimum 0', () => {
    expect(merged([{ minLength: 0, minItems: 0, uniqueItems: false, minimum: 0 }])).toEqual({ minimum: 0 });
  });
});

describe('a change of a bound', () => {
  it.each<[string, JsonValue | undefined, JsonValue | undefined, string]>([
    ['maxLength', 64, 40, 'narrower'],
    ['maxLength', 40, 64, 'wider'],
    ['maxLength', 64, 64, 'same'],
    ['minimum', 1, 2, 'narrower'],
    ['minimum', 2, 1, 'wider'],
    ['minimum', 0, '> 0', 'narrower'],
    ['minimum', '> 0', 0, 'wider'],
    ['minimum', '> 0', 0.5, 'narrower'],
    ['maximum', 2, '< 2', 'narrower'],
    ['maximum', undefined, 2, 'narrower'],
    ['maximum', 2, undefined, 'wider'],
    ['pattern', 'a', 'b', 'both'],
    ['format', 'uri', undefined, 'same'],
    ['multipleOf', 2, 4, 'narrower'],
    ['multipleOf', 4, 2, 'wider'],
    ['multipleOf', 2, 3, 'both'],
  ])('%s from %j to %j is %s', (keyword, ours, theirs, change) => {
    expect(changeOfBound(keyword, ours, theirs)).toBe(change);
  });
});

describe('the type that a schema is meant for', () => {
  it.each([
    [{ properties: {} }, 'object'],
    [{ maxItems: 1 }, 'array'],
    [{ pattern: 'a' }, 'string'],
    [{ minimum: 1 }, 'number'],
    [{ enum: ['a', 'b'] }, 'string'],
    [{ enum: [{}] }, 'object'],
    [{ enum: [[]] }, 'array'],
    [{ enum: [null] }, 'null'],
    [{ enum: ['a', 1] }, undefined],
    [{ format: 'uri' }, undefined],
    [{}, undefined],
  ])('%j: %s', (schema, type) => {
    expect(impliedType(schema)).toBe(type);
  });
});
