// Interactions: bugs that show only where two things meet, such as a seed that is lost under one method. A covering array
// holds every pair (or triple) of factor values in few rows; constraints between factors are respected by construction.
import { isDialect, validators } from '../contract/active-contract.ts';
import { isCreateMember, isOfEdition } from '../contract/create-members.ts';
import { at, isObject, type JsonObject, type JsonValue, member, textMember } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { component } from '../contract/schema.ts';
import { type Base, completed, smallestSettings } from './bases.ts';
import { Extremes, shownBy } from './packing.ts';
import type { Method } from './pools.ts';
import { rememberAs } from '../contract/remember.ts';

interface Factor {
  readonly name: string;
  readonly values: readonly string[];
}

/** The factors that echo and lifecycle bugs depend on; the first word of each is its plainest value, the last asks for most. */
const FACTORS = [
  { name: 'method', values: ['none', 'deprecated', 'supervised', 'dpo', 'reinforcement'] },
  { name: 'hyperparameters', values: ['absent', 'empty', 'auto', 'low', 'high', 'epochs', 'batch', 'rate'] },
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
  const worth = worthOf(held, ids.size);
  const bodies: JsonObject[] = [];
  for (let best = bestRow(held, worth); best !== undefined; best = bestRow(held, worth)) {
    for (const id of held[best] ?? []) worth[id] = 0;
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

/** What each combination is worth while it is open: one that few rows can hold counts for more, for it has to wait longer. */
function worthOf(held: readonly (readonly number[])[], combinations: number): Float64Array {
  const rowsWith = new Float64Array(combinations);
  for (const tuples of held) for (const id of tuples) rowsWith[id] = (rowsWith[id] ?? 0) + 1;
  const most = Math.max(...rowsWith);
  return rowsWith.map((rows) => 1 + (most / rows) ** 2);
}

/** The row that is worth most; the first of several, so that the array is always the same. None where nothing is open. */
function bestRow(held: readonly (readonly number[])[], worth: Float64Array): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [index, tuples] of held.entries()) {
    let sum = 0;
    for (const id of tuples) sum += worth[id] ?? 0;
    if (sum > most) [best, most] = [index, sum];
  }
  return best;
}

/** The factors of the edition. Only the last may be missing: rows are read by position. */
const EDITION_FACTORS: readonly Factor[] = FACTORS.filter(({ name }) => name !== 'metadata' || isCreateMember(name));

/**
 * Every row that makes a legal body which this target offers. Those that ask for most stand first, to be taken where several
 * would do: what is asked for has room for what else is to be shown.
 */
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
    .filter((row) => !isDialect || isOfEdition(bodyOf(row)))
    .toReversed();
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
/** The longest that every edition takes without a doubt (E-C2). */
const LONG_SUFFIX = 'conformance-run-18';
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
    ...chosen('suffix', { null: null, short: 'a', longest: LONG_SUFFIX }, suffix),
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

/**
 * The rows of an array, each with as many legal extremes beside its factor values as it has room for: what they show needs
 * no body of its own.
 * @param known sites of facts that are shown elsewhere, beside those of the bases.
 */
export function packedRows(
  { bodies }: CoveringArray,
  offered: readonly Base[],
  known: Iterable<string> = [],
): readonly JsonObject[] {
  const shown = new Set([...shownBy(offered.map(({ template }) => template)), ...known]);
  return new Extremes(offered).packInto(bodies, shown, isSameRow);
}

/** True where a body holds the same combination of factor values as another, whatever else differs. */
export function isSameRow(one: JsonObject, other: JsonObject): boolean {
  const [row, same] = [rowOf(one), rowOf(other)];
  return row.every((value, position) => value === same[position]);
}

/** The factor values that a body holds: the way back from {@link bodyOf}. */
function rowOf(body: JsonObject): Row {
  const { suffix, seed, metadata } = body;
  const type = textMember(member(body, 'method'), 'type');
  const settings = type === undefined ? body['hyperparameters'] : at(body, `/method/${type}/hyperparameters`);
  return [
    type ?? (settings === undefined ? 'none' : 'deprecated'),
    kindOfHyperparameters(settings),
    kindOf(suffix, () => (typeof suffix === 'string' && suffix.length < LONG_SUFFIX.length ? 'short' : 'longest')),
    kindOf(seed, () => (seed === 0 ? 'zero' : 'largest')),
    kindOf(body['validation_file'], () => 'file'),
    kindOf(body['integrations'], (list) => kindOfIntegrations(list)),
    kindOf(metadata, () => ['empty', 'one'][Object.keys(metadata ?? {}).length] ?? 'full'),
  ];
}

function kindOf(value: JsonValue | undefined, otherwise: (value: JsonValue) => string): string {
  if (value === undefined) return 'absent';
  return value === null ? 'null' : otherwise(value);
}

function kindOfHyperparameters(settings: JsonValue | undefined): string {
  if (!isObject(settings)) return 'absent';
  const [only, ...others] = Object.keys(settings);
  if (only === undefined) return 'empty';
  if (others.length === 0) return ALONE.find(([, name]) => name === only)?.[0] ?? only;
  if (Object.values(settings).every((value) => value === 'auto')) return 'auto';
  return settings['n_epochs'] === 1 ? 'low' : 'high';
}

/** An integration with all of its members, or one without some; an empty list is neither. */
function kindOfIntegrations(list: JsonValue): string {
  const wandb = at(list, '/0/wandb');
  if (wandb === undefined) return 'empty';
  return Object.keys(WANDB).every((name) => member(wandb, name) !== undefined) ? 'two' : 'one';
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

/** Hyperparameters that stand alone: the word of the factor, the member, and a value that none defaults to. */
const ALONE = [
  ['epochs', 'n_epochs', 7],
  ['batch', 'batch_size', 7],
  ['rate', 'learning_rate_multiplier', 0.7],
] as const;

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
    default: {
      const alone = ALONE.find(([word]) => word === kind);
      return alone === undefined ? undefined : { [alone[1]]: alone[2] };
    }
  }
}
