// What has failed so far, grouped as the report groups it: by requirement, site and a message without ids, times and
// numbers. Of each group the failure that is easiest to read and to repeat is kept, so that it can be sent again.
import { fingerprintOf } from '../reporting/fingerprint.ts';
import { sizeOf } from '../reporting/request-size.ts';
import type { Observation } from '../requirements/observation.ts';
import type { Fail } from '../requirements/verdict.ts';

/** Failures that are one finding. */
export interface Finding {
  readonly fingerprint: string;
  /** The failure that stands for all, and what it was seen in. */
  verdict: Fail;
  observation: Observation;
  /** Every exchange in which it was seen. */
  readonly seenIn: Set<string>;
}

/** Groups that are told apart; a target that never fails twice alike must not fill the memory. */
const MOST_FINDINGS = 2_000;

export class Findings {
  readonly #groups = new Map<string, Finding>();

  note(observation: Observation, verdict: Fail): void {
    const fingerprint = fingerprintOf(verdict.requirement, verdict.site, verdict.group ?? verdict.message);
    const [exchange] = verdict.evidence;
    const known = this.#groups.get(fingerprint);
    if (known === undefined) {
      if (this.#groups.size < MOST_FINDINGS)
        this.#groups.set(fingerprint, { fingerprint, verdict, observation, seenIn: new Set([exchange.id]) });
      return;
    }
    known.seenIn.add(exchange.id);
    if (sizeOf(exchange.request) >= sizeOf(known.verdict.evidence[0].request)) return;
    known.verdict = verdict;
    known.observation = observation;
  }

  /** Every group, in the order in which they were found. */
  all(): readonly Finding[] {
    return [...this.#groups.values()];
  }
}
