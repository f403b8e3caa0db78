// One form for the many ways of writing the same schema, so that two documents can be compared constraint by
// constraint and payload generation has one shape to read: null is a flag (`nullable`), const is an enum of one,
// a union of one is its member, and prose is gone. Extensions (x-…) stay.
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { mapSchema } from './schema-walk.ts';

const PROSE = new Set([
  'title',
  'description',
  'example',
  'examples',
  '$comment',
  'externalDocs',
  'xml',
  'deprecated',
  'discriminator',
]);

/** The canonical form of a schema in true 2020-12 dialect. */
export function canonicalSchema(schema: JsonValue): JsonValue {
  return mapSchema(schema, (current) => collapse(splitNull(constToEnum(withoutProse(current)))), '');
}

function withoutProse(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !PROSE.has(keyword)));
}

function constToEnum(schema: JsonObject): JsonObject {
  if (!Object.hasOwn(schema, 'const')) return schema;
  const { const: only, ...rest } = schema;
  return { ...rest, enum: [only ?? null] };
}

/** Turns each way of allowing null into `nullable: true`. */
function splitNull(schema: JsonObject): JsonObject {
  let result = schema;
  let nullable = false;
  if (Array.isArray(result['type'])) {
    const types = (result['type'] as readonly JsonValue[]).filter((type) => type !== 'null');
    nullable = types.length < (result['type'] as readonly JsonValue[]).length;
    result = { ...result, type: types.length === 1 ? (types[0] ?? null) : types };
  }
  for (const union of ['anyOf', 'oneOf'] as const) {
    const branches = result[union];
    if (!Array.isArray(branches)) continue;
    const others = (branches as readonly JsonValue[]).filter((branch) => !isNullSchema(branch));
    if (others.length < branches.length) {
      nullable = true;
      result = { ...result, [union]: others };
    }
  }
  if (nullable && Array.isArray(result['enum'])) {
    result = { ...result, enum: (result['enum'] as readonly JsonValue[]).filter((value) => value !== null) };
  }
  return nullable ? { ...result, nullable: true } : result;
}

function isNullSchema(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'null';
}

/** A union of one branch becomes that branch; what stood beside the union wins, for it is the outer word. */
function collapse(schema: JsonObject): JsonObject {
  for (const union of ['anyOf', 'oneOf', 'allOf'] as const) {
    const branches = schema[union];
    if (!Array.isArray(branches) || branches.length !== 1) continue;
    const only = (branches as readonly JsonValue[])[0];
    if (!isObject(only)) continue;
    const { [union]: _union, ...outer } = schema;
    const merged = { ...only, ...outer };
    return collapse(only['nullable'] === true ? { ...merged, nullable: true } : merged);
  }
  return schema;
}
