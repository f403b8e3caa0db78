// Documented jobs: the answers of create, retrieve, list, cancel, pause and resume.
import type { JsonObject } from '../contract/json.ts';
import type { Complaints, DocumentedAnswer } from './documented-answers.ts';

const AUTO = { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' };
const TWO_EPOCHS = { ...AUTO, n_epochs: 2 };
const FOUR_EPOCHS = { n_epochs: 4, batch_size: 1, learning_rate_multiplier: 1.0 };
const NO_ERROR = { code: null, message: null, param: null };
const REAL_EXTRAS = { user_provided_suffix: null, usage_metrics: null, shared_with_openai: false };
const WANDB = { type: 'wandb', wandb: { project: 'my-wandb-project' } };
const EXACT_MATCH = {
  type: 'string_check',
  name: 'Example string check grader',
  input: '{{sample.output_text}}',
  reference: '{{item.label}}',
  operation: 'eq',
};

/** What E-S1 says of the short examples: every required member that they leave out. */
const SHORT: Complaints = {
  fails: [
    'retrieve.job.error',
    'retrieve.job.finished_at',
    'retrieve.job.hyperparameters',
    'retrieve.job.seed',
    'retrieve.job.trained_tokens',
  ],
  tolerated: [],
};
/** A create that answers with such a job leaves out the seed that it is to generate. */
const SHORT_CREATE: Complaints = { fails: ['create.seed.generated', ...SHORT.fails], tolerated: [] };

const SHORT_JOB: JsonObject = {
  object: 'fine_tuning.job',
  id: 'ftjob-abc123',
  model: 'gpt-4o-mini-2024-07-18',
  created_at: 1721764800,
  fine_tuned_model: null,
  organization_id: 'org-123',
  result_files: [],
  status: 'queued',
  validation_file: null,
  training_file: 'file-abc123',
};
const ACTED_UPON: JsonObject = { ...SHORT_JOB, validation_file: 'file-abc123' };
const SHORT_SUPERVISED: JsonObject = {
  ...SHORT_JOB,
  method: { type: 'supervised', supervised: { hyperparameters: AUTO } },
  metadata: null,
};

const SUCCEEDED: JsonObject = {
  object: 'fine_tuning.job',
  id: 'ftjob-abc123',
  model: 'davinci-002',
  created_at: 1692661014,
  finished_at: 1692661190,
  fine_tuned_model: 'ft:davinci-002:my-org:custom_suffix:7q8mpxmy',
  organization_id: 'org-123',
  result_files: ['file-abc123'],
  status: 'succeeded',
  validation_file: null,
  training_file: 'file-abc123',
  hyperparameters: FOUR_EPOCHS,
  trained_tokens: 5768,
  integrations: [],
  seed: 0,
  estimated_finish: 0,
  method: { type: 'supervised', supervised: { hyperparameters: FOUR_EPOCHS } },
};
const OF_SUCCEEDED = {
  strict: { fails: ['retrieve.job.error', 'status.estimated_finish.null-when-finished'], tolerated: [] },
  compatible: {
    fails: ['retrieve.job.error'],
    tolerated: ['status.estimated_finish.null-when-finished (E-S11)'],
  },
} as const;

const CREATED: readonly DocumentedAnswer[] = [
  {
    source: 'S000 l.33',
    title: 'a job of 2024-04',
    operation: 'createFineTuningJob',
    request: { training_file: 'file-abc123', model: 'gpt-3.5-turbo' },
    body: { ...SHORT_JOB, model: 'gpt-3.5-turbo-0125', created_at: 1614807352 },
    errata: ['E-J5', 'E-S1'],
    strict: SHORT_CREATE,
    compatible: SHORT_CREATE,
  },
  {
    source: 'S004 l.256',
    title: 'Default',
    operation: 'createFineTuningJob',
    request: { training_file: 'file-abc123', model: 'gpt-4o-mini' },
    body: SHORT_SUPERVISED,
    errata: ['E-J1', 'E-S1'],
    strict: SHORT_CREATE,
    compatible: SHORT_CREATE,
  },
  {
    source: 'S004 l.320',
    title: 'Epochs',
    operation: 'createFineTuningJob',
    request: {
      training_file: 'file-abc123',
      model: 'gpt-4o-mini',
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } },
    },
    body: {
      ...SHORT_SUPERVISED,
      model: 'gpt-4o-mini',
      hyperparameters: TWO_EPOCHS,
      method: { type: 'supervised', supervised: { hyperparameters: TWO_EPOCHS } },
      error: NO_ERROR,
      finished_at: null,
      seed: 683058546,
      trained_tokens: null,
      estimated_finish: null,
      integrations: [],
      ...REAL_EXTRAS,
    },
    errata: ['E-S3', 'E-C7'],
    strict: { fails: ['retrieve.job.error'], tolerated: [] },
    compatible: { fails: [], tolerated: ['retrieve.job.error (E-S3)'] },
  },
  {
    // The request names other files (E-C6), so that only the answer counts.
    source: 'S004 l.382',
    title: 'DPO',
    operation: 'createFineTuningJob',
    body: {
      ...SHORT_JOB,
      id: 'ftjob-abc',
      model: 'gpt-4o-mini',
      created_at: 1746130590,
      organization_id: 'org-abc',
      validation_file: 'file-123',
      training_file: 'file-abc',
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.1, ...AUTO } } },
      metadata: null,
      error: NO_ERROR,
      finished_at: null,
      hyperparameters: null,
      seed: 1036326793,
      estimated_finish: null,
      integrations: [],
      ...REAL_EXTRAS,
    },
    errata: ['E-S1', 'E-S3', 'E-S4', 'E-C6'],
    strict: {
      fails: ['retrieve.job.error', 'retrieve.job.hyperparameters', 'retrieve.job.trained_tokens'],
      tolerated: [],
    },
    compatible: {
      fails: ['retrieve.job.trained_tokens'],
      tolerated: ['retrieve.job.error (E-S3)', 'retrieve.job.hyperparameters (E-S4)'],
    },
  },
  {
    source: 'S004 l.482',
    title: 'Reinforcement',
    operation: 'createFineTuningJob',
    request: {
      training_file: 'file-abc',
      validation_file: 'file-123',
      model: 'o4-mini',
      method: {
        type: 'reinforcement',
        reinforcement: { grader: EXACT_MATCH, hyperparameters: { reasoning_effort: 'medium' } },
      },
    },
    body: {
      ...SHORT_JOB,
      model: 'o4-mini',
      status: 'validating_files',
      validation_file: 'file-123',
      training_file: 'file-abc',
      trained_tokens: null,
      finished_at: null,
      error: {},
      seed: 950189191,
      estimated_finish: null,
      integrations: [],
      method: {
        type: 'reinforcement',
        reinforcement: {
          hyperparameters: {
            ...AUTO,
            eval_interval: 'auto',
            eval_samples: 'auto',
            compute_multiplier: 'auto',
            reasoning_effort: 'medium',
          },
          grader: EXACT_MATCH,
          response_format: null,
        },
      },
      metadata: null,
      ...REAL_EXTRAS,
    },
    errata: ['E-S3', 'E-S4', 'E-S5'],
    strict: { fails: ['retrieve.job.error', 'retrieve.job.hyperparameters'], tolerated: [] },
    compatible: {
      fails: [],
      tolerated: ['retrieve.job.error (E-S3)', 'retrieve.job.hyperparameters (E-S4)'],
    },
  },
  {
    source: 'S004 l.552',
    title: 'Validation file',
    operation: 'createFineTuningJob',
    request: { training_file: 'file-abc123', validation_file: 'file-abc123', model: 'gpt-4o-mini' },
    body: { ...SHORT_SUPERVISED, validation_file: 'file-abc123' },
    errata: ['E-J2', 'E-S1'],
    strict: SHORT_CREATE,
    compatible: SHORT_CREATE,
  },
  {
    // The request is no JSON (E-J4), so that only the answer counts.
    source: 'S004 l.602',
    title: 'W&B Integration',
    operation: 'createFineTuningJob',
    body: {
      ...SHORT_SUPERVISED,
      validation_file: 'file-abc123',
      integrations: [{ type: 'wandb', wandb: { project: 'my-wandb-project', entity: null, run_id: 'ftjob-abc123' } }],
    },
    errata: ['E-J3', 'E-J4', 'E-S1'],
    strict: SHORT,
    compatible: SHORT,
  },
];

export const DOCUMENTED_JOBS: readonly DocumentedAnswer[] = [
  ...CREATED,
  {
    source: 'S001 l.101',
    title: 'a job that succeeded, with metadata',
    operation: 'retrieveFineTuningJob',
    body: { ...SUCCEEDED, metadata: { key: 'value' } },
    errata: ['E-S2', 'E-S11'],
    ...OF_SUCCEEDED,
  },
  {
    source: 'SPEC GET /fine_tuning/jobs/{fine_tuning_job_id}',
    title: 'a job that succeeded',
    operation: 'retrieveFineTuningJob',
    body: SUCCEEDED,
    errata: ['E-S2', 'E-S11'],
    ...OF_SUCCEEDED,
  },
  {
    source: 'SPEC GET /fine_tuning/jobs',
    title: 'a page of jobs',
    operation: 'listPaginatedFineTuningJobs',
    body: { object: 'list', data: [{ ...SHORT_JOB, metadata: { key: 'value' } }], has_more: true },
    errata: ['E-J6', 'E-S1'],
    strict: SHORT,
    compatible: SHORT,
  },
  {
    source: 'SPEC CreateFineTuningJobRequest.integrations',
    title: 'a job with as many integrations as a request may have, and an answer may not',
    operation: 'retrieveFineTuningJob',
    body: { ...SUCCEEDED, error: null, estimated_finish: null, integrations: Array.from({ length: 6 }, () => WANDB) },
    errata: ['E-C5'],
    strict: { fails: [], tolerated: [] },
    compatible: { fails: [], tolerated: [] },
  },
  ...(
    [
      ['cancel', 'cancelFineTuningJob', 'cancelled', ['E-S1']],
      ['pause', 'pauseFineTuningJob', 'paused', ['E-S1', 'E-S6']],
      ['resume', 'resumeFineTuningJob', 'queued', ['E-S1']],
    ] as const
  ).map(([action, operation, status, errata]): DocumentedAnswer => ({
    source: `SPEC POST /fine_tuning/jobs/{fine_tuning_job_id}/${action}`,
    title: `the answer to ${action}`,
    operation,
    body: { ...ACTED_UPON, status },
    errata,
    strict: SHORT,
    compatible: SHORT,
  })),
];
