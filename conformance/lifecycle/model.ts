// The reference model of a job's life: in which states a job may stand, given what was seen of it and asked of it. Time
// passes on the server, so the model holds a set of states and never one; states that nobody saw may have been skipped.
// It says which calls make sense and which answers are possible. What an answer is worth is for the registry to say.
import type { Method } from '../generation/pools.ts';
import type { DataKind, Step } from './step.ts';

export const STATES = ['validating_files', 'queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
export type State = (typeof STATES)[number];

/** Where a job may go by itself, or by the hand of somebody else: anybody with the key may cancel it. */
const NEXT: Readonly<Record<State, readonly State[]>> = {
  validating_files: ['queued', 'failed', 'cancelled'],
  queued: ['running', 'failed', 'cancelled'],
  running: ['succeeded', 'failed', 'cancelled'],
  paused: ['failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};
const FIRST: readonly State[] = ['validating_files', 'queued', 'running', 'succeeded', 'failed', 'cancelled'];
const MOVING: readonly State[] = ['validating_files', 'queued', 'running'];

export interface JobModel {
  readonly method: Method;
  readonly data: DataKind;
  /** States in which the job may stand now. */
  readonly possible: ReadonlySet<State>;
  /** The state in which it was seen last. */
  readonly shown: State | undefined;
  /** True where a pause took hold, as far as its answer says, and nothing has ended it. */
  readonly isHeld: boolean;
  /** True once a pause or a resume may have moved it: it may then stand at the beginning again. */
  readonly wasTurned: boolean;
  /** True once a pause was not refused: from then on it may be shown paused. */
  readonly wasPaused: boolean;
  /** Whether it has a training file of its own, and whether that is still there. */
  readonly file: 'shared' | 'own' | 'deleted';
  /** True once its model was deleted: what is shown of it from then on is promised by nobody. */
  readonly isReleased: boolean;
}

/** Everything that the model knows of a sequence, by the names of its jobs. */
export type LifecycleModel = Map<string, JobModel>;

/** A job that was just created. */
export function newborn(method: Method, data: DataKind): JobModel {
  return {
    method,
    data,
    possible: new Set(FIRST),
    shown: undefined,
    isHeld: false,
    wasTurned: false,
    wasPaused: false,
    file: data === 'own' ? 'own' : 'shared',
    isReleased: false,
  };
}

/** Every state that is reached from some states when time passes. */
function reachable(states: Iterable<State>): ReadonlySet<State> {
  const reached = new Set(states);
  // A set that grows while it is walked is walked to its end.
  for (const state of reached) for (const next of NEXT[state]) reached.add(next);
  return reached;
}

/** A status as a state of the model; undefined for words that are the schema's business. */
export function stateOf(status: string | undefined): State | undefined {
  return STATES.find((name) => name === status);
}

/** True where the job may be shown with a status now. */
export function mayShow(job: JobModel, status: string | undefined): boolean {
  const state = stateOf(status);
  return state === undefined || job.possible.has(state);
}

/** The job after an answer has shown it with a status. */
export function seen(job: JobModel, status: string | undefined): JobModel {
  const state = stateOf(status);
  if (state === undefined) return job;
  const turned: readonly State[] = [...(job.wasTurned ? MOVING : []), ...(job.wasPaused ? (['paused'] as const) : [])];
  return {
    ...job,
    shown: state,
    isHeld: state === 'paused' || (job.isHeld && !isOver(state)),
    possible: reachable(isOver(state) ? [state] : [state, ...turned]),
  };
}

/** The job after it was asked to pause, to go on or to end, and was not refused. */
export function controlled(job: JobModel, control: 'cancel' | 'pause' | 'resume'): JobModel {
  const moved = [...job.possible].some((state) => !isOver(state)) ? MOVING : [];
  switch (control) {
    case 'cancel':
      return moved.length === 0 ? job : { ...job, possible: new Set([...job.possible, 'cancelled']) };
    case 'pause':
      return {
        ...job,
        isHeld: !isKnownOver(job),
        wasTurned: true,
        wasPaused: true,
        possible: new Set<State>([...job.possible, ...moved, ...(moved.length > 0 ? (['paused'] as const) : [])]),
      };
    case 'resume':
      return { ...job, isHeld: false, wasTurned: true, possible: reachable([...job.possible, ...moved]) };
  }
}

function isOver(state: State): boolean {
  return NEXT[state].length === 0;
}

/** True where nothing about its data keeps the job from succeeding. */
export function hasGoodData({ data }: JobModel): boolean {
  return data === 'good' || data === 'own';
}

/** True where the job was seen at its end. */
export function isKnownOver({ shown }: JobModel): boolean {
  return shown !== undefined && isOver(shown);
}

/** What of the API a run may use in a sequence. */
export interface Offer {
  readonly pause: boolean;
  readonly checkpoints: boolean;
  readonly models: boolean;
  /** Whether lists can be filtered by metadata. */
  readonly filter: boolean;
  /** Whether jobs may be waited for. */
  readonly waits: boolean;
}

/** True where a step makes sense as things stand: what it is about exists, and its answer can be told right from wrong. */
export function makesSense(model: LifecycleModel, step: Step, offer: Offer): boolean {
  if (step.do === 'moment' || step.do === 'list') return step.do === 'moment' || model.size > 0;
  const job = model.get(step.job);
  if (step.do === 'create') return job === undefined;
  if (job === undefined || job.isReleased) return false;
  switch (step.do) {
    case 'pause':
    case 'resume':
      return offer.pause;
    case 'checkpoints':
      return offer.checkpoints;
    case 'page-checkpoints':
      return offer.checkpoints && job.shown === 'succeeded';
    // Events that arrive late stand wherever their time puts them: pages are compared once nothing more happens.
    case 'page-events':
      return isKnownOver(job);
    case 'filter':
      return offer.filter;
    case 'delete-file':
      return job.file === 'own';
    case 'retrieve-file':
      return job.file !== 'shared';
    case 'delete-model':
      return offer.models && job.shown === 'succeeded';
    case 'await-run':
    case 'await-end':
      return offer.waits && !job.isHeld;
    case 'hold':
      return offer.waits && (job.isHeld || isKnownOver(job));
    default:
      return true;
  }
}
