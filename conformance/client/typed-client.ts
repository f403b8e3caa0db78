// The typed client: openapi-fetch over our transport. Paths, parameters and bodies are checked by the compiler against
// the contract; what comes back is the recorded exchange, for answers are judged, not trusted.
import createClient, { type Client } from 'openapi-fetch';
import type { OperationId } from '#generated/current/operations.ts';
import { operations } from '../contract/active-contract.ts';
import type { paths } from '#generated/current/types.ts';
import type { Exchange, Headers } from '../requirements/exchange.ts';
import type { JsonValue } from '../contract/json.ts';
import type { WireRequest } from './wire-request.ts';

type Send = (request: WireRequest) => Promise<Exchange>;

/** The part of a request that openapi-fetch builds; a whole Request would cost more than the exchange itself. */
class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: globalThis.Headers;
  readonly body: JsonBody | undefined;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.method = init.method ?? 'GET';
    this.headers = init.headers as globalThis.Headers;
    this.body = (init.body as unknown) instanceof JsonBody ? (init.body as unknown as JsonBody) : undefined;
  }
}

/** A body as it goes out, with the value that it says: nobody has to read our own words back. */
class JsonBody {
  readonly text: string;
  readonly value: JsonValue;

  constructor(value: JsonValue) {
    this.text = JSON.stringify(value);
    this.value = value;
  }
}

/** What openapi-fetch reads of an answer. The body stays in the exchange. */
interface LightResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: null;
  readonly text: () => Promise<string>;
  readonly exchange: Exchange;
}

/** `parseAs: 'stream'` keeps openapi-fetch from reading a body that has been read already. */
const UNREAD = { parseAs: 'stream' } as const;

export interface TypedClient {
  readonly http: Client<paths>;
  /** The exchange behind an answer of `http`. */
  readonly exchangeOf: (answered: { readonly response: unknown }) => Exchange;
  readonly unread: typeof UNREAD;
}

/** The client over a way of sending; what it hands back is what `send` recorded. */
export function typedClient(send: Send): TypedClient {
  const fetch = async (request: LightRequest): Promise<LightResponse> => {
    const path = request.url;
    const exchange = await send({
      operation: operationFor(request.method, path),
      method: request.method,
      path,
      headers: plain(request.headers),
      ...(request.body === undefined ? {} : { body: request.body.text, json: request.body.value }),
    });
    const { outcome } = exchange;
    return {
      ok: outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300,
      status: outcome.kind === 'answer' ? outcome.status : 0,
      headers: { get: (name) => (outcome.kind === 'answer' ? (outcome.headers[name.toLowerCase()] ?? null) : null) },
      body: null,
      text: () => Promise.resolve(''),
      exchange,
    };
  };
  const http = createClient<paths>({
    baseUrl: '',
    Request: LightRequest as unknown as typeof Request,
    fetch: fetch as unknown as typeof globalThis.fetch,
    querySerializer,
    // What a client hands over is text or form data for openapi-fetch; that it is passed on unread is all that matters.
    bodySerializer: ((value: JsonValue) => new JsonBody(value)) as unknown as (value: unknown) => string,
  });
  return { http, exchangeOf: ({ response }) => (response as LightResponse).exchange, unread: UNREAD };
}

function plain(headers: globalThis.Headers): Headers {
  return Object.fromEntries(headers.entries());
}

/** deepObject for metadata as the SDKs write it; null is the word that the document gives for "no metadata". */
function querySerializer(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]): string[] => {
    if (value === undefined) return [];
    if (value !== null && typeof value === 'object') {
      return Object.entries(value).map(
        ([key, text]) => `${name}%5B${encodeURIComponent(key)}%5D=${encodeURIComponent(String(text))}`,
      );
    }
    return [`${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`];
  });
  return pairs.join('&');
}

interface Template {
  readonly id: OperationId;
  readonly pattern: RegExp;
}

const QUESTION_MARK = 0x3f;
const SLASH = 0x2f;

/** Operations by what is quick to see of a request: its method and the number of segments of its path. */
const templates = new Map<string, readonly Template[]>();
for (const { id, method, path } of Object.values(operations)) {
  const key = shapeOf(method, path);
  const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/?]+')}(\\?|$)`);
  templates.set(key, [...(templates.get(key) ?? []), { id, pattern }]);
}

function shapeOf(method: string, path: string): string {
  let segments = 0;
  for (let at = 0; at < path.length && path.charCodeAt(at) !== QUESTION_MARK; at += 1)
    if (path.charCodeAt(at) === SLASH) segments += 1;
  return `${method} ${segments}`;
}

/** The declared operation of a method and path, or `undeclared`. */
export function operationFor(method: string, path: string): OperationId | 'undeclared' {
  return templates.get(shapeOf(method, path))?.find(({ pattern }) => pattern.test(path))?.id ?? 'undeclared';
}
