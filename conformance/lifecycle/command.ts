// Steps as commands of fast-check: what the model must say before a step is taken, and the step itself.
import type fc from 'fast-check';
import type { Session } from '../run/session.ts';
import { claimOf } from '../run/config.ts';
import { hasOperation } from '../contract/create-members.ts';
import { sharedBy } from '../run/shared.ts';
import { JOBS } from '../scenarios/own-jobs.ts';
import { type LifecycleModel, makesSense, type Offer } from './model.ts';
import { awaitEnd, awaitRun, cancel, hold, moment, pause, resume } from './perform-controls.ts';
import { create } from './perform-create.ts';
import {
  checkpoints,
  events,
  filter,
  list,
  pageCheckpoints,
  pageEvents,
  readFile,
  removeFile,
  removeModel,
  retrieve,
} from './perform-reads.ts';
import type { Stage } from './stage.ts';
import { type Step, stepText } from './step.ts';

/** What of the API a session may use in sequences. */
export function offerOf(session: Session): Offer {
  const { config } = session;
  return {
    pause: session.mayUse('pause') && claimOf(config, 'pause') !== 'excluded',
    checkpoints: session.mayUse('checkpoints'),
    models: session.mayUse('models'),
    filter: hasOperation(JOBS.operation, 'metadata'),
    // Where no job has ever ended, waiting for one would only take its time.
    waits: config.lifecycle === 'full' && sharedBy(session).lifeMs !== undefined,
  };
}

/** Called when a step has been taken, with its place in the sequence. */
export type AfterStep = (stage: Stage, step: Step, position: number) => void;

/** The step at a position of a sequence as a command. */
export class StepCommand implements fc.AsyncCommand<LifecycleModel, Stage> {
  readonly #step: Step;
  readonly #position: number;
  readonly #offer: Offer;
  readonly #after: AfterStep;

  constructor(step: Step, position: number, offer: Offer, after: AfterStep) {
    this.#step = step;
    this.#position = position;
    this.#offer = offer;
    this.#after = after;
  }

  check(model: Readonly<LifecycleModel>): boolean {
    return makesSense(model, this.#step, this.#offer);
  }

  async run(model: LifecycleModel, stage: Stage): Promise<void> {
    await perform(stage, model, this.#step);
    this.#after(stage, this.#step, this.#position);
  }

  toString(): string {
    return stepText(this.#step);
  }
}

function perform(stage: Stage, model: LifecycleModel, step: Step): Promise<void> {
  switch (step.do) {
    case 'create':
      return create(stage, model, step);
    case 'retrieve':
      return retrieve(stage, model, step.job);
    case 'list':
      return list(stage, step.limit);
    case 'filter':
      return filter(stage, step.job);
    case 'cancel':
      return cancel(stage, model, step.job);
    case 'pause':
      return pause(stage, model, step.job);
    case 'resume':
      return resume(stage, model, step.job);
    case 'events':
      return events(stage, step.job);
    case 'page-events':
      return pageEvents(stage, step.job, step.limit);
    case 'checkpoints':
      return checkpoints(stage, model, step.job);
    case 'page-checkpoints':
      return pageCheckpoints(stage, step.job, step.limit);
    case 'delete-file':
      return removeFile(stage, model, step.job);
    case 'retrieve-file':
      return readFile(stage, step.job);
    case 'delete-model':
      return removeModel(stage, model, step.job);
    case 'await-run':
      return awaitRun(stage, model, step.job);
    case 'await-end':
      return awaitEnd(stage, model, step.job);
    case 'hold':
      return hold(stage, model, step.job);
    case 'moment':
      return moment(stage);
  }
}
