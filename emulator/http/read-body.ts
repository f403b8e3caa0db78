// Reads a request body up to a limit. What lies beyond is taken off the line without being kept, so that the client can
// read the refusal instead of a broken connection.
import type { IncomingMessage } from 'node:http';
import { badRequest, tooLarge } from './api-error.ts';

/** The most bytes of a JSON body. */
export const LONGEST_JSON_BODY = 4 * 1024 * 1024;
/** The most bytes that are taken off the line beyond a limit; a client that sends more is cut off. */
export const MOST_DRAINED = 1024 * 1024 * 1024;

/** The body's bytes. @throws ApiError 413 beyond the limit, 400 where the client went away. */
export async function readBody(incoming: IncomingMessage, limit = LONGEST_JSON_BODY): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit + MOST_DRAINED) break;
    }
  } catch (error) {
    throw badRequest(`The body could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (length > limit) throw tooLarge(`The body has more than the ${limit} bytes that are allowed`);
  return Buffer.concat(chunks);
}
