// Emits the TypeScript types of a document with openapi-typescript. Defaults do not make a member required: with the
// tool's own default, `suffix` would have to be sent because it has one.
//
// The tool is handed a copy that holds nothing but what types are made of. It would follow references in examples,
// defaults and links, over the network too, and it writes the first step of a reference into the source as it stands.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, objectOf } from './json.ts';
import { type Kind, mapParts, partsOf, type Place } from './openapi-structure.ts';
import { KNOWN_KEYWORDS } from './schema-keywords.ts';

/** The source of a module with `paths`, `components` and `operations`. */
export async function emitTypes(root: JsonObject): Promise<string> {
  const document = {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    ...objectOf(reduced({ kind: 'document', value: root, pointer: '#' })),
  };
  // TypeScript takes a second to load, and there are commands and faults that do without.
  const { default: openapiTypescript, astToString } = await import('openapi-typescript');
  try {
    const nodes = await openapiTypescript(document, {
      defaultNonNullable: false,
      silent: true,
    });
    return astToString(nodes);
  } catch (error) {
    throw new CompileError({
      what: `no types can be made: ${error instanceof Error ? error.message : String(error)}`,
      where: '#',
      mend: 'correct what it names',
    });
  }
}

/** What types and their comments are made of, beside the parts of an object. */
const MEMBERS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  pathItem: ['summary', 'description'],
  operation: ['operationId', 'summary', 'description', 'deprecated'],
  parameter: ['$ref', 'name', 'in', 'required', 'description', 'deprecated'],
  requestBody: ['$ref', 'required', 'description'],
  response: ['$ref', 'description'],
  header: ['$ref', 'required', 'description', 'deprecated'],
};
const NOT_TYPES = new Set(['discriminator', 'xml', 'externalDocs', '$comment', 'contentSchema']);

function reduced(place: Place): JsonValue {
  const copy = mapParts(place, reduced);
  if (!isObject(copy)) return place.kind === 'schema' && place.pointer.includes('/allOf/') ? booleanSchema(copy) : copy;
  const kept = Object.entries(copy).filter(([name, value]) => isKept(place.kind, name, value));
  return Object.fromEntries(kept);
}

function isKept(kind: Kind, name: string, value: JsonValue): boolean {
  if (partsOf(kind, name)) return true;
  if (kind !== 'schema') return MEMBERS[kind]?.includes(name) ?? false;
  if (!KNOWN_KEYWORDS.has(name) || NOT_TYPES.has(name)) return false;
  // Values are data, but the tool would take an object with a $ref in them for a reference.
  return name === '$ref' || name === 'required' || name === 'type' || isScalars(value);
}

function isScalars(value: JsonValue): boolean {
  return [value].flat().every((item) => typeof item !== 'object' || item === null);
}

/** The tool knows true and false as schemas everywhere but in allOf. */
function booleanSchema(schema: JsonValue): JsonValue {
  return schema === true ? {} : { enum: [] };
}
