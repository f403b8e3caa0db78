// Chapters transport, errors and auth, and the rows of the schema of answers.
import { isArray, type JsonValue } from '../contract/json.ts';
import { component } from '../contract/schema.ts';
import { ANSWER_OBJECTS } from '../requirements/answer-schema.ts';
import type { Exchange } from '../requirements/exchange.ts';
import type { Observation } from '../requirements/observation.ts';
import { answered, answeredText, refused, unanswered } from './exchanges.ts';
import { probed, shown } from './judged.ts';
import {
  A_STRING_CHECK,
  aCheckpoint,
  aFile,
  aGraderRun,
  aJob,
  anEvent,
  aModel,
  aPage,
  aPermission,
  type Changes,
  changed,
} from './objects.ts';
import { breaks, exchanged, ignores, keeps, leavesOpen, type Specimen } from './specimens.ts';
import { faulty } from './specimens-of-create.ts';

/** A valid object of every component that answers hold, with every optional member. */
const WHOLE: Readonly<Record<string, Changes>> = {
  FineTuningJob: aJob({ metadata: { a: '1' }, integrations: [{ type: 'wandb', wandb: { project: 'p' } }] }),
  ListPaginatedFineTuningJobsResponse: aPage([aJob()]),
  FineTuningJobEvent: anEvent(),
  ListFineTuningJobEventsResponse: aPage([anEvent()]),
  FineTuningJobCheckpoint: aCheckpoint(),
  ListFineTuningJobCheckpointsResponse: aPage([aCheckpoint()], false, { first_id: 'a', last_id: 'b' }),
  OpenAIFile: aFile({ expires_at: 1_800_000_000, status_details: 'fine' }),
  ListFilesResponse: aPage([aFile()], false, { first_id: 'a', last_id: 'b' }),
  DeleteFileResponse: { id: 'file-1', object: 'file', deleted: true },
  Model: aModel({ shutdown_date: null }),
  ListModelsResponse: { object: 'list', data: [aModel()] },
  DeleteModelResponse: { id: 'ft:model', object: 'model', deleted: true },
  RunGraderResponse: aGraderRun(),
  ValidateGraderResponse: { grader: A_STRING_CHECK },
  FineTuningCheckpointPermission: aPermission(),
  ListFineTuningCheckpointPermissionResponse: aPage([aPermission()], false, { first_id: 'a', last_id: 'b' }),
  DeleteFineTuningCheckpointPermissionResponse: { id: 'cp-1', object: 'checkpoint.permission', deleted: true },
  Error: { message: 'no', type: 'invalid_request_error', param: null, code: null },
};

/** Values that break any schema of a member that is not this type. */
function wrongFor(value: JsonValue | undefined): JsonValue {
  return typeof value === 'boolean' || isArray(value) ? 'wrong' : [true];
}

const OF_SCHEMAS: readonly Specimen[] = ANSWER_OBJECTS.flatMap(({ component: name, chapter, name: short }) => {
  const whole = changed({}, WHOLE[name] ?? {});
  const { properties = {}, required = [] } = component(name);
  const body = `${chapter}.${short}.body`;
  return [
    keeps(body, 'an object', shown(name, whole)),
    ...[null, [], 'text', 1].map((value) => breaks(body, `${JSON.stringify(value)} for an object`, shown(name, value))),
    ...Object.keys(properties).flatMap((member): Specimen[] => {
      const row = `${chapter}.${short}.${member}`;
      const without = shown(name, changed(whole, { [member]: undefined }));
      return [
        ...(whole[member] === undefined ? [] : [keeps(row, 'a valid object', shown(name, whole))]),
        breaks(row, 'a value of another type', shown(name, changed(whole, { [member]: wrongFor(whole[member]) }))),
        ...(required.includes(member)
          ? [breaks(row, 'an object that lacks it', without)]
          : [ignores(row, 'an object without it', without)]),
        keeps(row, 'members that nobody knows', shown(name, changed(whole, { x_unknown: { deep: [1] } }))),
        ignores(row, 'what is no object', shown(name, 'text')),
      ];
    }),
  ];
});

const ITEMS_ARE_JUDGED_ALONE: readonly Specimen[] = [
  keeps(
    'list.page.data',
    'a page with a job that is not well formed',
    shown('ListPaginatedFineTuningJobsResponse', aPage([{ id: 7 }])),
  ),
  keeps(
    'list.page.data',
    'a page with something that is no job',
    shown('ListPaginatedFineTuningJobsResponse', aPage(['text'])),
  ),
  breaks(
    'list.page.data',
    'one job instead of a list',
    shown('ListPaginatedFineTuningJobsResponse', aPage([], false, { data: aJob() })),
  ),
];

const OPERATION = { operation: 'listFineTuningEvents', path: '/fine_tuning/jobs/job-1/events' } as const;
const ENVELOPE = refused(400);
const STREAM = answeredText('data: {}\n\n', { ...OPERATION, headers: { 'content-type': 'text/event-stream' } });

function typed(type: string, body: JsonValue = aPage([])): Observation {
  return exchanged(answered(body, { ...OPERATION, headers: { 'content-type': type } }));
}

const OF_TRANSPORT: readonly Specimen[] = [
  keeps('transport.json.parses', 'JSON', exchanged(answered(aJob()))),
  breaks('transport.json.parses', 'an event stream', exchanged(STREAM)),
  breaks('transport.json.parses', 'nothing', exchanged(answeredText('', OPERATION))),
  ignores('transport.json.parses', 'file content', exchanged(answeredText('a,b', { operation: 'downloadFile' }))),
  ignores('transport.json.parses', 'a refusal', exchanged(answeredText('no', { ...OPERATION, status: 404 }))),
  ignores('transport.json.parses', 'a path that nobody declared', exchanged(answeredText('x', { operation: 'undeclared' }))),
  ...['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/problem+json', 'application/vnd.api+json;v=1'].map((type) =>
    keeps('transport.content-type.json', type, typed(type)),
  ),
  ...['', 'text/html', 'text/json', 'application/jsonl', 'application/javascript'].map((type) =>
    breaks('transport.content-type.json', `the type ${JSON.stringify(type)}`, typed(type)),
  ),
  breaks('transport.content-type.json', 'an event stream', exchanged(STREAM)),
  breaks('transport.content-type.json', 'an error of type text', exchanged({ ...ENVELOPE, outcome: { ...ENVELOPE.outcome, headers: { 'content-type': 'text/plain' } } })),
  ignores('transport.content-type.json', 'an error that is no envelope', exchanged(answeredText('no', { ...OPERATION, status: 404 }))),
  ignores('transport.content-type.json', 'no answer', exchanged(unanswered())),
  keeps('transport.success.200', 'a 200', exchanged(answered(aJob()))),
  ...[201, 202, 204].map((status) => breaks('transport.success.200', `a ${status}`, exchanged(answered(aJob(), { status })))),
  ignores('transport.success.200', 'a 400', exchanged(ENVELOPE)),
  keeps('transport.charset.accepted', 'a job', probed({ name: 'charset', exchange: answered(aJob()) })),
  breaks('transport.charset.accepted', 'a 415', probed({ name: 'charset', exchange: refused(415) })),
  leavesOpen('transport.charset.accepted', 'no answer', probed({ name: 'charset', exchange: unanswered() })),
]; // prettier-ignore

const KNOWN_FAULT = { requirement: 'create.seed.minimum', at: '/method/supervised/hyperparameters/n_epochs' };
function blamed(param: JsonValue, status = 400): Observation {
  return faulty(KNOWN_FAULT, refused(status, { param }));
}

const OF_ERRORS: readonly Specimen[] = [
  keeps('errors.no-5xx', 'a fault that is a 400', exchanged(ENVELOPE, true)),
  breaks('errors.no-5xx', 'a fault that is a 500', exchanged(refused(500), true)),
  ignores('errors.no-5xx', 'a 500 to what is legal', exchanged(refused(500))),
  ignores('errors.no-5xx', 'a fault that is never answered', exchanged(unanswered(), true)),
  keeps('errors.message.nonempty', 'a message', exchanged(ENVELOPE)),
  breaks('errors.message.nonempty', 'an empty message', exchanged(refused(400, { message: '' }))),
  breaks('errors.message.nonempty', 'a message that is no text', exchanged(refused(400, { message: ['no'] }))),
  breaks('errors.message.nonempty', 'another envelope', exchanged(answered({ detail: 'not found' }, { status: 404 }))),
  breaks('errors.message.nonempty', 'an error in words', exchanged(answered({ error: 'no' }, { status: 400 }))),
  breaks('errors.message.nonempty', 'no JSON', exchanged(answeredText('<h1>no</h1>', { status: 404 }))),
  breaks('errors.message.nonempty', 'nothing', exchanged(answeredText('', { status: 401 }))),
  ...[413, 431, 502, 503, 504].map((status) => ignores('errors.message.nonempty', `a ${status} of a proxy`, exchanged(answeredText('no', { status })))),
  ignores('errors.message.nonempty', 'a path that nobody declared', exchanged(answeredText('no', { status: 404, operation: 'undeclared' }))),
  ...['n_epochs', 'method.supervised.hyperparameters.n_epochs', 'hyperparameters.n_epochs', 'method', 'method.supervised', 'body.method.supervised.hyperparameters.n_epochs', '/method/supervised/hyperparameters/n_epochs', 'method.hyperparameters.n_epochs'].map((param) =>
    keeps('errors.param.names-member', `the param ${param}`, blamed(param)),
  ),
  ...[null, '', 'seed', 'batch_size', 'supervised.seed', 'hyperparameters', 'n'].map((param) =>
    breaks('errors.param.names-member', `the param ${JSON.stringify(param)}`, blamed(param)),
  ),
  ...[401, 402, 403, 429, 500].map((status) => ignores('errors.param.names-member', `a ${status}`, blamed(null, status))),
  ignores('errors.param.names-member', 'a refusal of what nobody knows to be legal otherwise', faulty(KNOWN_FAULT, refused(400), {})),
  ignores('errors.param.names-member', 'a body that is wrong as a whole', faulty({ ...KNOWN_FAULT, at: '' }, refused(400))),
  ...['1', '120'].map((value) => keeps('errors.retry-after.integer', value, exchanged(limited(value)))),
  ...['0', '-1', '1.5', 'soon', 'Fri, 31 Dec 1999 23:59:59 GMT', ''].map((value) => breaks('errors.retry-after.integer', JSON.stringify(value), exchanged(limited(value)))),
  ignores('errors.retry-after.integer', 'a 429 without the header', exchanged(refused(429))),
  ignores('errors.retry-after.integer', 'a 503 with a date', exchanged({ ...limited('soon'), outcome: { ...refused(503).outcome, headers: { 'retry-after': 'soon' } } })),
]; // prettier-ignore

function limited(retryAfter: string): ReturnType<typeof refused> {
  const answer = refused(429);
  return {
    ...answer,
    outcome: { ...answer.outcome, headers: { ...answer.outcome.headers, 'retry-after': retryAfter } },
  };
}

function withKey(
  variant: 'missing' | 'wrong',
  exchange: Exchange,
  accepted: Exchange = answered(aPage([])),
): Observation {
  return probed({ name: 'credentials', variant, exchange, accepted });
}

const OF_AUTH: readonly Specimen[] = [
  ...(['missing', 'wrong'] as const).flatMap((variant) => {
    const row = `auth.${variant}-key.refused`;
    return [
      ...[401, 403].map((status) => keeps(row, `a ${status}`, withKey(variant, refused(status)))),
      ...[200, 400, 404, 500].map((status) => breaks(row, `a ${status}`, withKey(variant, refused(status)))),
      leavesOpen(row, 'no answer', withKey(variant, unanswered())),
      leavesOpen(row, 'a rate limit', withKey(variant, refused(429))),
      leavesOpen(row, 'a target that refuses the right key too', withKey(variant, refused(401), refused(401))),
      ignores(row, 'the other variant', withKey(variant === 'missing' ? 'wrong' : 'missing', refused(401))),
      keeps('auth.status.401', `a 401 for a ${variant} key`, withKey(variant, refused(401))),
      breaks('auth.status.401', `a 403 for a ${variant} key`, withKey(variant, refused(403))),
      breaks('auth.status.401', `a 401 without an envelope for a ${variant} key`, withKey(variant, answeredText('no', { status: 401 }))),
      ignores('auth.status.401', `an answer to a ${variant} key`, withKey(variant, answered({}))),
    ];
  }),
  keeps('auth.code.invalid-api-key', 'the recorded code', withKey('wrong', refused(401, { code: 'invalid_api_key' }))),
  breaks('auth.code.invalid-api-key', 'another code', withKey('wrong', refused(401))),
  ignores('auth.code.invalid-api-key', 'a missing key', withKey('missing', refused(401))),
  ignores('auth.code.invalid-api-key', 'no answer', withKey('wrong', unanswered())),
]; // prettier-ignore

export const SPECIMENS_OF_ANSWERS: readonly Specimen[] = [
  ...OF_SCHEMAS,
  ...ITEMS_ARE_JUDGED_ALONE,
  ...OF_TRANSPORT,
  ...OF_ERRORS,
  ...OF_AUTH,
];
