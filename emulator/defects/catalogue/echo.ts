// Jobs that do not carry what was sent (metadata has a file of its own): lost, changed on the way, mixed up, or taken from another job.
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt, without } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, editedObject, hyperparameter, jobs, newJobs, sentCreates, switches, textIn } from '../hooks.ts';

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

const absent: readonly Defect[] = [
  defect(
    'beta-shown-only-when-sent',
    'Shows no beta in a DPO job that was sent without one.',
    'echo.method.defaults',
    newJobs((job, sent) => {
      const path = ['method', 'dpo', 'hyperparameters', 'beta'];
      return memberAt(sent, ...path) === undefined ? editedObject(job, path, () => undefined) : job;
    }),
  ),
  defect(
    'defaults-not-shown',
    'Shows under the method only what was sent there.',
    'echo.method.defaults',
    newJobs((job, sent) => (isObject(sent['method']) ? { ...job, method: sent['method'] } : job)),
  ),
  defect(
    'hyperparameters-beside-every-method',
    'Shows the hyperparameters of supervised training in jobs of every method.',
    'echo.hyperparameters.only-supervised',
    switches({ supervisedView: 'always' }),
  ),
  defect(
    'method-null-when-absent',
    'Shows no method where none was sent.',
    'echo.method.always-present',
    newJobs((job, sent) => (member(sent, 'method') === undefined ? without(job, 'method') : job)),
  ),
  defect(
    'method-forgets-deprecated',
    'Does not show deprecated hyperparameters under method.',
    'echo.method.from-hyperparameters',
    newJobs((job, sent) =>
      member(sent, 'hyperparameters') === undefined || member(sent, 'method') !== undefined
        ? job
        : { ...job, method: { type: 'supervised', supervised: { hyperparameters: {} } } },
    ),
  ),
  defect(
    'integrations-null-when-absent',
    'Shows null where no integrations were sent.',
    'echo.integrations.empty-when-absent',
    newJobs((job, sent) => (member(sent, 'integrations') === undefined ? { ...job, integrations: null } : job)),
  ),
  defect(
    'alias-kept',
    'Shows the alias of a model instead of its snapshot.',
    'echo.model.snapshot',
    newJobs((job, sent) => ({ ...job, model: textIn(sent, 'model') })),
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
    'echo.integrations.details',
    wandb((one) => without(one, 'tags')),
  ),
  defect(
    'tags-sorted',
    'Sorts the tags of an integration.',
    'echo.integrations.details',
    wandb((one) => ({ ...one, ...(isList(one['tags']) ? { tags: one['tags'].toSorted() } : {}) })),
  ),
  defect(
    'entity-lost',
    'Forgets the entity of an integration.',
    'echo.integrations.details',
    wandb((one) => ({ ...one, entity: null })),
  ),
  defect(
    'run-named-by-job',
    'Names the run of an integration itself.',
    'echo.integrations.details',
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

export const echoDefects: readonly Defect[] = [...settings, ...absent, ...names, ...integrations];

function on(
  path: readonly string[],
  edit: (value: JsonValue) => JsonValue | undefined,
): (object: JsonObject) => JsonObject {
  return (object) => editedObject(object, path, edit);
}

function wandb(edit: (wandb: JsonObject) => JsonObject): Hooks {
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
