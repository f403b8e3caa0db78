// Shows observations to the whole registry, as a run does, and says what came of one row.
import { operations } from '#generated/current/operations.ts';
import { isArray, isObject, type JsonValue, member } from '../contract/json.ts';
import { component } from '../contract/schema.ts';
import { type Answered, type Exchange, isAnswered, jsonOf, succeeded } from '../requirements/exchange.ts';
import { indexRequirements, judge } from '../requirements/judge.ts';
import type { Observation, Probe } from '../requirements/observation.ts';
import { requirementsOf } from '../requirements/registry.ts';
import type { JudgeContext, Mode } from '../requirements/requirement.ts';
import type { Verdict } from '../requirements/verdict.ts';

const index = indexRequirements(requirementsOf('current'));

export function contextOf(mode: Mode = 'compatible'): JudgeContext {
  return { mode, edition: 'current', successStatuses: [] };
}

/** Every verdict of the registry on some observations. */
export function verdictsOn(observations: readonly Observation[], mode: Mode = 'compatible'): Verdict[] {
  return observations.flatMap((observation) => judge(index, observation, contextOf(mode)));
}

/** The verdicts of one row. */
export function verdictsOf(row: string, observation: Observation, mode: Mode = 'compatible'): Verdict[] {
  return verdictsOn([observation], mode).filter(({ requirement }) => requirement === row);
}

export type Outcome = Verdict['outcome'] | 'quiet';

const WORST_FIRST: readonly Verdict['outcome'][] = ['fail', 'tolerated', 'inconclusive', 'pass'];

/** What one row says of an observation: the worst of its verdicts, or that it says nothing. */
export function outcomeOf(row: string, observation: Observation, mode: Mode = 'compatible'): Outcome {
  const outcomes = verdictsOf(row, observation, mode).map(({ outcome }) => outcome);
  return WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'quiet';
}

/** What one row says of an observation, a line each: outcome, exchanges of evidence, places, words. */
export function toldBy(row: string, observation: Observation, mode: Mode = 'compatible'): string {
  return verdictsOf(row, observation, mode).map(lineOf).join('\n');
}

function lineOf(verdict: Verdict): string {
  const { outcome, site = '', faultAt, evidence } = verdict;
  const places = [site, faultAt === undefined ? '' : `sent ${faultAt}`];
  if (verdict.outcome === 'fail' || verdict.outcome === 'tolerated')
    places.push(verdict.at === undefined ? '' : `answered ${verdict.at}`);
  const told = [outcome, String(evidence.length), ...places.filter((place) => place !== ''), wordsOf(verdict)];
  return told.join(' | ');
}

function wordsOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'pass':
      return verdict.note ?? '';
    case 'inconclusive':
      return verdict.reason;
    case 'tolerated':
      return `${verdict.erratum}: ${verdict.message}`;
    case 'fail':
      return verdict.group === undefined ? verdict.message : `${verdict.message} (${verdict.group})`;
  }
}

/** The message of a row's first failure. */
export function failureOf(row: string, observation: Observation, mode: Mode = 'compatible'): string {
  const found = verdictsOf(row, observation, mode).find(({ outcome }) => outcome === 'fail');
  return found?.outcome === 'fail' ? found.message : '';
}

export function probed(probe: Probe): Observation {
  return { kind: 'probe', probe };
}

/** An object of a component as it stands in an answer. */
export function shown(name: string, value: JsonValue): Observation {
  return { kind: 'object', component: name, value, at: '', exchange: answeredWith(value) };
}

function answeredWith(value: JsonValue): Answered {
  return {
    id: 'x0',
    operation: 'undeclared',
    request: { method: 'GET', path: '/', headers: {} },
    outcome: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
      json: { kind: 'json', value },
      truncated: false,
      bytes: 0,
      sha256: '',
    },
    sentAt: 0,
    receivedAt: 1,
  };
}

/** What a run observes in one exchange: the exchange, every object in it, and the creation (see run/session.ts). */
export function observedIn(exchange: Exchange): Observation[] {
  const observations: Observation[] = [{ kind: 'exchange', exchange, clientFault: false }];
  const value = jsonOf(exchange);
  if (!isAnswered(exchange) || value === undefined || exchange.operation === 'undeclared') return observations;
  const shownAt = (name: string, part: JsonValue, at: string): Observation => ({
    kind: 'object',
    component: name,
    value: part,
    at,
    exchange,
  });
  if (!succeeded(exchange)) {
    const error = member(value, 'error');
    return error === undefined ? observations : [...observations, shownAt('Error', error, '/error')];
  }
  const name = operations[exchange.operation].answers[0]?.component ?? undefined;
  if (name === undefined) return observations;
  const { json: payload } = exchange.request;
  if (exchange.operation === 'createFineTuningJob' && isObject(payload) && isObject(value)) {
    observations.push({ kind: 'creation', payload, job: value, exchange, sameIdAs: undefined });
  }
  const items = component(name).properties?.['data']?.items?.$ref?.split('/').at(-1);
  const data = member(value, 'data');
  const listed =
    items === undefined || !isArray(data) ? [] : data.map((item, at) => shownAt(items, item, `/data/${at}`));
  return [...observations, shownAt(name, value, ''), ...listed];
}

/** The rows that say something other than pass, with their erratum where a deviation was let pass. */
export function complaintsOf(verdicts: readonly Verdict[], outcome: 'fail' | 'tolerated'): string[] {
  const rows = verdicts.flatMap((verdict) => {
    if (verdict.outcome !== outcome) return [];
    return [verdict.outcome === 'tolerated' ? `${verdict.requirement} (${verdict.erratum})` : verdict.requirement];
  });
  return [...new Set(rows)].sort();
}
