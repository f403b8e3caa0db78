// Uploads and what becomes of them. A file of the run carries the run's id in its name: that is the proof by which it may
// be deleted again.
import { createHash } from 'node:crypto';
import { type Answered, type Exchange, isAnswered, jsonOf, succeeded } from '../requirements/exchange.ts';
import type { Credentials } from '../client/wire-request.ts';
import { LONGEST_FILE } from '../reporting/log.ts';
import { textMember } from '../contract/json.ts';
import { dataset, datasetsOf, type DatasetName } from './datasets.ts';
import { fileMark, ownershipOfFile } from './ownership.ts';
import { ask, make } from './ask.ts';
import { idOf, type Session } from './session.ts';
import type { Method } from '../generation/pools.ts';
import { rememberBy } from '../contract/remember.ts';

export interface Uploaded {
  readonly id: string;
  readonly filename: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly purpose: string;
  readonly exchange: Answered;
}

/** The outcome of an upload: a file, or the exchange that shows why there is none. */
export type Upload =
  { readonly kind: 'uploaded'; readonly file: Uploaded } | { readonly kind: 'refused'; readonly exchange: Exchange };

/** Ids of every file that the run uploaded, those included that are deleted by now. */
export const uploadedFiles = rememberBy((_session: Session) => new Set<string>());

/** What each upload of the run was answered with, by the id of the file; those that were wrong in themselves left out. */
export const uploadAnswers = rememberBy((_session: Session) => new Map<string, Answered>());

const uploadsOf = rememberBy((_session: Session) => new Map<DatasetName, Promise<Upload>>());

/** Uploads a dataset once in a run; asked for again, it is the same file. */
export function uploadOnce(session: Session, name: DatasetName): Promise<Upload> {
  const uploads = uploadsOf(session);
  const pending = uploads.get(name) ?? uploadPatiently(session, name);
  uploads.set(name, pending);
  return pending;
}

/** An upload that was not answered is made again, under another name: what may lie there twice harms nobody. */
async function uploadPatiently(session: Session, name: DatasetName): Promise<Upload> {
  const first = await uploadDataset(session, name);
  const isLost = first.kind === 'refused' && !isAnswered(first.exchange);
  return isLost && !session.budget.isHalted ? uploadDataset(session, name, `${name}-again`) : first;
}

/** Uploads a dataset as a file of its own. */
export async function uploadDataset(session: Session, name: DatasetName, label: string = name): Promise<Upload> {
  const { purpose, content } = dataset(name, `${session.config.runId}-${label}`);
  return uploadContent(session, { content, purpose, label });
}

export interface Content {
  readonly content: string;
  readonly purpose: string;
  /** Part of the file's name. */
  readonly label: string;
  readonly clientFault?: boolean;
  /** The key to upload with, where it is not the run's. */
  readonly credentials?: Credentials;
}

/** Uploads content under a name that carries the run's id, and waits until the target has looked at it. */
export async function uploadContent(
  session: Session,
  { content, purpose, label, clientFault, credentials = 'key' }: Content,
): Promise<Upload> {
  const filename = `${fileMark(session.config.runId)}-${label}.jsonl`;
  const bytes = Buffer.from(content);
  const send = (): Promise<Exchange> =>
    session.send(
      {
        operation: 'createFile',
        method: 'POST',
        path: '/files',
        credentials,
        ...multipart({ purpose }, filename, bytes),
      },
      { repeatable: false, clientFault: clientFault ?? false },
    );
  const { entry, exchange } = await make(session, 'file', send, clientFault === true);
  const id = idOf(exchange);
  if (!succeeded(exchange) || id === undefined) return { kind: 'refused', exchange };
  session.ledger.made('file', entry, id);
  session.counts.filesUploaded += 1;
  uploadedFiles(session).add(id);
  if (content.length <= LONGEST_FILE) session.sink.write({ kind: 'file', id, purpose, content });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  session.observe({
    kind: 'probe',
    probe: { name: 'upload', upload: exchange, filename, bytes: bytes.length, purpose },
  });
  if (await isSwapped(session, exchange, id)) {
    session.isMisled = true;
    session.blocked("an upload was answered with the id of a file that is not the run's; the file is left alone");
    return { kind: 'refused', exchange };
  }
  if (clientFault !== true) uploadAnswers(session).set(id, exchange);
  await untilProcessed(session, exchange, id);
  return { kind: 'uploaded', file: { id, filename, bytes: bytes.length, sha256, purpose, exchange } };
}

const PROCESSING_MS = 120_000;
/** How long a file may be called uploaded before that is taken for all that will be said of it, in milliseconds. */
const LAST_WORD_MS = 10_000;

async function untilProcessed(session: Session, upload: Answered, id: string): Promise<void> {
  let current: Exchange = upload;
  const began = session.now();
  const deadline = began + Math.min(PROCESSING_MS, session.config.jobTimeoutMs);
  for (let wait = 50; session.now() < deadline; wait = Math.min(wait * 2, 5_000)) {
    const status = textMember(jsonOf(current), 'status');
    // Only these two words say that the target is still at it; a target without the member is taken at its word.
    if (status !== 'uploaded' && status !== 'pending' && status !== 'running') return;
    await session.pause(wait);
    current = await retrieveFile(session, id);
    if (!succeeded(current)) return;
    // For some targets that is the last word, and not the first.
    if (textMember(jsonOf(current), 'status') === 'uploaded' && session.now() > began + LAST_WORD_MS) return;
  }
}

export async function retrieveFile(session: Session, id: string, { cleanUp = false } = {}): Promise<Exchange> {
  const { http, unread, exchangeOf } = cleanUp ? session.tidyApi : session.api;
  return exchangeOf(await http.GET('/files/{file_id}', { params: { path: { file_id: id } }, ...unread }));
}

/**
 * True where the answer to an upload speaks of the run's file, and its id leads to another one. A target that names all
 * files itself is consistent in that, and keeps them: without the run's mark nothing is deleted.
 */
async function isSwapped(session: Session, upload: Exchange, id: string): Promise<boolean> {
  const { runId } = session.config;
  if (ownershipOfFile(runId, id, upload) !== 'own') return false;
  return ownershipOfFile(runId, id, await retrieveFile(session, id)) === 'foreign';
}

/**
 * Deletes a file, if it is shown to be the run's own by its name or by its content, which nobody else has; undefined
 * where it is not.
 */
export async function deleteOwnFile(
  session: Session,
  { id, sha256 }: Pick<Uploaded, 'id' | 'sha256'>,
): Promise<Exchange | undefined> {
  const shown = await retrieveFile(session, id);
  const isOwn = ownershipOfFile(session.config.runId, id, shown) === 'own' || (await hasContent(session, id, sha256));
  return isOwn ? deleteFile(session, id) : undefined;
}

async function hasContent(session: Session, id: string, sha256: string): Promise<boolean> {
  const content = await downloadFile(session, id);
  return succeeded(content) && content.outcome.sha256 === sha256;
}

export function downloadFile(session: Session, id: string): Promise<Exchange> {
  return session.send({ operation: 'downloadFile', method: 'GET', path: `/files/${encodeURIComponent(id)}/content` });
}

/**
 * Deletes a file. The caller has the proof that it is the run's.
 * @param options `clientFault`: it is deleted already, so that asking is wrong in itself.
 */
export async function deleteFile(
  session: Session,
  id: string,
  { cleanUp = false, clientFault = false } = {},
): Promise<Exchange> {
  const send = (): Promise<Exchange> =>
    session.send(
      { operation: 'deleteFile', method: 'DELETE', path: `/files/${encodeURIComponent(id)}` },
      { cleanUp, clientFault, repeatable: cleanUp },
    );
  const isThere = async (): Promise<boolean> => succeeded(await retrieveFile(session, id));
  const exchange = await (cleanUp || clientFault ? send() : ask(session, send, isThere));
  if (succeeded(exchange)) {
    session.ledger.gone('file', id);
    session.counts.filesDeleted += 1;
  }
  return exchange;
}

/** The files that jobs of a method are made with, or why there are none. */
export async function filesFor(
  session: Session,
  method: Method,
): Promise<{ training: string; validation: string } | undefined> {
  const names = datasetsOf(method);
  const [training, validation] = await Promise.all([
    uploadOnce(session, names.training),
    uploadOnce(session, names.validation),
  ]);
  if (training.kind === 'refused' || validation.kind === 'refused') return undefined;
  return { training: training.file.id, validation: validation.file.id };
}

/** A multipart body by RFC 7578: fields first, the file last. */
export function multipart(
  fields: Readonly<Record<string, string>>,
  filename: string | undefined,
  content: Buffer,
): { headers: Record<string, string>; body: Buffer; bodyNote: string; form: Record<string, string> } {
  const boundary = `----conformance${createHash('sha256').update(content).digest('hex').slice(0, 24)}`;
  const parts: Buffer[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (filename !== undefined) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: application/jsonl\r\n\r\n`;
    parts.push(Buffer.from(head), content, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const told = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat(parts),
    form: { ...fields, ...(filename === undefined ? {} : { file: filename }) },
    bodyNote: `multipart: ${told.join(', ')}${filename === undefined ? '' : `, file ${filename} (${content.length} bytes)`}`,
  };
}
