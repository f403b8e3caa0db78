// How the register of contradictions (openapi/errata.yaml) is shown: for each erratum what a target does, as a run would
// observe it, and what each row makes of it in compatible and in strict mode.
import type { JsonObject } from '../contract/json.ts';
import { cleanBases, PLAIN_BODY } from '../generation/bases.ts';
import { factsOf } from '../generation/facts.ts';
import { siteFaults } from '../generation/faults.ts';
import type { Answered } from '../requirements/exchange.ts';
import type { AcceptanceObserved, Observation } from '../requirements/observation.ts';
import { answered, refused } from './exchanges.ts';
import { aJob } from './objects.ts';

/**
 * What a row says: a MUST that fails; a SHOULD, which fails no target; a MAY, which records what the target does; a
 * notice instead of a failure; a pass.
 */
export type Word = 'fails' | 'fails as SHOULD' | 'is observed' | 'is tolerated' | 'passes';

/** In compatible and in strict mode. */
export type InBothModes = readonly [compatible: Word, strict: Word];

/** Where the contradiction ends: the reading that nobody doubts, and what neither reading allows. */
export type Reading = 'contradicted' | 'beyond doubt';

export interface ShownErratum {
  readonly erratum: string;
  readonly target: string;
  readonly reading: Reading;
  /** The edition that it is judged by; the current one if absent. */
  readonly edition?: string;
  /** Made where it is judged: what a run sends in another edition follows from that edition's contract. */
  readonly observed: () => readonly Observation[] | Promise<readonly Observation[]>;
  /** Every row that has more to say than that it passes, and those that have to pass. */
  readonly verdicts: Readonly<Record<string, InBothModes>>;
}

/** An erratum that no server can show. */
export interface UnseenErratum {
  readonly erratum: string;
  readonly because: string;
}

export const FAILS: InBothModes = ['fails', 'fails'];
export const PASSES: InBothModes = ['passes', 'passes'];
export const TOLERATED: InBothModes = ['is tolerated', 'fails'];
export const FAILS_AS_SHOULD: InBothModes = ['fails as SHOULD', 'fails as SHOULD'];

type Of = (
  erratum: string,
  target: string,
  observed: Observation | readonly Observation[],
  verdicts: ShownErratum['verdicts'],
) => ShownErratum;

function of(reading: Reading): Of {
  return (erratum, target, observed, verdicts) => {
    const all = 'kind' in observed ? [observed] : observed;
    return { erratum, target, reading, observed: () => all, verdicts };
  };
}

/** What the documents contradict each other about: the decision of the register is about this. */
export const contradicted = of('contradicted');
/** What stands beside it and is judged as if there were no erratum. */
export const beyondDoubt = of('beyond doubt');

/** The same in another edition; `observed` is to load what it is made of, for that follows from the edition's contract. */
export function inEdition(edition: string, one: ShownErratum, observed = one.observed): ShownErratum {
  return { ...one, edition, observed };
}

const SERVED = answered(aJob(), { operation: 'createFineTuningJob' });

function create(sent: JsonObject): Pick<Answered['request'], 'method' | 'path'> & { readonly sent: JsonObject } {
  return { method: 'POST', path: '/fine_tuning/jobs', sent };
}

/** The target takes the body in which a run breaks one constraint, and has taken the same without the fault. */
export function takesFault(site: string): Observation {
  const found = cleanBases()
    .flatMap(siteFaults)
    .find(({ fault }) => fault.site === site);
  if (found === undefined) throw new Error(`no run breaks ${site}`);
  const exchange = answered(aJob(), { operation: 'createFineTuningJob', ...create(found.template as JsonObject) });
  return { kind: 'fault', fault: found.fault, exchange, twin: SERVED, standIn: undefined };
}

/** What a run makes of an answer to a legal body: one acceptance for each thing that the plain body does not show. */
function acceptances(members: JsonObject, exchange: Answered): AcceptanceObserved[] {
  const plain = new Set(factsOf(PLAIN_BODY).map(({ site }) => site));
  return factsOf({ ...PLAIN_BODY, ...members })
    .filter(({ site }) => !plain.has(site) && !/ (only|without|an object|filled)\b/.test(site))
    .map((fact) => ({ kind: 'acceptance', ...fact, description: fact.description, exchange, proven: SERVED }));
}

/** The target takes a legal body, or refuses it for one of its members. */
export function takes(members: JsonObject): AcceptanceObserved[] {
  return acceptances(members, answered(aJob(), { operation: 'createFineTuningJob', ...create(members) }));
}

export function refusesBody(members: JsonObject, param: string): AcceptanceObserved[] {
  const told = { operation: 'createFineTuningJob', ...create(members) } as const;
  return acceptances(members, refused(400, { message: `${param} is not allowed`, param }, told));
}
