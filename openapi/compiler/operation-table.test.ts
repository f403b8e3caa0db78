// What can be called, and what answers.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { mainContent, operationTable } from './operation-table.ts';
import { jsonOf, refTo } from './testing/documents.ts';

function entry(operation: JsonObject, item: JsonObject = {}, root: JsonObject = {}) {
  const [only] = operationTable({ paths: { '/a/{b}': { ...item, post: operation } }, ...root });
  return only;
}

it('tells everything that a caller needs', () => {
  const operation: JsonObject = {
    operationId: 'go',
    tags: ['Tag', 'Other'],
    security: [{ Key: [] }, { Admin: [] }],
    parameters: [
      { name: 'b', in: 'path', required: true },
      { name: 'limit', in: 'query', schema: { type: ['integer', 'null'] } },
      { name: 'X-Trace', in: 'header' },
    ],
    requestBody: { required: true, content: jsonOf(refTo('Body')) },
    responses: {
      '200': { content: jsonOf(refTo('Answer')) },
      '204': { description: 'nothing' },
      '404': { description: 'none' },
      default: { description: 'else' },
    },
  };
  expect(entry(operation)).toEqual({
    id: 'go',
    method: 'POST',
    path: '/a/{b}',
    tag: 'Tag',
    security: ['Key', 'Admin'],
    pathParameters: ['b'],
    queryParameters: [{ name: 'limit', required: false, schema: { type: 'integer', nullable: true } }],
    body: { contentType: 'application/json', component: 'Body', required: true },
    answers: [
      { status: 200, contentType: 'application/json', component: 'Answer' },
      { status: 204, contentType: '', component: null },
    ],
    errors: [404],
  });
});

it('falls back on what the document and the path say', () => {
  const root = { security: [{ Key: [] }] };
  expect(entry({}, { parameters: [{ name: 'b', in: 'path' }] }, root)).toMatchObject({
    id: 'post /a/{b}',
    tag: '',
    security: ['Key'],
    pathParameters: ['b'],
    body: null,
    answers: [],
  });
});

describe('parameters', () => {
  it('of an operation replace those of the path with the same name and place', () => {
    const item = {
      parameters: [
        { name: 'q', in: 'query' },
        { name: 'q', in: 'header' },
      ],
    };
    const own = { parameters: [{ name: 'q', in: 'query', required: true }] };
    expect(entry(own, item)?.queryParameters).toEqual([{ name: 'q', required: true, schema: {} }]);
  });

  it('may be references', () => {
    const components = { parameters: { P: { name: 'after', in: 'query', schema: { type: 'string' } } } };
    expect(entry({ parameters: [{ $ref: '#/components/parameters/P' }] }, {}, { components })?.queryParameters).toEqual(
      [{ name: 'after', required: false, schema: { type: 'string' } }],
    );
  });
});

it('names no component for content that has none', () => {
  const responses = { '200': { content: { 'application/octet-stream': { schema: { type: 'string' } } } } };
  expect(entry({ responses })?.answers).toEqual([
    { status: 200, contentType: 'application/octet-stream', component: null },
  ]);
});

it('tells of JSON where a message has several kinds', () => {
  const message = {
    content: { 'text/plain': { schema: {} }, 'application/json; charset=utf-8': { schema: refTo('A') } },
  };
  expect(mainContent(message)).toEqual(['application/json; charset=utf-8', { schema: refTo('A') }]);
  expect(mainContent({ content: { 'text/plain': {} } })).toEqual(['text/plain', {}]);
  expect(mainContent(null)).toEqual(['', null]);
});
