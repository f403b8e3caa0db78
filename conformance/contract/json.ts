// JSON values as the judge handles them: own members only, pointers by RFC 6901, and comparison by meaning.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** True for objects that are neither null nor arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for arrays; unlike Array.isArray it keeps the item type. */
export function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Own member of an object; undefined for everything else, so that a target's `__proto__` is just a name. */
export function member(value: unknown, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Member that is text, or undefined. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** One reference token, escaped as RFC 6901 section 3 asks. */
export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The tokens of a pointer. */
export function tokensOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .split('/')
        .slice(1)
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer made of tokens. */
export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join('');
}

/** What a pointer points to, or undefined. */
export function at(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  return tokensOf(pointer).reduce<JsonValue | undefined>(
    (current, token) => (isArray(current) ? current[Number(token)] : member(current, token)),
    value,
  );
}

/** A copy with `replacement` at a pointer; undefined removes the member or item. Missing parents are made. */
export function withValue(value: JsonValue, pointer: string, replacement: JsonValue | undefined): JsonValue {
  const [token, ...rest] = tokensOf(pointer);
  if (token === undefined) return replacement ?? null;
  const below = (child: JsonValue | undefined): JsonValue | undefined =>
    rest.length === 0 ? replacement : withValue(child ?? {}, pointerOf(rest), replacement);
  if (isArray(value)) {
    const index = Number(token);
    const changed = below(value[index]);
    if (changed === undefined) return value.filter((_, position) => position !== index);
    return index < value.length
      ? value.map((item, position) => (position === index ? changed : item))
      : [...value, changed];
  }
  const entries = Object.entries(isObject(value) ? value : {}).filter(([name]) => name !== token);
  const changed = below(member(value, token));
  const position = isObject(value) ? Object.keys(value).indexOf(token) : -1;
  if (changed !== undefined) entries.splice(position < 0 ? entries.length : position, 0, [token, changed]);
  return Object.fromEntries(entries);
}

/** Equal as JSON: members in any order, 1 and 1.0 alike. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}

/** Characters of a text as JSON Schema counts them: code points, an unpaired half of one being one too. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at += 1) {
    if (isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)) {
      count -= 1;
      at += 1;
    }
  }
  return count;
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}

/** True for a value that nests deeper than so many levels; it is looked at no deeper than that. */
export function nestsDeeperThan(levels: number, value: JsonValue): boolean {
  const items = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return items.length > 0 && (levels === 0 || items.some((item) => nestsDeeperThan(levels - 1, item)));
}

/** JSON with sorted members: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** A value as short text for a message: JSON, cut after `limit` characters. */
export function show(value: JsonValue | undefined, limit = 120): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number beyond every double';
  const text = JSON.stringify(value);
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
