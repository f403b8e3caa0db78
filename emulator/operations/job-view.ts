// A job as answers show it: the record, and where the job stands.
import type { components } from '#generated/current/types.ts';
import type { Context } from '../context.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../json.ts';
import type { Standing } from '../lifecycle/standing.ts';
import { seconds, secondsUp } from '../seconds.ts';
import {
  methodHyperparameters,
  topLevelHyperparameters,
  trainedTokens,
  withoutAuto,
} from '../lifecycle/training-plan.ts';
import type { JobRecord } from '../store/records.ts';

type Job = components['schemas']['FineTuningJob'];
/** As the schema has it, but that a job that is not supervised shows null hyperparameters, as real ones do (E-S4). */
export type JobView = Omit<Job, 'hyperparameters' | 'method' | 'integrations' | 'metadata'> & {
  readonly hyperparameters: JsonObject | null;
  readonly method: JsonObject;
  readonly integrations: readonly JsonValue[];
  readonly metadata: JsonObject | null;
};

/** A job as it stands, or as it stood when `standing` was taken. */
export function jobView(context: Context, job: JobRecord, standing = context.world.standing(job)): JobView {
  const { phase } = standing;
  const succeeded = phase === 'succeeded';
  return {
    object: 'fine_tuning.job',
    id: job.id,
    model: job.model,
    created_at: seconds(job.createdAtMs),
    finished_at: succeeded ? seconds(standing.sinceMs) : null,
    fine_tuned_model: succeeded ? job.fineTunedModel : null,
    organization_id: context.organization.id,
    result_files: succeeded ? [job.resultFileId] : [],
    status: phase === 'paused' ? context.policy.shownPause : phase,
    validation_file: job.validationFile,
    training_file: job.trainingFile,
    trained_tokens: succeeded ? trainedTokens(job) : null,
    error: phase === 'failed' ? context.world.failure(job) : null,
    estimated_finish: standing.finishesAtMs === null ? null : secondsUp(standing.finishesAtMs),
    seed: job.seed,
    hyperparameters: hyperparametersView(context, job, standing),
    method: methodView(job, standing),
    integrations: job.integrations.map(integrationView),
    metadata: job.metadata,
  };
}

function hyperparametersView(context: Context, job: JobRecord, standing: Standing): JsonObject | null {
  if (job.methodType !== 'supervised' && context.policy.supervisedView === 'by-method') return null;
  return resolvedWhenRun(topLevelHyperparameters(job), job, standing);
}

/** `method` always names its type, with every hyperparameter of the type; what was sent beside stays as it was sent. */
function methodView(job: JobRecord, standing: Standing): JsonObject {
  const sent = member(job.method ?? undefined, job.methodType);
  const own = isObject(sent) ? sent : {};
  return {
    ...job.method,
    type: job.methodType,
    [job.methodType]: { ...own, hyperparameters: resolvedWhenRun(methodHyperparameters(job), job, standing) },
  };
}

/** "auto" gives way to numbers once a job runs; one that ended before keeps it (ST-11). */
function resolvedWhenRun(hyperparameters: JsonObject, job: JobRecord, standing: Standing): JsonObject {
  return standing.hasRun ? withoutAuto(hyperparameters, job) : hyperparameters;
}

/** What was sent, with the defaults that the schema lets be null. */
function integrationView(integration: JsonValue): JsonValue {
  const wandb = member(integration, 'wandb');
  if (!isObject(integration) || !isObject(wandb)) return integration;
  return { ...integration, wandb: { ...wandb, name: wandb['name'] ?? null, entity: wandb['entity'] ?? null } };
}
