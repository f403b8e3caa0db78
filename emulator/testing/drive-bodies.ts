// The bodies of creates that a drive sends: legal ones at their extremes, and faulty ones that vendors take for legal.
import type { JsonObject, JsonValue } from '../json.ts';

/** The ids of the files that a drive has uploaded. */
export interface DriveFiles {
  readonly chat: string;
  readonly validation: string;
  readonly preference: string;
  readonly reinforcement: string;
  readonly short: string;
  readonly assistants: string;
}

const CHECK = {
  type: 'string_check',
  name: 'check',
  input: '{{sample.output_text}}',
  reference: '{{item.label}}',
  operation: 'eq',
};
const PARTS = [{ role: 'user', content: [{ type: 'input_text', text: 'Rate: {{sample.output_text}}' }] }];
const SCORE = { type: 'score_model', name: 'score', model: 'gpt-4o-mini', input: PARTS, range: [0, 1] };
const PYTHON = { type: 'python', name: 'code', source: 'def grade(sample, item): return 1.0' };
const MULTI = { type: 'multi', name: 'both', graders: { one: CHECK }, calculate_output: 'one' };

const letters = (count: number): string => 'abcdefgh-12345'.repeat(6).slice(0, count);
const pairs = (count: number, value = 'v'): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, value]));

/** Legal bodies. */
export function legalBodies(files: DriveFiles): readonly JsonObject[] {
  const base = { model: 'gpt-4o-mini', training_file: files.chat };
  const supervised = (hyperparameters: JsonObject): JsonObject => ({
    ...base,
    method: { type: 'supervised', supervised: { hyperparameters } },
  });
  const dpo = (hyperparameters: JsonObject, more: JsonObject = {}): JsonObject => ({
    ...base,
    training_file: files.preference,
    method: { type: 'dpo', dpo: { hyperparameters } },
    ...more,
  });
  const reinforcement = (grader: JsonValue, hyperparameters: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
    model: 'o4-mini',
    training_file: files.reinforcement,
    validation_file: files.reinforcement,
    method: { type: 'reinforcement', reinforcement: { grader, hyperparameters } },
    ...more,
  });
  const wandb = { project: 'my-project', name: 'run', entity: 'team', tags: ['b', 'a'] };
  return [
    {
      ...base,
      suffix: 'first-suffix-9',
      seed: 16_777_217,
      metadata: { Team: ' Ada & co ', note: 'naïve 😀', 'count.of': '42' },
    },
    { ...base, hyperparameters: { n_epochs: 1, batch_size: 3, learning_rate_multiplier: 0.005 }, seed: 0 },
    { ...base, validation_file: files.validation, metadata: { Team: 'other', empty: '' }, suffix: 'second' },
    { ...base, metadata: { wide: 'é'.repeat(512) } },
    {
      ...base,
      integrations: [
        { type: 'wandb', wandb },
        { type: 'wandb', wandb: { project: 'p', tags: [] } },
      ],
    },
    { ...base, seed: 7, integrations: [{ type: 'wandb', wandb: { project: 'my-project', name: null } }] },
    supervised({ n_epochs: 50, batch_size: 256, learning_rate_multiplier: 1.5 }),
    supervised({ n_epochs: 'auto', batch_size: 1, learning_rate_multiplier: 0.000_001 }),
    { ...supervised({ n_epochs: 4 }), suffix: letters(19), metadata: pairs(9) },
    { ...base, suffix: letters(64), metadata: pairs(16, 'x'.repeat(512)), seed: 2_147_483_647 },
    { ...base, suffix: letters(41), hyperparameters: {}, metadata: {}, integrations: [] },
    { ...base, suffix: null, validation_file: null, seed: null, integrations: null, metadata: null },
    { ...base, method: { type: 'supervised' } },
    dpo({ beta: 2, n_epochs: 2 }, { metadata: { k: 'v' } }),
    dpo({ beta: 0.25, batch_size: 'auto' }),
    dpo({ n_epochs: 1 }),
    reinforcement(CHECK, { reasoning_effort: 'high', eval_interval: 101, eval_samples: 1, compute_multiplier: 10 }),
    reinforcement(SCORE),
    reinforcement(PYTHON),
    reinforcement(MULTI, {}, { metadata: { k: 'v' } }),
  ];
}

/** Bodies that have to be refused. */
export function faultyBodies(files: DriveFiles): readonly JsonValue[] {
  const base = { model: 'gpt-4o-mini', training_file: files.chat };
  const under = (type: string, hyperparameters: JsonValue): JsonObject => ({
    ...base,
    ...(type === 'dpo' ? { training_file: files.preference } : {}),
    method: { type, [type]: { hyperparameters } },
  });
  const graded = (more: JsonObject): JsonObject => ({
    model: 'o4-mini',
    training_file: files.reinforcement,
    validation_file: files.reinforcement,
    method: { type: 'reinforcement', reinforcement: more },
  });
  const epochs = (n_epochs: JsonValue): JsonObject => ({ ...base, hyperparameters: { n_epochs } });
  const sizes = (batch_size: JsonValue): JsonObject => ({ ...base, hyperparameters: { batch_size } });
  const wandb = (own: JsonValue): JsonObject => ({ type: 'wandb', wandb: own });
  return [
    [],
    { training_file: files.chat },
    { model: 'gpt-4o-mini' },
    { ...base, model: 'no-such-model' },
    { ...base, model: 7 },
    { ...base, validation_file: 7 },
    { ...base, training_file: 'file-unknown' },
    { ...base, training_file: files.assistants },
    { ...base, validation_file: 'file-unknown' },
    { ...base, validation_file: files.assistants },
    { ...base, unknown_member: true },
    { ...base, method: 'supervised' },
    { ...base, method: { type: 'unheard-of' } },
    { ...base, method: { supervised: {} } },
    { ...base, method: { type: 'supervised', supervised: 'text' } },
    ...[0, 51, 1.5, 'word', true, null].map(epochs),
    ...[0, 257, 'Auto'].map(sizes),
    { ...base, hyperparameters: { learning_rate_multiplier: 0 } },
    ...[0, 2.1, 'word'].map((beta) => under('dpo', { beta })),
    { ...under('supervised', { n_epochs: 51 }), metadata: { k: 'v' } },
    under('dpo', 'text'),
    graded({}),
    graded({ grader: { type: 'unheard-of' } }),
    graded({ grader: CHECK, hyperparameters: { compute_multiplier: 11 } }),
    graded({ grader: CHECK, hyperparameters: { eval_samples: 0 } }),
    graded({ grader: CHECK, hyperparameters: { reasoning_effort: 'utmost' } }),
    { ...base, suffix: '' },
    { ...base, suffix: 'x'.repeat(65) },
    { ...base, suffix: 'x'.repeat(65), validation_file: files.validation },
    ...[-1, 2_147_483_648, 1.5, '7', true].map((seed) => ({ ...base, seed })),
    { ...base, seed: -1, suffix: 'named' },
    { ...base, metadata: pairs(17) },
    { ...base, metadata: { ['k'.repeat(65)]: 'v' } },
    { ...base, metadata: { k: 7 } },
    { ...base, integrations: wandb({ project: 'p' }) },
    { ...base, integrations: [wandb({})] },
    { ...base, integrations: [wandb({ project: 'p' }), wandb({})] },
    { ...base, metadata: { first: 'a', second: 'x'.repeat(513) } },
    [base],
    { ...base, integrations: [wandb({ project: 'p', tags: 'one' })] },
  ];
}

/** The grader that drives try on its own. */
export const GRADER: JsonObject = CHECK;
