// Which members the edition's create request has: bodies that are written out by hand name all members that any edition
// knows, and are cut to those of the edition that is judged.
import { isDialect, operations, validators } from './active-contract.ts';
import { isObject, type JsonObject } from './json.ts';
import { CREATE_REQUEST } from './request-sites.ts';
import { component } from './schema.ts';
import type { OperationId } from '#generated/current/operations.ts';

/** True for a member that the edition's create request has. */
export function isCreateMember(name: string): boolean {
  return Object.hasOwn(component(CREATE_REQUEST).properties ?? {}, name);
}

/** A create body without the members that the edition does not know. */
export function ofEdition(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => isCreateMember(name)));
}

/** True where the contract knows every member of a create body, the type of its method, and for a dialect what it holds. */
export function isOfEdition(body: JsonObject): boolean {
  const { method } = body;
  const isKnown = !isObject(method) || typeof method['type'] !== 'string' || hasMethod(method['type']);
  if (!isKnown || !Object.keys(body).every(isCreateMember)) return false;
  return !isDialect || validators.AcceptableCreateRequest(body);
}

/** True for a method that the edition's create request can ask for by name. */
export function hasMethod(name: string): boolean {
  return isCreateMember('method') && Object.hasOwn(component('FineTuneMethod').properties ?? {}, name);
}

/** True where the edition has an operation, and the operation a query parameter where one is named. */
export function hasOperation(id: OperationId, query?: string): boolean {
  const operation = operations[id];
  if (operation === undefined) return false;
  return query === undefined || operation.queryParameters.some(({ name }) => name === query);
}
