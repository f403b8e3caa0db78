// What a job leaves behind when it has ended: its events, checkpoints, result files and model, and a state that no
// cancel can change.
import { type JsonObject, textMember } from '../contract/json.ts';
import { isAnswered, type Answered, type Exchange, jsonOf, succeeded } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { isFinished, jobStatus, told } from '../requirements/refusals.ts';
import { isAbsent } from '../run/capability.ts';
import { downloadFile, retrieveFile } from '../run/files.ts';
import { retrieveJob } from '../run/find-job.ts';
import { cancelJob, jobPath, listBelow, resultFilesOf } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeWalk, type Route } from './walk.ts';
import type { Scenario } from './scenario.ts';

export const outcomes: Scenario = {
  id: 'outcomes',
  title: 'Wait for the jobs to end and look at what they leave',
  serves: [
    'status.*',
    'events.*',
    'checkpoints.*',
    'cancel.*',
    'files.results.*',
    'models.*',
    'permissions.*',
    'retrieve.*',
  ],
  cost: () => ({ requests: 48, jobs: 0, uploads: 0 }),
  run: async (session) => {
    const shared = sharedBy(session);
    await shared.success?.end;
    await Promise.all(shared.background);
    await eventsOf(session);
    await checkpointsOf(session);
    if (shared.succeeded !== undefined) await resultsOf(session, shared.succeeded);
    await cancelFinished(session);
  },
};

/** The list of events or of checkpoints below a job. */
export function below(id: string, what: 'events' | 'checkpoints'): Route {
  const operation = what === 'events' ? 'listFineTuningEvents' : 'listFineTuningJobCheckpoints';
  return { list: what, operation, path: jobPath(id, `/${what}`) };
}

/** Events of the job that went furthest: twice, so that what was said once can be seen to stay said; then by page. */
async function eventsOf(session: Session): Promise<void> {
  const { success, cancelled } = sharedBy(session);
  const id = success?.id ?? cancelled;
  if (id === undefined) return;
  const first = await listBelow(session, id, 'events', `?limit=${WIDE_PAGE}`);
  const second = await listBelow(session, id, 'events', `?limit=${WIDE_PAGE}`);
  if (!succeeded(first) || !succeeded(second)) return;
  session.observe({ kind: 'probe', probe: { name: 'events-reread', first, second } });
  const expected = itemsOf(second).map((event) => textMember(event, 'id') ?? '');
  if (cancelled !== undefined && cancelled !== id) await pageOneByOne(session, cancelled);
  for (const limit of [3, WIDE_PAGE, undefined]) {
    const walked = await observeWalk(session, below(id, 'events'), limit, expected);
    for (const page of walked?.pages ?? [])
      session.observe({ kind: 'probe', probe: { name: 'events-reread', first: second, second: page } });
  }
}

/** One event a page: only where there are few. */
async function pageOneByOne(session: Session, id: string): Promise<void> {
  const all = await listBelow(session, id, 'events', `?limit=${WIDE_PAGE}`);
  if (!succeeded(all)) return;
  const expected = itemsOf(all).map((event) => textMember(event, 'id') ?? '');
  if (expected.length > 0 && expected.length < WIDE_PAGE) await observeWalk(session, below(id, 'events'), 1, expected);
}

async function checkpointsOf(session: Session): Promise<void> {
  if (!session.mayUse('checkpoints')) return;
  const { succeeded: job, cancelled } = sharedBy(session);
  const answers: Answered[] = [];
  let beforeRun: Exchange | undefined;
  if (cancelled !== undefined) {
    const checkpoints = await listBelow(session, cancelled, 'checkpoints');
    if (isAnswered(checkpoints)) answers.push(checkpoints);
    beforeRun = neverRan(session, cancelled) ? checkpoints : undefined;
  }
  const id = textMember(job, 'id');
  if (job !== undefined && id !== undefined) {
    const checkpoints = await listBelow(session, id, 'checkpoints', `?limit=${WIDE_PAGE}`);
    if (isAnswered(checkpoints)) answers.push(checkpoints);
    session.observe({ kind: 'probe', probe: { name: 'checkpoints', job, checkpoints } });
    const expected = succeeded(checkpoints) ? itemsOf(checkpoints).map((item) => textMember(item, 'id') ?? '') : [];
    if (expected.length > 0)
      for (const limit of [1, 2, WIDE_PAGE, undefined]) {
        const walked = await observeWalk(session, below(id, 'checkpoints'), limit, expected);
        if (!succeeded(checkpoints)) continue;
        sharedBy(session).checkpoints = checkpoints;
        for (const second of walked?.pages ?? [])
          session.observe({ kind: 'probe', probe: { name: 'checkpoints-reread', first: checkpoints, second } });
      }
  }
  // Where checkpoints are offered at all, a job without any has an empty list of them.
  if (beforeRun !== undefined && (!isAbsent(beforeRun) || answers.some(succeeded))) {
    session.observe({ kind: 'probe', probe: { name: 'checkpoints-before-run', checkpoints: beforeRun } });
  }
  const [first] = answers;
  if (first !== undefined && answers.every(isAbsent))
    session.found('checkpoints', 'absent', `checkpoints of a job are answered ${told(first)}`);
  else if (answers.some(succeeded)) session.found('checkpoints', 'offered', 'checkpoints of a job were listed');
}

/** Share of a job's life in which it cannot have trained to a first checkpoint. */
const EARLY = 0.2;
/** Milliseconds that are early enough where no life is known. */
const EARLY_MS = 2_000;

/** True where a job was cancelled too soon after its create to have run. */
function neverRan(session: Session, id: string): boolean {
  const created = session.histories.createdBy(id);
  const cancel = session.histories.cancelOf(id);
  if (created === undefined || cancel === undefined) return false;
  const { lifeMs } = sharedBy(session);
  return cancel.receivedAt - created.sentAt < (lifeMs === undefined ? EARLY_MS : EARLY * lifeMs);
}

async function resultsOf(session: Session, job: JsonObject): Promise<void> {
  for (const file of resultFilesOf(job).slice(0, 3)) {
    const [retrieve, download] = [await retrieveFile(session, file), await downloadFile(session, file)];
    session.observe({ kind: 'probe', probe: { name: 'result-file', retrieve, download } });
  }
}

/** A finished job stays what it is when it is cancelled. */
async function cancelFinished(session: Session): Promise<void> {
  const { succeeded: job, cancelled } = sharedBy(session);
  const ids = [textMember(job, 'id'), cancelled].filter((id) => id !== undefined);
  for (const id of ids) {
    const before = await retrieveJob(session, id);
    const status = jobStatus(jsonOf(before));
    if (status === undefined || !isFinished(status)) continue;
    const cancel = await cancelJob(session, id, { clientFault: true });
    const after = await retrieveJob(session, id);
    session.observe({ kind: 'probe', probe: { name: 'cancel-finished', status, cancel, after } });
    session.observed(
      `cancel of a job that is ${status}`,
      isAnswered(cancel) ? `status ${cancel.outcome.status}` : told(cancel),
    );
  }
}
