// The constraint sites of the create request: each place where a server may fail to enforce what the schema says. A
// site is a schema pointer x keyword, together with every way (path of members and union branches) that leads to it.
import type { JsonValue } from './json.ts';
import { componentOf, type Located, locate, resolve, type Schema } from './schema.ts';

/** One step from a value to a part of it, or from a union to the branch that is meant. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item' }
  | { readonly kind: 'entry' }
  | { readonly kind: 'key' }
  | { readonly kind: 'branch'; readonly union: string; readonly index: number };

/** A schema as it is reached from the root of the create request. */
export interface Place {
  readonly located: Located;
  readonly steps: readonly Step[];
}

/** A constraint at a place. */
export interface Site {
  /** Schema pointer and keyword, the stable name of the site: "#/components/… maximum". */
  readonly id: string;
  readonly pointer: string;
  readonly keyword: string;
  /** The value of the keyword; for `required`, the member. */
  readonly value: JsonValue;
  readonly place: Place;
}

export const CREATE_REQUEST = 'CreateFineTuningJobRequest';

/** Every place below a component, outermost first. A component that contains itself is entered once on each way. */
export function placesBelow(name: string): Place[] {
  return [...walk({ located: locate(name), steps: [] }, [])];
}

function* walk(place: Place, open: readonly string[]): Generator<Place> {
  const located = resolve(place.located);
  const name = componentOf(located.pointer);
  const entered = located.pointer !== place.located.pointer;
  if (entered && open.includes(name)) return;
  const now = entered ? [...open, name] : open;
  const here: Place = { located, steps: place.steps };
  yield here;
  for (const child of childrenOf(here)) yield* walk(child, now);
}

/** The schemas directly below a place. */
function* childrenOf({ located: { schema, pointer }, steps }: Place): Generator<Place> {
  const child = (below: Schema, tail: string, step: Step): Place => ({
    located: { schema: below, pointer: `${pointer}/${tail}` },
    steps: [...steps, step],
  });
  for (const [name, below] of Object.entries(schema.properties ?? {})) {
    yield child(below, `properties/${name}`, { kind: 'member', name });
  }
  if (schema.items !== undefined) yield child(schema.items, 'items', { kind: 'item' });
  if (typeof schema.additionalProperties === 'object') {
    yield child(schema.additionalProperties, 'additionalProperties', { kind: 'entry' });
  }
  if (schema.propertyNames !== undefined) yield child(schema.propertyNames, 'propertyNames', { kind: 'key' });
  for (const union of ['oneOf', 'anyOf'] as const) {
    for (const [index, below] of (schema[union] ?? []).entries()) {
      if (isSubsumed(below, schema[union] ?? [])) continue;
      yield child(below, `${union}/${index}`, { kind: 'branch', union: pointer, index });
    }
  }
}

/** A branch that another branch of its union takes in whole binds nobody: `model` is any text, whatever names it lists. */
function isSubsumed(branch: Schema, union: readonly Schema[]): boolean {
  return union.some(
    (other) =>
      other !== branch && other.type !== undefined && other.type === branch.type && Object.keys(other).length === 1,
  );
}

const SITE_KEYWORDS = [
  'type', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength',
  'pattern', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
] as const; // prettier-ignore

/** Every constraint that a place carries. */
export function sitesAt(place: Place): Site[] {
  const { schema, pointer } = place.located;
  const site = (keyword: string, value: JsonValue, id = `${pointer} ${keyword}`): Site => ({
    id,
    pointer,
    keyword,
    value,
    place,
  });
  const own = SITE_KEYWORDS.flatMap((keyword) => {
    const value = schema[keyword];
    // The branches of a union of plain values are told apart by their type; a wrong one breaks the union.
    if (value === undefined || (keyword === 'type' && isBranch(place))) return [];
    return [site(keyword, value)];
  });
  const required = (schema.required ?? []).map((name) => site('required', name, `${pointer} required/${name}`));
  const closed = schema.additionalProperties === false ? [site('additionalProperties', false)] : [];
  const union = isUnion(schema) && !isBranch(place) ? [site('oneOf', (schema.oneOf ?? schema.anyOf ?? []).length)] : [];
  return [...own, ...required, ...closed, ...union];
}

function isBranch({ steps }: Place): boolean {
  return steps.at(-1)?.kind === 'branch';
}

/** A union that no type of its own stands beside: a value of the wrong kind breaks the union itself. */
function isUnion(schema: Schema): boolean {
  return schema.type === undefined && (schema.oneOf ?? schema.anyOf) !== undefined;
}

/** The sites of the create request, in document order; several places may share one id. */
export function createRequestSites(): Site[] {
  return placesBelow(CREATE_REQUEST).flatMap(sitesAt);
}
