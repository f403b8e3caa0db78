// The facts that a legal payload shows a server to accept: for each member the kind of value that it holds (at its
// smallest, at its largest, a word of the list, null, absent beside others …). A refusal of legal facts is the other
// half of conformance; a row gathers the facts of one member.
import { codePoints, isArray, isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { jsonType, type Located, locate, resolve, type Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { acceptanceRowOf } from '../requirements/request-constraints.ts';
import { rememberBy } from './remember.ts';

/** One thing that the contract allows and a payload holds. */
export interface Fact {
  /** The row that asks for it to be accepted. */
  readonly requirement: string;
  /** Schema pointer and kind of value: stable, and the same for every value of the kind. */
  readonly site: string;
  readonly description: string;
}

/** A fact that is put into words when somebody asks: of a hundred facts of a body, none is told where all are accepted. */
class ToldLater implements Fact {
  readonly requirement: string;
  readonly site: string;
  readonly #describe: () => string;

  constructor({ requirement, site }: Pick<Fact, 'requirement' | 'site'>, describe: () => string) {
    this.requirement = requirement;
    this.site = site;
    this.#describe = describe;
  }

  get description(): string {
    return this.#describe();
  }
}

/** The facts of a legal create body, each once: sixteen short texts in a map show what one of them shows. */
export function factsOf(payload: JsonObject): Fact[] {
  const facts = new Facts();
  walk(locate(CREATE_REQUEST), payload, '', facts);
  return facts.found;
}

function walk(place: Located, value: JsonValue, name: string, facts: Facts): void {
  const located = resolve(place);
  const { schema, pointer } = located;
  const label = name === '' ? 'the body' : name;
  if (value === null) {
    facts.add(pointer, 'null', () => `${label} is null`, 'null-accepted');
    return;
  }
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) {
    const index = branchOf(located, union, value);
    const branch = union[index];
    // Which kind of object stands here is a fact of the place; what is in it are facts of the kind.
    if (branch?.$ref !== undefined) facts.add(pointer, `branch ${index}`, () => `${label} is of kind ${index + 1}`);
    if (branch !== undefined) walk(branchAt(located, branch, index), value, name, facts);
    return;
  }
  kindsOf(located, value, label, facts);
  if (isObject(value)) walkMembers(located, value, name, facts);
  if (isArray(value) && schema.items !== undefined) {
    const items = { schema: schema.items, pointer: `${pointer}/items` };
    for (const item of value) walk(items, item, `an item of ${name}`, facts);
  }
}

function branchAt({ schema, pointer }: Located, branch: Schema, index: number): Located {
  return { schema: branch, pointer: `${pointer}/${schema.oneOf === undefined ? 'anyOf' : 'oneOf'}/${index}` };
}

/** The branch of a union that a legal value is of. Most are told apart by a look; what is left is tried in full. */
function branchOf(located: Located, union: readonly Schema[], value: JsonValue): number {
  const likely = union.flatMap((branch, index) => (mayBe(branchAt(located, branch, index), value) ? [index] : []));
  const [only, other] = likely;
  if (only !== undefined && other === undefined) return only;
  return likely.find((index) => violations(branchAt(located, union[index] ?? {}, index), value).length === 0) ?? -1;
}

/** False where the JSON type of a value, or the `type` that an object names, is that of another branch. */
function mayBe(branch: Located, value: JsonValue): boolean {
  const { schema } = resolve(branch);
  if (typeof schema.type === 'string') {
    const actual = jsonType(value);
    if (schema.type !== actual && !(schema.type === 'integer' && actual === 'number')) return false;
  }
  if (schema.enum !== undefined) return schema.enum.some((word) => word === value);
  const named = schema.properties?.['type']?.enum;
  return named === undefined || !isObject(value) || named.some((word) => word === value['type']);
}

function walkMembers({ schema, pointer }: Located, value: JsonObject, name: string, facts: Facts): void {
  const path = (member: string): string => (name === '' ? member : `${name}.${member}`);
  const { properties, propertyNames, additionalProperties } = schema;
  const keys = { schema: { type: 'string', ...propertyNames }, pointer: `${pointer}/propertyNames` };
  for (const [member, below] of Object.entries(value)) {
    const own = properties !== undefined && Object.hasOwn(properties, member) ? properties[member] : undefined;
    if (own !== undefined)
      walk({ schema: own, pointer: `${pointer}/properties/${member}` }, below, path(member), facts);
    else if (typeof additionalProperties === 'object') {
      if (propertyNames !== undefined) kindsOf(keys, member, `a key of ${name}`, facts);
      const entry = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
      walk(entry, below, `a value of ${name}`, facts);
    }
  }
}

/** The kinds of value that a value is of. */
function kindsOf({ schema, pointer }: Located, value: JsonValue, label: string, facts: Facts): void {
  const told = (): string => `${label} is ${JSON.stringify(value)}`;
  if (schema.enum !== undefined) facts.add(pointer, `word ${JSON.stringify(value)}`, told);
  else if (typeof value === 'number') facts.add(pointer, kindOfNumber(schema, value), () => `${label} is ${value}`);
  else if (typeof value === 'string') addText(schema, pointer, value, label, facts);
  else if (isArray(value))
    facts.add(pointer, value.length === 0 ? 'empty' : 'filled', () => `${label} is a list of ${value.length}`);
  else if (isObject(value)) kindsOfObject(schema, pointer, value, label, facts);
  else facts.add(pointer, 'any', told);
}

function kindOfNumber(schema: Schema, value: number): string {
  if (value === schema.minimum) return 'minimum';
  if (value === schema.maximum) return 'maximum';
  return Number.isInteger(value) ? 'inside' : 'fraction';
}

function addText(schema: Schema, pointer: string, value: string, label: string, facts: Facts): void {
  const length = codePoints(value);
  const told = (): string =>
    length > 20 ? `${label} is text of ${length} characters` : `${label} is ${JSON.stringify(value)}`;
  if (length === schema.maxLength) facts.add(pointer, 'longest', told);
  else if (length === schema.minLength) facts.add(pointer, 'shortest', told);
  else facts.add(pointer, /^[ -~]*$/.test(value) ? 'text' : 'text beyond ASCII', told);
}

function kindsOfObject(schema: Schema, pointer: string, value: JsonObject, label: string, facts: Facts): void {
  const count = Object.keys(value).length;
  if (count === schema.maxProperties) facts.add(pointer, 'full', () => `${label} has ${count} members`);
  let present = 0;
  let only = '';
  for (const name of optionalMembers(schema)) {
    if (Object.hasOwn(value, name)) {
      present += 1;
      only = name;
    } else facts.add(pointer, `without ${name}`, () => `${label} has no ${name}`);
  }
  if (present === 1) facts.add(pointer, `only ${only}`, () => `${label} has ${only} and no other optional member`);
  if (count === 0) facts.add(pointer, 'empty', () => `${label} is empty`);
  else facts.add(pointer, 'an object', () => `${label} is an object`);
}

const optionalMembers = rememberBy(({ required = [], properties = {} }: Schema): readonly string[] =>
  Object.keys(properties).filter((name) => !required.includes(name)),
);

type Named = Pick<Fact, 'requirement' | 'site'>;

/** Rows and sites by pointer and kind: there are some hundred of them, and each body has as many facts. */
const known = new Map<string, Map<string, Named>>();

function named(pointer: string, kind: string, aspect: 'accepts' | 'null-accepted'): Named {
  let kinds = known.get(pointer);
  if (kinds === undefined) known.set(pointer, (kinds = new Map<string, Named>()));
  let found = kinds.get(kind);
  if (found === undefined) {
    // Keys, values and items are judged in the row of what holds them.
    const owner = pointer.replace(/\/(propertyNames|additionalProperties|items)$/, '');
    found = { requirement: acceptanceRowOf(owner, aspect), site: `${pointer} ${kind}` };
    kinds.set(kind, found);
  }
  return found;
}

/** The facts that were found in a body. */
class Facts {
  readonly found: Fact[] = [];
  readonly #met = new Set<Named>();

  add(pointer: string, kind: string, describe: () => string, aspect: 'accepts' | 'null-accepted' = 'accepts'): void {
    const name = named(pointer, kind, aspect);
    if (this.#met.has(name)) return;
    this.#met.add(name);
    this.found.push(new ToldLater(name, describe));
  }
}
