// What can be wrong with a request body, and how a person is told. The wording follows the only forms that were
// captured from the real service (`'x' is not one of [...] - 'purpose'`, `None is not of type 'string' - 'suffix'`,
// `'file' is a required property`): a value as Python writes it, the fault, the path.
import { isList, isObject, type JsonValue } from '../json.ts';

/** One fault of a body. `path` leads to the member at fault, '' being the body itself. */
export type Violation = { readonly path: string } & Fault;

type Fault =
  | { readonly fault: 'type'; readonly value: JsonValue; readonly types: readonly string[] }
  | { readonly fault: 'enum'; readonly value: JsonValue; readonly allowed: readonly JsonValue[] }
  | { readonly fault: 'bound'; readonly value: JsonValue; readonly keyword: BoundKeyword; readonly bound: number }
  | { readonly fault: 'required'; readonly member: string }
  | { readonly fault: 'unknown'; readonly member: string }
  | { readonly fault: 'excluded' };

export type BoundKeyword =
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties';

const BOUND_WORDS: Readonly<Record<BoundKeyword, (bound: number) => string>> = {
  minimum: (bound) => `is less than the minimum of ${bound}`,
  maximum: (bound) => `is greater than the maximum of ${bound}`,
  exclusiveMinimum: (bound) => `is less than or equal to the minimum of ${bound}`,
  exclusiveMaximum: (bound) => `is greater than or equal to the maximum of ${bound}`,
  minLength: (bound) => `is too short, it needs at least ${bound} character(s)`,
  maxLength: (bound) => `is too long, it may have at most ${bound} characters`,
  minItems: (bound) => `is too short, it needs at least ${bound} item(s)`,
  maxItems: (bound) => `is too long, it may have at most ${bound} items`,
  minProperties: (bound) => `has too few members, it needs at least ${bound}`,
  maxProperties: (bound) => `has too many members, it may have at most ${bound}`,
};

const LONGEST_VALUE = 60;

/** The fault in one sentence. */
export function wordingOf(violation: Violation): string {
  const where = violation.path === '' ? '' : ` - '${violation.path}'`;
  switch (violation.fault) {
    case 'type':
      return `${pythonic(violation.value)} is not of type ${violation.types.map(quoted).join(', ')}${where}`;
    case 'enum':
      return `${pythonic(violation.value)} is not one of [${violation.allowed.map(pythonic).join(', ')}]${where}`;
    case 'bound':
      return `${pythonic(violation.value)} ${BOUND_WORDS[violation.keyword](violation.bound)}${where}`;
    case 'required':
      return `${quoted(violation.member)} is a required property${violation.path === violation.member ? '' : where}`;
    case 'unknown':
      return `${quoted(shortened(violation.member))} is unknown here: extra fields not permitted${where}`;
    case 'excluded':
      return `this parameter is not supported${where}`;
  }
}

/** The path of a member below a path, in brackets where dots would be ambiguous. */
export function pathTo(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${name}]`;
  const plain = /^[\w-]+$/.test(name);
  if (path === '') return plain ? name : `[${JSON.stringify(shortened(name))}]`;
  return plain && name.length <= LONGEST_VALUE ? `${path}.${name}` : `${path}[${JSON.stringify(shortened(name))}]`;
}

function quoted(text: string): string {
  return `'${text}'`;
}

function shortened(text: string): string {
  const points = Array.from(text.slice(0, 2 * LONGEST_VALUE + 2));
  return points.length > LONGEST_VALUE ? `${points.slice(0, LONGEST_VALUE).join('')}...` : text;
}

function pythonic(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(shortened(value));
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.length === 0 ? '[]' : shortened(JSON.stringify(value));
  return isObject(value) && Object.keys(value).length === 0 ? '{}' : shortened(JSON.stringify(value));
}
