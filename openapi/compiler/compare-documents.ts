// How a foreign document differs from our contract, seen by a client that was written for ours:
//   breaking   a payload that ours allows may be refused, or an answer may hold what ours rules out
//   widening   more payloads are allowed, or more is promised about answers
//   cosmetic   nothing that a client would notice
import { canonicalComponents, type Constraint, constraintTable } from './constraint-table.ts';
import { isObject, type JsonObject, type JsonValue, mapValues, member, tokensOf } from './json.ts';
import { type OperationEntry, operationTable } from './operation-table.ts';

export const DIFFERENCE_CLASSES = ['breaking', 'widening', 'cosmetic'] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

export interface Difference {
  readonly class: DifferenceClass;
  /** `POST /fine_tuning/jobs body /seed` and the like. */
  readonly where: string;
  readonly keyword: string;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

type Side = 'request' | 'answer';

/** Every difference between two prepared documents, worst first. */
export function compareDocuments(ours: JsonObject, theirs: JsonObject): Difference[] {
  const own = keyedOperations(ours);
  const foreign = keyedOperations(theirs);
  const differences: Difference[] = [];
  for (const [key, operation] of own) {
    const other = foreign.get(key);
    if (!other)
      differences.push({ class: 'breaking', where: key, keyword: 'operation', ours: operation.id, theirs: undefined });
    else differences.push(...compareOperations(key, { root: ours, operation }, { root: theirs, operation: other }));
  }
  for (const [key, operation] of foreign) {
    if (!own.has(key))
      differences.push({ class: 'widening', where: key, keyword: 'operation', ours: undefined, theirs: operation.id });
  }
  return differences.sort((a, b) => DIFFERENCE_CLASSES.indexOf(a.class) - DIFFERENCE_CLASSES.indexOf(b.class));
}

/** Operations by method and path, without version prefix and parameter names, which are nobody's business. */
function keyedOperations(root: JsonObject): Map<string, OperationEntry> {
  return new Map(
    operationTable(root).map((operation) => {
      const path = operation.path.replace(/^(\/v\d+|\/openai(\/v1)?)(?=\/)/, '').replace(/\{[^}]+\}/g, '{}');
      return [`${operation.method} ${path}`, operation] as const;
    }),
  );
}

interface Located {
  readonly root: JsonObject;
  readonly operation: OperationEntry;
}

function compareOperations(key: string, ours: Located, theirs: Located): Difference[] {
  const parameters = compareTables(`${key} query`, 'request', queryTable(ours.operation), queryTable(theirs.operation));
  const bodies = compareTables(`${key} body`, 'request', bodyTable(ours), bodyTable(theirs));
  const answers = compareTables(`${key} answer`, 'answer', answerTable(ours), answerTable(theirs));
  const statuses = theirs.operation.answers.map(({ status }) => status);
  const expected = ours.operation.answers.map(({ status }) => status);
  const status: Difference[] =
    JSON.stringify(statuses) === JSON.stringify(expected)
      ? []
      : [{ class: 'breaking', where: `${key} answer`, keyword: 'status', ours: expected, theirs: statuses }];
  return [...parameters, ...bodies, ...status, ...answers];
}

function queryTable(operation: OperationEntry): Constraint[] {
  const properties = Object.fromEntries(operation.queryParameters.map(({ name, schema }) => [name, schema]));
  const required = operation.queryParameters.filter((one) => one.required).map(({ name }) => name);
  return tableOf({ properties, required });
}

function bodyTable({ root, operation }: Located): Constraint[] {
  return operation.body ? tableOf(inlined(root, operation.body.component)) : [];
}

function answerTable({ root, operation }: Located): Constraint[] {
  const component = operation.answers[0]?.component;
  return component ? tableOf(inlined(root, component)) : [];
}

function tableOf(schema: JsonValue): Constraint[] {
  return constraintTable({ root: schema }).map((constraint) => ({
    ...constraint,
    pointer: constraint.pointer.replace('#/components/schemas/root', ''),
  }));
}

/** A component with its references replaced by what they name; a recursion ends in an empty schema. */
function inlined(root: JsonObject, component: string): JsonValue {
  const components = canonicalComponents(root);
  const expand = (name: string, open: readonly string[]): JsonValue =>
    open.includes(name)
      ? {}
      : mapValues(components[name] ?? {}, (value) => {
          const target = member(value, '$ref');
          if (!isObject(value) || typeof target !== 'string') return value;
          const { $ref: _ref, ...beside } = value;
          const found = expand(tokensOf(target)[2] ?? '', [...open, name]);
          return isObject(found) ? { ...found, ...beside } : found;
        });
  return expand(component, []);
}

function compareTables(
  where: string,
  side: Side,
  ours: readonly Constraint[],
  theirs: readonly Constraint[],
): Difference[] {
  const own = index(ours);
  const foreign = index(theirs);
  const differences: Difference[] = [];
  for (const key of new Set([...own.keys(), ...foreign.keys()])) {
    const mine = own.get(key);
    const other = foreign.get(key);
    if (mine && other && sameValue(mine, other)) continue;
    const { pointer, keyword } = mine ?? other ?? { pointer: '', keyword: '' };
    const gone = !pointersOf(mine ? foreign : own).has(pointer);
    // A member that one side does not know at all is one difference, not one for each of its constraints.
    if (gone && keyword !== firstKeyword(mine ? own : foreign, pointer)) continue;
    if (gone && hasMissingAncestor(pointer, pointersOf(mine ? foreign : own), pointersOf(mine ? own : foreign)))
      continue;
    differences.push({
      class: gone ? memberClass(side, mine !== undefined) : classOf(side, keyword, mine?.value, other?.value),
      where: `${where} ${readable(pointer)}`.trim(),
      keyword: gone ? 'member' : keyword,
      ours: gone && mine ? true : mine?.value,
      theirs: gone && other ? true : other?.value,
    });
  }
  return differences;
}

function index(table: readonly Constraint[]): Map<string, Constraint> {
  return new Map(
    table.map(
      (one) =>
        [
          JSON.stringify(
            one.keyword === 'required' ? [one.pointer, one.keyword, one.value] : [one.pointer, one.keyword],
          ),
          one,
        ] as const,
    ),
  );
}

function sameValue(a: Constraint, b: Constraint): boolean {
  const plain = ({ keyword, value }: Constraint): string =>
    JSON.stringify(
      keyword === 'enum' && Array.isArray(value)
        ? (value as readonly JsonValue[]).map((item) => JSON.stringify(item)).sort()
        : value,
    );
  return plain(a) === plain(b);
}

function pointersOf(table: ReadonlyMap<string, Constraint>): Set<string> {
  return new Set([...table.values()].map(({ pointer }) => pointer));
}

function firstKeyword(table: ReadonlyMap<string, Constraint>, pointer: string): string | undefined {
  return [...table.values()].find((one) => one.pointer === pointer)?.keyword;
}

function hasMissingAncestor(pointer: string, there: ReadonlySet<string>, here: ReadonlySet<string>): boolean {
  for (let at = pointer.lastIndexOf('/'); at > 0; at = pointer.lastIndexOf('/', at - 1)) {
    const ancestor = pointer.slice(0, at);
    if (here.has(ancestor)) return !there.has(ancestor);
  }
  return false;
}

/** `/properties/seed` reads better as `/seed`. */
function readable(pointer: string): string {
  return pointer.replace(/\/properties(?=\/)/g, '').replace(/\/items(?=\/|$)/g, '/*');
}

function memberClass(side: Side, isOurs: boolean): DifferenceClass {
  if (side === 'request') return isOurs ? 'breaking' : 'widening';
  return isOurs ? 'breaking' : 'cosmetic';
}

const COSMETIC = new Set(['default', 'format', '$ref']);
const UPPER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
const LOWER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);

function classOf(
  side: Side,
  keyword: string,
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
): DifferenceClass {
  if (COSMETIC.has(keyword)) return 'cosmetic';
  const change = narrowing(keyword, ours, theirs);
  if (change === 'both') return 'breaking';
  // Narrower requests refuse what ours allows; wider answers hold what ours rules out.
  return (change === 'narrower') === (side === 'request') ? 'breaking' : 'widening';
}

function narrowing(
  keyword: string,
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
): 'narrower' | 'wider' | 'both' {
  if (keyword === 'nullable') return theirs === undefined ? 'narrower' : 'wider';
  if (ours === undefined) return 'narrower';
  if (theirs === undefined) return 'wider';
  if (UPPER.has(keyword)) return Number(theirs) < Number(ours) ? 'narrower' : 'wider';
  if (LOWER.has(keyword)) return Number(theirs) > Number(ours) ? 'narrower' : 'wider';
  if (keyword === 'enum' && Array.isArray(ours) && Array.isArray(theirs)) {
    const [mine, other] = [ours, theirs].map((values) => new Set(values.map((value) => JSON.stringify(value)))) as [
      Set<string>,
      Set<string>,
    ];
    if ([...mine].every((value) => other.has(value))) return 'wider';
    return [...other].every((value) => mine.has(value)) ? 'narrower' : 'both';
  }
  if (keyword === 'type' && ours === 'integer' && theirs === 'number') return 'wider';
  if (keyword === 'type' && ours === 'number' && theirs === 'integer') return 'narrower';
  if (keyword === 'oneOf' || keyword === 'anyOf') return Number(theirs) < Number(ours) ? 'narrower' : 'wider';
  return 'both';
}
