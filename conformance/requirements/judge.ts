// Applies the registry to what was observed. Pure: the same observations give the same verdicts.
import type { Exchange } from './exchange.ts';
import type { Observation, ObservationKind, Probe } from './observation.ts';
import { type AnyCheck, type Check, type Finding, type JudgeContext, keyOf, type Requirement } from './requirement.ts';
import type { Evidence, Verdict } from './verdict.ts';

interface IndexedCheck {
  readonly requirement: string;
  readonly check: AnyCheck;
}

/** A registry made quick to search by kind and key of observation. */
export type JudgeIndex = ReadonlyMap<string, readonly IndexedCheck[]>;

/** Indexes the rows that are to be judged. */
export function indexRequirements(requirements: readonly Requirement[]): JudgeIndex {
  const index = new Map<string, IndexedCheck[]>();
  for (const requirement of requirements) {
    for (const check of requirement.checks) {
      const slot = slotOf(check.on, check.key);
      index.set(slot, [...(index.get(slot) ?? []), { requirement: requirement.id, check }]);
    }
  }
  return index;
}

function slotOf(kind: ObservationKind, key: string | undefined): string {
  return key === undefined ? kind : `${kind}\n${key}`;
}

/** Called where a check throws: a fault of the suite, never of the target. */
export type OnFault = (requirement: string, error: unknown) => void;

/** The verdicts on one observation. @param onFault without it, what a check throws goes on to the caller. */
export function judge(
  index: JudgeIndex,
  observation: Observation,
  context: JudgeContext,
  onFault?: OnFault,
): Verdict[] {
  const checks = [
    ...(index.get(observation.kind) ?? []),
    ...(index.get(slotOf(observation.kind, keyOf(observation))) ?? []),
  ];
  if (checks.length === 0) return [];
  const evidence = evidenceOf(observation);
  const place: Place = {
    ...siteOf(observation),
    ...(observation.kind === 'fault' ? { faultAt: observation.fault.at } : {}),
  };
  return checks.flatMap(({ requirement, check }) => {
    return findingsOf(check, requirement).map((finding) => verdictOf(requirement, finding, evidence, place));
  });

  function findingsOf(check: AnyCheck, requirement: string): readonly Finding[] {
    try {
      // The index pairs each check with its own kind of observation, which the type of a union cannot say.
      return (check as Check).judge(observation, context);
    } catch (error) {
      if (onFault === undefined) throw error;
      onFault(requirement, error);
      return [];
    }
  }
}

function verdictOf(requirement: string, finding: Finding, standard: Evidence, place: Place): Verdict {
  const [first, ...rest] = ('evidence' in finding ? finding.evidence : undefined) ?? [];
  const evidence: Evidence = first === undefined ? standard : [first, ...rest];
  const { evidence: _evidence, ...said } = { evidence: undefined, ...finding };
  return { requirement, ...place, ...said, evidence };
}

type Place = Pick<Verdict, 'site' | 'faultAt'>;

function siteOf(observation: Observation): Place {
  if (observation.kind === 'fault') return { site: observation.fault.site };
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
