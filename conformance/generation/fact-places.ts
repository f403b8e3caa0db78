// The places of the create request as facts are looked for in them: each is located once, and knows the rows and sites of
// its facts. A body has a hundred facts, and finding out anew where each stands would cost more than sending the body.
import { isObject, type JsonValue } from '../contract/json.ts';
import { jsonType, type Located, resolve, type Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { acceptanceRowOf } from '../requirements/request-constraints.ts';

/** What a fact is called: its row, and its place and kind. */
export interface FactName {
  readonly requirement: string;
  readonly site: string;
}

/** A place with what is below it, worked out when it is first asked for. */
export class FactPlace {
  readonly schema: Schema;
  readonly pointer: string;
  /** True for a place that is described by a component of its own. */
  readonly isComponent: boolean;
  /** Members that need not be there. */
  readonly optional: readonly string[];
  readonly #members = new Map<string, FactPlace>();
  readonly #names = new Map<string, FactName>();
  #branches: readonly FactPlace[] | undefined;
  #keys: FactPlace | undefined;

  constructor(place: Located) {
    const { schema, pointer } = resolve(place);
    this.schema = schema;
    this.pointer = pointer;
    this.isComponent = place.schema.$ref !== undefined;
    const { required = [], properties = {} } = schema;
    this.optional = Object.keys(properties).filter((name) => !required.includes(name));
  }

  /** The place of a declared member, or undefined. */
  member(name: string): FactPlace | undefined {
    const { properties } = this.schema;
    const own = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return own === undefined ? undefined : this.#below(`properties/${name}`, own);
  }

  /** The place of what a map holds, or undefined. */
  get entry(): FactPlace | undefined {
    const { additionalProperties } = this.schema;
    return typeof additionalProperties === 'object'
      ? this.#below('additionalProperties', additionalProperties)
      : undefined;
  }

  /** The place of a map's keys, where something is said of them. */
  get keys(): FactPlace | undefined {
    const { propertyNames } = this.schema;
    if (propertyNames === undefined) return undefined;
    this.#keys ??= this.#below('propertyNames', { type: 'string', ...propertyNames });
    return this.#keys;
  }

  get items(): FactPlace | undefined {
    return this.schema.items === undefined ? undefined : this.#below('items', this.schema.items);
  }

  /** The branches of a union; undefined where the place is none. */
  get branches(): readonly FactPlace[] | undefined {
    const { oneOf, anyOf } = this.schema;
    const union = oneOf ?? anyOf;
    if (union === undefined) return undefined;
    const keyword = oneOf === undefined ? 'anyOf' : 'oneOf';
    this.#branches ??= union.map((branch, index) => this.#below(`${keyword}/${index}`, branch));
    return this.#branches;
  }

  /** The branch of a union that a legal value is of. Most are told apart by a look; what is left is tried in full. */
  branchOf(value: JsonValue): number {
    const branches = this.branches ?? [];
    const likely = branches.flatMap((branch, index) => (branch.#mayHold(value) ? [index] : []));
    const [only, other] = likely;
    if (only !== undefined && other === undefined) return only;
    return likely.find((index) => branches[index]?.holds(value) === true) ?? -1;
  }

  /** True where a value breaks nothing here. */
  holds(value: JsonValue): boolean {
    return violations({ schema: this.schema, pointer: this.pointer }, value).length === 0;
  }

  /** What a fact of a kind is called. */
  named(kind: string, aspect: 'accepts' | 'null-accepted'): FactName {
    const known = this.#names.get(kind);
    if (known !== undefined) return known;
    // Keys, values and items are judged in the row of what holds them.
    const owner = this.pointer.replace(/\/(propertyNames|additionalProperties|items)$/, '');
    const made: FactName = { requirement: acceptanceRowOf(owner, aspect), site: `${this.pointer} ${kind}` };
    this.#names.set(kind, made);
    return made;
  }

  /** False where the JSON type of a value, or the `type` that an object names, is that of another branch. */
  #mayHold(value: JsonValue): boolean {
    const { type, enum: words, properties } = this.schema;
    if (typeof type === 'string') {
      const actual = jsonType(value);
      if (type !== actual && !(type === 'integer' && actual === 'number')) return false;
    }
    if (words !== undefined) return words.some((word) => word === value);
    const named = properties?.['type']?.enum;
    return named === undefined || !isObject(value) || named.some((word) => word === value['type']);
  }

  #below(tail: string, schema: Schema): FactPlace {
    const known = this.#members.get(tail);
    if (known !== undefined) return known;
    const made = new FactPlace({ schema, pointer: `${this.pointer}/${tail}` });
    this.#members.set(tail, made);
    return made;
  }
}
