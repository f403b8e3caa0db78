// Jobs that do not carry what was sent: lost, changed on the way, mixed up, or taken from another job.
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt, without } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { defect, editedObject, hyperparameter, jobs, newJobs, sentCreates, textIn } from '../hooks.ts';

const metadata: readonly Defect[] = [
  defect(
    'metadata-lost',
    'Drops metadata on create, as a gateway with a list of known members does.',
    'echo.metadata',
    sentCreates((body) => without(body, 'metadata')),
  ),
  defect(
    'metadata-keys-lowercased',
    'Lowers the case of metadata keys.',
    'echo.metadata',
    pairs(([key, value]) => [key.toLowerCase(), value]),
  ),
  defect(
    'metadata-values-trimmed',
    'Trims metadata values.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.trim()]),
  ),
  defect(
    'metadata-mojibake',
    'Reads the UTF-8 of metadata values as Latin-1.',
    'echo.metadata',
    pairs(([key, value]) => [key, Buffer.from(value, 'utf8').toString('latin1')]),
  ),
  defect(
    'metadata-emoji-lost',
    'Loses characters beyond the basic plane in metadata values.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.replace(/[\u{10000}-\u{10ffff}]/gu, '?')]),
  ),
  defect(
    'metadata-escaped',
    'Escapes metadata values for HTML.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')]),
  ),
  defect(
    'metadata-numbers-parsed',
    'Shows metadata values that look like numbers as numbers.',
    'echo.metadata',
    pairs(([key, value]) => [key, /^\d+(\.\d+)?$/.test(value) ? Number(value) : value]),
  ),
  defect(
    'empty-metadata-values-lost',
    'Drops pairs of metadata whose value is empty.',
    'echo.metadata',
    editedMetadata((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))),
  ),
  defect(
    'sixteenth-pair-lost',
    'Keeps 15 pairs of metadata.',
    'echo.metadata',
    editedMetadata((all) => Object.fromEntries(Object.entries(all).slice(0, 15))),
  ),
  defect(
    'metadata-leaks',
    'Carries pairs of the metadata of the job before into the next one that has metadata.',
    'echo.metadata',
    sentCreates((body, memory) => {
      const own = body['metadata'];
      if (!isObject(own) || Object.keys(own).length === 0) return body;
      const before = memory.get('metadata');
      memory.set('metadata', own);
      const merged = { ...(isObject(before) ? before : {}), ...own };
      return Object.keys(merged).length > 16 ? body : { ...body, metadata: merged };
    }),
  ),
];

const settings: readonly Defect[] = [
  defect(
    'seed-in-single-precision',
    'Keeps the seed as a number of single precision.',
    'echo.seed',
    jobs(on(['seed'], (seed) => (typeof seed === 'number' ? Math.fround(seed) : seed))),
  ),
  defect(
    'seed-zero-replaced',
    'Takes a seed of 0 for none and makes one up.',
    'echo.seed',
    sentCreates(on(['seed'], (seed) => (seed === 0 ? undefined : seed))),
  ),
  defect(
    'seed-of-first-job',
    'Gives every job the seed of the first one that had one.',
    'echo.seed',
    sentCreates((body, memory) => {
      if (typeof body['seed'] !== 'number') return body;
      const first = memory.get('seed') ?? body['seed'];
      memory.set('seed', first);
      return typeof first === 'number' ? { ...body, seed: first } : body;
    }),
  ),
  defect(
    'seed-lost-beside-suffix',
    'Loses the seed where a suffix is sent, too.',
    'echo.seed',
    sentCreates((body) => (typeof body['suffix'] === 'string' ? without(body, 'seed') : body)),
  ),
  defect(
    'learning-rate-rounded',
    'Rounds the learning rate multiplier to two decimals.',
    'echo.method',
    jobs((job) =>
      hyperparameter(job, 'learning_rate_multiplier', (value) =>
        typeof value === 'number' ? Math.round(value * 100) / 100 : value,
      ),
    ),
  ),
  defect(
    'hyperparameters-made-text',
    'Shows explicit hyperparameters as text.',
    'echo.hyperparameters',
    jobs((job) => hyperparameter(job, 'n_epochs', (value) => (typeof value === 'number' ? String(value) : value))),
  ),
  defect(
    'one-epoch-is-auto',
    'Shows one epoch as auto.',
    'echo.hyperparameters',
    jobs((job) => hyperparameter(job, 'n_epochs', (value) => (value === 1 ? 'auto' : value))),
  ),
  defect(
    'deprecated-hyperparameters-lost',
    'Accepts the deprecated hyperparameters and forgets them.',
    'echo.hyperparameters',
    sentCreates((body) => without(body, 'hyperparameters')),
  ),
  defect(
    'beta-lost',
    'Forgets beta.',
    'echo.method',
    sentCreates((body) => hyperparameter(body, 'beta', () => undefined)),
  ),
  defect(
    'auto-made-null',
    'Shows "auto" as null.',
    'echo.method',
    jobs((job) => hyperparameter(job, 'n_epochs', (value) => (value === 'auto' ? null : value))),
  ),
  defect(
    'method-always-supervised',
    'Shows every job as supervised.',
    'echo.method',
    jobs((job) => ({ ...job, method: { type: 'supervised', supervised: { hyperparameters: {} } } })),
  ),
  defect(
    'method-settings-lost',
    'Keeps the type of the method and forgets its settings.',
    'echo.method',
    jobs(on(['method'], (method) => ({ type: textIn(method, 'type') }))),
  ),
  defect(
    'effort-lost',
    'Forgets the reasoning effort.',
    'echo.method',
    jobs((job) => hyperparameter(job, 'reasoning_effort', () => undefined)),
  ),
  defect(
    'templates-rendered',
    'Renders the templates of a grader before it shows them.',
    'echo.method',
    jobs(on(['method', 'reinforcement', 'grader'], (grader) => rendered(grader))),
  ),
  defect(
    'batch-size-swapped-with-epochs',
    'Swaps batch size and epochs.',
    'echo.method',
    jobs(
      on(['method', 'supervised', 'hyperparameters'], (all) =>
        isObject(all) ? { ...all, n_epochs: all['batch_size'] ?? 'auto', batch_size: all['n_epochs'] ?? 'auto' } : all,
      ),
    ),
  ),
];

const names: readonly Defect[] = [
  defect(
    'model-replaced',
    'Shows a model of its own instead of the one that was asked for.',
    'echo.model',
    jobs((job) => ({ ...job, model: 'vendor-base-7b' })),
  ),
  defect(
    'model-in-capitals',
    'Shows the model in capitals.',
    'echo.model',
    jobs((job) => ({ ...job, model: textIn(job, 'model').toUpperCase() })),
  ),
  defect(
    'training-file-renamed',
    'Shows the training file under an id of its own store.',
    'echo.training_file',
    jobs((job) => ({ ...job, training_file: textIn(job, 'training_file').replace(/^file-/, 'dataset-') })),
  ),
  defect(
    'files-swapped',
    'Swaps training and validation file where both are sent.',
    'echo.training_file',
    newJobs((job) =>
      typeof job['validation_file'] === 'string'
        ? { ...job, training_file: job['validation_file'], validation_file: job['training_file'] ?? null }
        : job,
    ),
  ),
  defect(
    'validation-file-lost',
    'Forgets the validation file.',
    'echo.validation_file',
    sentCreates((body) => without(body, 'validation_file')),
  ),
  defect(
    'validation-file-defaults-to-training',
    'Names the training file as validation file where none was sent.',
    'echo.validation_file',
    newJobs((job) => ({ ...job, validation_file: job['validation_file'] ?? job['training_file'] ?? null })),
  ),
  defect(
    'validation-file-empty',
    'Shows empty text where there is no validation file.',
    'echo.validation_file',
    jobs((job) => ({ ...job, validation_file: job['validation_file'] ?? '' })),
  ),
];

const integrations: readonly Defect[] = [
  defect(
    'tags-lost',
    'Forgets the tags of an integration.',
    'echo.integrations',
    wandb((one) => without(one, 'tags')),
  ),
  defect(
    'tags-sorted',
    'Sorts the tags of an integration.',
    'echo.integrations',
    wandb((one) => ({ ...one, ...(isList(one['tags']) ? { tags: one['tags'].toSorted() } : {}) })),
  ),
  defect(
    'entity-lost',
    'Forgets the entity of an integration.',
    'echo.integrations',
    wandb((one) => ({ ...one, entity: null })),
  ),
  defect(
    'run-named-by-job',
    'Names the run of an integration itself.',
    'echo.integrations',
    wandb((one) => ({ ...one, name: 'run-of-the-job' })),
  ),
  defect(
    'project-dashed',
    'Rewrites the project of an integration.',
    'echo.integrations',
    wandb((one) => ({ ...one, project: `ft-${textIn(one, 'project')}` })),
  ),
  defect(
    'integrations-lost',
    'Accepts integrations and forgets them.',
    'echo.integrations',
    sentCreates((body) => without(body, 'integrations')),
  ),
  defect(
    'first-integration-only',
    'Keeps the first integration only.',
    'echo.integrations',
    jobs(on(['integrations'], (all) => (isList(all) ? all.slice(0, 1) : all))),
  ),
];

export const echoDefects: readonly Defect[] = [...metadata, ...settings, ...names, ...integrations];

function on(
  path: readonly string[],
  edit: (value: JsonValue) => JsonValue | undefined,
): (object: JsonObject) => JsonObject {
  return (object) => editedObject(object, path, edit);
}

function editedMetadata(edit: (all: JsonObject) => JsonObject): ReturnType<typeof jobs> {
  return jobs(on(['metadata'], (all) => (isObject(all) ? edit(all) : all)));
}

function pairs(
  edit: (pair: readonly [key: string, value: string]) => readonly [string, JsonValue],
): ReturnType<typeof jobs> {
  return editedMetadata((all) =>
    Object.fromEntries(
      Object.entries(all).map(([key, value]) => (typeof value === 'string' ? edit([key, value]) : [key, value])),
    ),
  );
}

function wandb(edit: (wandb: JsonObject) => JsonObject): ReturnType<typeof jobs> {
  return jobs(
    on(['integrations'], (all) => {
      if (!isList(all)) return all;
      return all.map((one) => {
        const own = member(one, 'wandb');
        return isObject(one) && isObject(own) ? { ...one, wandb: edit(own) } : one;
      });
    }),
  );
}

function rendered(grader: JsonValue): JsonValue {
  if (!isObject(grader) || memberAt(grader, 'input') === undefined) return grader;
  return Object.fromEntries(
    Object.entries(grader).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/\{\{[^{}]*\}\}/g, '') : value,
    ]),
  );
}
