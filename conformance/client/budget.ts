// What a run may spend: requests, jobs and time. A budget is a hard stop: what would exceed it is not sent.

/** Thrown where a send would exceed the budget. It stops the plan, not the report. */
export class BudgetExhausted extends Error {
  override readonly name = 'BudgetExhausted';
  readonly budget: 'requests' | 'jobs' | 'seconds' | 'stop' | 'silence' | 'asked-to-wait';

  constructor(budget: BudgetExhausted['budget'], limit: number, reason?: string) {
    super(reason ?? (budget === 'stop' ? 'the run was interrupted' : `the budget of ${limit} ${budget} is used up`));
    this.budget = budget;
  }
}

export interface BudgetLimits {
  readonly requests: number;
  readonly jobs: number;
  /** Seconds from the start of the run. */
  readonly seconds: number;
}

/** Counts what was spent. */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #clock: () => number;
  #requests = 0;
  #jobs = 0;
  /** Jobs that creates in flight may make, or that creates without an answer may have made. */
  #reserved = 0;
  #stopped: BudgetExhausted | undefined;
  #halted: BudgetExhausted | undefined;

  /** @param clock milliseconds since the start of the run. */
  constructor(limits: BudgetLimits, clock: () => number) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get requests(): number {
    return this.#requests;
  }

  get jobs(): number {
    return this.#jobs;
  }

  /** The budget that ran out first, if one did. */
  get exhausted(): BudgetExhausted | undefined {
    return this.#stopped;
  }

  /** True once nothing but clean-up may be sent. */
  get isHalted(): boolean {
    return this.#halted !== undefined;
  }

  /** Jobs that may still be made. */
  get jobsLeft(): number {
    return this.#limits.jobs - this.#jobs - this.#reserved;
  }

  /** Milliseconds that the run may still take. */
  get msLeft(): number {
    return this.#limits.seconds * 1000 - this.#clock();
  }

  /** From now on nothing is sent but clean-up: somebody asked for it, or the target gives no hope of an answer. */
  stop(why: 'stop' | 'silence' | 'asked-to-wait' = 'stop', reason?: string): void {
    this.#halted ??= new BudgetExhausted(why, 0, reason);
    this.#stopped ??= this.#halted;
  }

  /** @throws BudgetExhausted before a request too many. Clean-up is free: it gives back what was spent. */
  spendRequest(isCleanUp = false): void {
    if (!isCleanUp) {
      if (this.#halted !== undefined) throw this.#halted;
      if (this.#clock() > this.#limits.seconds * 1000) this.#stop('seconds', this.#limits.seconds);
      if (this.#requests >= this.#limits.requests) this.#stop('requests', this.#limits.requests);
    }
    this.#requests += 1;
  }

  /** Sets a job aside before a create that might make it. @throws BudgetExhausted where none is left. */
  reserveJob(): void {
    if (this.#jobs + this.#reserved >= this.#limits.jobs) this.#stop('jobs', this.#limits.jobs);
    this.#reserved += 1;
  }

  /** The create was answered: the job that was set aside was made, or it was not. A create without an answer keeps it. */
  settleJob(wasMade: boolean): void {
    this.#reserved -= 1;
    if (wasMade) this.#jobs += 1;
  }

  #stop(budget: BudgetExhausted['budget'], limit: number): never {
    const reason = new BudgetExhausted(budget, limit);
    this.#stopped ??= reason;
    throw reason;
  }
}
