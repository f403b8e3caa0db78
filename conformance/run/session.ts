// One run against one target: sends, records, shows everything to the judge, and keeps what scenarios need from each
// other. Scenarios decide what is sent; nothing here or there decides what an answer is worth.
import pLimit from 'p-limit';
import { isObject, type JsonObject, textMember } from '../contract/json.ts';
import { Budget, BudgetExhausted } from '../client/budget.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER, type Secrets } from '../client/secrets.ts';
import { openTransport, type Transport } from '../client/transport.ts';
import type { WireRequest } from '../client/wire-request.ts';
import { typedClient, type TypedClient } from '../client/typed-client.ts';
import {
  type Answered,
  describeOutcome,
  type Exchange,
  idInPath,
  isAnswered,
  jobInPath,
  jsonOf,
  statusOf,
  succeeded,
} from '../requirements/exchange.ts';
import type { Observation } from '../requirements/observation.ts';
import { isMissing, isSpent } from '../requirements/refusals.ts';
import type { Capability, Requirement } from '../requirements/requirement.ts';
import { type FoundObject, mannerOf, objectsIn, retryAfter } from './answers.ts';
import { capabilityOfOperation, isAbsent, Undecided } from './capability.ts';
import { claimOf, type RunConfig } from './config.ts';
import { RecentDigests } from './recent-digests.ts';
import { EventOwners } from './event-owners.ts';
import { Histories } from './histories.ts';
import { patienceWith } from './patience.ts';
import { Judging } from './judging.ts';
import { Ledger } from './ledger.ts';
import { checkOwnRequest } from './own-request.ts';
import type { Sink } from './sink.ts';

/** How a request is treated beside being sent. */
export interface SendOptions {
  /** The request is wrong in itself: a 5xx would be the target's failure. */
  readonly clientFault?: boolean;
  /** Clean-up does not count against the budget: it gives back what was spent. */
  readonly cleanUp?: boolean;
  /** False for creates and uploads, which are never sent again after silence. */
  readonly repeatable?: boolean;
  /** It was sent before: what it shows is judged also where it is the same to the letter. */
  readonly isAgain?: boolean;
}

/** What became known about a capability. */
export interface CapabilityState {
  readonly found: 'offered' | 'absent' | 'unknown';
  readonly reason: string;
}

const MAX_429 = 5;
const LONGEST_WAIT_MS = 60_000;
const MAX_REPEATS = 2;
const FIRST_WAIT_MS = 100;
/** How often the same is asked again where it is answered 5xx: one in twenty, three times more, is one in 160,000. */
const MAX_STRAY_REPEATS = 3;
/** What was answered 5xx each time: after so much of it no such answer is taken for a stray. */
const MAX_STRAYS_IN_VAIN = 3;
/** How long a stop may have to wait for somebody who waits. */
const LONGEST_NAP_MS = 200;
/** Requests in a row without an answer after which a target is given up. */
const MAX_SILENT = 20;

export class Session {
  readonly config: RunConfig;
  readonly sink: Sink;
  readonly judging: Judging;
  readonly budget: Budget;
  readonly ledger: Ledger;
  readonly histories: Histories;
  readonly api: TypedClient;
  /** The same for clean-up, which spends no budget. */
  readonly tidyApi: TypedClient;
  /** The same for requests that are wrong in themselves. */
  readonly faultyApi: TypedClient;
  readonly counts = { retries: 0, jobsCancelled: 0, filesUploaded: 0, filesDeleted: 0 };
  /** Whether the target tells one request from another; false until shown. */
  discrimination: { readonly shown: boolean; readonly reason: string } = {
    shown: false,
    reason: 'no two jobs were made and read back',
  };
  /** True once a create or a list of jobs was answered 2xx. */
  answered = false;
  /** Why nobody was reached at the address, where nobody was. */
  unreachable: string | undefined;
  /** A 2xx create that stands for "this target accepts creates". */
  acceptedCreate: Answered | undefined;
  /** The models that jobs are made with: the caller's, or what was found among the target's own. */
  models: RunConfig['models'];
  /** True where the budget of requests is smaller than the plan: then nobody looks more often than needed. */
  isSparing = false;
  /** True where a create had no answer: a job may exist that nobody told of. */
  unansweredCreates = 0;
  readonly #capabilities = new Map<Capability, CapabilityState>();
  readonly hasKey: boolean;
  readonly hasAdminKey: boolean;
  /** True where the key has letters, so that another case of it is another key. */
  readonly canRecaseKey: boolean;
  readonly #rows: ReadonlySet<string>;
  readonly #transport: Transport;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #createLimit: ReturnType<typeof pLimit>;
  readonly #judged = new RecentDigests();
  readonly #eventOwners = new EventOwners();
  readonly #undecided = new Undecided();
  readonly #started = performance.now();
  /** True where an answer named an object that is not the run's: what it made goes by another id. */
  isMisled = false;
  /** Requests in a row that were not answered. */
  #silent = 0;
  #straysInVain = 0;
  readonly #sending = new Set<Promise<Exchange>>();

  constructor(
    config: RunConfig,
    rows: readonly Requirement[],
    secrets: Secrets,
    sink: Sink,
    ledgerFolder: string | undefined,
  ) {
    this.config = config;
    this.models = config.models;
    this.histories = new Histories(patienceWith(config.target).lastsMs);
    this.hasKey = secrets.has(KEY_PLACEHOLDER);
    this.hasAdminKey = secrets.has(ADMIN_KEY_PLACEHOLDER);
    this.canRecaseKey = secrets.has(RECASED_KEY_PLACEHOLDER);
    this.#rows = new Set(rows.map(({ id }) => id));
    this.sink = sink;
    this.budget = new Budget({ requests: config.maxRequests, jobs: config.maxJobs, seconds: config.maxSeconds }, () =>
      this.now(),
    );
    this.ledger = new Ledger(
      ledgerFolder,
      { runId: config.runId, baseUrl: config.target.baseUrl, at: config.startedAt },
      (text) => secrets.scrub(text),
    );
    const { successStatuses } = config.profile;
    // A check that throws is ours to mend: its row is not judged in this run, and every other row is.
    const onFault = (requirement: string, error: unknown): void => this.fault(requirement, error);
    this.judging = new Judging(rows, { mode: config.mode, edition: config.edition, successStatuses }, sink, onFault);
    this.#transport = openTransport({
      baseUrl: new URL(config.target.baseUrl),
      ...mannerOf(config.profile),
      secrets,
      limits: config.limits,
      connections: config.concurrency,
      clock: () => this.now(),
    });
    this.#limit = pLimit(config.concurrency);
    this.#createLimit = pLimit(config.createConcurrency);
    this.api = typedClient((request) => this.send(request));
    this.tidyApi = typedClient((request) => this.send(request, { cleanUp: true }));
    this.faultyApi = typedClient((request) => this.send(request, { clientFault: true }));
  }

  /** Milliseconds since the start of the run. */
  now(): number {
    return performance.now() - this.#started;
  }

  /** Sends one request and has its answer judged. @throws BudgetExhausted */
  send(request: WireRequest, options: SendOptions = {}): Promise<Exchange> {
    const sending = this.#send(request, options);
    this.#sending.add(sending);
    const forget = (): boolean => this.#sending.delete(sending);
    sending.then(forget, forget);
    return sending;
  }

  /** Settles once nothing is being sent any longer, and who waited for it had its turn. */
  async settled(): Promise<void> {
    while (this.#sending.size > 0) {
      await Promise.allSettled(this.#sending);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Waits, but no longer than the run may go on. */
  async pause(ms: number): Promise<void> {
    for (const until = this.now() + ms; this.now() < until && !this.budget.isHalted;) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_NAP_MS, until - this.now())));
    }
  }

  async #send(request: WireRequest, options: SendOptions): Promise<Exchange> {
    if (options.clientFault !== true) checkOwnRequest(request);
    const isCreate = request.operation === 'createFineTuningJob';
    const repeatable = options.repeatable ?? (request.method === 'GET' && !isCreate);
    const limit = isCreate ? this.#createLimit : this.#limit;
    for (let attempt = 0; ; attempt += 1) {
      const exchange = await limit(() => {
        this.budget.spendRequest(options.cleanUp);
        // Set aside at the very send: what waits in line costs nothing yet.
        if (isCreate) this.budget.reserveJob();
        return this.#transport.send(request);
      });
      if (isCreate && isAnswered(exchange)) this.budget.settleJob(succeeded(exchange));
      if (isCreate && !isAnswered(exchange)) this.unansweredCreates += 1;
      const wait =
        this.#waitBeforeRepeat(exchange, attempt, repeatable) ??
        (options.clientFault === true ? this.waitForStray(exchange, attempt) : undefined);
      // Who asks to be asked later has not looked at what is wrong with the request.
      const clientFault = options.clientFault === true && !(wait !== undefined && isPutOff(exchange));
      this.record(exchange, clientFault, options.isAgain);
      this.#listen(exchange);
      // What a run made is taken away even if that takes patience; everything else ends with the budget.
      const isOver = this.budget.isHalted || this.budget.msLeft <= (wait ?? 0);
      if (wait === undefined || (isOver && options.cleanUp !== true)) return exchange;
      this.counts.retries += 1;
      await (options.cleanUp === true ? new Promise((resolve) => setTimeout(resolve, wait)) : this.pause(wait));
    }
  }

  /** Gives a target up that has stopped answering, or that asks for more patience than a run can have. */
  #listen(exchange: Exchange): void {
    this.#silent = isAnswered(exchange) ? 0 : this.#silent + 1;
    if (this.#silent >= MAX_SILENT) {
      this.budget.stop('silence', `${this.#silent} requests in a row were not answered (${describeOutcome(exchange)})`);
    }
    const asked = statusOf(exchange) === 429 ? retryAfter(exchange) : undefined;
    if (asked !== undefined && asked * 1000 > LONGEST_WAIT_MS) {
      this.budget.stop('asked-to-wait', `the target asks to wait ${asked} s (429), which is longer than a run waits`);
    }
  }

  /** Milliseconds to wait before the same request is sent again, or undefined where it is not. */
  #waitBeforeRepeat(exchange: Exchange, attempt: number, repeatable: boolean): number | undefined {
    const { outcome } = exchange;
    if (isSpent(exchange)) return undefined;
    if ((statusOf(exchange) === 429 || isPutOff(exchange)) && attempt < MAX_429) {
      return Math.min((retryAfter(exchange) ?? 2 ** attempt) * 1000, LONGEST_WAIT_MS);
    }
    const passing =
      outcome.kind === 'failure'
        ? outcome.cause !== 'unreachable' || attempt === 0
        : outcome.status >= 500 || outcome.status === 408;
    return repeatable && passing && attempt < MAX_REPEATS ? FIRST_WAIT_MS * 4 ** attempt : undefined;
  }

  /**
   * Milliseconds to wait before something is asked again that was answered 5xx, or undefined where that is how the target
   * answers. A server that breaks down now and then is found fault with for that, in the row that speaks of it, and not in
   * the row of whatever it happened to be asked.
   * @param attempt how often it was asked before.
   */
  waitForStray(exchange: Exchange, attempt: number): number | undefined {
    const status = statusOf(exchange) ?? 0;
    // 501 says that it is not offered at all.
    if (status < 500 || status === 501) return undefined;
    if (attempt === MAX_STRAY_REPEATS) this.#straysInVain += 1;
    const isTaken = attempt < MAX_STRAY_REPEATS && this.#straysInVain < MAX_STRAYS_IN_VAIN;
    return isTaken ? FIRST_WAIT_MS * 2 ** attempt : undefined;
  }

  /** Shows an exchange, and every object in it, to the judge; where the target may not offer what was asked, later. */
  record(exchange: Exchange, clientFault: boolean, isAgain = false): void {
    const capability = isAbsent(exchange) ? capabilityOfOperation(exchange.operation) : undefined;
    if (capability !== undefined && !this.#isHeldTo(capability))
      this.#undecided.add({ capability, exchange, judge: () => this.#judge(exchange, clientFault, isAgain) });
    else this.#judge(exchange, clientFault, isAgain);
  }

  /** True where a capability is claimed or was found. */
  #isHeldTo(capability: Capability): boolean {
    return claimOf(this.config, capability) === 'claimed' || this.capability(capability).found === 'offered';
  }

  /** Judges what was set aside, now that it is known what the target offers. */
  judgeUndecided(): void {
    this.#undecided.settle((capability) => this.#isHeldTo(capability));
  }

  #judge(exchange: Exchange, clientFault: boolean, isAgain: boolean): void {
    this.observe({ kind: 'exchange', exchange, clientFault });
    if (!isAnswered(exchange)) return;
    if (exchange.operation === 'retrieveFineTuningJob' && isMissing(exchange))
      this.histories.missed(idInPath(exchange), exchange);
    if (
      succeeded(exchange) &&
      (exchange.operation === 'createFineTuningJob' || exchange.operation === 'listPaginatedFineTuningJobs')
    )
      this.answered = true;
    if (exchange.operation === 'listFineTuningEvents' && succeeded(exchange)) this.#sawEvents(exchange);
    for (const found of objectsIn(exchange)) {
      if (this.#isReleased(found)) continue;
      if (found.component === 'FineTuningJob' && isObject(found.value))
        this.#sawJob(found.value, exchange, clientFault);
      // The same object in the same words was judged already.
      const words = found.at === '' ? exchange.outcome.body : JSON.stringify(found.value);
      if (this.#judged.holds(found.component + words) && !isAgain) continue;
      this.observe({ kind: 'object', ...found, exchange });
    }
  }

  /** What is shown of a job that the run has taken the model from, nobody has promised. */
  #isReleased({ component: name, value }: FoundObject): boolean {
    return name === 'FineTuningJob' && this.histories.isReleased(textMember(value, 'id') ?? '');
  }

  #sawJob(job: JsonObject, exchange: Answered, clientFault: boolean): void {
    if (exchange.operation === 'createFineTuningJob' && succeeded(exchange)) {
      // What a target makes of a body that it should have refused is not for the rules of legal bodies to judge.
      const payload = isObject(exchange.request.json) && !clientFault ? exchange.request.json : undefined;
      const sameIdAs = this.histories.created(job, payload, exchange);
      if (!clientFault) this.acceptedCreate ??= exchange;
      if (payload !== undefined) this.observe({ kind: 'creation', payload, job, exchange, sameIdAs });
    }
    this.histories.saw({ job, exchange, operation: exchange.operation });
  }

  /** What is told of an unknown job is judged elsewhere: only the run's own are held against each other. */
  #sawEvents(page: Answered): void {
    const probe = this.histories.has(jobInPath(page)) ? this.#eventOwners.met(page) : undefined;
    if (probe !== undefined) this.observe({ kind: 'probe', probe });
  }

  /** Has an observation judged and its verdicts written. */
  observe(observation: Observation): void {
    this.judging.observe(observation);
  }

  /** How many rows have failed so far. */
  get failedRows(): number {
    return this.judging.failed.size;
  }

  /** Something of the suite itself broke: at the judgement of a row, or in a scenario. */
  fault(where: string, error: unknown): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const row = this.#rows.has(where) ? { requirement: where } : {};
    this.sink.write({ kind: 'fault', text: `${where}: ${what}`, ...row });
  }

  notice(text: string): void {
    this.sink.write({ kind: 'notice', text });
  }

  blocked(text: string): void {
    this.sink.write({ kind: 'blocked', text });
  }

  observed(subject: string, value: string): void {
    this.sink.write({ kind: 'observed', subject, value });
  }

  /** Records that a capability was found, or was not. What was found once stays found. */
  found(capability: Capability, found: 'offered' | 'absent', reason: string): void {
    if (this.#capabilities.get(capability)?.found !== 'offered') this.#capabilities.set(capability, { found, reason });
  }

  capability(capability: Capability): CapabilityState {
    return this.#capabilities.get(capability) ?? { found: 'unknown', reason: 'nothing of this run asked for it' };
  }

  /** True where a row is judged in this run: what serves none is not sent. */
  judges(requirement: string): boolean {
    return this.#rows.has(requirement);
  }

  /** True where the target may be asked for a capability at all. */
  mayUse(capability: Capability): boolean {
    return claimOf(this.config, capability) !== 'excluded' && this.capability(capability).found !== 'absent';
  }

  /** Shows what was seen of jobs to the judge, once for each: of those that are named, or of all that are left. */
  judgeHistories(ids?: readonly string[]): void {
    for (const history of this.histories.unjudged(ids)) this.observe(history);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}

/** True for an answer by which a target says that it is too busy for now, and when to come back (RFC 9110, 15.6.4). */
function isPutOff(exchange: Exchange): boolean {
  if (!isAnswered(exchange) || exchange.outcome.status !== 503) return false;
  return exchange.outcome.headers['retry-after'] !== undefined && (retryAfter(exchange) ?? 0) * 1000 <= LONGEST_WAIT_MS;
}

/** Runs work that a used-up budget may stop; anything else goes on to the caller. */
export async function withinBudget<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BudgetExhausted) return undefined;
    throw error;
  }
}

/** The id of the object that an exchange answered with. */
export function idOf(exchange: Exchange): string | undefined {
  return textMember(jsonOf(exchange), 'id');
}
