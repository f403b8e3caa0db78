// When an optional part of the API is absent: every call to it, on objects known to exist, is turned away as if there
// were no such thing (design: "What a verdict is worth", 5). The documents say nothing of how a target turns away what
// it does not offer, so that such answers are set aside until it is known whether it does.
import type { OperationId } from '#generated/current/operations.ts';
import { type Exchange, isAnswered } from '../requirements/exchange.ts';
import type { Capability } from '../requirements/requirement.ts';

const ABSENT = new Set([401, 403, 404, 405, 501]);

/** True for an answer by which a target says that it does not offer an operation. */
export function isAbsent(exchange: Exchange): boolean {
  return isAnswered(exchange) && ABSENT.has(exchange.outcome.status);
}

const OPTIONAL: Partial<Readonly<Record<OperationId, Capability>>> = {
  pauseFineTuningJob: 'pause',
  resumeFineTuningJob: 'pause',
  listFineTuningJobCheckpoints: 'checkpoints',
  validateGrader: 'graders',
  runGrader: 'graders',
  listFineTuningCheckpointPermissions: 'permissions',
  createFineTuningCheckpointPermission: 'permissions',
  deleteFineTuningCheckpointPermission: 'permissions',
  listModels: 'models',
  retrieveModel: 'models',
  deleteModel: 'models',
};

/** What an operation is part of, where a target may do without it. */
export function capabilityOfOperation(operation: OperationId | 'undeclared'): Capability | undefined {
  return operation === 'undeclared' ? undefined : OPTIONAL[operation];
}

interface SetAside {
  readonly capability: Capability;
  readonly exchange: Exchange;
  readonly judge: () => void;
}

/** The most answers that are set aside; a run asks for what it does not know some dozens of times. */
const MOST_SET_ASIDE = 1_000;
/** The most text that they may hold together, in characters; an error has some hundred. */
const MOST_TEXT = 4_000_000;

/** Judgements that wait until it is known whether the target offers what was asked for. */
export class Undecided {
  #waiting: SetAside[] = [];
  #text = 0;

  /** Sets the judgement of an answer aside. What a target floods the run with beyond all measure is not kept. */
  add(one: SetAside): void {
    const { outcome } = one.exchange;
    const text = outcome.kind === 'answer' ? outcome.body.length : 0;
    if (this.#waiting.length >= MOST_SET_ASIDE || this.#text + text > MOST_TEXT) return;
    this.#waiting.push(one);
    this.#text += text;
  }

  /** Has judged what was asked of a part that is there; what may not be there is held to nothing. */
  settle(isOffered: (capability: Capability) => boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#text = 0;
    for (const { capability, judge } of waiting) if (isOffered(capability)) judge();
  }
}
