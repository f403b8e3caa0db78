// Servers that mean harm, or are badly broken. Whatever they do, a run has to end in bounded time, with the suite whole
// and a reason that a person understands.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { sendJson } from './null-servers.ts';

export interface HostileServer {
  readonly name: string;
  readonly answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const SCRIPT = '"><script>document.title="pwned"</script><img src=x onerror="document.title=\'pwned\'">';
const SHELL = "'; touch pwned; echo '$(touch pwned)`touch pwned`\n::error::pwned\u001b]0;pwned\u0007\u001b[2J";

function job(id: string, changes: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    object: 'fine_tuning.job', id, model: 'gpt-4o-mini', created_at: Math.floor(Date.now() / 1000), finished_at: null,
    fine_tuned_model: null, organization_id: 'org-1', result_files: [], status: 'queued', validation_file: null,
    training_file: 'file-1', trained_tokens: null, error: null, seed: 1, hyperparameters: { n_epochs: 'auto' },
    integrations: [], metadata: null, estimated_finish: null, ...changes,
  }; // prettier-ignore
}

let made = 0;

/** Answers that look right at first: uploads and creates work, with ids of the server's choice. */
function lively(idOf: (kind: string, number: number) => string): HostileServer['answer'] {
  const jobs = new Map<string, unknown>();
  const files = new Map<string, unknown>();
  return (request, response, body) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').replace('/v1', '');
    made += 1;
    if (request.method === 'POST' && path === '/files') {
      const file = {
        object: 'file',
        id: idOf('file', made),
        bytes: body.length,
        created_at: 1,
        filename: idOf('name', made),
        purpose: 'fine-tune',
        status: 'processed',
      };
      files.set(file.id, file);
      sendJson(response, 200, file);
    } else if (request.method === 'POST' && path === '/fine_tuning/jobs') {
      let sent: Record<string, unknown> = {};
      try {
        sent = JSON.parse(body.toString()) as Record<string, unknown>;
      } catch {
        sendJson(response, 400, { error: { message: SCRIPT, type: SHELL, param: SHELL, code: SCRIPT } });
        return;
      }
      const created = job(idOf('job', made), sent) as { id: string };
      jobs.set(created.id, created);
      sendJson(response, 200, created);
    } else if (path.startsWith('/fine_tuning/jobs/')) {
      const id = [...jobs.keys()].find((one) => path.startsWith(`/fine_tuning/jobs/${one}`));
      sendJson(
        response,
        id === undefined ? 404 : 200,
        jobs.get(id ?? '') ?? { error: { message: SCRIPT, type: 'x', param: null, code: null } },
      );
    } else if (path === '/fine_tuning/jobs')
      sendJson(response, 200, { object: 'list', data: [...jobs.values()], has_more: true });
    else sendJson(response, 404, { error: { message: SHELL, type: SCRIPT, param: null, code: null } });
  };
}

function raw(write: (response: ServerResponse) => void): HostileServer['answer'] {
  return (_request, response) => write(response);
}

const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));

/** Every hostile server. */
export const HOSTILE_SERVERS: readonly HostileServer[] = [
  { name: 'never sends headers', answer: () => undefined },
  { name: 'never sends its body', answer: raw((response) => void response.writeHead(200, JSON_TYPE).write('{"object"')) },
  { name: 'sends a byte a second', answer: raw((response) => drip(response)) },
  { name: 'sends without an end', answer: raw((response) => flood(response)) },
  { name: 'sends a gzip bomb', answer: raw((response) => void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb)) },
  { name: 'nests 20,000 deep', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end('['.repeat(20_000) + ']'.repeat(20_000))) },
  { name: 'sends a list of 60 MB', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end(`{"object":"list","data":[${'{"id":"x"},'.repeat(5_500_000)}{}]}`)) },
  { name: 'sends what is not UTF-8', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))) },
  { name: 'floods with headers', answer: raw((response) => manyHeaders(response)) },
  { name: 'resets every connection', answer: raw((response) => void response.socket?.resetAndDestroy()) },
  { name: 'resets in the middle of a body', answer: raw((response) => cutOff(response)) },
  { name: 'cuts its JSON off', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end('{"object":"list","data":[{"id":')) },
  { name: 'lies in Content-Length', answer: raw((response) => void response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' }).write('{}')) },
  { name: 'redirects to itself for ever', answer: (request, response) => void response.writeHead(307, { location: request.url ?? '/' }).end() },
  { name: 'floods with 1xx', answer: raw((response) => hints(response)) },
  { name: 'answers keys like __proto__', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":"x","object":"list","data":[]}')) },
  { name: 'answers 429 with an absurd Retry-After', answer: raw((response) => void response.writeHead(429, { ...JSON_TYPE, 'retry-after': '99999999' }).end('{"error":{"message":"slow"}}')) },
  { name: 'gives ids that are script tags', answer: lively((kind, number) => `${kind}-${number}${SCRIPT}`) },
  { name: 'gives ids that are shell commands', answer: lively((kind, number) => `${kind}-${number}${SHELL}`) },
  { name: 'gives ids with slashes and dots', answer: lively((kind, number) => `../../${kind}/${number}?x=1#y`) },
  { name: 'gives everything the same id', answer: lively(() => 'same') },
  { name: 'answers numbers beyond every double', answer: raw((response) => void response.writeHead(200, JSON_TYPE).end('{"object":"list","data":[{"id":"x","created_at":1e999}],"has_more":1e400}')) },
]; // prettier-ignore

function drip(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE);
  const timer = setInterval(() => response.write(' '), 1_000);
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE);
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function manyHeaders(response: ServerResponse): void {
  for (let index = 0; index < 1_500; index += 1) response.setHeader(`x-flood-${index}`, 'a'.repeat(100));
  response.writeHead(200).end('{}');
}

function cutOff(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE).write('{"object":');
  setTimeout(() => response.socket?.resetAndDestroy(), 5);
}

function hints(response: ServerResponse): void {
  for (let index = 0; index < 200; index += 1) response.writeProcessing();
  response.writeHead(200, JSON_TYPE).end('{}');
}
