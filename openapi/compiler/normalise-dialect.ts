// Repairs what an OpenAPI 3.1 document says in the dialect of 3.0 or misspells, and logs each edit. Read literally,
// the official document makes `suffix: null` invalid although null is its default, and seven of its bounds are no
// valid schema at all (errata E-D1 to E-D3).
import { type JsonObject, type JsonValue, listOf, textOf } from './json.ts';
import { mapSchemas } from './openapi-structure.ts';
import { KNOWN_KEYWORDS } from './schema-keywords.ts';

/** One repair: where, and what was done. */
export interface DialectEdit {
  readonly pointer: string;
  readonly keyword: string;
  readonly edit: string;
}

/** The document in true JSON Schema 2020-12, with the log of what was changed to get there. */
export function normaliseDialect(root: JsonObject): { root: JsonObject; edits: readonly DialectEdit[] } {
  const edits: DialectEdit[] = [];
  const normalised = mapSchemas(root, (schema, pointer) => {
    const log = (keyword: string, edit: string): void => void edits.push({ pointer, keyword, edit });
    return dropMisspelt(boundsToNumbers(nullableToType(schema, log), log), log);
  });
  edits.sort((a, b) => (a.pointer < b.pointer ? -1 : a.pointer > b.pointer ? 1 : 0));
  return { root: normalised, edits };
}

type Log = (keyword: string, edit: string) => void;

/** Keywords beside which a further type would not let null in: each has its own word on the value. */
const DECISIVE = ['$ref', 'allOf', 'anyOf', 'oneOf', 'const'];
/** Keywords that say something about the place, not about what stands there. */
const NOTES = new Set([
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
]);

function nullableToType(schema: JsonObject, log: Log): JsonObject {
  if (typeof schema['nullable'] !== 'boolean') return schema;
  const { nullable, ...rest } = schema;
  if (!nullable) {
    log('nullable', 'removed nullable: false, which changes nothing');
    return rest;
  }
  const types = [rest['type'] ?? []].flat() as readonly JsonValue[];
  if (types.length > 0 && !DECISIVE.some((keyword) => Object.hasOwn(rest, keyword))) {
    log('nullable', 'nullable: true became a second type, null');
    const widened = { ...rest, type: withNull(types, 'null') };
    return Array.isArray(rest['enum']) ? { ...widened, enum: withNull(listOf(rest['enum']), null) } : widened;
  }
  log('nullable', 'nullable: true became anyOf with null');
  const isNote = ([keyword]: [string, JsonValue]): boolean => NOTES.has(keyword) || keyword.startsWith('x-');
  const entries = Object.entries(rest);
  const constraints = Object.fromEntries(entries.filter((entry) => !isNote(entry)));
  return { ...Object.fromEntries(entries.filter(isNote)), anyOf: [constraints, { type: 'null' }] };
}

function withNull(values: readonly JsonValue[], absent: JsonValue): readonly JsonValue[] {
  return values.includes(absent) ? values : [...values, absent];
}

function boundsToNumbers(schema: JsonObject, log: Log): JsonObject {
  let result = schema;
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[exclusive] !== 'boolean') continue;
    const { [exclusive]: isExclusive, [bound]: limit, ...rest } = result;
    if (isExclusive === true && typeof limit === 'number') {
      log(exclusive, `${bound}: ${limit} with ${exclusive}: true became ${exclusive}: ${limit}`);
      result = { ...rest, [exclusive]: limit };
    } else {
      log(exclusive, `removed ${exclusive}: ${textOf(isExclusive)}, which changes nothing`);
      result = limit === undefined ? rest : { ...rest, [bound]: limit };
    }
  }
  return result;
}

/** Drops snake_case spellings of keywords: a validator would ignore them, so nobody can have relied on them. */
function dropMisspelt(schema: JsonObject, log: Log): JsonObject {
  const misspelt = Object.keys(schema).filter((keyword) => {
    const camel = keyword.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return camel !== keyword && KNOWN_KEYWORDS.has(camel);
  });
  if (misspelt.length === 0) return schema;
  for (const keyword of misspelt) log(keyword, `removed ${keyword}, which is not a keyword`);
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !misspelt.includes(keyword)));
}
