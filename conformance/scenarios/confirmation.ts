// Looks at each group of failures once more, when everything else was sent: the request that shows it is sent again, so
// that what does not repeat is told as such, with its rate; and what does is made as small as it can be. Both have a budget
// of requests and jobs of their own, and take nothing back: a violation that was seen stays one.
import { validators } from '../contract/active-contract.ts';
import { isObject, type JsonObject, type JsonValue, member, nestsDeeperThan, show } from '../contract/json.ts';
import { onlyViolation } from '../generation/faults.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { removals, shrink, simplifications } from '../generation/shrink.ts';
import { templateOf } from '../generation/templates.ts';
import { askedAgain } from '../client/wire-request.ts';
import { type Exchange, isAnswered, jsonOf, statusOf, succeeded } from '../requirements/exchange.ts';
import type { Observation } from '../requirements/observation.ts';
import { addToCorpus, canBeShared, type Counterexample } from '../run/corpus.ts';
import { mannerOf } from '../run/answers.ts';
import { uploadedFiles } from '../run/files.ts';
import { sharedBy } from '../run/shared.ts';
import type { Finding } from '../run/findings.ts';
import { bindingsFor, sendCreate } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { judgePastRefused } from './past-counterexamples.ts';
import type { Scenario } from './scenario.ts';

/** How often a request is sent again: three times tell a fault that shows every second time from one that stays. */
const REPEATS = 3;
/** Bodies that may be sent to make one group smaller. */
const SHRINK_TRIES = 20;

export const confirmation: Scenario = {
  id: 'confirmation',
  title: 'Send again what failed, and make it smaller',
  serves: ['*'],
  // A conforming target gives no cause to send anything.
  cost: () => ({ requests: 0, jobs: 0, uploads: 0 }),
  run: async (session) => {
    await judgePastRefused(session);
    session.judgeUndecided();
    const allowance = new Allowance(session);
    const findings = session.judging.findings.all();
    const rates = new Map<Finding, Rate>(findings.map((one) => [one, { failed: 1, tried: 1 }]));
    // Each once before any of them twice: a budget that ends early has looked at all.
    for (let round = 0; round < REPEATS; round += 1)
      for (const [finding, rate] of rates) if (allowance.lasts) await repeat(session, finding, rate);
    for (const [finding, rate] of rates) {
      if (rate.failed < rate.tried) session.sink.verdict({ ...finding.verdict, flaky: rate });
      else if (rate.tried > 1 && allowance.lasts) await makeSmaller(session, finding);
    }
    const confirmed = [...rates].filter(([, { failed, tried }]) => tried > 1 && failed === tried);
    await remember(
      session,
      confirmed.map(([finding]) => finding),
    );
  },
};

/** Keeps the smallest body of each confirmed group for the next run. */
async function remember(session: Session, findings: readonly Finding[]): Promise<void> {
  const { corpus, runId } = session.config;
  if (corpus === undefined) return;
  const ofTheRun = [runId, sharedBy(session).nonce, ...uploadedFiles(session)];
  const entries: Counterexample[] = [];
  for (const finding of findings) {
    const payload = await templateIn(session, finding);
    const entry = payload === undefined ? undefined : { requirement: finding.verdict.requirement, payload };
    if (entry !== undefined && canBeShared(entry, ofTheRun)) entries.push(entry);
  }
  const added = addToCorpus(corpus.file, entries);
  if (added > 0) session.notice(`${added} new counterexamples are kept for the next run`);
}

interface Rate {
  failed: number;
  tried: number;
}

/** What confirmation may cost: a small part of what the run may. */
class Allowance {
  readonly #session: Session;
  readonly #requests: number;
  readonly #jobs: number;

  constructor(session: Session) {
    const { isLoopback } = session.config.target;
    this.#session = session;
    this.#requests = session.budget.requests + (isLoopback ? 1_000 : 100);
    this.#jobs = session.budget.jobs + Math.min(isLoopback ? 500 : 10, Math.floor(session.budget.jobsLeft / 2));
  }

  get lasts(): boolean {
    return this.#session.budget.requests < this.#requests && this.#session.budget.jobs < this.#jobs;
  }
}

async function repeat(session: Session, finding: Finding, rate: Rate): Promise<void> {
  const { observation } = finding;
  const exchange = await sendAgain(session, finding);
  if (exchange === undefined || !isAnswered(exchange) || statusOf(exchange) === 429) return;
  if (!isComparable(observation, exchange)) return;
  const again = seenAgain(observation, exchange);
  if (again !== undefined) session.observe(again);
  rate.tried += 1;
  if (finding.seenIn.has(exchange.id)) rate.failed += 1;
}

/** The request of a finding once more; undefined where it cannot be sent a second time, or would ask something else. */
async function sendAgain(session: Session, { verdict, observation }: Finding): Promise<Exchange | undefined> {
  const { operation, request } = verdict.evidence[0];
  const asked = askedAgain(mannerOf(session.config.profile), request);
  if (asked === undefined || !isRepeatable(observation)) return undefined;
  const { path, headers } = asked;
  if (operation === 'createFineTuningJob') {
    const json = jsonIn(request.body);
    if (request.body === undefined || json === undefined) return undefined;
    const clientFault = !isObject(json) || !validators.CreateFineTuningJobRequest(json);
    return sendCreate(session, request.body, { clientFault, headers }, json);
  }
  if (request.method !== 'GET') return undefined;
  return session.send({ operation, method: 'GET', path, headers }, { isAgain: true });
}

/** Single questions; what several exchanges show together, or a list that has grown since, cannot be asked again by one. */
function isRepeatable({ kind, ...observation }: Observation): boolean {
  if ('probe' in observation) return observation.probe.name === 'unknown-id';
  return kind !== 'history' && kind !== 'walk' && kind !== 'filter';
}

/** What is shown to the judge beside the exchange itself, which the session shows it. */
function seenAgain(observation: Observation, exchange: Exchange): Observation | undefined {
  switch (observation.kind) {
    case 'fault':
    case 'acceptance':
      return { ...observation, exchange };
    case 'probe':
      return observation.probe.name === 'unknown-id'
        ? { ...observation, probe: { ...observation.probe, exchange } }
        : undefined;
    default:
      return undefined;
  }
}

/** A job in another status is another question, and so is a list that has grown. */
function isComparable(observation: Observation, exchange: Exchange): boolean {
  if (observation.kind !== 'object' || exchange.operation === 'createFineTuningJob') return true;
  if (observation.at.startsWith('/data')) return false;
  return member(observation.value, 'status') === member(jsonOf(exchange), 'status');
}

function jsonIn(body: string | undefined): JsonValue | undefined {
  try {
    return body === undefined ? undefined : (JSON.parse(body) as JsonValue);
  } catch {
    return undefined;
  }
}

/** No body that could be made smaller or shared nests deeper; those that are sent to exhaust a parser do, by thousands. */
const DEEPEST = 100;

/** The template of the create that shows a finding, where a create does. */
async function templateIn(session: Session, { verdict }: Finding): Promise<JsonObject | undefined> {
  const { operation, request } = verdict.evidence[0];
  const payload = jsonIn(request.body);
  if (operation !== 'createFineTuningJob' || !isObject(payload) || nestsDeeperThan(DEEPEST, payload)) return undefined;
  const bindings = await bindingsFor(session, methodOf(payload));
  return bindings === undefined ? undefined : templateOf(payload, bindings);
}

async function makeSmaller(session: Session, finding: Finding): Promise<void> {
  const { observation } = finding;
  const template = await templateIn(session, finding);
  if (template === undefined) return;
  const still = async (candidate: JsonObject): Promise<boolean> => stillFails(session, finding, candidate);
  if (observation.kind === 'fault') {
    const broken = JSON.stringify(onlyViolation(template));
    const isAllowed = (body: JsonObject): boolean =>
      onlyViolation(template) !== undefined && JSON.stringify(onlyViolation(body)) === broken;
    await shrink(template, still, { tries: SHRINK_TRIES, steps: (body) => removals(body, isAllowed) });
    return;
  }
  // A fact that was refused has been made small when it was found, and its description speaks of the body that it was in.
  const isOfBody = observation.kind === 'acceptance' && observation.description.startsWith('the body ');
  if ((observation.kind === 'acceptance' && !isOfBody) || !validators.AcceptableCreateRequest(template)) return;
  const bare = await shrink(template, still, { tries: SHRINK_TRIES, steps: (body) => removals(body) });
  await shrink(bare, still, { tries: SHRINK_TRIES, steps: simplifications });
}

/** Sends a smaller body and shows the judge what came of it where that is the same failure. */
async function stillFails(session: Session, { observation, seenIn }: Finding, candidate: JsonObject): Promise<boolean> {
  const bindings = await bindingsFor(session, methodOf(candidate));
  if (bindings === undefined) return false;
  const payload = bind(candidate, bindings);
  const clientFault = observation.kind === 'fault';
  const headers = { 'content-type': 'application/json' };
  const exchange = await sendCreate(session, JSON.stringify(payload), { clientFault, headers }, payload);
  const isRefused = isAnswered(exchange) && !succeeded(exchange);
  // A refusal of the smaller body has no twin beside it, and is no news.
  if (observation.kind === 'fault' && !isRefused) session.observe({ ...observation, exchange, twin: undefined });
  if (observation.kind === 'acceptance' && isRefused)
    session.observe({ ...observation, exchange, description: `the body ${show(payload, 200)}` });
  return seenIn.has(exchange.id);
}
