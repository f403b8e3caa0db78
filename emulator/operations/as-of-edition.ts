// An answer as an older edition gives it: without the members that came later, wherever the object stands.
import type { OperationId } from '#generated/current/operations.ts';
import type { Edition } from '../editions.ts';
import type { Answer } from '../http/answer.ts';
import { editAt, isList, isObject, type JsonValue, without } from '../json.ts';

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
  return typeof kind === 'string' ? (later[kind] ?? []).reduce<JsonValue>(withoutMember, value) : value;
}

/** `a.b` names the member b of the member a. */
function withoutMember(value: JsonValue, path: string): JsonValue {
  return editAt(value, path.split('.'), () => undefined);
}
