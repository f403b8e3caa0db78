// No keyword is passed over in silence.
import { describe, expect, it } from 'vitest';
import { checkKeywords } from './check-keywords.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { documentOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';

const checked = (schema: JsonObject) => faultOf(() => checkKeywords(documentOf({ schemas: { A: schema } })));

it('accepts every keyword that the generators honour, and extensions', async () => {
  const schema: JsonObject = {
    type: ['object', 'null'],
    required: ['a'],
    additionalProperties: false,
    propertyNames: { maxLength: 3 },
    properties: {
      a: { type: 'array', items: true, minItems: 0, uniqueItems: true },
      b: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.5, default: null },
      c: { oneOf: [{ enum: [{ a: 1 }] }, { const: null }], 'x-anything': { goes: 1 } },
    },
  };
  expect(await checked(schema)).toBe('none');
});

it('names an unknown keyword and its place', async () => {
  expect(await checked({ properties: { a: { maxLenght: 3 } } })).toMatch(
    /^small\.json:\d+:\d+ #\/components\/schemas\/A\/properties\/a\/maxLenght: unknown schema keyword "maxLenght"; correct/,
  );
});

it.each([
  'if',
  'then',
  'else',
  'not',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'patternProperties',
  '$defs',
  'dependentSchemas',
  'dependentRequired',
])('refuses %s, which the generators do not support', async (keyword) => {
  expect(await checked({ [keyword]: {} })).toContain(`schema keyword "${keyword}" is not supported; express`);
});

it.each(['constructor', '__proto__', 'toString'])('knows no keyword %s', async (keyword) => {
  const schema = JSON.parse(`{"${keyword}": 1}`) as JsonObject;
  expect(await checked(schema)).toContain(`unknown schema keyword "${keyword}"`);
});

it.each<[string, JsonValue, string]>([
  ['type', 'text', 'names no JSON type'],
  ['type', [], 'names no JSON type'],
  ['type', ['string', 'string'], 'names no JSON type'],
  ['type', [['string']], 'names no JSON type'],
  ['type', null, 'names no JSON type'],
  ['required', 'a', 'is no list of names, each once'],
  ['required', ['a', 'a'], 'is no list of names, each once'],
  ['required', [1], 'is no list of names, each once'],
  ['enum', [], 'is no list with members'],
  ['properties', { a: 1 }, 'is no map of schemas'],
  ['properties', [], 'is no map of schemas'],
  ['multipleOf', 0, 'is no positive number'],
  ['uniqueItems', 1, 'is neither true nor false'],
  ['oneOf', [], 'is no list of schemas with members'],
  ['anyOf', [{}, null], 'is no list of schemas with members'],
  ['allOf', {}, 'is no list of schemas with members'],
  ['items', [{}], 'is no schema'],
  ['additionalProperties', 'no', 'is no schema'],
  ['minimum', '1', 'is no number'],
  ['exclusiveMinimum', true, 'is no number'],
  ['maxLength', -1, 'is no count'],
  ['minItems', 1.5, 'is no count'],
  ['format', 1, 'is no text'],
  ['description', ['a'], 'is no text'],
])('refuses %s: %j', async (keyword, value, complaint) => {
  expect(await checked({ [keyword]: value })).toContain(
    `/${keyword}: ${keyword} ${complaint}; see JSON Schema 2020-12`,
  );
});

describe('conditions of acceptance', () => {
  it('may use if, then, else and not', async () => {
    const condition = { if: { not: { required: ['a'] } }, then: { required: ['b'] }, else: { maxProperties: 1 } };
    expect(await checked({ 'x-acceptance-when': [condition] })).toBe('none');
  });

  it.each(['contains', '$ref', 'maxLenght'])('may not use %s', async (keyword) => {
    expect(await checked({ 'x-acceptance-when': [{ then: { [keyword]: '#' } }] })).toContain(
      `/x-acceptance-when/0/then/${keyword}: `,
    );
  });
});

describe('patterns', () => {
  it.each<[JsonObject, string]>([
    [{ pattern: '(a+)+$' }, 'A/pattern: pattern "(a+)+$" repeats a repetition'],
    [{ 'x-accept-pattern': '(a+)+$' }, 'A/x-accept-pattern: pattern "(a+)+$" repeats'],
    [{ 'x-acceptance-when': [{ not: { pattern: '(a+)+$' } }] }, 'A/x-acceptance-when/0/not/pattern: pattern'],
    [{ pattern: '[' }, 'A/pattern: pattern "[" is no regular expression; simplify the pattern'],
    [{ pattern: 1 }, 'A/pattern: pattern 1 is no text'],
  ])('of %j are guarded', async (schema, complaint) => {
    expect(await checked(schema)).toContain(complaint);
  });

  it('are a thousand at most', async () => {
    const members = Array.from({ length: 1001 }, (_, index) => [`m${index}`, { pattern: `a${index}` }]);
    const properties = Object.fromEntries(members) as JsonObject;
    expect(await checked({ properties })).toContain('there are more than 1000 patterns');
  });

  it('that are all the same count once', async () => {
    const members = Array.from({ length: 1001 }, (_, index) => [`m${index}`, { pattern: 'a' }]);
    expect(await checked({ properties: Object.fromEntries(members) as JsonObject })).toBe('none');
  });
});
