import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curlLine, shellWord } from './curl.ts';
import type { ReportedRequest } from './report.ts';

const KEY = 'sk-test-0123456789';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Runs a line in a shell of its own, in an empty folder, and tells what it printed and left there. */
async function sh(line: string): Promise<{ readonly output: string; readonly left: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'curl-'));
  try {
    const output = await new Promise<string>((resolve, reject) => {
      const env = {
        PATH: process.env['PATH'],
        CONFORMANCE_API_KEY: KEY,
        CONFORMANCE_ADMIN_API_KEY: 'sk-admin',
        HOME: folder,
      };
      execFile('sh', ['-c', line], { cwd: folder, env, encoding: 'buffer' }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${error.message}\n${stderr.toString()}`));
        else resolve(stdout.toString('utf8'));
      });
    });
    return { output, left: readdirSync(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let server: Server;
let received: Received[] = [];
let baseUrl = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => void server.close());

const CREATE: ReportedRequest = {
  method: 'POST',
  path: '/fine_tuning/jobs',
  headers: { 'content-type': 'application/json', authorization: 'Bearer <API key>' },
  body: '{"model":"gpt-4o-mini"}',
};

/** Sends a request by its printed line and tells what arrived. */
async function sent(change: Partial<ReportedRequest>): Promise<Received> {
  received = [];
  const { left } = await sh(curlLine(baseUrl, { ...CREATE, ...change }));
  expect(left).toEqual([]);
  const [first] = received;
  if (first === undefined) throw new Error('nothing arrived');
  return first;
}

describe('a curl line, run by a shell', () => {
  it('sends the request with the key of the reader', async () => {
    const { method, url, headers, body } = await sent({});
    expect({ method, url, body }).toEqual({ method: 'POST', url: '/v1/fine_tuning/jobs', body: CREATE.body });
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
  });

  it('sends a request without a body, and a path just as it is', async () => {
    const path = '/fine_tuning/x/../jobs/./..%2f..?limit=2&after=a[0]{b}&metadata%5Bk%5D=v/../x';
    const arrived = await sent({ method: 'GET', path, headers: {}, body: null });
    expect(arrived).toMatchObject({ method: 'GET', url: `/v1${path}`, body: '' });
    expect(arrived.headers['authorization']).toBeUndefined();
  });

  it('adds no content type where none was sent', async () => {
    expect((await sent({ headers: {} })).headers['content-type']).toBeUndefined();
  });

  it('sends an empty header', async () => {
    expect((await sent({ headers: { 'x-empty': '' } })).headers['x-empty']).toBe('');
  });

  it('puts the admin key where the admin key was', async () => {
    const headers = { authorization: 'Bearer <admin API key>' };
    expect((await sent({ headers })).headers['authorization']).toBe('Bearer sk-admin');
  });

  it.each([
    "'; touch pwned; '",
    '"; touch pwned; "',
    '$(touch pwned)',
    '`touch pwned`',
    "\\'; touch pwned; #",
    '@/etc/passwd',
    '-o pwned',
    '--output=pwned',
    '!! $HOME ~ * ? [a]',
    '%s%d%n \\n \\0101 \\c',
    '\u0007 beside %s \\n \\0101 \\c end',
    'line one\nline two\n',
    '\u001b[2J\u0007bell \u202e turned \u2028 parted',
    '',
    '🙂 größer',
  ])('carries the body %j to the letter and does nothing else', async (body) => {
    expect((await sent({ body })).body).toBe(body);
  });

  it('carries a NUL byte', async () => {
    expect((await sent({ body: 'a\u0000b' })).body).toBe('a\u0000b');
  });

  it.each(["/x'; touch pwned; '", '/x$(touch pwned)', '/x`touch pwned`'])(
    'takes the path %j for a path',
    async (path) => {
      const line = curlLine(baseUrl, { ...CREATE, path });
      // A path with a space is no path; curl may refuse it, and the shell must not run it.
      const result = await sh(`${line} || true`);
      expect(result.left).toEqual([]);
    },
  );

  it('takes a hostile header for a header', async () => {
    const headers = { 'x-a': "'; touch pwned; '$(touch pwned)", 'bad name\n': 'x', 'x-b': '<API key>`touch pwned`' };
    const arrived = await sent({ headers });
    expect(arrived.headers['x-a']).toBe("'; touch pwned; '$(touch pwned)");
    expect(arrived.headers['x-b']).toBe(`${KEY}\`touch pwned\``);
  });

  it('takes a base URL with a hostile host for a host', async () => {
    const line = curlLine("http://127.0.0.1:9';touch pwned;'/v1", CREATE);
    expect((await sh(`${line} 2>/dev/null || true`)).left).toEqual([]);
  });
});

describe('what a curl line shows', () => {
  it('is one printable line, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (path, body) => {
        const line = curlLine('https://a.example/v1', { ...CREATE, path: `/${path}`, body });
        return !/[\p{Cc}\p{Cs}\u2028-\u202e]/u.test(line);
      }),
    );
  });

  it('never holds a variable name that is none', () => {
    const line = curlLine('https://a.example/v1', CREATE, { key: 'A; touch pwned', adminKey: 'B' });
    expect(line).toContain('"$CONFORMANCE_API_KEY"');
  });

  it('describes a body that is no text instead of sending its description', () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const line = curlLine('https://a.example/v1', {
      ...CREATE,
      path: '/files',
      headers,
      body: "multipart: file 'a.jsonl'\n(9 bytes)",
    });
    expect(line.split('\n')[0]).toMatch(/^# .*the body is left out: multipart/);
    expect(line.split('\n')).toHaveLength(2);
    expect(line).not.toContain('--data');
  });

  it('describes a body that was cut', () => {
    const line = curlLine('https://a.example/v1', { ...CREATE, body: `${'x'.repeat(50)}… (70000 characters)` });
    expect(line).not.toContain('--data');
  });

  it('is empty where nothing was sent', () => {
    expect(curlLine('https://a.example/v1', { ...CREATE, method: '' })).toBe('');
  });
});

describe('a word of the shell', () => {
  it('stands for exactly its text, but for newlines at its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        const word = shellWord(text);
        expect((await sh(`printf '%s|' ${word}`)).output).toBe(`${text}|`);
      }),
      { numRuns: 40 },
    );
    expect((await sh(`printf '%s|' ${shellWord('a\tb\u001bc')}`)).output).toBe('a\tb\u001bc|');
  });
});
