// Types of a document.
import { describe, expect, it, vi } from 'vitest';
import { emitTypes } from './emit-types.ts';
import type { JsonObject } from './json.ts';
import { jsonOf, rootOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';
import { typeErrors } from './testing/run-module.ts';

const typesOf = (schemas: JsonObject, operation: JsonObject = {}) => emitTypes(rootOf({ schemas, operation }));
const errorsIn = async (schemas: JsonObject, use: string) =>
  typeErrors(new Map([['types.ts', await typesOf(schemas)], ['use.ts', `import type { components } from './types.ts';\n${use}`]])); // prettier-ignore

describe('a member', () => {
  it('with a default need not be sent', async () => {
    const schemas = {
      A: {
        type: 'object',
        required: ['b'],
        properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } },
      },
    };
    expect(await errorsIn(schemas, "export const a: components['schemas']['A'] = { b: '' };")).toEqual([]);
    expect(await errorsIn(schemas, "export const a: components['schemas']['A'] = { a: '' };")).toHaveLength(1);
  });

  it('with an enum takes its values alone', async () => {
    const schemas = { A: { enum: ['a', null] } };
    expect(await errorsIn(schemas, "export const a: components['schemas']['A'][] = ['a', null];")).toEqual([]);
    expect(await errorsIn(schemas, "export const a: components['schemas']['A'] = 'b';")).toHaveLength(1);
  });
});

it('a schema of an allOf may be true or false', async () => {
  const schemas = { A: { allOf: [true, { type: 'string' }] }, B: { allOf: [false] } };
  expect(await errorsIn(schemas, "export const a: components['schemas']['A'] = 'x';")).toEqual([]);
});

it('references in data are not followed, over the network least of all', async () => {
  const data = { $ref: 'http://127.0.0.1:1/secret.json' };
  const schemas = { A: { type: 'object', example: data, default: data, examples: [data], enum: [data], 'x-a': data } };
  const operation = {
    requestBody: {
      content: { 'application/json': { schema: { type: 'string' }, example: data, examples: { a: data } } },
    },
    responses: { '200': { description: 'd', content: jsonOf({ type: 'string' }), links: { next: data } } },
    callbacks: { done: data },
    'x-data': data,
  };
  expect(await typesOf(schemas, operation)).not.toContain('127.0.0.1');
});

it('says what no types can be made of', async () => {
  // The tool complains on the console, too.
  vi.spyOn(console, 'error').mockReturnValue();
  expect(await faultOf(() => typesOf({ A: { $ref: '#/components/schemas/Gone' } }))).toMatch(
    /^#: no types can be made: /,
  );
});

it('says the same for the same document', async () => {
  const schemas = { B: { type: 'string' }, A: { anyOf: [{ type: 'string' }, { type: 'null' }] } };
  expect(await typesOf(schemas)).toBe(await typesOf(schemas));
});
