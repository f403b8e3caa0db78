// A proxy before the emulator, for tests and audits: what stands in between sees every request, and may change it,
// answer it by itself, or lie in the answer.
import type { IncomingHttpHeaders } from 'node:http';
import { isArray, isObject, type JsonObject, type JsonValue } from '../../conformance/contract/json.ts';
import { serve, type TestServer } from '../../conformance/testing/null-servers.ts';

/** A request on its way. */
export interface Asked {
  readonly method: string;
  /** Below the base path, with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer on its way back. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What becomes of a request; `pass` has it answered by what stands behind. */
export type Through = (asked: Asked, pass: (asked: Asked) => Promise<Answered>) => Answered | Promise<Answered>;

/** Starts a proxy before the server at a base URL. An answer that cannot be had ends the connection. */
export async function proxyTo(behind: string, through: Through, basePath = '/v1'): Promise<TestServer> {
  const answerTo = async (asked: Asked): Promise<Answered> => through(asked, (passed) => forward(behind, passed));
  const { baseUrl, close } = await serve(({ method = 'GET', url = '', headers }, response, body) => {
    const path = url.slice(basePath.length);
    void (url.startsWith(basePath) ? answerTo({ method, path, headers, body }) : Promise.resolve(asJson(404, {})))
      .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body))
      .catch(() => response.destroy());
  });
  return { baseUrl: new URL(basePath, baseUrl).href, close };
}

/** An answer of JSON. */
export function asJson(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answered {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** The JSON of a body, or undefined for what is none. */
export function jsonIn(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString()) as JsonValue;
  } catch {
    return undefined;
  }
}

/** True where an answer says that it is JSON. */
export function isJsonAnswer({ headers }: Answered): boolean {
  return headers['content-type']?.includes('json') === true;
}

/** Changes every answer. */
export function answers(change: (answer: Answered, asked: Asked) => Answered): Through {
  return async (asked, pass) => change(await pass(asked), asked);
}

/** Changes every object of every answer that is JSON. */
export function objects(change: (object: JsonObject) => JsonObject): Through {
  const changed = (value: JsonValue): JsonValue => {
    if (isArray(value)) return value.map(changed);
    if (!isObject(value)) return value;
    return change(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, changed(one)])));
  };
  return answers((answer) =>
    isJsonAnswer(answer)
      ? { ...answer, body: JSON.stringify(changed(JSON.parse(String(answer.body)) as JsonValue)) }
      : answer,
  );
}

/** Answers every so manieth request of some methods by itself. */
export function nowAndThen(every: number, answer: Answered, methods = /./): Through {
  let count = 0;
  return (asked, pass) => {
    if (methods.test(asked.method)) count += 1;
    return methods.test(asked.method) && count % every === 0 ? answer : pass(asked);
  };
}

/** Headers of one connection, which say nothing on the next. */
const HOP = new Set(['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive', 'expect', 'upgrade']);

async function forward(behind: string, { method, path, headers, body }: Asked): Promise<Answered> {
  const passed = Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP.has(name));
  const response = await fetch(`${behind}${path}`, {
    method,
    headers: Object.fromEntries(passed.map(([name, value]) => [name, String(value)])),
    ...(method === 'GET' || body.length === 0 ? {} : { body: new Uint8Array(body) }),
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => !HOP.has(name))),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
