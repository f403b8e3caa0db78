// A scenario: what is sent, and in which order. It decides nothing; it states facts and the registry judges them.
import type { Session } from '../run/session.ts';

export interface Scenario {
  /** Short name, in progress and in the log. */
  readonly id: string;
  readonly title: string;
  /** Ids of rows, or globs over them, that this scenario is there to exercise; `--only` sends nothing that serves none. */
  readonly serves: readonly string[];
  readonly run: (session: Session) => Promise<void>;
}

/** True where an id matches one of the globs; `*` stands for any characters. */
export function matchesAny(id: string, globs: readonly string[]): boolean {
  return globs.some((glob) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(id));
}
