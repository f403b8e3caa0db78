// The component schemas of the contract in canonical form, and what they say in words. Canonical form is written by
// `npm run generate`: null is the flag `nullable`, const an enum of one, a union of one its member.
import { schemas as components } from './active-contract.ts';
import { isArray, isObject, type JsonValue, show } from './json.ts';

/** A schema in canonical form. Only these keywords occur; the compiler refuses others. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly default?: JsonValue;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly 'x-acceptance'?: 'any' | 'pool' | 'free';
  readonly 'x-pool'?: string;
  readonly 'x-example'?: JsonValue;
  readonly 'x-accept-pattern'?: string;
  readonly 'x-accept-max-items'?: number;
}

const PREFIX = '#/components/schemas/';

/** A component by name. @throws Error if the contract has none of that name: a fault of ours. */
export function component(name: string): Schema {
  const schema = components[name];
  if (schema === undefined) throw new Error(`the contract has no component ${name}`);
  return schema as Schema;
}

/** A schema with its pointer in the canonical contract. */
export interface Located {
  readonly schema: Schema;
  readonly pointer: string;
}

/** The located component of a name. */
export function locate(name: string): Located {
  return { schema: component(name), pointer: `${PREFIX}${name}` };
}

/** Follows references until a schema that says something itself; `nullable` and extensions beside a $ref are kept. */
export function resolve({ schema, pointer }: Located): Located {
  if (schema.$ref === undefined) return { schema, pointer };
  const known = resolved.get(schema) ?? followed({ schema, pointer });
  resolved.set(schema, known);
  return known;
}

/** References are followed for each member of each object that is judged; where one leads never changes. */
const resolved = new WeakMap<Schema, Located>();

function followed(located: Located): Located {
  let current = located;
  while (current.schema.$ref !== undefined) {
    const { $ref, ...beside } = current.schema;
    const target = locate($ref.slice(PREFIX.length));
    current = { schema: { ...target.schema, ...beside }, pointer: target.pointer };
  }
  return current;
}

/** The component that a pointer lies in. */
export function componentOf(pointer: string): string {
  return pointer.slice(PREFIX.length).split('/')[0] ?? '';
}

/** The JSON type of a value, in the words of JSON Schema. */
export function jsonType(value: JsonValue): 'null' | 'boolean' | 'object' | 'array' | 'number' | 'string' {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isObject(value) ? 'object' : (typeof value as 'boolean' | 'number' | 'string');
}

/** What a schema asks for, in a few words: "an integer from 0 to 2147483647, or null". */
export function describeSchema(located: Located): string {
  const { schema } = resolve(located);
  const words = describeCore(schema, located);
  return schema.nullable === true ? `${words}, or null` : words;
}

function describeCore(schema: Schema, located: Located): string {
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined && union.length > 0) {
    const branches = [...new Set(union.map((branch) => describeSchema({ schema: branch, pointer: located.pointer })))];
    return branches.join(' or ');
  }
  if (schema.enum !== undefined) {
    return schema.enum.length === 1
      ? show(schema.enum[0])
      : `one of ${schema.enum.map((value) => show(value)).join(', ')}`;
  }
  switch (schema.type) {
    case 'integer':
      return `an integer${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'string':
      return `text${length(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return schema.maxItems === undefined ? 'a list' : `a list of at most ${schema.maxItems}`;
    case 'object':
      return schema.maxProperties === undefined ? 'an object' : `an object of at most ${schema.maxProperties} members`;
    default:
      return 'a value';
  }
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const lower = exclusiveMinimum ?? minimum;
  const upper = exclusiveMaximum ?? maximum;
  if (
    exclusiveMinimum === undefined &&
    exclusiveMaximum === undefined &&
    minimum !== undefined &&
    maximum !== undefined
  ) {
    return ` from ${minimum} to ${maximum}`;
  }
  const from = lower === undefined ? '' : exclusiveMinimum === undefined ? ` of at least ${lower}` : ` above ${lower}`;
  const to =
    upper === undefined
      ? ''
      : `${from === '' ? '' : ' and'}${exclusiveMaximum === undefined ? ` of at most ${upper}` : ` below ${upper}`}`;
  return from + to;
}

function length({ minLength, maxLength }: Schema): string {
  if (minLength !== undefined && maxLength !== undefined) return ` of ${minLength} to ${maxLength} characters`;
  if (maxLength !== undefined) return ` of at most ${maxLength} characters`;
  return minLength === undefined ? '' : ` of at least ${minLength} characters`;
}
