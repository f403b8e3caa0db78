// Legal creates that a vendor refuses because of a limit of its own, or because it takes truth for presence.
import { isList, isObject } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { defect } from '../hooks.ts';
import { anyHyperparameter, anyPair, refuses, wandbsOf } from './body-tests.ts';

const limits: readonly Defect[] = [
  defect(
    'suffix-of-forty',
    'Still has the limit of 40 characters for a suffix.',
    'create.suffix.accepts',
    refuses('suffix', 'The suffix is too long', ({ suffix }) => typeof suffix === 'string' && suffix.length > 40),
  ),
  defect(
    'suffix-of-eighteen',
    'Still has the limit of 18 characters for a suffix.',
    'create.suffix.accepts',
    refuses('suffix', 'The suffix is too long', ({ suffix }) => typeof suffix === 'string' && suffix.length > 18),
  ),
  defect(
    'suffix-without-digits',
    'Refuses digits in a suffix.',
    'create.suffix.accepts',
    refuses(
      'suffix',
      'The suffix may hold letters only',
      ({ suffix }) => typeof suffix === 'string' && /\d/.test(suffix),
    ),
  ),
  defect(
    'twenty-epochs-at-most',
    'Allows 20 epochs at most.',
    'create.n_epochs.accepts',
    refuses('n_epochs', 'Too many epochs', (body) =>
      anyHyperparameter(body, 'n_epochs', (value) => Number(value) > 20),
    ),
  ),
  defect(
    'batch-sizes-are-powers-of-two',
    'Allows powers of two only as batch size.',
    'create.batch_size.accepts',
    refuses('batch_size', 'The batch size must be a power of two', (body) =>
      anyHyperparameter(
        body,
        'batch_size',
        (value) => typeof value === 'number' && !Number.isInteger(Math.log2(value)),
      ),
    ),
  ),
  defect(
    'even-batch-sizes-only',
    'Refuses a batch size of 1.',
    'create.batch_size.accepts',
    refuses('batch_size', 'The batch size must be even', (body) =>
      anyHyperparameter(body, 'batch_size', (value) => value === 1),
    ),
  ),
  defect(
    'whole-learning-rates-only',
    'Refuses fractions as learning rate multiplier.',
    'create.learning_rate_multiplier.accepts',
    refuses('learning_rate_multiplier', 'A whole number is needed', (body) =>
      anyHyperparameter(body, 'learning_rate_multiplier', (value) => typeof value === 'number' && value % 1 !== 0),
    ),
  ),
  defect(
    'large-learning-rate-refused',
    'Refuses learning rate multipliers of 1 and more.',
    'create.learning_rate_multiplier.accepts',
    refuses('learning_rate_multiplier', 'The multiplier must be below 1', (body) =>
      anyHyperparameter(body, 'learning_rate_multiplier', (value) => typeof value === 'number' && value >= 1),
    ),
  ),
  defect(
    'eval-interval-within-epoch',
    'Refuses an evaluation interval beyond 100.',
    'create.eval_interval.accepts',
    refuses('eval_interval', 'The interval is too long', (body) =>
      anyHyperparameter(body, 'eval_interval', (value) => typeof value === 'number' && value > 100),
    ),
  ),
  defect(
    'short-metadata-values',
    'Refuses metadata values beyond 256 characters.',
    'create.metadata.accepts',
    refuses('metadata', 'A value is too long', (body) => anyPair(body, (_, value) => value.length > 256)),
  ),
  defect(
    'eight-pairs-at-most',
    'Allows 8 pairs of metadata at most.',
    'create.metadata.accepts',
    refuses('metadata', 'Too many pairs', ({ metadata }) => isObject(metadata) && Object.keys(metadata).length > 8),
  ),
];

const truth: readonly Defect[] = [
  defect(
    'seed-zero-refused',
    'Takes a seed of 0 for a missing one and refuses it.',
    'create.seed.accepts',
    refuses('seed', 'The seed is missing', ({ seed }) => seed === 0),
  ),
  defect(
    'empty-metadata-refused',
    'Refuses metadata without a pair.',
    'create.metadata.accepts',
    refuses(
      'metadata',
      'metadata is empty',
      ({ metadata }) => isObject(metadata) && Object.keys(metadata).length === 0,
    ),
  ),
  defect(
    'empty-metadata-value-refused',
    'Refuses metadata whose value is empty.',
    'create.metadata.accepts',
    refuses('metadata', 'A value is empty', (body) => anyPair(body, (_, value) => value === '')),
  ),
  defect(
    'empty-integrations-refused',
    'Refuses an empty list of integrations.',
    'create.integrations.accepts',
    refuses(
      'integrations',
      'integrations is empty',
      ({ integrations }) => isList(integrations) && integrations.length === 0,
    ),
  ),
  defect(
    'empty-hyperparameters-refused',
    'Refuses hyperparameters without a member.',
    'create.hyperparameters.accepts',
    refuses(
      'hyperparameters',
      'hyperparameters is empty',
      ({ hyperparameters }) => isObject(hyperparameters) && Object.keys(hyperparameters).length === 0,
    ),
  ),
  defect(
    'empty-tags-refused',
    'Refuses an empty list of W&B tags.',
    'create.integrations.wandb.tags.accepts',
    refuses('integrations[0].wandb.tags', 'tags is empty', (body) =>
      wandbsOf(body).some((wandb) => isList(wandb['tags']) && wandb['tags'].length === 0),
    ),
  ),
];

export const ownLimitDefects: readonly Defect[] = [...limits, ...truth];
