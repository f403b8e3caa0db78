// How far a contract is from OpenAI's: each point in which it says something else, lacks something or has more. Made of
// the contracts themselves, before a request is sent; a vendor may be far from OpenAI and keep its own documents to the
// letter, and the other way round.
import type { Contract } from '#generated/contracts.ts';
import { tokensOf } from './json.ts';
import { type Point, type PointKind, pointsOf } from './points.ts';

export const CHANGES = ['missing', 'added', 'changed'] as const;

/** One difference from OpenAI's contract. */
export interface ContractDifference {
  readonly change: (typeof CHANGES)[number];
  readonly kind: PointKind;
  /** Operation, component member or rule, as people name it: "FineTuningJob.finished_at". */
  readonly where: string;
  /** What OpenAI's contract says there, null where it has no such point. */
  readonly openai: string | null;
  /** What the other contract says there. */
  readonly vendor: string | null;
}

const EVERY_OPERATION = 'every operation';

/** Every difference of a contract from OpenAI's, in the order of the contracts. */
export function distanceBetween(openai: Contract, vendor: Contract): readonly ContractDifference[] {
  const [ours, theirs] = [pointsOf(openai), pointsOf(vendor)];
  const differences = [...new Map([...ours, ...theirs])].flatMap(([key, point]): ContractDifference[] => {
    const [said, says] = [ours.get(key), theirs.get(key)];
    if (said?.says === says?.says || !isWorthTelling(point, openai, vendor)) return [];
    const change = says === undefined ? 'missing' : said === undefined ? 'added' : 'changed';
    return [{ change, kind: point.kind, where: nameOf(point), openai: textOf(said), vendor: textOf(says) }];
  });
  return gathered(differences, Object.keys(vendor.operations).length);
}

/** Parts of what one side lacks as a whole are not told again. */
function isWorthTelling({ kind, owner }: Point, ...sides: readonly Contract[]): boolean {
  if (kind === 'query' || kind === 'status') return sides.every(({ operations }) => owner in operations);
  if (kind === 'member' || kind === 'acceptance') return sides.every(({ schemas }) => owner in schemas);
  return kind !== 'rule' || sides.every((side) => hasPlace(side, owner, sides));
}

/** False where what a rule speaks of is gone as a whole: then that is told, and not what went with it. */
function hasPlace({ operations, schemas }: Contract, rule: string, sides: readonly Contract[]): boolean {
  const pointer = sides.map((side) => rulesOf(side)[rule]?.pointer).find((one) => one !== undefined) ?? '#';
  const [group, owner, method] = tokensOf(pointer.slice(1));
  if (group === 'components') return (tokensOf(pointer.slice(1))[2] ?? '') in schemas;
  if (group !== 'paths') return true;
  return Object.values(operations).some((one) => one.path === owner && one.method.toLowerCase() === method);
}

function rulesOf({ rules }: Contract): Readonly<Record<string, { readonly pointer: string } | undefined>> {
  return rules;
}

function nameOf({ owner, name, kind }: Point): string {
  if (kind === 'query') return `${owner}?${name}`;
  return name === '' ? owner : `${owner}.${name}`;
}

function textOf(point: Point | undefined): string | null {
  if (point === undefined) return null;
  return point.kind === 'acceptance' ? 'conditions of its own' : point.says;
}

/** A parameter that every operation has more is one difference. */
function gathered(differences: readonly ContractDifference[], operations: number): ContractDifference[] {
  const names = new Map<string, ContractDifference[]>();
  for (const one of differences) {
    if (one.kind !== 'query' || one.change !== 'added') continue;
    const name = one.where.split('?')[1] ?? '';
    names.set(name, [...(names.get(name) ?? []), one]);
  }
  const everywhere = [...names].filter(([, ones]) => ones.length >= operations - 1 && ones.length > 1);
  const gone = new Set(everywhere.flatMap(([, ones]) => ones));
  const instead = everywhere.flatMap(([name, [first]]) =>
    first === undefined ? [] : [{ ...first, where: `${EVERY_OPERATION}?${name}` }],
  );
  return [...instead, ...differences.filter((one) => !gone.has(one))];
}
