// Sending legal bodies in number. What was accepted shows facts; what was refused is shrunk until the fact that is to
// blame stands alone, and a fact that was blamed once explains every later refusal of a body that holds it.
import pLimit from 'p-limit';
import { at, type JsonObject, sameJson, show } from '../contract/json.ts';
import { type Fact, factsAt, factsOf } from '../generation/facts.ts';
import { shownBy } from '../generation/packing.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { rememberBy } from '../contract/remember.ts';
import { plainNeighbours, rarePlaces, removals, shrink, simplifications } from '../generation/shrink.ts';
import { normalised } from '../reporting/fingerprint.ts';
import { type Exchange, statusOf, succeeded } from '../requirements/exchange.ts';
import { environmentReason, refusalText } from '../requirements/refusals.ts';
import { bindingsFor, createJob, provenCreate } from '../run/jobs.ts';
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
  return exchange !== undefined && judgeLegalBody(session, template, exchange, site);
}

/** What {@link sendLegalBody} makes of the answer. */
export async function judgeLegalBody(
  session: Session,
  template: JsonObject,
  exchange: Exchange,
  site: string,
): Promise<boolean> {
  if (succeeded(exchange)) {
    observeFacts(session, template, exchange);
    observeValid(session, template, exchange, site);
    return true;
  }
  if (environmentReason(exchange, provenFor(session, exchange)) !== undefined)
    observeValid(session, template, exchange, site);
  else await oneAtATime(session)(() => blame(session, template, exchange, site));
  return false;
}

/** Refusals are looked into one after another, so that what one shows need not be found out again for the next. */
const oneAtATime = rememberBy((_session: Session) => pLimit(1));

export async function sendTemplate(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const bindings = await bindingsFor(session, methodOf(template));
  return bindings === undefined ? undefined : createJob(session, bind(template, bindings));
}

export function observeValid(session: Session, template: JsonObject, exchange: Exchange, site: string): void {
  session.observe({
    kind: 'acceptance',
    requirement: 'create.valid.accepted',
    site,
    exchange,
    // Looked for and put into words only where the body was refused.
    get description() {
      return `the body ${show(template, 200)}`;
    },
    get proven() {
      return provenFor(session, exchange);
    },
  });
}

/** An accepted create of the same model and files as that of an exchange. */
function provenFor(session: Session, { request }: Exchange): ReturnType<typeof provenCreate> {
  return provenCreate(session, request.json ?? null);
}

async function blame(session: Session, template: JsonObject, refused: Exchange, site: string): Promise<void> {
  const shared = sharedBy(session);
  const reason = reasonOf(refused);
  const isExplained = ({ site: known }: Fact): boolean =>
    shared.blamed.has(known) ||
    (shared.acceptedFacts.has(known) && shared.refusedPlaces.has(`${placeOf(known)} ${reason}`));
  if (factsOf(template).some(isExplained)) return;
  const known = shared.meetings.find(
    (meeting) => meeting.reason === reason && meeting.members.every((name) => Object.hasOwn(template, name)),
  );
  if (known !== undefined) {
    observeValid(session, template, refused, siteOfMeeting(known.members));
    return;
  }
  shared.shrunk += 1;
  if (shared.shrunk > MAX_SHRUNK) {
    observeValid(session, template, refused, site);
    return;
  }
  const taken: JsonObject[] = [];
  let last = refused;
  const fails = async (candidate: JsonObject): Promise<boolean> => {
    const exchange = await sendTemplate(session, candidate);
    if (exchange === undefined || environmentReason(exchange, provenFor(session, exchange)) !== undefined) return false;
    if (succeeded(exchange)) {
      observeFacts(session, candidate, exchange);
      taken.push(candidate);
      return false;
    }
    last = exchange;
    return true;
  };
  // First what is not needed goes, with every value as it was: the values that are left are the ones in question.
  const bare = await shrink(template, fails, { tries: SHRINK_TRIES, steps: removals });
  const plain = await shrink(bare, fails, { tries: SHRINK_TRIES, steps: plainNeighbours });
  const facts = factsToBlame(plain, taken, shared.acceptedFacts);
  const smallest = await shrink(plain, fails, { tries: SHRINK_TRIES, steps: simplifications });
  if (facts.length === 0) {
    const { model: _model, training_file: _file, ...others } = smallest;
    const members = Object.keys(others).toSorted();
    // A body that shrinks to nothing was refused once and is not refused again: it explains no other.
    if (members.length > 0) shared.meetings.push({ members, reason: reasonOf(last) });
    observeValid(session, smallest, last, siteOfMeeting(members));
  }
  const rows = new Set<string>();
  for (const fact of facts) {
    shared.blamed.add(fact.site);
    // Another value of a known kind at the same place, refused in the same words, is no other finding.
    if (isOfValue(fact)) shared.refusedPlaces.add(`${placeOf(fact.site)} ${reasonOf(last)}`);
    // One refusal is one finding of a row, whatever else new stood in the body: the outermost fact is named.
    if (rows.has(fact.requirement)) continue;
    rows.add(fact.requirement);
    const { requirement, site: place } = fact;
    const shown = factsOf(smallest);
    const { description } =
      shown.find((one) => one.site === place) ?? shown.find((one) => isOfSamePlace(one, fact)) ?? fact;
    const proven = provenFor(session, last);
    session.observe({ kind: 'acceptance', requirement, site: place, description, exchange: last, proven });
  }
}

/** What is told of a fact is told of the body that shows it: a shorter text, once simplified, is of another kind. */
function isOfSamePlace(one: Fact, other: Fact): boolean {
  return one.requirement === other.requirement && placeOf(one.site) === placeOf(other.site);
}

/** The schema pointer in the site of a fact. */
function placeOf(site: string): string {
  return site.slice(0, site.indexOf(' '));
}

/** Members that are refused together: the same refusal is the same finding, wherever they met. */
function siteOfMeeting(members: readonly string[]): string {
  return `with ${members.join(' and ') || 'nothing else'}`;
}

/** What a refusal says, without what differs from one to the next. */
function reasonOf(exchange: Exchange): string {
  return `${statusOf(exchange) ?? 0} ${normalised(refusalText(exchange))}`;
}

/**
 * What is refused about a body from which nothing more can be left out, and in which nothing more can be made plain: facts
 * that no accepted body holds; where there are none, the values of the one member that made the difference. Where several
 * members did, their meeting is to blame.
 * @param taken what was accepted while the body was made plain.
 * @param everAccepted sites of facts that any accepted body holds.
 */
function factsToBlame(
  plain: JsonObject,
  taken: readonly JsonObject[],
  everAccepted: ReadonlySet<string>,
): readonly Fact[] {
  const all = factsOf(plain);
  const facts = all.filter(isOfValue);
  const never = facts.filter(({ site }) => !everAccepted.has(site));
  if (never.length > 0) return never;
  // Nothing that is there is new: then one thing that is not there may be what no accepted body lacked, or everything
  // beside one thing that is, or everything that need not be there.
  for (const lack of [/ without /, / only /, / bare$/]) {
    const lacking = all.filter(({ site }) => lack.test(site) && !everAccepted.has(site));
    if (lacking.length === 1) return lacking;
  }
  // A value of a kind that is known was taken in no other company; or none of the bodies that were taken has the member.
  const isTaken = (place: string): boolean => taken.some((body) => sameJson(at(body, place), at(plain, place)));
  const rare = rarePlaces(plain).flatMap((place) => (isTaken(place) ? [] : factsAt(plain, place).filter(isOfValue)));
  const filled = new Set([...shownBy(taken)].map(placeOf));
  for (const suspects of [rare, facts.filter(({ site }) => !filled.has(placeOf(site)))])
    if (new Set(suspects.map(({ requirement }) => requirement)).size === 1) return suspects;
  return [];
}

/** True for a fact of what is there, and not of what is not. */
function isOfValue({ site }: Fact): boolean {
  return !/ (only|without|bare|an object|filled)\b/.test(site);
}
