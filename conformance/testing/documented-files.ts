// Documented files, models and graders.
import type { JsonObject } from '../contract/json.ts';
import type { Complaints, DocumentedAnswer } from './documented-answers.ts';

const NOTHING: Complaints = { fails: [], tolerated: [] };
const ALWAYS_VALID = { errata: [], strict: NOTHING, compatible: NOTHING } as const;

const FILE: JsonObject = {
  id: 'file-abc123',
  object: 'file',
  bytes: 120000,
  created_at: 1677610602,
  expires_at: 1677614202,
  filename: 'mydata.jsonl',
  purpose: 'fine-tune',
};
const WITHOUT_STATUS: Complaints = { fails: ['files.file.status'], tolerated: [] };
const OF_FILES = { errata: ['E-J8', 'E-S8'], strict: WITHOUT_STATUS, compatible: WITHOUT_STATUS } as const;

const MODEL: JsonObject = {
  id: 'VAR_chat_model_id',
  object: 'model',
  created: 1686935002,
  owned_by: 'openai',
  shutdown_date: '2026-10-23',
};
const TOKENS = { prompt_tokens: 190, total_tokens: 324, completion_tokens: 134, cached_tokens: 0 };
const FLAGS = [
  'formula_parse_error',
  'sample_parse_error',
  'truncated_observation_error',
  'unresponsive_reward_error',
  'invalid_variable_error',
  'other_error',
  'python_grader_server_error',
  'python_grader_runtime_error',
  'model_grader_server_error',
  'model_grader_refusal_error',
  'model_grader_parse_error',
];
const DETAILS = [
  'python_grader_server_error_type',
  'python_grader_runtime_error_details',
  'model_grader_server_error_details',
];

const OF_FILE_OPERATIONS: readonly DocumentedAnswer[] = [
  {
    source: 'SPEC GET /files',
    title: 'a page of files',
    operation: 'listFiles',
    body: {
      object: 'list',
      data: [
        { ...FILE, bytes: 175, created_at: 1613677385, filename: 'salesOverview.pdf', purpose: 'assistants' },
        { ...FILE, id: 'file-abc456', bytes: 140, created_at: 1613779121, filename: 'puppy.jsonl' },
      ],
      first_id: 'file-abc123',
      last_id: 'file-abc456',
      has_more: false,
    },
    ...OF_FILES,
  },
  { source: 'SPEC POST /files', title: 'an upload', operation: 'createFile', body: FILE, ...OF_FILES },
  { source: 'SPEC GET /files/{file_id}', title: 'a file', operation: 'retrieveFile', body: FILE, ...OF_FILES },
  {
    source: 'SPEC DELETE /files/{file_id}',
    title: 'a file that was deleted',
    operation: 'deleteFile',
    body: { id: 'file-abc123', object: 'file', deleted: true },
    ...ALWAYS_VALID,
  },
  {
    source: 'NETREC FilesTests',
    title: 'an upload as the real service answers it',
    operation: 'createFile',
    body: { ...FILE, status: 'processed', expires_at: null, status_details: null },
    errata: ['E-S13'],
    strict: { fails: ['files.file.expires_at', 'files.file.status_details'], tolerated: [] },
    compatible: {
      fails: [],
      tolerated: ['files.file.expires_at (E-S13)', 'files.file.status_details (E-S13)'],
    },
  },
  {
    source: 'SPEC CreateFileRequest.purpose',
    title: 'a file of a purpose that only uploads know',
    operation: 'retrieveFile',
    body: { ...FILE, status: 'processed', purpose: 'evals' },
    ...ALWAYS_VALID,
    errata: ['E-C8'],
  },
  {
    source: 'SPEC ListFilesResponse',
    title: 'an empty list of files',
    operation: 'listFiles',
    body: { object: 'list', data: [], first_id: null, last_id: null, has_more: false },
    ...ALWAYS_VALID,
    errata: ['E-C11'],
  },
];

const OF_MODELS: readonly DocumentedAnswer[] = [
  {
    source: 'SPEC GET /models',
    title: 'the list of models',
    operation: 'listModels',
    body: {
      object: 'list',
      data: [{ ...MODEL, id: 'model-id-0', owned_by: 'organization-owner', shutdown_date: null }, MODEL],
    },
    ...ALWAYS_VALID,
    errata: ['E-J8'],
  },
  { source: 'SPEC GET /models/{model}', title: 'a model', operation: 'retrieveModel', body: MODEL, ...ALWAYS_VALID },
  {
    source: 'SPEC DELETE /models/{model}',
    title: 'a model that was deleted',
    operation: 'deleteModel',
    body: { id: 'ft:gpt-4o-mini:acemeco:suffix:abc123', object: 'model', deleted: true },
    ...ALWAYS_VALID,
  },
];

const OF_GRADERS: readonly DocumentedAnswer[] = [
  {
    source: 'SPEC POST /fine_tuning/alpha/graders/run',
    title: 'the result of a score model',
    operation: 'runGrader',
    body: {
      reward: 1.0,
      metadata: {
        name: 'Example score model grader',
        type: 'score_model',
        errors: Object.fromEntries([
          ...FLAGS.map((name) => [name, false] as const),
          ...DETAILS.map((name) => [name, null] as const),
        ]),
        execution_time: 4.365238428115845,
        scores: {},
        token_usage: TOKENS,
        sampled_model_name: 'gpt-4o-2024-08-06',
      },
      sub_rewards: {},
      model_grader_token_usage_per_model: { 'gpt-4o-2024-08-06': TOKENS },
    },
    ...ALWAYS_VALID,
    errata: ['E-S9'],
  },
  {
    source: 'SPEC POST /fine_tuning/alpha/graders/validate',
    title: 'a grader that was validated',
    operation: 'validateGrader',
    body: {
      grader: {
        type: 'string_check',
        name: 'Example string check grader',
        input: '{{sample.output_text}}',
        reference: '{{item.label}}',
        operation: 'eq',
      },
    },
    ...ALWAYS_VALID,
  },
  {
    source: 'SPEC GraderMulti',
    title: 'a multi grader whose graders are a list',
    operation: 'validateGrader',
    body: {
      grader: {
        type: 'multi',
        name: 'example multi grader',
        graders: [
          {
            type: 'text_similarity',
            name: 'example text similarity grader',
            input: 'The graded text',
            reference: 'The reference text',
            evaluation_metric: 'fuzzy_match',
          },
        ],
        calculate_output: '0.5 * text_similarity_score',
      },
    },
    ...ALWAYS_VALID,
    errata: ['E-S10'],
  },
  {
    source: 'GUIDE-RFT',
    title: 'a multi grader without a name whose graders are a map',
    operation: 'validateGrader',
    body: {
      grader: {
        type: 'multi',
        graders: { match: { type: 'string_check', name: 'match', input: 'a', reference: 'b', operation: 'eq' } },
        calculate_output: 'match',
      },
    },
    ...ALWAYS_VALID,
    errata: ['E-S10', 'E-C14'],
  },
];

export const DOCUMENTED_FILES: readonly DocumentedAnswer[] = [...OF_FILE_OPERATIONS, ...OF_MODELS, ...OF_GRADERS];
