// Create bodies in which one place was replaced by each of many values, or removed: enough of them that every
// constraint of the contract is met from both sides. Unlike the arbitrary bodies they are always the same.
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt } from '../json.ts';
import { fullBody, GRADERS } from './arbitrary-bodies.ts';

const pairs = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

const NUMBERS = [0, -1, 1, 2, 1.5, 2.1, 3, 10, 10.1, 11, 50, 51, 256, 257, 2_147_483_647, 2_147_483_648];
const SMALL = [0.000_001, 0.000_01, 0.000_02, 0.01, 0.05];
const LENGTHS = [0, 1, 2, 63, 64, 65, 511, 512, 513];
const WORDS = [
  ...[
    'auto',
    'default',
    'low',
    'medium',
    'high',
    'none',
    'minimal',
    'xhigh',
    'max',
    'supervised',
    'dpo',
    'reinforcement',
  ],
  ...['eq', 'ne', 'like', 'ilike', 'wandb', 'cosine', 'fuzzy_match', 'bleu', 'gleu', 'meteor'],
  ...['rouge_1', 'rouge_2', 'rouge_3', 'rouge_4', 'rouge_5', 'rouge_l', 'wav', 'mp3', 'user', 'input_text'],
];
const KINDS: readonly JsonValue[] = [null, true, [], {}, [null], ['text'], [7], 'unspecified', 0, 1, 1.5];
const VALUES: readonly JsonValue[] = [
  ...KINDS,
  ...NUMBERS,
  ...SMALL,
  ...LENGTHS.map((length) => 'x'.repeat(length)),
  ...WORDS,
  ...[pairs(15), pairs(16), pairs(17), { k: 7 }, { k: 'x'.repeat(512) }, { k: 'x'.repeat(513) }, { k: null }],
  ...[{ ['k'.repeat(64)]: 'v' }, { ['k'.repeat(65)]: 'v' }],
];

export interface VariedBody {
  /** Where something was replaced or removed. */
  readonly path: readonly string[];
  readonly body: JsonValue;
}

/** The bodies; each is small, so that only what stands near the replaced place is looked at. */
export function* variedBodies(): Generator<VariedBody> {
  const { method, ...top } = fullBody({});
  const least = { model: 'gpt-4o-mini', training_file: 'file-unknown' };
  for (const body of ['text', [], null]) yield { path: [], body };
  for (const type of [undefined, 'dpo', 'reinforcement']) {
    const own: JsonObject = type === undefined ? {} : { method: { type } };
    yield* varied({ ...top, ...own }, (path) => path[0] !== 'method', VALUES);
  }
  for (const type of ['supervised', 'dpo']) {
    yield* varied({ ...least, method: { type, [type]: member(method, type) ?? null } }, isBelow(['method']), VALUES);
  }
  const hyperparameters = memberAt(method, 'reinforcement', 'hyperparameters') ?? null;
  for (const [index, grader] of GRADERS.entries()) {
    const reinforcement: JsonObject = index === 0 ? { grader, hyperparameters } : { grader };
    const body: JsonObject = { ...least, method: { type: 'reinforcement', reinforcement } };
    if (index === 0) {
      yield* varied(body, (path) => path.length < 3, KINDS);
      yield* varied(body, isBelow(['method', 'reinforcement', 'hyperparameters']), VALUES);
    }
    yield* varied(body, isBelow(['method', 'reinforcement', 'grader']), [...KINDS, ...WORDS]);
  }
}

function isBelow(above: readonly string[]): (path: readonly string[]) => boolean {
  return (path) => above.every((name, index) => path[index] === name);
}

/** A body with each of some places replaced by each value, and without it. */
function* varied(
  body: JsonValue,
  isWanted: (path: readonly string[]) => boolean,
  values: readonly JsonValue[],
): Generator<VariedBody> {
  yield { path: [], body };
  for (const path of pathsIn(body, [])) {
    if (path.length === 0 || !isWanted(path)) continue;
    yield { path, body: withAt(body, path, undefined) };
    for (const value of values) yield { path, body: withAt(body, path, value) };
  }
}

function* pathsIn(value: JsonValue, path: readonly string[]): Generator<readonly string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries<JsonValue>(value)) yield* pathsIn(item, [...path, name]);
}

function withAt(value: JsonValue, path: readonly string[], put: JsonValue | undefined): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return put ?? null;
  const removed = rest.length === 0 && put === undefined;
  if (isList(value)) {
    if (removed) return value.filter((_, index) => String(index) !== name);
    return value.map((item, index) => (String(index) === name ? withAt(item, rest, put) : item));
  }
  if (!isObject(value)) return value;
  if (removed) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  return { ...value, [name]: withAt(value[name] ?? null, rest, put) };
}
