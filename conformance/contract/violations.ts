// Which constraints of the contract a value breaks, each named by its schema pointer and keyword. Unlike ajv's list it
// reports a union by the branch that the value means (same `type` word, same JSON type, else fewest violations), so
// that one fault gives one violation. A property test holds it equal to ajv on valid and invalid.
import { codePoints, isArray, isObject, type JsonObject, type JsonValue, pointerOf } from './json.ts';
import { jsonType, type Located, resolve, type Schema } from './schema.ts';

export interface Violation {
  /** Where the constraint stands, in the canonical contract. */
  readonly pointer: string;
  readonly keyword: string;
  /** For `required`, the member that is missing. */
  readonly missing?: string;
  /** Where in the value. */
  readonly at: string;
}

/** What is looked for, and where: one for a whole search, for a body has a hundred places. */
interface Search {
  /** Ids of sites that are not enforced. */
  readonly lifted: ReadonlySet<string>;
  /** The way from the value as a whole to the place that is looked at. */
  readonly path: (string | number)[];
  readonly found: Violation[];
}

/** Every violation of a value; empty where it is valid. */
export function violations(located: Located, value: JsonValue): Violation[] {
  return violationsWithout(NOTHING, located, value);
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * True where a value would be legal for a server that enforces everything but some sites.
 * @param sites the ids of constraint sites: schema pointer and keyword.
 */
export function isLegalWithout(sites: readonly string[], located: Located, value: JsonValue): boolean {
  return violationsWithout(new Set(sites), located, value).length === 0;
}

function violationsWithout(lifted: ReadonlySet<string>, located: Located, value: JsonValue): Violation[] {
  const search: Search = { lifted, path: [], found: [] };
  lookAt(located, value, search);
  return search.found;
}

function lookAt(located: Located, value: JsonValue, search: Search): void {
  const here = resolve(located);
  const { schema, pointer } = here;
  if (value === null && schema.nullable === true) return;
  if (!hasType(schema, value) && noted(pointer, 'type', search)) return;
  if (schema.enum !== undefined && !schema.enum.includes(value)) noted(pointer, 'enum', search);
  if (typeof value === 'number') lookAtBounds(here, value, OF_NUMBERS, search);
  else if (typeof value === 'string') lookAtText(here, value, search);
  else if (isArray(value)) lookAtList(here, value, search);
  else if (isObject(value)) lookAtObject(here, value, search);
  if (search.lifted.size === 0 || !search.lifted.has(`${pointer} oneOf`)) lookAtBranches(here, value, search);
}

/** Notes that a keyword is broken, unless it is not enforced. Returns whether it was noted. */
function noted(pointer: string, keyword: string, { lifted, path, found }: Search): boolean {
  if (lifted.has(`${pointer} ${keyword}`)) return false;
  found.push({ pointer, keyword, at: pointerOf(path) });
  return true;
}

/** Looks at what stands below the place that is looked at. */
function lookBelow(step: string | number, located: Located, value: JsonValue, search: Search): void {
  search.path.push(step);
  lookAt(located, value, search);
  search.path.pop();
}

/** True where the JSON type of a value is one that the schema allows. 1e400 is no number: a double cannot hold it. */
function hasType({ type: allowed }: Schema, value: JsonValue): boolean {
  if (allowed === undefined) return true;
  if (typeof value === 'number' && !Number.isFinite(value)) return false;
  const actual = jsonType(value);
  if (allowed === actual) return true;
  const types: readonly string[] = typeof allowed === 'string' ? [allowed] : allowed;
  return types.includes(actual) || (actual === 'number' && types.includes('integer') && Number.isInteger(value));
}

type Bound<T> = readonly [keyword: keyof Schema, holds: (value: T, limit: number) => boolean];

const OF_NUMBERS: readonly Bound<number>[] = [
  ['minimum', (value, limit) => value >= limit],
  ['maximum', (value, limit) => value <= limit],
  ['exclusiveMinimum', (value, limit) => value > limit],
  ['exclusiveMaximum', (value, limit) => value < limit],
  ['multipleOf', (value, limit) => Number.isInteger(value / limit)],
];
const OF_TEXT: readonly Bound<string>[] = [
  ['minLength', (value, limit) => codePoints(value) >= limit],
  ['maxLength', (value, limit) => codePoints(value) <= limit],
];
const OF_LISTS: readonly Bound<readonly JsonValue[]>[] = [
  ['minItems', (value, limit) => value.length >= limit],
  ['maxItems', (value, limit) => value.length <= limit],
];
const OF_OBJECTS: readonly Bound<JsonObject>[] = [
  ['minProperties', (value, limit) => Object.keys(value).length >= limit],
  ['maxProperties', (value, limit) => Object.keys(value).length <= limit],
];

function lookAtBounds<T>({ schema, pointer }: Located, value: T, bounds: readonly Bound<T>[], search: Search): void {
  for (const [keyword, holds] of bounds) {
    const limit = schema[keyword];
    if (typeof limit === 'number' && !holds(value, limit)) noted(pointer, keyword, search);
  }
}

function lookAtText(here: Located, value: string, search: Search): void {
  lookAtBounds(here, value, OF_TEXT, search);
  const { pattern } = here.schema;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) noted(here.pointer, 'pattern', search);
}

function lookAtList(here: Located, value: readonly JsonValue[], search: Search): void {
  const { schema, pointer } = here;
  lookAtBounds(here, value, OF_LISTS, search);
  if (schema.uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
    noted(pointer, 'uniqueItems', search);
  if (schema.items === undefined) return;
  const located = { schema: schema.items, pointer: `${pointer}/items` };
  for (const [index, item] of value.entries()) lookBelow(index, located, item, search);
}

function lookAtObject(here: Located, value: JsonObject, search: Search): void {
  const { schema, pointer } = here;
  const { required, properties, propertyNames, additionalProperties } = schema;
  lookAtBounds(here, value, OF_OBJECTS, search);
  for (const missing of required ?? []) {
    if (Object.hasOwn(value, missing) || search.lifted.has(`${pointer} required/${missing}`)) continue;
    search.found.push({ pointer, keyword: 'required', missing, at: pointerOf(search.path) });
  }
  for (const name of Object.keys(value)) {
    const item = value[name] ?? null;
    if (propertyNames !== undefined)
      lookBelow(name, { schema: propertyNames, pointer: `${pointer}/propertyNames` }, name, search);
    const own = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) lookBelow(name, { schema: own, pointer: `${pointer}/properties/${name}` }, item, search);
    else if (additionalProperties === false)
      noted(pointer, 'additionalProperties', { ...search, path: [...search.path, name] });
    else if (typeof additionalProperties === 'object')
      lookBelow(name, { schema: additionalProperties, pointer: `${pointer}/additionalProperties` }, item, search);
  }
}

function lookAtBranches({ schema, pointer }: Located, value: JsonValue, search: Search): void {
  for (const [index, branch] of (schema.allOf ?? []).entries())
    lookAt({ schema: branch, pointer: `${pointer}/allOf/${index}` }, value, search);
  for (const keyword of UNIONS) {
    const branches = schema[keyword];
    if (branches === undefined) continue;
    const results = branches.map((branch, index): Result => {
      const located = { schema: branch, pointer: `${pointer}/${keyword}/${index}` };
      const tried: Search = { ...search, found: [] };
      lookAt(located, value, tried);
      return { located, broken: tried.found };
    });
    const valid = results.filter(({ broken }) => broken.length === 0).length;
    if (valid === 1 || (valid > 0 && keyword === 'anyOf')) continue;
    const meant = valid > 1 ? undefined : meantBranch(results, value);
    search.found.push(...(meant ?? [{ pointer, keyword, at: pointerOf(search.path) }]));
  }
}

const UNIONS = ['oneOf', 'anyOf'] as const;

/** A branch with what a value breaks of it. */
interface Result {
  readonly located: Located;
  readonly broken: readonly Violation[];
}

/** The violations of the branch that a value means, or undefined where it means none of them. */
function meantBranch(results: readonly Result[], value: JsonValue): readonly Violation[] | undefined {
  const means = results.filter(({ located }) => isMeant(resolve(located), value));
  if (means.length === 0) return undefined;
  return means.reduce((best, current) => (current.broken.length < best.broken.length ? current : best)).broken;
}

/** A value means a branch if it has its JSON type and, where branches are told apart by a word in `type`, that word. */
function isMeant(located: Located, value: JsonValue): boolean {
  const { schema, pointer } = resolve(located);
  const nested = schema.oneOf ?? schema.anyOf;
  if (nested !== undefined) return nested.some((branch) => isMeant({ schema: branch, pointer }, value));
  if (!hasType(schema, value)) return false;
  const words = schema.properties?.['type']?.enum;
  if (words !== undefined && isObject(value)) return words.includes(value['type'] ?? null);
  // A lone word such as "auto" is meant only by itself: any other text is of the wrong kind altogether.
  return schema.enum === undefined || schema.enum.length > 1 || schema.enum.includes(value);
}
