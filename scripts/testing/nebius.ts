// Nebius Token Factory, as public client guides describe it: smaller bounds, no method beside hyperparameters, no resume,
// and members of its own in jobs and checkpoints.
import {
  type Dialect,
  isJson,
  type Json,
  type VendorAnswer,
  type VendorRequest,
  withObjects,
} from './vendor-adapter.ts';

const BOUNDS: Readonly<Record<string, number>> = { n_epochs: 20, batch_size: 32 };

export const nebius: Dialect = {
  basePath: '/v1',
  keyOf: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
  answer: refusal,
  toOpenAi: (json) => json,
  toVendor: (answer, { json }) => {
    const jobs = withObjects(answer.json, 'fine_tuning.job', (job) => ({
      ...job,
      trained_steps: null,
      total_steps: null,
      suffix: json?.['suffix'] ?? null,
    }));
    return {
      ...answer,
      json: withObjects(jobs, 'fine_tuning.job.checkpoint', (one) => ({ ...one, result_files: [] })),
    };
  },
};

function refusal({ method, path, json, headers }: VendorRequest): VendorAnswer | undefined {
  if (path.endsWith('/resume')) return refused(404, 'there is no such operation', null);
  // Who shows no key is told so first, by what stands behind.
  if (method !== 'POST' || path !== '/fine_tuning/jobs' || json === undefined || headers.authorization === undefined)
    return undefined;
  if (json['method'] !== undefined && json['hyperparameters'] !== undefined)
    return refused(400, 'method and hyperparameters exclude each other', 'hyperparameters');
  for (const [at, hyperparameters] of [['hyperparameters', json['hyperparameters']], ...ofMethod(json)] as const) {
    if (!isJson(hyperparameters)) continue;
    for (const [name, most] of Object.entries(BOUNDS)) {
      const value = hyperparameters[name];
      if (typeof value === 'number' && value > most) return refused(400, `${name} is at most ${most}`, `${at}.${name}`);
    }
  }
  return undefined;
}

function ofMethod({ method }: Json): (readonly [string, unknown])[] {
  if (!isJson(method)) return [];
  return Object.entries(method).flatMap(([name, settings]) =>
    isJson(settings) ? [[`method.${name}.hyperparameters`, settings['hyperparameters']] as const] : [],
  );
}

function refused(status: number, message: string, param: string | null): VendorAnswer {
  return { status, json: { error: { message, type: 'invalid_request_error', param, code: null } } };
}
