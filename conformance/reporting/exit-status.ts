// The exit status of a run (design: "Exit status"), as an ordered list of which the first match counts. Usage errors
// (2) never get as far as a log.
import type { FooterLine } from './log.ts';
import type { Report, ReportedRequirement, SummaryVerdict } from './report.ts';
import type { CapabilityStanding } from './standing.ts';
import type { StaleWaiver } from './waivers.ts';

export interface Ending {
  readonly exitCode: number;
  readonly verdict: SummaryVerdict;
  readonly reason: string;
}

/** What each exit status means, in a few words. */
const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  0: 'no MUST failed, and none was left open but conditional ones',
  1: 'a MUST in scope failed',
  2: 'usage or configuration',
  3: 'not enough was exercised to tell',
  4: 'the suite itself failed',
  5: 'a budget or limit stopped the run',
};

/** What the exit status of a report means. */
export function exitMeaning({ summary }: Pick<Report, 'summary'>): string {
  // Nothing failed, and still the run is red: it is the waivers that somebody has to look at.
  if (summary.exitCode === 1 && summary.must.fail === 0) return 'a waiver is out of date';
  return EXIT_MEANINGS[summary.exitCode] ?? '';
}

/** What an ending is decided by. */
export interface Outcome extends Pick<Report, 'requirements' | 'faults'> {
  readonly footer: FooterLine;
  readonly staleWaivers: readonly StaleWaiver[];
}

type CapabilityOf = (row: ReportedRequirement) => CapabilityStanding;

/** The first that matches. A waiver that is out of date stands where a failure stands, and accuses nobody. */
export function endingOf(outcome: Outcome, capabilityOf: CapabilityOf): Ending {
  const ending = endingOfTarget(outcome, capabilityOf);
  const { length } = outcome.staleWaivers;
  const goesBefore = ending.exitCode === 4 || (ending.exitCode === 3 && !outcome.footer.answered);
  if (length === 0 || goesBefore) return ending;
  const told = length === 1 ? 'a waiver is out of date' : `${length} waivers are out of date`;
  return { ...ending, exitCode: 1, reason: `${told}; ${ending.reason}` };
}

function endingOfTarget({ requirements, footer, faults }: Outcome, capabilityOf: CapabilityOf): Ending {
  const [fault] = faults;
  if (fault !== undefined) return { exitCode: 4, verdict: 'fault', reason: `the suite itself failed: ${fault}` };
  const musts = requirements.filter(({ inScope, level }) => inScope && level === 'MUST');
  const failed = musts.filter(({ status }) => status === 'fail').length;
  if (!footer.answered)
    return {
      exitCode: 3,
      verdict: 'incomplete',
      reason: `no create and no list of jobs was ever answered 2xx${because(footer)}`,
    };
  if (failed > 0)
    return {
      exitCode: 1,
      verdict: 'non-conformant',
      reason: `${failed} of ${musts.length} MUST in scope failed${waivedText(musts)}`,
    };
  if (footer.ending === 'budget' || footer.ending === 'interrupted') {
    return {
      exitCode: 5,
      verdict: 'incomplete',
      reason:
        footer.ending === 'budget'
          ? `a budget or limit stopped the run${because(footer)}`
          : `the run was interrupted${because(footer)}`,
    };
  }
  if (footer.ending === 'unreachable')
    return { exitCode: 3, verdict: 'incomplete', reason: `the target stopped answering${because(footer)}` };
  const open = musts.filter(
    (row) => row.status === 'not-exercised' && !row.conditional && isOffered(capabilityOf(row)),
  );
  if (open.length > 0)
    return {
      exitCode: 3,
      verdict: 'incomplete',
      reason: `${open.length} of ${musts.length} MUST in scope were not exercised${waivedText(musts)}${footer.discriminates ? '' : `: ${footer.discriminationReason}`}`,
    };
  // A run that judged nothing at all must not be green.
  if (!requirements.some(({ inScope, status }) => inScope && (status === 'pass' || status === 'waived'))) {
    const isBroken = requirements.some(({ inScope, status }) => inScope && status === 'fail');
    const reason = isBroken
      ? 'nothing in scope passed, and no MUST is in scope'
      : 'no requirement in scope was exercised';
    return { exitCode: 3, verdict: 'incomplete', reason };
  }
  const held = musts.filter(({ status }) => status === 'pass').length;
  const idle = musts.filter(({ status, conditional }) => status === 'not-exercised' && conditional).length;
  const condition = idle === 0 ? '' : `; ${idle} wait for conditions that did not come up`;
  return {
    exitCode: 0,
    verdict: 'conformant',
    reason: `${held} of ${musts.length} MUST in scope passed, none failed${waivedText(musts)}${condition}`,
  };
}

/** A waived MUST is told of wherever the verdict is. */
function waivedText(musts: Report['requirements']): string {
  const waived = musts.filter(({ status }) => status === 'waived').length;
  return waived === 0 ? '' : `, ${waived} waived`;
}

function isOffered({ claim, found }: CapabilityStanding): boolean {
  return claim === 'claimed' || found === 'offered';
}

function because({ endingReason }: FooterLine): string {
  return endingReason === null || endingReason === '' ? '' : `: ${endingReason}`;
}
