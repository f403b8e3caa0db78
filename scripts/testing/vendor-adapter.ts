// Servers that speak a vendor's dialect: the emulator behind an adapter that has the vendor's paths, key header, statuses
// and members, as the vendor documents them. Written from the documents and not from the judge, which is judged by it.
import type { IncomingHttpHeaders } from 'node:http';
import type { TestServer } from '../../conformance/testing/null-servers.ts';
import { type Answered, asJson, type Asked, isJsonAnswer, proxyTo } from './proxy.ts';

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

/** Starts an adapter in front of an emulator. */
export function startAdapter(dialect: Dialect, emulator: string): Promise<TestServer> {
  return proxyTo(
    emulator,
    async (asked, pass) => {
      const { method, headers, body } = asked;
      const [, path = '', search] = /^([^?]*)(.*)$/s.exec(asked.path) ?? [];
      const request = { method, path, query: new URLSearchParams(search), headers, json: objectIn(body) };
      const own = dialect.answer(request);
      if (own !== undefined) return told(own);
      const answer = await pass(toEmulator(dialect, request, body));
      if (!isJsonAnswer(answer)) return answer;
      const json = JSON.parse(String(answer.body)) as unknown;
      return told(dialect.toVendor({ status: answer.status, json }, request));
    },
    dialect.basePath,
  );
}

function toEmulator(dialect: Dialect, request: VendorRequest, body: Buffer): Asked {
  const { method, path, query, headers, json } = request;
  query.delete('api-version');
  const key = dialect.keyOf(request);
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query.toString()}`,
    headers: {
      'content-type': headers['content-type'],
      'content-encoding': headers['content-encoding'],
      authorization: key === undefined ? undefined : `Bearer ${key}`,
    },
    body: json === undefined ? body : Buffer.from(JSON.stringify(dialect.toOpenAi(json, request))),
  };
}

function told({ status, json, headers = {} }: VendorAnswer): Answered {
  return json === undefined ? { status, headers, body: '' } : asJson(status, json, headers);
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
