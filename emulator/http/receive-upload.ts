// Takes a multipart upload off the line: the file goes to disk piece by piece while its lines are looked at, and is
// never held in memory. It decides nothing about the fields; it only says what arrived.
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import type { DatasetInspector } from '../dataset/inspector.ts';
import { ApiError, badRequest } from './api-error.ts';

/** What arrived in an upload. */
export interface ReceivedUpload {
  /** Fields by name, in the order in which they came. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Names of the parts that were files. */
  readonly fileParts: readonly string[];
  /** The part called `file`; null where there was none. */
  readonly file: { readonly filename: string; readonly bytes: number; readonly tooLarge: boolean } | null;
}

export interface UploadTarget {
  /** Where the content is written to. */
  readonly path: string;
  readonly inspector: DatasetInspector;
  /** The most bytes of a file. */
  readonly limit: number;
}

const LONGEST_FIELD = 64 * 1024;
const MOST_PARTS = 32;

/** Receives an upload to its end. @throws ApiError 4xx where it is no multipart body or ends too early. */
export async function receiveUpload(incoming: IncomingMessage, target: UploadTarget): Promise<ReceivedUpload> {
  const parser = openParser(incoming, target.limit);
  const fields: [string, string][] = [];
  const fileParts: string[] = [];
  const written: Promise<NonNullable<ReceivedUpload['file']>>[] = [];
  const streams: Readable[] = [];
  parser.on('field', (name, value) => void fields.push([name, value]));
  parser.on('file', (name, stream, filename) => {
    fileParts.push(name);
    streams.push(stream);
    if (name === 'file' && written.length === 0) written.push(writeFile(stream, filename, target));
    else discard(stream);
  });
  try {
    await finished(incoming, parser);
  } catch (error) {
    incoming.unpipe(parser);
    // A part that will never end would be waited for as long as the server runs.
    for (const stream of streams) stream.destroy(new Error('the upload broke off'));
    await Promise.allSettled(written);
    throw error;
  }
  const [file] = await Promise.all(written);
  return { fields, fileParts, file: file ?? null };
}

function openParser(incoming: IncomingMessage, limit: number): BusboyInstance {
  const contentType = incoming.headers['content-type'];
  if (contentType === undefined || !/^multipart\/form-data/i.test(contentType)) {
    const message = 'Unsupported media type: an upload must be multipart/form-data';
    throw new ApiError({ status: 415, message, code: 'unsupported_media_type' });
  }
  try {
    return new Busboy({
      headers: { ...incoming.headers, 'content-type': contentType },
      limits: { fileSize: limit, fieldSize: LONGEST_FIELD, parts: MOST_PARTS },
    });
  } catch (error) {
    throw malformedUpload(error);
  }
}

/** Settles when the parser has seen the whole body, or when that can no longer happen. */
async function finished(incoming: IncomingMessage, parser: BusboyInstance): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => reject(malformedUpload(error));
    parser.once('finish', resolve);
    parser.once('error', fail);
    incoming.once('error', fail);
    incoming.once('close', () => {
      if (!incoming.complete) fail(new Error('the connection was closed'));
    });
    // A body whose last boundary is missing leaves the parser waiting for ever.
    incoming.once(
      'end',
      () => void setTimeout(() => fail(new Error('the last boundary is missing')), GRACE_MS).unref(),
    );
    incoming.pipe(parser);
  });
}

/** How long the parser may take to finish once the body has ended; it only has to flush what it holds to disk. */
const GRACE_MS = 10_000;

async function writeFile(
  stream: BusboyFileStream,
  filename: string,
  target: UploadTarget,
): Promise<NonNullable<ReceivedUpload['file']>> {
  let bytes = 0;
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      target.inspector.push(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream as Readable, look, createWriteStream(target.path, { flags: 'wx', mode: 0o600 }));
  return { filename, bytes, tooLarge: stream.truncated };
}

function discard(stream: Readable): void {
  stream.on('error', () => undefined);
  stream.resume();
}

function malformedUpload(error: unknown): ApiError {
  const reason = error instanceof Error ? error.message : String(error);
  return badRequest(`The multipart body could not be read: ${reason}`);
}
