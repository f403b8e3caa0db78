// The only place that talks to a target. It sends exactly the path and bytes that it is given, puts the key in, never
// follows a redirect, stands under deadlines and caps, and hands back what was recorded. It never throws for anything
// that a target does.
import { createGunzip, createInflate, type Gunzip, type Inflate } from 'node:zlib';
import { Agent, errors } from 'undici';
import type { Exchange, Failure, Headers, SentRequest } from '../requirements/exchange.ts';
import { BodyReader } from './read-body.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER, type Secrets } from './secrets.ts';
import { type Manner, recordedRequest, type WireRequest } from './wire-request.ts';

/** Deadlines in milliseconds and caps in bytes. */
export interface Limits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Longest silence inside a body. */
  readonly idleMs: number;
  /** Longest time of one whole exchange. */
  readonly totalMs: number;
  /** Longest JSON body that is read. */
  readonly jsonBytes: number;
  /** Longest file content that is read (counted and hashed, not kept). */
  readonly contentBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  connectMs: 10_000,
  headersMs: 60_000,
  idleMs: 30_000,
  totalMs: 120_000,
  jsonBytes: 4 * 1024 * 1024,
  contentBytes: 64 * 1024 * 1024,
};

export interface Transport {
  /** Sends one request. Never rejects for what the target does. */
  readonly send: (request: WireRequest) => Promise<Exchange>;
  readonly close: () => Promise<void>;
}

export interface TransportOptions extends Manner {
  readonly baseUrl: URL;
  readonly secrets: Secrets;
  readonly limits: Limits;
  readonly connections: number;
  /** Milliseconds since the start of the run. */
  readonly clock: () => number;
}

const MAX_HEADER_BYTES = 64 * 1024;

/** Opens a transport to one origin. */
export function openTransport(options: TransportOptions): Transport {
  const { limits } = options;
  const agent = new Agent({
    connections: options.connections,
    pipelining: 1,
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  let count = 0;
  return {
    send: async (request) => {
      count += 1;
      const id = `x${count}`;
      const sent = recordedRequest(options, request);
      const sentAt = options.clock();
      const outcome = await perform(agent, options, request, sent);
      return { id, operation: request.operation, request: sent, outcome, sentAt, receivedAt: options.clock() };
    },
    close: () => agent.destroy(),
  };
}

async function perform(
  agent: Agent,
  options: TransportOptions,
  request: WireRequest,
  sent: SentRequest,
): Promise<Exchange['outcome']> {
  const { baseUrl, limits, secrets } = options;
  const headers: Record<string, string> = {
    'user-agent': 'fine-tuning-conformance',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };
  for (const [name, value] of Object.entries(sent.headers)) {
    const revealed = secrets.reveal(value);
    // Without a key there is nothing to show: a placeholder must not go out as if it were one.
    if (revealed !== value || !isPlaceholder(value)) headers[name] = revealed;
  }
  const deadline = AbortSignal.timeout(limits.totalMs);
  try {
    const answer = await agent.request({
      origin: baseUrl.origin,
      path: wirePath(`${baseUrl.pathname.replace(/\/$/, '')}${sent.path}`, secrets),
      method: request.method,
      headers,
      body: request.body ?? null,
      signal: deadline,
    });
    const expectsJson = request.operation !== 'downloadFile' || answer.statusCode >= 400;
    const reader = new BodyReader(limits.jsonBytes, expectsJson);
    const cap = expectsJson ? limits.jsonBytes : limits.contentBytes;
    const encoding = String(answer.headers['content-encoding'] ?? '');
    for await (const chunk of decoded(answer.body, encoding)) {
      reader.add(chunk as Buffer);
      if (reader.bytes > cap) break;
    }
    return {
      kind: 'answer',
      status: answer.statusCode,
      headers: plainHeaders(answer.headers),
      ...reader.finish(),
    };
  } catch (error) {
    return failureOf(error, deadline.aborted, limits);
  }
}

/** The path with its key, and without the parameter of a key that there is not. */
function wirePath(path: string, secrets: Secrets): string {
  const revealed = secrets.revealInPath(path);
  return isPlaceholder(revealed) ? revealed.replace(/[?&][^?&=]*=<[^<>]*>(?:-not)?$/, '') : revealed;
}

function isPlaceholder(value: string): boolean {
  return [KEY_PLACEHOLDER, ADMIN_KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER].some((one) => value.includes(one));
}

/** We ask for no compression; a target that compresses all the same is read under the same cap. */
function decoded(
  body: NodeJS.ReadableStream & AsyncIterable<unknown> & Destroyable,
  encoding: string,
): AsyncIterable<unknown> {
  const unpack: Gunzip | Inflate | undefined = /gzip/i.test(encoding)
    ? createGunzip()
    : /deflate/i.test(encoding)
      ? createInflate()
      : undefined;
  if (unpack === undefined) return body;
  body.on('error', (error: Error) => unpack.destroy(error));
  // Who stops reading what was unpacked stops reading what was packed: the rest must not hold the connection.
  unpack.on('close', () => body.destroy());
  return body.pipe(unpack);
}

interface Destroyable {
  readonly destroy: () => unknown;
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function failureOf(error: unknown, timedOut: boolean, limits: Limits): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (timedOut)
    return { kind: 'failure', cause: 'timeout', message: `no complete answer within ${limits.totalMs / 1000} s` };
  if (error instanceof errors.ConnectTimeoutError)
    return { kind: 'failure', cause: 'unreachable', message: `no connection within ${limits.connectMs / 1000} s` };
  if (error instanceof errors.HeadersTimeoutError)
    return { kind: 'failure', cause: 'timeout', message: `no headers within ${limits.headersMs / 1000} s` };
  if (error instanceof errors.BodyTimeoutError)
    return { kind: 'failure', cause: 'timeout', message: `the body stalled for ${limits.idleMs / 1000} s` };
  if (error instanceof errors.HeadersOverflowError)
    return { kind: 'failure', cause: 'too-large', message: `the headers are longer than ${MAX_HEADER_BYTES} bytes` };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) {
    return {
      kind: 'failure',
      cause: 'unreachable',
      message: code === 'ECONNREFUSED' ? 'the connection was refused' : `the host was not reached (${code})`,
    };
  }
  return { kind: 'failure', cause: 'broken', message: message === '' ? code : message };
}
