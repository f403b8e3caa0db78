// Whose an object is. An id in an answer proves nothing: a defective target may name somebody else's job or file. What is
// read back under that id has to carry the run's mark before anything is done to it.
import { type JsonValue, textMember } from '../contract/json.ts';
import { type Exchange, jsonOf, succeeded } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';

/** `unknown` where nothing could be read back: that is no proof either way. */
export type Ownership = 'own' | 'foreign' | 'unknown';

/** What the names of a run's files begin with. */
export function fileMark(runId: string): string {
  return `conformance-${runId}`;
}

/** True for a name that carries the run's id: targets put a folder before it, or write it in capitals. */
export function carriesMark(name: string, runId: string): boolean {
  return name.toLowerCase().includes(`${fileMark(runId)}-`);
}

/** Whose file an answer to `GET /files/{id}` shows. */
export function ownershipOfFile(runId: string, id: string, file: Exchange): Ownership {
  if (!succeeded(file)) return 'unknown';
  const [shown, name] = [textMember(jsonOf(file), 'id'), textMember(jsonOf(file), 'filename')];
  // An answer that shows another object than was asked for says nothing about the one that was.
  if (shown !== id || name === undefined) return 'unknown';
  return carriesMark(name, runId) ? 'own' : 'foreign';
}

/** Whose job an answer to `GET /fine_tuning/jobs/{id}` shows, by the training files that the run may have named. */
export function ownershipOfJob(id: string, job: Exchange, files: (file: string) => boolean): Ownership {
  return succeeded(job) ? ownershipOfShown(id, jsonOf(job), files) : 'unknown';
}

/** Whose job a page of the list shows under an id. */
export function ownershipInList(id: string, page: Exchange, files: (file: string) => boolean): Ownership {
  const listed = succeeded(page) ? itemsOf(page).find((item) => textMember(item, 'id') === id) : undefined;
  return ownershipOfShown(id, listed, files);
}

function ownershipOfShown(id: string, job: JsonValue | undefined, files: (file: string) => boolean): Ownership {
  const [shown, file] = [textMember(job, 'id'), textMember(job, 'training_file')];
  if (shown !== id || file === undefined) return 'unknown';
  return files(file) ? 'own' : 'foreign';
}

const disowned = new WeakSet<Exchange>();

/** Marks a create whose answer names a job that could not be shown to be the run's. */
export function disown(create: Exchange): void {
  disowned.add(create);
}

/** True where the job that a create was answered with may be cancelled and paused. */
export function isOwned(create: Exchange): boolean {
  return !disowned.has(create);
}
