// What speaks for an edition and what against it. Each piece of evidence is one thing that a target did which the contracts
// of some editions lead to expect and those of others do not; the edition with the least against it fits best. Where two
// have equally little, both are named; where there is no evidence, none is.
import type { Edition } from '#generated/current/rules.ts';
import { EDITIONS } from '../requirements/requirement.ts';
import type { Distinction } from './editions-apart.ts';

export interface Evidence {
  /** The distinction that it rests on. */
  readonly key: string;
  /** What was seen, in a few words. */
  readonly seen: string;
  /** The call that showed it, and its status: "POST /fine_tuning/jobs 200". */
  readonly shownBy: string;
  /** Editions by whose contract this was to be expected; it speaks against all others. */
  readonly fits: readonly Edition[];
}

/** What could not be learned, and why. */
export interface Unlearned {
  readonly key: string;
  readonly reason: string;
}

export interface Standing {
  readonly edition: Edition;
  readonly for: number;
  readonly against: number;
}

export interface Fit {
  readonly standings: readonly Standing[];
  /** The editions with the least against them; empty where nothing was learned. */
  readonly best: readonly Edition[];
}

/** Evidence, or nothing where what was seen is what all editions, or none, lead to expect. */
export function evidence(key: string, seen: string, shownBy: string, fits: readonly Edition[]): Evidence[] {
  return fits.length === 0 || fits.length === EDITIONS.length ? [] : [{ key, seen, shownBy, fits }];
}

/** The editions that have a distinction's point. */
export function editionsWith({ says }: Distinction): readonly Edition[] {
  return EDITIONS.filter((edition) => says[edition] !== undefined);
}

/** All other editions. */
export function others(editions: readonly Edition[]): readonly Edition[] {
  return EDITIONS.filter((edition) => !editions.includes(edition));
}

/** Weighs the evidence. */
export function fitOf(found: readonly Evidence[]): Fit {
  const standings = EDITIONS.map((edition): Standing => {
    const supporting = found.filter(({ fits }) => fits.includes(edition)).length;
    return { edition, for: supporting, against: found.length - supporting };
  });
  const least = Math.min(...standings.map(({ against }) => against));
  const best = found.length === 0 ? [] : standings.filter(({ against }) => against === least);
  return { standings, best: best.map(({ edition }) => edition) };
}
