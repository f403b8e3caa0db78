import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../contract/json.ts';
import type { Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { isRefusedFor, onlyViolation, wrongValues } from './faults.ts';

const PLACE = '#/test';

function breaking(keyword: string, schema: Schema, current?: JsonValue): JsonValue[] {
  const value = (schema as Readonly<Record<string, JsonValue | undefined>>)[keyword] ?? null;
  return wrongValues({ keyword, value, place: { located: { schema, pointer: PLACE }, steps: [] } }, current);
}

describe('a value that breaks', () => {
  it.each<readonly [keyword: string, Schema, current: JsonValue | undefined, broken: readonly JsonValue[]]>([
    ['type', { type: 'string' }, 'a', [7, true, {}, []]],
    ['type', { type: 'integer' }, 1, ['text', true, {}, []]],
    ['oneOf', { oneOf: [{ type: 'string', enum: ['auto'] }, { type: 'object' }] }, {}, [7, true, {}, []]],
    ['enum', { type: 'string', enum: ['a'] }, 'a', ['unsupported', -1]],
    ['minimum', { type: 'integer', minimum: 5 }, 6, [4]],
    ['minimum', { type: 'number', minimum: 0 }, 1, [-0.1]],
    ['minimum', { type: 'number', minimum: 20 }, 30, [18]],
    ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 0 }, 1, [0]],
    ['exclusiveMaximum', { type: 'number', exclusiveMaximum: 9 }, 1, [9]],
    ['maximum', { type: 'integer', maximum: 5 }, 4, [6]],
    ['maximum', { type: 'number', maximum: 2 }, 1, [2.1]],
    ['multipleOf', { type: 'number', multipleOf: 4 }, 8, [2]],
    ['minLength', { type: 'string', minLength: 3 }, 'abc', ['aa']],
    ['maxLength', { type: 'string', maxLength: 3 }, 'abc', ['aaaa']],
    ['pattern', { type: 'string', pattern: '^[a-z]+$' }, 'abc', ['', ' ', '\u0000']],
    ['minItems', { type: 'array', minItems: 2 }, [1, 2], [[1]]],
    ['minItems', { type: 'array', minItems: 2 }, undefined, [[]]],
    ['maxItems', { type: 'array', maxItems: 2 }, [1, 2], [[1, 1, 1]]],
    ['maxItems', { type: 'array', maxItems: 1 }, [], [[null, null]]],
    ['uniqueItems', { type: 'array', uniqueItems: true }, [1, 2], [[1, 2, 1, 2]]],
    ['minProperties', { type: 'object', minProperties: 1 }, { a: 1 }, [{}]],
    ['maxProperties', { type: 'object', maxProperties: 1 }, { a: 1 }, [{ key0: 'value', key1: 'value' }]],
    ['additionalProperties', { type: 'object', additionalProperties: false }, {}, [{ unsupported_member: true }]],
  ])('%s of %j is known', (keyword, schema, current, broken) => {
    expect(breaking(keyword, schema, current)).toEqual(broken);
    expect(violations({ schema, pointer: PLACE }, broken[0] ?? null)).toContainEqual(
      expect.objectContaining({ keyword }),
    );
  });

  it('a member that may not be there stands beside those that are', () =>
    expect(breaking('additionalProperties', { additionalProperties: false }, { a: 1 })).toEqual([
      { a: 1, unsupported_member: true },
    ]));

  it('nobody knows how to break is an error', () =>
    expect(() => breaking('nonsense', {})).toThrow('no way is known to break nonsense'));
});

describe('a body', () => {
  const GOOD = { model: '${model}', training_file: '${training_file}' };
  const SEED = '#/components/schemas/CreateFineTuningJobRequest/properties/seed minimum';

  it('breaks one constraint only where it breaks one, and ajv refuses it too', () => {
    expect(onlyViolation(GOOD)).toBeUndefined();
    expect(onlyViolation({ ...GOOD, seed: -1 })).toMatchObject({ keyword: 'minimum', at: '/seed' });
    expect(onlyViolation({ ...GOOD, seed: -1, suffix: '' })).toBeUndefined();
  });

  it('is refused for a site where nothing else would refuse it', () => {
    expect(isRefusedFor([SEED], { ...GOOD, seed: -1 })).toBe(true);
    expect(isRefusedFor([SEED], { ...GOOD, seed: -1, suffix: '' })).toBe(false);
    expect(isRefusedFor([SEED], { ...GOOD, seed: 1 })).toBe(false);
  });
});
