// Files: what was uploaded comes back, lists know it, and deleting it is final.
import { createHash } from 'node:crypto';
import {
  uploadAnswers,
  uploadContent,
  uploadDataset,
  uploadOnce,
  deleteFile,
  deleteOwnFile,
  downloadFile,
  multipart,
  retrieveFile,
} from '../run/files.ts';
import { fileMark } from '../run/ownership.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { told } from '../requirements/refusals.ts';
import { hasOperation } from '../contract/create-members.ts';
import { dataset } from '../run/datasets.ts';
import { idOf, type Session } from '../run/session.ts';
import { observeWalk, type Route } from './walk.ts';
import type { Scenario } from './scenario.ts';
import { itemsOf } from '../requirements/list.ts';
import { textMember } from '../contract/json.ts';

const IS_PAGED = hasOperation('listFiles', 'limit');
const FILES: Route = { list: 'files', operation: 'listFiles', path: '/files' };

export const files: Scenario = {
  id: 'files',
  title: 'Upload, list, download and delete files',
  serves: ['files.*'],
  cost: () => ({ requests: 56, jobs: 0, uploads: 3 }),
  run: async (session) => {
    await roundTrip(session);
    await badPurpose(session);
    await listFiles(session);
    await deleteOne(session);
  },
};

async function roundTrip(session: Session): Promise<void> {
  const upload = await uploadOnce(session, 'round-trip');
  if (upload.kind === 'refused') {
    session.blocked(`POST /files: ${told(upload.exchange)}`);
    return;
  }
  const { id, sha256, bytes, exchange } = upload.file;
  const [retrieve, download] = await Promise.all([retrieveFile(session, id), downloadFile(session, id)]);
  session.observe({ kind: 'probe', probe: { name: 'retrieve-file', upload: exchange, retrieve } });
  // An older file too: the newest one is what a careless server always finds.
  const older = await uploadOnce(session, 'training');
  if (older.kind === 'uploaded') {
    const again = await retrieveFile(session, older.file.id);
    session.observe({ kind: 'probe', probe: { name: 'retrieve-file', upload: older.file.exchange, retrieve: again } });
  }
  session.observe({ kind: 'probe', probe: { name: 'download', download, sha256, bytes } });
}

async function badPurpose(session: Session): Promise<void> {
  if (!session.judges('files.upload.bad-purpose')) return;
  const { content } = dataset('training', `${session.config.runId}-purpose`);
  const upload = await uploadContent(session, {
    content,
    purpose: 'conformance-unknown',
    label: 'purpose',
    clientFault: true,
  });
  const exchange = upload.kind === 'refused' ? upload.exchange : upload.file.exchange;
  session.observe({ kind: 'probe', probe: { name: 'bad-purpose', upload: exchange } });
  const entry = session.ledger.intend('file');
  const missing = await session.send(
    {
      operation: 'createFile',
      method: 'POST',
      path: '/files',
      ...multipart({}, `${fileMark(session.config.runId)}-nopurpose.jsonl`, Buffer.from(content)),
    },
    { clientFault: true, repeatable: false },
  );
  session.observed(
    'upload without a purpose',
    isAnswered(missing) ? `status ${missing.outcome.status}` : told(missing),
  );
  await session.send(
    { operation: 'createFile', method: 'POST', path: '/files', ...multipart({ purpose: 'fine-tune' }, undefined, Buffer.from('no file')) },
    { clientFault: true, repeatable: false },
  ); // prettier-ignore
  const id = idOf(missing);
  if (isAnswered(missing) && !succeeded(missing)) session.ledger.refused(entry);
  if (!succeeded(missing) || id === undefined) return;
  session.ledger.made('file', entry, id);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await deleteOwnFile(session, { id, sha256 });
}

/** Files of the run that exist now, as far as the run knows. */
export function ownFiles(session: Session): string[] {
  return [...session.ledger.leftOver().files];
}

/** Part of a file's name that is not ASCII: who reads the headers of a form as Latin-1 gives another one back. */
const NAME = 'j\u00fcnger \u4e2d 1';

/** Times count seconds: files of one second stand in any order, and no order could be seen. */
async function ageApart(session: Session): Promise<void> {
  if (!session.judges('files.list.order')) return;
  await session.pause(1_050);
  await uploadDataset(session, 'training', NAME);
}

async function listFiles(session: Session): Promise<void> {
  // A file of another purpose, so that a filter that does nothing is seen to do nothing.
  const other = await uploadOnce(session, 'other-purpose');
  const foreign = other.kind === 'uploaded' ? other.file.id : undefined;
  await ageApart(session);
  const own = ownFiles(session);
  if (own.length === 0) return;
  if (IS_PAGED) await listByPage(session);
  if (IS_PAGED && foreign !== undefined) await walkFiles(session, 2, foreign);
  const list = await session.send({
    operation: 'listFiles',
    method: 'GET',
    path: `/files?purpose=fine-tune${IS_PAGED ? '&limit=100' : ''}`,
  });
  observeListed(session, list);
  session.observe({
    kind: 'probe',
    probe: { name: 'file-purpose', purpose: 'fine-tune', list, expected: own.filter((id) => id !== foreign) },
  });
}

async function listByPage(session: Session): Promise<void> {
  for (const limit of [1, 2, 100]) await walkFiles(session, limit);
  for (const order of ['asc', 'desc'] as const) {
    const list = await session.send({ operation: 'listFiles', method: 'GET', path: `/files?order=${order}&limit=100` });
    observeListed(session, list);
    if (succeeded(list)) session.observe({ kind: 'probe', probe: { name: 'file-order', order, list } });
  }
}

/**
 * Walks through the list of files until everything of the run was met, and one page more.
 * @param foreign a file of another purpose: where one is given, the walk is among those of purpose fine-tune.
 */
export async function walkFiles(session: Session, limit: number, foreign?: string): Promise<void> {
  const own = new Set(ownFiles(session).filter((id) => id !== foreign));
  const seen = new Set<string>();
  const route = foreign === undefined ? FILES : { ...FILES, query: 'purpose=fine-tune' };
  const isOver = (page: Parameters<typeof itemsOf>[0]): boolean => {
    const ids = itemsOf(page).map((item) => textMember(item, 'id') ?? '');
    for (const id of ids) seen.add(id);
    return [...own].every((id) => seen.has(id)) && !ids.some((id) => own.has(id));
  };
  const walked = await observeWalk(session, route, limit, [...own], isOver);
  for (const page of walked?.pages ?? []) observeListed(session, page);
}

/** Holds the files of the run on a page against what their uploads were answered with. */
function observeListed(session: Session, list: Exchange): void {
  if (!succeeded(list)) return;
  for (const [index, item] of itemsOf(list).entries()) {
    const upload = uploadAnswers(session).get(textMember(item, 'id') ?? '');
    if (upload !== undefined) session.observe({ kind: 'probe', probe: { name: 'listed-file', list, index, upload } });
  }
}

async function deleteOne(session: Session): Promise<void> {
  const upload = await uploadDataset(session, 'round-trip-unended', 'deleted');
  if (upload.kind === 'refused') return;
  const { id, sha256, bytes } = upload.file;
  const download = await downloadFile(session, id);
  session.observe({ kind: 'probe', probe: { name: 'download', download, sha256, bytes } });
  const deletion = await deleteOwnFile(session, upload.file);
  if (deletion === undefined) return;
  // Both ways to it: what is only marked as deleted may still be handed out.
  for (const after of [
    await retrieveFile(session, id),
    await downloadFile(session, id),
    ...(succeeded(deletion) ? [await deleteFile(session, id, { clientFault: true })] : []),
  ])
    session.observe({ kind: 'probe', probe: { name: 'delete-file', id, deletion, after } });
  const list = await session.send({ operation: 'listFiles', method: 'GET', path: '/files?purpose=fine-tune' });
  if (succeeded(list)) session.observe({ kind: 'probe', probe: { name: 'deleted-file-listed', id, list } });
}
