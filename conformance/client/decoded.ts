// A text as readers of other notations see it: escapes of JSON, percent signs and HTML undone, runs of base64 and
// hexadecimal unpacked. Each character remembers where it stood, so that what is found can be taken out of the original.
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A stretch of a text, from its first character to the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A decoded text; character n of it was written as `text.slice(starts[n], ends[n])`. */
interface View {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** How often a text may have been escaped: JSON in JSON in a URL is three times. */
const ROUNDS = 3;
const ESCAPE =
  /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\u\{([0-9a-f]{1,6})\}|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|\\([^\sa-z0-9]|[bfnrt])|&(amp|lt|gt|quot|apos);/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Every view of a text in which an escape was undone, with the way back to the text. */
export function* unescaped(text: string): Generator<{ readonly text: string; readonly origin: (found: Span) => Span }> {
  let view: View | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = unescapedOnce(view ?? { text, starts: [], ends: [] }, view === undefined);
    if (next === undefined) return;
    view = next;
    const { starts, ends } = next;
    yield {
      text: next.text,
      origin: ({ start, end }) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? text.length }),
    };
  }
}

function unescapedOnce(view: View, isOriginal: boolean): View | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let decoded = '';
  let done = 0;
  const startOf = (at: number): number => (isOriginal ? at : (view.starts[at] ?? 0));
  const endOf = (at: number): number => (isOriginal ? at + 1 : (view.ends[at] ?? 0));
  const keep = (until: number): void => {
    decoded += view.text.slice(done, until);
    for (let at = done; at < until; at += 1) {
      starts.push(startOf(at));
      ends.push(endOf(at));
    }
  };
  for (const match of view.text.matchAll(ESCAPE)) {
    const character = characterOf(match);
    keep(match.index);
    done = match.index + match[0].length;
    decoded += character;
    // A character beyond the first plane is two units of the text, both of which were written here.
    for (let left = character.length; left > 0; left -= 1) {
      starts.push(startOf(match.index));
      ends.push(endOf(done - 1));
    }
  }
  if (done === 0) return undefined;
  keep(view.text.length);
  return { text: decoded, starts, ends };
}

function characterOf([, u4, x2, braced, percent, hexEntity, decimal, single, entity]: RegExpExecArray): string {
  const hex = u4 ?? x2 ?? braced ?? percent ?? hexEntity;
  const code = hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : undefined;
  if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? '';
  return single === undefined ? '' : (CONTROLS[single] ?? single);
}

/** Shorter runs hold no eight characters in any of these notations. */
const PACKED = /[A-Za-z0-9+/_-]{11,}/g;
const HEX = /^(?:[0-9a-f]{2}){8,}$/i;
/** What a packed run may unpack to at most: a bomb must not fill the memory. */
const MOST_UNPACKED = 1024 * 1024;

/** What runs of base64 or hexadecimal in a text stand for, unzipped where they were zipped. */
export function* unpacked(text: string): Generator<Span & { readonly text: string }> {
  for (const { 0: run, index } of text.matchAll(PACKED)) {
    const span = { start: index, end: index + run.length };
    if (HEX.test(run)) yield { ...span, text: Buffer.from(run, 'hex').toString('latin1') };
    const bytes = Buffer.from(run, 'base64');
    yield { ...span, text: bytes.toString('latin1') };
    const plain = unzipped(bytes);
    if (plain !== undefined) yield { ...span, text: plain.toString('latin1') };
  }
}

function unzipped(bytes: Buffer): Buffer | undefined {
  const options = { maxOutputLength: MOST_UNPACKED };
  const [first = 0, second = 0] = bytes;
  try {
    if (first === 0x1f && second === 0x8b) return gunzipSync(bytes, options);
    if ((first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0) return inflateSync(bytes, options);
    return first === 0x50 && second === 0x4b ? inflateRawSync(bytes.subarray(zipDataAt(bytes)), options) : undefined;
  } catch {
    return undefined;
  }
}

/** Where the data of the first entry of a zip file begins. */
function zipDataAt(bytes: Buffer): number {
  return bytes.length < 30 ? 0 : 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
}
