// Events and checkpoints of jobs: renamed, repeated, rewritten between two reads, or not there.
import { isList, isObject, type JsonObject, type JsonValue, member, without } from '../../json.ts';
import type { ApiRequest } from '../../request.ts';
import type { Defect, Exchange, Hooks, Memory } from '../defect.ts';
import { bodiesOf, defect, editedObject, jobs, objects, textIn } from '../hooks.ts';

const EVENTS = ['listFineTuningEvents'] as const;
const CHECKPOINTS = ['listFineTuningJobCheckpoints'] as const;

const event = (edit: (event: JsonObject, exchange: Exchange) => JsonObject): Hooks =>
  objects('FineTuningJobEvent', edit);
const checkpoint = (edit: (checkpoint: JsonObject, exchange: Exchange) => JsonObject): Hooks =>
  objects('FineTuningJobCheckpoint', edit);

const events: readonly Defect[] = [
  defect('events-as-stream', 'Answers events as an event stream.', 'transport.content-type.json', {
    answer: (answer, { operationId }) =>
      answer.kind === 'json' && operationId === 'listFineTuningEvents' && answer.status === 200
        ? {
            kind: 'text',
            status: 200,
            headers: { ...answer.headers, 'content-type': 'text/event-stream' },
            text: streamed(member(answer.body, 'data')),
          }
        : answer,
  }),
  defect(
    'event-ids-of-the-second',
    'Makes the ids of events of the second in which they happen.',
    'events.id.unique',
    event((one) => ({ ...one, id: `ftevent-${String(Number(one['created_at']))}` })),
  ),
  defect(
    'event-ids-counted-by-job',
    'Counts the ids of events from one in every job.',
    'events.id.unique',
    event((one, { path, memory }) => ({ ...one, id: countedIn(jobIn(path), one, memory) })),
    {
      request: (request, memory) => ({
        ...request,
        query: request.query.map(([name, value]) => [
          name,
          name === 'after' ? uncounted(request, value, memory) : value,
        ]),
      }),
    },
  ),
  defect(
    'events-of-the-first-job',
    'Lists the events of the first job, whichever job is asked for.',
    'events.id.unique',
    jobs((job, { memory }) => {
      const first = memory.get('first') ?? textIn(job, 'id');
      memory.set('first', first).set(textIn(job, 'id'), first);
      return job;
    }),
    {
      request: (request, memory) => {
        const first = memory.get(jobIn(request.path));
        if (request.operationId !== EVENTS[0] || typeof first !== 'string') return request;
        return { ...request, path: { ...request.path, fine_tuning_job_id: first } };
      },
    },
  ),
  defect(
    'no-events-until-running',
    'Has no events before a job runs.',
    'events.some-after-create',
    bodiesOf(EVENTS, (body, exchange) => (hasRun(exchange) ? body : emptied(body))),
  ),
  defect(
    'steps-untold',
    'Leaves the step out of metrics events.',
    'events.metrics.step',
    event((one) => inMetrics(one, (data) => without(data, 'step'))),
  ),
  defect(
    'steps-as-text',
    'Gives the step of metrics events as text.',
    'events.metrics.step',
    event((one) => inMetrics(one, (data) => ({ ...data, step: String(Number(data['step'])) }))),
  ),
  defect(
    'events-warn-differently',
    'Calls the level warn warning, and info too.',
    'events.event.level',
    event((one) => ({ ...one, level: 'warning' })),
  ),
  defect(
    'events-typed-by-phase',
    'Gives events types of its own.',
    'events.event.type',
    event((one) => ({ ...one, type: 'moderation' })),
  ),
  defect(
    'events-named-as-long-ago',
    'Names events as the retired API did.',
    'events.event.object',
    event((one) => ({ ...one, object: 'fine-tune-event' })),
  ),
  defect(
    'event-data-as-text',
    'Gives the data of events as JSON in text.',
    'events.event.data',
    event((one) => ({ ...one, data: JSON.stringify(one['data']) })),
  ),
  defect(
    'event-messages-rewritten',
    'Rewrites the messages of events with every read.',
    'events.constant',
    event((one, { calls }) => ({ ...one, message: `${textIn(one, 'message')} (${calls})` })),
  ),
  defect(
    'events-happen-when-read',
    'Shows the time of the read as time of the event.',
    'events.constant',
    event((one, { calls }) => editedObject(one, ['created_at'], (time) => Number(time) + calls)),
  ),
  defect(
    'event-levels-change',
    'Lowers the level of an event once it was read.',
    'events.constant',
    event((one, { memory }) => {
      const seen = memory.has(textIn(one, 'id'));
      memory.set(textIn(one, 'id'), true);
      return seen ? { ...one, level: 'warn' } : one;
    }),
  ),
  defect(
    'event-messages-empty',
    'Gives events no message.',
    'events.event.message',
    event((one) => ({ ...one, message: null })),
  ),
  defect(
    'events-repeated',
    'Repeats the last event of a page on the same page.',
    'events.pages.complete',
    bodiesOf(EVENTS, lastTwice),
  ),
];

const checkpoints: readonly Defect[] = [
  defect(
    'checkpoint-ids-drawn-anew',
    'Draws new ids for checkpoints with every read, and knows none of them as a cursor.',
    'checkpoints.after.exclusive',
    objects('FineTuningJobCheckpoint', (one, { calls }) => ({ ...one, id: `${textIn(one, 'id')}-${calls}` })),
  ),
  defect(
    'checkpoints-of-the-newest',
    'Names the newest job in all checkpoints.',
    'checkpoints.job.matches',
    objects('FineTuningJobCheckpoint', (one, { world, path }) => {
      const other = world.store.jobs.find(({ id }) => id !== path['fine_tuning_job_id']);
      return { ...one, fine_tuning_job_id: other?.id ?? 'ftjob-of-somebody-else' };
    }),
  ),
  defect(
    'checkpoint-before-training',
    'Lists a checkpoint of step 0 before a job runs.',
    'checkpoints.empty',
    bodiesOf(CHECKPOINTS, (body, exchange) => (hasRun(exchange) ? body : withInitial(body, exchange))),
  ),
  defect('no-checkpoints-404', 'Answers 404 where a job has no checkpoints yet.', 'checkpoints.empty', {
    answer: (answer, { operationId }) => {
      const data = answer.kind === 'json' ? member(answer.body, 'data') : undefined;
      return operationId === 'listFineTuningJobCheckpoints' &&
        answer.kind === 'json' &&
        isList(data) &&
        data.length === 0
        ? {
            ...answer,
            status: 404,
            body: { error: { message: 'No checkpoints', type: 'invalid_request_error', param: null, code: null } },
          }
        : answer;
    },
  }),
  defect(
    'checkpoint-steps-as-text',
    'Gives the step of checkpoints as text.',
    'checkpoints.checkpoint.step_number',
    checkpoint((one) => ({ ...one, step_number: String(Number(one['step_number'])) })),
  ),
  defect(
    'checkpoint-metrics-as-list',
    'Gives the metrics of checkpoints as a list.',
    'checkpoints.checkpoint.metrics',
    checkpoint((one) => ({ ...one, metrics: [one['metrics'] ?? null] })),
  ),
  defect(
    'checkpoints-made-when-read',
    'Shows the time of the read as time of a checkpoint.',
    'checkpoints.constant',
    checkpoint((one, { calls }) => editedObject(one, ['created_at'], (time) => Number(time) + calls)),
  ),
  defect(
    'checkpoint-metrics-drift',
    'Measures the metrics of a checkpoint anew with every read.',
    'checkpoints.constant',
    checkpoint((one, { calls }) => editedObject(one, ['metrics', 'train_loss'], (loss) => Number(loss) + calls / 1000)),
  ),
  defect(
    'checkpoints-for-ever',
    'Keeps a checkpoint of every epoch.',
    'checkpoints.at-most-three',
    bodiesOf(CHECKPOINTS, multiplied),
  ),
  defect(
    'last-checkpoint-has-own-name',
    'Gives the last checkpoint a name of its own.',
    'checkpoints.model.last-is-final',
    checkpoint((one) => ({
      ...one,
      fine_tuned_model_checkpoint: `${textIn(one, 'fine_tuned_model_checkpoint')}:ckpt`,
    })),
  ),
];

export const jobDetailDefects: readonly Defect[] = [...events, ...checkpoints];

function streamed(data: JsonValue | undefined): string {
  return isList(data) ? data.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('') : '';
}

function jobIn(path: Exchange['path']): string {
  return path['fine_tuning_job_id'] ?? '';
}

/** The number of an event among those of its job, in the order in which they were shown. */
function countedIn(job: string, one: JsonObject, memory: Memory): string {
  const counted = numbered(job, memory);
  const id = textIn(one, 'id');
  if (!counted.includes(id)) counted.push(id);
  return `ev-${counted.indexOf(id) + 1}`;
}

/** The id that a cursor stands for. */
function uncounted({ path }: ApiRequest, told: string, memory: Memory): string {
  return numbered(jobIn(path), memory)[Number(told.replace('ev-', '')) - 1] ?? told;
}

function numbered(job: string, memory: Memory): string[] {
  const known = memory.get(job);
  const ids = Array.isArray(known) ? (known as string[]) : [];
  memory.set(job, ids);
  return ids;
}

function hasRun({ world, path }: Exchange): boolean {
  const job = world.store.job(path['fine_tuning_job_id'] ?? '');
  return job === undefined || world.standing(job).hasRun;
}

function emptied(body: JsonValue): JsonValue {
  return isObject(body) ? { ...body, data: [], has_more: false } : body;
}

function inMetrics(one: JsonObject, edit: (data: JsonObject) => JsonObject): JsonObject {
  const data = one['data'];
  return one['type'] === 'metrics' && isObject(data) ? { ...one, data: edit(data) } : one;
}

function lastTwice(body: JsonValue): JsonValue {
  if (!isObject(body)) return body;
  return editedObject(body, ['data'], (data) => (isList(data) ? [...data, ...data.slice(-1)] : data));
}

function withInitial(body: JsonValue, { path, world }: Exchange): JsonValue {
  const id = path['fine_tuning_job_id'] ?? '';
  const created_at = Math.floor(world.nowMs / 1000);
  const initial = {
    object: 'fine_tuning.job.checkpoint',
    id: 'ftckpt_initial',
    created_at,
    fine_tuned_model_checkpoint: 'ft:base:emulator::initial:ckpt-step-0',
    fine_tuning_job_id: id,
    step_number: 0,
    metrics: { step: 0 },
  };
  return isObject(body) ? { ...body, data: [initial], first_id: initial.id, last_id: initial.id } : body;
}

/** Five where there are some: the oldest ones are made up of the oldest that is kept. */
function multiplied(body: JsonValue): JsonValue {
  const data = member(body, 'data');
  if (!isObject(body) || !isList(data) || data.length === 0) return body;
  const oldest = data.at(-1) ?? null;
  const older = [1, 2].flatMap((back) =>
    isObject(oldest) ? [{ ...oldest, id: `${textIn(oldest, 'id')}${back}` }] : [],
  );
  return { ...body, data: [...data, ...older], last_id: textIn(older.at(-1), 'id') };
}
