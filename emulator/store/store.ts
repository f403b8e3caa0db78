// All that the emulator remembers, in memory, each change being told to the journal first. Records are never edited but
// replaced, so that whoever holds one has a state that stays as it is.
import type { IdSource } from './ids.ts';
import type { Change, Journal } from './journal.ts';
import type { ControlAction, FileRecord, JobRecord, PermissionRecord } from './records.ts';

export class Store {
  readonly ids: IdSource;
  readonly #journal: Journal;
  readonly #jobs: JobRecord[] = [];
  readonly #places = new Map<string, number>();
  readonly #jobsByModel = new Map<string, string>();
  readonly #jobsByResult = new Map<string, string>();
  readonly #files = new Map<string, FileRecord>();
  readonly #permissions = new Map<string, PermissionRecord>();

  /** @param journal its past is taken over before anything else. */
  constructor(journal: Journal, ids: IdSource) {
    this.#journal = journal;
    this.ids = ids;
    for (const { count, ...change } of journal.past) {
      this.#apply(change);
      ids.skipTo(count);
    }
  }

  /** Makes a change and keeps it. */
  change(change: Change): void {
    this.#journal.append({ ...change, count: this.ids.count });
    this.#apply(change);
  }

  /** Makes a change that a restart need not know of. */
  seed(change: Change): void {
    this.#apply(change);
  }

  /** Every job, oldest first. */
  get jobs(): readonly JobRecord[] {
    return this.#jobs;
  }

  /** The job of an id. */
  job(id: string): JobRecord | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#jobs[place];
  }

  /** The job that makes or made a model of that name. */
  jobOfModel(name: string): JobRecord | undefined {
    return this.job(this.#jobsByModel.get(name) ?? '');
  }

  /** The job that a result file belongs to. */
  jobOfResult(fileId: string): JobRecord | undefined {
    return this.job(this.#jobsByResult.get(fileId) ?? '');
  }

  /** The file of an id, deleted ones included. */
  file(id: string): FileRecord | undefined {
    return this.#files.get(id);
  }

  /** Every file that was uploaded, deleted ones included, oldest first. */
  get files(): readonly FileRecord[] {
    return [...this.#files.values()];
  }

  /** Every permission, oldest first. */
  get permissions(): readonly PermissionRecord[] {
    return [...this.#permissions.values()];
  }

  /** The permission of an id. */
  permission(id: string): PermissionRecord | undefined {
    return this.#permissions.get(id);
  }

  close(): void {
    this.#journal.close();
  }

  #apply(change: Change): void {
    switch (change.change) {
      case 'job':
        this.#place(change.job);
        break;
      case 'action':
        this.#act(change.id, change.action);
        break;
      case 'model-deleted':
        this.#editJob(change.id, (job) => ({ ...job, modelDeletedAtMs: change.atMs }));
        break;
      case 'file':
        this.#files.set(change.file.id, change.file);
        break;
      case 'file-deleted':
        this.#deleteFile(change.id, change.atMs);
        break;
      case 'permission':
        this.#permissions.set(change.permission.id, change.permission);
        break;
      case 'permission-deleted':
        this.#permissions.delete(change.id);
        break;
    }
  }

  #place(job: JobRecord): void {
    this.#places.set(job.id, this.#jobs.length);
    this.#jobs.push(job);
    this.#jobsByModel.set(job.fineTunedModel, job.id);
    this.#jobsByResult.set(job.resultFileId, job.id);
  }

  #act(id: string, action: ControlAction): void {
    this.#editJob(id, (job) => ({ ...job, actions: [...job.actions, action] }));
  }

  #deleteFile(id: string, atMs: number): void {
    const file = this.#files.get(id);
    if (file !== undefined) this.#files.set(id, { ...file, deletedAtMs: atMs });
    const job = this.jobOfResult(id);
    if (job !== undefined) this.#editJob(job.id, (current) => ({ ...current, resultsDeletedAtMs: atMs }));
  }

  #editJob(id: string, edit: (job: JobRecord) => JobRecord): void {
    const place = this.#places.get(id);
    const job = place === undefined ? undefined : this.#jobs[place];
    if (place !== undefined && job !== undefined) this.#jobs[place] = edit(job);
  }
}
