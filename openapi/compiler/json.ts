// JSON values and RFC 6901 pointers, as every step of the compiler handles them.

/** Whatever JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** An object of JSON; members may be missing. */
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** True for objects that are neither null nor arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own member of an object, without what the prototype offers. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The value as an object; an empty one where it is something else. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one where it is something else. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** A JSON value as text: strings as they are, everything else as JSON. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** One reference token, escaped as RFC 6901 section 3 asks. */
function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeToken(token: string): string {
  return decodeURIComponentLeniently(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

function decodeURIComponentLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The pointer `base` continued by `tokens`. */
export function pointerTo(base: string, ...tokens: readonly (string | number)[]): string {
  return tokens.reduce<string>((pointer, token) => `${pointer}/${escapeToken(String(token))}`, base);
}

/** The tokens of a pointer, with or without a leading `#`. */
export function tokensOf(pointer: string): string[] {
  const path = pointer.startsWith('#') ? pointer.slice(1) : pointer;
  return path === '' ? [] : path.split('/').slice(1).map(unescapeToken);
}

/** What a pointer points to, or undefined where nothing is. */
export function resolvePointer(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(value))
      value = /^(0|[1-9][0-9]*)$/.test(token) ? (value as readonly JsonValue[])[Number(token)] : undefined;
    else value = member(value, token);
    if (value === undefined) return undefined;
  }
  return value;
}
