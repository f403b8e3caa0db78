// A failure as it is reported: the payload, the answer, the line that sends it again. Everything here was said by a
// target or sent to it, and every length is bounded.
import { isObject, type JsonValue } from '../contract/json.ts';
import type { Exchange } from '../requirements/exchange.ts';
import { CUT_BODY, curlLine, type KeyVariables, shellWord } from './curl.ts';
import type { FileLine } from './log.ts';
import type { Failure, ReportedRequest, ReportedResponse } from './report.ts';
import type { FailureTally } from './tally.ts';
import type { Waiver } from './waivers.ts';

const LONGEST_HEADER = 1_000;
const MOST_HEADERS = 60;
/** Evidence is cut before it is logged; this holds for logs that somebody else wrote. */
const LONGEST_BODY = 20_000;

/** What stands around all failures of a report. */
export interface FailureContext {
  readonly baseUrl: string;
  readonly variables: KeyVariables;
  /** Files that the run uploaded and has deleted since. */
  readonly files: readonly FileLine[];
  /** Where conformance.json lies, as a replay names it. */
  readonly reportDir: string;
  /** Words of a command line that name the target. */
  readonly targetWords: readonly string[];
}

export const NO_REQUEST: ReportedRequest = { method: '', path: '', headers: {}, body: null };
export const NO_RESPONSE: ReportedResponse = {
  status: 0,
  headers: {},
  body: '',
  truncated: false,
  error: 'nothing was asked',
};

/** One group of failures with the exchange that stands for it. */
export function reportedFailure(
  tally: FailureTally,
  exchange: Exchange,
  waiver: Waiver | undefined,
  context: FailureContext,
): Failure {
  const request = reportedRequest(exchange);
  return {
    fingerprint: tally.fingerprint,
    message: tally.verdict.text ?? '',
    count: tally.count,
    site: tally.verdict.site ?? null,
    at: tally.verdict.at ?? null,
    ...(tally.verdict.faultAt === undefined ? {} : { faultAt: tally.verdict.faultAt }),
    payload: payloadOf(request),
    request,
    response: reportedResponse(exchange),
    curl: curlLine(context.baseUrl, request, context.variables, context.files),
    replay: replayLine(context, tally.fingerprint),
    exchange: exchange.id,
    ...(tally.flaky === undefined ? {} : { flaky: tally.flaky }),
    ...(tally.verdict.sequence === undefined ? {} : { sequence: tally.verdict.sequence }),
    ...(waiver === undefined
      ? {}
      : { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
  };
}

/** The command that sends a failing request again and judges it. */
export function replayLine(
  { reportDir, targetWords }: Pick<FailureContext, 'reportDir' | 'targetWords'>,
  fingerprint: string,
): string {
  const target = targetWords.map((word) => ` ${shellWord(word)}`).join('');
  const file = shellWord(`${reportDir.replace(/\/$/, '')}/conformance.json`);
  return `npm run conformance --${target} --replay ${file}#${fingerprint}`;
}

function reportedRequest({ request }: Exchange): ReportedRequest {
  return {
    method: request.method,
    path: request.path,
    headers: boundedHeaders(request.headers),
    body: request.body === undefined ? null : bounded(request.body),
  };
}

function reportedResponse({ outcome }: Exchange): ReportedResponse {
  if (outcome.kind === 'failure')
    return { status: 0, headers: {}, body: '', truncated: false, error: bounded(outcome.message) };
  const { status, headers, body, truncated } = outcome;
  return {
    status,
    headers: boundedHeaders(headers),
    body: bounded(body),
    truncated: truncated || body.length > LONGEST_BODY || CUT_BODY.test(body),
  };
}

function boundedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).slice(0, MOST_HEADERS);
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, LONGEST_HEADER)]));
}

function bounded(text: string): string {
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}…` : text;
}

function payloadOf({ body }: ReportedRequest): JsonValue {
  if (body === null) return null;
  try {
    const value: unknown = JSON.parse(body);
    // A body that is a lone word or number is told apart from text by staying text.
    return isObject(value) || Array.isArray(value) ? (value as JsonValue) : body;
  } catch {
    return body;
  }
}
