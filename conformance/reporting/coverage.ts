// The create request, constraint by constraint, on both sides: was a body that breaks it refused, was a legal value
// accepted, or why was it not found out. A site that nobody exercised is told with its reason and never counted as held.
import { isObject, type JsonValue, show } from '../contract/json.ts';
import { createRequestSites, type Site } from '../contract/request-sites.ts';
import { describeSchema, resolve } from '../contract/schema.ts';
import { acceptanceRowOf, refusalRowOf, subjectOf } from '../requirements/request-constraints.ts';
import type { Report, ReportedRequirement, Status } from './report.ts';
import type { SiteTally, Tally } from './tally.ts';

/** `not-judged`: no requirement of this edition asks for it. */
export type SideStatus = Status | 'not-judged';

export interface Side {
  readonly requirement: string;
  readonly status: SideStatus;
  /** Verdicts at this site. */
  readonly exercised: number;
  /** Why it was not exercised, where it was not. */
  readonly reason: string | null;
  /** The kinds of legal value that were sent; only of the accepted side. */
  readonly kinds?: readonly string[];
}

export interface CoveredSite {
  readonly id: string;
  /** Schema pointer in the contract. */
  readonly pointer: string;
  /** The member, by the name that requirements give it. */
  readonly member: string;
  readonly keyword: string;
  readonly value: JsonValue;
  /** What the schema at the place asks for, in words. */
  readonly asks: string;
  /** A body that breaks the constraint is refused. */
  readonly refused: Side;
  /** A legal value at the same place is accepted. */
  readonly accepted: Side;
}

export interface SideCounts {
  readonly exercised: number;
  readonly held: number;
  readonly failed: number;
  readonly open: number;
  readonly notJudged: number;
}

export interface Coverage {
  readonly schemaVersion: '1';
  readonly edition: string;
  readonly runId: string;
  readonly counts: { readonly sites: number; readonly refused: SideCounts; readonly accepted: SideCounts };
  readonly sites: readonly CoveredSite[];
}

/** The kinds of value that show a bound to be accepted at its edge; elsewhere any legal value will do. */
const EDGES: Readonly<Record<string, string>> = {
  minimum: 'minimum',
  maximum: 'maximum',
  minLength: 'shortest',
  maxLength: 'longest',
  maxProperties: 'full',
};
const NO_TALLY: SiteTally = { passed: 0, failed: 0, reason: undefined };

/** The coverage that a counted log shows, with the report that was made of it. */
export function coverageOf(tally: Tally, report: Report): Coverage {
  const context: Context = {
    tally,
    rows: new Map(report.requirements.map((row) => [row.id, row] as const)),
    discriminates: tally.footer?.discriminates ?? false,
    sitesOf: memoised((row) => tally.sitesOf(row)),
  };
  const distinct = new Map(createRequestSites().map((site) => [site.id, site] as const));
  const sites = [...distinct.values()].map((site) => coveredSite(site, context));
  return {
    schemaVersion: '1',
    edition: report.contract.edition,
    runId: report.run.id,
    counts: {
      sites: sites.length,
      refused: countsOf(sites.map(({ refused }) => refused)),
      accepted: countsOf(sites.map(({ accepted }) => accepted)),
    },
    sites,
  };
}

interface Context {
  readonly tally: Tally;
  readonly rows: ReadonlyMap<string, ReportedRequirement>;
  readonly discriminates: boolean;
  readonly sitesOf: (row: string) => readonly string[];
}

function memoised<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}

function coveredSite(site: Site, context: Context): CoveredSite {
  const member = subjectOf(site.pointer);
  return {
    id: site.id,
    pointer: site.pointer,
    member: member === '' ? 'the body' : member,
    keyword: site.keyword,
    value: isObject(site.value) ? show(site.value) : site.value,
    asks: describeSchema(site.place.located),
    refused: refusedSide(site, context),
    accepted: acceptedSide(site, context),
  };
}

function refusedSide(site: Site, context: Context): Side {
  const requirement = refusalRowOf(site);
  const tally = context.tally.site(requirement, site.id) ?? NO_TALLY;
  const side = sideOf(requirement, tally, context, 'no body of this run broke it');
  // A wrong type is refused by the list of words as well; inside unions no body can be made that breaks the type alone.
  const isImplied = site.keyword === 'type' && resolve(site.place.located).schema.enum !== undefined;
  return isImplied && side.exercised === 0 ? unreachable(side, 'the list of words beside it refuses the same') : side;
}

/** A side that no value reaches: told, and not counted as open. */
function unreachable(side: Side, reason: string): Side {
  return side.status === 'not-exercised' ? { ...side, status: 'not-judged', reason } : side;
}

/** Verdicts on legal values at the very place of a site, or in the branches of a union that stands there. */
function acceptedSide({ pointer, keyword, place }: Site, context: Context): Side {
  // Keys, values and items are judged in the row of what holds them.
  const owner = pointer.replace(/\/(propertyNames|additionalProperties|items)$/, '');
  const own = [acceptanceRowOf(pointer), acceptanceRowOf(owner)];
  const requirement = own.find((row) => context.rows.has(row)) ?? own[0] ?? '';
  const rows = [...own, acceptanceRowOf(pointer, 'null-accepted'), 'create.valid.accepted'];
  const edge = EDGES[keyword];
  const sum: { passed: number; failed: number; reason: string | undefined } = { ...NO_TALLY };
  const kinds = new Set<string>();
  for (const row of new Set(rows)) {
    for (const site of context.sitesOf(row)) {
      const kind = kindAt(pointer, site);
      const found = kind === undefined ? undefined : context.tally.site(row, site);
      if (kind === undefined || found === undefined) continue;
      if (found.passed + found.failed > 0) kinds.add(kind);
      if (edge !== undefined && kind !== edge) continue;
      sum.passed += found.passed;
      sum.failed += found.failed;
      sum.reason ??= found.reason;
    }
  }
  const silence = kinds.size === 0 ? 'no body of this run held it' : 'legal values were sent, and none at the bound';
  const side = { ...sideOf(requirement, sum, context, silence), kinds: [...kinds].sort() };
  const isFree = resolve(place.located).schema['x-acceptance'] === 'free';
  return isFree && edge !== undefined
    ? { ...unreachable(side, 'the documents do not say which values must be accepted'), kinds: side.kinds }
    : side;
}

/** The kind of value that a fact's site names, where the fact stands at the place; undefined elsewhere. */
function kindAt(pointer: string, site: string): string | undefined {
  if (!site.startsWith(pointer)) return undefined;
  return /^(?:\/(?:oneOf|anyOf)\/\d+)* (.+)$/.exec(site.slice(pointer.length))?.[1];
}

function sideOf(requirement: string, tally: SiteTally, context: Context, silence: string): Side {
  const row = context.rows.get(requirement);
  const exercised = tally.passed + tally.failed;
  const side = (status: SideStatus, reason: string | null): Side => ({ requirement, status, exercised, reason });
  if (row === undefined) return side('not-judged', 'no requirement asks for it');
  if (!row.inScope || row.status === 'unsupported') return { ...side(row.status, row.reason), exercised: 0 };
  if (tally.failed > 0) return side(row.status === 'waived' ? 'waived' : 'fail', null);
  if (tally.passed === 0) return side('not-exercised', tally.reason ?? silence);
  return context.discriminates ? side('pass', null) : side('not-exercised', row.reason);
}

function countsOf(sides: readonly Side[]): SideCounts {
  const having = (...statuses: readonly SideStatus[]): number =>
    sides.filter(({ status }) => statuses.includes(status)).length;
  const [held, failed, notJudged] = [having('pass'), having('fail', 'waived'), having('not-judged')];
  return { exercised: held + failed, held, failed, open: having('not-exercised', 'unsupported'), notJudged };
}
