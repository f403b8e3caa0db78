// Objects that a faithful server answers with; tests change the member that they are about.
import type { JsonObject, JsonValue } from '../contract/json.ts';

/** Members to put in place of the usual ones; undefined takes a member away. */
export type Changes = Readonly<Record<string, JsonValue | undefined>>;

export function changed(object: JsonObject, changes: Changes): JsonObject {
  const entries = Object.entries({ ...object, ...changes });
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

const AUTO = { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' };

/** A new job. */
export function aJob(changes: Changes = {}): JsonObject {
  const job: JsonObject = {
    id: 'job-1',
    object: 'fine_tuning.job',
    created_at: 1_760_000_000,
    finished_at: null,
    status: 'queued',
    model: 'gpt-4o-mini-2024-07-18',
    fine_tuned_model: null,
    organization_id: 'org-1',
    training_file: 'file-1',
    validation_file: null,
    result_files: [],
    trained_tokens: null,
    error: null,
    seed: 42,
    estimated_finish: null,
    hyperparameters: AUTO,
    method: { type: 'supervised', supervised: { hyperparameters: AUTO } },
    integrations: [],
    metadata: null,
  };
  return changed(job, changes);
}

/** A job that has succeeded. */
export function aSuccess(changes: Changes = {}): JsonObject {
  const numbers = { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1.8 };
  return aJob({
    status: 'succeeded',
    finished_at: 1_760_000_900,
    fine_tuned_model: 'ft:gpt-4o-mini-2024-07-18:org::a1b2c3d4',
    trained_tokens: 5830,
    result_files: ['file-results'],
    hyperparameters: numbers,
    method: { type: 'supervised', supervised: { hyperparameters: numbers } },
    ...changes,
  });
}

/** A job that has failed. */
export function aFailure(changes: Changes = {}): JsonObject {
  const error = { code: 'invalid_training_file', message: 'The file cannot be read.', param: 'training_file' };
  return aJob({ status: 'failed', error, ...changes });
}

export function anEvent(changes: Changes = {}): JsonObject {
  const event: JsonObject = {
    id: 'event-1',
    object: 'fine_tuning.job.event',
    created_at: 1_760_000_001,
    level: 'info',
    message: 'The job was made.',
    type: 'message',
    data: {},
  };
  return changed(event, changes);
}

export function aCheckpoint(changes: Changes = {}): JsonObject {
  const checkpoint: JsonObject = {
    id: 'checkpoint-1',
    object: 'fine_tuning.job.checkpoint',
    created_at: 1_760_000_500,
    fine_tuned_model_checkpoint: 'ft:gpt-4o-mini-2024-07-18:org::a1b2c3d4:ckpt-step-90',
    fine_tuning_job_id: 'job-1',
    step_number: 90,
    metrics: { step: 90, train_loss: 0.2 },
  };
  return changed(checkpoint, changes);
}

export function aFile(changes: Changes = {}): JsonObject {
  const file: JsonObject = {
    id: 'file-1',
    object: 'file',
    bytes: 120,
    created_at: 1_759_999_000,
    filename: 'train.jsonl',
    purpose: 'fine-tune',
    status: 'processed',
  };
  return changed(file, changes);
}

export function aModel(changes: Changes = {}): JsonObject {
  return changed({ id: 'gpt-4o-mini', object: 'model', created: 1_700_000_000, owned_by: 'system' }, changes);
}

export function aPermission(changes: Changes = {}): JsonObject {
  const permission = { id: 'cp-1', object: 'checkpoint.permission', created_at: 1_760_000_000, project_id: 'proj-1' };
  return changed(permission, changes);
}

export const A_STRING_CHECK: JsonObject = {
  type: 'string_check',
  name: 'exact match',
  input: '{{sample.output_text}}',
  reference: '{{item.label}}',
  operation: 'eq',
};

/** A page as the job list has it; `more` adds or replaces members. */
export function aPage(data: readonly JsonValue[], hasMore = false, more: Changes = {}): JsonObject {
  return changed({ object: 'list', data, has_more: hasMore }, more);
}

const GRADER_FLAGS = [
  'formula_parse_error', 'sample_parse_error', 'truncated_observation_error', 'unresponsive_reward_error', 'invalid_variable_error',
  'other_error', 'python_grader_server_error', 'python_grader_runtime_error', 'model_grader_server_error', 'model_grader_refusal_error',
  'model_grader_parse_error',
]; // prettier-ignore
const GRADER_DETAILS = [
  'python_grader_server_error_type',
  'python_grader_runtime_error_details',
  'model_grader_server_error_details',
];

/** The answer to a run of a string check. */
export function aGraderRun(metadata: Changes = {}): JsonObject {
  const errors = [...GRADER_FLAGS.map((name) => [name, false]), ...GRADER_DETAILS.map((name) => [name, null])];
  return {
    reward: 1,
    metadata: changed(
      {
        name: 'exact match',
        type: 'string_check',
        errors: Object.fromEntries(errors) as JsonObject,
        execution_time: 0.1,
        scores: {},
        token_usage: null,
        sampled_model_name: null,
      },
      metadata,
    ),
    sub_rewards: {},
    model_grader_token_usage_per_model: {},
  };
}
