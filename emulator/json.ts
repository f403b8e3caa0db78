// JSON values as the emulator handles them. Everything that a client sends is a JsonValue until it has been checked.
import type { JsonValue } from '#generated/current/operations.ts';

export type { JsonValue };
export type JsonObject = Readonly<Record<string, JsonValue>>;

/** True for objects that are neither null nor arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for lists; unlike Array.isArray it keeps the items' type. */
export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Own member of an object, without what the prototype offers. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What lies at the end of a path of members, or undefined where one is missing. */
export function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((current, name) => member(current, name), value);
}

/** An object without the named members. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** A copy in which `edit` has replaced what the path leads to; unchanged where the path leads nowhere. */
export function editAt(
  value: JsonValue,
  path: readonly string[],
  edit: (value: JsonValue) => JsonValue | undefined,
): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return edit(value) ?? value;
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const current = value[name] ?? null;
  if (rest.length > 0) return { ...value, [name]: editAt(current, rest, edit) };
  const edited = edit(current);
  return edited === undefined ? without(value, name) : { ...value, [name]: edited };
}
