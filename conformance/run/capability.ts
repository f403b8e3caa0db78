// When an optional part of the API is absent: every call to it, on objects known to exist, is turned away as if there
// were no such thing (design: "What a verdict is worth", 5).
import { type Exchange, isAnswered } from '../requirements/exchange.ts';

const ABSENT = new Set([401, 403, 404, 405, 501]);

/** True for an answer by which a target says that it does not offer an operation. */
export function isAbsent(exchange: Exchange): boolean {
  return isAnswered(exchange) && ABSENT.has(exchange.outcome.status);
}
