// Models: the base models and those that jobs produced.
import type { components } from '#generated/current/types.ts';
import type { Context } from '../context.ts';
import { type Answer, success } from '../http/answer.ts';
import { ApiError, unknownModel } from '../http/api-error.ts';
import { BASE_MODELS, baseModel } from '../model-catalogue.ts';
import type { ApiRequest } from '../request.ts';
import { seconds } from '../seconds.ts';
import type { JobRecord } from '../store/records.ts';

type Model = components['schemas']['Model'];

/** GET /models. */
export function listModels(context: Context): Answer {
  const jobs = context.policy.fineTunedModel === 'not-listed' ? [] : context.world.modelJobs();
  const data = [...BASE_MODELS.map(baseView), ...jobs.map((job) => fineTunedView(context, job))];
  return success({ object: 'list', data });
}

/** GET /models/{model}. */
export function retrieveModel(context: Context, request: ApiRequest): Answer {
  const name = request.path['model'] ?? '';
  const base = baseModel(name);
  if (base !== undefined) return success(baseView(base));
  if (context.policy.fineTunedModel === 'not-retrievable') throw unknownModel(name);
  return success(fineTunedView(context, jobOfModel(context, name)));
}

/** DELETE /models/{model}: only what a job produced can be deleted. */
export function deleteModel(context: Context, request: ApiRequest): Answer {
  const name = request.path['model'] ?? '';
  if (baseModel(name) !== undefined) {
    const message = `The model '${name}' is a base model and cannot be deleted`;
    throw new ApiError({ status: 403, message, param: 'model', code: 'model_not_deletable' });
  }
  const job = jobOfModel(context, name);
  if (context.policy.fixtures === 'removable' || !isFixture(job)) {
    context.world.store.change({ change: 'model-deleted', id: job.id, atMs: context.world.nowMs });
  }
  return success({ object: 'model', id: name, deleted: true });
}

function jobOfModel(context: Context, name: string): JobRecord {
  const job = context.world.store.jobOfModel(name);
  if (job === undefined || !context.world.hasModel(job)) throw unknownModel(name);
  return job;
}

/** Fixtures come before everything that a client makes. */
function isFixture(job: JobRecord): boolean {
  return job.sequence <= 0;
}

function baseView({ name, created }: { readonly name: string; readonly created: number }): Model {
  return { object: 'model', id: name, created, owned_by: 'system' };
}

function fineTunedView(context: Context, job: JobRecord): Model {
  const created = seconds(context.world.standing(job).sinceMs);
  return { object: 'model', id: job.fineTunedModel, created, owned_by: context.organization.id };
}
