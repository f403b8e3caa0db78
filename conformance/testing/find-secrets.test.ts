import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../client/secrets.ts';
import { findSecrets, searchedLine } from './find-secrets.ts';

const KEY = 'sk-planted/Qz7+Xw"9=aLmN';
const PIECE = KEY.slice(9, 17);

/** A zip file of one compressed entry, as far as readers of local headers need it. */
function zip(content: Buffer): Buffer {
  const data = deflateRawSync(content);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(9, 26);
  return Buffer.concat([head, Buffer.from('trace.txt'), data]);
}

const json = (text: string): string => JSON.stringify(text);
const escaped = (text: string): string =>
  text.replace(/./g, (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
const entities = (text: string): string => text.replace(/./g, (one) => `&#${one.charCodeAt(0)};`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const alternately = (text: string): string =>
  text.replace(/(.)(..)/g, (_, one: string, rest: string) => `%${one.charCodeAt(0).toString(16)}${rest}`);

/** Ways in which a key, or a piece of one, can stand in an output. */
const WAYS: readonly (readonly [string, (text: string) => string])[] = [
  ['raw', (text) => text],
  ['in lower case', (text) => text.toLowerCase()],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded here and there', alternately],
  ['percent-encoded twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['as JSON in JSON', (text) => json(json(text))],
  ['with every letter escaped', escaped],
  ['in entities', entities],
  ['in base64', (text) => base64(text)],
  ['in base64 behind a byte', (text) => base64(`:${text}:`)],
  ['in base64 behind two bytes', (text) => base64(`::${text}::`)],
  ['in base64 twice', (text) => base64(base64(text))],
  ['in base64 as JSON escapes it', (text) => base64(text).replaceAll('/', '\\/')],
  ['in base64url', (text) => Buffer.from(`a ${text} b`).toString('base64url')],
  ['in hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['gzipped in base64', (text) => gzipSync(Buffer.from(`${text} and more`)).toString('base64')],
  ['deflated in base64', (text) => deflateSync(Buffer.from(`${text} and more`)).toString('base64')],
];

describe('the search for planted secrets', () => {
  it.each(WAYS)('finds a key and eight characters of one %s', (_, write) => {
    for (const text of [KEY, PIECE]) {
      const content = Buffer.from(`{"before":1} ${write(text)} after`);
      expect(findSecrets([{ name: 'a', content }], [KEY]).finds).not.toEqual([]);
    }
  });

  it.each([
    ['a gzip file', gzipSync(Buffer.from(`x ${KEY}`))],
    ['a deflated file', deflateSync(Buffer.from(`x ${KEY}`))],
    ['a zip file', zip(Buffer.from(`x ${KEY}`))],
    ['a gzip file in a zip file', zip(gzipSync(Buffer.from(`x ${KEY}`)))],
    ['text of two bytes a character', Buffer.from(`x ${KEY}`, 'utf16le')],
  ])('finds a key in %s', (_, content) => {
    expect(findSecrets([{ name: 'a', content }], [KEY]).finds).not.toEqual([]);
  });

  it('finds a key in the name of a file', () => {
    expect(findSecrets([{ name: `out/${PIECE}.txt`, content: Buffer.alloc(0) }], [KEY]).finds).toHaveLength(1);
  });

  it('finds nothing where nothing is, and says how much was searched', () => {
    const content = Buffer.from(`${KEY.slice(0, 7)} ${KEY.slice(10, 17)} ${base64('nothing of the sort')}`);
    const searched = findSecrets([{ name: 'a', content }], [KEY]);
    expect(searched.finds).toEqual([]);
    expect(searchedLine(searched)).toBe(`planted secrets found: 0 in 1 files, ${content.length} bytes`);
  });
});

describe('scrubbing, by the judgement of the search', () => {
  const secrets = new Secrets({ [KEY_PLACEHOLDER]: KEY, [ADMIN_KEY_PLACEHOLDER]: 'sk-admin-83hfKsl0Q' });

  it.each(WAYS)('leaves nothing that stands there %s', (_, write) => {
    for (const text of [KEY, PIECE, `Bearer ${KEY}, again ${KEY}`]) {
      const scrubbed = secrets.scrub(`{"before":1} ${write(text)} after`);
      expect(scrubbed).toMatch(/^\{"before":1\} .*\[redacted\].* after$/s);
      expect(findSecrets([{ name: 'a', content: Buffer.from(scrubbed) }], [KEY]).finds).toEqual([]);
    }
  });
});
