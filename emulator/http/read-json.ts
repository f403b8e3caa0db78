// Makes JSON of a body: the media type, the encoding, the depth and the grammar are checked in that order. Depth is
// measured on the text, so that no later step meets a nesting that it could not survive.
import type { Policy } from '../policy.ts';
import type { JsonValue } from '../json.ts';
import { ApiError, badRequest, malformedJson } from './api-error.ts';

/** How deep a body may nest; the deepest legal one nests less than 20 levels. */
export const DEEPEST_JSON = 100;

/** Checks that a body is announced as JSON. @throws ApiError 415 where it is not. */
export function checkContentType(header: string | undefined, policy: Pick<Policy, 'contentType'>): void {
  if (policy.contentType === 'any') return;
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const json = /^application\/([\w.-]+\+)?json$/.test(type.trim());
  if (json && (parameters.length === 0 || policy.contentType === 'json-only')) return;
  const sent = header === undefined ? 'no Content-Type' : `Content-Type '${header.slice(0, 100)}'`;
  const message = `Unsupported media type: the request has ${sent}, but its body must be application/json`;
  throw new ApiError({ status: 415, message, code: 'unsupported_media_type' });
}

/** The value that a body stands for. @throws ApiError where it is no JSON. */
export function parseJson(
  bytes: Buffer,
  policy: Pick<Policy, 'jsonText' | 'malformedStatus' | 'bodyEncoding'>,
): JsonValue {
  if (bytes.length === 0) throw malformedJson('The body is empty.', policy.malformedStatus);
  const text = policy.bodyEncoding === 'any' ? bytes.toString('utf8') : decoded(bytes, policy.malformedStatus);
  if (isTooDeep(text)) throw badRequest(`The JSON body nests more than ${DEEPEST_JSON} levels`);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const repaired = policy.jsonText === 'repaired' ? repairedJson(text) : undefined;
    if (repaired !== undefined) return repaired;
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'It is not one JSON text.';
    throw malformedJson(reason, policy.malformedStatus);
  }
}

function decoded(bytes: Buffer, malformedStatus: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformedJson('The body is not UTF-8.', malformedStatus);
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 92) index += 1;
      else if (unit === 34) inString = false;
    } else if (unit === 34) inString = true;
    else if (unit === 123 || unit === 91) {
      depth += 1;
      if (depth > DEEPEST_JSON) return true;
    } else if (unit === 125 || unit === 93) depth -= 1;
  }
  return false;
}

/** What a lenient parser would make of trailing commas and of Python's words; for a defect only. */
function repairedJson(text: string): JsonValue | undefined {
  try {
    const words = text
      .replace(/\bNone\b/g, 'null')
      .replace(/\bTrue\b/g, 'true')
      .replace(/\bFalse\b/g, 'false');
    return JSON.parse(words.replace(/,(\s*[}\]])/g, '$1')) as JsonValue;
  } catch {
    return undefined;
  }
}
