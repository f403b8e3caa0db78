// Which constraints of the contract a value breaks, each named by its schema pointer and keyword. Unlike ajv's list it
// reports a union by the branch that the value means (same `type` word, same JSON type, else fewest violations), so
// that one fault gives one violation. A property test holds it equal to ajv on valid and invalid.
import { codePoints, isArray, isObject, type JsonValue, pointerOf } from './json.ts';
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

type Path = readonly (string | number)[];

/** Every violation of a value; empty where it is valid. */
export function violations(located: Located, value: JsonValue): Violation[] {
  return violationsAt(located, value, [], NOTHING);
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * True where a value would be legal for a server that enforces everything but some sites.
 * @param sites the ids of constraint sites: schema pointer and keyword.
 */
export function isLegalWithout(sites: readonly string[], located: Located, value: JsonValue): boolean {
  return violationsAt(located, value, [], new Set(sites)).length === 0;
}

function violationsAt(located: Located, value: JsonValue, path: Path, lifted: ReadonlySet<string>): Violation[] {
  const { schema, pointer } = resolve(located);
  if (value === null && schema.nullable === true) return [];
  const violation = (keyword: string): Violation[] =>
    lifted.has(`${pointer} ${keyword}`) ? [] : [{ pointer, keyword, at: pointerOf(path) }];
  if (!hasType(schema, value)) {
    const wrong = violation('type');
    if (wrong.length > 0) return wrong;
  }
  const { items } = schema;
  return [
    ...(schema.enum !== undefined && !schema.enum.some((allowed) => allowed === value) ? violation('enum') : []),
    ...boundsBroken(schema, value).flatMap(violation),
    ...(isObject(value) ? objectViolations({ schema, pointer }, value, path, lifted) : []),
    ...(isArray(value) && items !== undefined
      ? value.flatMap((item, index) =>
          violationsAt({ schema: items, pointer: `${pointer}/items` }, item, [...path, index], lifted),
        )
      : []),
    ...(lifted.has(`${pointer} oneOf`) ? [] : unionViolations({ schema, pointer }, value, path, lifted)),
  ];
}

/** True where the JSON type of a value is one that the schema allows. 1e400 is no number: a double cannot hold it. */
function hasType(schema: Schema, value: JsonValue): boolean {
  if (schema.type === undefined) return true;
  if (typeof value === 'number' && !Number.isFinite(value)) return false;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  const actual = jsonType(value);
  return types.some(
    (type) => type === actual || (type === 'integer' && actual === 'number' && Number.isInteger(value)),
  );
}

function boundsBroken(schema: Schema, value: JsonValue): string[] {
  const broken = (keyword: keyof Schema, holds: (limit: number) => boolean): string[] => {
    const limit = schema[keyword];
    return typeof limit === 'number' && !holds(limit) ? [keyword] : [];
  };
  if (typeof value === 'number') {
    return [
      ...broken('minimum', (limit) => value >= limit),
      ...broken('maximum', (limit) => value <= limit),
      ...broken('exclusiveMinimum', (limit) => value > limit),
      ...broken('exclusiveMaximum', (limit) => value < limit),
      ...broken('multipleOf', (limit) => Number.isInteger(value / limit)),
    ];
  }
  if (typeof value === 'string') {
    const length = codePoints(value);
    return [
      ...broken('minLength', (limit) => length >= limit),
      ...broken('maxLength', (limit) => length <= limit),
      ...(schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value) ? ['pattern'] : []),
    ];
  }
  if (isArray(value)) {
    const distinct = new Set(value.map((item) => JSON.stringify(item))).size;
    return [
      ...broken('minItems', (limit) => value.length >= limit),
      ...broken('maxItems', (limit) => value.length <= limit),
      ...(schema.uniqueItems === true && distinct < value.length ? ['uniqueItems'] : []),
    ];
  }
  if (isObject(value)) {
    const count = Object.keys(value).length;
    return [
      ...broken('minProperties', (limit) => count >= limit),
      ...broken('maxProperties', (limit) => count <= limit),
    ];
  }
  return [];
}

function objectViolations(
  { schema, pointer }: Located,
  value: Readonly<Record<string, JsonValue>>,
  path: Path,
  lifted: ReadonlySet<string>,
): Violation[] {
  const found: Violation[] = [];
  for (const missing of schema.required ?? []) {
    if (lifted.has(`${pointer} required/${missing}`)) continue;
    if (!Object.hasOwn(value, missing)) found.push({ pointer, keyword: 'required', missing, at: pointerOf(path) });
  }
  for (const [name, item] of Object.entries(value)) {
    const here = [...path, name];
    const own =
      schema.properties !== undefined && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (schema.propertyNames !== undefined) {
      found.push(
        ...violationsAt({ schema: schema.propertyNames, pointer: `${pointer}/propertyNames` }, name, here, lifted),
      );
    }
    if (own !== undefined)
      found.push(...violationsAt({ schema: own, pointer: `${pointer}/properties/${name}` }, item, here, lifted));
    else if (schema.additionalProperties === false && !lifted.has(`${pointer} additionalProperties`))
      found.push({ pointer, keyword: 'additionalProperties', at: pointerOf(here) });
    else if (isSchema(schema.additionalProperties)) {
      found.push(
        ...violationsAt(
          { schema: schema.additionalProperties, pointer: `${pointer}/additionalProperties` },
          item,
          here,
          lifted,
        ),
      );
    }
  }
  return found;
}

function isSchema(value: boolean | Schema | undefined): value is Schema {
  return typeof value === 'object';
}

function unionViolations(
  { schema, pointer }: Located,
  value: JsonValue,
  path: Path,
  lifted: ReadonlySet<string>,
): Violation[] {
  const all = (schema.allOf ?? []).flatMap((branch, index) =>
    violationsAt({ schema: branch, pointer: `${pointer}/allOf/${index}` }, value, path, lifted),
  );
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword];
    if (branches === undefined) continue;
    const results = branches.map((branch, index) => {
      const located = { schema: branch, pointer: `${pointer}/${keyword}/${index}` };
      return { located, broken: violationsAt(located, value, path, lifted) };
    });
    const valid = results.filter(({ broken }) => broken.length === 0).length;
    if (valid === 1 || (valid > 0 && keyword === 'anyOf')) continue;
    if (valid > 1) all.push({ pointer, keyword, at: pointerOf(path) });
    else all.push(...(meantBranch(results, value) ?? [{ pointer, keyword, at: pointerOf(path) }]));
  }
  return all;
}

/** The violations of the branch that a value means, or undefined where it means none of them. */
function meantBranch(
  results: readonly { located: Located; broken: Violation[] }[],
  value: JsonValue,
): Violation[] | undefined {
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
