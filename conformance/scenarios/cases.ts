// Sending cases of the create operation: a legal body shows which facts a target accepts, a body with one fault stands
// beside its accepted twin.
import { isObject, type JsonObject, type JsonValue, show } from '../contract/json.ts';
import { type Fact, factsOf } from '../generation/facts.ts';
import { bind, type Bindings, methodOf } from '../generation/pools.ts';
import { normalised } from '../reporting/fingerprint.ts';
import { type Answered, type Exchange, isAnswered, statusOf, succeeded } from '../requirements/exchange.ts';
import type { AcceptanceObserved, Fault } from '../requirements/observation.ts';
import { isAbout, namedMember, namesMember, refusalText } from '../requirements/refusals.ts';
import { bindingsFor, createJob, provenCreate } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';

/** A body that must be accepted, and the row that asks for it. */
export interface LegalCase {
  readonly requirement: string;
  /** Where the body comes from: a base's name, a document's line, a number of a random body. */
  readonly site: string;
  readonly template: JsonObject;
}

/** True for two refusals in the same words. */
export function isSameRefusal(one: Exchange, other: Exchange): boolean {
  return statusOf(one) === statusOf(other) && normalised(refusalText(one)) === normalised(refusalText(other));
}

/**
 * Sends a body that must be accepted. An acceptance is one for every fact that the body holds.
 * @param told a refusal that was judged before: the same one is not judged again, for it has the same reason.
 */
export async function sendLegal(
  session: Session,
  { requirement, site, template }: LegalCase,
  told?: Exchange,
): Promise<Exchange | undefined> {
  const bindings = await bindingsFor(session, methodOf(template));
  if (bindings === undefined) return undefined;
  const payload = bind(template, bindings);
  const exchange = await createJob(session, payload);
  if (told !== undefined && !succeeded(exchange) && isSameRefusal(exchange, told)) {
    sharedBy(session).refused.push(exchange);
    return exchange;
  }
  const description = `the body ${show(payload, 200)}`;
  session.observe({
    kind: 'acceptance',
    requirement,
    site: succeeded(exchange) ? site : firstSiteOf(session, { requirement, site, exchange }),
    description,
    exchange,
    proven: provenCreate(session, payload),
  });
  if (succeeded(exchange)) observeFacts(session, template, exchange);
  else sharedBy(session).refused.push(exchange);
  return exchange;
}

/** A row that is refused in the same words for a base and then for a document's body has one finding, that of the base. */
function firstSiteOf(
  session: Session,
  { requirement, site, exchange }: { requirement: string; site: string; exchange: Exchange },
): string {
  const { refusedRows } = sharedBy(session);
  const key = `${requirement} ${statusOf(exchange) ?? 0} ${normalised(refusalText(exchange))}`;
  if (!refusedRows.has(key)) refusedRows.set(key, site);
  return site.startsWith('documented ') ? (refusedRows.get(key) ?? site) : site;
}

/** The acceptance of a fact, which is put into words only where it is told. */
class FactAccepted implements AcceptanceObserved {
  readonly kind = 'acceptance';
  readonly requirement: string;
  readonly site: string;
  readonly exchange: Exchange;
  readonly #fact: Fact;

  constructor(fact: Fact, exchange: Exchange) {
    this.requirement = fact.requirement;
    this.site = fact.site;
    this.exchange = exchange;
    this.#fact = fact;
  }

  get description(): string {
    return this.#fact.description;
  }
}

/** Each fact of an accepted body is one acceptance. */
export function observeFacts(session: Session, template: JsonObject, exchange: Exchange): void {
  const { acceptedFacts } = sharedBy(session);
  for (const fact of factsOf(template)) {
    acceptedFacts.add(fact.site);
    session.observe(new FactAccepted(fact, exchange));
  }
}

/** A body with one fault, bound to the files and models of the run. */
export interface FaultyCase {
  readonly fault: Fault;
  readonly payload: JsonValue;
  /** The create of the same body without the fault, where it was accepted. */
  readonly twin: Exchange | undefined;
}

/** Sends a body that must be refused. */
export async function sendFaulty(session: Session, { fault, payload, twin }: FaultyCase): Promise<Exchange> {
  const exchange = await createJob(session, payload, { clientFault: true });
  observeFault(session, fault, exchange, twin);
  return exchange;
}

/** Shows the judge a refusal, with its twin or with what may stand in for it. */
export function observeFault(session: Session, fault: Fault, exchange: Exchange, twin: Exchange | undefined): void {
  const { refused } = sharedBy(session);
  const accepted = twin !== undefined && succeeded(twin) ? twin : undefined;
  const standIn = accepted === undefined ? standInFor(session, fault) : undefined;
  session.observe({ kind: 'fault', fault, exchange, twin: accepted, standIn });
  if (!succeeded(exchange)) refused.push(exchange);
}

/** Without an accepted twin: some accepted create, and a refusal that blamed another member for another fault. */
function standInFor(session: Session, fault: Fault): { accepted: Answered; other: Answered } | undefined {
  const { acceptedCreate } = session;
  if (acceptedCreate === undefined) return undefined;
  const other = sharedBy(session).refused.find((exchange) => {
    const named = namedMember(exchange);
    return named !== undefined && !namesMember(named, fault.at) && !isAbout(exchange, fault.at);
  });
  return other !== undefined && isAnswered(other) ? { accepted: acceptedCreate, other } : undefined;
}

/** What a template's placeholders stand for, and the bound body; undefined where the run has no files for it. */
export async function bound(
  session: Session,
  template: JsonValue,
): Promise<{ bindings: Bindings; payload: JsonValue } | undefined> {
  const bindings = await bindingsFor(session, isObject(template) ? methodOf(template) : 'supervised');
  return bindings === undefined ? undefined : { bindings, payload: bind(template, bindings) };
}
