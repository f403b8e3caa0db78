// Which branch of a union a client meant: by the `type` member where the branches carry one, else by JSON type.
import { isList, isObject, type JsonValue, member, memberAt } from '../json.ts';
import { jsonTypeOf } from './json-type.ts';
import { resolved, type Schemas } from './schemas.ts';

/** The branch, or what would have been right: a value of `type`, or a JSON type. */
export type Choice =
  | { readonly branch: JsonValue }
  | { readonly discriminators: readonly JsonValue[]; readonly types?: undefined }
  | { readonly types: readonly string[]; readonly discriminators?: undefined };

/** Chooses among branches none of which the value satisfies. */
export function chooseBranch(schemas: Schemas, branches: readonly JsonValue[], value: JsonValue): Choice {
  const flat = branches.flatMap((branch) => flattened(schemas, branch));
  const type = jsonTypeOf(value);
  const typed = flat.filter((branch) => fits(branch, type));
  const [only, ...others] = typed;
  if (only === undefined) return { types: [...new Set(flat.flatMap(typesOf))] };
  if (type !== 'object') return { branch: typed.find((branch) => member(branch, 'enum') === undefined) ?? only };
  const discriminating = typed.filter((branch) => discriminatorsOf(branch).length > 0);
  const wanted = member(value, 'type');
  const meant = discriminating.find((branch) => discriminatorsOf(branch).some((one) => one === wanted));
  if (meant !== undefined) return { branch: meant };
  // A map among objects with a discriminator is meant by an object without one.
  const map = typed.find((branch) => discriminatorsOf(branch).length === 0);
  if (map !== undefined && typeof wanted !== 'string') return { branch: map };
  if (discriminating.length > 0) return { discriminators: discriminating.flatMap(discriminatorsOf) };
  return { branch: others.length === 0 ? only : (typed[0] ?? only) };
}

function flattened(schemas: Schemas, schema: JsonValue): JsonValue[] {
  const target = resolved(schemas, schema);
  const union = member(target, 'oneOf') ?? member(target, 'anyOf');
  return isList(union) ? union.flatMap((branch) => flattened(schemas, branch)) : [target];
}

function discriminatorsOf(branch: JsonValue): readonly JsonValue[] {
  const allowed = memberAt(branch, 'properties', 'type', 'enum');
  return isList(allowed) ? allowed : [];
}

function typesOf(branch: JsonValue): string[] {
  const type = member(branch, 'type');
  return typeof type === 'string' ? [type] : isList(type) ? type.map(String) : [];
}

function fits(branch: JsonValue, type: string): boolean {
  if (!isObject(branch)) return false;
  const types = typesOf(branch);
  return types.length === 0 || types.includes(type) || (type === 'number' && types.includes('integer'));
}
