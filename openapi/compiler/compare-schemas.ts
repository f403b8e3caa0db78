// What one schema says and the other does not, place by place. A place is a pair of schemas, one of each document; it is
// compared once, however often and by whatever way it is reached, so recursion ends and nothing is told twice.
import type { Finding } from './difference.ts';
import { isObject, type JsonValue } from './json.ts';
import { changeOfBound, type Change } from './schema-bounds.ts';
import { isFreeForm, type SchemaReader, type View } from './schema-view.ts';
import { type Branch, branchesOf, labelOf, pairBranches } from './union-branches.ts';

/** A pair of schemas, what differs there, and the pairs below it. */
export interface Pair {
  readonly findings: Finding[];
  readonly below: Pair[];
}

type Report = (keyword: string, change: Change, ours: JsonValue | undefined, theirs: JsonValue | undefined) => void;

/** Compares schemas of two documents. */
export class SchemaComparison {
  readonly #ours: SchemaReader;
  readonly #theirs: SchemaReader;
  readonly #pairs = new Map<JsonValue, Map<JsonValue, [withNotes?: Pair, withoutNotes?: Pair]>>();

  constructor(ours: SchemaReader, theirs: SchemaReader) {
    this.#ours = ours;
    this.#theirs = theirs;
  }

  /**
   * What differs between two schemas in canonical form. `at` is what the place is called if ours has no name for it;
   * `notes` is false where null and default have been compared already.
   */
  compare(ours: JsonValue, theirs: JsonValue, at: string, notes = true): Pair {
    const component = isAlias(ours) ? this.#ours.componentOf(ours) : undefined;
    if (component === undefined)
      return this.#pair(ours, theirs, notes, (pair) => this.#fill(pair, ours, theirs, at, notes));
    const named = this.#ours.component(component);
    const their = isAlias(theirs) ? this.#theirs.componentOf(theirs) : undefined;
    const otherNamed = their === undefined ? theirs : this.#theirs.component(their);
    if (!hasNotes(ours) && (their === undefined || !hasNotes(theirs))) {
      return this.compare(named, otherNamed, component, notes);
    }
    // What stands beside the reference differs here, what it names differs there.
    return this.#pair(ours, theirs, notes, (pair) => {
      if (notes) compareNotes(this.#ours.view(ours), this.#theirs.view(theirs), reporter(pair, at));
      pair.below.push(this.compare(named, otherNamed, component, false));
    });
  }

  #pair(ours: JsonValue, theirs: JsonValue, notes: boolean, fill: (pair: Pair) => void): Pair {
    const row = this.#pairs.get(ours) ?? new Map<JsonValue, [Pair?, Pair?]>();
    const pairs = row.get(theirs) ?? [];
    const index = notes ? 0 : 1;
    const known = pairs[index];
    if (known) return known;
    const pair: Pair = { findings: [], below: [] };
    pairs[index] = pair;
    // Two boolean schemas are the same two wherever they stand.
    if (isObject(ours) || isObject(theirs)) this.#pairs.set(ours, row.set(theirs, pairs));
    fill(pair);
    return pair;
  }

  #fill(pair: Pair, schema: JsonValue, otherSchema: JsonValue, at: string, notes: boolean): void {
    const report = reporter(pair, at);
    const [ours, theirs] = [this.#ours.view(schema), this.#theirs.view(otherSchema)];
    if (ours.never || theirs.never) {
      if (ours.never !== theirs.never) {
        report('value', ours.never ? 'wider' : 'narrower', allowed(!ours.never), allowed(!theirs.never));
      }
      return;
    }
    const isAlternative = ours.branches.length > 0 || theirs.branches.length > 0;
    if (isAny(ours) || isAny(theirs)) {
      const named = (view: View, branches: readonly Branch[]): JsonValue | undefined => isAny(view) ? undefined : branches.map(labelOf).join(' or '); // prettier-ignore
      if (isAny(ours) && isAny(theirs)) return;
      const types = [named(ours, branchesOf(schema, this.#ours)), named(theirs, branchesOf(otherSchema, this.#theirs))];
      report('type', isAny(theirs) ? 'wider' : 'narrower', types[0], types[1]);
      return;
    }
    if (notes) compareNotes(ours, theirs, report);
    if (isAlternative) {
      this.#compareUnions(pair, schema, otherSchema, at);
      return;
    }
    if (!compareTypes(ours, theirs, report)) return;
    compareValues(ours, theirs, report);
    for (const keyword of new Set([...ours.bounds.keys(), ...theirs.bounds.keys()])) {
      const [mine, other] = [ours.bounds.get(keyword), theirs.bounds.get(keyword)];
      if (!isEqual(mine, other)) report(keyword, changeOfBound(keyword, mine, other), mine, other);
    }
    if (ours.types.has('object')) this.#compareObjects(pair, ours, theirs, at);
    if (ours.types.has('array')) pair.below.push(this.compare(ours.items, theirs.items, `${at}[]`));
  }

  #compareUnions(pair: Pair, ours: JsonValue, theirs: JsonValue, at: string): void {
    const report = reporter(pair, at);
    const [mine, others] = [branchesOf(ours, this.#ours), branchesOf(theirs, this.#theirs)];
    const { pairs, blurred, onlyOurs, onlyTheirs } = pairBranches(mine, others);
    for (const [sharp, shapeless] of blurred) {
      report('variants', sharp.length > shapeless.length ? 'wider' : 'narrower', sharp.map(labelOf), shapeless.map(labelOf)); // prettier-ignore
    }
    if (onlyOurs.length > 0) report('variants', 'narrower', onlyOurs.map(labelOf), undefined);
    if (onlyTheirs.length > 0) report('variants', 'wider', undefined, onlyTheirs.map(labelOf));
    for (const [one, other] of pairs) {
      const label = mine.length > 1 ? `${at} (${labelOf(one)})` : at;
      // Null and default belong to the union as a whole.
      pair.below.push(this.compare(one.schema, other.schema, label, false));
    }
  }

  #compareObjects(pair: Pair, ours: View, theirs: View, at: string): void {
    const report = reporter(pair, at);
    const [isFreeOurs, isFreeTheirs] = [isFreeForm(ours), isFreeForm(theirs)];
    if (isFreeOurs !== isFreeTheirs && (isFreeOurs ? theirs : ours).properties.size > 0) {
      const names = (view: View): JsonValue | undefined => (view.properties.size > 0 ? [...view.properties.keys()] : undefined); // prettier-ignore
      report('members', isFreeOurs ? 'narrower' : 'wider', names(ours), names(theirs));
      return;
    }
    for (const name of new Set([
      ...ours.properties.keys(),
      ...ours.required,
      ...theirs.properties.keys(),
      ...theirs.required,
    ])) {
      this.#compareMember(pair, name, ours, theirs, `${at}.${name}`);
    }
    if (ours.additional === false || theirs.additional === false) {
      if (ours.additional !== theirs.additional) {
        const isClosing = theirs.additional === false;
        report('further members', isClosing ? 'narrower' : 'wider', allowed(isClosing), allowed(!isClosing));
      }
    } else pair.below.push(this.compare(ours.additional, theirs.additional, `${at}.*`));
    pair.below.push(this.compare(ours.names, theirs.names, `${at} (names)`));
  }

  #compareMember(pair: Pair, name: string, ours: View, theirs: View, at: string): void {
    const report = reporter(pair, at);
    const [mine, other] = [ours.properties.get(name), theirs.properties.get(name)];
    const [needed, neededThere] = [ours.required.has(name), theirs.required.has(name)];
    const presence = (isNeeded: boolean): string => (isNeeded ? 'required' : 'optional');
    if (mine !== undefined && other === undefined && !neededThere) {
      report('member', 'both', presence(needed), undefined);
    } else if (mine === undefined && other !== undefined && !needed) {
      const isRuledOut = ours.additional === false;
      report('member', neededThere ? 'narrower' : isRuledOut ? 'wider' : 'extra', undefined, presence(neededThere));
    } else {
      if (needed !== neededThere) {
        report('member', neededThere ? 'narrower' : 'wider', presence(needed), presence(neededThere));
      }
      pair.below.push(this.compare(mine ?? true, other ?? true, at));
    }
  }
}

function reporter(pair: Pair, where: string): Report {
  return (keyword, change, ours, theirs) => void pair.findings.push({ where, keyword, ours, theirs, change });
}

/** True for a reference beside which nothing stands that limits values. */
function isAlias(schema: JsonValue): boolean {
  return (
    isObject(schema) &&
    Object.keys(schema).every((word) => ['$ref', 'nullable', 'default'].includes(word) || word.startsWith('x-'))
  );
}

function hasNotes(schema: JsonValue): boolean {
  return isObject(schema) && ('nullable' in schema || 'default' in schema);
}

function isAny(view: View): boolean {
  return view.types.size === 0 && view.branches.length === 0 && view.values === undefined && !view.never;
}

/** Null and default, which stand beside everything else. */
function compareNotes(ours: View, theirs: View, report: Report): void {
  if (ours.nullable !== theirs.nullable) {
    report('null', theirs.nullable ? 'wider' : 'narrower', allowed(ours.nullable), allowed(theirs.nullable));
  }
  if (!isEqual(ours.defaultValue, theirs.defaultValue)) {
    report('default', 'same', ours.defaultValue, theirs.defaultValue);
  }
}

function allowed(isAllowed: boolean): string {
  return isAllowed ? 'allowed' : 'not allowed';
}

/** Tells whether anything else can be compared. */
function compareTypes(ours: View, theirs: View, report: Report): boolean {
  const [mine, other] = [[...ours.types].sort().join(), [...theirs.types].sort().join()];
  if (mine === other) {
    if (ours.typeSaid !== theirs.typeSaid) {
      report('type', 'same', ours.typeSaid ? mine : undefined, theirs.typeSaid ? other : undefined);
    }
    return true;
  }
  const isNumber = [mine, other].every((type) => type === 'integer' || type === 'number');
  report('type', !isNumber ? 'both' : other === 'number' ? 'wider' : 'narrower', mine, other);
  return isNumber;
}

function compareValues(ours: View, theirs: View, report: Report): void {
  const [mine, other] = [ours.values, theirs.values];
  if (mine || other) {
    const change = !mine ? 'narrower' : !other ? 'wider' : changeOfSets(mine, other);
    if (change !== 'same') report('enum', change, listed(mine), listed(other));
    return;
  }
  const [known, knownThere] = [ours.known ?? new Set<string>(), theirs.known ?? new Set<string>()];
  if (changeOfSets(known, knownThere) !== 'same')
    report('known values', 'same', listed(ours.known), listed(theirs.known));
}

function changeOfSets(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): Change {
  const isLacking = [...ours].some((value) => !theirs.has(value));
  const hasMore = [...theirs].some((value) => !ours.has(value));
  if (isLacking && hasMore) return 'both';
  return isLacking ? 'narrower' : hasMore ? 'wider' : 'same';
}

function listed(values: ReadonlySet<string> | undefined): JsonValue | undefined {
  return values && [...values].map((value) => JSON.parse(value) as JsonValue);
}

function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
