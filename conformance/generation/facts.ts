// The facts that a legal payload shows a server to accept: for each member the kind of value that it holds (at its
// smallest, at its largest, a word of the list, null, absent beside others …). A refusal of legal facts is the other
// half of conformance; a row gathers the facts of one member.
import {
  at,
  codePoints,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  pointerOf,
  tokensOf,
} from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { locate, type Schema } from '../contract/schema.ts';
import { type FactName, FactPlace } from './fact-places.ts';
import { poolValues } from './pools.ts';
import { rememberOnce } from '../contract/remember.ts';

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

  constructor({ requirement, site }: FactName, describe: () => string) {
    this.requirement = requirement;
    this.site = site;
    this.#describe = describe;
  }

  get description(): string {
    return this.#describe();
  }
}

/** The facts that were found in a body. */
class Facts {
  readonly found: Fact[] = [];
  readonly #met = new Set<FactName>();

  add(place: FactPlace, kind: string, describe: () => string, aspect: 'accepts' | 'null-accepted' = 'accepts'): void {
    const name = place.named(kind, aspect);
    if (this.#met.has(name)) return;
    this.#met.add(name);
    this.found.push(new ToldLater(name, describe));
  }
}

const body = rememberOnce(() => new FactPlace(locate(CREATE_REQUEST)));

/** The facts of a legal create body, each once: sixteen short texts in a map show what one of them shows. */
export function factsOf(payload: JsonObject): Fact[] {
  const facts = new Facts();
  walk(body(), payload, '', facts);
  return facts.found;
}

/** The facts of one value in a legal create body. @param pointer where it stands. */
export function factsAt(payload: JsonObject, pointer: string): Fact[] {
  const facts = new Facts();
  let place: FactPlace | undefined = body();
  let value: JsonValue = payload;
  const tokens = tokensOf(pointer);
  for (const token of tokens) {
    while (place?.branches !== undefined) place = place.branches[place.branchOf(value)];
    place = isArray(value) ? place?.items : (place?.member(token) ?? place?.entry);
    value = at(value, pointerOf([token])) ?? null;
  }
  if (place !== undefined) walk(place, value, tokens.join('.'), facts);
  return facts.found;
}

function walk(place: FactPlace, value: JsonValue, name: string, facts: Facts): void {
  const label = name === '' ? 'the body' : name;
  if (value === null) {
    facts.add(place, 'null', () => `${label} is null`, 'null-accepted');
    return;
  }
  const { branches } = place;
  if (branches !== undefined) {
    const index = place.branchOf(value);
    const branch = branches[index];
    // Which kind of object stands here is a fact of the place; what is in it are facts of the kind.
    if (branch?.isComponent === true) facts.add(place, `branch ${index}`, () => `${label} is of kind ${index + 1}`);
    if (branch !== undefined) walk(branch, value, name, facts);
    return;
  }
  kindsOf(place, value, label, facts);
  if (isObject(value)) walkMembers(place, value, name, facts);
  const { items } = place;
  if (isArray(value) && items !== undefined) for (const item of value) walk(items, item, `an item of ${name}`, facts);
}

function walkMembers(place: FactPlace, value: JsonObject, name: string, facts: Facts): void {
  const { keys, entry } = place;
  for (const member of Object.keys(value)) {
    const below = value[member] ?? null;
    const own = place.member(member);
    if (own !== undefined) walk(own, below, name === '' ? member : `${name}.${member}`, facts);
    else if (entry !== undefined) {
      if (keys !== undefined) kindsOf(keys, member, `a key of ${name}`, facts);
      walk(entry, below, `a value of ${name}`, facts);
    }
  }
}

/** The kinds of value that a value is of. */
function kindsOf(place: FactPlace, value: JsonValue, label: string, facts: Facts): void {
  const { schema } = place;
  const told = (): string => `${label} is ${JSON.stringify(value)}`;
  if (schema.enum !== undefined || isWordOfPool(schema, value)) facts.add(place, `word ${JSON.stringify(value)}`, told);
  else if (typeof value === 'number') facts.add(place, kindOfNumber(schema, value), () => `${label} is ${value}`);
  else if (typeof value === 'string') addText(place, value, label, facts);
  else if (isArray(value))
    facts.add(place, value.length === 0 ? 'empty' : 'filled', () => `${label} is a list of ${value.length}`);
  else if (isObject(value)) kindsOfObject(place, value, label, facts);
  else facts.add(place, 'any', told);
}

/** True for reviewed text of which there are several: each may be refused for what stands in it, and no other shows it. */
function isWordOfPool(schema: Schema, value: JsonValue): boolean {
  const pool = schema['x-pool'];
  return pool !== undefined && typeof value === 'string' && poolValues(pool).length > 1;
}

/** How close to a bound that is not itself allowed a number is to count as the smallest; a server may think in hundredths. */
const JUST_ABOVE = 0.0001;

function kindOfNumber(schema: Schema, value: number): string {
  const { minimum, maximum, exclusiveMinimum } = schema;
  if (value === minimum) return 'minimum';
  if (value === maximum) return 'maximum';
  if (exclusiveMinimum !== undefined && value - exclusiveMinimum <= JUST_ABOVE) return 'just above the bound';
  return Number.isInteger(value) ? 'inside' : 'fraction';
}

function addText(place: FactPlace, value: string, label: string, facts: Facts): void {
  const { maxLength, minLength } = place.schema;
  const length = codePoints(value);
  const told = (): string =>
    length > 20 ? `${label} is text of ${length} characters` : `${label} is ${JSON.stringify(value)}`;
  const isAscii = /^[ -~]*$/.test(value);
  if (length === maxLength) facts.add(place, isAscii ? 'longest' : 'longest beyond ASCII', told);
  else if (length === minLength) facts.add(place, 'shortest', told);
  else facts.add(place, isAscii ? 'text' : 'text beyond ASCII', told);
}

function kindsOfObject(place: FactPlace, value: JsonObject, label: string, facts: Facts): void {
  const count = Object.keys(value).length;
  if (count === place.schema.maxProperties) facts.add(place, 'full', () => `${label} has ${count} members`);
  let present = 0;
  let only = '';
  for (const name of place.optional) {
    if (Object.hasOwn(value, name)) {
      present += 1;
      only = name;
    } else facts.add(place, `without ${name}`, () => `${label} has no ${name}`);
  }
  if (present === 0 && count > 0 && place.optional.length > 0)
    facts.add(place, 'bare', () => `${label} has none of its optional members`);
  if (present === 1) facts.add(place, `only ${only}`, () => `${label} has ${only} and no other optional member`);
  if (count === 0) facts.add(place, 'empty', () => `${label} is empty`);
  else facts.add(place, 'an object', () => `${label} is an object`);
}
