// Refuses schema keywords that the generators would not honour: a keyword passed over in silence would be a check
// that nobody makes.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, listOf, pointerTo } from './json.ts';
import { placesIn, schemasIn } from './openapi-structure.ts';
import { assertSafePattern } from './pattern-guard.ts';
import type { SourceDocument } from './read-document.ts';
import { KNOWN_KEYWORDS } from './schema-keywords.ts';

const NOT_GENERATED = new Set([
  'if', 'then', 'else', 'not', 'contains', 'minContains', 'maxContains', 'prefixItems', 'patternProperties', '$defs',
  'dependentSchemas', 'dependentRequired',
]); // prettier-ignore
/** What may stand in x-acceptance-when, and nowhere else. */
const CONDITIONS = new Set(['if', 'then', 'else', 'not']);

/** Each costs milliseconds to judge. */
const MAX_PATTERNS = 1_000;

/** @throws CompileError naming the first schema keyword that is unknown, unsupported or malformed. */
export function checkKeywords(source: SourceDocument): void {
  checkPatterns(source);
  for (const { schema, pointer } of schemasIn(source.root)) {
    checkSchema(schema, pointer, source, NOT_GENERATED);
    for (const [index, condition] of listOf(schema['x-acceptance-when']).entries()) {
      const at = pointerTo(pointer, 'x-acceptance-when', index);
      for (const place of placesIn({ kind: 'schema', value: condition, pointer: at })) {
        if (isObject(place.value)) checkSchema(place.value, place.pointer, source, EXCEPT_CONDITIONS);
      }
    }
  }
}

/** Conditions are not bundled: a reference in one would reach what nobody has checked, or the condition itself. */
const EXCEPT_CONDITIONS = new Set(['$ref', ...[...NOT_GENERATED].filter((keyword) => !CONDITIONS.has(keyword))]);

/** Patterns may stand in schemas, in conditions of acceptance, and as what is accepted; none may run away. */
function checkPatterns(source: SourceDocument): void {
  const seen = new Set<JsonValue>();
  for (const { schema, pointer } of schemasIn(source.root)) {
    for (const { value, at } of patternsIn(schema, pointer)) {
      if (seen.has(value)) continue;
      seen.add(value);
      if (seen.size > MAX_PATTERNS) {
        throw new CompileError({
          what: `there are more than ${MAX_PATTERNS} patterns`,
          where: source.locate(at),
          mend: 'give a document with fewer',
        });
      }
      assertSafePattern(value, () => source.locate(at));
    }
  }
}

function* patternsIn(schema: JsonObject, pointer: string): Generator<{ value: JsonValue; at: string }> {
  for (const keyword of ['pattern', 'x-accept-pattern']) {
    const value = schema[keyword];
    if (value !== undefined) yield { value, at: pointerTo(pointer, keyword) };
  }
  for (const [index, condition] of listOf(schema['x-acceptance-when']).entries()) {
    const at = pointerTo(pointer, 'x-acceptance-when', index);
    for (const place of placesIn({ kind: 'schema', value: condition, pointer: at })) {
      const value = isObject(place.value) ? place.value['pattern'] : undefined;
      if (value !== undefined) yield { value, at: pointerTo(place.pointer, 'pattern') };
    }
  }
}

function checkSchema(
  schema: JsonObject,
  pointer: string,
  source: SourceDocument,
  unsupported: ReadonlySet<string>,
): void {
  for (const [keyword, value] of Object.entries(schema)) {
    const refuse = (what: string, mend: string): never => {
      throw new CompileError({ what, where: source.locate(pointerTo(pointer, keyword)), mend });
    };
    if (keyword.startsWith('x-')) continue;
    if (!KNOWN_KEYWORDS.has(keyword)) {
      refuse(`unknown schema keyword ${JSON.stringify(keyword)}`, 'correct the spelling, or use an x- extension');
    }
    if (unsupported.has(keyword)) {
      const mend = 'express the constraint with properties, unions and bounds';
      refuse(`schema keyword ${JSON.stringify(keyword)} is not supported`, mend);
    }
    const fault = malformed(keyword, value);
    if (fault) refuse(`${keyword} ${fault}`, 'see JSON Schema 2020-12');
  }
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
type Check = readonly [fits: (value: JsonValue) => boolean, fault: string];

const isSchema = (value: JsonValue): boolean => isObject(value) || typeof value === 'boolean';
const isNames = (value: JsonValue): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string') && new Set(value).size === value.length;
const NUMBER: Check = [(value) => typeof value === 'number', 'is no number'];
const COUNT: Check = [(value) => Number.isInteger(value) && Number(value) >= 0, 'is no count'];
const TEXT: Check = [(value) => typeof value === 'string', 'is no text'];
const YES_OR_NO: Check = [(value) => typeof value === 'boolean', 'is neither true nor false'];
const SCHEMA: Check = [isSchema, 'is no schema'];
const SCHEMAS: Check = [
  (value) => listOf(value).length > 0 && listOf(value).every(isSchema),
  'is no list of schemas with members',
];

const CHECKS: ReadonlyMap<string, Check> = new Map(
  Object.entries<Check>({
    type: [
      (value) => {
        const types: JsonValue[] = [value].flat();
        return (
          types.length > 0 &&
          types.every((type) => typeof type === 'string' && TYPES.has(type)) &&
          new Set(types).size === types.length
        );
      },
      'names no JSON type',
    ],
    required: [isNames, 'is no list of names, each once'],
    enum: [(value) => listOf(value).length > 0, 'is no list with members'],
    properties: [(value) => isObject(value) && Object.values(value).every(isSchema), 'is no map of schemas'],
    multipleOf: [(value) => typeof value === 'number' && value > 0, 'is no positive number'],
    uniqueItems: YES_OR_NO,
    ...Object.fromEntries(['oneOf', 'anyOf', 'allOf'].map((keyword) => [keyword, SCHEMAS])),
    ...Object.fromEntries(['items', 'additionalProperties', 'propertyNames'].map((keyword) => [keyword, SCHEMA])),
    ...Object.fromEntries(
      ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((keyword) => [keyword, NUMBER]),
    ),
    ...Object.fromEntries(
      ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map((name) => [name, COUNT]),
    ),
    ...Object.fromEntries(['pattern', 'format', '$ref', 'title', 'description'].map((keyword) => [keyword, TEXT])),
  }),
);

/** What is wrong with a keyword's value, or undefined. */
function malformed(keyword: string, value: JsonValue): string | undefined {
  const check = CHECKS.get(keyword);
  return check && !check[0](value) ? check[1] : undefined;
}
