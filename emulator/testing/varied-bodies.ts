// Create bodies in which one place was replaced by each of many values, or removed: enough of them that every
// constraint of the contract is met from both sides. Unlike the arbitrary bodies they are always the same.
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';
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

/** The bodies. */
export function* variedBodies(): Generator<JsonValue> {
  const [first = {}, ...others] = GRADERS.map((grader) => fullBody(grader));
  yield* [first, 'text', [], null];
  yield* varied(first, (path) => !isBelow(path, GRADER), VALUES);
  for (const type of ['dpo', 'supervised']) {
    yield* varied({ ...first, method: { type } }, (path) => !isBelow(path, ['method']), VALUES);
  }
  for (const body of [first, ...others]) {
    yield body;
    yield* varied(body, (path) => isBelow(path, GRADER), [...KINDS, ...WORDS]);
  }
}

const GRADER = ['method', 'reinforcement', 'grader'];

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((name, index) => path[index] === name);
}

/** A body with each of some places replaced by each value, and without it. */
function* varied(
  body: JsonValue,
  isWanted: (path: readonly string[]) => boolean,
  values: readonly JsonValue[],
): Generator<JsonValue> {
  for (const path of pathsIn(body, [])) {
    if (path.length === 0 || !isWanted(path)) continue;
    for (const value of values) yield withAt(body, path, value);
    yield withAt(body, path, undefined);
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
