// A scenario: what is sent, and in which order. It decides nothing; it states facts and the registry judges them.
import type { Capability } from '../requirements/requirement.ts';
import { matchesAny } from '../requirements/glob.ts';
import type { RunConfig, Tier } from '../run/config.ts';
import type { Session } from '../run/session.ts';

/** What a scenario sends, counted beforehand. Polls cannot be counted; they are left out. */
export interface Cost {
  readonly requests: number;
  /** Jobs that a conforming target makes. */
  readonly jobs: number;
  readonly uploads: number;
}

export interface Scenario {
  /** Short name, in progress and in the log. */
  readonly id: string;
  readonly title: string;
  /** Ids of rows, or globs over them, that this scenario is there to exercise; `--only` sends nothing that serves none. */
  readonly serves: readonly string[];
  /** Tiers in which it runs; all where missing. */
  readonly tiers?: readonly Tier[];
  /** Without this capability it sends nothing. */
  readonly needs?: Capability;
  /** @param judges whether the run judges a row: what serves none is not sent, and not planned. */
  readonly cost: (config: RunConfig, judges: (row: string) => boolean) => Cost;
  readonly run: (session: Session) => Promise<void>;
}

/** True where a run judges a row that the scenario serves. */
export function isWanted(scenario: Pick<Scenario, 'serves'>, rows: readonly string[]): boolean {
  return rows.some((id) => matchesAny(id, scenario.serves));
}
