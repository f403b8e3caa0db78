// What follows from the records and the clock: where each job stands, which files and models there are. Every handler
// looks through this at one moment in time.
import { checkpointsOf, type Checkpoint } from './lifecycle/checkpoints.ts';
import { eventsOf, type JobEvent } from './lifecycle/events.ts';
import { resultsCsv } from './lifecycle/results.ts';
import { type Standing, standingAt } from './lifecycle/standing.ts';
import { type Span, timelineOf } from './lifecycle/timeline.ts';
import { type BaseModel, baseModel } from './model-catalogue.ts';
import type { Policy } from './policy.ts';
import type { FileRecord, JobError, JobRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** A model that a job made, as a base of further jobs. */
export interface UsableModel {
  readonly name: string;
  /** The base model that it goes back to; undefined for one that nobody knows. */
  readonly base: BaseModel | undefined;
}

export class World {
  readonly store: Store;
  readonly nowMs: number;
  readonly #policy: Policy;
  readonly #cache: WorldCache;

  /** @param nowMs the moment that is looked at. */
  constructor(store: Store, policy: Policy, nowMs: number, cache: WorldCache) {
    this.store = store;
    this.nowMs = nowMs;
    this.#policy = policy;
    this.#cache = cache;
  }

  /** The whole life of a job, as far as it is settled now. */
  timeline(job: JobRecord): readonly Span[] {
    const goneAtMs = this.#goneAtMs(job.trainingFile);
    const known = this.#cache.timelines.get(job);
    if (known?.goneAtMs === goneAtMs) return known.timeline;
    const timeline = timelineOf(job, goneAtMs, this.#policy);
    this.#cache.timelines.set(job, { goneAtMs, timeline });
    return timeline;
  }

  /** Where a job stands. */
  standing(job: JobRecord): Standing {
    return standingAt(this.timeline(job), this.nowMs);
  }

  /** Why a job failed; null unless it did. */
  failure(job: JobRecord): JobError | null {
    const standing = this.standing(job);
    if (standing.phase !== 'failed') return null;
    if (this.#goneAtMs(job.trainingFile) === standing.sinceMs && this.#policy.deletedTrainingFile === 'fails-job') {
      const message = 'The job failed because the training file was deleted';
      return { code: 'deleted_training_file', message, param: 'training_file' };
    }
    if (!job.data.good) return job.data.error;
    return { code: 'server_error', message: 'The job failed because of an internal error', param: null };
  }

  /** The events of a job so far, newest first. */
  events(job: JobRecord): readonly JobEvent[] {
    return eventsOf(job, this.timeline(job), this.nowMs, this.failure(job)?.message ?? null, this.#policy);
  }

  /** The checkpoints that a job keeps, latest first. */
  checkpoints(job: JobRecord): readonly Checkpoint[] {
    return checkpointsOf(job, this.timeline(job), this.nowMs, this.#policy);
  }

  /** The file of an id, if it exists now; result files of jobs that succeeded included. */
  file(id: string): FileRecord | undefined {
    const stored = this.store.file(id);
    if (stored !== undefined) return this.#exists(stored) ? stored : undefined;
    const job = this.store.jobOfResult(id);
    return job === undefined ? undefined : this.#resultFile(job);
  }

  /** Every file that exists now, oldest first. */
  files(): readonly FileRecord[] {
    const results = this.store.jobs.flatMap((job) => this.#resultFile(job) ?? []);
    return [...this.store.files.filter((file) => this.#exists(file)), ...results].toSorted(
      (one, other) => one.createdAtMs - other.createdAtMs || one.sequence - other.sequence,
    );
  }

  /** The content of a result file; undefined for other files. */
  results(id: string): string | undefined {
    const job = this.store.jobOfResult(id);
    return job === undefined ? undefined : this.#csv(job);
  }

  /** The jobs whose models exist now, oldest first. */
  modelJobs(): readonly JobRecord[] {
    return this.store.jobs.filter((job) => this.hasModel(job));
  }

  /** Whether the model of a job exists now. */
  hasModel(job: JobRecord): boolean {
    if (this.standing(job).phase !== 'succeeded') return false;
    return job.modelDeletedAtMs === null || this.#policy.deletedModel === 'kept';
  }

  /** The model of a name, as far as it can be trained further: a base model, a fine-tuned one, or a checkpoint. */
  usableModel(name: string): UsableModel | undefined {
    const base = baseModel(name);
    if (base !== undefined) return { name: base.snapshot, base };
    const job = this.store.jobOfModel(name);
    const known = job === undefined ? this.hasCheckpoint(name) : this.hasModel(job);
    return known ? { name, base: baseModel(rootOf(name)) } : undefined;
  }

  /** Whether a job keeps a checkpoint whose model has that name. */
  hasCheckpoint(name: string): boolean {
    const job = this.store.jobOfModel(name.replace(/:ckpt-step-\d+$/, ''));
    return job !== undefined && this.checkpoints(job).some(({ model }) => model === name);
  }

  /** When a file was or will be removed, in milliseconds; null for never. */
  #goneAtMs(fileId: string): number | null {
    const file = this.store.file(fileId);
    return file?.deletedAtMs ?? file?.expiresAtMs ?? null;
  }

  #exists(file: FileRecord): boolean {
    const deleted = file.deletedAtMs !== null && this.#policy.deletedFile !== 'kept';
    return !deleted && (file.expiresAtMs === null || this.nowMs < file.expiresAtMs);
  }

  #resultFile(job: JobRecord): FileRecord | undefined {
    const standing = this.standing(job);
    if (standing.phase !== 'succeeded') return undefined;
    if (job.resultsDeletedAtMs !== null && this.#policy.deletedFile !== 'kept') return undefined;
    return {
      id: job.resultFileId,
      sequence: job.sequence,
      createdAtMs: standing.sinceMs,
      bytes: this.#resultBytes(job),
      filename: 'step_metrics.csv',
      purpose: 'fine-tune-results',
      expiresAtMs: null,
      facts: null,
      deletedAtMs: null,
    };
  }

  #csv(job: JobRecord): string {
    return resultsCsv(job, this.timeline(job));
  }

  /** Only the size is kept: a thousand result files would fill the memory for nothing. */
  #resultBytes(job: JobRecord): number {
    const known = this.#cache.resultBytes.get(job);
    if (known !== undefined) return known;
    const bytes = Buffer.byteLength(this.#csv(job));
    this.#cache.resultBytes.set(job, bytes);
    return bytes;
  }
}

/** What need not be worked out again for the same record. */
export class WorldCache {
  readonly timelines = new WeakMap<JobRecord, { goneAtMs: number | null; timeline: readonly Span[] }>();
  readonly resultBytes = new WeakMap<JobRecord, number>();
}

/** The base model in a fine-tuned model's name. */
export function rootOf(model: string): string {
  return model.startsWith('ft:') ? (model.split(':')[1] ?? model) : model;
}
