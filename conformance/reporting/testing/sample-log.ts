// A log as a real run against a server with a handful of defects would write it: all rows of the registry, most of them
// passed, and failures of each kind that a report has to show well.
import type { JsonObject } from '../../contract/json.ts';
import { registry } from '../../requirements/registry.ts';
import type { Requirement } from '../../requirements/requirement.ts';
import type { LogLine, RequirementLine, VerdictLine } from '../log.ts';
import {
  answer,
  capability,
  exchange,
  fail,
  footer,
  header,
  inconclusive,
  pass,
  read,
  tolerated,
} from './log-fixtures.ts';

const JOB: JsonObject = {
  object: 'fine_tuning.job',
  id: 'ftjob-9vKq2ZbPq7rJ4nE0',
  model: 'gpt-4o-mini-2024-07-18',
  created_at: 1_795_277_000_123,
  fine_tuned_model: null,
  organization_id: 'org-acme',
  result_files: [],
  status: 'validating_files',
  validation_file: null,
  training_file: 'file-7kQ1fA9d3LrPz',
  seed: 412_033,
  hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
  trained_tokens: null,
  finished_at: null,
  estimated_finish: null,
  integrations: [],
  metadata: null,
  error: {},
  method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 'auto' } } },
};

const PLAIN: JsonObject = { model: 'gpt-4o-mini', training_file: 'file-7kQ1fA9d3LrPz' };
const REFUSED = {
  error: { message: 'Input should be a valid list', type: 'invalid_request_error', param: null, code: null },
};

/** Rows that do not pass, with the lines that say why. */
const STORIES: Readonly<Record<string, readonly LogLine[]>> = {
  'create.seed.maximum': [
    exchange('x101', {
      payload: { ...PLAIN, seed: 2_147_483_648 },
      outcome: answer(200, { ...JOB, seed: 2_147_483_648 }),
    }),
    fail('create.seed.maximum', 'seed is 2147483648: accepted with status 200, 4xx expected', 'x101', {
      site: 'CreateFineTuningJobRequest/seed maximum',
    }),
    exchange('x102', {
      payload: { ...PLAIN, seed: 9_007_199_254_740_991, suffix: 'long-one' },
      outcome: answer(200, { ...JOB, seed: 9_007_199_254_740_991 }),
    }),
    fail('create.seed.maximum', 'seed is 9007199254740991: accepted with status 200, 4xx expected', 'x102', {
      site: 'CreateFineTuningJobRequest/seed maximum',
    }),
  ],
  'retrieve.timestamps.seconds': [
    read('x103', '/fine_tuning/jobs/ftjob-9vKq2ZbPq7rJ4nE0', answer(200, JOB)),
    ...Array.from({ length: 14 }, () =>
      fail('retrieve.timestamps.seconds', 'created_at is 1795277000123, not a count of Unix seconds', 'x103', {
        at: '/created_at',
        site: 'created_at',
      }),
    ),
  ],
  'list.after.exclusive': [
    read(
      'x104',
      '/fine_tuning/jobs?limit=2&after=ftjob-9vKq2ZbPq7rJ4nE0',
      answer(200, { object: 'list', data: [JOB, { ...JOB, id: 'ftjob-second' }], has_more: true }),
    ),
    fail('list.after.exclusive', 'the page after "ftjob-9vKq2ZbPq7rJ4nE0" begins with that very job', 'x104', {
      at: '/data/0/id',
    }),
  ],
  'errors.message.nonempty': [
    exchange('x105', {
      payload: '{"model": "gpt-4o-mini", "training_file": ',
      outcome: answer(422, 'Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 42', {
        headers: { 'content-type': 'text/plain; charset=utf-8', date: 'Sat, 21 Nov 2026 16:00:04 GMT' },
      }),
    }),
    fail('errors.message.nonempty', 'the 422 answer is no JSON (text/plain; charset=utf-8)', 'x105'),
  ],
  'create.integrations.accepted': [
    exchange('x106', {
      payload: {
        ...PLAIN,
        integrations: [{ type: 'wandb', wandb: { project: 'my-wandb-project', tags: ['first-experiment'] } }],
      },
      outcome: answer(422, REFUSED),
    }),
    fail(
      'create.integrations.accepted',
      'a body with an integration of type wandb is legal and was answered status 422: "Input should be a valid list"',
      'x106',
      { site: 'calibration' },
    ),
  ],
  'errors.param.names-member': [
    exchange('x107', {
      payload: { ...PLAIN, suffix: 'x'.repeat(65) },
      outcome: answer(400, {
        error: { message: 'suffix is too long', type: 'invalid_request_error', param: 'body', code: null },
      }),
    }),
    fail('errors.param.names-member', 'suffix has 65 characters: error.param is "body"', 'x107', {
      at: '/error/param',
      site: 'suffix maxLength',
    }),
  ],
  'auth.code.invalid-api-key': [
    read(
      'x108',
      '/fine_tuning/jobs',
      answer(401, { error: { message: 'Unauthorized', type: 'auth_error', param: null, code: 'unauthorized' } }),
    ),
    fail('auth.code.invalid-api-key', 'error.code is "unauthorized"', 'x108', { at: '/error/code' }),
  ],
  'retrieve.unknown.404': [
    read('x109', '/fine_tuning/jobs/ftjob-does-not-exist', {
      kind: 'failure',
      cause: 'timeout',
      message: 'no headers within 60 s',
    }),
    inconclusive('retrieve.unknown.404', 'no answer (no headers within 60 s)', 'x109'),
  ],
};

function rowLine(requirement: Requirement): RequirementLine {
  const { id, chapter, level, authority, title, statement, sources, conditional } = requirement;
  return {
    kind: 'requirement',
    id,
    chapter,
    level,
    authority,
    title,
    statement,
    sources,
    capability: requirement.capability,
    conditional,
    inScope: true,
  };
}

function ordinary({ id, capability: needed, conditional }: Requirement): VerdictLine[] {
  if (needed === 'permissions' || needed === 'graders' || conditional) return [];
  if (id.startsWith('refusal') || id.endsWith('.maximum'))
    return [pass(id, 'x1', { text: 'the same payload without the fault was accepted' })];
  return [pass(id), pass(id), pass(id)];
}

/** The lines of such a run. */
export function sampleLog(): LogLine[] {
  const told = registry.flatMap((requirement): LogLine[] => [...(STORIES[requirement.id] ?? ordinary(requirement))]);
  return [
    header({
      target: { name: 'acme-tune', baseUrl: 'https://api.acme-tune.example/openai/v1', profile: 'acme-tune' },
      run: { id: 'r7f3k2', seed: 20_261_121 },
      scope: { tier: 'sites' },
    }),
    ...registry.map(rowLine),
    exchange('x1'),
    ...told,
    tolerated('retrieve.job.error', 'E-S4', 'error is {} where null or an error object should stand'),
    capability('core', 'claimed', 'offered', 'GET /fine_tuning/jobs is answered 2xx'),
    capability('models', 'unclaimed', 'offered', 'GET /models is answered 2xx'),
    capability('graders', 'unclaimed', 'absent', 'every call was answered 404'),
    capability('permissions', 'unclaimed', 'unknown', 'no admin key was given'),
    capability('method.reinforcement', 'claimed', 'offered', 'a reinforcement job was made'),
    { kind: 'blocked', text: 'dpo jobs: status 403: "Your plan does not include preference tuning"' },
    { kind: 'notice', text: '3 jobs of other people were met in lists and skipped' },
    { kind: 'observed', subject: 'mismatched method members', value: 'refused with 400' },
    { kind: 'observed', subject: 'a job’s way to success', value: 'validating_files → queued → running → succeeded' },
    footer({ durationMs: 184_220, requests: 1_204 }),
  ];
}
