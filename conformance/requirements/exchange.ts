// One request and what came of it: the evidence that every verdict rests on. What was sent holds no key, for
// the transport puts it in on the wire; what came back may hold one, and is scrubbed where it is written down.
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonValue } from '../contract/json.ts';

export type Headers = Readonly<Record<string, string>>;

/** What was sent, as it can be shown and sent again. */
export interface SentRequest {
  readonly method: string;
  /** Path below the base URL, with query. */
  readonly path: string;
  readonly headers: Headers;
  /** Body as text, or a description of content that is no text; undefined for none. */
  readonly body?: string;
  /** The JSON value that was sent, where it was JSON. */
  readonly json?: JsonValue;
}

/** JSON that was read from an answer, or why there is none. */
export type ReadJson =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** An answer that arrived. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Headers;
  /** The body as text, at most as long as the cap on bodies. */
  readonly body: string;
  readonly json: ReadJson;
  /** True where the body was longer than the cap. */
  readonly truncated: boolean;
  /** Bytes of the body that arrived. */
  readonly bytes: number;
  /** SHA-256 of the body's bytes for file content, which is compared byte for byte; empty for everything else. */
  readonly sha256: string;
}

export const FAILURE_CAUSES = ['unreachable', 'timeout', 'broken', 'too-large'] as const;

/** No answer, or none that could be read to its end. */
export interface Failure {
  readonly kind: 'failure';
  readonly cause: (typeof FAILURE_CAUSES)[number];
  readonly message: string;
}

export interface Exchange {
  /** Unique in a run: `x` and a number, in the order of sending. */
  readonly id: string;
  readonly operation: OperationId | 'undeclared';
  readonly request: SentRequest;
  readonly outcome: Answer | Failure;
  /** Milliseconds since the start of the run, by a clock that never goes back. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** An exchange that was answered. */
export type Answered = Exchange & { readonly outcome: Answer };

/** True where an answer arrived whole. */
export function isAnswered(exchange: Exchange): exchange is Answered {
  return exchange.outcome.kind === 'answer';
}

/** The status of an answer, or undefined where none arrived. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.outcome.kind === 'answer' ? exchange.outcome.status : undefined;
}

declare const statusClass: unique symbol;
/** An exchange that is known to have been answered 2xx. The mark keeps "not 2xx" from meaning "not answered". */
export type Succeeded = Answered & { readonly [statusClass]: '2xx' };
/** An exchange that is known to have been answered 4xx. */
export type Refused = Answered & { readonly [statusClass]: '4xx' };

/** True for a 2xx answer. */
export function succeeded(exchange: Exchange): exchange is Succeeded {
  return exchange.outcome.kind === 'answer' && exchange.outcome.status >= 200 && exchange.outcome.status < 300;
}

/** True for a 4xx answer. */
export function wasRefused(exchange: Exchange): exchange is Refused {
  return exchange.outcome.kind === 'answer' && exchange.outcome.status >= 400 && exchange.outcome.status < 500;
}

/** The JSON value of an answer, or undefined. */
export function jsonOf(exchange: Exchange): JsonValue | undefined {
  return exchange.outcome.kind === 'answer' && exchange.outcome.json.kind === 'json'
    ? exchange.outcome.json.value
    : undefined;
}

/** The id that a path ends with, as it was meant; one that is not well encoded stands for itself. */
export function idInPath({ request: { path } }: Exchange): string {
  return segmentOf(path, -1);
}

/** The id of the job whose events or checkpoints a path asks for. */
export function jobInPath({ request: { path } }: Exchange): string {
  return segmentOf(path, -2);
}

function segmentOf(path: string, at: number): string {
  const segment = path.split('?')[0]?.split('/').at(at) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What came of an exchange in a few words, for messages. */
export function describeOutcome({ outcome }: Exchange): string {
  return outcome.kind === 'answer' ? `status ${outcome.status}` : `no answer (${outcome.message})`;
}
