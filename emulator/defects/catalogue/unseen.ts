// Bodies of creates that a vendor should refuse and does not: their intention is guessed, or they are looked at in some
// circumstances only.
import { editSchema } from '../../contract/schemas.ts';
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt, without } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { contract, defect, editedObject, hyperparameter, sentCreates, textIn } from '../hooks.ts';
import { isWhole } from './body-tests.ts';

const REQUEST = '#/components/schemas/CreateFineTuningJobRequest';

/** Bodies whose intention is guessed. */
const guessed: readonly Defect[] = [
  defect(
    'unknown-method-is-supervised',
    'Trains supervised where the type of method is unknown.',
    'create.method.type.enum',
    sentCreates((body) =>
      editedObject(body, ['method', 'type'], (type) =>
        typeof type !== 'string' || ['supervised', 'dpo', 'reinforcement'].includes(type) ? type : 'supervised',
      ),
    ),
  ),
  defect(
    'method-type-guessed',
    'Guesses the type of a method that names none.',
    'create.method.type.required',
    sentCreates((body) =>
      editedObject(body, ['method'], (method) => {
        if (!isObject(method) || Object.hasOwn(method, 'type')) return method;
        const [type = 'supervised'] = Object.keys(method);
        return { ...method, type };
      }),
    ),
  ),
  defect(
    'model-defaults',
    'Trains gpt-4o-mini where no model is named.',
    'create.model.required',
    sentCreates((body) => ({ model: 'gpt-4o-mini', ...body })),
  ),
  defect(
    'odd-model-is-default',
    'Trains gpt-4o-mini where the model is no text.',
    'create.model.type',
    sentCreates((body) =>
      editedObject(body, ['model'], (model) => (typeof model === 'string' ? model : 'gpt-4o-mini')),
    ),
  ),
  defect(
    'odd-validation-file-ignored',
    'Ignores a validation file that is no text.',
    'create.validation_file.type',
    sentCreates((body) =>
      editedObject(body, ['validation_file'], (file) => (typeof file === 'string' ? file : undefined)),
    ),
  ),
  defect('odd-body-is-the-one-before', 'Takes a body that is no object for the one before.', 'create.body.type', {
    request: (request, memory) => {
      if (request.operationId !== 'createFineTuningJob') return request;
      if (isObject(request.body)) memory.set('body', request.body);
      const before = memory.get('body');
      return isObject(request.body) || !isObject(before) ? request : { ...request, body: before };
    },
  }),
  defect(
    'training-file-remembered',
    'Trains on the file of the job before where none is named.',
    'create.training_file.required',
    sentCreates((body, memory) => {
      const before = memory.get('file');
      if (typeof body['training_file'] === 'string') memory.set('file', body['training_file']);
      return typeof before === 'string' ? { training_file: before, ...body } : body;
    }),
  ),
  defect(
    'missing-grader-defaulted',
    'Fills in a grader of its own where reinforcement has none.',
    'create.method.reinforcement.grader.required',
    contract(editSchema('#/components/schemas/FineTuneReinforcementMethod', (schema) => without(schema, 'required'))),
  ),
  defect(
    'unknown-effort-is-default',
    'Takes any word for a reasoning effort.',
    'create.reasoning_effort.enum',
    sentCreates((body) =>
      hyperparameter(body, 'reasoning_effort', (value) =>
        typeof value !== 'string' || ['default', 'low', 'medium', 'high'].includes(value) ? value : 'default',
      ),
    ),
  ),
];

/** Bodies that are looked at in some circumstances only. */
const unseen: readonly Defect[] = [
  defect(
    'dpo-settings-unseen',
    'Does not look at what stands under method.dpo.',
    'create.beta.maximum',
    contract(editSchema('#/components/schemas/FineTuneMethod/properties/dpo', () => ({}))),
  ),
  defect(
    'reinforcement-settings-unseen',
    'Does not look at hyperparameters of reinforcement.',
    'create.eval_samples.minimum',
    contract(editSchema('#/components/schemas/FineTuneReinforcementMethod/properties/hyperparameters', () => ({}))),
  ),
  defect(
    'method-unseen-beside-metadata',
    'Does not look at hyperparameters under method where metadata is sent.',
    'create.n_epochs.maximum',
    contract(
      editSchema('#/components/schemas/FineTuneMethod', () => ({})),
      has('metadata', 'method'),
    ),
  ),
  defect(
    'seed-unseen-beside-suffix',
    'Does not look at the seed where a suffix is sent.',
    'create.seed.maximum',
    contract(
      editSchema(`${REQUEST}/properties/seed`, () => ({})),
      has('suffix', 'seed'),
    ),
  ),
  defect(
    'suffix-unseen-beside-validation-file',
    'Does not look at the suffix where a validation file is sent.',
    'create.suffix.maxLength',
    contract(
      editSchema(`${REQUEST}/properties/suffix`, () => ({})),
      has('validation_file', 'suffix'),
    ),
  ),
  defect(
    'second-integration-unseen',
    'Looks at the first integration only.',
    'create.integrations.wandb.project.required',
    contract(
      editSchema(`${REQUEST}/properties/integrations/items`, () => ({})),
      (body) => {
        const integrations = member(body, 'integrations');
        return isList(integrations) && integrations.length > 1;
      },
    ),
  ),
  defect(
    'second-pair-unseen',
    'Looks at the first pair of the metadata only.',
    'create.metadata.value.maxLength',
    contract(
      editSchema(
        '#/components/schemas/MetadataInput',
        ({ propertyNames: _keys, additionalProperties: _values, ...map }) => map,
      ),
      (body) => Object.keys(member(body, 'metadata') ?? {}).length > 1,
    ),
  ),
  defect(
    'known-file-unchecked',
    'Checks the seed only for the first job of a training file.',
    'create.seed.maximum',
    sentCreates((body, memory) => {
      const file = `file ${textIn(body, 'training_file')}`;
      const known = memory.has(file);
      memory.set(file, true);
      return known && isWhole(body['seed']) && body['seed'] > 2 ** 31 - 1 ? without(body, 'seed') : body;
    }),
  ),
  defect(
    'nested-objects-unseen',
    'Checks that method is an object and looks no further.',
    'create.method.supervised.type',
    contract(editSchema('#/components/schemas/FineTuneMethod', (schema) => withoutMembers(schema))),
  ),
];

export const overlookingDefects: readonly Defect[] = [...guessed, ...unseen];

/** What the members of an object are called is still known, and what `type` holds; the rest may be anything. */
function withoutMembers(schema: JsonObject): JsonObject {
  const properties = memberAt(schema, 'properties');
  const names = isObject(properties) ? Object.keys(properties) : [];
  const members = names.map((name) => [name, name === 'type' ? memberAt(schema, 'properties', 'type') : {}]);
  return { ...schema, properties: Object.fromEntries(members) as JsonObject };
}

function has(...names: readonly string[]): (body: JsonValue) => boolean {
  return (body) => isObject(body) && names.every((name) => Object.hasOwn(body, name) && body[name] !== null);
}
