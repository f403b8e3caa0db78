// Clean bases: small, legal create bodies, one for each way through the schema (root member, optional objects, union
// branches). Each fault is laid on the base in which its site is live and nothing else is asked of the target: one
// unstated rule of a server must not poison every case.
import { validators } from '../contract/active-contract.ts';
import { isCreateMember } from '../contract/create-members.ts';
import { canonicalJson, isObject, type JsonObject, type JsonValue, pointerOf } from '../contract/json.ts';
import { CREATE_REQUEST, placesBelow, type Place, type Site, sitesAt, type Step } from '../contract/request-sites.ts';
import { component, type Located, locate, resolve, type Schema } from '../contract/schema.ts';
import { BARE, EDITION_METHODS, type Method, methodOf, poolValue } from './pools.ts';
import { rememberOnce } from '../contract/remember.ts';

/** A site with the pointer at which it is live in its base. */
export interface LiveSite {
  readonly site: Site;
  /** Pointer to the value that carries the constraint. */
  readonly at: string;
}

export interface Base {
  /** The way through the schema: "plain", "method.reinforcement grader:GraderPython". */
  readonly name: string;
  readonly template: JsonObject;
  readonly sites: readonly LiveSite[];
  /** True where the documents contradict themselves on whether it must be accepted. */
  readonly onlyObserved: boolean;
}

const PLAIN = 'plain';

/** The clean bases of the create request, smallest first. Every site of the contract is live in exactly one. */
export const cleanBases = rememberOnce(makeBases);

function makeBases(): readonly Base[] {
  const ways = new Map<string, Place[]>();
  for (const place of placesBelow(CREATE_REQUEST)) {
    const name = wayOf(place);
    ways.set(name, [...(ways.get(name) ?? []), place]);
  }
  const covered = new Set<string>();
  const bases: Base[] = [];
  for (const [name, places] of [...ways].sort(([a, from], [b, to]) => orderOf(a, from) - orderOf(b, to))) {
    const fresh = places.filter((place) => sitesAt(place).some(({ id }) => !covered.has(id)));
    if (fresh.length === 0) continue;
    const template = templateFor(fresh.map(({ steps }) => steps));
    const sites = fresh.flatMap((place) =>
      sitesAt(place)
        .filter(({ id }) => !covered.has(id))
        .map((site) => ({ site, at: instancePointer(place.steps) })),
    );
    for (const { site } of sites) covered.add(site.id);
    const same = bases.findIndex((base) => canonicalJson(base.template) === canonicalJson(template));
    const twin = bases[same];
    if (twin === undefined) bases.push({ name, template, sites, onlyObserved: name.includes('GraderMulti') });
    else bases[same] = { ...twin, sites: [...twin.sites, ...sites] };
  }
  return bases;
}

/** The plain body first, then the short ways before the long. */
function orderOf(name: string, places: readonly Place[]): number {
  return name === PLAIN ? 0 : Math.max(...places.map(({ steps }) => steps.length));
}

/** What tells two ways apart: the root member, optional objects below it, and branches that are objects. */
function wayOf({ steps }: Place): string {
  const parts: string[] = [];
  let located: Located = locate(CREATE_REQUEST);
  for (const [depth, step] of steps.entries()) {
    const below = stepInto(located, step);
    const { schema } = resolve(below);
    const name = componentName(below);
    if (step.kind === 'member' && (depth === 0 ? !isRequired(located, step.name) : isWay(located, step.name, schema))) {
      parts.push(step.name);
    } else if (step.kind === 'branch' && name !== undefined) parts.push(`:${name}`);
    else if (step.kind === 'branch' && (schema.type === 'object' || schema.type === 'array'))
      parts.push(`:${schema.type}`);
    located = below;
  }
  return parts.length === 0 ? PLAIN : parts.join('.').replaceAll('.:', ':');
}

function componentName({ schema }: Located): string | undefined {
  return schema.$ref?.split('/').at(-1);
}

function isRequired(located: Located, name: string): boolean {
  return resolve(located).schema.required?.includes(name) === true;
}

/** An optional object is a way of its own; flat members come along with their object. */
function isWay(located: Located, name: string, schema: Schema): boolean {
  return !isRequired(located, name) && !isFlat(schema);
}

/** A value without objects inside: a word, a number, or a list of such. */
function isFlat(schema: Schema): boolean {
  if (schema.type === 'object') return false;
  if (schema.items !== undefined) return isFlat(resolve({ schema: schema.items, pointer: '' }).schema);
  return (schema.oneOf ?? schema.anyOf ?? []).every((branch) =>
    isFlat(resolve({ schema: branch, pointer: '' }).schema),
  );
}

function stepInto(from: Located, step: Step): Located {
  const { schema, pointer } = resolve(from);
  switch (step.kind) {
    case 'member':
      return { schema: schema.properties?.[step.name] ?? {}, pointer: `${pointer}/properties/${step.name}` };
    case 'item':
      return { schema: schema.items ?? {}, pointer: `${pointer}/items` };
    case 'entry':
      return {
        schema: typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {},
        pointer: `${pointer}/additionalProperties`,
      };
    case 'key':
      return { schema: schema.propertyNames ?? {}, pointer: `${pointer}/propertyNames` };
    case 'branch': {
      const keyword = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
      return { schema: schema[keyword]?.[step.index] ?? {}, pointer: `${pointer}/${keyword}/${step.index}` };
    }
  }
}

/** The name under which a map's only entry stands in a base. */
const ENTRY = 'first';

/** Where the value of a place stands in a payload. A key is looked at by its entry. */
export function instancePointer(steps: readonly Step[]): string {
  return pointerOf(
    steps.flatMap((step): (string | number)[] => {
      if (step.kind === 'member') return [step.name];
      if (step.kind === 'item') return [0];
      return step.kind === 'branch' ? [] : [ENTRY];
    }),
  );
}

/** Pointers to the maps of a body, whose entries have no names in the contract. */
export const mapPointers = rememberOnce(
  (): ReadonlySet<string> =>
    new Set(
      placesBelow(CREATE_REQUEST).flatMap(({ steps }) =>
        steps.at(-1)?.kind === 'entry' ? [instancePointer(steps.slice(0, -1))] : [],
      ),
    ),
);

/** The smallest body in which every one of the given places has a value. @throws Error if it is not acceptable. */
function templateFor(wanted: readonly (readonly Step[])[]): JsonObject {
  const template = completed(build(locate(CREATE_REQUEST), wanted) as JsonObject);
  if (!validators.AcceptableCreateRequest(template)) {
    throw new Error(
      `the base ${JSON.stringify(template)} is not acceptable: ${JSON.stringify(validators.AcceptableCreateRequest.errors)}`,
    );
  }
  return template;
}

function build(located: Located, wanted: readonly (readonly Step[])[]): JsonValue {
  const { schema, pointer } = resolve(located);
  const here = { schema, pointer };
  if (schema['x-pool'] !== undefined) return poolValue(schema['x-pool']);
  if (schema['x-example'] !== undefined) return schema['x-example'];
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) {
    const index = branchFor(here, union, wanted);
    const on = wanted.filter((steps) => steps[0]?.kind === 'branch' && steps[0].index === index);
    return build(
      stepInto(here, { kind: 'branch', union: pointer, index }),
      on.map((steps) => steps.slice(1)),
    );
  }
  if (schema.enum !== undefined)
    return schema['default'] !== undefined && schema.enum.includes(schema['default'])
      ? schema['default']
      : (schema.enum[0] ?? null);
  switch (schema.type) {
    case 'object':
      return buildObject(here, wanted);
    case 'array': {
      const inside = wanted.filter((steps) => steps[0]?.kind === 'item').map((steps) => steps.slice(1));
      // A list of messages with none in it would be refused by any server that reads it.
      return schema.items === undefined ? [] : [build({ schema: schema.items, pointer: `${pointer}/items` }, inside)];
    }
    case 'integer':
    case 'number':
      // Not a boundary: a server that is off by one must fail at its own site, not block the whole base.
      return schema.minimum === undefined ? 1 : schema.minimum + 1;
    case 'boolean':
      return true;
    default:
      return 'conformance';
  }
}

/** The branch that a base takes: the object that a way leads into, else the number beside "auto", else the first. */
function branchFor(located: Located, union: readonly Schema[], wanted: readonly (readonly Step[])[]): number {
  const isObjectBranch = (index: number): boolean => {
    const branch = union[index];
    return branch !== undefined && !isFlat(resolve({ schema: branch, pointer: located.pointer }).schema);
  };
  const led = wanted.map((steps) => steps[0]).find((step) => step?.kind === 'branch' && isObjectBranch(step.index));
  if (led?.kind === 'branch') return led.index;
  return Math.max(
    0,
    union.findIndex(({ type }) => type === 'integer' || type === 'number'),
  );
}

function buildObject(located: Located, wanted: readonly (readonly Step[])[]): JsonObject {
  const { schema } = located;
  const asked = (name: string): (readonly Step[])[] =>
    wanted.filter((steps) => steps[0]?.kind === 'member' && steps[0].name === name).map((steps) => steps.slice(1));
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, below]): [string, JsonValue][] => {
    const on = asked(name);
    const included = schema.required?.includes(name) === true || on.length > 0;
    return included ? [[name, build({ schema: below, pointer: `${located.pointer}/properties/${name}` }, on)]] : [];
  });
  const isMap = wanted.some((steps) => steps[0]?.kind === 'entry' || steps[0]?.kind === 'key');
  const entry = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  if (!isMap || entry === undefined) return Object.fromEntries(members);
  const inside = wanted.filter((steps) => steps[0]?.kind === 'entry').map((steps) => steps.slice(1));
  return Object.fromEntries([
    ...members,
    [ENTRY, build({ schema: entry, pointer: `${located.pointer}/additionalProperties` }, inside)],
  ]);
}

/** What x-acceptance-when asks for beside the schema: the type's own member, and data to validate rewards with. */
export function completed(template: JsonObject): JsonObject {
  const method = template['method'] ?? (EDITION_METHODS.includes('supervised') ? undefined : {});
  if (!isObject(method)) return template;
  const own = ['supervised', 'dpo', 'reinforcement'].find((name) => Object.hasOwn(method, name)) ?? askedFor(template);
  const settings = method[own] ?? smallestSettings(own);
  const typed: JsonObject = { ...template, method: { ...method, type: own, [own]: settings } };
  const needsValidation = own === 'reinforcement' && typeof typed['validation_file'] !== 'string';
  return needsValidation ? { ...typed, validation_file: poolValue('validation-file') } : typed;
}

/** The method that a body asks for; where none is the same as none that is offered, the first that is. */
function askedFor(template: JsonObject): Method {
  const asked = methodOf(template);
  return EDITION_METHODS.includes(asked) ? asked : (EDITION_METHODS[0] ?? asked);
}

/** The smallest settings of a method: what its schema requires. */
export function smallestSettings(method: string): JsonValue {
  const schema = isCreateMember('method') ? component('FineTuneMethod').properties?.[method] : undefined;
  return schema === undefined ? {} : build({ schema, pointer: '' }, []);
}

/** The smallest body that must be accepted: a model and a file, with a method where the contract knows no default. */
export const PLAIN_BODY: JsonObject = completed(BARE);

/** The method of the smallest body: what its files have to be for. */
export const PLAIN_METHOD: Method = methodOf(PLAIN_BODY);
