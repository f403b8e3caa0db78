// A schema as a comparison sees it: references followed, allOf merged, unions flattened, null set apart. Two documents may
// build the same set of values in different ways; their views are alike.
import { canonicalSchema } from './canonical-schema.ts';
import { canonicalComponents } from './constraint-table.ts';
import { isObject, type JsonObject, type JsonValue, listOf, member, objectOf, tokensOf } from './json.ts';
import { impliedType, mergeBounds, type Bounds } from './schema-bounds.ts';

/** What a schema says of a value. A view with branches says everything through them. */
export interface View {
  /** JSON types without null; empty where any is allowed. */
  readonly types: ReadonlySet<string>;
  /** False where the types follow from other keywords only. */
  readonly typeSaid: boolean;
  readonly nullable: boolean;
  /** True for the schema that nothing satisfies. */
  readonly never: boolean;
  /** The values of an enum as JSON texts. */
  readonly values: ReadonlySet<string> | undefined;
  /** Values that are named beside a schema that allows others too. */
  readonly known: ReadonlySet<string> | undefined;
  readonly bounds: Bounds;
  readonly defaultValue: JsonValue | undefined;
  readonly properties: ReadonlyMap<string, JsonValue>;
  readonly required: ReadonlySet<string>;
  readonly additional: JsonValue;
  readonly names: JsonValue;
  readonly items: JsonValue;
  readonly branches: readonly JsonValue[];
}

const MAX_BRANCHES = 200;
const UNIONS = ['oneOf', 'anyOf'] as const;

/** Reads the schemas of one prepared document. */
export class SchemaReader {
  readonly #components: JsonObject;
  readonly #views = new WeakMap<JsonObject, View>();
  readonly #canonical = new WeakMap<JsonObject, JsonValue>();

  constructor(root: JsonObject) {
    this.#components = canonicalComponents(root);
  }

  /** The canonical form of a schema that is no component; the same object for the same schema. */
  canonical(schema: JsonValue): JsonValue {
    if (!isObject(schema)) return schema;
    const known = this.#canonical.get(schema) ?? canonicalSchema(schema);
    this.#canonical.set(schema, known);
    return known;
  }

  /** The component that a schema is a reference to. */
  componentOf(schema: JsonValue): string | undefined {
    const target = member(schema, '$ref');
    return typeof target === 'string' ? tokensOf(target)[2] : undefined;
  }

  /** The canonical form of a component. */
  component(name: string): JsonValue {
    return member(this.#components, name) ?? true;
  }

  /** The view of a schema in canonical form. */
  view(schema: JsonValue): View {
    if (!isObject(schema)) return schema === false ? NEVER : ANYTHING;
    const known = this.#views.get(schema) ?? this.#read(schema);
    this.#views.set(schema, known);
    return known;
  }

  #read(schema: JsonObject): View {
    const parts = this.#parts(schema);
    if (parts.includes(false)) return NEVER;
    const objects = parts.filter(isObject);
    const branches = this.#branches(objects);
    const nullable = this.#isNullable(schema);
    const defaultValue = objects.find((part) => part['default'] !== undefined)?.['default'];
    if (branches.length === 0) return { ...merged(objects), nullable, defaultValue };
    const { kept, known } = this.#simplified(branches);
    const only = kept.length === 1 ? this.view(kept[0] ?? true) : undefined;
    if (!only) return { ...ANYTHING, branches: kept, nullable, defaultValue };
    return { ...only, known: known ?? only.known, nullable: nullable || only.nullable, defaultValue };
  }

  /** A schema, what it refers to, and what it is composed of. */
  #parts(schema: JsonValue): JsonValue[] {
    if (!isObject(schema)) return [schema];
    const { $ref: _ref, allOf, ...own } = schema;
    const component = this.componentOf(schema);
    const target = component === undefined ? [] : this.#parts(this.component(component));
    return [own, ...target, ...listOf(allOf).flatMap((part) => this.#parts(part))];
  }

  /** What a value may be, one of: the branches of the first union, each with what stands beside it. */
  #branches(parts: readonly JsonObject[]): JsonValue[] {
    const index = parts.findIndex((part) => UNIONS.some((union) => listOf(part[union]).length > 0) || isMixed(part));
    const part = parts[index];
    if (!part) return [];
    const union = UNIONS.find((name) => listOf(part[name]).length > 0);
    const { [union ?? 'type']: alternatives, ...rest } = part;
    const base = [rest, ...parts.filter((_, other) => other !== index)].filter(hasSubstance);
    const own = listOf(alternatives).map((one) => (union === undefined ? { type: one } : one));
    const beside = this.#flat(own).map((branch) => this.#beside(branch, base));
    const flat = this.#flat(beside);
    return flat.length > MAX_BRANCHES ? own : flat;
  }

  #flat(branches: readonly JsonValue[]): JsonValue[] {
    return branches.flatMap((branch) => {
      const deeper = this.view(branch).branches;
      return deeper.length > 0 ? deeper : [branch];
    });
  }

  /** A branch with what stands beside the union; a mere type adds nothing to a branch that says its own. */
  #beside(branch: JsonValue, base: readonly JsonObject[]): JsonValue {
    const { types, typeSaid } = this.view(branch);
    const further = base.filter((part) => {
      const { type, ...more } = part;
      return hasSubstance(more) || !typeSaid || ![...types].every((one) => one === type);
    });
    return further.length === 0 ? branch : { allOf: [branch, ...further] };
  }

  /** Without branches that others hold already; several sets of texts become one. */
  #simplified(branches: readonly JsonValue[]): { kept: JsonValue[]; known: ReadonlySet<string> | undefined } {
    const isText = (branch: JsonValue): boolean => [...this.view(branch).types].join() === 'string';
    const texts = branches.filter(isText);
    const others = branches.filter((branch) => !isText(branch) && !this.#isNull(branch) && !this.view(branch).never);
    const open = texts.find((branch) => isOpen(this.view(branch)));
    const enumerated = texts.filter((branch) => this.view(branch).values);
    const values = new Set(enumerated.flatMap((branch) => [...(this.view(branch).values ?? [])]));
    if (open !== undefined) return { kept: [open, ...others], known: values.size > 0 ? values : undefined };
    const all = { type: 'string', enum: [...values].map((value) => JSON.parse(value) as JsonValue) };
    const single = enumerated.length > 1 ? [all] : enumerated;
    return { kept: [...single, ...texts.filter((branch) => !this.view(branch).values), ...others], known: undefined };
  }

  #isNull(schema: JsonValue): boolean {
    return [...this.view(schema).types].join() === 'null';
  }

  #isNullable(schema: JsonValue): boolean {
    if (!isObject(schema)) return schema === true;
    if (schema['nullable'] === true || schema['type'] === 'null') return true;
    if (schema['type'] !== undefined || schema['enum'] !== undefined) return false;
    const component = this.componentOf(schema);
    const all = [...(component === undefined ? [] : [this.component(component)]), ...listOf(schema['allOf'])];
    const unions = UNIONS.map((union) => listOf(schema[union])).filter((branches) => branches.length > 0);
    return (
      all.length + unions.length > 0 &&
      all.every((part) => this.#isNullable(part)) &&
      unions.every((branches) => branches.some((branch) => this.#isNullable(branch)))
    );
  }
}

/** True for objects of which nothing is said but that they are objects. */
export function isFreeForm(view: View): boolean {
  return view.properties.size === 0 && view.required.size === 0 && view.additional === true;
}

/** True for text that is not limited; a format is a note. */
function isOpen({ values, bounds }: View): boolean {
  return values === undefined && [...bounds.keys()].every((keyword) => keyword === 'format');
}

function isMixed(part: JsonObject): boolean {
  return listOf(part['type']).length > 1;
}

const WITHOUT_SUBSTANCE = new Set(['nullable', 'default', 'readOnly', 'writeOnly']);

function hasSubstance(part: JsonObject): boolean {
  return Object.keys(part).some((keyword) => !WITHOUT_SUBSTANCE.has(keyword) && !keyword.startsWith('x-'));
}

/** Names of members are text, whether a schema says so or not. */
const TEXT: JsonValue = { type: 'string' };

const ANYTHING: View = {
  types: new Set(),
  typeSaid: false,
  nullable: true,
  never: false,
  values: undefined,
  known: undefined,
  bounds: new Map(),
  defaultValue: undefined,
  properties: new Map(),
  required: new Set(),
  additional: true,
  names: TEXT,
  items: true,
  branches: [],
};
const NEVER: View = { ...ANYTHING, never: true, nullable: false };

/** The view of parts that hold together and have no unions. */
function merged(parts: readonly JsonObject[]): View {
  const said = parts.flatMap((part) =>
    part['type'] === undefined ? [] : [new Set([part['type']].flat().map(String))],
  );
  const implied = parts.flatMap((part) => impliedType(part) ?? []);
  const types = said.length > 0 ? said.reduce(intersected) : new Set(implied.slice(0, 1));
  const enums = parts.flatMap((part) => (Array.isArray(part['enum']) ? [valuesOf(part['enum'])] : []));
  const together = (keyword: string): JsonValue => {
    const schemas = parts.flatMap((part) => part[keyword] ?? []);
    return schemas.length > 1 ? { allOf: schemas } : (schemas[0] ?? true);
  };
  const names = together('propertyNames');
  return {
    ...ANYTHING,
    types,
    typeSaid: said.length > 0,
    never: said.length > 0 && types.size === 0,
    values: enums.length > 0 ? enums.reduce(intersected) : undefined,
    bounds: mergeBounds(parts, types),
    properties: propertiesOf(parts),
    required: new Set(parts.flatMap((part) => listOf(part['required']).map(String))),
    additional: together('additionalProperties'),
    names: names === true ? TEXT : { allOf: [TEXT, names] },
    items: together('items'),
  };
}

function propertiesOf(parts: readonly JsonObject[]): ReadonlyMap<string, JsonValue> {
  const schemas = new Map<string, JsonValue[]>();
  for (const part of parts) {
    for (const [name, schema] of Object.entries(objectOf(part['properties']))) {
      schemas.set(name, [...(schemas.get(name) ?? []), schema]);
    }
  }
  return new Map([...schemas].map(([name, all]) => [name, all.length > 1 ? { allOf: all } : (all[0] ?? true)]));
}

function valuesOf(values: readonly JsonValue[]): Set<string> {
  return new Set(values.map((value) => JSON.stringify(value)));
}

function intersected(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  const both = [...a].filter((item) => b.has(item));
  const hasInteger = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
    one.has('integer') && other.has('number');
  return new Set(hasInteger(a, b) || hasInteger(b, a) ? [...both, 'integer'] : both);
}
