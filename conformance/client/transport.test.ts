import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Exchange } from '../requirements/exchange.ts';
import { closedPort, everyMs, flood, httpServer, rawServer, silentServer } from '../testing/servers.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from './secrets.ts';
import { DEFAULT_LIMITS, type Limits, openTransport, type Transport } from './transport.ts';
import type { WireRequest } from './wire-request.ts';

const KEY = 'sk-test-4f9d1c2b7a8e';
const ADMIN = 'sk-admin-5e6f7a8b9c0d';
const QUICK: Limits = {
  connectMs: 300,
  headersMs: 300,
  idleMs: 300,
  totalMs: 900,
  jsonBytes: 64 * 1024,
  contentBytes: 256 * 1024,
};
const GET: WireRequest = { operation: 'retrieveFineTuningJob', method: 'GET', path: '/fine_tuning/jobs/job-1' };

interface Opened {
  readonly limits?: Partial<Limits>;
  readonly auth?: { readonly header: string; readonly prefix: string };
  readonly query?: string;
  readonly keys?: Readonly<Record<string, string>>;
}

function opened(url: string, { limits, auth, query = '', keys }: Opened = {}): Transport {
  const transport = openTransport({
    baseUrl: new URL(`${url}/v1`),
    query,
    auth: auth ?? { header: 'authorization', prefix: 'Bearer ' },
    secrets: new Secrets(keys ?? { [KEY_PLACEHOLDER]: KEY, [ADMIN_KEY_PLACEHOLDER]: ADMIN }),
    limits: { ...QUICK, ...limits },
    connections: 2,
    clock: () => performance.now(),
  });
  onTestFinished(() => transport.close());
  return transport;
}

async function asked(
  url: string,
  request: Partial<WireRequest> = {},
  options: Opened = {},
): Promise<Exchange['outcome']> {
  const exchange = await opened(url, options).send({ ...GET, ...request });
  return exchange.outcome;
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

describe('a target that does not answer', () => {
  it('is unreachable where nobody listens', async () => {
    expect(await asked(await closedPort())).toMatchObject({ kind: 'failure', cause: 'unreachable' });
  });

  it('is unreachable where the connection is never made', async () => {
    const { url } = await silentServer();
    const outcome = await asked(url.replace('http:', 'https:'), {}, { limits: { totalMs: 20_000 } });
    expect(outcome).toMatchObject({ kind: 'failure', cause: 'unreachable' });
  });

  it('is late where no headers come', async () => {
    const { url } = await rawServer(() => undefined);
    expect(await asked(url)).toMatchObject({ kind: 'failure', cause: 'timeout' });
  });

  it('is late where the body stalls', async () => {
    const { url } = await rawServer((socket) => socket.write(`${HEAD}content-length: 100\r\n\r\n{"id":`));
    expect(await asked(url)).toMatchObject({ kind: 'failure', cause: 'timeout' });
  });

  it('is late where the body drips faster than the idle deadline, for ever', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(`${HEAD}content-length: 100000\r\n\r\n`);
      everyMs(50, socket, () => socket.write(' '));
    });
    expect(await asked(url)).toMatchObject({
      kind: 'failure',
      cause: 'timeout',
      message: expect.stringContaining('complete') as string,
    });
  });

  it('is late for who waits in line for a connection, too, and answers the next one', async () => {
    let isSilent = true;
    const { url } = await rawServer((socket) => {
      if (!isSilent) socket.end(`${HEAD}content-length: 2\r\n\r\n{}`);
    });
    const transport = opened(url, { limits: { headersMs: 60_000, totalMs: 400 } });
    const sent = await Promise.all(Array.from({ length: 5 }, () => transport.send(GET)));
    for (const { outcome } of sent) expect(outcome).toMatchObject({ kind: 'failure', cause: 'timeout' });
    isSilent = false;
    expect((await transport.send(GET)).outcome).toMatchObject({ kind: 'answer', status: 200 });
  });

  it('is late where provisional answers never end', async () => {
    const { url } = await rawServer((socket) => {
      everyMs(20, socket, () => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'));
    });
    expect(await asked(url)).toMatchObject({ kind: 'failure' });
  });

  it.each([
    ['resets the connection', '', true],
    ['closes it without a word', '', false],
    ['breaks off in the headers', 'HTTP/1.1 200 OK\r\ncontent-', false],
    ['breaks off in the body', `${HEAD}content-length: 100\r\n\r\n{"id":`, false],
    ['breaks off in a chunk', `${HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{"id"`, false],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', false],
    [
      'upgrades to another protocol unasked',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      false,
    ],
    ['sends a status that is no number', 'HTTP/1.1 OK 200\r\n\r\n', false],
    ['tells two lengths', `${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, false],
  ])('is broken where it %s', async (_, bytes, reset) => {
    const { url } = await rawServer((socket) => {
      if (reset) socket.resetAndDestroy();
      else socket.end(bytes);
    });
    expect(await asked(url)).toMatchObject({ kind: 'failure', cause: 'broken' });
  });
});

describe('a target that answers too much', () => {
  it('is read up to the cap where the body never ends', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(`${HEAD}connection: close\r\n\r\n`);
      flood(socket, '['.repeat(16_384));
    });
    const outcome = await asked(url, {}, { limits: { totalMs: 20_000, idleMs: 5_000 } });
    expect(outcome).toMatchObject({ kind: 'answer', truncated: true, json: { kind: 'unreadable' } });
    if (outcome.kind === 'answer') expect(outcome.body).toHaveLength(QUICK.jsonBytes);
  });

  it('is read up to the cap where little data unpacks to much', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    const server = await httpServer({ headers: { 'content-encoding': 'gzip' }, body: bomb });
    const outcome = await asked(server.url, {}, { limits: { totalMs: 20_000, idleMs: 5_000 } });
    expect(outcome).toMatchObject({ kind: 'answer', truncated: true });
    if (outcome.kind === 'answer') expect(outcome.bytes).toBeLessThan(1024 * 1024);
  });

  it.each(['identity', 'gzip'])(
    'leaves no connection open where the rest of an answer in %s is not read',
    async (encoding) => {
      const plain = Buffer.concat([Buffer.alloc(1024 * 1024), randomBytes(16 * 1024 * 1024)]);
      const body = encoding === 'gzip' ? gzipSync(plain, { level: 1 }) : plain;
      const server = await httpServer({ headers: { 'content-encoding': encoding }, body });
      const outcome = await asked(server.url, {}, { limits: { totalMs: 30_000, idleMs: 30_000 } });
      expect(outcome).toMatchObject({ kind: 'answer', truncated: true });
      await vi.waitFor(
        () => {
          expect(server.open()).toBe(0);
        },
        { timeout: 5_000 },
      );
    },
  );

  it('is too large where the headers never end', async () => {
    const { url } = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      flood(socket, `x-flood: ${'y'.repeat(1000)}\r\n`);
    });
    expect(await asked(url)).toMatchObject({ kind: 'failure', cause: 'too-large' });
  });

  it('keeps the transport fit for use', async () => {
    const { url } = await rawServer((socket) =>
      socket.end(`${HEAD}content-length: 2\r\n\r\n{}and more than was announced`),
    );
    const transport = opened(url);
    await transport.send(GET);
    expect((await transport.send(GET)).outcome.kind).toMatch(/answer|failure/);
  });
});

describe('an answer', () => {
  it.each([
    ['JSON', '{"id":"job-1"}', { kind: 'json', value: { id: 'job-1' } }],
    ['nothing', '', { kind: 'empty' }],
    ['blanks', ' \r\n', { kind: 'empty' }],
    ['JSON that breaks off', '{"id":"job', { kind: 'unreadable' }],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), { kind: 'unreadable', why: 'not UTF-8' }],
    ['a byte order mark', '\ufeff{}', { kind: 'unreadable' }],
    ['JSON nested a thousand deep', '['.repeat(1000) + ']'.repeat(1000), { kind: 'unreadable' }],
    ['two JSON texts', '{}{}', { kind: 'unreadable' }],
    ['an event stream', 'data: {}\n\n', { kind: 'unreadable' }],
  ])('of %s is told as such', async (_, body, json) => {
    const { url } = await httpServer({ body });
    expect(await asked(url)).toMatchObject({ kind: 'answer', status: 200, json });
  });

  it.each([['gzip', gzipSync('{"id":1}')] as const])('in %s is unpacked', async (encoding, body) => {
    const { url } = await httpServer({ headers: { 'content-encoding': encoding }, body });
    expect(await asked(url)).toMatchObject({ json: { kind: 'json', value: { id: 1 } } });
  });

  it('whose packing is broken is broken', async () => {
    const { url } = await httpServer({ headers: { 'content-encoding': 'gzip' }, body: '{"id":1}' });
    expect(await asked(url)).toMatchObject({ kind: 'failure', cause: 'broken' });
  });

  it('has its header names in lower case and repeated headers joined', async () => {
    const { url } = await httpServer({ headers: { 'X-Request-Id': 'r1', 'X-Many': ['a', 'b'] } });
    expect(await asked(url)).toMatchObject({ headers: { 'x-request-id': 'r1', 'x-many': 'a, b' } });
  });

  it('of file content is hashed and counted, and not parsed', async () => {
    const { url } = await httpServer({ body: Buffer.alloc(100_000, 0x61) });
    const outcome = await asked(url, { operation: 'downloadFile', path: '/files/file-1/content' });
    expect(outcome).toMatchObject({
      kind: 'answer',
      bytes: 100_000,
      json: { kind: 'unreadable', why: 'file content' },
    });
  });

  it('that refuses a download is parsed', async () => {
    const { url } = await httpServer({ status: 404, body: '{"error":{}}' });
    const outcome = await asked(url, { operation: 'downloadFile' });
    expect(outcome).toMatchObject({ status: 404, json: { kind: 'json' } });
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'with status %i is recorded and not followed, and no key goes there',
    async (status) => {
      const other = await httpServer();
      const server = await httpServer({ status, headers: { location: `${other.url}/v1/elsewhere` } });
      expect(await asked(server.url)).toMatchObject({ status, headers: { location: `${other.url}/v1/elsewhere` } });
      expect(other.connections()).toBe(0);
    },
  );
});

describe('a request', () => {
  it('carries the key on the wire, and the placeholder in the record', async () => {
    const server = await httpServer();
    const exchange = await opened(server.url).send(GET);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(exchange.request.headers['authorization']).toBe(`Bearer ${KEY_PLACEHOLDER}`);
    expect(JSON.stringify(exchange)).not.toContain(KEY);
  });

  it.each([
    ['key', `Bearer ${KEY}`],
    ['admin-key', `Bearer ${ADMIN}`],
    ['none', undefined],
  ] as const)('with credentials "%s" carries %s', async (credentials, header) => {
    const server = await httpServer();
    await asked(server.url, { credentials });
    expect(server.seen[0]?.headers.authorization).toBe(header);
  });

  it('with a wrong key carries one that is neither of ours', async () => {
    const server = await httpServer();
    await asked(server.url, { credentials: 'wrong-key' });
    expect(server.seen[0]?.headers.authorization).toMatch(/^Bearer sk-/);
    expect([`Bearer ${KEY}`, `Bearer ${ADMIN}`]).not.toContain(server.seen[0]?.headers.authorization);
  });

  it('never shows a placeholder where there is no key', async () => {
    const server = await httpServer();
    await asked(server.url, {}, { keys: {} });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('shows the key as the target wants it', async () => {
    const server = await httpServer();
    await asked(server.url, {}, { auth: { header: 'api-key', prefix: '' } });
    expect(server.seen[0]?.headers).toMatchObject({ 'api-key': KEY });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it.each(['/fine_tuning/jobs/a%2Fb', '/fine_tuning/jobs/../files', '/files/%2e%2e?x=[y]', '/models/ft:a:b::c'])(
    'goes out with the path %s as it stands',
    async (path) => {
      const server = await httpServer();
      await asked(server.url, { path });
      expect(server.seen[0]?.url).toBe(`/v1${path}`);
    },
  );

  it.each([
    ['/files', '/v1/files?api-version=1'],
    ['/files?limit=2', '/v1/files?limit=2&api-version=1'],
  ])('to %s carries the query that every request carries', async (path, url) => {
    const server = await httpServer();
    const exchange = await opened(server.url, { query: 'api-version=1' }).send({ ...GET, path });
    expect(server.seen[0]?.url).toBe(url);
    expect(`/v1${exchange.request.path}`).toBe(url);
  });

  it('carries its body as it was given, and records text but no bytes', async () => {
    const server = await httpServer();
    const transport = opened(server.url);
    const post = { operation: 'createFineTuningJob', method: 'POST', path: '/fine_tuning/jobs' } as const;
    const text = await transport.send({ ...post, body: '{"seed": 1,}' });
    const bytes = await transport.send({ ...post, body: Buffer.from('bytes'), bodyNote: '<5 bytes>' });
    expect(server.seen.map(({ body }) => body)).toEqual(['{"seed": 1,}', 'bytes']);
    expect([text.request.body, bytes.request.body]).toEqual(['{"seed": 1,}', '<5 bytes>']);
  });

  it('is numbered in the order of sending, and answered after it was sent', async () => {
    const server = await httpServer();
    const transport = opened(server.url);
    const exchanges = await Promise.all([transport.send(GET), transport.send(GET)]);
    expect(exchanges.map(({ id }) => id)).toEqual(['x1', 'x2']);
    for (const { sentAt, receivedAt } of exchanges) expect(receivedAt).toBeGreaterThanOrEqual(sentAt);
  });

  it('with a header that cannot be sent is a failure, not an exception', async () => {
    const server = await httpServer();
    expect(await asked(server.url, { headers: { 'x-bad': 'line\nbreak' } })).toMatchObject({ kind: 'failure' });
  });
});

describe('the usual limits', () => {
  it('end every exchange', () => {
    for (const limit of Object.values(DEFAULT_LIMITS)) expect(limit).toBeGreaterThan(0);
    expect(DEFAULT_LIMITS.totalMs).toBeGreaterThan(DEFAULT_LIMITS.headersMs);
  });
});
