// What the judge is shown. Scenarios and the recorder state facts; requirements decide what the facts are worth.
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Answered, Exchange } from './exchange.ts';

/** Any exchange at all. `clientFault` says that the request was wrong in itself. */
export interface ExchangeObserved {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
  readonly clientFault: boolean;
}

/** An object of a component, found anywhere in an answer. */
export interface ObjectObserved {
  readonly kind: 'object';
  readonly component: string;
  readonly value: JsonValue;
  /** Where it stood in the answer. */
  readonly at: string;
  readonly exchange: Answered;
}

/** A create that was answered 2xx, with the payload that was sent. */
export interface CreationObserved {
  readonly kind: 'creation';
  readonly payload: JsonObject;
  readonly job: JsonObject;
  readonly exchange: Answered;
  /** An earlier create of this run that was answered with the same id. */
  readonly sameIdAs: Answered | undefined;
}

/** Why a payload must be refused. */
export interface Fault {
  /** The requirement that asks for the refusal. */
  readonly requirement: string;
  /** The constraint site, or the name of a fault that no constraint expresses. */
  readonly site: string;
  /** Pointer to the member at fault in the payload; empty where the whole body is at fault. */
  readonly at: string;
  /** The fault in words: "seed is -1". */
  readonly description: string;
}

/** A payload with one fault was sent. */
export interface FaultObserved {
  readonly kind: 'fault';
  readonly fault: Fault;
  readonly exchange: Exchange;
  /** The create of the same payload without the fault, where it was accepted in this run. */
  readonly twin: Answered | undefined;
  /** Without a twin: an accepted create, and a refusal of another fault that named another member. */
  readonly standIn: { readonly accepted: Answered; readonly other: Answered } | undefined;
}

/** A payload that must be accepted was sent. */
export interface AcceptanceObserved {
  readonly kind: 'acceptance';
  /** The requirement that asks for the acceptance. */
  readonly requirement: string;
  readonly site: string;
  readonly description: string;
  readonly exchange: Exchange;
  /** An accepted create of the same model and files: with it, a refusal cannot be about them. */
  readonly proven?: Answered | undefined;
  /**
   * The payload was sent with a training file that cannot exist; these answers show that the target looks a file up only
   * after it has looked at everything else.
   */
  readonly free?: readonly [Answered, ...Answered[]];
}

/** One sighting of a job, in whatever answer. */
export interface Sighting {
  readonly job: JsonObject;
  readonly exchange: Answered;
  readonly operation: OperationId | 'undeclared';
}

export const CONTROLS = ['cancel', 'pause', 'resume', 'delete-training-file'] as const;

/** Something that was asked of a job. */
export interface Control {
  readonly control: (typeof CONTROLS)[number];
  readonly exchange: Exchange;
}

/** What a job was made for, where that decides how it must end. */
export const EXPECTATIONS = [
  'success',
  'too-few-examples',
  'not-jsonl',
  'wrong-format',
  'training-file-deleted',
] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** Everything that a run saw of one job, in the order of arrival. */
export interface HistoryObserved {
  readonly kind: 'history';
  readonly id: string;
  readonly payload: JsonObject | undefined;
  readonly sightings: readonly [Sighting, ...Sighting[]];
  readonly controls: readonly Control[];
  readonly expectation: Expectation | undefined;
  /** True where somebody waited until the job had ended or the job timeout had passed. */
  readonly waited: boolean;
  /** The last retrieve that was answered with the job: among sightings that are alike, not every one is kept. */
  readonly found: Sighting | undefined;
  /** Retrieves of the job that were answered as if there were no such job, in the order of arrival. */
  readonly misses: readonly Answered[];
  /** True where it was looked for again for as long as a run has patience, and was not found. */
  readonly isLost: boolean;
  /** Milliseconds by which a list may lag behind what a job itself shows. */
  readonly listLagMs: number;
}

/** Lists that are walked page by page. */
export const LISTS = ['jobs', 'events', 'checkpoints', 'files', 'permissions'] as const;
export type ListName = (typeof LISTS)[number];

/** The pages of one walk through a list, first to last. */
export interface WalkObserved {
  readonly kind: 'walk';
  readonly list: ListName;
  /** Items a page, as asked; undefined where no limit was sent. */
  readonly limit: number | undefined;
  readonly pages: readonly [Answered, ...Answered[]];
  /** Ids that must be met, newest first where an order is known. */
  readonly expected: readonly string[];
  /** True where the walk went to the end of the list or past everything of this run. */
  readonly complete: boolean;
  /** What ended the walk: an answer to a cursor that the page before had given. */
  readonly brokenOff?: Exchange;
}

/** A filtered list beside the jobs of the run that it must and must not hold. */
export interface FilterObserved {
  readonly kind: 'filter';
  readonly requirement: string;
  readonly exchange: Exchange;
  readonly description: string;
  /** Items a page, where others than the run's may match, too. */
  readonly limit?: number;
  readonly mustHold: readonly string[];
  readonly mustNotHold: readonly string[];
}

/** A question with a known answer, asked once: unknown ids, missing keys, uploads and the like. */
export interface ProbeObserved {
  readonly kind: 'probe';
  readonly probe: Probe;
}

export type Probe =
  | { readonly name: 'unknown-id'; readonly requirement: string; readonly exchange: Exchange }
  | {
      readonly name: 'credentials';
      readonly variant: 'missing' | 'wrong';
      readonly exchange: Exchange;
      readonly accepted: Exchange;
    }
  | { readonly name: 'charset'; readonly exchange: Exchange }
  | { readonly name: 'cancel'; readonly before: Answered; readonly cancel: Exchange; readonly after: Exchange }
  | { readonly name: 'cancel-finished'; readonly status: string; readonly cancel: Exchange; readonly after: Exchange }
  | {
      readonly name: 'control-finished';
      readonly control: 'pause' | 'resume';
      readonly status: string;
      readonly asked: Exchange;
      readonly after: Exchange;
    }
  | {
      readonly name: 'resume-unpaused';
      readonly before: Answered;
      readonly resume: Exchange;
      readonly after: Exchange;
    }
  | { readonly name: 'pause'; readonly pause: Answered; readonly held: readonly Exchange[] }
  | { readonly name: 'resume'; readonly resume: Exchange; readonly after: readonly Exchange[] }
  | { readonly name: 'cancel-paused'; readonly cancel: Exchange; readonly after: Exchange }
  | { readonly name: 'pause-checkpoint'; readonly wasRunning: boolean; readonly checkpoints: Exchange }
  | { readonly name: 'events-after-create'; readonly events: Exchange }
  | { readonly name: 'checkpoints-before-run'; readonly checkpoints: Exchange }
  | { readonly name: 'checkpoints'; readonly job: JsonObject; readonly checkpoints: Exchange }
  | { readonly name: 'checkpoints-reread'; readonly first: Answered; readonly second: Answered }
  | { readonly name: 'bad-data-refused'; readonly expectation: Expectation; readonly exchange: Exchange }
  | { readonly name: 'events-reread'; readonly first: Answered; readonly second: Answered }
  | {
      readonly name: 'events-of-jobs';
      readonly job: string;
      readonly events: Answered;
      /** An event of the page that was met in the list of another job, and the page on which it stood there. */
      readonly shared?: { readonly event: string; readonly job: string };
      readonly elsewhere?: Answered;
    }
  | {
      readonly name: 'no-job-left';
      readonly refused: readonly [Exchange, ...Exchange[]];
      readonly listed: Answered;
      readonly unknown: readonly string[];
    }
  | {
      readonly name: 'upload';
      readonly upload: Answered;
      readonly filename: string;
      readonly bytes: number;
      readonly purpose: string;
    }
  | { readonly name: 'retrieve-file'; readonly upload: Answered; readonly retrieve: Exchange }
  /** A file of the run on a page of the list, by its place there. */
  | { readonly name: 'listed-file'; readonly list: Answered; readonly index: number; readonly upload: Answered }
  | { readonly name: 'download'; readonly download: Exchange; readonly sha256: string; readonly bytes: number }
  | { readonly name: 'bad-purpose'; readonly upload: Exchange }
  | { readonly name: 'delete-file'; readonly id: string; readonly deletion: Exchange; readonly after: Exchange }
  | { readonly name: 'deleted-file-listed'; readonly id: string; readonly list: Answered }
  | { readonly name: 'file-order'; readonly order: 'asc' | 'desc'; readonly list: Answered }
  | {
      readonly name: 'file-purpose';
      readonly purpose: string;
      readonly list: Exchange;
      readonly expected: readonly string[];
    }
  | { readonly name: 'result-file'; readonly retrieve: Exchange; readonly download: Exchange }
  | { readonly name: 'model-listed'; readonly model: string; readonly list: Exchange }
  | { readonly name: 'model-retrieved'; readonly model: string; readonly retrieve: Exchange }
  | {
      readonly name: 'model-deleted';
      readonly model: string;
      readonly deletion: Exchange;
      readonly again: Exchange;
      readonly after: Exchange;
    }
  | { readonly name: 'grader-echo'; readonly grader: JsonObject; readonly validation: Exchange }
  | { readonly name: 'grader-run'; readonly expected: number; readonly run: Exchange }
  | { readonly name: 'grader-invalid'; readonly requirement: string; readonly exchange: Exchange }
  | {
      readonly name: 'permission-created';
      readonly projects: readonly string[];
      readonly creation: Exchange;
      readonly list: Exchange;
    }
  | { readonly name: 'permission-deleted'; readonly id: string; readonly deletion: Exchange; readonly list: Exchange }
  | {
      readonly name: 'permission-order';
      readonly order: 'ascending' | 'descending' | undefined;
      readonly list: Answered;
    }
  | { readonly name: 'permission-refused'; readonly requirement: string; readonly exchange: Exchange };

export type ProbeName = Probe['name'];

export type Observation =
  | ExchangeObserved
  | ObjectObserved
  | CreationObserved
  | FaultObserved
  | AcceptanceObserved
  | HistoryObserved
  | WalkObserved
  | FilterObserved
  | ProbeObserved;

export type ObservationKind = Observation['kind'];
