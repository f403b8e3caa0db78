// What scenarios leave for each other: the job that is to succeed, the bases that were proven, what was made by the way.
import type { Answered, Exchange, Succeeded } from '../requirements/exchange.ts';
import type { JsonObject } from '../contract/json.ts';
import { rememberBy } from '../contract/remember.ts';
import type { Session } from './session.ts';

export interface Shared {
  /** A random word of this run that does not follow from the seed. */
  readonly nonce: string;
  /** The job that is left alone, and the promise of its end. */
  success: { readonly id: string; readonly end: Promise<JsonObject | undefined> } | undefined;
  /** Milliseconds that the successful job took, once known. */
  lifeMs: number | undefined;
  /** A job that was cancelled at once and never ran. */
  cancelled: string | undefined;
  /** Accepted creates by the name of their clean base. */
  readonly bases: Map<string, Succeeded>;
  /** Creates that were refused. */
  readonly refused: Exchange[];
  /** Models that the target listed before the run made any. */
  modelsBefore: ReadonlySet<string>;
  /** Sites of facts that stood in an accepted body. */
  readonly acceptedFacts: Set<string>;
  /** Sites of facts that are to blame for a refusal. */
  readonly blamed: Set<string>;
  /** Places of facts that are to blame, each with what the refusals said. */
  readonly refusedPlaces: Set<string>;
  /** What could be done to a job: that it was answered 2xx once. */
  readonly controls: Set<'pause' | 'resume'>;
  /** The checkpoints of the job that succeeded, as they were first read. */
  checkpoints: Answered | undefined;
  /** What legal bases were refused with, by the name of the base. */
  readonly refusedBases: Map<string, Exchange>;
  /** How many bodies with a fault were accepted, by the kind of constraint that they break. */
  readonly acceptedFaults: Map<string, number>;
  /** Members that were refused together, and in which words: what holds them is explained by that. */
  readonly meetings: { readonly members: readonly string[]; readonly reason: string }[];
  /** Where a row was first refused in which words. */
  readonly refusedRows: Map<string, string>;
  /** Past counterexamples that were refused, though legal, and wait to be looked into. */
  readonly pastRefused: { readonly template: JsonObject; readonly exchange: Exchange }[];
  /** Refused legal bodies that were shrunk so far. */
  shrunk: number;
  /** What goes on in the background and has to end before the run does. */
  readonly background: Promise<unknown>[];
  /** The job that succeeded, once it has. */
  succeeded: JsonObject | undefined;
  /** Jobs that carry metadata of this run, by id. */
  readonly tagged: { readonly id: string; readonly metadata: Readonly<Record<string, string>> }[];
}

/** The shelf of a session. */
export const sharedBy = rememberBy((session: Session): Shared => {
  return {
    nonce: session.config.runId.replace(/[^a-z0-9]/g, '').slice(-8),
    success: undefined,
    lifeMs: undefined,
    cancelled: undefined,
    bases: new Map(),
    refused: [],
    modelsBefore: new Set(),
    acceptedFacts: new Set(),
    blamed: new Set(),
    refusedPlaces: new Set(),
    controls: new Set(),
    checkpoints: undefined,
    refusedBases: new Map(),
    acceptedFaults: new Map(),
    meetings: [],
    refusedRows: new Map(),
    pastRefused: [],
    shrunk: 0,
    background: [],
    succeeded: undefined,
    tagged: [],
  };
});
