// The handles that defects hold answers and requests by: an object of some kind wherever it stands in an answer, a
// whole body, a refusal, a body before it is looked at. Written once, a defect is a line that says what goes wrong.
import { type OperationId, operations } from '#generated/current/operations.ts';
import { type ContractEdit, contractSchemas } from '../contract/schemas.ts';
import type { JsonAnswer } from '../http/answer.ts';
import { editAt, isList, isObject, type JsonObject, type JsonValue, memberAt } from '../json.ts';
import type { Policy } from '../policy.ts';
import type { Defect, Exchange, Hooks, Memory } from './defect.ts';

/** Which calls a hook is for. */
export type Where = (exchange: Exchange) => boolean;
/** What becomes of an object in an answer. */
export type ObjectEdit = (object: JsonObject, exchange: Exchange) => JsonValue;

/** A defect of one hook or several. */
export function defect(id: string, wrong: string, breaks: string, ...hooks: readonly Hooks[]): Defect {
  return { id, wrong, breaks, ...together(...hooks) };
}

/** Rewrites JSON answers of success. */
export function successes(edit: (answer: JsonAnswer, exchange: Exchange) => JsonAnswer): Hooks {
  return {
    answer: (answer, exchange) => (answer.kind === 'json' && answer.status < 300 ? edit(answer, exchange) : answer),
  };
}

/** Rewrites the bodies that some operations succeed with. */
export function bodiesOf(ids: readonly OperationId[], edit: (body: JsonValue, exchange: Exchange) => JsonValue): Hooks {
  return successes((answer, exchange) =>
    exchange.operationId !== null && ids.includes(exchange.operationId)
      ? { ...answer, body: edit(answer.body, exchange) }
      : answer,
  );
}

/** Rewrites refusals. */
export function refusals(edit: (answer: JsonAnswer, exchange: Exchange) => JsonAnswer): Hooks {
  return {
    answer: (answer, exchange) => (answer.kind === 'json' && answer.status >= 400 ? edit(answer, exchange) : answer),
  };
}

/** Rewrites the `error` of refusals. */
export function errors(edit: (error: JsonObject, exchange: Exchange) => JsonValue, where: Where = () => true): Hooks {
  return refusals((answer, exchange) => {
    const error = memberAt(answer.body, 'error');
    if (!isObject(answer.body) || !isObject(error) || !where(exchange)) return answer;
    return { ...answer, body: { ...answer.body, error: edit(error, exchange) } };
  });
}

/** Rewrites every object of a component, alone or on a page; `where` may keep to some calls. */
export function objects(component: string, edit: ObjectEdit, where: Where = () => true): Hooks {
  const { alone, listed } = placesOf(component);
  return successes((answer, exchange) => {
    const id = exchange.operationId;
    if (id === null || !where(exchange)) return answer;
    if (alone.includes(id)) return { ...answer, body: edited(answer.body, edit, exchange) };
    if (!listed.includes(id)) return answer;
    const body = editAt(answer.body, ['data'], (data) =>
      isList(data) ? data.map((item) => edited(item, edit, exchange)) : data,
    );
    return { ...answer, body };
  });
}

/** Rewrites every job in every answer. */
export function jobs(edit: ObjectEdit, where: Where = () => true): Hooks {
  return objects('FineTuningJob', edit, where);
}

/** Rewrites jobs that are shown in one of some statuses. */
export function jobsIn(statuses: readonly string[], edit: ObjectEdit): Hooks {
  return jobs((job, exchange) => (statuses.includes(textIn(job, 'status')) ? edit(job, exchange) : job));
}

/** Rewrites the job that a create is answered with, where what was sent is an object. */
export function newJobs(edit: (job: JsonObject, sent: JsonObject, exchange: Exchange) => JsonObject): Hooks {
  return jobs(
    (job, exchange) => (isObject(exchange.sent) ? edit(job, exchange.sent, exchange) : job),
    ({ operationId }) => operationId === 'createFineTuningJob',
  );
}

/** Rewrites the bodies of creates before they are looked at. */
export function sentCreates(edit: (body: JsonObject, memory: Memory) => JsonObject): Hooks {
  return sentBodies(['createFineTuningJob'], edit);
}

/** Rewrites the bodies of some operations before they are looked at. */
export function sentBodies(ids: readonly OperationId[], edit: (body: JsonObject, memory: Memory) => JsonObject): Hooks {
  return {
    request: (request, memory) =>
      ids.includes(request.operationId) && isObject(request.body)
        ? { ...request, body: edit(request.body, memory) }
        : request,
  };
}

/** Edits the contract, for all bodies or for some. */
export function contract(edit: ContractEdit, when?: (body: JsonValue) => boolean): Hooks {
  return { contract: when === undefined ? { edit } : { edit, when } };
}

/** Turns switches of the policy. */
export function switches(change: Partial<Policy>): Hooks {
  return { policy: (policy) => ({ ...policy, ...change }) };
}

/** Several hooks as one; of two of the same kind the latter is applied to what the former made. */
export function together(...hooks: readonly Hooks[]): Hooks {
  return hooks.reduce<Hooks>((one, other) => {
    const [before, after] = [one.answer, other.answer];
    const answer: Hooks['answer'] =
      before && after ? (current, exchange) => after(before(current, exchange), exchange) : (before ?? after);
    return answer === undefined ? { ...one, ...other } : { ...one, ...other, answer };
  }, {});
}

/** The text of a member, '' where it is none. */
export function textIn(object: JsonValue | undefined, name: string): string {
  const value = memberAt(object, name);
  return typeof value === 'string' ? value : '';
}

const METHODS = ['supervised', 'dpo', 'reinforcement'];

/** Replaces a hyperparameter in each of its places, in a create body as in a job. */
export function hyperparameter(
  object: JsonObject,
  name: string,
  edit: (value: JsonValue) => JsonValue | undefined,
): JsonObject {
  const places = [['hyperparameters', name], ...METHODS.map((method) => ['method', method, 'hyperparameters', name])];
  return places.reduce<JsonObject>((current, path) => editedObject(current, path, edit), object);
}

/** Replaces what a path leads to; `edit` removes it by giving undefined. */
export function editedObject(
  object: JsonObject,
  path: readonly string[],
  edit: (value: JsonValue) => JsonValue | undefined,
): JsonObject {
  const result = editAt(object, path, edit);
  return isObject(result) ? result : object;
}

function edited(value: JsonValue, edit: ObjectEdit, exchange: Exchange): JsonValue {
  return isObject(value) ? edit(value, exchange) : value;
}

interface Places {
  /** The operations that answer with the object itself. */
  readonly alone: readonly OperationId[];
  /** The operations that answer with pages of it. */
  readonly listed: readonly OperationId[];
}

/** Where objects of a component stand, by the operation table. */
function placesOf(component: string): Places {
  const all = Object.values(operations);
  const answering = (test: (name: string) => boolean): OperationId[] =>
    all
      .filter(({ answers }) => answers.some((answer) => answer.component !== null && test(answer.component)))
      .map(({ id }) => id);
  const reference = `#/components/schemas/${component}`;
  return {
    alone: answering((name) => name === component),
    listed: answering((name) => memberAt(contractSchemas[name], 'properties', 'data', 'items', '$ref') === reference),
  };
}
