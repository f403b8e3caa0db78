// Which kinds of object an OpenAPI document consists of, and where each may stand. Every walk follows this table, so
// that a response that is called "schema" or "example" is not mistaken for one.
import { isObject, type JsonObject, type JsonValue, listOf as asList, objectOf, pointerTo, tokensOf } from './json.ts';
import { SCHEMA_KEYWORDS, SCHEMA_LIST_KEYWORDS, SCHEMA_MAP_KEYWORDS } from './schema-keywords.ts';

export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'encoding'
  | 'schema';

/** How parts of a kind stand in a member: one of them, a list, or a map by name. */
export interface Parts {
  readonly shape: 'one' | 'list' | 'map';
  readonly kind: Kind;
  /** True for maps in which x-… is an extension; elsewhere it is a name like any other. */
  readonly extensible?: boolean;
}

const one = (kind: Kind): Parts => ({ shape: 'one', kind });
const listOf = (kind: Kind): Parts => ({ shape: 'list', kind });
const mapOf = (kind: Kind): Parts => ({ shape: 'map', kind });
const extensibleMapOf = (kind: Kind): Parts => ({ shape: 'map', kind, extensible: true });

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const MEMBERS: Readonly<Record<Kind, ReadonlyMap<string, Parts>>> = {
  document: members({ paths: extensibleMapOf('pathItem'), components: one('components') }),
  components: members({
    schemas: mapOf('schema'),
    responses: mapOf('response'),
    parameters: mapOf('parameter'),
    requestBodies: mapOf('requestBody'),
    headers: mapOf('header'),
    pathItems: mapOf('pathItem'),
  }),
  pathItem: members({
    parameters: listOf('parameter'),
    ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
  }),
  operation: members({
    parameters: listOf('parameter'),
    requestBody: one('requestBody'),
    responses: extensibleMapOf('response'),
  }),
  parameter: members({ schema: one('schema'), content: mapOf('mediaType') }),
  requestBody: members({ content: mapOf('mediaType') }),
  response: members({ headers: mapOf('header'), content: mapOf('mediaType') }),
  header: members({ schema: one('schema'), content: mapOf('mediaType') }),
  mediaType: members({ schema: one('schema'), encoding: mapOf('encoding') }),
  encoding: members({ headers: mapOf('header') }),
  schema: members({
    ...Object.fromEntries(SCHEMA_KEYWORDS.map((keyword) => [keyword, one('schema')])),
    ...Object.fromEntries(SCHEMA_LIST_KEYWORDS.map((keyword) => [keyword, listOf('schema')])),
    ...Object.fromEntries(SCHEMA_MAP_KEYWORDS.map((keyword) => [keyword, mapOf('schema')])),
  }),
};

function members(table: Readonly<Record<string, Parts>>): ReadonlyMap<string, Parts> {
  return new Map(Object.entries(table));
}

/** What a member of an object of some kind holds; undefined for what is no object of OpenAPI. */
export function partsOf(kind: Kind, name: string): Parts | undefined {
  return MEMBERS[kind].get(name);
}

/** A place in a document: what stands there, and as what. */
export interface Place {
  readonly kind: Kind;
  readonly value: JsonValue;
  readonly pointer: string;
}

/** A place and every place below it, outermost first. What has another shape than it should is passed over. */
export function* placesIn(place: Place): Generator<Place> {
  yield place;
  for (const part of partsBelow(place)) yield* placesIn(part);
}

/** The places directly below one. */
export function partsBelow({ kind, value, pointer }: Place): Place[] {
  return Object.entries(objectOf(value)).flatMap(([name, held]) => {
    const parts = partsOf(kind, name);
    if (!parts) return [];
    const at = pointerTo(pointer, name);
    return itemsOf(parts, held).map(([token, item]) => ({ kind: parts.kind, value: item, pointer: pointerTo(at, ...token) })); // prettier-ignore
  });
}

function itemsOf(parts: Parts, value: JsonValue): (readonly [token: (string | number)[], value: JsonValue])[] {
  if (parts.shape === 'one') return [[[], value]];
  if (parts.shape === 'list') return asList(value).map((item, index) => [[index], item]);
  return Object.entries(objectOf(value))
    .filter(([name]) => !isExtension(parts, name))
    .map(([name, item]) => [[name], item]);
}

function isExtension(parts: Parts, name: string): boolean {
  return parts.extensible === true && name.startsWith('x-');
}

/** A copy of a place's value in which `edit` has replaced each part directly below it. */
export function mapParts(place: Place, edit: (part: Place) => JsonValue): JsonValue {
  const { kind, value, pointer } = place;
  if (!isObject(value)) return value;
  const copy = Object.entries(value).map(([name, held]): [string, JsonValue] => {
    const parts = partsOf(kind, name);
    if (!parts) return [name, held];
    const at = pointerTo(pointer, name);
    const part = (item: JsonValue, ...token: (string | number)[]): JsonValue =>
      edit({ kind: parts.kind, value: item, pointer: pointerTo(at, ...token) });
    if (parts.shape === 'one') return [name, part(held)];
    if (parts.shape === 'list' && Array.isArray(held)) {
      return [name, (held as readonly JsonValue[]).map((item, index) => part(item, index))];
    }
    if (parts.shape === 'map' && isObject(held)) {
      const entries = Object.entries(held);
      return [
        name,
        Object.fromEntries(entries.map(([key, item]) => [key, isExtension(parts, key) ? item : part(item, key)])),
      ];
    }
    return [name, held];
  });
  return Object.fromEntries(copy);
}

/** As what something stands at a pointer into a document; undefined where no object of OpenAPI may stand. */
export function kindAt(pointer: string): Kind | undefined {
  const tokens = tokensOf(pointer);
  let kind: Kind = 'document';
  for (let index = 0; index < tokens.length;) {
    const parts = partsOf(kind, tokens[index] ?? '');
    if (!parts) return undefined;
    index += parts.shape === 'one' ? 1 : 2;
    if (index > tokens.length) return undefined;
    kind = parts.kind;
  }
  return kind;
}

/** Every schema of a document, outermost first, without the boolean ones. */
export function* schemasIn(root: JsonObject): Generator<{ schema: JsonObject; pointer: string }> {
  for (const { kind, value, pointer } of placesIn({ kind: 'document', value: root, pointer: '#' })) {
    if (kind === 'schema' && isObject(value)) yield { schema: value, pointer };
  }
}

/** A copy of the document in which `edit` has replaced every schema, innermost first. */
export function mapSchemas(root: JsonObject, edit: (schema: JsonObject, pointer: string) => JsonValue): JsonObject {
  const visit = (place: Place): JsonValue => {
    const copy = mapParts(place, visit);
    return place.kind === 'schema' && isObject(copy) ? edit(copy, place.pointer) : copy;
  };
  return visit({ kind: 'document', value: root, pointer: '#' }) as JsonObject;
}

/** A copy of one schema in which `edit` has replaced it and every schema below it, innermost first. */
export function mapSchema(
  schema: JsonValue,
  edit: (schema: JsonObject, pointer: string) => JsonValue,
  pointer: string,
): JsonValue {
  const visit = (place: Place): JsonValue => {
    const copy = mapParts(place, visit);
    return isObject(copy) ? edit(copy, place.pointer) : copy;
  };
  return visit({ kind: 'schema', value: schema, pointer });
}
