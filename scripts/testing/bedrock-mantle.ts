// Amazon Bedrock (mantle), as its user guide documents it: reinforcement alone, with a grader that is a function of the
// customer's, no suffix, and none of the operations that it does not list.
import {
  type Dialect,
  isJson,
  type Json,
  type VendorAnswer,
  type VendorRequest,
  withObjects,
} from './vendor-adapter.ts';

const CREATE = '/fine_tuning/jobs';
/** What stands for the customer's function behind the adapter; answers show the function again. */
const GRADER = { type: 'string_check', name: 'lambda', input: 'a', reference: 'b', operation: 'eq' };

export function bedrockMantle(): Dialect {
  const functions = new Map<string, unknown>();
  return {
    basePath: '/v1',
    keyOf: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
    answer: refusal,
    toOpenAi: (json, { path, method }) => (method === 'POST' && path === CREATE ? withGrader(json) : json),
    toVendor: (answer, { json, method, path }) => {
      const { id } = isJson(answer.json) ? answer.json : {};
      if (method === 'POST' && path === CREATE && answer.status === 200 && typeof id === 'string')
        functions.set(id, grader(json));
      return { ...answer, json: withObjects(answer.json, 'fine_tuning.job', (job) => withFunction(job, functions)) };
    },
  };
}

function refusal({ method, path, json, headers }: VendorRequest): VendorAnswer | undefined {
  if (/\/(pause|resume)$|\/graders\/|\/permissions/.test(path)) return refused(404, 'there is no such operation', null);
  if (method !== 'POST' || path !== CREATE || json === undefined || headers.authorization === undefined)
    return undefined;
  if (json['suffix'] !== undefined) return refused(400, 'suffix is not supported', 'suffix');
  const { method: asked } = json;
  if (!isJson(asked)) return refused(400, 'a method is needed', 'method');
  if (asked['type'] !== 'reinforcement') return refused(400, 'type is reinforcement', 'method.type');
  if (!isJson(asked['reinforcement'])) return refused(400, 'its settings are needed', 'method.reinforcement');
  const own = grader(json);
  const at = 'method.reinforcement.grader';
  if (!isJson(own)) return refused(400, 'a grader is needed', at);
  if (own['type'] !== 'lambda') return refused(400, 'a grader is of type lambda', `${at}.type`);
  const { lambda } = own;
  if (!isJson(lambda)) return refused(400, 'lambda is needed', `${at}.lambda`);
  return typeof lambda['function'] === 'string'
    ? undefined
    : refused(400, 'the name of a function is needed', `${at}.lambda.function`);
}

function grader(json: Json | undefined): unknown {
  const method = json?.['method'];
  const settings = isJson(method) ? method['reinforcement'] : undefined;
  return isJson(settings) ? settings['grader'] : undefined;
}

function withGrader(json: Json): Json {
  const { method } = json;
  if (!isJson(method) || !isJson(method['reinforcement'])) return json;
  return { ...json, method: { ...method, reinforcement: { ...method['reinforcement'], grader: GRADER } } };
}

function withFunction(job: Json, functions: ReadonlyMap<string, unknown>): Json {
  const { method, id } = job;
  if (!isJson(method) || !isJson(method['reinforcement']) || typeof id !== 'string') return job;
  return { ...job, method: { ...method, reinforcement: { ...method['reinforcement'], grader: functions.get(id) } } };
}

function refused(status: number, message: string, param: string | null): VendorAnswer {
  return { status, json: { error: { message, type: 'invalid_request_error', param, code: null } } };
}
