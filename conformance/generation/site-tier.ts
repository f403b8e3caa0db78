// Which faults the site tier sends: each constraint of the create request is reached, by as few bodies as show it. A wrong
// word where a number or "auto" belongs breaks the list of words and the type at once: its refusal shows both. Where a
// list of words stands beside a type, the list says it all. What is spared here, the depth tier sends.
import { cleanBases, type Base } from './bases.ts';
import { isRefusedFor, type SiteFault, siteFaults } from './faults.ts';
import { rememberAs, rememberBy } from '../contract/remember.ts';

/** A fault that is sent, and those that need not be where it is refused. */
export interface TierCase extends SiteFault {
  readonly shows: readonly SiteFault[];
}

/** The faults of the site tier on a base. */
export const siteTier: (base: Base) => readonly TierCase[] = rememberBy((base) => {
  const faults = siteFaults(base);
  const spared = sparedSites('');
  return faults
    .filter(({ fault }) => !spared.has(fault.site))
    .map((one) => ({ ...one, shows: faults.filter((other) => spared.has(other.fault.site) && shows(one, other)) }));
});

/** The faults of a base that the site tier leaves to the depth tier. */
export function sparedFaults(base: Base): readonly SiteFault[] {
  const spared = sparedSites('');
  return siteFaults(base).filter(({ fault }) => spared.has(fault.site));
}

const sparedSites = rememberAs(
  (key: string) => key,
  (): ReadonlySet<string> => {
    const faults = cleanBases().flatMap(siteFaults);
    const isShown = (one: SiteFault): boolean => faults.some((other) => other.base === one.base && shows(other, one));
    // A row is not left without a fault of its own.
    const hasOwn = new Set(faults.filter(({ isImplied }) => !isImplied).map(({ fault }) => fault.requirement));
    const spared = faults.filter((one) => (one.isImplied ? hasOwn.has(one.fault.requirement) : isShown(one)));
    return new Set(spared.map(({ fault }) => fault.site));
  },
);

/** True where a fault of a list of words is at the same time one of the type that the union as a whole asks for. */
function shows(word: SiteFault, type: SiteFault): boolean {
  const { site } = type.fault;
  return (
    word.fault.at === type.fault.at &&
    word.fault.site.endsWith(' enum') &&
    site.endsWith(' oneOf') &&
    isRefusedFor([site], word.template)
  );
}
