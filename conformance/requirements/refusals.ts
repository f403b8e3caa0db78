// When a refusal is a refusal for the right reason, when it tells of the target's surroundings instead, and when a
// payload was accepted (design: "What a verdict is worth", 2 and 4). Shared by every row that sends something wrong.
import { isObject, type JsonObject, type JsonValue, member, show, textMember, tokensOf } from '../contract/json.ts';
import { describeOutcome, type Exchange, isAnswered, jsonOf, statusOf, succeeded, wasRefused } from './exchange.ts';
import type { AcceptanceObserved, FaultObserved } from './observation.ts';
import { type Finding, inconclusive, PASS } from './requirement.ts';

/** The `error` object of an answer, or undefined. */
export function errorOf(exchange: Exchange): JsonObject | undefined {
  const error = member(jsonOf(exchange), 'error');
  return isObject(error) ? error : undefined;
}

/** error.message or what comes nearest to it, for messages of ours. */
export function refusalText(exchange: Exchange): string {
  const json = jsonOf(exchange);
  const message = textMember(errorOf(exchange), 'message') ?? textMember(json, 'message');
  if (message !== undefined) return show(message);
  return json === undefined ? '' : show(json);
}

const ENVIRONMENT_STATUSES = new Set([401, 402, 403, 429]);
const ENVIRONMENT_CODES = new Set([
  'model_not_available', 'model_not_found', 'training_not_available', 'insufficient_quota', 'exceeded_quota',
  'rate_limit_exceeded', 'billing_hard_limit_reached', 'billing_not_active', 'invalid_api_key',
]); // prettier-ignore
const ENVIRONMENT_PARAMS = /(^|[.\]])(model|training_file|validation_file)$/;
const ENVIRONMENT_MESSAGE =
  /\b(model|deployment)\b.*\b(not (available|found|supported|exist)|does not exist|unsupported|unknown|invalid)|invalid (training|validation)_file|\b(quota|billing|payment|organi[sz]ation|account|winding down|still being processed)\b/i;

/**
 * Why an answer says nothing about the payload: no answer, a status of the surroundings, or a refusal that names the
 * model, the file or the account. Undefined where the payload itself was judged.
 */
export function environmentReason(exchange: Exchange): string | undefined {
  if (!isAnswered(exchange)) return describeOutcome(exchange);
  const status = exchange.outcome.status;
  const error = errorOf(exchange);
  const text = refusalText(exchange);
  const told = `status ${status}${text === '' ? '' : `: ${text}`}`;
  if (ENVIRONMENT_STATUSES.has(status) || status >= 500) return told;
  const code = textMember(error, 'code');
  if (code !== undefined && ENVIRONMENT_CODES.has(code)) return told;
  const param = textMember(error, 'param');
  if (param !== undefined) return ENVIRONMENT_PARAMS.test(param) ? told : undefined;
  return ENVIRONMENT_MESSAGE.test(text) ? told : undefined;
}

/** Judges a payload that must be accepted. */
export function judgeAcceptance({ exchange, description }: AcceptanceObserved): readonly Finding[] {
  if (succeeded(exchange)) return PASS;
  const environment = environmentReason(exchange);
  if (environment !== undefined) return inconclusive(`${description} was not judged: ${environment}`);
  return [
    {
      outcome: 'fail',
      message: `${description} is legal and was answered ${describeOutcome(exchange)}: ${refusalText(exchange)}`,
    },
  ];
}

/** Judges a payload that must be refused: 4xx, and for the right reason. */
export function judgeRefusal(observation: FaultObserved): readonly Finding[] {
  const { exchange, fault, twin } = observation;
  if (!isAnswered(exchange)) return inconclusive(`${fault.description}: ${describeOutcome(exchange)}`);
  const { status } = exchange.outcome;
  if (succeeded(exchange))
    return [{ outcome: 'fail', message: `${fault.description}: accepted with status ${status}, 4xx expected` }];
  if (status >= 500 || status < 400) {
    return [{ outcome: 'fail', message: `${fault.description}: answered ${status}, 4xx expected` }];
  }
  if (status === 429 || status === 401 || status === 402 || status === 403) {
    return inconclusive(`${fault.description}: ${environmentReason(exchange) ?? ''}`);
  }
  if (twin !== undefined) return [{ outcome: 'pass', note: 'the same payload without the fault was accepted' }];
  if (observation.standIn !== undefined && isAbout(exchange, fault.at)) {
    return [
      {
        outcome: 'pass',
        note: 'the error is about the fault, and another fault was blamed on another member',
        evidence: [exchange, observation.standIn.accepted, observation.standIn.other],
      },
    ];
  }
  return inconclusive(`${fault.description}: refused, but the same payload without the fault was not accepted either`);
}

/** True where a refused create's error is about the member at a pointer, or about the body as a whole. */
export function isAbout(exchange: Exchange, pointer: string): boolean {
  const param = textMember(errorOf(exchange), 'param');
  if (param !== undefined && param !== '') return namesMember(param, pointer);
  return mentionsMember(refusalText(exchange), pointer);
}

/** True where `param` is the path of a pointer, its tail, or an ancestor; list positions and spellings aside. */
export function namesMember(param: string, pointer: string): boolean {
  const path = withoutPositions(tokensOf(pointer));
  const named = withoutPositions(param.split(/[.[\]/$#]+/).filter((token) => token !== '' && token !== 'body'));
  if (path.length === 0) return true;
  if (named.length === 0) return false;
  const isAncestor = named.length <= path.length && named.every((token, index) => token === path[index]);
  // Some servers leave out a level, as in method.hyperparameters.n_epochs: the end must still be the member.
  const isTail = named.at(-1) === path.at(-1) && isSubsequence(named, path);
  return isAncestor || isTail;
}

function withoutPositions(tokens: readonly string[]): string[] {
  return tokens.filter((token) => !/^\d+$/.test(token));
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let position = 0;
  for (const token of whole) if (token === part[position]) position += 1;
  return position === part.length;
}

/** True where a message holds the member's name as a quoted or dotted word. */
function mentionsMember(message: string, pointer: string): boolean {
  const path = withoutPositions(tokensOf(pointer));
  const last = path.at(-1);
  if (last === undefined) return true;
  const name = last.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(['"\`.]|\\\\")${name}(['"\`.]|\\\\"|\\b)`).test(message) || message.includes(path.join('.'));
}

/** The member that a refusal names, or undefined. */
export function namedMember(exchange: Exchange): string | undefined {
  const param = textMember(errorOf(exchange), 'param');
  return wasRefused(exchange) && param !== undefined && param !== '' ? param : undefined;
}

/** The status of a job object, or undefined. */
export function jobStatus(job: JsonValue | undefined): string | undefined {
  return textMember(job, 'status');
}

/** True for the statuses that end a job. */
export function isFinished(status: string | undefined): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/** Describes an answer for a message: status, and what the target said. */
export function told(exchange: Exchange): string {
  const text = (statusOf(exchange) ?? 0) >= 400 ? refusalText(exchange) : '';
  return text === '' ? describeOutcome(exchange) : `${describeOutcome(exchange)}: ${text}`;
}
