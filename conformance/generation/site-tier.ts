// Which faults the site tier sends: each constraint of the create request is reached, by as few bodies as show it. A wrong
// word where a number or "auto" belongs breaks the list of words and the type at once: its refusal shows both. Where a
// list of words stands beside a type, the list says it all: what is spared there, the depth tier sends. Two kinds of object
// that differ in a word are the same body without it.
import { cleanBases, type Base } from './bases.ts';
import { isRefusedFor, type SiteFault, siteFaults } from './faults.ts';
import { canonicalJson } from '../contract/json.ts';
import { rememberBy, rememberOnce } from '../contract/remember.ts';

/** A fault that is sent, and those that need not be where it is refused. */
export interface TierCase extends SiteFault {
  readonly shows: readonly SiteFault[];
}

/** The faults of the site tier on a base. */
export const siteTier: (base: Base) => readonly TierCase[] = rememberBy((base) => {
  const spared = allFaults().filter(({ fault }) => sparedSites().has(fault.site));
  return siteFaults(base)
    .filter(({ fault }) => !sparedSites().has(fault.site))
    .map((one) => ({ ...one, shows: spared.filter((other) => shows(one, other)) }));
});

/** The faults of a base that the site tier leaves to the depth tier. */
export function sparedFaults(base: Base): readonly SiteFault[] {
  return distinctFaults(base).filter(({ fault }) => sparedSites().has(fault.site));
}

/** The faults of a base whose bodies no other base has: what was said of one is said of both. */
export const distinctFaults: (base: Base) => readonly SiteFault[] = rememberBy((base) =>
  siteFaults(base).filter((one) => !isOfEarlierBase(one)),
);

function isOfEarlierBase(one: SiteFault): boolean {
  const first = allFaults().find((other) => isSameBody(one, other)) ?? one;
  return first.base !== one.base;
}

/** What another constraint implies, the site tier does not send, so that nothing is shown by it. */
function isSameBody(one: SiteFault, other: SiteFault): boolean {
  return !one.isImplied && !other.isImplied && bodyOf(one) === bodyOf(other);
}

/** Every fault, in the order of the bases. */
const allFaults = rememberOnce(() => cleanBases().flatMap(siteFaults));

const sparedSites = rememberOnce((): ReadonlySet<string> => {
  const faults = allFaults();
  // A row is not left without a fault of its own.
  const hasOwn = new Set(faults.filter(({ isImplied }) => !isImplied).map(({ fault }) => fault.requirement));
  const isSpared = (one: SiteFault): boolean =>
    one.isImplied
      ? hasOwn.has(one.fault.requirement)
      : isOfEarlierBase(one) || faults.some((other) => other.base === one.base && shows(other, one));
  return new Set(faults.filter(isSpared).map(({ fault }) => fault.site));
});

/** True where the refusal of one fault is a refusal of another as well. */
function shows(one: SiteFault, other: SiteFault): boolean {
  if (one.base !== other.base) return isSameBody(one, other);
  // A fault of a list of words is at the same time one of the type that the union as a whole asks for.
  const { site } = other.fault;
  return (
    one.fault.at === other.fault.at &&
    one.fault.site.endsWith(' enum') &&
    site.endsWith(' oneOf') &&
    isRefusedFor([site], one.template)
  );
}

const bodyOf = rememberBy(({ template }: SiteFault): string => canonicalJson(template));
