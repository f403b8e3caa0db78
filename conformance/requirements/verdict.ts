// A verdict is a finding with its evidence. The type of evidence is never empty: a pass that nobody saw cannot be
// written down.
import type { Exchange } from './exchange.ts';

export type Evidence = readonly [Exchange, ...Exchange[]];

interface Judged {
  readonly requirement: string;
  /** The constraint site or case that was judged, where a requirement has several. */
  readonly site?: string;
  /** Pointer to the fault in the payload that was sent. */
  readonly faultAt?: string;
  readonly evidence: Evidence;
}

export interface Pass extends Judged {
  readonly outcome: 'pass';
  /** What the pass rests on, where that is worth telling. */
  readonly note?: string;
}

export interface Fail extends Judged {
  readonly outcome: 'fail';
  readonly message: string;
  /** What failures with different messages have in common, where they are one finding at their site. */
  readonly group?: string;
  /** Pointer to the offending place in the answer. */
  readonly at?: string;
  /** How often it was seen when the same request was sent again, where it was not seen every time. */
  readonly flaky?: { readonly failed: number; readonly tried: number };
  /** The shortest sequence of calls that shows it, in words, where one was looked for. */
  readonly sequence?: readonly string[];
}

export interface Tolerated extends Judged {
  readonly outcome: 'tolerated';
  readonly erratum: string;
  readonly message: string;
  readonly at?: string;
}

export interface Inconclusive extends Judged {
  readonly outcome: 'inconclusive';
  readonly reason: string;
}

export type Verdict = Pass | Fail | Tolerated | Inconclusive;
