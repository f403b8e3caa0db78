// The run's own jobs in the list of all jobs. Others make jobs too: a walk is over only where everything is older than
// the run, never merely where a page holds none of its jobs.
import { member, textMember } from '../contract/json.ts';
import { rememberBy } from '../contract/remember.ts';
import { type Answered, type Exchange, succeeded } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { lookAgain } from '../run/patience.ts';
import type { Session } from '../run/session.ts';
import type { Route } from './walk.ts';

export const JOBS: Route = { list: 'jobs', operation: 'listPaginatedFineTuningJobs', path: '/fine_tuning/jobs' };

/** The run's own jobs, newest first. */
export function newestFirst(session: Session): string[] {
  const { histories } = session;
  return histories
    .ids()
    .filter((id) => !histories.isReleased(id))
    .reverse();
}

interface Lag {
  /** Milliseconds after which the list at the latest showed what was waited for. */
  longestMs: number;
  /** How often it was waited for in vain. */
  inVain: number;
}

const lagOf = rememberBy((_session: Session): Lag => ({ longestMs: 0, inVain: 0 }));
/** Waits in vain after which no more patience is had with a list than it has ever been seen to need, twice over. */
const PATIENT_WAITS = 2;
const SHORT_WAIT_MS = 200;

/**
 * Waits until jobs that were made a moment ago stand on the first page of the list, or patience is over: no document says
 * how soon a list shows what was made. A list that hides jobs is not waited for with each of them.
 */
export async function untilListed(session: Session, ids: readonly string[]): Promise<void> {
  const lag = lagOf(session);
  const path = `${JOBS.path}?limit=${WIDE_PAGE}`;
  const look = (): Promise<Exchange> => session.send({ operation: JOBS.operation, method: 'GET', path });
  const isThere = (page: Exchange): boolean => {
    const listed = new Set(succeeded(page) ? itemsOf(page).map((item) => textMember(item, 'id')) : ids);
    return ids.every((id) => listed.has(id));
  };
  const first = await look();
  const firstAt = session.now();
  const mostMs = lag.inVain < PATIENT_WAITS ? Infinity : SHORT_WAIT_MS + 2 * lag.longestMs;
  const { end } = await lookAgain(session, first, look, isThere, mostMs);
  if (end === 'there') lag.longestMs = Math.max(lag.longestMs, session.now() - firstAt);
  if (end === 'waited-out') lag.inVain += 1;
}

/**
 * True for a page that holds only jobs from before the run: older than the run's first, and not its own. Where the list
 * is not in order this ends no walk too early, for every job of the page has to be old.
 */
export function pastTheRun(session: Session): (page: Answered) => boolean {
  const first = session.histories.ids()[0];
  const created = first === undefined ? undefined : session.histories.createdBy(first);
  const since = created?.outcome.json.kind === 'json' ? member(created.outcome.json.value, 'created_at') : undefined;
  return (page) =>
    itemsOf(page).every((item) => {
      const at = member(item, 'created_at');
      return (
        !session.histories.has(textMember(item, 'id') ?? '') &&
        typeof at === 'number' &&
        typeof since === 'number' &&
        at < since
      );
    });
}
