// The report, as conformance.json holds it (design: "Interfaces"). Everything else that a run leaves behind - page,
// summary, table, badge, JUnit - is a view of this one value. Members may be added; none is removed or retyped.
import type { ContractDifference } from '../contract/distance.ts';
import type { JsonValue } from '../contract/json.ts';
import type { Authority, Capability, Chapter, Level } from '../requirements/requirement.ts';
import type { CapabilityLine, HeaderLine } from './log.ts';
import type { StaleWaiver } from './waivers.ts';

export const STATUSES = ['pass', 'fail', 'not-exercised', 'unsupported', 'waived'] as const;
export type Status = (typeof STATUSES)[number];

export type SummaryVerdict = 'conformant' | 'non-conformant' | 'incomplete' | 'fault';

/** The request behind a failure. A failure that rests on no request at all has empty text here. */
export interface ReportedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The answer behind a failure; status 0 and `error` where none arrived. */
export interface ReportedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
  readonly error?: string;
}

export interface Failure {
  /** Stable over runs: made of requirement, site and message without ids, times and numbers. */
  readonly fingerprint: string;
  readonly message: string;
  readonly count: number;
  readonly site: string | null;
  /** Pointer to the offending place in the answer. */
  readonly at: string | null;
  /** Pointer to the fault in the payload, where one place is at fault. */
  readonly faultAt?: string;
  /** The JSON value that was sent, or the raw text where it is none; null where nothing was sent. */
  readonly payload: JsonValue;
  readonly request: ReportedRequest;
  readonly response: ReportedResponse;
  readonly curl: string;
  readonly replay: string;
  readonly flaky?: { readonly failed: number; readonly tried: number };
  /** The shortest sequence of calls that shows it, in words, where one was looked for. */
  readonly sequence?: readonly string[];
  /** Id of the exchange in this run's log, empty where there is none. */
  readonly exchange: string;
  readonly waiver?: { readonly reason: string; readonly owner: string; readonly expires: string };
}

export interface ReportedRequirement {
  readonly id: string;
  readonly chapter: Chapter;
  readonly level: Level;
  readonly authority: Authority;
  readonly title: string;
  readonly statement: string;
  readonly sources: readonly string[];
  readonly capability: Capability;
  readonly conditional: boolean;
  readonly inScope: boolean;
  readonly status: Status;
  /** Why it stands as it does, where the status alone does not say. */
  readonly reason: string | null;
  /** Verdicts that decided something: passed, failed or tolerated. */
  readonly exercised: number;
  readonly failures: readonly Failure[];
  /** Distinct failures that are counted and not listed. */
  readonly failuresLeftOut: number;
  /** What passes rest on, where checks say so. */
  readonly notes: readonly { readonly text: string; readonly count: number }[];
  readonly tolerated: readonly { readonly erratum: string; readonly message: string; readonly count: number }[];
}

export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly notExercised: number;
  readonly unsupported: number;
  readonly waived: number;
  readonly total: number;
}

export interface Report {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly contract: HeaderLine['contract'];
  /** How the contract that was judged by differs from OpenAI's; missing where it is OpenAI's. */
  readonly distance?: readonly ContractDifference[];
  readonly target: { readonly name: string; readonly baseUrl: string; readonly profile: string | null };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly seed: number;
    readonly cases: number;
    readonly shard: string | null;
    readonly requests: number;
    readonly retries: number;
    readonly jobsCreated: number;
    readonly jobsCancelled: number;
    readonly filesUploaded: number;
    readonly filesDeleted: number;
  };
  readonly summary: {
    readonly verdict: SummaryVerdict;
    readonly exitCode: number;
    /** Why the verdict is what it is, as one sentence. */
    readonly reason: string;
    readonly scope: HeaderLine['scope'];
    readonly must: Counts;
    readonly should: Counts;
    readonly may: Counts;
  };
  readonly requirements: readonly ReportedRequirement[];
  readonly capabilities: readonly Omit<CapabilityLine, 'kind' | 'evidence'>[];
  readonly blocked: readonly string[];
  readonly notices: readonly string[];
  readonly observed: readonly { readonly subject: string; readonly value: string }[];
  /** Faults of the suite itself. */
  readonly faults: readonly string[];
  /** Waivers that make the run red: past their day, or for a failure that was looked for and not found. */
  readonly staleWaivers?: readonly StaleWaiver[];
}
