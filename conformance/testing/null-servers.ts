// Servers that answer without having understood anything. None of them may pass a requirement: green that means nothing
// is what this suite is there to end.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { operationFor } from '../client/typed-client.ts';
import { operations } from '../contract/active-contract.ts';
import { rememberAs } from '../contract/remember.ts';
import { locate } from '../contract/schema.ts';
import { arbitraryFor, VALID } from '../generation/arbitrary.ts';

export interface TestServer {
  readonly baseUrl: string;
  readonly close: () => Promise<void>;
}

/** Starts a server on loopback. What it cannot cope with, a body nested too deep for one, ends the connection only. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      try {
        answer(request, response, Buffer.concat(chunks));
      } catch {
        response.destroy();
      }
    });
    request.on('error', () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

const CANNED_JOB = {
  object: 'fine_tuning.job', id: 'ftjob-canned', model: 'gpt-4o-mini-2024-07-18', created_at: 1_721_764_800, finished_at: null,
  fine_tuned_model: null, organization_id: 'org-1', result_files: [], status: 'queued', validation_file: null,
  training_file: 'file-abc123', trained_tokens: null, error: null, seed: 1, hyperparameters: { n_epochs: 'auto' },
  integrations: [], metadata: null, estimated_finish: null,
  method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 'auto' } } },
}; // prettier-ignore

const ERROR = { error: { message: 'no', type: 'invalid_request_error', param: null, code: null } };

interface NullServer {
  readonly name: string;
  readonly exitCode: number;
  /** What the reason of the verdict says. */
  readonly says: RegExp;
  readonly answer: Parameters<typeof serve>[0];
}

const json =
  (status: number, value: unknown): NullServer['answer'] =>
  (_request, response) =>
    sendJson(response, status, value);
const bare =
  (status: number): NullServer['answer'] =>
  (_request, response) => {
    response.writeHead(status);
    response.end();
  };

const html: NullServer['answer'] = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>Welcome</title>');
};
const echo: NullServer['answer'] = (request, response, body) => {
  response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'application/json' });
  response.end(body);
};
const canned: NullServer['answer'] = (request, response) => sendJson(response, 200, cannedFor(request.url ?? ''));

/** Every null server, with the exit status that it deserves. */
export const NULL_SERVERS: readonly NullServer[] = [
  { name: '200 {}', exitCode: 1, says: /MUST in scope failed/, answer: json(200, {}) },
  { name: '200 []', exitCode: 1, says: /MUST in scope failed/, answer: json(200, []) },
  { name: '200 null', exitCode: 1, says: /MUST in scope failed/, answer: json(200, null) },
  { name: '202 without a body', exitCode: 1, says: /MUST in scope failed/, answer: bare(202) },
  { name: '204', exitCode: 1, says: /MUST in scope failed/, answer: bare(204) },
  { name: '400 to all', exitCode: 3, says: /ever answered 2xx.*400/, answer: json(400, ERROR) },
  { name: '401 to all', exitCode: 3, says: /ever answered 2xx.*401/, answer: json(401, ERROR) },
  { name: '404 to all', exitCode: 3, says: /ever answered 2xx.*404/, answer: json(404, ERROR) },
  { name: '500 to all', exitCode: 3, says: /ever answered 2xx.*500/, answer: json(500, ERROR) },
  { name: '503 to all', exitCode: 3, says: /ever answered 2xx.*503/, answer: json(503, ERROR) },
  { name: 'an HTML page', exitCode: 1, says: /MUST in scope failed/, answer: html },
  { name: 'an echo of the request', exitCode: 1, says: /MUST in scope failed/, answer: echo },
  { name: 'one canned job for everything', exitCode: 1, says: /MUST in scope failed/, answer: json(200, CANNED_JOB) },
  { name: 'a canned answer for each path', exitCode: 1, says: /MUST in scope failed/, answer: canned },
  { name: 'a random answer by the schema', exitCode: 1, says: /MUST in scope failed/, answer: byTheSchema() },
];

const validOf = rememberAs(
  (name: string) => name,
  (name) => arbitraryFor(locate(name), VALID),
);

/** What a spec mock of another kind gives: to each request an answer that its schema allows, and another one every time. */
function byTheSchema(): NullServer['answer'] {
  let answers = 0;
  return ({ method = 'GET', url = '' }, response) => {
    const operation = operationFor(method, url.slice('/v1'.length));
    const [answer] = operation === 'undeclared' ? [] : (operations[operation]?.answers ?? []);
    if (answer?.component == null) {
      response.writeHead(answer?.status ?? 404).end();
      return;
    }
    const [value] = fc.sample(validOf(answer.component), { numRuns: 1, seed: (answers += 1) });
    sendJson(response, answer.status, value);
  };
}

/** What a spec mock gives: an answer of the right shape for the path, the same whatever was asked. */
function cannedFor(url: string): unknown {
  const path = url.split('?')[0] ?? '';
  const page = (data: unknown[]): unknown => ({ object: 'list', data, has_more: false, first_id: null, last_id: null });
  const file = {
    object: 'file',
    id: 'file-abc123',
    bytes: 120,
    created_at: 1_721_764_800,
    filename: 'data.jsonl',
    purpose: 'fine-tune',
    status: 'processed',
  };
  if (path.endsWith('/events') || path.endsWith('/checkpoints') || path.endsWith('/permissions')) return page([]);
  if (path.endsWith('/files')) return url.includes('?') ? page([file]) : file;
  if (path.includes('/files/')) return file;
  if (path.endsWith('/models')) return page([{ object: 'model', id: 'gpt-4o-mini', created: 1, owned_by: 'openai' }]);
  if (path.endsWith('/jobs') && url.includes('?')) return page([CANNED_JOB]);
  return CANNED_JOB;
}
