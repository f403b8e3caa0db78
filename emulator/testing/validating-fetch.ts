// A fetch that holds every JSON answer against the generated validators: success against the schema of its operation,
// everything else against the error envelope.
import { operations } from '#generated/current/operations.ts';
import * as validators from '#generated/current/validators.js';
import { isList, isObject, type JsonValue, memberAt } from '../json.ts';

interface Checker {
  (value: unknown): boolean;
  errors?: readonly validators.SchemaViolation[] | null;
}

const CHECKERS = validators as unknown as Readonly<Record<string, Checker>>;

/** Fetches, and throws where the answer does not have the form that the contract gives it. */
export async function validatingFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const url = input instanceof Request ? input.url : String(input);
  await checkResponse(init?.method ?? 'GET', url, response);
  return response;
}

/** Throws where an answer does not have the form that the contract gives it. @param method and url of the call. */
export async function checkResponse(method: string, url: string, response: Response): Promise<void> {
  if (response.headers.get('content-type') !== 'application/json') return;
  const body = (await response.clone().json()) as JsonValue;
  const component = response.ok ? componentOf(method, new URL(url).pathname) : 'ErrorResponse';
  const check = component === null ? undefined : CHECKERS[component];
  if (check === undefined || check(withEnds(withObjectHyperparameters(body)))) return;
  const faults = JSON.stringify(check.errors, null, 1);
  throw new Error(`${method} ${url}: not a valid ${String(component)}: ${faults}\n${JSON.stringify(body)}`);
}

function componentOf(method: string, path: string): string | null {
  const called = path.replace(/^\/v1/, '');
  const operation = Object.values(operations).find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(called),
  );
  return operation?.answers[0]?.component ?? null;
}

/** Null hyperparameters of jobs that are not supervised are what real jobs show, against the schema (E-S4). */
function withObjectHyperparameters(body: JsonValue): JsonValue {
  const data = isObject(body) ? body['data'] : undefined;
  if (isObject(body) && isList(data)) return { ...body, data: data.map(withObjectHyperparameters) };
  const supervised = memberAt(body, 'method', 'type') === 'supervised';
  if (!isObject(body) || body['hyperparameters'] !== null || supervised) return body;
  return { ...body, hyperparameters: {} };
}

/** An empty page has no ends, though the schema of some wants them (E-C11). */
function withEnds(body: JsonValue): JsonValue {
  const data = isObject(body) ? body['data'] : undefined;
  if (!isObject(body) || !isList(data) || data.length > 0 || body['first_id'] !== null) return body;
  return { ...body, first_id: '', last_id: '' };
}
