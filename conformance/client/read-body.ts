// Turns the bytes of an answer into text and JSON without trusting them: encoding, nesting and length are checked
// before anything else looks at the value.
import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import type { ReadJson } from '../requirements/exchange.ts';
import type { JsonValue } from '../contract/json.ts';

/** JSON deeper than this is not read: nothing in the API nests deeper than ten levels. */
const MAX_DEPTH = 200;

export interface BodyReading {
  readonly body: string;
  readonly json: ReadJson;
  readonly truncated: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

/** What is kept of JSON that is too long to be read, in bytes: enough to show, and little enough to have many of. */
const SHOWN_BYTES = 64 * 1024;

/** Gathers a body: the first `cap` bytes are kept, all are counted, and those of file content are hashed. */
export class BodyReader {
  readonly #kept: Buffer[] = [];
  readonly #hash: Hash | undefined;
  readonly #cap: number;
  #keptBytes = 0;
  #bytes = 0;

  /** @param expectsJson false for file content, which is hashed and not parsed. */
  constructor(cap: number, expectsJson: boolean) {
    this.#cap = cap;
    this.#hash = expectsJson ? undefined : createHash('sha256');
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#hash?.update(chunk);
    const room = this.#cap - this.#keptBytes;
    if (room <= 0) return;
    const piece = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#kept.push(piece);
    this.#keptBytes += piece.length;
  }

  finish(): BodyReading {
    const [first, second] = this.#kept;
    const truncated = this.#bytes > this.#keptBytes;
    const worth = truncated && this.#hash === undefined ? Math.min(SHOWN_BYTES, this.#keptBytes) : this.#keptBytes;
    const isWhole = first?.length === worth && second === undefined;
    const buffer = isWhole ? first : Buffer.concat(this.#kept, worth);
    const body = buffer.toString('utf8');
    const json: ReadJson =
      this.#hash === undefined
        ? readJson(buffer, body, truncated, this.#cap)
        : { kind: 'unreadable', why: 'file content' };
    return { body, json, truncated, bytes: this.#bytes, sha256: this.#hash?.digest('hex') ?? '' };
  }
}

function readJson(buffer: Buffer, text: string, truncated: boolean, cap: number): ReadJson {
  if (buffer.length === 0) return { kind: 'empty' };
  if (truncated) return { kind: 'unreadable', why: `longer than ${cap} bytes` };
  if (!isUtf8(buffer)) return { kind: 'unreadable', why: 'not UTF-8' };
  if (text.trim() === '') return { kind: 'empty' };
  if (opensMoreThan(MAX_DEPTH, text) && depthOf(text) > MAX_DEPTH)
    return { kind: 'unreadable', why: `nested deeper than ${MAX_DEPTH} levels` };
  try {
    return { kind: 'json', value: JSON.parse(text) as JsonValue };
  } catch {
    return { kind: 'unreadable', why: `not JSON: ${JSON.stringify(text.slice(0, 60))}` };
  }
}

/** True for a text with more opening brackets than so many: with fewer it cannot nest deeper, and they are found fast. */
function opensMoreThan(limit: number, text: string): boolean {
  let found = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      found += 1;
      if (found > limit) return true;
    }
  }
  return false;
}

/** The deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}
