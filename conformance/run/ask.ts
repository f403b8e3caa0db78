// Asks for what changes something: a cancel, a deletion. A server that breaks down now and then is found fault with for
// that, in the row that speaks of it, and not in the row of whatever it was asked just then: where a look shows that
// nothing was changed, it is asked again. Where something was, a second time would be refused for what the first did.
import type { Exchange } from '../requirements/exchange.ts';
import type { Session } from './session.ts';

/**
 * The last answer to what was asked.
 * @param isUndone looks whether all is as it was before. What makes something new needs no look: what an earlier try may
 *   have left behind is the run's own all the same, and is looked for at its end.
 */
export async function ask(
  session: Session,
  send: () => Promise<Exchange>,
  isUndone: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<Exchange> {
  for (let attempt = 0; ; attempt += 1) {
    const exchange = await send();
    const wait = session.waitForStray(exchange, attempt);
    if (wait === undefined) return exchange;
    await session.pause(wait);
    if (!(await isUndone())) return exchange;
  }
}
