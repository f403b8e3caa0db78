// The create requests that the source documents show, with ids and models replaced by those of the run. Facts of the
// documents, kept as they stand there; what the documents get wrong stands in its own list.
import type { JsonObject } from '../contract/json.ts';

export interface DocumentedRequest {
  /** Seed and line. */
  readonly source: string;
  /** The row that asks for it to be accepted. */
  readonly requirement: string;
  readonly template: JsonObject;
}

const MODEL = '${model}';
const TRAINING = '${training_file}';
const VALIDATION = '${validation_file}';
const PLAIN: JsonObject = { training_file: TRAINING, model: MODEL };

function stringCheck(input: string, reference: string): JsonObject {
  return { type: 'string_check', name: 'Example string check grader', input, reference, operation: 'eq' };
}

function reinforcement(input: string, reference: string): JsonObject {
  const settings = { grader: stringCheck(input, reference), hyperparameters: { reasoning_effort: 'medium' } };
  return { type: 'reinforcement', reinforcement: settings };
}

/** Every documented create request that must be accepted. */
export const documentedRequests: readonly DocumentedRequest[] = [
  { source: 'S000 l.26', requirement: 'create.plain.accepted', template: PLAIN },
  { source: 'S004 l.239', requirement: 'create.plain.accepted', template: PLAIN },
  {
    source: 'S004 l.286',
    requirement: 'create.supervised.accepted',
    template: { ...PLAIN, method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } } },
  },
  {
    source: 'S004 l.369',
    requirement: 'create.dpo.accepted',
    template: {
      ...PLAIN,
      validation_file: VALIDATION,
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.1 } } },
    },
  },
  {
    source: 'S004 l.429',
    requirement: 'create.reinforcement.accepted',
    template: {
      ...PLAIN,
      validation_file: VALIDATION,
      method: reinforcement('{{sample.output_text}}', '{{item.label}}'),
    },
  },
  {
    source: 'S004 l.459',
    requirement: 'create.reinforcement.accepted',
    template: {
      ...PLAIN,
      validation_file: VALIDATION,
      method: reinforcement('{{item.label}}', '{{sample.output_text}}'),
      seed: 42,
    },
  },
  {
    source: 'S004 l.533',
    requirement: 'create.validation_file.accepted',
    template: { ...PLAIN, validation_file: VALIDATION },
  },
  {
    source: 'S003 l.143',
    requirement: 'create.supervised.accepted',
    template: {
      ...PLAIN,
      method: {
        type: 'supervised',
        supervised: { hyperparameters: { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 0.1 } },
      },
      suffix: 'my-custom-model',
    },
  },
  {
    source: 'S003 l.57',
    requirement: 'create.supervised.accepted',
    template: {
      ...PLAIN,
      method: {
        type: 'supervised',
        supervised: { hyperparameters: { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' } },
      },
    },
  },
  {
    source: 'S003 l.68',
    requirement: 'create.dpo.accepted',
    template: { ...PLAIN, method: { type: 'dpo', dpo: { hyperparameters: {} } } },
  },
  {
    source: 'S003 l.177',
    requirement: 'create.integrations.accepted',
    template: {
      ...PLAIN,
      integrations: [
        {
          type: 'wandb',
          wandb: { project: 'gpt-finetuning', name: 'experiment-1', tags: ['production', 'gpt-4o-mini'] },
        },
      ],
    },
  },
  {
    source: 'S003 l.38',
    requirement: 'create.integrations.accepted',
    template: {
      ...PLAIN,
      integrations: [
        {
          type: 'wandb',
          wandb: {
            project: 'my-fine-tuning-project',
            name: 'my-run-name',
            entity: 'my-team',
            tags: ['tag1', 'tag2'],
          },
        },
      ],
    },
  },
  {
    source: 'S003 l.194',
    requirement: 'create.metadata.accepted',
    template: { ...PLAIN, metadata: { project: 'customer-support', version: 'v2.0', owner: 'ml-team' }, seed: 42 },
  },
];

/** A documented request whose text is not JSON: placeholders stand in it as in a template. */
export interface MalformedRequest {
  readonly erratum: string;
  readonly description: string;
  /** The documented text. */
  readonly text: string;
  /** The same with the slip mended: a server that accepts this one knows the payload. */
  readonly mended: JsonObject;
}

const WANDB = { project: 'my-wandb-project', name: 'ft-run-display-name', tags: ['first-experiment', 'v2'] };

export const malformedRequests: readonly MalformedRequest[] = [
  {
    erratum: 'E-J4',
    description: 'the documented body without the comma before "tags"',
    text: `{"training_file":"${TRAINING}","validation_file":"${VALIDATION}","model":"${MODEL}","integrations":[{"type":"wandb","wandb":{"project":"my-wandb-project","name":"ft-run-display-name" "tags":["first-experiment","v2"]}}]}`,
    mended: { ...PLAIN, validation_file: VALIDATION, integrations: [{ type: 'wandb', wandb: WANDB }] },
  },
  {
    erratum: 'E-J11',
    description: 'the documented body with a comma behind the last member',
    text: `{"training_file":"${TRAINING}","validation_file":"${VALIDATION}","model":"${MODEL}","method":{"type":"dpo","dpo":{"hyperparameters":{"beta":0.1,}}}}`,
    mended: {
      ...PLAIN,
      validation_file: VALIDATION,
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.1 } } },
    },
  },
];

/** Documented and wrong: S003 shows the reinforcement method without the grader that it requires. */
export const WITHOUT_GRADER: JsonObject = {
  ...PLAIN,
  validation_file: VALIDATION,
  method: { type: 'reinforcement', reinforcement: { hyperparameters: {} } },
};
