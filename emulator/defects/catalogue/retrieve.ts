// Jobs that do not stay what they are from one read to the next, and reads that answer with something else.
import { type JsonObject, without } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, editedObject, jobs, jobsIn, objects, textIn } from '../hooks.ts';
import { jobAnswer } from './job-answer.ts';

/** Edits what retrieve shows, and neither creates nor lists. */
const retrieved = (edit: (job: JsonObject) => JsonObject): Hooks =>
  jobs(edit, ({ operationId }) => operationId === 'retrieveFineTuningJob');

const identity: readonly Defect[] = [
  defect(
    'retrieves-the-newest',
    'Answers every retrieve with the newest job.',
    'retrieve.same-job',
    jobs(
      (job, exchange) => jobAnswer(exchange.world.store.jobs.at(-1), job),
      ({ operationId }) => operationId === 'retrieveFineTuningJob',
    ),
  ),
  defect(
    'retrieves-the-newest-when-finished',
    'Answers the retrieve of a finished job with the newest job.',
    'retrieve.same-job',
    jobs(
      (job, exchange) =>
        ['succeeded', 'failed', 'cancelled'].includes(textIn(job, 'status'))
          ? jobAnswer(exchange.world.store.jobs.at(-1), job)
          : job,
      ({ operationId }) => operationId === 'retrieveFineTuningJob',
    ),
  ),
  defect(
    'id-repeats',
    'Gives every third job the id of the job before.',
    'create.id.unique',
    jobs(
      (job, { calls, memory }) => {
        const before = memory.get('id');
        memory.set('id', textIn(job, 'id'));
        return calls % 3 === 0 && typeof before === 'string' ? { ...job, id: before } : job;
      },
      ({ operationId }) => operationId === 'createFineTuningJob',
    ),
  ),
  defect(
    'id-from-the-clock',
    'Makes the id of a job of the second in which it was created.',
    'create.id.unique',
    jobs(
      (job) => ({ ...job, id: `ftjob-${String(Number(job['created_at']))}` }),
      ({ operationId }) => operationId === 'createFineTuningJob',
    ),
  ),
  defect(
    'id-empty',
    'Answers a create with an empty id.',
    'create.id.unique',
    jobs(
      (job) => ({ ...job, id: '' }),
      ({ operationId }) => operationId === 'createFineTuningJob',
    ),
  ),
];

const constancy: readonly Defect[] = [
  defect(
    'created-when-read',
    'Shows the time of the read as created_at.',
    'retrieve.created_at.constant',
    jobs((job, { memory }) => {
      const reads = Number(memory.get(textIn(job, 'id')) ?? 0);
      memory.set(textIn(job, 'id'), reads + 1);
      return editedObject(job, ['created_at'], (time) => Number(time) + reads);
    }),
  ),
  defect(
    'created-when-started',
    'Shows the start of training as created_at once a job has run.',
    'retrieve.created_at.constant',
    jobsIn(['running', 'succeeded'], (job) => editedObject(job, ['created_at'], (time) => Number(time) + 1)),
  ),
  defect(
    'organization-changes-at-the-end',
    'Moves finished jobs to an organization of its own.',
    'retrieve.organization_id.constant',
    jobsIn(['succeeded', 'failed', 'cancelled'], (job) => ({ ...job, organization_id: 'org-archive' })),
  ),
  defect(
    'base-model-replaced-by-result',
    'Shows the fine-tuned model as base model when a job has succeeded.',
    'retrieve.model.constant',
    jobsIn(['succeeded'], (job) => ({ ...job, model: job['fine_tuned_model'] ?? null })),
  ),
  defect(
    'training-file-forgotten',
    'Shows another training file when a job is cancelled.',
    'retrieve.training_file.constant',
    jobsIn(['cancelled'], (job) => ({ ...job, training_file: 'file-deleted' })),
  ),
  defect(
    'validation-file-forgotten',
    'Forgets the validation file once a job has left the queue.',
    'retrieve.validation_file.constant',
    jobsIn(['running', 'succeeded', 'cancelled'], (job) => ({ ...job, validation_file: null })),
  ),
  defect(
    'seed-forgotten',
    'Shows a seed of 0 when a job has finished.',
    'retrieve.seed.constant',
    jobsIn(['succeeded', 'cancelled'], (job) => ({ ...job, seed: 0 })),
  ),
  defect(
    'seed-rolls',
    'Makes up a new seed with every retrieve.',
    'retrieve.seed.constant',
    jobs(
      (job, { calls }) => editedObject(job, ['seed'], (seed) => (Number(seed) + calls) % 2 ** 31),
      ({ operationId }) => operationId === 'retrieveFineTuningJob',
    ),
  ),
  defect(
    'metadata-lost-at-the-end',
    'Forgets metadata when a job has finished.',
    'retrieve.metadata.constant',
    jobsIn(['succeeded', 'failed', 'cancelled'], (job) => ({ ...job, metadata: null })),
  ),
  defect(
    'metadata-grows',
    'Adds a pair of its own to metadata once a job runs.',
    'retrieve.metadata.constant',
    jobsIn(['running', 'succeeded'], (job) =>
      editedObject(job, ['metadata'], (metadata) => ({ ...(metadata as JsonObject | null), worker: 'gpu-17' })),
    ),
  ),
  defect(
    'metadata-lost-in-a-pause',
    'Forgets metadata of a paused job.',
    'retrieve.metadata.constant',
    jobsIn(['paused'], (job) => ({ ...job, metadata: null })),
  ),
  defect(
    'integrations-lost-at-the-end',
    'Forgets integrations when a job has finished.',
    'retrieve.integrations.constant',
    jobsIn(['succeeded', 'cancelled'], (job) => ({ ...job, integrations: [] })),
  ),
  defect(
    'method-lost-at-the-end',
    'Forgets the method when a job is cancelled.',
    'retrieve.method.constant',
    jobsIn(['cancelled'], (job) => without(job, 'method')),
  ),
  defect(
    'method-lost-on-read',
    'Shows the method in the answer of create only.',
    'retrieve.method.constant',
    retrieved((job) => without(job, 'method')),
  ),
  defect(
    'hyperparameters-reset-at-the-end',
    'Shows explicit hyperparameters as auto again when a job is cancelled.',
    'retrieve.hyperparameters.constant',
    jobsIn(['cancelled'], (job) =>
      editedObject(job, ['hyperparameters'], (all) =>
        all === null ? all : { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
      ),
    ),
  ),
  defect(
    'epochs-doubled-on-run',
    'Shows twice the epochs once a job runs.',
    'retrieve.hyperparameters.constant',
    jobsIn(['running', 'succeeded'], (job) =>
      editedObject(job, ['hyperparameters', 'n_epochs'], (epochs) =>
        typeof epochs === 'number' ? epochs * 2 : epochs,
      ),
    ),
  ),
];

const MS = 1000;

const times: readonly Defect[] = [
  defect(
    'job-times-in-milliseconds',
    'Shows the times of jobs in milliseconds.',
    'retrieve.timestamps.seconds',
    jobs((job) => inMs(job, 'created_at', 'finished_at', 'estimated_finish')),
  ),
  defect(
    'finish-in-milliseconds',
    'Shows finished_at alone in milliseconds.',
    'retrieve.timestamps.seconds',
    jobs((job) => inMs(job, 'finished_at')),
  ),
  defect(
    'estimate-in-milliseconds',
    'Shows estimated_finish alone in milliseconds.',
    'retrieve.timestamps.seconds',
    jobs((job) => inMs(job, 'estimated_finish')),
  ),
  defect(
    'event-times-in-milliseconds',
    'Shows the times of events in milliseconds.',
    'retrieve.timestamps.seconds',
    objects('FineTuningJobEvent', (event) => inMs(event, 'created_at')),
  ),
  defect(
    'file-times-in-milliseconds',
    'Shows the times of files in milliseconds.',
    'retrieve.timestamps.seconds',
    objects('OpenAIFile', (file) => inMs(file, 'created_at')),
  ),
  defect(
    'checkpoint-times-in-milliseconds',
    'Shows the times of checkpoints in milliseconds.',
    'retrieve.timestamps.seconds',
    objects('FineTuningJobCheckpoint', (one) => inMs(one, 'created_at')),
  ),
  defect(
    'model-times-in-milliseconds',
    'Shows the times of models in milliseconds.',
    'retrieve.timestamps.seconds',
    objects('Model', (model) => inMs(model, 'created')),
  ),
  defect(
    'created-in-fractions',
    'Shows created_at with fractions of a second.',
    'retrieve.job.created_at',
    jobs((job) => editedObject(job, ['created_at'], (time) => Number(time) + 0.25)),
  ),
  defect(
    'created-as-iso-text',
    'Shows created_at as text.',
    'retrieve.job.created_at',
    jobs((job) => editedObject(job, ['created_at'], (time) => new Date(Number(time) * MS).toISOString())),
  ),
  defect(
    'finish-as-text',
    'Shows finished_at as text.',
    'retrieve.job.finished_at',
    jobs((job) => editedObject(job, ['finished_at'], (time) => (time === null ? null : String(Number(time))))),
  ),
];

export const retrieveDefects: readonly Defect[] = [...identity, ...constancy, ...times];

function inMs(object: JsonObject, ...names: readonly string[]): JsonObject {
  return names.reduce(
    (current, name) => editedObject(current, [name], (time) => (typeof time === 'number' ? time * MS : time)),
    object,
  );
}
