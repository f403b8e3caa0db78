// How a row stands after a run: the one place where verdicts, capabilities, waivers and the liveness gate meet
// (design: "What a verdict is worth"). A failure is never explained away here, and silence is never a pass.
import type { Capability } from '../requirements/requirement.ts';
import type { CapabilityLine, FooterLine } from './log.ts';
import type { Status } from './report.ts';
import type { RowTally } from './tally.ts';

export interface Standing {
  readonly status: Status;
  readonly reason: string | null;
}

/** A capability as far as rows depend on it. */
export type CapabilityStanding = Pick<CapabilityLine, 'claim' | 'found' | 'reason'>;

/** What a row's capability is taken for where the log says nothing of it. */
export const CLAIMED: CapabilityStanding = { claim: 'claimed', found: 'unknown', reason: 'the run says nothing of it' };

/** What the run as a whole says to every row. */
export interface RunStanding {
  readonly footer: Pick<FooterLine, 'discriminates' | 'discriminationReason' | 'ending' | 'endingReason'>;
  /** True where waivers cover every failure of the row. */
  readonly isWaived: boolean;
  /** True where the suite itself failed at judging the row. */
  readonly isFaulty: boolean;
  /** True where the row has to bear that its claimed capability is absent. */
  readonly bearsAbsence: boolean;
}

/** The line of a profile that takes a claim back. */
export function unclaimingLine(capability: Capability): string {
  if (!capability.startsWith('method.')) return `capabilities: { ${capability}: false }`;
  return `methods: a list without ${capability.slice('method.'.length)}`;
}

/** True where the target cannot be held to a row: its capability is ruled out, or neither claimed nor there. */
export function isUnsupported({ claim, found }: CapabilityStanding): boolean {
  return claim === 'excluded' || (claim === 'unclaimed' && found === 'absent');
}

/** True where a profile claims what the target does not have. */
export function isBrokenClaim({ claim, found }: CapabilityStanding): boolean {
  return claim === 'claimed' && found === 'absent';
}

/** The status of a row and, where it needs one, the reason. */
export function standingOf(tally: RowTally, capability: CapabilityStanding, run: RunStanding): Standing {
  const { row } = tally;
  if (!row.inScope) return { status: 'not-exercised', reason: 'this run was narrowed and leaves the row out' };
  if (isUnsupported(capability))
    return { status: 'unsupported', reason: unsupportedReason(row.capability, capability) };
  if (run.isFaulty)
    return { status: 'not-exercised', reason: 'the suite itself failed at judging it (see the faults of the suite)' };
  const hint = claimHint(tally, capability);
  if (tally.failed > 0 || run.bearsAbsence)
    return run.isWaived ? { status: 'waived', reason: hint } : { status: 'fail', reason: hint };
  if (tally.passed + tally.toleratedCount > 0) {
    if (run.footer.discriminates) return { status: 'pass', reason: null };
    return { status: 'not-exercised', reason: `the target does not discriminate: ${run.footer.discriminationReason}` };
  }
  return { status: 'not-exercised', reason: hint ?? silence(tally, capability, run.footer) };
}

/** What to do about a capability that is claimed and does not work; null where its rows speak for themselves. */
function claimHint({ row, failed }: RowTally, capability: CapabilityStanding): string | null {
  const mend = `if it is not offered, say so in the profile: ${unclaimingLine(row.capability)}`;
  if (isBrokenClaim(capability)) return `${row.capability} is claimed and absent (${capability.reason}); ${mend}`;
  // The row that says "such a create is accepted" is where a method or integration that is not there first shows.
  const isWay = row.capability !== 'core' && row.id.endsWith('.accepted');
  return failed > 0 && isWay ? `${row.capability} is claimed; ${mend}` : null;
}

function unsupportedReason(name: Capability, { claim, reason }: CapabilityStanding): string {
  return claim === 'excluded' ? `the profile rules ${name} out` : `${name} is not claimed and was not found: ${reason}`;
}

/** Why nothing was decided of a row. */
function silence(
  tally: RowTally,
  { claim, found, reason }: CapabilityStanding,
  { ending, endingReason }: RunStanding['footer'],
): string {
  const [first, ...others] = [...tally.reasons].sort(([, a], [, b]) => b - a);
  if (first !== undefined) return others.length === 0 ? first[0] : `${first[0]} (and ${others.length} other reasons)`;
  if (claim === 'unclaimed' && found === 'unknown')
    return `${tally.row.capability} is not claimed, and whether it is there was not found out: ${reason}`;
  if (ending !== 'completed') return `the run ended early: ${endingReason ?? ending}`;
  if (tally.row.conditional) return 'it depends on a condition that did not come up';
  return 'nothing that the run did or saw called for it';
}
