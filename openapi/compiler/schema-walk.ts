// Where schemas stand in an OpenAPI document, and which keywords of JSON Schema 2020-12 the compiler knows.
import { isObject, type JsonObject, type JsonValue, pointerTo } from './json.ts';

/** Keywords whose value is one schema. */
export const SCHEMA_KEYWORDS = [
  'items',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contains',
] as const;
/** Keywords whose value is a list of schemas. */
export const SCHEMA_LIST_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
/** Keywords whose value is a map of schemas. */
export const SCHEMA_MAP_KEYWORDS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'] as const;
/** Keywords that constrain a value by themselves. */
export const VALUE_KEYWORDS = [
  'type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains',
  'minProperties', 'maxProperties', 'required', 'dependentRequired', '$ref',
] as const; // prettier-ignore
/** Keywords that describe and never constrain. */
export const ANNOTATION_KEYWORDS = [
  'title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly', 'example', 'examples', '$comment',
  'discriminator', 'xml', 'externalDocs', 'contentEncoding', 'contentMediaType', 'contentSchema',
] as const; // prettier-ignore

export const KNOWN_KEYWORDS: ReadonlySet<string> = new Set<string>([
  ...SCHEMA_KEYWORDS, ...SCHEMA_LIST_KEYWORDS, ...SCHEMA_MAP_KEYWORDS, ...VALUE_KEYWORDS, ...ANNOTATION_KEYWORDS,
]); // prettier-ignore

/** The schemas directly below a schema, with their pointers. */
export function* subschemas(schema: JsonObject, pointer: string): Generator<{ schema: JsonValue; pointer: string }> {
  for (const keyword of SCHEMA_KEYWORDS) {
    const value = schema[keyword];
    if (isObject(value)) yield { schema: value, pointer: pointerTo(pointer, keyword) };
  }
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    const value = schema[keyword];
    if (!Array.isArray(value)) continue;
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      yield { schema: item, pointer: pointerTo(pointer, keyword, index) };
    }
  }
  for (const keyword of SCHEMA_MAP_KEYWORDS) {
    const value = schema[keyword];
    if (!isObject(value)) continue;
    for (const [name, item] of Object.entries(value))
      yield { schema: item, pointer: pointerTo(pointer, keyword, name) };
  }
}

/** Every schema of a document, outermost first: below components, parameters, headers and bodies. */
export function* schemasIn(root: JsonValue, pointer = '#'): Generator<{ schema: JsonObject; pointer: string }> {
  if (Array.isArray(root)) {
    for (const [index, item] of (root as readonly JsonValue[]).entries())
      yield* schemasIn(item, pointerTo(pointer, index));
  } else if (isObject(root)) {
    for (const [name, value] of Object.entries(root)) {
      if (name === 'example' || name === 'examples' || name.startsWith('x-')) continue;
      const at = pointerTo(pointer, name);
      if (pointer === '#/components' && name === 'schemas' && isObject(value)) {
        for (const [component, schema] of Object.entries(value))
          yield* schemaAndBelow(schema, pointerTo(at, component));
      } else if (name === 'schema') {
        yield* schemaAndBelow(value, at);
      } else {
        yield* schemasIn(value, at);
      }
    }
  }
}

function* schemaAndBelow(schema: JsonValue, pointer: string): Generator<{ schema: JsonObject; pointer: string }> {
  if (!isObject(schema)) return;
  yield { schema, pointer };
  for (const below of subschemas(schema, pointer)) yield* schemaAndBelow(below.schema, below.pointer);
}

/** A copy of the document in which `edit` has replaced every schema, innermost first. */
export function mapSchemas(
  root: JsonValue,
  edit: (schema: JsonObject, pointer: string) => JsonValue,
  pointer = '#',
): JsonValue {
  if (Array.isArray(root)) {
    return (root as readonly JsonValue[]).map((item, index) => mapSchemas(item, edit, pointerTo(pointer, index)));
  }
  if (!isObject(root)) return root;
  return Object.fromEntries(
    Object.entries(root).map(([name, value]): [string, JsonValue] => {
      const at = pointerTo(pointer, name);
      if (name === 'example' || name === 'examples' || name.startsWith('x-')) return [name, value];
      if (pointer === '#/components' && name === 'schemas' && isObject(value)) {
        const schemas = Object.entries(value).map(([component, schema]) => [
          component,
          mapSchema(schema, edit, pointerTo(at, component)),
        ]);
        return [name, Object.fromEntries(schemas) as JsonObject];
      }
      return [name, name === 'schema' ? mapSchema(value, edit, at) : mapSchemas(value, edit, at)];
    }),
  );
}

/** A copy of one schema in which `edit` has replaced it and every schema below it, innermost first. */
export function mapSchema(
  schema: JsonValue,
  edit: (schema: JsonObject, pointer: string) => JsonValue,
  pointer: string,
): JsonValue {
  if (!isObject(schema)) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
      const at = pointerTo(pointer, keyword);
      if (includes(SCHEMA_KEYWORDS, keyword)) return [keyword, mapSchema(value, edit, at)];
      if (includes(SCHEMA_LIST_KEYWORDS, keyword) && Array.isArray(value)) {
        return [
          keyword,
          (value as readonly JsonValue[]).map((item, index) => mapSchema(item, edit, pointerTo(at, index))),
        ];
      }
      if (includes(SCHEMA_MAP_KEYWORDS, keyword) && isObject(value)) {
        return [
          keyword,
          Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, mapSchema(item, edit, pointerTo(at, name))]),
          ),
        ];
      }
      return [keyword, value];
    }),
  );
  return edit(copy, pointer);
}

function includes(list: readonly string[], keyword: string): boolean {
  return list.includes(keyword);
}
