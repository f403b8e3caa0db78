// Azure OpenAI by its dated API, as the specification of 2024-10-21 documents it: states, errors and statuses of its own,
// plain numbers for hyperparameters, no method, metadata or integrations, and only the operations that it lists.
import {
  type Dialect,
  isJson,
  type Json,
  type VendorAnswer,
  type VendorRequest,
  withObjects,
} from './vendor-adapter.ts';

const CREATE = '/fine_tuning/jobs';
const STATES: Readonly<Record<string, string>> = { validating_files: 'pending', queued: 'pending' };
const CODES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
};
/** What the service takes where no number was sent. */
const DEFAULTS = { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1 };
const UNKNOWN = ['method', 'metadata', 'integrations'];

export const azure20241021: Dialect = {
  basePath: '/openai',
  keyOf: ({ headers }) => {
    const key = headers['api-key'];
    return typeof key === 'string' ? key : undefined;
  },
  answer: refusal,
  toOpenAi: (json, { method, path }) => {
    if (method !== 'POST' || path !== CREATE) return json;
    const { hyperparameters } = json;
    return isJson(hyperparameters)
      ? { ...json, hyperparameters: { ...DEFAULTS, ...hyperparameters } }
      : { ...json, hyperparameters: json['hyperparameters'] ?? DEFAULTS };
  },
  toVendor: (answer, request) => ({
    status:
      answer.status === 200 && request.method === 'POST' && [CREATE, '/files'].includes(request.path)
        ? 201
        : answer.status,
    headers: { location: request.path },
    json: answer.status >= 400 ? errorOf(answer) : objectsOf(answer.json),
  }),
};

function refusal({ method, path, query, json, headers }: VendorRequest): VendorAnswer | undefined {
  if (query.get('api-version') !== '2024-10-21') return refused(404, 'this version of the API is not known');
  if (/\/(pause|resume)$|\/graders\/|\/permissions/.test(path)) return refused(404, 'there is no such operation');
  if (method !== 'POST' || path !== CREATE || json === undefined || headers['api-key'] === undefined) return undefined;
  const unknown = UNKNOWN.find((name) => json[name] !== undefined);
  if (unknown !== undefined) return refused(400, `${unknown} is not known`, unknown);
  const { suffix, hyperparameters } = json;
  if (typeof suffix === 'string' && !/^[\w-]{1,40}$/.test(suffix))
    return refused(400, 'the suffix is malformed', 'suffix');
  const none = ['suffix', 'seed', 'validation_file', 'hyperparameters'].find((name) => json[name] === null);
  if (none !== undefined) return refused(400, `${none} is null`, none);
  const wrong = isJson(hyperparameters) ? Object.keys(DEFAULTS).find((name) => hyperparameters[name] !== undefined && typeof hyperparameters[name] !== 'number') : undefined; // prettier-ignore
  return wrong === undefined ? undefined : refused(400, `${wrong} is no number`, `hyperparameters.${wrong}`);
}

function refused(status: number, message: string, target?: string): VendorAnswer {
  const code = CODES[status] ?? 'invalidPayload';
  return { status, json: { error: { code, message, ...(target === undefined ? {} : { target }) } } };
}

function errorOf({ status, json }: VendorAnswer): unknown {
  const error = isJson(json) ? json['error'] : undefined;
  if (!isJson(error)) return json;
  const { message, param } = error;
  return refused(status, String(message), typeof param === 'string' ? param : undefined).json;
}

function objectsOf(json: unknown): unknown {
  const jobs = withObjects(json, 'fine_tuning.job', jobOf);
  const events = withObjects(jobs, 'fine_tuning.job.event', (event) => ({
    ...event,
    level: event['level'] === 'warn' ? 'warning' : event['level'],
  }));
  const models = withObjects(events, 'model', ({ id, object, created, deleted }) =>
    deleted === undefined
      ? {
          id,
          object,
          created_at: created,
          capabilities: { fine_tune: true },
          deprecation: { inference: 1_900_000_000 },
          lifecycle_status: 'preview',
        }
      : { id, object, deleted },
  );
  return isJson(models) && models['data'] !== undefined ? pageOf(models) : models;
}

function pageOf({ first_id: _first, last_id: _last, ...page }: Json): Json {
  const { data } = page;
  const isOfFiles = Array.isArray(data) && data.some((item) => isJson(item) && item['object'] === 'file');
  if (!isOfFiles) return page;
  const { has_more: _more, ...files } = page;
  return files;
}

function jobOf({
  method: _m,
  metadata: _d,
  integrations: _i,
  organization_id: _o,
  user_provided_suffix: _u,
  ...job
}: Json): Json {
  const status = String(job['status']);
  const shown = isJson(job['hyperparameters']) ? job['hyperparameters'] : {};
  const numbers = Object.entries(DEFAULTS).map(([name, usual]) => [
    name,
    typeof shown[name] === 'number' ? shown[name] : usual,
  ]);
  return { ...job, status: STATES[status] ?? status, hyperparameters: Object.fromEntries(numbers) };
}
