// Repairs what an OpenAPI 3.1 document says in the dialect of 3.0 or misspells, and logs each edit. Read literally,
// the official document makes `suffix: null` invalid although null is its default, and seven of its bounds are no
// valid schema at all (contract.md 2.5; errata E-D1 to E-D3).
import { type JsonObject, type JsonValue, textOf } from './json.ts';
import { KNOWN_KEYWORDS, mapSchemas } from './schema-walk.ts';

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
  return { root: normalised as JsonObject, edits };
}

type Log = (keyword: string, edit: string) => void;

function nullableToType(schema: JsonObject, log: Log): JsonObject {
  if (!Object.hasOwn(schema, 'nullable')) return schema;
  const { nullable, ...rest } = schema;
  if (nullable !== true) {
    log('nullable', 'removed nullable: false, which changes nothing');
    return rest;
  }
  if (typeof rest['type'] === 'string') {
    log('nullable', 'nullable: true became a second type, null');
    const widened = { ...rest, type: [rest['type'], 'null'] };
    return Array.isArray(rest['enum']) ? { ...widened, enum: withNull(rest['enum'] as readonly JsonValue[]) } : widened;
  }
  log('nullable', 'nullable: true became anyOf with null');
  const { description, title, default: standard, deprecated, ...constraints } = rest;
  const notes = Object.fromEntries(
    Object.entries({ description, title, default: standard, deprecated }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  return { ...notes, anyOf: [constraints, { type: 'null' }] };
}

function withNull(values: readonly JsonValue[]): readonly JsonValue[] {
  return values.includes(null) ? values : [...values, null];
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
