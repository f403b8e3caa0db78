// The smallest body that a target still refuses: members are left out and values made plain, one at a time, as long as
// the body stays legal. Whoever reads a failure should see what matters and nothing else.
import * as validators from '#generated/current/validators.js';
import { isArray, isObject, type JsonObject, type JsonValue, pointerOf, withValue } from '../contract/json.ts';
import { canonicalJson } from '../contract/json.ts';

/** Legal bodies that are smaller than a template by one step, the largest step first. */
export function reductions(template: JsonObject): JsonObject[] {
  const steps: { readonly body: JsonValue; readonly size: number }[] = [];
  for (const { path, value } of placesIn(template, [])) {
    const pointer = pointerOf(path);
    const size = canonicalJson(value).length;
    if (path.length > 0) steps.push({ body: withValue(template, pointer, undefined), size });
    for (const plainer of plainerThan(value)) steps.push({ body: withValue(template, pointer, plainer), size: 1 });
  }
  return steps
    .sort((a, b) => b.size - a.size)
    .map(({ body }) => body)
    .filter((body): body is JsonObject => isObject(body) && validators.AcceptableCreateRequest(body));
}

function* placesIn(
  value: JsonValue,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; value: JsonValue }> {
  yield { path, value };
  if (isArray(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...path, index]);
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* placesIn(item, [...path, name]);
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
 * @param tries bodies that may be tried at most.
 */
export async function shrink(
  template: JsonObject,
  fails: (candidate: JsonObject) => Promise<boolean>,
  tries: number,
): Promise<JsonObject> {
  let smallest = template;
  const seen = new Set([canonicalJson(template)]);
  let left = tries;
  for (;;) {
    let found: JsonObject | undefined;
    for (const candidate of reductions(smallest)) {
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
