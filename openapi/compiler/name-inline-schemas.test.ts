// Schemas of bodies and answers become components.
import { describe, expect, it } from 'vitest';
import { type JsonObject, resolvePointer } from './json.ts';
import { nameInlineSchemas } from './name-inline-schemas.ts';
import { CREATE, jsonOf, refTo, rootOf } from './testing/documents.ts';

const object = { type: 'object' };
const answers = (content: JsonObject) => ({ responses: { '200': { description: 'd', content } } });

function named(operation: JsonObject, schemas: JsonObject = {}) {
  const { root, edits } = nameInlineSchemas(rootOf({ operation: { requestBody: {}, ...operation }, schemas }));
  const components = Object.keys(resolvePointer(root, '#/components/schemas') as JsonObject);
  return { root, components, edits };
}

it('a schema that is written into a body or an answer is named by its operation', () => {
  const { root, components, edits } = named({ requestBody: { content: jsonOf(object) }, ...answers(jsonOf(object)) });
  expect(components).toEqual(['create_body', 'create_answer']);
  expect(resolvePointer(root, `${CREATE}/requestBody/content/application~1json/schema`)).toEqual(refTo('create_body'));
  expect(edits[0]).toEqual({
    pointer: `${CREATE}/requestBody/content/application~1json/schema`,
    keyword: '$ref',
    edit: 'became the component create_body',
  });
});

it('a name that is taken is not used again', () => {
  expect(named(answers(jsonOf(object)), { create_answer: {} }).components).toEqual([
    'create_answer',
    'create_answer_2',
  ]);
});

it('an operation without an id is called by method and path', () => {
  expect(named({ operationId: null, ...answers(jsonOf(object)) }).components).toEqual(['post_fine_tuning_jobs_answer']);
});

describe('what stays as it is', () => {
  it.each<[string, JsonObject]>([
    ['a reference', answers(jsonOf(refTo('A')))],
    ['bytes', answers({ 'application/octet-stream': { schema: { type: 'string' } } })],
    ['a boolean schema', answers(jsonOf(true))],
    ['an error', { responses: { '400': { description: 'd', content: jsonOf(object) } } }],
    ['a default answer', { responses: { default: { description: 'd', content: jsonOf(object) } } }],
  ])('%s', (_, operation) => {
    const before = rootOf({ operation: { requestBody: {}, ...operation }, schemas: { A: {} } });
    expect(nameInlineSchemas(before)).toEqual({ root: before, edits: [] });
  });
});

it('forms and +json are objects with members too', () => {
  for (const type of [
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/hal+json; charset=utf-8',
  ]) {
    expect(named(answers({ [type]: { schema: object } })).components, type).toEqual(['create_answer']);
  }
});
