// Create bodies for property tests: legal ones, and legal ones in which something, somewhere, was replaced.
import fc from 'fast-check';
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';

const stringCheck = { type: 'string_check', name: 'n', input: 'i', reference: 'r', operation: 'eq' };
const messages: readonly JsonValue[] = [
  { role: 'user', content: 'text' },
  { role: 'system', content: { type: 'input_text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } } },
  {
    role: 'user',
    content: ['a', { type: 'output_text', text: 'x' }, { type: 'input_image', image_url: 'http://x', detail: 'auto' }],
  },
  { role: 'user', content: { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } }, type: 'message' },
];
const scoreModel = {
  type: 'score_model',
  name: 'n',
  model: 'm',
  input: messages,
  range: [0, 1],
  sampling_params: { seed: 1, top_p: 0.5, temperature: 1, max_completions_tokens: 3, reasoning_effort: 'low' },
};
const labelModel = {
  type: 'label_model',
  name: 'n',
  model: 'm',
  input: messages,
  labels: ['a'],
  passing_labels: ['a'],
};
/** A grader of each kind, and a multi grader in each shape. */
export const GRADERS: readonly JsonObject[] = [
  stringCheck,
  { type: 'text_similarity', name: 'n', input: 'i', reference: 'r', evaluation_metric: 'bleu' },
  { type: 'python', name: 'n', source: 's', image_tag: 't' },
  scoreModel,
  { type: 'multi', name: 'n', graders: { one: stringCheck, two: labelModel }, calculate_output: 'one + two' },
  { type: 'multi', name: 'n', graders: [stringCheck, scoreModel], calculate_output: 'n' },
  { type: 'multi', name: 'n', graders: stringCheck, calculate_output: 'n' },
];

const hyperparameters = { n_epochs: 2, batch_size: 'auto', learning_rate_multiplier: 0.5 };

/** A body with every member of create, with one of the graders. */
export const fullBody = (grader: JsonObject): JsonObject => ({
  model: 'gpt-4o-mini',
  training_file: 'file-unknown',
  validation_file: null,
  suffix: 'abc',
  seed: 7,
  hyperparameters,
  metadata: { key: 'value' },
  integrations: [{ type: 'wandb', wandb: { project: 'p', name: null, entity: 'e', tags: ['a'] } }],
  method: {
    type: 'reinforcement',
    supervised: { hyperparameters },
    dpo: { hyperparameters: { ...hyperparameters, beta: 0.1 } },
    reinforcement: {
      grader,
      hyperparameters: {
        ...hyperparameters,
        reasoning_effort: 'high',
        compute_multiplier: 1,
        eval_interval: 5,
        eval_samples: 'auto',
      },
    },
  },
});

const replacement: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    0,
    -1,
    1,
    1.5,
    51,
    257,
    2147483648,
    '',
    'auto',
    'foo',
    [],
    {},
    [null],
    '\u0000',
  ),
  fc.constantFrom<JsonValue>({ type: 'foo' }, { type: 'string_check' }, { type: 7 }, 'x'.repeat(65), 'x'.repeat(513)),
  fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue),
);

/** Legal bodies with up to three places replaced, removed or added to. */
export const almostLegalBody: fc.Arbitrary<JsonValue> = fc
  .tuple(
    fc.constantFrom(...GRADERS),
    fc.array(fc.tuple(fc.nat(), replacement, fc.constantFrom('replace', 'remove', 'add')), { maxLength: 3 }),
  )
  .map(([grader, edits]) =>
    edits.reduce<JsonValue>((body, [place, value, how]) => edited(body, place, value, how), fullBody(grader)),
  );

function edited(body: JsonValue, place: number, value: JsonValue, how: string): JsonValue {
  const paths = [...pathsIn(body, [])];
  const path = paths[place % paths.length] ?? [];
  return editedAt(body, path, value, how);
}

function* pathsIn(value: JsonValue, path: readonly string[]): Generator<readonly string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries<JsonValue>(value)) yield* pathsIn(item, [...path, name]);
}

function editedAt(value: JsonValue, path: readonly string[], put: JsonValue, how: string): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return how === 'add' && isObject(value) ? { ...value, added: put } : put;
  if (isList(value)) {
    const items = value.map((item, index) => (String(index) === name ? editedAt(item, rest, put, how) : item));
    return how === 'remove' && rest.length === 0 ? items.filter((_, index) => String(index) !== name) : items;
  }
  if (!isObject(value)) return value;
  if (how === 'remove' && rest.length === 0) {
    return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  }
  return { ...value, [name]: editedAt(value[name] ?? null, rest, put, how) };
}
