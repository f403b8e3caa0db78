// What the emulator remembers. Everything else about a job (status, events, checkpoints, results, its model) follows
// from its record and the clock. Records are plain JSON, so that a journal can keep them. Times are milliseconds.
import type { DatasetFacts } from '../dataset/facts.ts';
import type { JsonObject, JsonValue } from '../json.ts';

export type MethodType = 'supervised' | 'dpo' | 'reinforcement';

/** What a caller asked of a job after its creation, and when. */
export interface ControlAction {
  readonly kind: 'pause' | 'resume' | 'cancel';
  readonly atMs: number;
}

/** How long each phase of a job lasts. */
export interface PhaseLengths {
  readonly validatingMs: number;
  readonly queuedMs: number;
  readonly runningMs: number;
}

/** Why a job fails. */
export interface JobError {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

/** What the files of a job amount to. */
export type DataVerdict =
  | { readonly good: true; readonly examples: number; readonly tokens: number }
  | { readonly good: false; readonly error: JobError };

export interface JobRecord {
  readonly id: string;
  /** Position in the order of creation; unique. */
  readonly sequence: number;
  readonly createdAtMs: number;
  /** What the answer calls the base model. */
  readonly model: string;
  /** What the new model is called, once there is one. */
  readonly fineTunedModel: string;
  readonly resultFileId: string;
  readonly trainingFile: string;
  readonly validationFile: string | null;
  readonly seed: number;
  readonly methodType: MethodType;
  /** `method` as it was sent. */
  readonly method: JsonObject | null;
  /** `hyperparameters` as they were sent. */
  readonly hyperparameters: JsonObject | null;
  readonly integrations: readonly JsonValue[];
  readonly metadata: JsonObject | null;
  readonly data: DataVerdict;
  readonly lengths: PhaseLengths;
  readonly actions: readonly ControlAction[];
  /** When the fine-tuned model was deleted. */
  readonly modelDeletedAtMs: number | null;
  /** When the result file was deleted. */
  readonly resultsDeletedAtMs: number | null;
}

export interface FileRecord {
  readonly id: string;
  readonly sequence: number;
  readonly createdAtMs: number;
  readonly bytes: number;
  readonly filename: string;
  readonly purpose: string;
  readonly expiresAtMs: number | null;
  /** What its lines hold; null where nobody looked. */
  readonly facts: DatasetFacts | null;
  readonly deletedAtMs: number | null;
  /** The content of a file that does not lie in the folder of contents. */
  readonly inline?: string;
}

export interface PermissionRecord {
  readonly id: string;
  readonly sequence: number;
  readonly createdAtMs: number;
  readonly checkpoint: string;
  readonly projectId: string;
}
