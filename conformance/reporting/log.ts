// The one log of a run: results.jsonl, one JSON value a line, written as the run goes. Every report is derived from it
// and from nothing else. Lines come in this order: header, rows, then whatever happens, and a footer.
import type { ContractDifference } from '../contract/distance.ts';
import type { Exchange } from '../requirements/exchange.ts';
import type { Level, Authority, Capability, Chapter, Mode } from '../requirements/requirement.ts';
import type { Waiver } from './waivers.ts';

/** The name of the log in the folder of its report. */
export const LOG_NAME = 'results.jsonl';

export interface HeaderLine {
  readonly kind: 'header';
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly contract: {
    readonly edition: string;
    readonly mode: Mode;
    readonly sha256: string;
    /** The vendor's dialect that was judged by in place of OpenAI's contract; missing where it was OpenAI's. */
    readonly dialect?: string;
  };
  /** How the dialect differs from OpenAI's contract; missing where it was judged by that. */
  readonly distance?: readonly ContractDifference[];
  readonly target: { readonly name: string; readonly baseUrl: string; readonly profile: string | null };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly seed: number;
    readonly cases: number;
    readonly shard: string | null;
  };
  /** Every narrowing of what is judged; empty where nothing was left out. */
  readonly scope: Readonly<Record<string, string | number | readonly string[]>>;
  /** Names of the variables that keys were read from, for curl lines; the documented names where missing. */
  readonly keyVariables?: { readonly key: string; readonly adminKey: string };
  /** Words of a command line that name the target again, for replays. */
  readonly targetWords?: readonly string[];
  /** Deviations that were accepted when the run started; reports made later then agree with the first. */
  readonly waivers?: readonly Waiver[];
}

/** A row of the registry as it stood in this run. */
export interface RequirementLine {
  readonly kind: 'requirement';
  readonly id: string;
  readonly chapter: Chapter;
  readonly level: Level;
  readonly authority: Authority;
  readonly title: string;
  readonly statement: string;
  readonly sources: readonly string[];
  readonly capability: Capability;
  readonly conditional: boolean;
  /** False where a narrowing of the run takes it out. */
  readonly inScope: boolean;
}

export interface ExchangeLine {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
}

export interface VerdictLine {
  readonly kind: 'verdict';
  readonly requirement: string;
  readonly outcome: 'pass' | 'fail' | 'tolerated' | 'inconclusive';
  readonly site?: string;
  /** Failure, deviation, reason or note. */
  readonly text?: string;
  readonly at?: string;
  /** Pointer to the fault in the payload that was sent. */
  readonly faultAt?: string;
  /** What failures with different texts have in common, where they are one finding at their site. */
  readonly group?: string;
  readonly erratum?: string;
  /** The shortest sequence of calls that shows a failure, in words, where one was looked for. */
  readonly sequence?: readonly string[];
  /** Ids of exchanges, the one in question first. */
  readonly evidence: readonly [string, ...string[]];
  /** How many verdicts the line stands for, where they say the same; one where missing. */
  readonly times?: number;
  /** How often the failure was seen when the same request was sent again, where that was tried. */
  readonly flaky?: { readonly failed: number; readonly tried: number };
}

/** What was learned about a capability. */
export interface CapabilityLine {
  readonly kind: 'capability';
  readonly capability: Capability;
  readonly claim: 'claimed' | 'unclaimed' | 'excluded';
  readonly found: 'offered' | 'absent' | 'unknown';
  readonly reason: string;
  /** Ids of exchanges that it was learned from. */
  readonly evidence?: readonly string[];
}

export interface NoticeLine {
  readonly kind: 'notice' | 'blocked';
  readonly text: string;
}

/** How the target behaves where the documents leave it open. */
export interface ObservedLine {
  readonly kind: 'observed';
  readonly subject: string;
  readonly value: string;
}

/** Jobs whose way is shown. */
export const MOST_TIMELINES = 200;

/** One job as the run saw it; at most MOST_TIMELINES of them are shown. */
export interface TimelineLine {
  readonly kind: 'timeline';
  readonly job: string;
  /** What was to become of the job, where the run had an aim for it: "cancelled", "succeeds". */
  readonly expectation: string | null;
  readonly sightings: readonly {
    /** When the answer came, in milliseconds since the start of the run. */
    readonly atMs: number;
    /** The status that the answer showed, null where it showed none. */
    readonly status: string | null;
    readonly operation: string;
  }[];
  readonly controls: readonly {
    readonly atMs: number;
    readonly control: string;
    /** HTTP status of the answer, null where none came. */
    readonly status: number | null;
  }[];
}

/** Longest content of a file that is kept: the data of jobs is short, and what is long is no job's. */
export const LONGEST_FILE = 8_000;

/** A file that the run uploaded and takes away again: whoever sends a request of the run later has to make it anew. */
export interface FileLine {
  readonly kind: 'file';
  readonly id: string;
  readonly purpose: string;
  readonly content: string;
}

/** A fault of the suite itself: never the target's. */
export interface FaultLine {
  readonly kind: 'fault';
  readonly text: string;
  /** The row at whose judgement it happened; nothing that was decided of that row counts. */
  readonly requirement?: string;
}

export const ENDINGS = ['completed', 'budget', 'unreachable', 'interrupted'] as const;

export interface FooterLine {
  readonly kind: 'footer';
  readonly ending: (typeof ENDINGS)[number];
  /** Why the run ended before its plan, or null. */
  readonly endingReason: string | null;
  /** Whether the target answered what was asked and not merely something; passes count only then. */
  readonly discriminates: boolean;
  readonly discriminationReason: string;
  /** True where a create or a list of jobs was ever answered 2xx. */
  readonly answered: boolean;
  readonly durationMs: number;
  readonly requests: number;
  readonly retries: number;
  readonly jobsCreated: number;
  readonly jobsCancelled: number;
  readonly filesUploaded: number;
  readonly filesDeleted: number;
  /** Lines and SHA-256 of all bytes above the footer, where the writer kept count: a reader then checks them. */
  readonly above?: { readonly lines: number; readonly sha256: string };
}

export type LogLine =
  | HeaderLine
  | RequirementLine
  | ExchangeLine
  | VerdictLine
  | CapabilityLine
  | NoticeLine
  | ObservedLine
  | TimelineLine
  | FileLine
  | FaultLine
  | FooterLine;
