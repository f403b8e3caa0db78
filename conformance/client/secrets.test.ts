import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from './secrets.ts';

const KEY = 'sk-proj-Ab3/dE+f9="Zq\\x7_L0ng';
const ADMIN = 'sk-admin-0011223344556677';
const secrets = new Secrets({ [KEY_PLACEHOLDER]: KEY, [ADMIN_KEY_PLACEHOLDER]: ADMIN });

const SPELLINGS: readonly (readonly [string, (key: string) => string])[] = [
  ['as it is', (key) => key],
  ['percent-encoded', encodeURIComponent],
  ['wholly percent-encoded', (key) => Buffer.from(key).toString('hex').replace(/../g, '%$&')],
  ['wholly percent-encoded in capitals', (key) => Buffer.from(key).toString('hex').toUpperCase().replace(/../g, '%$&')],
  ['in hexadecimal', (key) => Buffer.from(key).toString('hex')],
  ['escaped as JSON does', (key) => JSON.stringify({ told: key })],
  [
    'with every letter escaped',
    (key) => key.replace(/./g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  ['in base64', (key) => Buffer.from(key).toString('base64')],
  ['in base64 behind one byte', (key) => Buffer.from(`:${key}`).toString('base64')],
  ['in base64 behind two bytes', (key) => Buffer.from(`u:${key}`).toString('base64')],
  ['in base64 behind a word', (key) => Buffer.from(`Bearer ${key} and more`).toString('base64')],
  ['in base64url', (key) => Buffer.from(`Bearer ${key}`).toString('base64url')],
];

/** Whether eight characters of a spelling are left in a text. */
function leaks(text: string, spelling: string): boolean {
  return Array.from({ length: spelling.length - 7 }, (_, at) => spelling.slice(at, at + 8)).some((piece) =>
    text.includes(piece),
  );
}

describe('scrubbing a text', () => {
  it.each(SPELLINGS)('leaves nothing of a key that stands there %s', (_, spell) => {
    for (const key of [KEY, ADMIN]) {
      const scrubbed = secrets.scrub(`before ${spell(key)} after`);
      expect(scrubbed).toMatch(/^before .*\[redacted\].* after$/s);
      expect(leaks(scrubbed, key)).toBe(false);
      expect(scrubbed.length).toBeLessThan('before [redacted] after'.length + 26);
    }
  });

  it('finds any eight characters of a key, and no seven', () => {
    for (let at = 0; at + 8 <= ADMIN.length; at += 1) {
      expect(secrets.scrub(`<${ADMIN.slice(at, at + 8)}>`)).toBe('<[redacted]>');
      expect(secrets.scrub(`<${ADMIN.slice(at, at + 7)}>`)).toBe(`<${ADMIN.slice(at, at + 7)}>`);
    }
  });

  it('makes one gap of a key that stands there twice in a row, and two of keys that stand apart', () => {
    expect(secrets.scrub(`${ADMIN}${ADMIN}`)).toBe('[redacted]');
    expect(secrets.scrub(`a ${ADMIN} b ${KEY} c`)).toBe('a [redacted] b [redacted] c');
  });

  it('finds a key at the beginning and at the end', () => {
    expect(secrets.scrub(ADMIN)).toBe('[redacted]');
    expect(secrets.scrub(`x${ADMIN}`)).toBe('x[redacted]');
    expect(secrets.scrub(`${ADMIN}x`)).toBe('[redacted]x');
  });

  it('leaves every other text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(secrets.scrub(text)).toBe(text);
      }),
    );
  });

  it('leaves no eight characters of a key, wherever it stands and however it is cut', () => {
    const part = fc.tuple(fc.nat(ADMIN.length), fc.nat(ADMIN.length)).map(([from, to]) => ADMIN.slice(from, to));
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
        expect(leaks(secrets.scrub(parts.join('')), ADMIN)).toBe(false);
      }),
    );
  });

  it('has nothing to do without keys', () => {
    const none = new Secrets({ [KEY_PLACEHOLDER]: undefined, [ADMIN_KEY_PLACEHOLDER]: '' });
    expect(none.scrub('anything at all')).toBe('anything at all');
    expect(none.has(KEY_PLACEHOLDER)).toBe(false);
  });
});

describe('a key shorter than eight characters', () => {
  const short = new Secrets({ [KEY_PLACEHOLDER]: 'abc"123' });

  it('is found as a whole', () => expect(short.scrub('key=abc"123;')).toBe('key=[redacted];'));
  it('is found escaped as JSON does', () => expect(short.scrub('{"k":"abc\\"123"}')).toBe('{"k":"[redacted]"}'));
  it('is found percent-encoded', () => expect(short.scrub('?k=abc%22123&x')).toBe('?k=[redacted]&x'));
  it('is found in base64', () => {
    expect(short.scrub(Buffer.from('abc"123').toString('base64'))).toContain('[redacted]');
  });

  it('is told, so that the user may choose a longer one', () => {
    expect(short.shortKeys()).toEqual([KEY_PLACEHOLDER]);
    expect(secrets.shortKeys()).toEqual([]);
  });
});

describe('revealing keys', () => {
  it('puts each key where its placeholder stands', () => {
    expect(secrets.reveal(`Bearer ${KEY_PLACEHOLDER}`)).toBe(`Bearer ${KEY}`);
    expect(secrets.reveal(ADMIN_KEY_PLACEHOLDER)).toBe(ADMIN);
    expect(secrets.reveal('Bearer nothing')).toBe('Bearer nothing');
  });

  it('takes a key literally, whatever signs it holds', () => {
    const odd = new Secrets({ [KEY_PLACEHOLDER]: "a$&b$1c$$d$'e" });
    expect(odd.reveal(`Bearer ${KEY_PLACEHOLDER}`)).toBe("Bearer a$&b$1c$$d$'e");
  });
});
