// Asks for a job by its id, and looks again where it is not there. No document says how soon a job that was made is there
// for who asks, so that a 404 behind a create proves nothing; a job that stays away for as long as anybody would wait does.
import { rememberBy } from '../contract/remember.ts';
import type { Exchange } from '../requirements/exchange.ts';
import { isMissing, told } from '../requirements/refusals.ts';
import { lookAgain } from './patience.ts';
import type { Session } from './session.ts';

interface Experience {
  /** True once a job stayed away: a target that loses its jobs is not waited for again with each of them. */
  hasLost: boolean;
  /** True once it was told that a job came late. */
  hasTold: boolean;
}

const experienceOf = rememberBy((_session: Session): Experience => ({ hasLost: false, hasTold: false }));

export async function retrieveJob(session: Session, id: string, { cleanUp = false } = {}): Promise<Exchange> {
  const { http, unread, exchangeOf } = cleanUp ? session.tidyApi : session.api;
  const path = { fine_tuning_job_id: id };
  return exchangeOf(await http.GET('/fine_tuning/jobs/{fine_tuning_job_id}', { params: { path }, ...unread }));
}

/** Retrieves a job of the run; where it is not found, again and again until it is or patience is over. */
export async function findJob(session: Session, id: string): Promise<Exchange> {
  const first = await retrieveJob(session, id);
  const experience = experienceOf(session);
  if (!isMissing(first) || experience.hasLost) return first;
  const { last, end } = await lookAgain(
    session,
    first,
    () => retrieveJob(session, id),
    (look) => !isMissing(look),
  );
  if (end === 'there' && !experience.hasTold) {
    tellLate(session, first, last);
    experience.hasTold = true;
  }
  if (end === 'waited-out') {
    session.histories.lost(id);
    experience.hasLost = true;
  }
  return last;
}

function tellLate(session: Session, first: Exchange, look: Exchange): void {
  const late = Math.round(look.receivedAt - first.receivedAt);
  session.observed('a job that was made, retrieved at once', `${told(first)}; ${told(look)} after ${late} ms`);
}
