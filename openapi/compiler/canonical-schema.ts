// One form for the many ways of writing the same schema, so that two documents can be compared constraint by
// constraint and payload generation has one shape to read: null is a flag (`nullable`), const is an enum of one,
// a union of one is its member, and prose is gone. Extensions (x-…) stay.
import { isObject, type JsonObject, type JsonValue, listOf } from './json.ts';
import { mapSchema } from './openapi-structure.ts';

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

const UNIONS = ['anyOf', 'oneOf'] as const;

/** Turns each way of allowing null into `nullable: true`, where every keyword of the schema lets it in. */
function splitNull(schema: JsonObject): JsonObject {
  const types = listOf(schema['type']);
  const values = listOf(schema['enum']);
  const isTypeMixed = types.includes('null') && types.length > 1;
  const isEnumMixed = values.includes(null) && values.length > 1;
  const mixed = UNIONS.filter((union) => {
    const branches = listOf(schema[union]);
    return branches.length > 1 && branches.some(isNullSchema);
  });
  if (!isTypeMixed && !isEnumMixed && mixed.length === 0) return schema;
  let result = schema;
  if (isTypeMixed) {
    const others = types.filter((type) => type !== 'null');
    result = { ...result, type: others.length === 1 ? (others[0] ?? null) : others };
  }
  if (isEnumMixed) result = { ...result, enum: values.filter((value) => value !== null) };
  for (const union of mixed) {
    result = { ...result, [union]: listOf(schema[union]).filter((branch) => !isNullSchema(branch)) };
  }
  const typeLetsIn = schema['type'] === undefined || isTypeMixed;
  const enumLetsIn = values.length === 0 || isEnumMixed;
  const unionsLetIn = UNIONS.every((union) => listOf(schema[union]).length === 0 || mixed.includes(union));
  return typeLetsIn && enumLetsIn && unionsLetIn ? { ...result, nullable: true } : result;
}

function isNullSchema(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'null';
}

/** A union of one branch becomes that branch, unless both say something about the same keyword. */
function collapse(schema: JsonObject): JsonObject {
  for (const union of [...UNIONS, 'allOf'] as const) {
    const [only, ...others] = listOf(schema[union]);
    if (!isObject(only) || others.length > 0) continue;
    const { [union]: _union, ...outer } = schema;
    if (Object.keys(outer).some((keyword) => isContradiction(keyword, outer, only))) continue;
    const merged = { ...only, ...outer };
    return collapse(only['nullable'] === true ? { ...merged, nullable: true } : merged);
  }
  return schema;
}

/** Notes may differ, for what stands beside the union is the outer word; constraints may not. */
function isContradiction(keyword: string, outer: JsonObject, only: JsonObject): boolean {
  if (!Object.hasOwn(only, keyword) || ['default', 'nullable'].includes(keyword) || keyword.startsWith('x-')) {
    return false;
  }
  return JSON.stringify(outer[keyword]) !== JSON.stringify(only[keyword]);
}
