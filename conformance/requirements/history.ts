// Reading a job's history. Exchanges overlap: one sighting is known to come after another only if its request was sent
// when the other's answer had already arrived. Everything else would accuse a target of what our own haste made.
import { canonicalJson, type JsonObject } from '../contract/json.ts';
import type { Control, HistoryObserved, Sighting } from './observation.ts';
import { jobStatus } from './refusals.ts';

/** True where `later` was asked for after `earlier` had been answered. */
export function isAfter(later: Sighting | Control, earlier: Sighting | Control): boolean {
  return later.exchange.sentAt >= earlier.exchange.receivedAt;
}

/** True where a control was asked for before a sighting was answered, so that the sighting may show its effect. */
export function mayShow(sighting: Sighting, control: Control): boolean {
  return control.exchange.sentAt <= sighting.exchange.receivedAt;
}

/** True for a sighting in the list of jobs. */
export function isListed(sighting: Sighting): boolean {
  return sighting.operation === 'listPaginatedFineTuningJobs';
}

/** True where `later` shows how the job stood after `earlier`: no document says that a list is as fresh as a job itself. */
function showsAfter(later: Sighting, earlier: Sighting, listLagMs: number): boolean {
  return later.exchange.sentAt - (isListed(later) ? listLagMs : 0) >= earlier.exchange.receivedAt;
}

/**
 * The first pair, in order of time, for which `breaks` says so; only pairs whose order is certain.
 * @param listLagMs milliseconds by which a list may lag behind.
 */
export function firstPair(
  sightings: readonly Sighting[],
  breaks: (earlier: JsonObject, later: JsonObject) => boolean,
  listLagMs = 0,
): readonly [Sighting, Sighting] | undefined {
  for (const [index, later] of sightings.entries()) {
    for (const earlier of sightings.slice(0, index)) {
      if (showsAfter(later, earlier, listLagMs) && breaks(earlier.job, later.job)) return [earlier, later];
    }
  }
  return undefined;
}

/** How many pairs of sightings are in certain order and satisfy `applies`, up to the first. */
export function hasPair(sightings: readonly Sighting[], applies: (earlier: JsonObject) => boolean): boolean {
  return sightings.some((later, index) =>
    sightings.slice(0, index).some((earlier) => applies(earlier.job) && isAfter(later, earlier)),
  );
}

/** True where somebody asked for the control. */
export function wasAsked(history: HistoryObserved, control: Control['control']): boolean {
  return history.controls.some((one) => one.control === control);
}

/** The last sighting in which the job has a status, or undefined. */
export function lastStatus(history: HistoryObserved): string | undefined {
  return jobStatus(history.sightings.at(-1)?.job);
}

/** The first sighting in which the job has the given status. */
export function sightingIn(history: HistoryObserved, status: string): Sighting | undefined {
  return history.sightings.find(({ job }) => jobStatus(job) === status);
}

/**
 * Sightings without those that show the same job as the one before and the one after: the first and the last of each
 * run of equal answers keep all that the order of time can tell.
 */
export function condense(sightings: readonly Sighting[]): Sighting[] {
  if (sightings.length < 3) return [...sightings];
  const texts = sightings.map(({ job }) => canonicalJson(job));
  return sightings.filter((_, index) => texts[index] !== texts[index - 1] || texts[index] !== texts[index + 1]);
}
