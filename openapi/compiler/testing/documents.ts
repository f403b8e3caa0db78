// Small OpenAPI documents for tests. What is of no account for a test is filled in here, so that each test shows
// nothing but what it is about.
import type { JsonObject, JsonValue } from '../json.ts';
import { parseText, type SourceDocument } from '../read-document.ts';

/** The pointer below which the one operation of a small document stands. */
export const CREATE = '#/paths/~1fine_tuning~1jobs/post';

/** What a test says of a document. */
export interface Parts {
  /** Component schemas; all of them are reached by the body of the one operation. */
  readonly schemas?: JsonObject;
  /** Members of that operation. */
  readonly operation?: JsonObject;
  /** Further paths. */
  readonly paths?: JsonObject;
  /** Further components, by group. */
  readonly components?: JsonObject;
  /** Further members of the document. */
  readonly root?: JsonObject;
}

/** A document with POST /fine_tuning/jobs, as JSON values. */
export function rootOf({ schemas = {}, operation = {}, paths = {}, components = {}, root = {} }: Parts): JsonObject {
  const names = Object.keys(schemas);
  const uses = names.map((name, index): [string, JsonValue] => [`m${index}`, refTo(name)]);
  const body = { content: jsonOf({ type: 'object', properties: Object.fromEntries(uses) }) };
  const answer = { '200': { description: 'the answer', content: jsonOf({ type: 'object' }) } };
  return {
    openapi: '3.1.0',
    info: { title: 'small', version: '1' },
    paths: {
      '/fine_tuning/jobs': {
        post: { operationId: 'create', requestBody: body, responses: answer, ...operation },
      },
      ...paths,
    },
    components: { schemas, ...components },
    ...root,
  };
}

/** The same as a document that was read from a file. */
export function documentOf(parts: Parts): SourceDocument {
  return parseText(JSON.stringify(rootOf(parts), null, 2), 'small.json');
}

/** A map of contents with one JSON schema. */
export function jsonOf(schema: JsonValue): JsonObject {
  return { 'application/json': { schema } };
}

/** A reference to a component schema. */
export function refTo(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
