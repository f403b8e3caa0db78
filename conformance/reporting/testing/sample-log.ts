// A log as a real run against a server with a handful of defects would write it: rows of every chapter, most of them
// passed, and failures of each kind that a report has to show well.
import type { JsonObject } from '../../contract/json.ts';
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
  row,
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

/** Rows of every chapter, as the registry had them once; tests of reports must not change when the registry grows. */
const IDS: readonly string[] = [
  'create.plain.accepted', 'create.valid.accepted', 'create.hyperparameters.accepted', 'create.integrations.accepted', 'create.status.not-finished', 'create.seed.maximum', 'create.grader.multi.required',
  'echo.model', 'echo.model.snapshot', 'echo.training_file', 'echo.seed',
  'refusal.training_file.unknown', 'refusal.validation_file.unknown', 'refusal.training_file.purpose',
  'status.fine_tuned_model.null-until-finished', 'status.fine_tuned_model.set-on-success', 'status.fine_tuned_model.null-without-success', 'status.fine_tuned_model.form', 'status.error.explains-failure',
  'retrieve.same-job', 'retrieve.unknown.404', 'retrieve.unknown.code', 'retrieve.timestamps.seconds', 'retrieve.job.estimated_finish', 'retrieve.job.error',
  'list.agrees-with-retrieve', 'list.page.body', 'list.page.object', 'list.order.newest-first', 'list.limit.default', 'list.after.exclusive',
  'cancel.answers-cancelled', 'cancel.retrieve-agrees', 'cancel.unknown.404',
  'pause.holds', 'pause.status', 'pause.resume', 'pause.checkpoint',
  'events.event.body', 'events.event.id', 'events.event.object', 'events.event.type', 'events.order.newest-first',
  'checkpoints.checkpoint.body', 'checkpoints.checkpoint.id', 'checkpoints.checkpoint.object', 'checkpoints.order.latest-first',
  'files.upload.not-jsonl', 'files.file.body', 'files.file.id', 'files.file.expires_at',
  'models.model.body', 'models.model.id', 'models.model.object', 'models.model.shutdown_date', 'models.fine-tuned.listed',
  'graders.run-result.body', 'graders.run-result.reward', 'graders.run-result.metadata', 'graders.validated.grader', 'graders.validate.echo',
  'permissions.permission.body', 'permissions.permission.id', 'permissions.permission.object', 'permissions.project-key.refused',
  'errors.error.body', 'errors.error.message', 'errors.error.type', 'errors.message.nonempty', 'errors.param.names-member', 'errors.retry-after.integer',
  'auth.missing-key.refused', 'auth.wrong-key.refused', 'auth.status.401', 'auth.code.invalid-api-key',
  'transport.json.parses', 'transport.content-type.json', 'transport.success.200',
]; // prettier-ignore

const SHOULD = new Set(['create.status.not-finished', 'list.page.object', 'auth.status.401', 'transport.success.200', 'errors.param.names-member', 'errors.retry-after.integer']); // prettier-ignore
const MAY = new Set(['auth.code.invalid-api-key', 'retrieve.unknown.code', 'status.fine_tuned_model.form']);
const CONDITIONAL = new Set(['errors.retry-after.integer', 'list.limit.default', 'files.file.expires_at', 'models.model.shutdown_date', 'pause.checkpoint']); // prettier-ignore

/** Words of the rows whose failures tests look at. */
const WORDS: Readonly<Record<string, Pick<RequirementLine, 'title' | 'statement' | 'sources' | 'authority'>>> = {
  'create.seed.maximum': {
    title: 'Seed: the largest value is enforced',
    statement: 'A create body is answered 4xx and makes no job where seed breaks maximum 2147483647.',
    sources: ['SPEC CreateFineTuningJobRequest.seed'],
    authority: 'SCHEMA',
  },
  'list.after.exclusive': {
    title: 'after starts behind the job it names',
    statement: 'The page after a job does not hold that job again, nor any that stood before it.',
    sources: ['SPEC GET /fine_tuning/jobs after', 'NETREC GetJobsWithAfter'],
    authority: 'DOC',
  },
  'errors.param.names-member': {
    title: 'error.param names the member at fault',
    statement: "A refused create names the member at fault in error.param, by its path, the path's end or an ancestor.",
    sources: ['SPEC ErrorResponse', 'NETREC ExceptionThrownOnInvalidFileName'],
    authority: 'DOC',
  },
};

function rowLine(id: string): RequirementLine {
  const level = SHOULD.has(id) ? 'SHOULD' : MAY.has(id) ? 'MAY' : 'MUST';
  const chapter = id.split('.')[0] ?? '';
  const capability = chapter === 'graders' || chapter === 'permissions' || chapter === 'models' ? chapter : 'core';
  return row(id, { level, capability, conditional: CONDITIONAL.has(id), ...WORDS[id] });
}

function ordinary(id: string): VerdictLine[] {
  if (/^(permissions|graders)\./.test(id) || CONDITIONAL.has(id)) return [];
  if (id.startsWith('refusal')) return [pass(id, 'x1', { text: 'the same payload without the fault was accepted' })];
  return [pass(id), pass(id), pass(id)];
}

/** The lines of such a run. */
export function sampleLog(): LogLine[] {
  const told = IDS.flatMap((id): LogLine[] => [...(STORIES[id] ?? ordinary(id))]);
  return [
    header({
      target: { name: 'acme-tune', baseUrl: 'https://api.acme-tune.example/openai/v1', profile: 'acme-tune' },
      run: { id: 'r7f3k2', seed: 20_261_121 },
      scope: { tier: 'sites' },
    }),
    ...IDS.map(rowLine),
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
