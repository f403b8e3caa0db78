// The create request as a JSON Schema that any tool reads: the contract's canonical form, with null spelled out as a
// type and our own annotations gone. Both generators and the validator that counts work on this one schema.
import { schemas } from '../../generated/current/schemas.ts';
import { isArray, isObject, type JsonObject, type JsonValue } from '../../conformance/contract/json.ts';

/** The schema of a component, with what it refers to beside it in $defs. */
export function plainSchema(name: string): JsonObject {
  const needed = new Map<string, JsonValue>();
  const take = (component: string): void => {
    if (needed.has(component)) return;
    const plain = withoutOurWords(schemas[component] ?? {});
    needed.set(component, plain);
    for (const other of referencesIn(plain)) take(other);
  };
  take(name);
  const { [name]: root, ...rest } = Object.fromEntries(needed);
  return { ...(isObject(root) ? root : {}), $defs: rest };
}

const COMPONENTS = '#/components/schemas/';
const DEFINITIONS = '#/$defs/';

function withoutOurWords(schema: JsonValue): JsonValue {
  if (isArray(schema)) return schema.map(withoutOurWords);
  if (!isObject(schema)) return schema;
  const { nullable, ...own } = schema;
  const plain = Object.fromEntries(
    Object.entries(own).flatMap(([key, value]): [string, JsonValue][] => {
      if (key.startsWith('x-') || key === 'default') return [];
      if (key === '$ref' && typeof value === 'string') return [[key, value.replace(COMPONENTS, DEFINITIONS)]];
      return [[key, withoutOurWords(value)]];
    }),
  );
  if (nullable !== true) return plain;
  const { type, ...rest } = plain;
  return typeof type === 'string' && rest['enum'] === undefined
    ? { type: [type, 'null'], ...rest }
    : { anyOf: [plain, { type: 'null' }] };
}

function referencesIn(schema: JsonValue): string[] {
  if (isArray(schema)) return schema.flatMap(referencesIn);
  if (!isObject(schema)) return [];
  const { $ref, ...rest } = schema;
  const own = typeof $ref === 'string' ? [$ref.slice(DEFINITIONS.length)] : [];
  return [...own, ...Object.values(rest).flatMap(referencesIn)];
}
