// What a sequence reads: lists of jobs, of events and of checkpoints, and files; and what it deletes. Each answer is
// handed to the judge beside what the sequence knows must stand in it.
import { isObject, member, textMember } from '../contract/json.ts';
import { type Answered, jsonOf, succeeded } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { deleteFile, retrieveFile } from '../run/files.ts';
import { findJob } from '../run/find-job.ts';
import { listBelow } from '../run/jobs.ts';
import { deleteModel, isOwnModel } from '../scenarios/models.ts';
import { below } from '../scenarios/outcomes.ts';
import { JOBS, untilListed } from '../scenarios/own-jobs.ts';
import { observeWalk } from '../scenarios/walk.ts';
import type { LifecycleModel } from './model.ts';
import { jobOn, learn, looked, type Stage } from './stage.ts';

/** Pages of one walk: what a sequence made stands on the first few, unless others are faster. */
const MOST_PAGES = 15;

export async function retrieve(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  looked(stage, model, name, await findJob(stage.session, jobOn(stage, name).id));
}

/** Pages through the jobs of this sequence. */
export async function list(stage: Stage, limit: number): Promise<void> {
  const { session, jobs } = stage;
  const expected = [...jobs.values()].map(({ id }) => id).filter((id) => !session.histories.isReleased(id));
  await untilListed(session, expected);
  await observeWalk(session, JOBS, limit, expected.toReversed(), pastTheSequence(stage), MOST_PAGES);
}

/**
 * True for a page that holds only jobs older than the sequence. That they end its part of the list is certain only as
 * long as the list was in order up to there.
 */
function pastTheSequence({ session, jobs }: Stage): (page: Answered) => boolean {
  const [first] = jobs.values();
  const created = first === undefined ? undefined : session.histories.createdBy(first.id);
  const since = created === undefined ? undefined : member(jsonOf(created), 'created_at');
  let youngest = Number.POSITIVE_INFINITY;
  let isInOrder = true;
  return (page) => {
    const times = itemsOf(page).map((item) => member(item, 'created_at'));
    for (const time of times) {
      isInOrder = isInOrder && typeof time === 'number' && time <= youngest;
      youngest = typeof time === 'number' ? time : youngest;
    }
    return isInOrder && typeof since === 'number' && times.every((time) => typeof time === 'number' && time < since);
  };
}

/** Lists by the pair of metadata that one job of the sequence alone carries. */
export async function filter(stage: Stage, name: string): Promise<void> {
  const { session, jobs } = stage;
  const job = jobOn(stage, name);
  const value = textMember(job.metadata, 'conformance_job');
  if (value === undefined) return;
  await untilListed(session, [job.id]);
  const query = `metadata%5Bconformance_job%5D=${encodeURIComponent(value)}&limit=${WIDE_PAGE}`;
  const exchange = await session.send({ operation: JOBS.operation, method: 'GET', path: `${JOBS.path}?${query}` });
  session.observe({
    kind: 'filter',
    requirement: 'list.metadata.filter',
    exchange,
    description: 'a filter by a pair of one job',
    mustHold: [job.id],
    mustNotHold: [...jobs.values()].map(({ id }) => id).filter((id) => id !== job.id),
  });
}

export async function events(stage: Stage, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  const read = await listBelow(session, job.id, 'events', `?limit=${WIDE_PAGE}`);
  if (job.events === undefined)
    session.observe({ kind: 'probe', probe: { name: 'events-after-create', events: read } });
  if (!succeeded(read)) return;
  if (job.events !== undefined)
    session.observe({ kind: 'probe', probe: { name: 'events-reread', first: job.events, second: read } });
  job.events = read;
}

/** Pages through a list below a job, which held everything a moment ago. */
async function page(stage: Stage, name: string, what: 'events' | 'checkpoints', limit: number): Promise<void> {
  const { session } = stage;
  const { id } = jobOn(stage, name);
  const all = await listBelow(session, id, what, `?limit=${WIDE_PAGE}`);
  if (!succeeded(all)) return;
  const expected = itemsOf(all).map((item) => textMember(item, 'id') ?? '');
  if (expected.length > 0) await observeWalk(session, below(id, what), limit, expected, undefined, MOST_PAGES);
}

export function pageEvents(stage: Stage, name: string, limit: number): Promise<void> {
  return page(stage, name, 'events', limit);
}

export function pageCheckpoints(stage: Stage, name: string, limit: number): Promise<void> {
  return page(stage, name, 'checkpoints', limit);
}

export async function checkpoints(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  const listed = await listBelow(session, job.id, 'checkpoints', `?limit=${WIDE_PAGE}`);
  if (succeeded(listed)) session.found('checkpoints', 'offered', 'checkpoints of a job were listed');
  const status = model.get(name)?.shown;
  const last = jsonOf(job.last);
  if (status === 'succeeded' && isObject(last))
    session.observe({ kind: 'probe', probe: { name: 'checkpoints', job: last, checkpoints: listed } });
  // Whether it has run by now is told by the next look at it.
  if (status === 'validating_files' || status === 'queued') job.checkpoints = listed;
}

export async function removeFile(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  if (job.file === undefined) return;
  const deletion = await deleteFile(session, job.file.id);
  session.histories.asked(job.id, 'delete-training-file', deletion);
  job.deletion = deletion;
  // A paused job without its file may fail.
  job.pause = undefined;
  if (succeeded(deletion)) learn(model, name, (known) => ({ ...known, file: 'deleted' }));
}

export async function readFile(stage: Stage, name: string): Promise<void> {
  const { session } = stage;
  const { file, deletion } = jobOn(stage, name);
  if (file === undefined) return;
  const after = await retrieveFile(session, file.id);
  if (deletion === undefined)
    session.observe({ kind: 'probe', probe: { name: 'retrieve-file', upload: file.exchange, retrieve: after } });
  else session.observe({ kind: 'probe', probe: { name: 'delete-file', id: file.id, deletion, after } });
}

/** Deletes the model of a job, with proof that it is the run's. From then on nobody promises how the job is shown. */
export async function removeModel(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const { id, last } = jobOn(stage, name);
  const job = jsonOf(last);
  const made = textMember(job, 'fine_tuned_model');
  if (made === undefined || !isObject(job) || !(await isOwnModel(session, job))) return;
  session.histories.release(id);
  learn(model, name, (known) => ({ ...known, isReleased: true }));
  await deleteModel(session, made);
}
