// Interactions: bugs that show only where two things meet, such as a seed that is lost under one method. A covering array
// holds every pair (or triple) of factor values in few rows; constraints between factors are respected by construction.
import { isDialect, validators } from '../contract/active-contract.ts';
import { isCreateMember, isOfEdition } from '../contract/create-members.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { component } from '../contract/schema.ts';
import { completed, smallestSettings } from './bases.ts';
import type { Method } from './pools.ts';
import { rememberAs } from '../contract/remember.ts';

interface Factor {
  readonly name: string;
  readonly values: readonly string[];
}

/** The factors that echo and lifecycle bugs depend on; the first word of each is its plainest value. */
const FACTORS = [
  { name: 'method', values: ['none', 'deprecated', 'supervised', 'dpo', 'reinforcement'] },
  { name: 'hyperparameters', values: ['absent', 'empty', 'auto', 'low', 'high', 'one'] },
  { name: 'suffix', values: ['absent', 'null', 'short', 'longest'] },
  { name: 'seed', values: ['absent', 'null', 'zero', 'largest'] },
  { name: 'validation', values: ['absent', 'null', 'file'] },
  { name: 'integrations', values: ['absent', 'null', 'one', 'two'] },
  { name: 'metadata', values: ['absent', 'null', 'empty', 'one', 'full'] },
] as const satisfies readonly Factor[];

/** One value of each factor, by position. */
type Row = readonly string[];

export interface InteractionOffer {
  readonly methods: readonly Method[];
  readonly integrations: boolean;
}

interface Wanted {
  readonly offer: InteractionOffer;
  readonly strength: 2 | 3;
}

export interface CoveringArray {
  readonly bodies: readonly JsonObject[];
  /** No array can have fewer rows: the product of the two (or three) largest factors, as far as their values can meet. */
  readonly lowerBound: number;
  readonly strength: number;
}

/** Bodies in which every legal combination of `strength` factor values occurs. */
export function coveringArray(offer: InteractionOffer, strength: 2 | 3 = 2): CoveringArray {
  return arrayOf({ offer, strength });
}

const arrayOf = rememberAs(JSON.stringify as (wanted: Wanted) => string, makeArray);

function makeArray({ offer, strength }: Wanted): CoveringArray {
  const rows = legalRows(offer);
  const ids = new Map<string, number>();
  const held = rows.map((row) => tuplesOf(row, strength).map((tuple) => idOf(ids, tuple)));
  const lowerBound = lowerBoundOf(ids.keys());
  const open = new Uint8Array(ids.size).fill(1);
  const bodies: JsonObject[] = [];
  for (let left = ids.size; left > 0;) {
    const best = bestRow(held, open);
    for (const id of held[best] ?? []) {
      left -= open[id] ?? 0;
      open[id] = 0;
    }
    const body = bodyOf(rows[best] ?? []);
    if (!validators.AcceptableCreateRequest(body)) {
      throw new Error(`the row ${String(rows[best])} makes a body that need not be accepted`);
    }
    bodies.push(body);
  }
  return { bodies, lowerBound, strength };
}

function idOf(ids: Map<string, number>, tuple: string): number {
  const id = ids.get(tuple) ?? ids.size;
  ids.set(tuple, id);
  return id;
}

/** The row that holds most of what is still open; the first of several, so that the array is always the same. */
function bestRow(held: readonly (readonly number[])[], open: Uint8Array): number {
  let best = 0;
  let most = -1;
  for (const [index, tuples] of held.entries()) {
    let count = 0;
    for (const id of tuples) count += open[id] ?? 0;
    if (count > most) [best, most] = [index, count];
  }
  return best;
}

/** The factors of the edition. Only the last may be missing: rows are read by position. */
const EDITION_FACTORS: readonly Factor[] = FACTORS.filter(({ name }) => name !== 'metadata' || isCreateMember(name));

/** Every row that makes a legal body which this target offers. */
function legalRows({ methods, integrations }: InteractionOffer): Row[] {
  const offered = (method: string): boolean =>
    method === 'none' || method === 'deprecated'
      ? methods.includes('supervised')
      : isCreateMember('method') && methods.some((one) => one === method);
  return EDITION_FACTORS.reduce<Row[]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  )
    .filter(
      ([method = '', hyperparameters, , , validation, integration]) =>
        offered(method) &&
        (method !== 'none' || hyperparameters === 'absent') &&
        (method !== 'deprecated' || hyperparameters !== 'absent') &&
        (method !== 'reinforcement' || validation === 'file') &&
        (integrations || integration === 'absent' || integration === 'null'),
    )
    .filter((row) => !isDialect || isOfEdition(bodyOf(row)));
}

function tuplesOf(row: Row, strength: number): string[] {
  const choose = (from: number, left: number): string[] => {
    if (left === 0) return [''];
    return row
      .slice(from)
      .flatMap((value, offset) =>
        choose(from + offset + 1, left - 1).map((rest) => `${from + offset}=${value} ${rest}`),
      );
  };
  return choose(0, strength);
}

/** The most combinations that any choice of factors has: each row holds one of them. */
function lowerBoundOf(tuples: Iterable<string>): number {
  const counts = new Map<string, number>();
  for (const tuple of tuples) {
    const factors = tuple.replace(/=\S+/g, '');
    counts.set(factors, (counts.get(factors) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

const WANDB = { project: 'conformance', name: 'run-1', entity: 'team', tags: ['first', 'second'] };
const FULL_METADATA = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, `value ${index}`]));

function bodyOf([
  method = '',
  hyperparameters = '',
  suffix = '',
  seed = '',
  validation = '',
  integrations = '',
  metadata = '',
]: Row): JsonObject {
  const settings = hyperparametersOf(method, hyperparameters);
  return completed({
    model: '${model}',
    training_file: '${training_file}',
    ...(method === 'deprecated' ? { hyperparameters: settings ?? {} } : {}),
    ...(method === 'none' || method === 'deprecated' ? {} : { method: methodOf(method, settings) }),
    ...chosen('suffix', { null: null, short: 'a', longest: 'conformance-run-18' }, suffix),
    ...chosen('seed', { null: null, zero: 0, largest: 2_147_483_647 }, seed),
    ...chosen('validation_file', { null: null, file: '${validation_file}' }, validation),
    ...chosen(
      'integrations',
      {
        null: null,
        one: [{ type: 'wandb', wandb: { project: 'conformance' } }],
        two: [{ type: 'wandb', wandb: WANDB }],
      },
      integrations,
    ),
    ...chosen('metadata', { null: null, empty: {}, one: { key: 'value' }, full: FULL_METADATA }, metadata),
  });
}

function chosen(name: string, values: Readonly<Record<string, JsonValue>>, value: string): JsonObject {
  const picked = values[value];
  return picked === undefined ? {} : { [name]: picked };
}

function methodOf(type: string, settings: JsonObject | undefined): JsonObject {
  const own = smallestSettings(type) as JsonObject;
  return { type, [type]: { ...own, ...(settings === undefined ? {} : { hyperparameters: settings }) } };
}

/** The largest legal value of a hyperparameter; 3 where the contract names no bound, as for one that depends on the model. */
function largest(name: string): number {
  const schema = component(CREATE_REQUEST).properties?.['hyperparameters']?.properties?.[name];
  return (schema?.oneOf ?? []).find(({ maximum }) => maximum !== undefined)?.maximum ?? 3;
}

/** Hyperparameters of a kind: what all methods share, and one of the method's own. */
function hyperparametersOf(method: string, kind: string): JsonObject | undefined {
  const own: Readonly<Record<string, JsonObject>> = { dpo: { beta: 0.5 }, reinforcement: { eval_interval: 2 } };
  switch (kind) {
    case 'empty':
      return {};
    case 'auto':
      return { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' };
    case 'low':
      return { batch_size: 1, learning_rate_multiplier: 0.5, n_epochs: 1, ...own[method] };
    case 'high':
      return {
        batch_size: largest('batch_size'),
        learning_rate_multiplier: 2.5,
        n_epochs: largest('n_epochs'),
        ...own[method],
      };
    case 'one':
      return { n_epochs: 7 };
    default:
      return undefined;
  }
}
