// Documented events, checkpoints and permissions.
import type { JsonObject } from '../contract/json.ts';
import type { Complaints, DocumentedAnswer } from './documented-answers.ts';

const NOTHING: Complaints = { fails: [], tolerated: [] };
const ALWAYS_VALID = { errata: [], strict: NOTHING, compatible: NOTHING } as const;

const EVENT: JsonObject = {
  object: 'fine_tuning.job.event',
  id: 'ftevent-abc123',
  created_at: 1677610602,
  level: 'info',
  message: 'Created fine-tuning job',
  data: {},
  type: 'message',
};
const PAST_EVENT: JsonObject = { ...EVENT, created_at: 1721764800, data: null };
const WITHOUT_DATA = {
  errata: ['E-S7', 'E-C10'],
  strict: { fails: ['events.event.data'], tolerated: [] },
  compatible: { fails: [], tolerated: ['events.event.data (E-S7)'] },
} as const;

const CHECKPOINT: JsonObject = {
  object: 'fine_tuning.job.checkpoint',
  id: 'ftckpt_zc4Q7MP6XxulcVzj4MZdwsAB',
  created_at: 1721764867,
  fine_tuned_model_checkpoint: 'ft:gpt-4o-mini-2024-07-18:my-org:custom-suffix:96olL566:ckpt-step-2000',
  metrics: { full_valid_loss: 0.134, full_valid_mean_token_accuracy: 0.874 },
  fine_tuning_job_id: 'ftjob-abc123',
  step_number: 2000,
};
const EARLIER_CHECKPOINT: JsonObject = {
  ...CHECKPOINT,
  id: 'ftckpt_enQCFmOTGj3syEpYVhBRLTSy',
  created_at: 1721764800,
  fine_tuned_model_checkpoint: 'ft:gpt-4o-mini-2024-07-18:my-org:custom-suffix:7q8mpxmy:ckpt-step-1000',
  metrics: { full_valid_loss: 0.167, full_valid_mean_token_accuracy: 0.781 },
  step_number: 1000,
};

const PERMISSION: JsonObject = {
  object: 'checkpoint.permission',
  id: 'cp_zc4Q7MP6XxulcVzj4MZdwsAB',
  created_at: 1721764867,
  project_id: 'proj_abGMw1llN8IrBb6SvvY5A1iH',
};
const OTHER_PERMISSION: JsonObject = {
  ...PERMISSION,
  id: 'cp_enQCFmOTGj3syEpYVhBRLTSy',
  created_at: 1721764800,
  project_id: 'proj_iqGMw1llN8IrBb6SvvY5A1oF',
};

const OF_JOBS: readonly DocumentedAnswer[] = [
  {
    source: 'SPEC GET /fine_tuning/jobs/{fine_tuning_job_id}/events',
    title: 'a page of events',
    operation: 'listFineTuningEvents',
    body: {
      object: 'list',
      data: [
        { ...PAST_EVENT, id: 'ft-event-ddTJfwuMVpfLXseO0Am0Gqjm', message: 'Fine tuning job successfully completed' },
        {
          ...PAST_EVENT,
          id: 'ft-event-tyiGuB72evQncpH87xe505Sv',
          message: 'New fine-tuned model created: ft:gpt-4o-mini:openai::7p4lURel',
        },
      ],
      has_more: true,
    },
    ...WITHOUT_DATA,
  },
  {
    source: 'SPEC FineTuningJobEvent',
    title: 'an event with data (repaired, E-J7)',
    operation: 'listFineTuningEvents',
    body: { object: 'list', data: [EVENT], has_more: false },
    ...ALWAYS_VALID,
  },
  {
    source: 'GUIDE-SFT',
    title: 'an event of a type that only the guide knows',
    operation: 'listFineTuningEvents',
    body: { object: 'list', data: [{ ...EVENT, type: 'moderation_checks' }], has_more: false },
    ...ALWAYS_VALID,
    errata: ['E-C9'],
  },
  {
    source: 'SPEC GET /fine_tuning/jobs/{fine_tuning_job_id}/checkpoints',
    title: 'a page of checkpoints',
    operation: 'listFineTuningJobCheckpoints',
    body: {
      object: 'list',
      data: [CHECKPOINT, EARLIER_CHECKPOINT],
      first_id: CHECKPOINT['id'] ?? null,
      last_id: EARLIER_CHECKPOINT['id'] ?? null,
      has_more: true,
    },
    ...ALWAYS_VALID,
    errata: ['E-J9', 'E-S12'],
  },
  {
    source: 'NETREC GetCheckpoints',
    title: 'a checkpoint with a metric that the schema does not know',
    operation: 'listFineTuningJobCheckpoints',
    body: {
      object: 'list',
      data: [
        {
          ...CHECKPOINT,
          metrics: { step: 100, train_loss: 0.1, train_mean_token_accuracy: 0.9, type: 'supervised' },
        },
      ],
      first_id: CHECKPOINT['id'] ?? null,
      last_id: CHECKPOINT['id'] ?? null,
      has_more: false,
    },
    ...ALWAYS_VALID,
  },
];

const OF_PERMISSIONS: readonly DocumentedAnswer[] = [
  {
    source: 'SPEC GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions',
    title: 'a page of permissions',
    operation: 'listFineTuningCheckpointPermissions',
    body: {
      object: 'list',
      data: [PERMISSION, OTHER_PERMISSION],
      first_id: PERMISSION['id'] ?? null,
      last_id: OTHER_PERMISSION['id'] ?? null,
      has_more: false,
    },
    ...ALWAYS_VALID,
    errata: ['E-J8'],
  },
  {
    source: 'SPEC POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions',
    title: 'a permission that was granted',
    operation: 'createFineTuningCheckpointPermission',
    body: {
      object: 'list',
      data: [PERMISSION],
      first_id: PERMISSION['id'] ?? null,
      last_id: PERMISSION['id'] ?? null,
      has_more: false,
    },
    ...ALWAYS_VALID,
  },
  {
    source: 'SPEC DELETE /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}',
    title: 'a permission that was withdrawn',
    operation: 'deleteFineTuningCheckpointPermission',
    body: { object: 'checkpoint.permission', id: 'cp_zc4Q7MP6XxulcVzj4MZdwsAB', deleted: true },
    ...ALWAYS_VALID,
  },
];

export const DOCUMENTED_RESOURCES: readonly DocumentedAnswer[] = [...OF_JOBS, ...OF_PERMISSIONS];
