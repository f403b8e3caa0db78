// The only place that talks to a target. It sends exactly the path and bytes that it is given, puts the key in, never
// follows a redirect, stands under deadlines and caps, and hands back what was recorded. It never throws for anything
// that a target does.
import { Agent, errors } from 'undici';
import type { Exchange, Failure, Headers, SentRequest } from '../requirements/exchange.ts';
import { Overdue, receive } from './receive.ts';
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
  { baseUrl, limits, secrets }: TransportOptions,
  request: WireRequest,
  sent: SentRequest,
): Promise<Exchange['outcome']> {
  const isContent = request.operation === 'downloadFile';
  try {
    return await receive(
      agent,
      {
        origin: baseUrl.origin,
        path: wirePath(`${baseUrl.pathname.replace(/\/$/, '')}${sent.path}`, secrets),
        method: request.method,
        headers: wireHeaders(sent.headers, secrets),
        body: request.body ?? null,
      },
      {
        totalMs: limits.totalMs,
        capOf: (status) =>
          isContent && status < 400
            ? { bytes: limits.contentBytes, expectsJson: false }
            : { bytes: limits.jsonBytes, expectsJson: true },
      },
    );
  } catch (error) {
    return failureOf(error, limits);
  }
}

function wireHeaders(headers: Headers, secrets: Secrets): Record<string, string> {
  const wire: Record<string, string> = {
    'user-agent': 'fine-tuning-conformance',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };
  for (const name of Object.keys(headers)) {
    const value = headers[name] ?? '';
    const revealed = secrets.reveal(value);
    // Without a key there is nothing to show: a placeholder must not go out as if it were one.
    if (revealed !== value || !isPlaceholder(value)) wire[name] = revealed;
  }
  return wire;
}

/** The path with its key, and without the parameter of a key that there is not. */
function wirePath(path: string, secrets: Secrets): string {
  const revealed = secrets.revealInPath(path);
  return isPlaceholder(revealed) ? revealed.replace(/[?&][^?&=]*=<[^<>]*>(?:-not)?$/, '') : revealed;
}

function isPlaceholder(value: string): boolean {
  if (!value.includes('<')) return false;
  return [KEY_PLACEHOLDER, ADMIN_KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER].some((one) => value.includes(one));
}

function failureOf(error: unknown, limits: Limits): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Overdue)
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
