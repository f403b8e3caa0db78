// Makes a Response of an answer, with the headers that the real service sends.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Answer, Headers as AnswerHeaders } from './answer.ts';

/** The response to a call. @param startedMs when its handling began, by performance.now(). */
export function render(answer: Answer, organizationName: string, startedMs: number): Response {
  const common = {
    'openai-organization': organizationName,
    'openai-processing-ms': String(Math.max(1, Math.round(performance.now() - startedMs))),
    'openai-version': '2020-10-01',
    'x-request-id': `req_${randomUUID().replaceAll('-', '')}`,
  };
  switch (answer.kind) {
    case 'json':
      return respond(JSON.stringify(answer.body), answer.status, {
        ...common,
        'content-type': 'application/json',
        ...answer.headers,
      });
    case 'text':
      return respond(answer.text, answer.status, { ...common, ...answer.headers });
    case 'content': {
      const length: AnswerHeaders = answer.bytes === null ? {} : { 'content-length': String(answer.bytes) };
      const body = Readable.toWeb(answer.open()) as unknown as ReadableStream;
      return respond(body, answer.status, { ...common, ...length, ...answer.headers });
    }
  }
}

function respond(body: string | ReadableStream, status: number, headers: AnswerHeaders): Response {
  return new Response(body, { status, headers });
}
