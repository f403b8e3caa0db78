// The official document reduced to facts (pointer, keyword, value), and the comparison of our contract with them.
// Emulator and judge both stand on our contract: this is what keeps one wrong bound from making both agree.
import { isObject, type JsonObject, type JsonValue, objectOf, textOf } from './json.ts';
import { type Constraint, canonicalComponents, constraintTable } from './constraint-table.ts';

/** Where the facts were taken from. */
interface FactsSource {
  readonly document: string;
  readonly title: string;
  readonly version: string;
  /** SHA-256 of the document as published. */
  readonly sha256: string;
  readonly commit: string;
}

export interface OfficialFacts {
  readonly source: FactsSource;
  readonly facts: readonly (readonly [pointer: string, keyword: string, value: JsonValue])[];
}

/** One departure of our contract from the official document. */
export interface Departure {
  readonly pointer: string;
  readonly keyword: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly ours?: JsonValue;
  readonly official?: JsonValue;
}

/** The facts of a normalised document. */
export function factsOf(root: JsonObject): OfficialFacts['facts'] {
  return constraintTable(canonicalComponents(root)).map(
    ({ pointer, keyword, value }) => [pointer, keyword, value] as const,
  );
}

/** The text of a facts file, a fact a line. `published` is the document as it was read, `root` as it was prepared. */
export function emitFacts(published: JsonObject, root: JsonObject, origin: { sha256: string; commit: string }): string {
  const info = objectOf(published['info']);
  const source: FactsSource = {
    document: 'openai/openai-openapi openapi.yaml',
    title: textOf(info['title'] ?? ''),
    version: textOf(info['version'] ?? ''),
    ...origin,
  };
  const rows = factsOf(root).map((fact) => `    ${JSON.stringify(fact)}`);
  return `{\n  "source": ${JSON.stringify(source)},\n  "facts": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

/**
 * Where our constraints and the official facts differ. Components that are ours alone are left out, for the members
 * that refer to them differ already; where a union was added or removed, what stands in its branches is left out too.
 */
export function departures(ours: readonly Constraint[], facts: OfficialFacts['facts']): Departure[] {
  const official = new Map(
    facts.map(([pointer, keyword, value]) => [factKey(pointer, keyword, value), value] as const),
  );
  const own = new Map(ours.map(({ pointer, keyword, value }) => [factKey(pointer, keyword, value), value] as const));
  const components = new Set(facts.map(([pointer]) => componentOf(pointer)));
  const found: Departure[] = [];
  for (const { pointer, keyword, value } of ours) {
    const key = factKey(pointer, keyword, value);
    const theirs = official.get(key);
    if (!components.has(componentOf(pointer))) continue;
    if (theirs === undefined) found.push({ pointer, keyword, change: 'added', ours: value });
    else if (JSON.stringify(theirs) !== JSON.stringify(value)) {
      found.push({ pointer, keyword, change: 'changed', ours: value, official: theirs });
    }
  }
  for (const [pointer, keyword, value] of facts) {
    if (!own.has(factKey(pointer, keyword, value)))
      found.push({ pointer, keyword, change: 'removed', official: value });
  }
  return withoutConsequences(found);
}

/** `required` has one fact a member; every other keyword one fact a schema. */
function factKey(pointer: string, keyword: string, value: JsonValue): string {
  return JSON.stringify(keyword === 'required' ? [pointer, keyword, value] : [pointer, keyword]);
}

function componentOf(pointer: string): string {
  return pointer.split('/')[3] ?? '';
}

/** Departures below a union that was itself added or removed follow from it and are not listed again. */
function withoutConsequences(found: readonly Departure[]): Departure[] {
  const unions = found
    .filter(({ keyword, change }) => ['oneOf', 'anyOf', 'allOf'].includes(keyword) && change !== 'changed')
    .map(({ pointer, keyword }) => `${pointer}/${keyword}/`);
  return found.filter(({ pointer }) => !unions.some((union) => pointer.startsWith(union)));
}

/** A short text of a departure, for messages. */
export function describeDeparture({ pointer, keyword, change, ours, official }: Departure): string {
  const show = (value: JsonValue | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${pointer} ${keyword} ${change}: official ${show(official)}, ours ${show(ours)}`;
}

/** True for what reads like a facts file. */
export function isOfficialFacts(value: unknown): value is OfficialFacts {
  return isObject(value) && isObject(value['source']) && Array.isArray(value['facts']);
}
