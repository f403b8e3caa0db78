// Observations with the outcome that one row of the registry must give them: what breaks the row, what keeps it, what it
// must not speak of, and what it cannot decide.
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Answered, Exchange } from '../requirements/exchange.ts';
import type { Observation } from '../requirements/observation.ts';
import type { Mode } from '../requirements/requirement.ts';
import { answered } from './exchanges.ts';
import type { Outcome } from './judged.ts';

export interface Specimen {
  readonly row: string;
  /** What is shown, in a few words. */
  readonly shows: string;
  readonly observation: Observation;
  readonly outcome: Outcome;
  readonly mode: Mode;
}

type Make = (row: string, shows: string, observation: Observation, mode?: Mode) => Specimen;

function making(outcome: Outcome): Make {
  return (row, shows, observation, mode = 'compatible') => ({ row, shows, observation, outcome, mode });
}

/** The row is broken. */
export const breaks = making('fail');
/** The row is kept. */
export const keeps = making('pass');
/** The row has nothing to say. */
export const ignores = making('quiet');
/** The row cannot be decided by this. */
export const leavesOpen = making('inconclusive');
/** The register lets the deviation pass. */
export const tolerates = making('tolerated');

/** Any exchange, as it is shown to every row. */
export function exchanged(exchange: Exchange, clientFault = false): Observation {
  return { kind: 'exchange', exchange, clientFault };
}

/** A page of a list, answered. */
export function page(data: readonly JsonValue[], hasMore?: boolean, more: JsonObject = {}): Answered {
  return answered({ object: 'list', data, ...(hasMore === undefined ? {} : { has_more: hasMore }), ...more });
}
