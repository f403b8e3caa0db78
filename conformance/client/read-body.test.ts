import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type BodyReading, BodyReader } from './read-body.ts';

function read(chunks: readonly (string | Buffer)[], { cap = 1024, expectsJson = true } = {}): BodyReading {
  const reader = new BodyReader(cap, expectsJson);
  for (const chunk of chunks) reader.add(Buffer.from(chunk));
  return reader.finish();
}

describe('reading a body', () => {
  it('puts together what came in pieces, also in the middle of a character', () => {
    const bytes = Buffer.from('{"name":"中文"}');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(read(pieces).json).toEqual({ kind: 'json', value: { name: '中文' } });
  });

  it('counts and hashes every byte, and keeps no more than the cap', () => {
    const content = randomBytes(5000);
    const reading = read([content.subarray(0, 700), content.subarray(700)], { expectsJson: false });
    expect(reading).toMatchObject({ bytes: 5000, truncated: true, json: { kind: 'unreadable' } });
    expect(reading.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(Buffer.byteLength(reading.body, 'utf8')).toBeLessThanOrEqual(3 * 1024);
  });

  it('keeps no more than the beginning of JSON that is too long to be read', () => {
    const long = `["${'a'.repeat(300_000)}"]`;
    const reading = read([long.slice(0, 150_000), long.slice(150_000)], { cap: 200_000 });
    expect(reading).toMatchObject({ truncated: true, bytes: long.length, json: { why: 'longer than 200000 bytes' } });
    expect(reading.body).toBe(long.slice(0, 64 * 1024));
    expect(read([long], { cap: 400_000 }).body).toBe(long);
  });

  it('reads what is exactly as long as the cap, and not one byte more', () => {
    expect(read(['{}'], { cap: 2 })).toMatchObject({ truncated: false, json: { kind: 'json', value: {} } });
    expect(read(['{} '], { cap: 2 })).toMatchObject({ truncated: true, json: { kind: 'unreadable' } });
  });

  it.each<readonly [string, string | Buffer, object]>([
    ['nothing', '', { kind: 'empty' }],
    ['blanks', ' \t\r\n', { kind: 'empty' }],
    ['a number', '17', { kind: 'json', value: 17 }],
    ['null', 'null', { kind: 'json', value: null }],
    ['text in half a JSON', '{"a":', { kind: 'unreadable' }],
    ['a trailing comma', '{"a":1,}', { kind: 'unreadable' }],
    ['NaN', '{"a":NaN}', { kind: 'unreadable' }],
    ['Latin-1', Buffer.from('{"a":"é"}', 'latin1'), { kind: 'unreadable', why: 'not UTF-8' }],
    ['half a surrogate pair in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), { kind: 'unreadable' }],
    ['UTF-16', Buffer.from('{}', 'utf16le'), { kind: 'unreadable' }],
    ['a byte order mark', Buffer.from('\ufeff{}'), { kind: 'unreadable' }],
  ])('tells that %s is what it is', (_, body, json) => {
    expect(read([body]).json).toMatchObject(json);
  });

  it.each([
    [200, 'json'],
    [201, 'unreadable'],
  ])('of lists nested %i deep is %s', (depth, kind) => {
    expect(read(['['.repeat(depth), ']'.repeat(depth)], { cap: 10_000 }).json.kind).toBe(kind);
  });

  it('takes brackets inside text for text', () => {
    const text = JSON.stringify({ text: `${'['.repeat(500)}"\\{` });
    expect(read([text], { cap: 10_000 }).json.kind).toBe('json');
  });

  it('does not run out of stack on a million brackets', () => {
    expect(read(['[{"a":'.repeat(200_000)], { cap: 10_000_000 }).json.kind).toBe('unreadable');
  });

  it('makes a member called __proto__ a member', () => {
    const { json } = read(['{"__proto__":{"polluted":true}}']);
    expect(json.kind === 'json' && Object.keys(json.value as object)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });
});
