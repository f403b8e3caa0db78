// What tells the editions of the contract apart, read off their generated contracts: the points that some of them have and
// others lack, or that say different things. Nothing here is a list by hand, so that a mended overlay mends detection too.
import { type Contract, contracts } from '#generated/contracts.ts';
import type { Edition } from '#generated/current/rules.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { type Point, pointsOf } from '../contract/points.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { EDITIONS } from '../requirements/requirement.ts';

/** A point at which the editions differ. */
export interface Distinction {
  readonly key: string;
  readonly point: Point;
  /** What each edition says there; undefined where it has no such point. */
  readonly says: Readonly<Record<Edition, string | undefined>>;
}

export interface EditionsApart {
  readonly distinctions: readonly Distinction[];
  /** True where the create request of an edition knows every member of a body and allows what they hold. */
  readonly allows: (edition: Edition, body: JsonObject) => boolean;
}

/** Reads the contracts of all editions. */
export async function readEditions(): Promise<EditionsApart> {
  const loaded = await Promise.all(EDITIONS.map(async (name) => [name, await contracts[name]()] as const));
  const byName = Object.fromEntries(loaded) as Readonly<Record<Edition, Contract>>;
  return {
    distinctions: distinctionsOf(byName),
    allows: (edition, body) => allows(byName[edition], body),
  };
}

function distinctionsOf(byName: Readonly<Record<Edition, Contract>>): Distinction[] {
  const points = new Map(EDITIONS.map((name) => [name, pointsOf(byName[name])] as const));
  const all = new Map([...points.values()].flatMap((of) => [...of]));
  return [...all].flatMap(([key, point]) => {
    const said = EDITIONS.map((name) => points.get(name)?.get(key)?.says);
    const isSeenByCallers = point.kind === 'operation' || point.kind === 'query' || point.kind === 'member';
    if (!isSeenByCallers || new Set(said).size === 1 || !isOwn(point, byName)) return [];
    const says = Object.fromEntries(EDITIONS.map((name, index) => [name, said[index]]));
    return [{ key, point, says: says as Distinction['says'] }];
  });
}

/** False for a part of what an edition lacks as a whole: members of a new component, parameters of a new operation. */
function isOwn({ kind, owner }: Point, byName: Readonly<Record<Edition, Contract>>): boolean {
  if (kind === 'operation') return true;
  return EDITIONS.every((name) => {
    const { operations, schemas } = byName[name];
    // A method did not exist before it could be named: what it may be is a distinction of its own.
    return kind === 'query' ? owner in operations : owner in schemas || owner === 'FineTuneMethod';
  });
}

function allows({ schemas, validators }: Contract, body: JsonObject): boolean {
  const request = schemas[CREATE_REQUEST] as { readonly properties?: Readonly<Record<string, JsonValue>> } | undefined;
  const isKnown = Object.keys(body).every((name) => Object.hasOwn(request?.properties ?? {}, name));
  return isKnown && validators[CREATE_REQUEST]?.(body) === true;
}
