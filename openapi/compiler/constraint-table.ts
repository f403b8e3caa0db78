// The constraint table: every schema pointer x keyword of the contract. It is the base of case generation, of
// coverage, and of the comparison with the official document.
import { canonicalSchema } from './canonical-schema.ts';
import { isObject, type JsonObject, type JsonValue, member, pointerTo } from './json.ts';

/** How binding a constraint is, where that is not "MUST, by schema". */
export interface Standing {
  /** Level of refusing what breaks the constraint. */
  readonly refuse?: string;
  readonly refuseStrict?: string;
  /** Level of accepting what the constraint allows. */
  readonly accept?: string;
  readonly acceptStrict?: string;
  /** Level of keeping the constraint in answers. */
  readonly answer?: string;
  readonly answerStrict?: string;
  readonly authority: string;
  readonly erratum?: string;
  readonly sources: readonly string[];
}

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
  const schemas = member(root['components'], 'schemas');
  if (!isObject(schemas)) return {};
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, canonicalSchema(schema)]));
}

function* constraintsOf(schema: JsonValue, pointer: string): Generator<Constraint> {
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
  if (Array.isArray(schema['required'])) {
    for (const name of [...(schema['required'] as readonly string[])].sort())
      yield entry('required', name, `required/${name}`);
  }
  if (schema['additionalProperties'] === false) yield entry('additionalProperties', false);
  for (const union of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = schema[union];
    if (!Array.isArray(branches)) continue;
    yield entry(union, branches.length);
    for (const [index, branch] of (branches as readonly JsonValue[]).entries()) {
      yield* constraintsOf(branch, pointerTo(pointer, union, index));
    }
  }
  const properties = schema['properties'];
  if (isObject(properties)) {
    for (const [name, below] of Object.entries(properties))
      yield* constraintsOf(below, pointerTo(pointer, 'properties', name));
  }
  for (const below of ['items', 'additionalProperties', 'propertyNames'] as const) {
    if (schema[below] !== undefined) yield* constraintsOf(schema[below], pointerTo(pointer, below));
  }
}
