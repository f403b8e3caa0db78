// Applies the registry to what was observed. Pure: the same observations give the same verdicts.
import type { Exchange } from './exchange.ts';
import type { Observation, ObservationKind, Probe } from './observation.ts';
import {
  type AnyCheck, type Check, type Finding, type JudgeContext, keyOf, NOT_APPLICABLE, PASS, type Requirement,
} from './requirement.ts'; // prettier-ignore
import type { Evidence, Verdict } from './verdict.ts';

interface IndexedCheck {
  readonly requirement: string;
  readonly check: AnyCheck;
}

interface Slot {
  /** Checks of every observation of the kind. */
  readonly always: IndexedCheck[];
  readonly byKey: Map<string, IndexedCheck[]>;
}

/** A registry made quick to search by kind and key of observation. */
export type JudgeIndex = ReadonlyMap<ObservationKind, Slot>;

/** Indexes the rows that are to be judged. */
export function indexRequirements(requirements: readonly Requirement[]): JudgeIndex {
  const index = new Map<ObservationKind, Slot>();
  for (const requirement of requirements) {
    for (const check of requirement.checks) {
      const slot = index.get(check.on) ?? { always: [], byKey: new Map<string, IndexedCheck[]>() };
      index.set(check.on, slot);
      const indexed: IndexedCheck = { requirement: requirement.id, check };
      if (check.key === undefined) slot.always.push(indexed);
      else slot.byKey.set(check.key, [...(slot.byKey.get(check.key) ?? []), indexed]);
    }
  }
  return index;
}

const NO_CHECKS: readonly IndexedCheck[] = [];

/** Called where a check throws: a fault of the suite, never of the target. */
export type OnFault = (requirement: string, error: unknown) => void;

/** The verdicts on one observation. @param onFault without it, what a check throws goes on to the caller. */
export function judge(
  index: JudgeIndex,
  observation: Observation,
  context: JudgeContext,
  onFault?: OnFault,
): Verdict[] {
  const slot = index.get(observation.kind);
  if (slot === undefined) return [];
  const keyed = slot.byKey.get(keyOf(observation)) ?? NO_CHECKS;
  const evidence = evidenceOf(observation);
  const place = placeOf(observation);
  const verdicts: Verdict[] = [];
  for (const checks of [slot.always, keyed]) {
    for (const one of checks) {
      for (const finding of findingsOf(one, observation, context, onFault))
        verdicts.push(verdictOf(one.requirement, finding, evidence, place));
    }
  }
  return verdicts;
}

function findingsOf(
  { requirement, check }: IndexedCheck,
  observation: Observation,
  context: JudgeContext,
  onFault: OnFault | undefined,
): readonly Finding[] {
  try {
    // The index pairs each check with its own kind of observation, which the type of a union cannot say.
    return (check as Check).judge(observation, context);
  } catch (error) {
    if (onFault === undefined) throw error;
    onFault(requirement, error);
    return NOT_APPLICABLE;
  }
}

function verdictOf(requirement: string, finding: Finding, standard: Evidence, place: Place): Verdict {
  // Nearly everything that is judged passes and has no more to say.
  if (finding === PASSED) return passed(requirement, standard, place);
  const [first, ...rest] = ('evidence' in finding ? finding.evidence : undefined) ?? [];
  const evidence: Evidence = first === undefined ? standard : [first, ...rest];
  const { evidence: _evidence, ...said } = { evidence: undefined, ...finding };
  return { requirement, ...place, ...said, evidence };
}

const [PASSED] = PASS;

function passed(requirement: string, evidence: Evidence, place: Place): Verdict {
  const { site } = place;
  if (site === undefined) return { requirement, outcome: 'pass', evidence };
  return place.faultAt === undefined
    ? { requirement, site, outcome: 'pass', evidence }
    : { requirement, ...place, outcome: 'pass', evidence };
}

type Place = Pick<Verdict, 'site' | 'faultAt'>;

function placeOf(observation: Observation): Place {
  if (observation.kind === 'fault') return { site: observation.fault.site, faultAt: observation.fault.at };
  return observation.kind === 'acceptance' ? { site: observation.site } : {};
}

/** The exchanges that an observation rests on, the one in question first. */
export function evidenceOf(observation: Observation): Evidence {
  switch (observation.kind) {
    case 'fault':
      return [observation.exchange, ...(observation.twin ? [observation.twin] : [])];
    case 'history':
      return [observation.sightings[0].exchange];
    case 'walk':
      return observation.pages;
    case 'probe':
      return probeEvidence(observation.probe);
    default:
      return [observation.exchange];
  }
}

/** Every exchange that stands in a probe, in the order in which its type names them. */
function probeEvidence(probe: Probe): Evidence {
  const exchanges = Object.values(probe as Readonly<Record<string, unknown>>)
    .flat()
    .filter(
      (value): value is Exchange =>
        typeof value === 'object' && value !== null && 'outcome' in value && 'request' in value,
    );
  const [first, ...rest] = exchanges;
  if (first === undefined) throw new Error(`the probe ${probe.name} holds no exchange`);
  return [first, ...rest];
}
