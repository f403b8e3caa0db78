// Bodies of creates that a vendor should refuse and mends instead: clamped, cut, coerced, or filled in.
import { isList, isObject, type JsonObject, type JsonValue, member, without } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { defect, editedObject, hyperparameter, sentCreates } from '../hooks.ts';
import { isWhole } from './body-tests.ts';

export const mendingDefects: readonly Defect[] = [
  defect(
    'epochs-clamped',
    'Takes more epochs than 50 and trains 50.',
    'create.n_epochs.maximum',
    sentCreates((body) => hyperparameter(body, 'n_epochs', (value) => atMost(value, 50))),
  ),
  defect(
    'batch-size-clamped',
    'Takes a batch size beyond 256 and uses 256.',
    'create.batch_size.maximum',
    sentCreates((body) => hyperparameter(body, 'batch_size', (value) => atMost(value, 256))),
  ),
  defect(
    'beta-clamped',
    'Takes a beta beyond 2 and uses 2.',
    'create.beta.maximum',
    sentCreates((body) => hyperparameter(body, 'beta', (value) => atMost(value, 2))),
  ),
  defect(
    'compute-multiplier-clamped',
    'Takes a compute multiplier beyond 10 and uses 10.',
    'create.compute_multiplier.maximum',
    sentCreates((body) => hyperparameter(body, 'compute_multiplier', (value) => atMost(value, 10))),
  ),
  defect(
    'seed-wraps-around',
    'Takes a seed beyond 2147483647 and keeps its lower 31 bits.',
    'create.seed.maximum',
    sentCreates((body) =>
      editedObject(body, ['seed'], (value) => (isWhole(value) && value > 0 ? value % 2 ** 31 : value)),
    ),
  ),
  defect(
    'negative-seed-made-positive',
    'Takes a negative seed and drops its sign.',
    'create.seed.minimum',
    sentCreates((body) => editedObject(body, ['seed'], (value) => (isWhole(value) ? Math.abs(value) : value))),
  ),
  defect(
    'suffix-cut',
    'Cuts a suffix that is too long to 64 characters.',
    'create.suffix.maxLength',
    sentCreates((body) => editedObject(body, ['suffix'], (value) => cut(value, 64))),
  ),
  defect(
    'empty-suffix-is-absent',
    'Takes an empty suffix for none.',
    'create.suffix.minLength',
    sentCreates((body) => editedObject(body, ['suffix'], (value) => (value === '' ? undefined : value))),
  ),
  defect(
    'zero-epochs-is-auto',
    'Takes 0 epochs for none sent.',
    'create.n_epochs.minimum',
    sentCreates((body) => hyperparameter(body, 'n_epochs', zeroIsAbsent)),
  ),
  defect(
    'zero-batch-size-is-auto',
    'Takes a batch size of 0 for none sent.',
    'create.batch_size.minimum',
    sentCreates((body) => hyperparameter(body, 'batch_size', zeroIsAbsent)),
  ),
  defect(
    'zero-beta-is-auto',
    'Takes a beta of 0 for none sent.',
    'create.beta.exclusiveMinimum',
    sentCreates((body) => hyperparameter(body, 'beta', zeroIsAbsent)),
  ),
  defect(
    'zero-learning-rate-is-auto',
    'Takes a learning rate multiplier of 0 for none sent.',
    'create.learning_rate_multiplier.exclusiveMinimum',
    sentCreates((body) => hyperparameter(body, 'learning_rate_multiplier', zeroIsAbsent)),
  ),
  defect(
    'epochs-rounded',
    'Takes a fraction of epochs and rounds it.',
    'create.n_epochs.type',
    sentCreates((body) =>
      hyperparameter(body, 'n_epochs', (value) => (typeof value === 'number' ? Math.round(value) : value)),
    ),
  ),
  defect(
    'any-word-is-auto',
    'Takes any word for "auto" in n_epochs.',
    'create.n_epochs.enum',
    sentCreates((body) => hyperparameter(body, 'n_epochs', (value) => (typeof value === 'string' ? 'auto' : value))),
  ),
  defect(
    'auto-in-any-case',
    'Takes AUTO, Auto and other spellings for "auto" in batch_size.',
    'create.batch_size.enum',
    sentCreates((body) =>
      hyperparameter(body, 'batch_size', (value) =>
        typeof value === 'string' && value.toLowerCase() === 'auto' ? 'auto' : value,
      ),
    ),
  ),
  defect(
    'metadata-values-made-text',
    'Makes text of metadata values that are none.',
    'create.metadata.value.type',
    sentCreates((body) =>
      metadata(body, ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  ),
  defect(
    'metadata-values-cut',
    'Cuts metadata values that are too long to 512 characters.',
    'create.metadata.value.maxLength',
    sentCreates((body) => metadata(body, ([key, value]) => [key, cut(value, 512)])),
  ),
  defect(
    'metadata-keys-cut',
    'Cuts metadata keys that are too long to 64 characters.',
    'create.metadata.key.maxLength',
    sentCreates((body) => metadata(body, ([key, value]) => [key.slice(0, 64), value])),
  ),
  defect(
    'surplus-metadata-dropped',
    'Keeps the first 16 pairs of metadata and drops the others.',
    'create.metadata.maxProperties',
    sentCreates((body) =>
      editedObject(body, ['metadata'], (value) =>
        isObject(value) ? Object.fromEntries(Object.entries(value).slice(0, 16)) : value,
      ),
    ),
  ),
  defect(
    'single-integration-taken',
    'Takes one integration that stands where the list of them should.',
    'create.integrations.type',
    sentCreates((body) => editedObject(body, ['integrations'], (value) => (isList(value) ? value : null))),
  ),
  defect(
    'single-tag-taken',
    'Takes one tag that stands where the list of them should.',
    'create.integrations.wandb.tags.type',
    sentCreates((body) =>
      everyIntegration(body, (wandb) => {
        const tags = wandb['tags'];
        return tags === undefined || isList(tags) ? wandb : without(wandb, 'tags');
      }),
    ),
  ),
  defect(
    'project-defaults',
    'Fills in a W&B project where none is named.',
    'create.integrations.wandb.project.required',
    sentCreates((body) => everyIntegration(body, (wandb) => ({ project: 'fine-tuning', ...wandb }))),
  ),
];

function metadata(
  body: JsonObject,
  edit: (pair: readonly [key: string, value: JsonValue]) => readonly [string, JsonValue],
): JsonObject {
  return editedObject(body, ['metadata'], (value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).map(edit)) : value,
  );
}

function everyIntegration(body: JsonObject, edit: (wandb: JsonObject) => JsonObject): JsonObject {
  return editedObject(body, ['integrations'], (integrations) => {
    if (!isList(integrations)) return integrations;
    return integrations.map((integration) => {
      const wandb = member(integration, 'wandb');
      return isObject(integration) && isObject(wandb) ? { ...integration, wandb: edit(wandb) } : integration;
    });
  });
}

function atMost(value: JsonValue, most: number): JsonValue {
  return typeof value === 'number' ? Math.min(most, value) : value;
}

function cut(value: JsonValue, length: number): JsonValue {
  return typeof value === 'string' ? value.slice(0, length) : value;
}

function zeroIsAbsent(value: JsonValue): JsonValue | undefined {
  return value === 0 ? undefined : value;
}
