// A difference between two documents, and what it means to a client that was written for the first:
//   breaking   a payload that ours allows may be refused, or an answer may hold what ours rules out
//   widening   more payloads are allowed, or more is promised about answers
//   cosmetic   nothing that a client would notice
import type { JsonValue } from './json.ts';
import type { Change } from './schema-bounds.ts';

export const DIFFERENCE_CLASSES = ['breaking', 'widening', 'cosmetic'] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

export type Side = 'request' | 'answer';

/** What differs at one place, whoever uses that place. */
export interface Finding {
  /** `FineTuningJob.status`, `query limit` and the like. */
  readonly where: string;
  /** The keyword of JSON Schema, or `member`, `variants`, `content type` and the like. */
  readonly keyword: string;
  /** undefined where a side says nothing. */
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
  readonly change: Change;
}

/** Where a finding shows: the operations, and what it means there. */
export interface Usage {
  readonly side: Side;
  readonly class: DifferenceClass;
  readonly operations: readonly string[];
}

/** A finding with all its uses. */
export interface Difference {
  /** The worst of its usages. */
  readonly class: DifferenceClass;
  readonly where: string;
  readonly keyword: string;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
  readonly usages: readonly Usage[];
}

/** Narrower requests refuse what ours allows; wider answers hold what ours rules out. */
export function classOf(change: Change, side: Side): DifferenceClass {
  switch (change) {
    case 'same':
      return 'cosmetic';
    case 'both':
      return 'breaking';
    case 'extra':
      return 'widening';
    case 'narrower':
      return side === 'request' ? 'breaking' : 'widening';
    case 'wider':
      return side === 'request' ? 'widening' : 'breaking';
  }
}

/** One use of a finding by an operation. */
export interface Occurrence {
  readonly finding: Finding;
  readonly side: Side;
  readonly operation: string;
}

/** Every finding once, with all its uses; worst first, then in the order of occurrence. */
export function differencesOf(occurrences: readonly Occurrence[]): Difference[] {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const { where, keyword, ours, theirs } = occurrence.finding;
    const key = JSON.stringify([where, keyword, ours ?? null, theirs ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), occurrence]);
  }
  return [...groups.values()].flatMap((group) => difference(group) ?? []).sort((a, b) => rank(a.class) - rank(b.class));
}

function difference(group: readonly Occurrence[]): Difference | undefined {
  const [first] = group;
  if (!first) return undefined;
  const usages = (['request', 'answer'] as const).flatMap((side): Usage[] => {
    const uses = group.filter((one) => one.side === side);
    const classes = uses.map(({ finding }) => classOf(finding.change, side));
    const worst = DIFFERENCE_CLASSES.find((name) => classes.includes(name));
    return worst ? [{ side, class: worst, operations: [...new Set(uses.map(({ operation }) => operation))] }] : [];
  });
  usages.sort((a, b) => rank(a.class) - rank(b.class));
  const { where, keyword, ours, theirs } = first.finding;
  return { class: usages[0]?.class ?? 'cosmetic', where, keyword, ours, theirs, usages };
}

function rank(name: DifferenceClass): number {
  return DIFFERENCE_CLASSES.indexOf(name);
}
