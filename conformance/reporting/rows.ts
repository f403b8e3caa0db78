// Turns what was counted of a row into what is reported of it: its status, its failures with their evidence, and what
// the rows together give cause to say.
import type { Exchange } from '../requirements/exchange.ts';
import { type FailureContext, NO_REQUEST, NO_RESPONSE, replayLine, reportedFailure } from './failure.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { FooterLine } from './log.ts';
import { TruncatedLog } from './log-errors.ts';
import type { Failure, ReportedRequirement } from './report.ts';
import {
  type CapabilityStanding,
  CLAIMED,
  isBrokenClaim,
  isUnsupported,
  standingOf,
  unclaimingLine,
} from './standing.ts';
import type { KeptExchange, RowTally, Tally } from './tally.ts';
import type { Waivers } from './waivers.ts';

/** Failures of one row that are reported with their evidence; the rest is counted. */
const MOST_REPORTED = 25;

export interface RowsOptions {
  readonly tally: Tally;
  readonly footer: FooterLine;
  readonly waivers: Waivers;
  readonly context: FailureContext;
  /** Reads an exchange back from the log. */
  readonly fetch: (kept: KeptExchange) => Exchange | undefined;
}

/** Turns rows into what is reported of them. */
export class Rows {
  /** Rows that bear the absence of a capability that is claimed: one a capability, so that one cause is one failure. */
  readonly #bearers = new Set<string>();

  readonly #run: RowsOptions;

  constructor(run: RowsOptions) {
    this.#run = run;
    const { tally } = run;
    const rows = [...tally.rows.values()].filter(({ row }) => row.inScope);
    for (const capability of tally.capabilities.values()) {
      const dependent = rows.filter(({ row }) => row.capability === capability.capability);
      if (!isBrokenClaim(capability) || dependent.some(({ failed, row }) => failed > 0 && row.level === 'MUST'))
        continue;
      const bearer = dependent.find(({ row }) => row.level === 'MUST') ?? dependent[0];
      if (bearer !== undefined) this.#bearers.add(bearer.row.id);
    }
  }

  capability(name: string): CapabilityStanding {
    return this.#run.tally.capabilities.get(name) ?? CLAIMED;
  }

  reported(row: RowTally): ReportedRequirement {
    const { kind: _kind, ...standing } = row.row;
    const capability = this.capability(row.row.capability);
    const bearsAbsence = this.#bearers.has(row.row.id);
    const isFaulty = this.#run.tally.faultyRows.has(row.row.id);
    const isJudged = row.row.inScope && !isUnsupported(capability) && !isFaulty;
    const failures = isJudged ? this.#failures(row, bearsAbsence) : { listed: [], leftOut: 0, isWaived: false };
    const { status, reason } = standingOf(row, capability, {
      footer: this.#run.footer,
      isWaived: failures.isWaived,
      bearsAbsence,
      isFaulty,
    });
    return {
      ...standing,
      status,
      reason,
      exercised: isJudged ? row.passed + row.failed + row.toleratedCount : 0,
      failures: failures.listed,
      failuresLeftOut: failures.leftOut,
      notes: isJudged ? [...row.notes].map(([text, count]) => ({ text, count })) : [],
      tolerated: isJudged ? [...row.tolerated.values()] : [],
    };
  }

  #failures(row: RowTally, bearsAbsence: boolean): { listed: Failure[]; leftOut: number; isWaived: boolean } {
    const { id } = row.row;
    const tallies = [...row.failures.values()].sort((a, b) => b.count - a.count);
    const covering = new Map(
      tallies.map(({ fingerprint }) => [fingerprint, this.#run.waivers.covering(id, fingerprint)]),
    );
    const listed = tallies.slice(0, MOST_REPORTED).map((tally) => {
      const exchange = this.#run.fetch(tally.exchange);
      if (exchange === undefined) throw new TruncatedLog(`the evidence of a failure of ${id} cannot be read back`);
      return reportedFailure(tally, exchange, covering.get(tally.fingerprint), this.#run.context);
    });
    if (bearsAbsence) listed.push(this.#absence(row));
    // Failures that are not told apart can be covered by a waiver for the whole row only.
    const rest = row.failuresLeftOut === 0 ? [] : [this.#run.waivers.covering(id, undefined)];
    const covers = [...covering.values(), ...rest, ...(bearsAbsence ? [listed.at(-1)?.waiver] : [])];
    return {
      listed,
      leftOut: Math.max(0, tallies.length - MOST_REPORTED) + row.failuresLeftOut,
      isWaived: covers.length > 0 && covers.every((waiver) => waiver !== undefined),
    };
  }

  /** The failure to offer what is claimed; it rests on whatever exchange spoke of the capability. */
  #absence(row: RowTally): Failure {
    const { id, capability } = row.row;
    const line = this.#run.tally.capabilities.get(capability);
    const message = `${capability} is claimed and absent: ${line?.reason ?? ''}; if it is not offered, say so in the profile: ${unclaimingLine(capability)}`;
    const fingerprint = fingerprintOf(id, capability, `${capability} is claimed and absent`);
    const waiver = this.#run.waivers.covering(id, fingerprint);
    const kept = [...(line?.evidence ?? []), row.evidence ?? '']
      .map((exchange) => this.#run.tally.exchange(exchange))
      .find((found) => found !== undefined);
    const exchange = kept === undefined ? undefined : this.#run.fetch(kept);
    const verdict = {
      kind: 'verdict',
      requirement: id,
      outcome: 'fail',
      site: capability,
      text: message,
      evidence: [kept?.id ?? ''],
    } as const;
    if (kept !== undefined && exchange !== undefined) {
      return reportedFailure(
        { fingerprint, count: 1, verdict, exchange: kept, flaky: undefined },
        exchange,
        waiver,
        this.#run.context,
      );
    }
    return {
      fingerprint,
      message,
      count: 1,
      site: capability,
      at: null,
      payload: null,
      request: NO_REQUEST,
      response: NO_RESPONSE,
      curl: '',
      replay: replayLine(this.#run.context, fingerprint),
      exchange: '',
      ...(waiver === undefined
        ? {}
        : { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
    };
  }

  /** What the rows give cause to say, once all of them were reported. */
  notices(): string[] {
    const found = [...this.#run.tally.capabilities.values()].filter(
      ({ claim, found: state }) => claim === 'unclaimed' && state === 'offered',
    );
    const tolerated = new Map<string, Set<string>>();
    for (const { row, tolerated: deviations } of this.#run.tally.rows.values()) {
      if (!row.inScope || isUnsupported(this.capability(row.capability))) continue;
      for (const { erratum } of deviations.values())
        tolerated.set(erratum, (tolerated.get(erratum) ?? new Set()).add(row.id));
    }
    return [
      ...found.map(
        ({ capability, reason }) => `${capability} is offered and nobody claimed it (${reason}); its rows were judged`,
      ),
      ...[...tolerated].map(([erratum, rows]) => `${erratum} was tolerated in ${[...rows].join(', ')}`),
    ];
  }
}
