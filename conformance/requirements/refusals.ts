// When a refusal is a refusal for the right reason, when it tells of the target's surroundings instead, and when a
// payload was accepted (design: "What a verdict is worth", 2 and 4). Shared by every row that sends something wrong.
import { isObject, type JsonObject, type JsonValue, member, show, textMember, tokensOf } from '../contract/json.ts';
import { CREATE_REQUEST, placesBelow } from '../contract/request-sites.ts';
import { component } from '../contract/schema.ts';
import { describeOutcome, type Exchange, isAnswered, jsonOf, type Refused, statusOf, succeeded, wasRefused } from './exchange.ts'; // prettier-ignore
import type { AcceptanceObserved, FaultObserved } from './observation.ts';
import { type Finding, inconclusive, PASS } from './requirement.ts';

/** The `error` object of an answer, or undefined. */
export function errorOf(exchange: Exchange): JsonObject | undefined {
  const error = member(jsonOf(exchange), 'error');
  return isObject(error) ? error : undefined;
}

/** What the contract calls the member of an error that names the place at fault. */
const PLACE = 'param' in (component('Error').properties ?? {}) ? 'param' : 'target';

/** The place that an error names, where it does. */
function placeOf(error: JsonObject | undefined): string | undefined {
  return textMember(error, PLACE);
}

/** What is read of a message. Whoever writes more has not written it to be read. */
const LONGEST_MESSAGE = 2_000;

/** error.message, where there is one. */
function messageOf(exchange: Exchange): string | undefined {
  const message = textMember(errorOf(exchange), 'message') ?? textMember(jsonOf(exchange), 'message');
  return message?.slice(0, LONGEST_MESSAGE);
}

/** error.message or what comes nearest to it, for messages of ours. */
export function refusalText(exchange: Exchange): string {
  const json = jsonOf(exchange);
  const message = messageOf(exchange);
  if (message !== undefined) return show(message);
  return json === undefined ? '' : show(json);
}

/**
 * Statuses that speak of the caller or of the moment, not of what was asked. 408: the request did not arrive in time
 * (RFC 9110, 15.5.9), so that nobody has read it.
 */
export const ENVIRONMENT_STATUSES = new Set([401, 402, 403, 408, 429]);
/** Codes of a 429 that no waiting mends. */
const SPENT_CODES = new Set([
  'insufficient_quota',
  'exceeded_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
]);
const ACCOUNT_CODES = new Set([...SPENT_CODES, 'training_not_available', 'rate_limit_exceeded', 'invalid_api_key']);

/** True for a refusal that speaks of a quota or an account: the same request is answered the same in a minute. */
export function isSpent(exchange: Exchange): boolean {
  return SPENT_CODES.has(textMember(errorOf(exchange), 'code') ?? textMember(errorOf(exchange), 'type') ?? '');
}

const ENVIRONMENT_CODES = new Set([...ACCOUNT_CODES, 'model_not_available', 'model_not_found']);
const ENVIRONMENT_PARAMS = /(^|[.\]])(model|training_file|validation_file)$/;
const ENVIRONMENT_MESSAGE =
  /\b(model|deployment)\b.*\b(not (available|found|supported|exist)|does not exist|unsupported|unknown|invalid)|invalid (training|validation)_file|\b(quota|billing|payment|organi[sz]ation|account|winding down|still being processed)\b/i;

/**
 * Why an answer says nothing about the payload: no answer, a status of the surroundings, or a refusal that names the
 * model, the file or the account. Undefined where the payload itself was judged.
 * @param proven an accepted create of the same model and files: what is wrong with them cannot be the reason then.
 */
export function environmentReason(exchange: Exchange, proven?: Exchange): string | undefined {
  if (!isAnswered(exchange)) return describeOutcome(exchange);
  const status = exchange.outcome.status;
  const error = errorOf(exchange);
  const text = refusalText(exchange);
  const told = `status ${status}${text === '' ? '' : `: ${text}`}`;
  if (ENVIRONMENT_STATUSES.has(status) || status >= 500) return told;
  const code = textMember(error, 'code');
  if (code !== undefined && (proven === undefined ? ENVIRONMENT_CODES : ACCOUNT_CODES).has(code)) return told;
  if (isUnconnected(exchange, `${placeOf(error) ?? ''} ${messageOf(exchange) ?? text}`)) return told;
  if (proven !== undefined) return undefined;
  const param = placeOf(error);
  if (param !== undefined) return ENVIRONMENT_PARAMS.test(param) && !isUnsent(exchange, param) ? told : undefined;
  return ENVIRONMENT_MESSAGE.test(messageOf(exchange) ?? text) ? told : undefined;
}

/** What an account has not been connected with is no fault of who reports to it; a job without it shows nothing of that. */
function isUnconnected({ request: { json } }: Exchange, told: string): boolean {
  return (
    isObject(json) &&
    Object.hasOwn(json, 'integrations') &&
    /integration|wandb|weights/i.test(told) &&
    /\b(api key|credentials?|organi[sz]ation|account)\b|\bnot (been )?(enabled|configured|connected|set up)\b/i.test(
      told,
    )
  );
}

/** A file that was not sent is no part of the surroundings: who asks for a validation file asks for too much. */
function isUnsent({ request: { json } }: Exchange, param: string): boolean {
  return isObject(json) && param.endsWith('validation_file') && !Object.hasOwn(json, 'validation_file');
}

/**
 * True for a question about one object that is answered 4xx, as if there were no such object. What speaks of the caller,
 * or of the server itself, says nothing of it.
 */
export function isMissing(exchange: Exchange): exchange is Refused {
  return wasRefused(exchange) && !ENVIRONMENT_STATUSES.has(exchange.outcome.status);
}

/** An open question where no answer came, or one to a request that nobody has read; undefined where the answer can be judged. */
export function unjudged(exchange: Exchange): readonly Finding[] | undefined {
  const status = statusOf(exchange);
  return status === undefined || status === 408 || status === 429 ? inconclusive(told(exchange)) : undefined;
}

/** What is said of an exchange that should have been answered 2xx and was not. */
export function notServed(exchange: Exchange, what: string): readonly Finding[] {
  const message = `${what} is answered ${told(exchange)}`;
  return unjudged(exchange) ?? [{ outcome: 'fail', message, evidence: [exchange] }];
}

/** Judges a payload that must be accepted. */
export function judgeAcceptance({ exchange, description, proven, free }: AcceptanceObserved): readonly Finding[] {
  if (succeeded(exchange)) return PASS;
  if (free !== undefined) {
    if (!wasRefused(exchange) || !isAnswered(exchange) || !isAbout(exchange, '/training_file'))
      return inconclusive(`${description} was sent without a training file and is answered ${told(exchange)}`);
    const note = 'refused for its training file alone, which does not exist; faults beside such a file are named';
    return [{ outcome: 'pass', note, evidence: [exchange, ...free.slice(0, 2)] }];
  }
  const environment = environmentReason(exchange, proven);
  if (environment !== undefined) return inconclusive(`${description} was not judged: ${environment}`);
  return [
    {
      outcome: 'fail',
      message: `${description}: legal, and answered ${describeOutcome(exchange)}: ${refusalText(exchange)}`,
      // Bodies of one site differ, and how much of them is shown; what is said of them makes the finding.
      group: `legal, and answered ${describeOutcome(exchange)}: ${refusalText(exchange)}`,
    },
  ];
}

/** Judges a payload that must be refused: 4xx, and for the right reason. */
export function judgeRefusal(observation: FaultObserved): readonly Finding[] {
  const { exchange, fault, twin } = observation;
  if (!isAnswered(exchange)) return inconclusive(`${fault.description}: ${describeOutcome(exchange)}`);
  const { status } = exchange.outcome;
  if (succeeded(exchange))
    return [
      {
        outcome: 'fail',
        message: `${fault.description}: accepted with status ${status}, 4xx expected`,
        group: 'accepted, 4xx expected',
      },
    ];
  if (status >= 500 || status < 400) {
    return [
      {
        outcome: 'fail',
        message: `${fault.description}: answered ${status}, 4xx expected`,
        group: `answered ${Math.floor(status / 100)}xx, 4xx expected`,
      },
    ];
  }
  if (ENVIRONMENT_STATUSES.has(status)) {
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
  const param = placeOf(errorOf(exchange));
  if (param !== undefined && param !== '') return namesMember(param, pointer);
  return mentionsMember(messageOf(exchange) ?? '', pointer);
}

/** True where `param` is the path of a pointer, its tail, an ancestor, or a part of it; positions and spellings aside. */
export function namesMember(param: string, pointer: string): boolean {
  const path = withoutPositions(tokensOf(pointer));
  const named = withoutPositions(param.split(/[.[\]/$#]+/).filter((token) => token !== '' && token !== 'body'));
  if (path.length === 0) return true;
  if (named.length === 0) return false;
  const isAncestor = named.length <= path.length && named.every((token, index) => token === path[index]);
  // Some servers leave out a level, as in method.hyperparameters.n_epochs: the end must still be the member.
  const isTail = named.at(-1) === path.at(-1) && isSubsequence(named, path);
  // {} in place of a union may be blamed on the member that would have told the branches apart.
  const isPart = named.length > path.length && path.every((token, index) => token === named[index]);
  return isAncestor || isTail || isPart;
}

function withoutPositions(tokens: readonly string[]): string[] {
  return tokens.filter((token) => !/^\d+$/.test(token));
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let position = 0;
  for (const token of whole) if (token === part[position]) position += 1;
  return position === part.length;
}

/** True where a message holds the member's path, as a quoted or dotted word, and the name of no unrelated member. */
function mentionsMember(message: string, pointer: string): boolean {
  if (tokensOf(pointer).length === 0) return true;
  const words = [...message.matchAll(/(["'`])(.+?)\1|\b\w+(?:\.\w+|\[\d+\])+/g)].map(
    ([whole, , quoted]) => quoted ?? whole,
  );
  const names = words.map((word) => ({ word, isIt: namesMember(word, pointer) }));
  return names.some(({ isIt }) => isIt) && !names.some(({ word, isIt }) => !isIt && isMemberName(word));
}

/** True for what can only be the name of a member: "dpo" may as well be the word that a member should have held. */
function isMemberName(word: string): boolean {
  return word.split(/[.[\]]+/).some((token) => memberNames.has(token) && !memberWords.has(token));
}

const places = placesBelow(CREATE_REQUEST);
const memberNames = new Set(
  places.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'member' ? [step.name] : []))),
);
/** Every word that a member may hold by the contract. */
const memberWords = new Set<unknown>(places.flatMap(({ located }) => located.schema.enum ?? []));

/** The member that a refusal names, or undefined. */
export function namedMember(exchange: Exchange): string | undefined {
  const param = placeOf(errorOf(exchange));
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
