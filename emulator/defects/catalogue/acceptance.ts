// Legal creates that a vendor refuses: limits of its own, truth taken for presence, and circumstances that nobody
// tried together.
import { badRequest } from '../../http/api-error.ts';
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, hyperparameter, sentCreates, switches, textIn } from '../hooks.ts';

/** A refusal of legal bodies of some kind, in words that sound reasonable. */
function refuses(param: string, message: string, when: (body: JsonObject) => boolean): Hooks {
  return sentCreates((body) => {
    if (when(body)) throw badRequest(`${message} - '${param}'`, param);
    return body;
  });
}

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
  defect(
    'bare-method-refused',
    'Refuses a method that names its type and nothing else.',
    'create.method.accepts',
    refuses(
      'method',
      'The settings of the method are missing',
      ({ method }) => isObject(method) && Object.keys(method).length === 1,
    ),
  ),
];

const wholes: readonly Defect[] = [
  defect(
    'snapshots-only',
    'Refuses the alias of a model and wants its dated snapshot.',
    'create.model.accepts',
    refuses('model', 'Name a dated snapshot', ({ model }) => typeof model === 'string' && !/\d{3}$/.test(model)),
  ),
  defect(
    'long-file-ids-refused',
    'Refuses ids of files that it issued itself, as they are longer than it expects.',
    'create.training_file.accepts',
    refuses('training_file', 'This is no id of a file', (body) => textIn(body, 'training_file').length > 24),
  ),
  defect(
    'validation-beside-metadata-refused',
    'Refuses a validation file beside metadata.',
    'create.validation_file.accepts',
    refuses(
      'validation_file',
      'This is not supported here',
      (body) => isPresent(body, 'validation_file') && isPresent(body, 'metadata'),
    ),
  ),
  defect(
    'validation-file-refused',
    'Refuses every validation file.',
    'create.validation_file.accepted',
    refuses('validation_file', 'Validation is not supported', (body) => isPresent(body, 'validation_file')),
  ),
  defect(
    'python-grader-refused',
    'Refuses python graders in a create.',
    'create.grader.python.accepts',
    refuses('method.reinforcement.grader', 'This grader is not offered', (body) => graderType(body) === 'python'),
  ),
  defect(
    'score-model-grader-refused',
    'Refuses score model graders in a create.',
    'create.grader.score_model.accepts',
    refuses('method.reinforcement.grader', 'This grader is not offered', (body) => graderType(body) === 'score_model'),
  ),
  defect(
    'text-messages-only',
    'Refuses parts other than text in the messages of a grader.',
    'create.grader.input.accepts',
    refuses('method.reinforcement.grader.input', 'Only text is supported', (body) => {
      const input = memberAt(body, 'method', 'reinforcement', 'grader', 'input');
      return isList(input) && input.some((message) => typeof member(message, 'content') !== 'string');
    }),
  ),
  defect(
    'high-effort-needs-dearer-plan',
    'Refuses the reasoning effort high.',
    'create.reasoning_effort.accepts',
    refuses('reasoning_effort', 'Not in your plan', (body) =>
      anyHyperparameter(body, 'reasoning_effort', (value) => value === 'high'),
    ),
  ),
  defect(
    'deprecated-hyperparameters-refused',
    'Refuses the deprecated hyperparameters outside method.',
    'create.hyperparameters.accepted',
    refuses('hyperparameters', 'Send this under method', (body) => isPresent(body, 'hyperparameters')),
  ),
  defect(
    'fourth-job-refused',
    'Refuses every fourth create as a duplicate.',
    'create.plain.accepted',
    sentCreates((body, memory) => {
      const before = Number(memory.get('calls') ?? 0);
      memory.set('calls', before + 1);
      if (before % 4 === 3) throw badRequest("This job exists already - 'training_file'", 'training_file');
      return body;
    }),
  ),
  defect(
    'one-job-a-file',
    'Refuses a second job on the same training file with the same model.',
    'create.plain.accepted',
    sentCreates((body, memory) => {
      const key = JSON.stringify([body['model'], body['training_file']]);
      if (memory.has(key)) throw badRequest("This file is in use by another job - 'training_file'", 'training_file');
      memory.set(key, true);
      return body;
    }),
  ),
  defect(
    'largest-together-refused',
    'Refuses the largest batch size together with the most epochs.',
    'create.batch_size.accepts',
    refuses(
      'batch_size',
      'Too large together',
      (body) =>
        anyHyperparameter(body, 'batch_size', (value) => value === 256) &&
        anyHyperparameter(body, 'n_epochs', (value) => value === 50),
    ),
  ),
  defect(
    'charset-refused',
    'Refuses a Content-Type with a charset.',
    'transport.charset.accepted',
    switches({ contentType: 'without-parameters' }),
  ),
];

export const acceptanceDefects: readonly Defect[] = [...limits, ...truth, ...wholes];

function anyHyperparameter(body: JsonObject, name: string, test: (value: JsonValue) => boolean): boolean {
  let found = false;
  hyperparameter(body, name, (value) => {
    found ||= test(value);
    return value;
  });
  return found;
}

function anyPair(body: JsonObject, test: (key: string, value: string) => boolean): boolean {
  const metadata = body['metadata'];
  if (!isObject(metadata)) return false;
  return Object.entries(metadata).some(([key, value]) => typeof value === 'string' && test(key, value));
}

function wandbsOf(body: JsonObject): readonly JsonObject[] {
  const integrations = body['integrations'];
  if (!isList(integrations)) return [];
  return integrations.flatMap((integration) => {
    const wandb = member(integration, 'wandb');
    return isObject(wandb) ? [wandb] : [];
  });
}

function graderType(body: JsonObject): JsonValue | undefined {
  return memberAt(body, 'method', 'reinforcement', 'grader', 'type');
}

function isPresent(body: JsonObject, name: string): boolean {
  return (member(body, name) ?? null) !== null;
}
