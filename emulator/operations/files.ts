// Files: upload, list, retrieve, delete, download.
import type { components } from '#generated/current/types.ts';
import { Readable } from 'node:stream';
import type { Context } from '../context.ts';
import { type Answer, success } from '../http/answer.ts';
import { unknownFile } from '../http/api-error.ts';
import { oneOf, valueOf } from '../http/query.ts';
import type { ApiRequest } from '../request.ts';
import { seconds } from '../seconds.ts';
import type { FileRecord } from '../store/records.ts';
import { pageOf, pageRequest } from './paging.ts';

const FILES_A_PAGE = { byDefault: 10_000, most: 10_000 };

/** GET /files. */
export function listFiles(context: Context, request: ApiRequest): Answer {
  const policy = context.policy.paging.files;
  const page = pageRequest(request.query, FILES_A_PAGE, policy);
  const order = oneOf(request.query, 'order', ['asc', 'desc']) ?? 'desc';
  const purpose = context.policy.purposeFilter === 'exact' ? valueOf(request.query, 'purpose') : undefined;
  const files = context.world.files();
  const { items, hasMore, firstId, lastId } = pageOf(
    order === 'asc' ? files : files.toReversed(),
    page,
    policy,
    (file) => purpose === undefined || file.purpose === purpose,
  );
  return success({
    object: 'list',
    data: items.map(fileView),
    has_more: hasMore,
    first_id: firstId,
    last_id: lastId,
  });
}

/** GET /files/{file_id}. */
export function retrieveFile(context: Context, request: ApiRequest): Answer {
  return success(fileView(fileInPath(context, request)));
}

/** DELETE /files/{file_id}. */
export function deleteFile(context: Context, request: ApiRequest): Answer {
  const file = fileInPath(context, request);
  const permanent = context.policy.fixtures === 'permanent' && file.inline !== undefined;
  if (!permanent) {
    context.world.store.change({ change: 'file-deleted', id: file.id, atMs: context.world.nowMs });
    if (context.policy.deletedFile === 'gone') context.contents.remove(file.id);
  }
  return success({ object: 'file', id: file.id, deleted: true });
}

/** GET /files/{file_id}/content. */
export function downloadFile(context: Context, request: ApiRequest): Answer {
  const id = idInPath(request);
  const deleted = context.world.store.file(id);
  const kept = context.policy.deletedFile === 'content-kept' && deleted !== undefined && context.contents.has(id);
  const file = kept ? deleted : fileInPath(context, request);
  const text = file.inline ?? context.world.results(id);
  if (text !== undefined && context.policy.resultFile === 'unreadable') throw unknownFile(id);
  return {
    kind: 'content',
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${file.filename.replace(/[^\w.-]/g, '_')}"`,
    },
    bytes: file.bytes,
    open: () => (text === undefined ? context.contents.read(id) : Readable.from([Buffer.from(text)])),
  };
}

/** A file as answers show it; members that are not set are left out, for the schema does not let them be null. */
export function fileView(file: FileRecord): components['schemas']['OpenAIFile'] {
  return {
    object: 'file',
    id: file.id,
    purpose: file.purpose as components['schemas']['OpenAIFile']['purpose'],
    filename: file.filename,
    bytes: file.bytes,
    created_at: seconds(file.createdAtMs),
    ...(file.expiresAtMs === null ? {} : { expires_at: seconds(file.expiresAtMs) }),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated, and required all the same
    status: 'processed',
  };
}

function idInPath(request: ApiRequest): string {
  return request.path['file_id'] ?? '';
}

function fileInPath(context: Context, request: ApiRequest): FileRecord {
  const file = context.world.file(idInPath(request));
  if (file === undefined) throw unknownFile(idInPath(request));
  return file;
}
