// One run against one target: sends, records, shows everything to the judge, and keeps what scenarios need from each
// other. Scenarios decide what is sent; nothing here or there decides what an answer is worth.
import pLimit from 'p-limit';
import { operations } from '../contract/active-contract.ts';
import { isObject, type JsonObject, type JsonValue, member, textMember } from '../contract/json.ts';
import { component } from '../contract/schema.ts';
import { Budget, BudgetExhausted } from '../client/budget.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER, type Secrets } from '../client/secrets.ts';
import { openTransport, type Transport, type WireRequest } from '../client/transport.ts';
import { typedClient, type TypedClient } from '../client/typed-client.ts';
import {
  type Answered,
  describeOutcome,
  type Exchange,
  isAnswered,
  jsonOf,
  statusOf,
  succeeded,
} from '../requirements/exchange.ts';
import { indexRequirements, judge, type JudgeIndex } from '../requirements/judge.ts';
import type { Observation } from '../requirements/observation.ts';
import type { Capability, JudgeContext, Requirement } from '../requirements/requirement.ts';
import { claimOf, type RunConfig } from './config.ts';
import { RecentDigests } from './recent-digests.ts';
import { Histories } from './histories.ts';
import { Ledger } from './ledger.ts';
import type { Sink } from './sink.ts';

/** How a request is treated beside being sent. */
export interface SendOptions {
  /** The request is wrong in itself: a 5xx would be the target's failure. */
  readonly clientFault?: boolean;
  /** Clean-up does not count against the budget: it gives back what was spent. */
  readonly cleanUp?: boolean;
  /** False for creates and uploads, which are never sent again after silence. */
  readonly repeatable?: boolean;
}

/** What became known about a capability. */
export interface CapabilityState {
  readonly found: 'offered' | 'absent' | 'unknown';
  readonly reason: string;
}

const MAX_429 = 5;
const LONGEST_WAIT_MS = 60_000;
const MAX_REPEATS = 2;
/** Requests in a row without an answer after which a target is given up. */
const MAX_SILENT = 20;

export class Session {
  readonly config: RunConfig;
  readonly sink: Sink;
  readonly budget: Budget;
  readonly ledger: Ledger;
  readonly histories = new Histories();
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
  /** True where a create had no answer: a job may exist that nobody told of. */
  unansweredCreates = 0;
  readonly #capabilities = new Map<Capability, CapabilityState>();
  readonly hasKey: boolean;
  readonly hasAdminKey: boolean;
  /** True where the key has letters, so that another case of it is another key. */
  readonly canRecaseKey: boolean;
  readonly #rows: ReadonlySet<string>;
  readonly #index: JudgeIndex;
  readonly #context: JudgeContext;
  readonly #transport: Transport;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #createLimit: ReturnType<typeof pLimit>;
  readonly #judged = new RecentDigests();
  readonly #started = performance.now();
  readonly #failed = new Map<string, number>();
  /** Requests in a row that were not answered. */
  #silent = 0;

  constructor(
    config: RunConfig,
    rows: readonly Requirement[],
    secrets: Secrets,
    sink: Sink,
    ledgerFolder: string | undefined,
  ) {
    this.config = config;
    this.models = config.models;
    this.hasKey = secrets.has(KEY_PLACEHOLDER);
    this.hasAdminKey = secrets.has(ADMIN_KEY_PLACEHOLDER);
    this.canRecaseKey = secrets.has(RECASED_KEY_PLACEHOLDER);
    this.#rows = new Set(rows.map(({ id }) => id));
    this.sink = sink;
    this.budget = new Budget({ requests: config.maxRequests, jobs: config.maxJobs, seconds: config.maxSeconds }, () =>
      this.now(),
    );
    this.ledger = new Ledger(ledgerFolder, config.runId, config.target.baseUrl, config.startedAt);
    this.#index = indexRequirements(rows);
    this.#context = { mode: config.mode, edition: config.edition, successStatuses: config.profile.successStatuses };
    const { header, scheme } = config.profile.auth;
    this.#transport = openTransport({
      baseUrl: new URL(config.target.baseUrl),
      query: new URLSearchParams(config.profile.query).toString(),
      auth: { header, prefix: scheme === '' ? '' : `${scheme} ` },
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
  async send(request: WireRequest, options: SendOptions = {}): Promise<Exchange> {
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
      this.record(exchange, options.clientFault ?? false);
      this.#listen(exchange);
      const wait = this.#waitBeforeRepeat(exchange, attempt, repeatable);
      if (wait === undefined || this.budget.isHalted) return exchange;
      this.counts.retries += 1;
      await new Promise((resolve) => setTimeout(resolve, wait));
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
    if (outcome.kind === 'answer' && outcome.status === 429 && attempt < MAX_429) {
      return Math.min((retryAfter(exchange) ?? 2 ** attempt) * 1000, LONGEST_WAIT_MS);
    }
    const passing =
      outcome.kind === 'failure' ? outcome.cause !== 'unreachable' || attempt === 0 : outcome.status >= 500;
    return repeatable && passing && attempt < MAX_REPEATS ? 100 * 4 ** attempt : undefined;
  }

  /** Shows an exchange, and every object in it, to the judge. */
  record(exchange: Exchange, clientFault: boolean): void {
    this.observe({ kind: 'exchange', exchange, clientFault });
    if (!isAnswered(exchange)) return;
    if (
      succeeded(exchange) &&
      (exchange.operation === 'createFineTuningJob' || exchange.operation === 'listPaginatedFineTuningJobs')
    )
      this.answered = true;
    for (const found of objectsIn(exchange)) {
      if (found.component === 'FineTuningJob' && isObject(found.value))
        this.#sawJob(found.value, exchange, clientFault);
      // The same object in the same words was judged already.
      if (this.#judged.holds(found.component + JSON.stringify(found.value))) continue;
      this.observe({ kind: 'object', ...found, exchange });
    }
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

  /** Has an observation judged and its verdicts written. */
  observe(observation: Observation): void {
    for (const verdict of judge(this.#index, observation, this.#context)) {
      if (verdict.outcome === 'fail')
        this.#failed.set(verdict.requirement, (this.#failed.get(verdict.requirement) ?? 0) + 1);
      this.sink.verdict(verdict);
    }
  }

  /** How many rows have failed so far. */
  get failedRows(): number {
    return this.#failed.size;
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

  /** Shows what was seen of each job to the judge; once, at the end. */
  judgeHistories(): void {
    for (const history of this.histories.observed()) this.observe(history);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}

/** The seconds that an answer asks to wait, or undefined. */
function retryAfter(exchange: Exchange): number | undefined {
  const asked = isAnswered(exchange) ? Number(exchange.outcome.headers['retry-after']) : Number.NaN;
  return Number.isFinite(asked) && asked > 0 ? asked : undefined;
}

interface FoundObject {
  readonly component: string;
  readonly value: JsonValue;
  readonly at: string;
}

/** Every object of a known component that an answer holds. */
function objectsIn(exchange: Answered): FoundObject[] {
  const value = jsonOf(exchange);
  if (value === undefined || exchange.operation === 'undeclared') return [];
  if (exchange.outcome.status >= 400) {
    const error = member(value, 'error');
    return error === undefined ? [] : [{ component: 'Error', value: error, at: '/error' }];
  }
  if (!succeeded(exchange)) return [];
  const name = operations[exchange.operation]?.answers[0]?.component;
  if (name === undefined || name === null) return [];
  const items = itemComponent(name);
  const data = items === undefined ? undefined : member(value, 'data');
  const listed = Array.isArray(data)
    ? (data as readonly JsonValue[]).map((item, index) => ({
        component: items ?? '',
        value: item,
        at: `/data/${index}`,
      }))
    : [];
  return [{ component: name, value, at: '' }, ...listed];
}

/** The component of the items of a page, or undefined for what is no page. */
function itemComponent(name: string): string | undefined {
  return component(name).properties?.['data']?.items?.$ref?.split('/').at(-1);
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
