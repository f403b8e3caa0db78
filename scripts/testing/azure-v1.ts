// Azure OpenAI by its v1 path, as its reference documents it: a header of its own for the key, an api-version that may be
// sent, times of a job's end as text, uploads answered 201, and top-level hyperparameters beside method supervised.
import {
  type Dialect,
  isJson,
  type Json,
  type VendorAnswer,
  type VendorRequest,
  withObjects,
} from './vendor-adapter.ts';

export const azureV1: Dialect = {
  basePath: '/openai/v1',
  keyOf: ({ headers }) => {
    const key = headers['api-key'];
    return typeof key === 'string' ? key : undefined;
  },
  answer: () => undefined,
  toOpenAi,
  toVendor: (answer, request) => ({
    ...answer,
    ...created(answer, request),
    json: withObjects(answer.json, 'fine_tuning.job', withTimes),
  }),
};

function created({ status }: VendorAnswer, { method, path }: VendorRequest): Partial<VendorAnswer> {
  return method === 'POST' && path === '/files' && status === 200 ? { status: 201, headers: { location: path } } : {};
}

function withTimes(job: Json): Json {
  const text = (time: unknown): unknown => (typeof time === 'number' ? new Date(time * 1000).toISOString() : time);
  return { ...job, finished_at: text(job['finished_at']), estimated_finish: text(job['estimated_finish']) };
}

/** What Azure recommends means to OpenAI: hyperparameters of the method. */
function toOpenAi(json: Json, { path }: VendorRequest): Json {
  const { method, hyperparameters, ...rest } = json;
  const isBoth = path === '/fine_tuning/jobs' && isJson(method) && isJson(hyperparameters);
  if (!isBoth || method['type'] !== 'supervised' || method['supervised'] !== undefined) return json;
  return { ...rest, method: { ...method, supervised: { hyperparameters } } };
}
