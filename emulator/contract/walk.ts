// Walks a body along its schema and tells every fault with its precise path. The validators only say that a union
// does not match; here the branch that the client meant is chosen first, so that the real culprit is named.
import { isList, isObject, type JsonObject, type JsonValue, member } from '../json.ts';
import { chooseBranch } from './choose-branch.ts';
import { matchesType } from './json-type.ts';
import { resolved, type Schemas } from './schemas.ts';
import { type BoundKeyword, pathTo, type Violation } from './violation.ts';

export interface WalkOptions {
  readonly schemas: Schemas;
  /** What becomes of members that a schema does not list. */
  readonly unknownMembers: 'refuse' | 'accept';
}

/** Members that the schema lacks and another document has: by component. */
const DOCUMENTED_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  // Guide to reinforcement fine-tuning, "Create a job with the API".
  FineTuneReinforcementMethod: ['response_format'],
};

/** Every fault of a value against a named component, those of an object before those of its members. */
export function violationsOf(component: string, value: JsonValue, options: WalkOptions): Violation[] {
  return [...walk({ $ref: `#/components/schemas/${component}` }, value, '', options)];
}

function* walk(schema: JsonValue, value: JsonValue, path: string, options: WalkOptions): Generator<Violation> {
  if (schema === false) {
    yield { fault: 'excluded', path };
    return;
  }
  const target = resolved(options.schemas, schema);
  if (!isObject(target) || (value === null && target['nullable'] === true)) return;
  const type = typeFault(target, value, path);
  if (type !== undefined) {
    yield type;
    return;
  }
  yield* valueFaults(target, value, path);
  yield* unionFaults(target, value, path, options);
  if (isList(value)) {
    const items = target['items'];
    if (items !== undefined) {
      for (const [index, item] of value.entries()) yield* walk(items, item, pathTo(path, index), options);
    }
  } else if (isObject(value)) {
    yield* objectFaults(target, value, path, { ...options, listed: listedElsewhere(options.schemas, target) });
  }
}

function typeFault(schema: JsonObject, value: JsonValue, path: string): Violation | undefined {
  const type = schema['type'];
  const types = typeof type === 'string' ? [type] : isList(type) ? type.map(String) : [];
  if (types.length === 0 || types.some((one) => matchesType(value, one))) return undefined;
  return { fault: 'type', path, value, types };
}

function* valueFaults(schema: JsonObject, value: JsonValue, path: string): Generator<Violation> {
  const allowed = schema['enum'];
  if (isList(allowed) && !allowed.some((one) => one === value)) yield { fault: 'enum', path, value, allowed };
  for (const [keyword, breaks] of Object.entries(BOUNDS) as [BoundKeyword, (typeof BOUNDS)[BoundKeyword]][]) {
    const bound = schema[keyword];
    if (typeof bound === 'number' && breaks(value, bound)) yield { fault: 'bound', path, value, keyword, bound };
  }
}

const number = (value: JsonValue, test: (value: number) => boolean): boolean =>
  typeof value === 'number' && test(value);
// Length counts Unicode code points, as JSON Schema 2020-12 section 6.3.1 says.
const text = (value: JsonValue, test: (length: number) => boolean): boolean =>
  typeof value === 'string' && test(Array.from(value).length);
const list = (value: JsonValue, test: (length: number) => boolean): boolean => isList(value) && test(value.length);
const object = (value: JsonValue, test: (length: number) => boolean): boolean =>
  isObject(value) && test(Object.keys(value).length);

const BOUNDS: Readonly<Record<BoundKeyword, (value: JsonValue, bound: number) => boolean>> = {
  minimum: (value, bound) => number(value, (n) => n < bound),
  maximum: (value, bound) => number(value, (n) => n > bound),
  exclusiveMinimum: (value, bound) => number(value, (n) => n <= bound),
  exclusiveMaximum: (value, bound) => number(value, (n) => n >= bound),
  minLength: (value, bound) => text(value, (n) => n < bound),
  maxLength: (value, bound) => text(value, (n) => n > bound),
  minItems: (value, bound) => list(value, (n) => n < bound),
  maxItems: (value, bound) => list(value, (n) => n > bound),
  minProperties: (value, bound) => object(value, (n) => n < bound),
  maxProperties: (value, bound) => object(value, (n) => n > bound),
};

function* unionFaults(schema: JsonObject, value: JsonValue, path: string, options: WalkOptions): Generator<Violation> {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = schema[keyword];
    if (!isList(branches)) continue;
    const candidates = branches.map((branch) => resolved(options.schemas, branch));
    // A branch that holds is the one that was meant; it is walked all the same, for its unknown members.
    const lenient: WalkOptions = { ...options, unknownMembers: 'accept' };
    const holding = candidates.find((branch) => walk(branch, value, path, lenient).next().done === true);
    // Without a look at unknown members there is nothing left to find; walking twice at every level would add up.
    if (holding !== undefined && options.unknownMembers === 'accept') continue;
    const choice = holding === undefined ? chooseBranch(options.schemas, candidates, value) : { branch: holding };
    if ('branch' in choice) yield* walk(choice.branch, value, path, options);
    else if (choice.discriminators === undefined) yield { fault: 'type', path, value, types: choice.types };
    else yield discriminatorFault(value, path, choice.discriminators);
  }
}

function discriminatorFault(value: JsonValue, path: string, allowed: readonly JsonValue[]): Violation {
  const type = member(value, 'type');
  const at = pathTo(path, 'type');
  if (type === undefined) return { fault: 'required', path: at, member: 'type' };
  return { fault: 'enum', path: at, value: type, allowed };
}

function* objectFaults(
  schema: JsonObject,
  value: JsonObject,
  path: string,
  options: WalkOptions & { readonly listed: readonly string[] },
): Generator<Violation> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const further = schema['additionalProperties'];
  const required = schema['required'];
  for (const name of isList(required) ? required.map(String) : []) {
    if (!Object.hasOwn(value, name)) yield { fault: 'required', path: pathTo(path, name), member: name };
  }
  for (const [name, item] of Object.entries(value)) {
    const names = schema['propertyNames'];
    // A key that breaks a limit is a fault of the map: the key itself cannot be found by its name.
    if (names !== undefined) {
      for (const fault of walk(names, name, '', options)) yield { ...fault, path };
    }
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const at = pathTo(path, name);
    if (property !== undefined) yield* walk(property, item, at, options);
    else if (further !== undefined && further !== false) yield* walk(further, item, at, options);
    else if (options.listed.includes(name)) continue;
    else if (further === false || (options.unknownMembers === 'refuse' && Object.keys(properties).length > 0)) {
      yield { fault: 'unknown', path: at, member: name };
    }
  }
}

function listedElsewhere(schemas: Schemas, schema: JsonObject): readonly string[] {
  const found = Object.entries(DOCUMENTED_ELSEWHERE).find(([component]) => schemas[component] === schema);
  return found?.[1] ?? [];
}
