// Sending legal bodies in number. What was accepted shows facts; what was refused is shrunk until the fact that is to
// blame stands alone, and a fact that was blamed once explains every later refusal of a body that holds it.
import { type JsonObject, show } from '../contract/json.ts';
import { factsOf } from '../generation/facts.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { shrink } from '../generation/shrink.ts';
import { type Exchange, succeeded } from '../requirements/exchange.ts';
import { environmentReason } from '../requirements/refusals.ts';
import { bindingsFor, createJob } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeFacts } from './cases.ts';

/** Bodies that may be sent to find out what is refused about one. */
const SHRINK_TRIES = 60;
/** Refused bodies that are shrunk where no known fact explains them; more of the same would only cost. */
const MAX_SHRUNK = 25;

/** Sends a legal body; names what is refused about it. Returns false where it was refused. */
export async function sendLegalBody(session: Session, template: JsonObject, site: string): Promise<boolean> {
  const exchange = await sendTemplate(session, template);
  if (exchange === undefined) return false;
  if (succeeded(exchange)) {
    observeFacts(session, template, exchange);
    observeValid(session, template, exchange, site);
    return true;
  }
  const { blamed } = sharedBy(session);
  const isExplained = factsOf(template).some((fact) => blamed.has(fact.site));
  if (environmentReason(exchange) !== undefined) observeValid(session, template, exchange, site);
  else if (!isExplained) await blame(session, template, exchange, site);
  return false;
}

async function sendTemplate(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const bindings = await bindingsFor(session, methodOf(template));
  return bindings === undefined ? undefined : createJob(session, bind(template, bindings));
}

function observeValid(session: Session, template: JsonObject, exchange: Exchange, site: string): void {
  const description = `the body ${show(template, 200)}`;
  session.observe({ kind: 'acceptance', requirement: 'create.valid.accepted', site, description, exchange });
}

async function blame(session: Session, template: JsonObject, refused: Exchange, site: string): Promise<void> {
  const shared = sharedBy(session);
  shared.shrunk += 1;
  if (shared.shrunk > MAX_SHRUNK) {
    observeValid(session, template, refused, site);
    return;
  }
  let last = refused;
  const smallest = await shrink(
    template,
    async (candidate) => {
      const exchange = await sendTemplate(session, candidate);
      if (exchange === undefined || environmentReason(exchange) !== undefined) return false;
      if (succeeded(exchange)) {
        observeFacts(session, candidate, exchange);
        return false;
      }
      last = exchange;
      return true;
    },
    SHRINK_TRIES,
  );
  observeValid(session, smallest, last, site);
  // What is refused here and accepted nowhere is to blame. Where each fact alone is accepted, their meeting is.
  for (const fact of factsOf(smallest)) {
    if (shared.acceptedFacts.has(fact.site) || shared.blamed.has(fact.site)) continue;
    shared.blamed.add(fact.site);
    session.observe({ kind: 'acceptance', ...fact, exchange: last });
  }
}
