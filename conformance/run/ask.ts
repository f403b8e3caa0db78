// Asks for what changes something: a cancel, a deletion. A server that breaks down now and then is found fault with for
// that, in the row that speaks of it, and not in the row of whatever it was asked just then: where a look shows that
// nothing was changed, it is asked again. Where something was, a second time would be refused for what the first did.
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import type { Session } from './session.ts';

/** The last answer to what was asked. @param isUndone looks whether all is as it was before. */
export async function ask(
  session: Session,
  send: () => Promise<Exchange>,
  isUndone: () => Promise<boolean>,
): Promise<Exchange> {
  for (let attempt = 0; ; attempt += 1) {
    const exchange = await send();
    const wait = session.waitForStray(exchange, attempt);
    if (wait === undefined) return exchange;
    await session.pause(wait);
    if (!(await isUndone())) return exchange;
  }
}

/**
 * Asks for something new, each time written down before it is sent, and what came of it afterwards. It needs no look: what
 * an earlier try may have left behind is the run's own all the same, and is looked for at its end.
 * @param isWrong the request is wrong in itself: the session sends it again where that is called for.
 */
export async function make(
  session: Session,
  what: 'file' | 'job',
  send: () => Promise<Exchange>,
  isWrong: boolean,
): Promise<{ readonly entry: number; readonly exchange: Exchange }> {
  let entry = 0;
  const written = async (): Promise<Exchange> => {
    entry = session.ledger.intend(what);
    const answer = await send();
    if (isAnswered(answer) && !succeeded(answer)) session.ledger.refused(entry);
    return answer;
  };
  const exchange = await (isWrong ? written() : ask(session, written, () => Promise.resolve(true)));
  return { entry, exchange };
}
