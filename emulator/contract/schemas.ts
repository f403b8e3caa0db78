// The request schemas in canonical form (null is a flag, const an enum of one), and how to edit them: editions and
// defects are edits of the contract, so that one validation serves them all.
import { schemas as documentedSchemas } from '#generated/current/schemas.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';

/** Component schemas by name, in canonical form. */
export type Schemas = Readonly<Record<string, JsonValue>>;
/** An edit of the contract. */
export type ContractEdit = (schemas: Schemas) => Schemas;

const PREFIX = '#/components/schemas/';

/** The schemas of the contract as documented. */
export const contractSchemas: Schemas = documentedSchemas;

/** The schema that a schema refers to, or the schema itself; keywords beside `$ref` are annotations. */
export function resolved(schemas: Schemas, schema: JsonValue): JsonValue {
  const target = isObject(schema) ? schema['$ref'] : undefined;
  if (typeof target !== 'string') return schema;
  const found = schemas[target.slice(PREFIX.length)];
  if (found === undefined) throw new Error(`the contract lacks ${target}`);
  return resolved(schemas, found);
}

/** The tokens of a pointer `#/components/schemas/…`, the component's name first. */
export function tokensOfPointer(pointer: string): string[] {
  return pointer
    .slice(PREFIX.length)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** An edit that replaces the schema at a pointer `#/components/schemas/…`; it throws where nothing is. */
export function editSchema(pointer: string, edit: (schema: JsonObject) => JsonValue): ContractEdit {
  const [component = '', ...path] = tokensOfPointer(pointer);
  return (schemas) => {
    const root = schemas[component];
    if (root === undefined) throw new Error(`the contract has no ${pointer}`);
    return { ...schemas, [component]: editBelow(root, path, edit, pointer) };
  };
}

function editBelow(
  value: JsonValue,
  path: readonly string[],
  edit: (schema: JsonObject) => JsonValue,
  pointer: string,
): JsonValue {
  const [token, ...rest] = path;
  if (token === undefined) {
    if (!isObject(value)) throw new Error(`${pointer} is no schema`);
    return edit(value);
  }
  if (isList(value)) {
    return value.map((item, index) => (String(index) === token ? editBelow(item, rest, edit, pointer) : item));
  }
  const below = isObject(value) ? value[token] : undefined;
  if (!isObject(value) || below === undefined) throw new Error(`the contract has no ${pointer}`);
  return { ...value, [token]: editBelow(below, rest, edit, pointer) };
}

/** Several edits as one, first to last. */
export function combineEdits(edits: readonly ContractEdit[]): ContractEdit {
  return (schemas) => edits.reduce((current, edit) => edit(current), schemas);
}
