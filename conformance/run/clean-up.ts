// Takes away what a run made. Each object is read again and touched only with proof that it is the run's own: a file by
// the run's mark in its name, a job by such a file (or the run's impossible id) as its training file, a model by such a
// job. What has no proof is left for a human (design: "Cost, ownership and safety").
import { type Exchange, isAnswered, jsonOf, succeeded } from '../requirements/exchange.ts';
import { isFinished, jobStatus } from '../requirements/refusals.ts';
import { deleteFile, retrieveFile } from './files.ts';
import { retrieveJob } from './find-job.ts';
import { cancelJob, impossibleFile } from './jobs.ts';
import type { LeftOver } from './ledger.ts';
import { ownershipOfFile, ownershipOfJob } from './ownership.ts';
import type { Session } from './session.ts';

export interface CleanedUp {
  readonly cancelled: readonly string[];
  readonly deleted: readonly string[];
  /** Objects without proof, or that would not go, with the reason. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** Cancels jobs, then deletes files. Clean-up spends no budget. */
export async function cleanUp(session: Session, { files, jobs, deletedFiles }: LeftOver): Promise<CleanedUp> {
  const result = { cancelled: [] as string[], deleted: [] as string[], left: [] as { id: string; reason: string }[] };
  const proven = await provenFiles(session, files, result.left);
  const own = new Set([...proven, ...deletedFiles, impossibleFile(session)]);
  for (const id of jobs) await endJob(session, id, own, result);
  for (const id of proven) {
    const deletion = await deleteFile(session, id, { cleanUp: true });
    if (succeeded(deletion) || isGone(deletion)) result.deleted.push(id);
    else result.left.push({ id, reason: `deleting it was answered ${tell(deletion)}` });
  }
  return result;
}

/** Files that exist, and whose name says that this run made them. */
async function provenFiles(
  session: Session,
  ids: readonly string[],
  left: { id: string; reason: string }[],
): Promise<Set<string>> {
  const proven = new Set<string>();
  for (const id of ids) {
    const file = await retrieveFile(session, id, { cleanUp: true });
    if (isGone(file)) session.ledger.gone('file', id);
    else if (isOwnFile(session, id, file)) proven.add(id);
    else
      left.push({
        id,
        reason: succeeded(file)
          ? 'its name does not carry the mark of the run'
          : `it could not be read (${tell(file)})`,
      });
  }
  return proven;
}

/** True where an answer shows the file of that id with the run's mark in its name. */
export function isOwnFile(session: Session, id: string, file: Exchange): boolean {
  return ownershipOfFile(session.config.runId, id, file) === 'own';
}

async function endJob(
  session: Session,
  id: string,
  ownFiles: ReadonlySet<string>,
  result: { cancelled: string[]; left: { id: string; reason: string }[] },
): Promise<void> {
  const job = await retrieveJob(session, id, { cleanUp: true });
  if (isGone(job)) {
    session.ledger.gone('job', id);
    return;
  }
  const isOwn = ownershipOfJob(id, job, (file) => ownFiles.has(file)) === 'own';
  if (!succeeded(job)) result.left.push({ id, reason: `it could not be read (${tell(job)})` });
  else if (isFinished(jobStatus(jsonOf(job)))) session.ledger.gone('job', id);
  else if (!isOwn) result.left.push({ id, reason: 'its training file is none of the run' });
  else {
    const cancel = await cancelJob(session, id, { cleanUp: true });
    if (succeeded(cancel)) result.cancelled.push(id);
    else result.left.push({ id, reason: `cancelling it was answered ${tell(cancel)}` });
  }
}

function isGone(exchange: Exchange): boolean {
  return isAnswered(exchange) && exchange.outcome.status === 404;
}

function tell(exchange: Exchange): string {
  return isAnswered(exchange) ? String(exchange.outcome.status) : 'nothing';
}
