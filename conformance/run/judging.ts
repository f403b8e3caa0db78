// Has observations judged and the verdicts written. Whoever has to know what a stretch of work brought to light listens in
// on it; work that is only tried, to find the shortest way to a failure, is listened to and not written.
import { AsyncLocalStorage } from 'node:async_hooks';
import { indexRequirements, judge, type JudgeIndex } from '../requirements/judge.ts';
import type { Observation } from '../requirements/observation.ts';
import type { JudgeContext, Requirement } from '../requirements/requirement.ts';
import type { Verdict } from '../requirements/verdict.ts';
import { Findings } from './findings.ts';
import type { Sink } from './sink.ts';

/** Somebody who listens to the verdicts of some work. */
export interface Listener {
  readonly verdicts: Verdict[];
  /** Ids of the exchanges that the work has led to. */
  readonly exchanges: Set<string>;
  /** False where the verdicts are for the listener alone. */
  readonly isWritten: boolean;
}

export class Judging {
  readonly #index: JudgeIndex;
  readonly #context: JudgeContext;
  readonly #sink: Sink;
  readonly #listeners = new AsyncLocalStorage<Listener>();
  readonly #failed = new Set<string>();
  /** What has failed, in groups. */
  readonly findings = new Findings();

  readonly #onFault: (requirement: string, error: unknown) => void;

  /** @param onFault is told of checks that throw. */
  constructor(
    rows: readonly Requirement[],
    context: JudgeContext,
    sink: Sink,
    onFault: (requirement: string, error: unknown) => void,
  ) {
    this.#onFault = onFault;
    this.#index = indexRequirements(rows);
    this.#context = context;
    this.#sink = sink;
  }

  /** Rows that have failed so far. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** What the registry says of an observation; nothing is written. */
  verdictsOn(observation: Observation): readonly Verdict[] {
    return judge(this.#index, observation, this.#context, this.#onFault);
  }

  /** Has an observation judged and its verdicts written. */
  observe(observation: Observation): void {
    const listener = this.#listeners.getStore();
    if (observation.kind === 'exchange') listener?.exchanges.add(observation.exchange.id);
    for (const verdict of this.verdictsOn(observation)) {
      listener?.verdicts.push(verdict);
      if (!(listener?.isWritten ?? true)) continue;
      if (verdict.outcome === 'fail') this.findings.note(observation, verdict);
      this.write(verdict);
    }
  }

  write(verdict: Verdict): void {
    if (verdict.outcome === 'fail') this.#failed.add(verdict.requirement);
    this.#sink.verdict(verdict);
  }

  /** Does some work with a listener, who hears nothing but that work, whatever else goes on meanwhile. */
  heardBy<T>(listener: Listener, work: () => Promise<T>): Promise<T> {
    return this.#listeners.run(listener, work);
  }
}
