// The smallest body that a target still refuses: members are left out and values made plain, one at a time, as long as
// the body stays legal. Whoever reads a failure should see what matters and nothing else.
import { validators } from '../contract/active-contract.ts';
import { isArray, isObject, type JsonObject, type JsonValue, pointerOf, withValue } from '../contract/json.ts';
import { canonicalJson } from '../contract/json.ts';
import { rememberOnce } from '../contract/remember.ts';
import { cleanBases, mapPointers } from './bases.ts';

const isLegal = (body: JsonObject): boolean => validators.AcceptableCreateRequest(body);

/** Bodies that lack one declared member of a template, the largest first. What is left keeps its values, and is legal. */
export function removals(template: JsonObject, isAllowed = isLegal): JsonObject[] {
  return allowed(
    isAllowed,
    [...placesIn(template, [])].flatMap(({ path, value }) =>
      path.length === 0 || isEntry(path)
        ? []
        : [{ body: withValue(template, pointerOf(path), undefined), size: canonicalJson(value).length }],
    ),
  );
}

/** Legal bodies in which one value of a template says less, and maps and lists hold less. */
export function simplifications(template: JsonObject): JsonObject[] {
  return allowed(
    isLegal,
    [...placesIn(template, [])].flatMap(({ path, value }) => [
      ...(isEntry(path) ? [{ body: withValue(template, pointerOf(path), undefined), size: 2 }] : []),
      ...inItsStead(template, path, isPlainest(path, value) ? [] : plainerThan(value)),
    ]),
  );
}

/** Legal bodies in which one rare value of a template gives way to the one that the bases hold. */
export function plainNeighbours(template: JsonObject): JsonObject[] {
  return allowed(
    isLegal,
    [...placesIn(template, [])].flatMap(({ path, value }) => inItsStead(template, path, plainestFor(path, value))),
  );
}

/** Where a legal body holds something else than the bases do, which it could hold instead. */
export function rarePlaces(template: JsonObject): string[] {
  return [...placesIn(template, [])].flatMap(({ path, value }) =>
    allowed(isLegal, inItsStead(template, path, plainestFor(path, value))).length === 0 ? [] : [pointerOf(path)],
  );
}

interface Step {
  readonly body: JsonValue;
  /** How much it takes away. */
  readonly size: number;
}

function inItsStead(template: JsonObject, path: readonly (string | number)[], values: readonly JsonValue[]): Step[] {
  return values.map((value) => ({ body: withValue(template, pointerOf(path), value), size: 1 }));
}

function allowed(isAllowed: (body: JsonObject) => boolean, steps: readonly Step[]): JsonObject[] {
  return steps
    .toSorted((a, b) => b.size - a.size)
    .map(({ body }) => body)
    .filter((body): body is JsonObject => isObject(body) && isAllowed(body));
}

/** True for an entry of a map and an item of a list: they have no name in the contract, and are part of a value. */
function isEntry(path: readonly (string | number)[]): boolean {
  return typeof path.at(-1) === 'number' || mapPointers().has(pointerOf(path.slice(0, -1)));
}

function* placesIn(
  value: JsonValue,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; value: JsonValue }> {
  yield { path, value };
  if (isArray(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...path, index]);
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* placesIn(item, [...path, name]);
}

/** What the bases hold at their places, by pointer: values that a target which is accepted at all takes. */
const plainest = rememberOnce(() => {
  const values = new Map<string, JsonValue>();
  for (const { template } of cleanBases()) {
    for (const { path, value } of placesIn(template, [])) {
      const pointer = placeOf(path);
      if (typeof value !== 'object' && !values.has(pointer)) values.set(pointer, value);
    }
  }
  return values;
});

/** A place in a body, whichever item of a list it is in. */
function placeOf(path: readonly (string | number)[]): string {
  return pointerOf(path.map((step) => (typeof step === 'number' ? 0 : step)));
}

/** True for what the bases hold: a person would have written it so, and half of a template is none. */
function isPlainest(path: readonly (string | number)[], value: JsonValue): boolean {
  return plainest().get(placeOf(path)) === value;
}

/** The value that the bases hold at a place, in the stead of a rarer one. */
function plainestFor(path: readonly (string | number)[], value: JsonValue): JsonValue[] {
  const plain = plainest().get(placeOf(path));
  return plain === undefined || plain === value || typeof value === 'object' ? [] : [plain];
}

/** Values of the same type that say less. */
function plainerThan(value: JsonValue): JsonValue[] {
  if (typeof value === 'string')
    return value.startsWith('${') ? [] : halves(Array.from(value)).map((half) => half.join(''));
  if (isArray(value)) return halves(value);
  if (typeof value !== 'number' || value === 1) return [];
  return Number.isInteger(value)
    ? [1, Math.trunc(value / 2)].filter((one) => one !== value)
    : [1, Math.trunc(value)].filter((one) => one !== value);
}

function halves<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [];
  return [items.slice(0, 1), items.slice(0, Math.ceil(items.length / 2)), items.slice(0, -1)];
}

/**
 * Shrinks a template for which `fails` holds to a smaller one for which it holds too.
 * @param options `tries`: bodies that may be tried at most; `steps`: what may be made smaller.
 */
export async function shrink(
  template: JsonObject,
  fails: (candidate: JsonObject) => Promise<boolean>,
  { tries, steps }: { readonly tries: number; readonly steps: (template: JsonObject) => JsonObject[] },
): Promise<JsonObject> {
  let smallest = template;
  const seen = new Set([canonicalJson(template)]);
  let left = tries;
  for (;;) {
    let found: JsonObject | undefined;
    for (const candidate of steps(smallest)) {
      const text = canonicalJson(candidate);
      if (seen.has(text)) continue;
      seen.add(text);
      if (left === 0) return smallest;
      left -= 1;
      if (await fails(candidate)) {
        found = candidate;
        break;
      }
    }
    if (found === undefined) return smallest;
    smallest = found;
  }
}
