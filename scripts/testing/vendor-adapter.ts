// Servers that speak a vendor's dialect: the emulator behind an adapter that has the vendor's paths, key header, statuses
// and members, as the vendor documents them. Written from the documents and not from the judge, which is judged by it.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Json = Readonly<Record<string, unknown>>;

/** A request as the vendor's customer sent it. */
export interface VendorRequest {
  readonly method: string;
  /** Path below the vendor's base path, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body where it is a JSON object. */
  readonly json: Json | undefined;
}

export interface VendorAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Dialect {
  /** What stands before the paths of the API, such as /openai/v1. */
  readonly basePath: string;
  /** The key that a customer showed, undefined where none was shown as the vendor wants it. */
  readonly keyOf: (request: VendorRequest) => string | undefined;
  /** Answers that the vendor gives by itself: refusals, and what OpenAI does not have. */
  readonly answer: (request: VendorRequest) => VendorAnswer | undefined;
  /** A body as the emulator wants it. */
  readonly toOpenAi: (json: Json, request: VendorRequest) => Json;
  /** An answer as the vendor gives it. */
  readonly toVendor: (answer: VendorAnswer, request: VendorRequest) => VendorAnswer;
}

export interface Adapter {
  readonly baseUrl: string;
  readonly close: () => Promise<void>;
}

/** Starts an adapter in front of an emulator. */
export async function startAdapter(dialect: Dialect, emulator: string): Promise<Adapter> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      serve(dialect, emulator, request, Buffer.concat(chunks), response).catch((error: unknown) => {
        response.writeHead(502).end(String(error));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${dialect.basePath}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  dialect: Dialect,
  emulator: string,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const url = incoming.url ?? '';
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at));
  if (!path.startsWith(dialect.basePath)) {
    send(response, { status: 404 });
    return;
  }
  const { method = 'GET', headers } = incoming;
  const request: VendorRequest = {
    method,
    path: path.slice(dialect.basePath.length),
    query,
    headers,
    json: objectIn(body),
  };
  const own = dialect.answer(request);
  if (own !== undefined) {
    send(response, own);
    return;
  }
  query.delete('api-version');
  const key = dialect.keyOf(request);
  const sent = request.json === undefined ? body : Buffer.from(JSON.stringify(dialect.toOpenAi(request.json, request)));
  const search = query.toString();
  const answer = await fetch(`${emulator}${request.path}${search === '' ? '' : `?${search}`}`, {
    method,
    headers: {
      ...(headers['content-type'] === undefined ? {} : { 'content-type': headers['content-type'] }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(headers['content-encoding'] === undefined ? {} : { 'content-encoding': headers['content-encoding'] }),
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: sent }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!(answer.headers.get('content-type') ?? '').includes('application/json')) {
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(bytes);
    return;
  }
  send(response, dialect.toVendor({ status: answer.status, json: JSON.parse(bytes.toString()) as unknown }, request));
}

function send(response: ServerResponse, { status, json, headers }: VendorAnswer): void {
  if (json === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
}

function objectIn(body: Buffer): Json | undefined {
  // What is no plain object, or not the text that its value would give, is passed on byte by byte.
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isJson(value) && Buffer.from(JSON.stringify(value)).equals(body) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True for an object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer with every object in it that has this `object` changed, in pages too. */
export function withObjects(value: unknown, object: string, change: (one: Json) => Json): unknown {
  if (!isJson(value)) return value;
  if (value['object'] === object) return change(value);
  const { data } = value;
  return Array.isArray(data) ? { ...value, data: data.map((item) => withObjects(item, object, change)) } : value;
}
