// An answer as an older edition gives it: without the members that came later, wherever the object stands.
import type { OperationId } from '#generated/current/operations.ts';
import type { Edition } from '../editions.ts';
import type { Answer } from '../http/answer.ts';
import { isList, isObject, type JsonObject, type JsonValue, without } from '../json.ts';

/** The answer to an operation, as the edition has it. */
export function asOfEdition(answer: Answer, operation: OperationId, edition: Edition): Answer {
  if (answer.kind !== 'json' || edition.laterAnswerMembers === undefined) return answer;
  const { ofObjects, ofPages } = edition.laterAnswerMembers;
  const body = cut(answer.body, ofObjects);
  return { ...answer, body: isObject(body) ? without(body, ...(ofPages[operation] ?? [])) : body };
}

function cut(value: JsonValue, later: Readonly<Record<string, readonly string[]>>): JsonValue {
  if (!isObject(value)) return value;
  if (isList(value['data'])) return { ...value, data: value['data'].map((item) => cut(item, later)) };
  const kind = value['object'];
  return typeof kind === 'string' ? (later[kind] ?? []).reduce(withoutPath, value) : value;
}

/** An object without a member; `a.b` names the member b of its member a. */
function withoutPath(object: JsonObject, path: string): JsonObject {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return without(object, name);
  const below = object[name];
  return isObject(below) ? { ...object, [name]: withoutPath(below, rest.join('.')) } : object;
}
