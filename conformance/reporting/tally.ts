// Counts a log as it goes by. Memory is bounded by the registry and by fixed caps, never by how much a target had to
// say: of many failures of one kind only the one with the smallest request is remembered, and only by its place.
import {
  type CapabilityLine,
  type FaultLine,
  type FileLine,
  type FooterLine,
  type HeaderLine,
  type LogLine,
  MOST_TIMELINES,
  type NoticeLine,
  type ObservedLine,
  type RequirementLine,
  type TimelineLine,
  type VerdictLine,
} from './log.ts';
import { DanglingVerdict } from './log-errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { sizeOf } from './request-size.ts';
import type { Place } from './read-log.ts';

/** Distinct failures of one row that are told apart; a target that never fails twice alike must not fill the memory. */
const MOST_FAILURES = 200;
const MOST_REMARKS = 20;
const MOST_LINES = 1_000;
const LONGEST_TEXT = 2_000;
/** Sites that are counted apart; the contract has some hundreds. */
const MOST_SITES = 20_000;

/** Uploaded files that are kept; a run makes a dozen. */
const MOST_FILES = 100;

/** Where an exchange stands in the log. */
export interface KeptExchange {
  readonly id: string;
  readonly place: Place;
  /** How much there is to read in what was sent. */
  readonly size: number;
}

/** Failures of one fingerprint. */
export interface FailureTally {
  readonly fingerprint: string;
  readonly count: number;
  /** The verdict that stands for all of them, the one whose request was the smallest. */
  readonly verdict: VerdictLine;
  /** Its first exchange, as it stood when the verdict was given. */
  readonly exchange: KeptExchange;
  readonly flaky: VerdictLine['flaky'];
}

/** What was decided of one row. */
export interface RowTally {
  readonly row: RequirementLine;
  passed: number;
  failed: number;
  toleratedCount: number;
  inconclusive: number;
  readonly failures: Map<string, FailureTally>;
  /** Failures beyond those that are told apart. */
  failuresLeftOut: number;
  readonly notes: Map<string, number>;
  readonly tolerated: Map<string, { readonly erratum: string; readonly message: string; count: number }>;
  readonly reasons: Map<string, number>;
  /** The first exchange that any verdict on the row rested on. */
  evidence: string | undefined;
}

/** What was decided at one site of one row. */
export interface SiteTally {
  passed: number;
  failed: number;
  /** Why the site was left open where it was, in the words of the last verdict that left it so. */
  reason: string | undefined;
}

/** Everything that a report is made of. */
export class Tally {
  header: HeaderLine | undefined;
  footer: FooterLine | undefined;
  readonly rows = new Map<string, RowTally>();
  readonly capabilities = new Map<string, CapabilityLine>();
  readonly blocked = new Map<string, number>();
  readonly notices = new Map<string, number>();
  readonly faults = new Map<string, number>();
  /** Rows at whose judgement the suite itself failed. */
  readonly faultyRows = new Set<string>();
  readonly observed: ObservedLine[] = [];
  readonly timelines: TimelineLine[] = [];
  readonly files: FileLine[] = [];
  readonly #sites = new Map<string, SiteTally>();
  readonly #exchanges = new Map<string, KeptExchange>();

  /** @throws DanglingVerdict */
  add(line: LogLine, place: Place): void {
    switch (line.kind) {
      case 'header':
        this.header = line;
        return;
      case 'requirement':
        if (!this.rows.has(line.id)) this.rows.set(line.id, emptyRow(line));
        return;
      case 'exchange':
        this.#exchanges.set(line.exchange.id, {
          id: line.exchange.id,
          place,
          size: sizeOf(line.exchange.request),
        });
        return;
      case 'verdict':
        this.#judged(line);
        return;
      case 'capability':
        this.capabilities.set(line.capability, line);
        return;
      case 'observed':
        if (this.observed.length < MOST_LINES) this.observed.push({ ...line, value: short(line.value) });
        return;
      case 'timeline':
        if (this.timelines.length < MOST_TIMELINES) this.timelines.push(line);
        return;
      case 'file':
        if (this.files.length < MOST_FILES) this.files.push(line);
        return;
      case 'footer':
        this.footer = line;
        return;
      default:
        this.#said(line);
    }
  }

  /** Where an exchange stands in the log, or undefined. */
  exchange(id: string): KeptExchange | undefined {
    return this.#exchanges.get(id);
  }

  /** What was decided at a site of a row, or undefined where nothing was. */
  site(requirement: string, site: string): SiteTally | undefined {
    return this.#sites.get(siteKey(requirement, site));
  }

  /** The sites of a row at which something was decided. */
  sitesOf(requirement: string): string[] {
    const prefix = siteKey(requirement, '');
    return [...this.#sites.keys()].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  #said(line: NoticeLine | FaultLine): void {
    const said = line.kind === 'notice' ? this.notices : line.kind === 'blocked' ? this.blocked : this.faults;
    count(said, line.text, MOST_LINES);
    if (line.kind === 'fault' && line.requirement !== undefined) this.faultyRows.add(line.requirement);
  }

  #judged(verdict: VerdictLine): void {
    const { times = 1 } = verdict;
    const tally = this.rows.get(verdict.requirement);
    if (tally === undefined)
      throw new DanglingVerdict(
        `a verdict speaks of ${verdict.requirement.slice(0, 200)}, which is no row of this run`,
      );
    tally.evidence ??= verdict.evidence[0];
    this.#countSite(verdict);
    switch (verdict.outcome) {
      case 'pass':
        tally.passed += times;
        if (verdict.text !== undefined) count(tally.notes, verdict.text, MOST_REMARKS, times);
        return;
      case 'inconclusive':
        tally.inconclusive += 1;
        count(tally.reasons, verdict.text ?? '');
        return;
      case 'tolerated':
        tally.toleratedCount += times;
        tolerate(tally, verdict, times);
        return;
      case 'fail':
        // How often it repeats is told of a failure that was counted when it was seen.
        if (verdict.flaky === undefined || tally.failures.size === 0) tally.failed += 1;
        this.#failed(tally, verdict);
    }
  }

  #countSite({ requirement, site, outcome, text, times = 1 }: VerdictLine): void {
    if (site === undefined) return;
    const key = siteKey(requirement, site);
    let counted = this.#sites.get(key);
    if (counted === undefined) {
      if (this.#sites.size >= MOST_SITES) return;
      counted = { passed: 0, failed: 0, reason: undefined };
      this.#sites.set(key, counted);
    }
    if (outcome === 'fail') counted.failed += 1;
    else if (outcome === 'inconclusive') counted.reason = short(text ?? '');
    else counted.passed += times;
  }

  #failed(tally: RowTally, verdict: VerdictLine): void {
    const [evidence] = verdict.evidence;
    const exchange = this.#exchanges.get(evidence);
    const fingerprint = fingerprintOf(verdict.requirement, verdict.site, verdict.group ?? verdict.text ?? '');
    const known = tally.failures.get(fingerprint);
    if (exchange === undefined) {
      countWithoutEvidence(tally, verdict, known);
      return;
    }
    if (known === undefined && tally.failures.size >= MOST_FAILURES) {
      tally.failuresLeftOut += 1;
      return;
    }
    const isShorter = known === undefined || isBetter(verdict, exchange, known);
    tally.failures.set(fingerprint, {
      fingerprint,
      count: (known?.count ?? 0) + (known !== undefined && verdict.flaky !== undefined ? 0 : 1),
      verdict: isShorter ? cut(verdict) : known.verdict,
      exchange: isShorter ? exchange : known.exchange,
      flaky: verdict.flaky ?? known?.flaky,
    });
  }
}

/**
 * Writers keep the evidence of the first failures of a site only. A further one is counted beside those; one that would
 * stand alone is no failure that anybody could check.
 * @throws DanglingVerdict
 */
function countWithoutEvidence(tally: RowTally, verdict: VerdictLine, known: FailureTally | undefined): void {
  if (known !== undefined) tally.failures.set(known.fingerprint, { ...known, count: known.count + 1 });
  else if (tally.failures.size > 0) tally.failuresLeftOut += 1;
  else
    throw new DanglingVerdict(
      `a failure of ${verdict.requirement.slice(0, 200)} rests on exchange ${verdict.evidence[0].slice(0, 40)}, which the log does not hold`,
    );
}

/** What comes with the sequence of calls that leads to it tells most; then the smallest request. */
function isBetter(verdict: VerdictLine, exchange: KeptExchange, known: FailureTally): boolean {
  const [length, best] = [verdict.sequence, known.verdict.sequence].map(
    (one) => one?.length ?? Number.POSITIVE_INFINITY,
  );
  if (length !== best) return (length ?? 0) < (best ?? 0);
  return exchange.size < known.exchange.size;
}

function emptyRow(row: RequirementLine): RowTally {
  return {
    row,
    passed: 0,
    failed: 0,
    toleratedCount: 0,
    inconclusive: 0,
    failures: new Map(),
    failuresLeftOut: 0,
    notes: new Map(),
    tolerated: new Map(),
    reasons: new Map(),
    evidence: undefined,
  };
}

function tolerate(tally: RowTally, { erratum = 'no erratum', text = '' }: VerdictLine, times: number): void {
  // One deviation in many words is still one: the register names it, not the value that was met.
  const fingerprint = fingerprintOf(tally.row.id, erratum, text);
  const known = tally.tolerated.get(fingerprint);
  if (known !== undefined) known.count += times;
  else if (tally.tolerated.size < MOST_REMARKS)
    tally.tolerated.set(fingerprint, { erratum, message: short(text), count: times });
}

function siteKey(requirement: string, site: string): string {
  return `${requirement}\n${site}`;
}

function cut(verdict: VerdictLine): VerdictLine {
  return verdict.text === undefined ? verdict : { ...verdict, text: short(verdict.text) };
}

function short(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Counts a text, of which no more than `most` are told apart. */
function count(counted: Map<string, number>, text: string, most = MOST_REMARKS, times = 1): void {
  const told = short(text);
  const known = counted.get(told);
  if (known !== undefined) counted.set(told, known + times);
  else if (counted.size < most) counted.set(told, times);
}
