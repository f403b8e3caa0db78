// Refuses schema keywords that the generators would not honour: a keyword passed over in silence would be a check
// that nobody makes.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonValue, member, textOf } from './json.ts';
import { assertSafePattern } from './pattern-guard.ts';
import type { SourceDocument } from './read-document.ts';
import { ANNOTATION_KEYWORDS, KNOWN_KEYWORDS, schemasIn } from './schema-walk.ts';

const NOT_GENERATED = new Set([
  'if', 'then', 'else', 'not', 'contains', 'minContains', 'maxContains', 'prefixItems', 'patternProperties', '$defs',
  'dependentSchemas', 'dependentRequired',
]); // prettier-ignore
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/** @throws CompileError naming the first schema keyword that is unknown, unsupported or malformed. */
export function checkKeywords(source: SourceDocument): void {
  for (const { schema, pointer } of schemasIn(source.root)) {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword.startsWith('x-')) continue;
      const where = source.locate(`${pointer}/${keyword}`);
      if (!KNOWN_KEYWORDS.has(keyword)) {
        throw new CompileError({
          what: `unknown schema keyword ${JSON.stringify(keyword)}`,
          where,
          mend: 'correct the spelling, or use an x- extension',
        });
      }
      if (NOT_GENERATED.has(keyword)) {
        throw new CompileError({
          what: `schema keyword ${JSON.stringify(keyword)} is not supported`,
          where,
          mend: 'express the constraint with properties, unions and bounds',
        });
      }
      const fault = malformed(keyword, value);
      if (fault) throw new CompileError({ what: `${keyword} ${fault}`, where, mend: 'see JSON Schema 2020-12' });
      if (keyword === 'pattern') assertSafePattern(textOf(value), where);
    }
  }
}

/** What is wrong with a keyword's value, or undefined. */
function malformed(keyword: string, value: JsonValue): string | undefined {
  if ((ANNOTATION_KEYWORDS as readonly string[]).includes(keyword)) return undefined;
  switch (keyword) {
    case 'type':
      return [value].flat().every((type) => typeof type === 'string' && TYPES.has(type))
        ? undefined
        : 'names no JSON type';
    case 'required':
      return Array.isArray(value) && value.every((name) => typeof name === 'string')
        ? undefined
        : 'is no list of names';
    case 'enum':
    case 'oneOf':
    case 'anyOf':
    case 'allOf':
      return Array.isArray(value) && value.length > 0 ? undefined : 'is no list with members';
    case 'properties':
      return isObject(value) ? undefined : 'is no map of schemas';
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return typeof value === 'number' ? undefined : 'is no number';
    case 'multipleOf':
      return typeof value === 'number' && value > 0 ? undefined : 'is no positive number';
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
    case 'minProperties':
    case 'maxProperties':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'is no count';
    case 'pattern':
    case 'format':
    case '$ref':
      return typeof value === 'string' ? undefined : 'is no text';
    default:
      return undefined;
  }
}

/** Every document needs an OpenAPI 3 label and paths before anything can be generated from it. */
export function checkOpenApi(source: SourceDocument): void {
  const label = member(source.root, 'openapi');
  if (typeof label !== 'string' || !/^3\.[01](\.\d+)?$/.test(label)) {
    throw new CompileError({
      what: `openapi is ${JSON.stringify(label ?? null)}`,
      where: source.locate('#/openapi'),
      mend: 'give an OpenAPI 3.0 or 3.1 document',
    });
  }
  if (!isObject(member(source.root, 'paths'))) {
    throw new CompileError({
      what: 'there are no paths',
      where: source.locate('#'),
      mend: 'give a document with operations',
    });
  }
}
