// Looks for planted keys in everything that a run left behind. It takes outputs apart (archives, base64, hexadecimal,
// escapes) where the scrubber puts keys together, so that one mistake cannot hide in both.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A piece of a key this long is a find. */
const PIECE = 8;
const DEPTH = 4;

/** One place where a key, or eight characters of one, was found. */
export interface Find {
  /** File or stream. */
  readonly where: string;
  /** How it was read to be seen: "raw", "base64 > gzip". */
  readonly as: string;
  /** What was found, which is a planted key and no real one. */
  readonly piece: string;
}

export interface Searched {
  readonly finds: readonly Find[];
  readonly files: number;
  readonly bytes: number;
}

/** Something to search: a file's or a stream's name and content. */
export interface Haystack {
  readonly name: string;
  readonly content: Buffer;
}

/** Every file below the folders; a path that does not exist holds nothing. */
export function filesBelow(paths: readonly string[]): Haystack[] {
  return paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    if (stat.isFile()) return [{ name: path, content: readFileSync(path) }];
    return stat.isDirectory() ? filesBelow(readdirSync(path).map((name) => join(path, name))) : [];
  });
}

/** Searches names and contents for the keys. */
export function findSecrets(haystacks: readonly Haystack[], keys: readonly string[]): Searched {
  const pieces = new Set(keys.flatMap(piecesOf));
  const finds = haystacks.flatMap(({ name, content }) => [
    ...search(Buffer.from(name), pieces).map((find) => ({ ...find, where: name, as: `the name, ${find.as}` })),
    ...search(content, pieces).map((find) => ({ ...find, where: name })),
  ]);
  return { finds, files: haystacks.length, bytes: haystacks.reduce((sum, { content }) => sum + content.length, 0) };
}

/** The one line that tells the result. */
export function searchedLine({ finds, files, bytes }: Searched): string {
  return `planted secrets found: ${finds.length} in ${files} files, ${bytes} bytes`;
}

function piecesOf(key: string): string[] {
  if (key.length <= PIECE) return [key];
  return Array.from({ length: key.length - PIECE + 1 }, (_, at) => key.slice(at, at + PIECE));
}

interface Layer {
  readonly as: string;
  readonly content: Buffer;
}

function search(content: Buffer, pieces: ReadonlySet<string>): Omit<Find, 'where'>[] {
  const finds = new Map<string, Omit<Find, 'where'>>();
  let layers: readonly Layer[] = [{ as: 'raw', content }];
  for (let depth = 0; depth < DEPTH && layers.length > 0; depth += 1) {
    for (const { as, content: bytes } of layers) {
      const piece = pieceIn(bytes, pieces);
      if (piece !== undefined) finds.set(as, { as, piece });
    }
    layers = layers.flatMap(({ as, content: bytes }) =>
      below(bytes, depth).map((layer) => ({ ...layer, as: as === 'raw' ? layer.as : `${as} > ${layer.as}` })),
    );
  }
  return [...finds.values()];
}

function pieceIn(bytes: Buffer, pieces: ReadonlySet<string>): string | undefined {
  // Every second byte, both ways: what was written in two bytes a character.
  const wide = bytes.includes(0) ? [everySecond(bytes, 0), everySecond(bytes, 1)] : [];
  for (const text of [bytes.toString('latin1'), ...wide]) {
    const lower = text.toLowerCase();
    for (const piece of pieces) if (text.includes(piece) || lower.includes(piece.toLowerCase())) return piece;
  }
  return undefined;
}

function everySecond(bytes: Buffer, from: number): string {
  return Buffer.from(bytes.filter((_, at) => at % 2 === from)).toString('latin1');
}

/** What is inside: archives, escapes undone, packed runs unpacked. */
function below(bytes: Buffer, depth: number): Layer[] {
  const text = bytes.toString('latin1');
  const unescaped = unescape(text);
  return [
    ...unpack(bytes),
    ...(unescaped === text ? [] : [{ as: 'unescaped', content: Buffer.from(unescaped, 'latin1') }]),
    // Packed runs inside packed runs are looked into twice; deeper than that everything is noise.
    ...(depth < 2 ? packedRuns(text) : []),
  ];
}

function unescape(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16) & 0xff))
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\0([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8) & 0xff))
    .replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#x([0-9a-fA-F]{1,6});/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16) & 0xff))
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCharCode(Number(code) & 0xff))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\\(["\\/'`_*[\]()#+!|~^=$.-])/g, '$1');
}

/** Base64 in its four alignments and hexadecimal, all runs of one alignment as one layer. */
function packedRuns(text: string): Layer[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{11,}/g) ?? [];
  const aligned = [0, 1, 2, 3].map((shift) => ({
    as: 'base64',
    content: Buffer.concat(runs.flatMap((run) => [Buffer.from(run.slice(shift), 'base64'), SEPARATOR])),
  }));
  const zipped = runs.flatMap((run) => (run.length < 24 ? [] : unpack(Buffer.from(run, 'base64'))));
  const hex = (text.match(/(?:[0-9a-fA-F]{2}){8,}/g) ?? []).flatMap((run) => [Buffer.from(run, 'hex'), SEPARATOR]);
  return [
    ...aligned,
    ...zipped.map((layer) => ({ ...layer, as: `base64 > ${layer.as}` })),
    ...(hex.length === 0 ? [] : [{ as: 'hexadecimal', content: Buffer.concat(hex) }]),
  ].filter(({ content }) => content.length > 0);
}

const SEPARATOR = Buffer.from('\n');

/** What a compressed file holds; of an archive every entry. */
function unpack(bytes: Buffer): Layer[] {
  const tries: readonly (readonly [as: string, is: boolean, open: () => Buffer])[] = [
    ['gzip', bytes[0] === 0x1f && bytes[1] === 0x8b, () => gunzipSync(bytes)],
    ['deflate', isZlib(bytes), () => inflateSync(bytes)],
  ];
  const streams = tries.flatMap(([as, is, open]) => {
    const content = is ? attempt(open) : undefined;
    return content === undefined ? [] : [{ as, content }];
  });
  return [...streams, ...zipEntries(bytes)];
}

function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

/** Entries of a zip file, by the local headers: traces and blob reports of Playwright are such files. */
function zipEntries(bytes: Buffer): Layer[] {
  const layers: Layer[] = [];
  const mark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
  for (let at = bytes.indexOf(mark); at >= 0 && at + 30 <= bytes.length; at = bytes.indexOf(mark, at + 4)) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const next = bytes.indexOf(mark, from);
    const data = bytes.subarray(from, next < 0 ? undefined : next);
    const method = bytes.readUInt16LE(at + 8);
    const content = method === 8 ? attempt(() => inflateRawSync(data)) : data;
    layers.push({ as: 'zip, a name', content: bytes.subarray(at + 30, from) }, { as: 'zip', content: content ?? data });
  }
  return layers;
}

function attempt(open: () => Buffer): Buffer | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
