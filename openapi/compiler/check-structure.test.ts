// Documents of another shape than OpenAPI gives them are refused at the first place.
import { describe, expect, it } from 'vitest';
import { checkLabel, checkStructure } from './check-structure.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { parseText } from './read-document.ts';
import { documentOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';

const labelled = (root: JsonObject) => faultOf(() => checkLabel(parseText(JSON.stringify(root), 'a.json')));
const shaped = (operation: JsonObject) => faultOf(() => checkStructure(documentOf({ operation })));

describe('the label', () => {
  it.each(['3.0.0', '3.0.3', '3.1.0', '3.1'])('may be %s', async (openapi) => {
    expect(await labelled({ openapi, paths: {} })).toBe('none');
  });

  it.each<[JsonObject, string]>([
    [{ swagger: '2.0' }, '#/swagger: this is Swagger "2.0"; convert it to OpenAPI 3.0 or 3.1'],
    [{ paths: {} }, '#: there is no openapi label'],
    [{ openapi: '4.0.0', paths: {} }, '#/openapi: openapi is "4.0.0"'],
    [{ openapi: 3.1, paths: {} }, '#/openapi: openapi is 3.1'],
    [{ openapi: '3.1.0' }, '#/paths: there are no paths'],
    [{ openapi: '3.1.0', paths: [] }, '#/paths: there are no paths'],
  ])('of %j is refused', async (root, complaint) => {
    expect(await labelled(root)).toContain(complaint);
  });
});

describe('the structure', () => {
  it.each<[JsonObject, string]>([
    [{ responses: [] }, '/post/responses: responses has to be a map of response objects'],
    [{ responses: { '200': 'ok' } }, '/post/responses/200: a response has to be an object'],
    [{ parameters: {} }, '/post/parameters: parameters has to be a list of parameter objects'],
    [{ parameters: [1] }, '/post/parameters/0: a parameter has to be an object'],
    [{ parameters: [{ in: 'query' }] }, '/post/parameters/0: a parameter has no name'],
    [{ parameters: [{ name: 'a' }] }, '/post/parameters/0/in: a parameter is in null'],
    [{ parameters: [{ name: 'a', in: ['query'] }] }, '/post/parameters/0/in: a parameter is in ["query"]'],
    [{ requestBody: { content: [] } }, '/requestBody/content: content has to be a map of mediaType objects'],
    [{ requestBody: { content: { a: { schema: 'x' } } } }, '/content/a/schema: a schema has to be an object'],
    [{ operationId: 7 }, '/post/operationId: operationId is no text'],
    [{ description: {} }, '/post/description: description is no text'],
    [{ responses: { '200': { description: 'd', headers: { H: [] } } } }, '/headers/H: a header has to be an object'],
  ])('of %j is refused', async (operation, complaint) => {
    expect(await shaped(operation)).toContain(`${complaint}; see the OpenAPI specification`);
  });

  it('takes a reference, a boolean schema and an extension as they come', async () => {
    const value: JsonValue = { 'x-note': 'text', '200': { $ref: '#/components/responses/R', description: 1 } };
    expect(await shaped({ responses: value, requestBody: { content: { a: { schema: true } } } })).toBe('none');
  });

  it('takes a response called schema for a response', async () => {
    expect(await shaped({ responses: { default: { description: 'd', content: { schema: {} } } } })).toBe('none');
  });

  it('gives each operation a name of its own', async () => {
    const paths = { '/files': { get: { operationId: 'create', responses: {} } } };
    const message = await faultOf(() => checkStructure(documentOf({ paths })));
    expect(message).toContain('#/paths/~1files/get/operationId: operationId "create" stands twice');
  });
});
