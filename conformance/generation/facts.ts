// The facts that a legal payload shows a server to accept: for each member the kind of value that it holds (at its
// smallest, at its largest, a word of the list, null, absent beside others …). A refusal of legal facts is the other
// half of conformance; a row gathers the facts of one member.
import { isArray, isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { type Located, locate, resolve, type Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { acceptanceRowOf } from '../requirements/request-constraints.ts';

/** One thing that the contract allows and a payload holds. */
export interface Fact {
  /** The row that asks for it to be accepted. */
  readonly requirement: string;
  /** Schema pointer and kind of value: stable, and the same for every value of the kind. */
  readonly site: string;
  readonly description: string;
}

/** The facts of a legal create body. */
export function factsOf(payload: JsonObject): Fact[] {
  return [...walk(locate(CREATE_REQUEST), payload, '')];
}

function* walk(place: Located, value: JsonValue, name: string): Generator<Fact> {
  const located = resolve(place);
  const { schema, pointer } = located;
  const label = name === '' ? 'the body' : name;
  if (value === null) {
    yield fact(pointer, 'null', `${label} is null`, 'null-accepted');
    return;
  }
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) {
    const keyword = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
    const index = union.findIndex(
      (branch, position) =>
        violations({ schema: branch, pointer: `${pointer}/${keyword}/${position}` }, value).length === 0,
    );
    const branch = union[index];
    // Which kind of object stands here is a fact of the place; what is in it are facts of the kind.
    if (branch?.$ref !== undefined) yield fact(pointer, `branch ${index}`, `${label} is of kind ${index + 1}`);
    if (branch !== undefined) yield* walk({ schema: branch, pointer: `${pointer}/${keyword}/${index}` }, value, name);
    return;
  }
  yield* kindsOf(located, value, label);
  if (isObject(value)) yield* walkMembers(located, value, name);
  if (isArray(value) && schema.items !== undefined) {
    for (const item of value)
      yield* walk({ schema: schema.items, pointer: `${pointer}/items` }, item, `an item of ${name}`);
  }
}

function* walkMembers({ schema, pointer }: Located, value: JsonObject, name: string): Generator<Fact> {
  const path = (member: string): string => (name === '' ? member : `${name}.${member}`);
  for (const [member, below] of Object.entries(value)) {
    const own =
      schema.properties !== undefined && Object.hasOwn(schema.properties, member)
        ? schema.properties[member]
        : undefined;
    if (own !== undefined)
      yield* walk({ schema: own, pointer: `${pointer}/properties/${member}` }, below, path(member));
    else if (typeof schema.additionalProperties === 'object') {
      if (schema.propertyNames !== undefined)
        yield* kindsOf(
          { schema: { type: 'string', ...schema.propertyNames }, pointer: `${pointer}/propertyNames` },
          member,
          `a key of ${name}`,
        );
      yield* walk(
        { schema: schema.additionalProperties, pointer: `${pointer}/additionalProperties` },
        below,
        `a value of ${name}`,
      );
    }
  }
}

/** The kinds of value that a value is of. */
function* kindsOf({ schema, pointer }: Located, value: JsonValue, label: string): Generator<Fact> {
  if (schema.enum !== undefined)
    yield fact(pointer, `word ${JSON.stringify(value)}`, `${label} is ${JSON.stringify(value)}`);
  else if (typeof value === 'number') yield* kindsOfNumber(schema, pointer, value, label);
  else if (typeof value === 'string') yield* kindsOfText(schema, pointer, value, label);
  else if (isArray(value))
    yield fact(pointer, value.length === 0 ? 'empty' : 'filled', `${label} is a list of ${value.length}`);
  else if (isObject(value)) yield* kindsOfObject(schema, pointer, value, label);
  else yield fact(pointer, 'any', `${label} is ${JSON.stringify(value)}`);
}

function* kindsOfNumber(schema: Schema, pointer: string, value: number, label: string): Generator<Fact> {
  const told = `${label} is ${value}`;
  if (value === schema.minimum) yield fact(pointer, 'minimum', told);
  else if (value === schema.maximum) yield fact(pointer, 'maximum', told);
  else yield fact(pointer, Number.isInteger(value) ? 'inside' : 'fraction', told);
}

function* kindsOfText(schema: Schema, pointer: string, value: string, label: string): Generator<Fact> {
  const length = Array.from(value).length;
  const told = length > 20 ? `${label} is text of ${length} characters` : `${label} is ${JSON.stringify(value)}`;
  if (length === schema.maxLength) yield fact(pointer, 'longest', told);
  else if (length === schema.minLength) yield fact(pointer, 'shortest', told);
  else yield fact(pointer, /^[ -~]*$/.test(value) ? 'text' : 'text beyond ASCII', told);
}

function* kindsOfObject(schema: Schema, pointer: string, value: JsonObject, label: string): Generator<Fact> {
  const count = Object.keys(value).length;
  if (count === schema.maxProperties) yield fact(pointer, 'full', `${label} has ${count} members`);
  const required = schema.required ?? [];
  const optional = Object.keys(schema.properties ?? {}).filter((name) => !required.includes(name));
  const present = optional.filter((name) => Object.hasOwn(value, name));
  for (const name of optional) {
    if (!Object.hasOwn(value, name)) yield fact(pointer, `without ${name}`, `${label} has no ${name}`);
  }
  const [only] = present;
  if (present.length === 1 && only !== undefined)
    yield fact(pointer, `only ${only}`, `${label} has ${only} and no other optional member`);
  if (count === 0) yield fact(pointer, 'empty', `${label} is empty`);
  else yield fact(pointer, 'an object', `${label} is an object`);
}

function fact(
  pointer: string,
  kind: string,
  description: string,
  aspect: 'accepts' | 'null-accepted' = 'accepts',
): Fact {
  // Keys, values and items are judged in the row of what holds them.
  const owner = pointer.replace(/\/(propertyNames|additionalProperties|items)$/, '');
  return { requirement: acceptanceRowOf(owner, aspect), site: `${pointer} ${kind}`, description };
}
