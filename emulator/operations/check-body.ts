// Holds a body against the contract and refuses it with its first fault.
import type { RequestComponent } from '../contract/request-contract.ts';
import { wordingOf } from '../contract/violation.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../http/api-error.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { ApiRequest } from '../request.ts';

/**
 * The body of a request as an object that the contract allows. @throws ApiError 400 naming the member at fault.
 * @param unknownMembers what becomes of members that the contract does not list.
 */
export function checkedBody(
  context: Context,
  request: ApiRequest,
  component: RequestComponent,
  unknownMembers: 'refuse' | 'accept',
): JsonObject {
  const body = request.body ?? null;
  const [fault] = context.contractFor(request).check(component, body, unknownMembers);
  if (fault !== undefined) throw badRequest(wordingOf(fault), fault.path === '' ? null : fault.path);
  // A defect may let through what is no object; it has no members then.
  return isObject(body) ? body : {};
}
