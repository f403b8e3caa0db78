// Repairs of the dialect, each logged.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { normaliseDialect } from './normalise-dialect.ts';

function repaired(schema: JsonObject) {
  const { root, edits } = normaliseDialect({ components: { schemas: { A: schema } } });
  return { schema: (root['components'] as { schemas: JsonObject }).schemas['A'], log: edits.map(({ edit }) => edit) };
}

describe('nullable', () => {
  it('becomes a second type', () => {
    expect(repaired({ type: 'string', nullable: true })).toEqual({
      schema: { type: ['string', 'null'] },
      log: ['nullable: true became a second type, null'],
    });
  });

  it('lets null into the enum too, once', () => {
    const { schema } = repaired({ type: 'string', enum: ['a'], nullable: true });
    expect(schema).toEqual({ type: ['string', 'null'], enum: ['a', null] });
    expect(repaired({ type: ['string', 'null'], enum: ['a', null], nullable: true }).schema).toEqual(schema);
  });

  it('beside a reference or a union becomes a union with null; notes stay outside', () => {
    const { schema, log } = repaired({
      nullable: true,
      oneOf: [{ type: 'string' }],
      description: 'd',
      default: null,
      'x-a': 1,
    });
    expect(schema).toEqual({
      description: 'd',
      default: null,
      'x-a': 1,
      anyOf: [{ oneOf: [{ type: 'string' }] }, { type: 'null' }],
    });
    expect(log).toEqual(['nullable: true became anyOf with null']);
    expect(repaired({ nullable: true, $ref: '#/x' }).schema).toEqual({ anyOf: [{ $ref: '#/x' }, { type: 'null' }] });
    expect(repaired({ nullable: true, type: 'string', const: 'a' }).schema).toEqual({
      anyOf: [{ type: 'string', const: 'a' }, { type: 'null' }],
    });
  });

  it('false is taken away', () => {
    expect(repaired({ type: 'string', nullable: false })).toEqual({
      schema: { type: 'string' },
      log: ['removed nullable: false, which changes nothing'],
    });
  });

  it('of another type is left for the check of keywords', () => {
    expect(repaired({ nullable: 'yes' })).toEqual({ schema: { nullable: 'yes' }, log: [] });
  });
});

describe('exclusive bounds', () => {
  it('that are true take the number of the inclusive one', () => {
    expect(repaired({ minimum: 0, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true })).toEqual({
      schema: { exclusiveMinimum: 0, exclusiveMaximum: 2 },
      log: [
        'minimum: 0 with exclusiveMinimum: true became exclusiveMinimum: 0',
        'maximum: 2 with exclusiveMaximum: true became exclusiveMaximum: 2',
      ],
    });
  });

  it('that are false, or have no number beside them, are taken away', () => {
    expect(repaired({ minimum: 0, exclusiveMinimum: false }).schema).toEqual({ minimum: 0 });
    expect(repaired({ exclusiveMinimum: true })).toEqual({
      schema: {},
      log: ['removed exclusiveMinimum: true, which changes nothing'],
    });
  });

  it('that are numbers already stay', () => {
    expect(repaired({ exclusiveMinimum: 0 })).toEqual({ schema: { exclusiveMinimum: 0 }, log: [] });
  });
});

describe('misspelt keywords', () => {
  it('are taken away, for nobody can have relied on them', () => {
    expect(repaired({ min_items: 2, max_items: 2, type: 'array' })).toEqual({
      schema: { type: 'array' },
      log: ['removed min_items, which is not a keyword', 'removed max_items, which is not a keyword'],
    });
  });

  it('are not looked for among the names of members', () => {
    const schema = { properties: { min_items: { type: 'string' }, nullable: { type: 'string' } } };
    expect(repaired(schema)).toEqual({ schema, log: [] });
  });

  it('that resemble no keyword stay, to be refused', () => {
    expect(repaired({ min_width: 1 }).schema).toEqual({ min_width: 1 });
  });
});

it('reaches the schemas of parameters, bodies and headers, and logs them by pointer', () => {
  const nullable = { type: 'string', nullable: true };
  const { edits } = normaliseDialect({
    paths: {
      '/b': { get: { responses: { '200': { headers: { H: { schema: nullable } } } } } },
      '/a': { post: { parameters: [{ schema: nullable }], requestBody: { content: { x: { schema: nullable } } } } },
    },
  });
  expect(edits.map(({ pointer }) => pointer)).toEqual([
    '#/paths/~1a/post/parameters/0/schema',
    '#/paths/~1a/post/requestBody/content/x/schema',
    '#/paths/~1b/get/responses/200/headers/H/schema',
  ]);
});

it('leaves a document in true dialect as it is, examples included', () => {
  const root = { components: { schemas: { A: { type: 'string', example: { nullable: true } } } } };
  expect(normaliseDialect(root)).toEqual({ root, edits: [] });
});
