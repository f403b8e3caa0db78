// The constraint table: every schema pointer x keyword of the contract. It is the base of case generation, of
// coverage, and of the comparison with the official document.
import { canonicalSchema } from './canonical-schema.ts';
import type { Standing } from './extensions.ts';
import { isObject, type JsonObject, type JsonValue, listOf, member, objectOf, pointerTo } from './json.ts';

/** One constraint of one schema. */
export interface Constraint {
  /** Where, in the canonical form of the document. */
  readonly pointer: string;
  readonly keyword: string;
  readonly value: JsonValue;
  readonly standing?: Standing;
}

const SIMPLE = [
  'type', 'nullable', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems',
  'minProperties', 'maxProperties', 'default', '$ref',
] as const; // prettier-ignore

/** The constraints of a component map (`#/components/schemas`) in canonical form, in document order. */
export function constraintTable(components: JsonObject): Constraint[] {
  return Object.entries(components).flatMap(([name, schema]) => [
    ...constraintsOf(schema, pointerTo('#/components/schemas', name)),
  ]);
}

/** The canonical component schemas by name. */
export function canonicalComponents(root: JsonObject): JsonObject {
  const schemas = Object.entries(objectOf(member(root['components'], 'schemas')));
  return Object.fromEntries(schemas.map(([name, schema]) => [name, canonicalSchema(schema)]));
}

function* constraintsOf(schema: JsonValue, pointer: string): Generator<Constraint> {
  // A schema that nothing satisfies has no keyword to stand under.
  if (schema === false) yield { pointer, keyword: 'false', value: false };
  if (!isObject(schema)) return;
  const entry = (keyword: string, value: JsonValue, standingKey = keyword): Constraint => {
    const standing = member(schema['x-constraints'], standingKey);
    return standing === undefined
      ? { pointer, keyword, value }
      : { pointer, keyword, value, standing: standing as unknown as Standing };
  };
  for (const keyword of SIMPLE) {
    const value = schema[keyword];
    if (value !== undefined) yield entry(keyword, value);
  }
  for (const name of listOf(schema['required']).map(String).sort()) yield entry('required', name, `required/${name}`);
  if (schema['additionalProperties'] === false) yield entry('additionalProperties', false);
  for (const union of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = listOf(schema[union]);
    if (branches.length > 0) yield entry(union, branches.length);
    for (const [index, branch] of branches.entries()) {
      yield* constraintsOf(branch, pointerTo(pointer, union, index));
    }
  }
  for (const [name, below] of Object.entries(objectOf(schema['properties']))) {
    yield* constraintsOf(below, pointerTo(pointer, 'properties', name));
  }
  for (const below of ['items', 'additionalProperties', 'propertyNames'] as const) {
    if (isObject(schema[below])) yield* constraintsOf(schema[below], pointerTo(pointer, below));
  }
}
