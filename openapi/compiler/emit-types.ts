// Emits the TypeScript types of a document with openapi-typescript. Defaults do not make a member required: with the
// tool's own default, `suffix` would have to be sent because it has one.
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { isObject, type JsonObject, mapValues } from './json.ts';

/** The source of a module with `paths`, `components` and `operations`. */
export async function emitTypes(root: JsonObject): Promise<string> {
  const clean = mapValues(root, (value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('x-'))) : value,
  );
  const nodes = await openapiTypescript(escapeComments(clean as JsonObject) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    silent: true,
  });
  return astToString(nodes);
}

/** Prose becomes comments: what would end a comment early is taken apart. */
function escapeComments(root: JsonObject): JsonObject {
  const prose = new Set(['title', 'description', 'summary', 'format', 'example']);
  return mapValues(root, (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, text]) => [
            name,
            prose.has(name) && typeof text === 'string' ? text.replaceAll('*/', '* /') : text,
          ]),
        )
      : value,
  ) as JsonObject;
}
