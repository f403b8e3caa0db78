// A target that repeats the keys that it is shown, wherever an answer has room for text and in every notation that it
// knows: ids, fields, names, headers, redirects, error messages. It works well enough for a run to go its whole way.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What a client was shown as its key. */
function shownKeys({ headers, url = '' }: IncomingMessage): string[] {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const values = [headers.authorization?.replace(/^Bearer /, ''), headers['api-key'], query.get('api-key')];
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

const NOTATIONS: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => `Bearer ${key}`,
  encodeURIComponent,
  (key) => Buffer.from(key).toString('base64'),
  (key) => Buffer.from(`user:${key}`).toString('base64'),
  (key) => Buffer.from(key).toString('base64url'),
  (key) => Buffer.from(key).toString('hex'),
  (key) => JSON.stringify({ told: key }),
  (key) => key.replace(/./g, (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  (key) => key.replace(/(.)(..)/g, (_, one: string, rest: string) => `%${one.charCodeAt(0).toString(16)}${rest}`),
  (key) => gzipSync(`the key is ${key}`).toString('base64'),
  (key) => key.slice(3, 11),
  (key) => `${key.slice(0, 12)} ${key.slice(12)}`,
  (key) => `${key}${key}`,
  (key) => `${'x'.repeat(490)}${key}`,
  (key) => `https://elsewhere.invalid/?key=${key}&again=${encodeURIComponent(key)}#${key}`,
  (key) => `<b>${key}</b> \`${key}\` |${key}| \u001b[31m${key}`,
];

interface Stored {
  readonly id: string;
  readonly value: Record<string, unknown>;
}

/** Starts anew with nothing stored. The answer goes to `serve`. */
export function echoing(): (request: IncomingMessage, response: ServerResponse, body: Buffer) => void {
  const files: Stored[] = [];
  const jobs: Stored[] = [];
  let count = 0;

  return (request, response, body) => {
    count += 1;
    const [key = 'no-key-was-shown'] = shownKeys(request);
    const say = (shift = 0): string => NOTATIONS[(count + shift) % NOTATIONS.length]?.(key) ?? '';
    const path = pathOf(request);
    const send = (status: number, value: unknown): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-request-id': printable(say()),
        [`x-${key.replace(/[^A-Za-z0-9-]/g, '')}`]: printable(say(1)),
        location: printable(`/v1/files/${say(2)}`),
      });
      response.end(escapedHere(JSON.stringify(value), key, count));
    };
    const error = (status: number, message: string): void =>
      send(status, { error: { message: `${message}: ${say()}`, type: say(1), param: say(2), code: say(3) } });
    const found = (all: readonly Stored[]): Stored | undefined =>
      all.find(({ id }) => path.includes(`/${id}`) || path.endsWith(`/${id}`));
    const page = (data: readonly unknown[]): unknown => ({ object: 'list', data, has_more: false, [say(5)]: say(6) });

    if (count % 41 === 0) {
      response.writeHead(302, { location: printable(`http://127.0.0.1:9/v1?api-key=${say()}`) }).end(say(1));
    } else if (count % 43 === 0) response.writeHead(200, { 'content-type': 'text/plain' }).end(say());
    else if (path === '/models') send(200, page([{ id: 'gpt-4o-mini', object: 'model', created: 1, owned_by: say() }]));
    else if (request.method === 'POST' && path === '/files') {
      const name = /filename="([^"]*)"/.exec(body.toString('latin1'))?.[1] ?? 'none';
      const purpose = /name="purpose"\r\n\r\n([^\r]*)/.exec(body.toString('latin1'))?.[1] ?? say();
      const id = count % 2 === 0 ? `file-${count}` : `file-${count}-${key}`;
      const value = { id, object: 'file', bytes: body.length, created_at: now(), filename: name, purpose, status: 'processed', status_details: say() }; // prettier-ignore
      files.push({ id, value });
      send(200, value);
    } else if (path === '/files') send(200, page(files.map(({ value }) => value)));
    else if (path.startsWith('/files/')) {
      const file = found(files);
      if (file === undefined) error(404, 'no such file');
      else if (request.method === 'DELETE') {
        files.splice(files.indexOf(file), 1);
        send(200, { id: file.id, object: 'file', deleted: true, note: say() });
      } else send(200, { ...file.value, note: say() });
    } else if (request.method === 'POST' && path === '/fine_tuning/jobs')
      createJob(body, jobs, { say, send, error, key, count }); // prettier-ignore
    else if (path === '/fine_tuning/jobs') send(200, page(jobs.map(({ value }) => value).reverse()));
    else if (path.startsWith('/fine_tuning/jobs/')) {
      const job = found(jobs);
      if (job === undefined) error(404, 'no such job');
      else if (path.endsWith('/cancel')) send(200, Object.assign(job.value, { status: 'cancelled', error: { code: say(), message: say(1), param: say(2) } })); // prettier-ignore
      else if (path.endsWith('/events')) send(200, page([{ object: 'fine_tuning.job.event', id: `ev-${say()}`, created_at: now(), level: 'info', message: say(1), data: { [say(2)]: say(3) } }])); // prettier-ignore
      else if (path.split('/').length > 4) error(400, 'not here');
      else send(200, Object.assign(job.value, { status: 'succeeded', finished_at: now(), fine_tuned_model: `ft:${key}`, result_files: [`file-${say()}`] })); // prettier-ignore
    } else error(404, 'nothing here');
  };
}

interface Voice {
  readonly say: (shift?: number) => string;
  readonly send: (status: number, value: unknown) => void;
  readonly error: (status: number, message: string) => void;
  readonly key: string;
  readonly count: number;
}

function createJob(body: Buffer, jobs: Stored[], { say, send, error, key, count }: Voice): void {
  let sent: Record<string, unknown>;
  try {
    sent = JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    error(400, 'no JSON');
    return;
  }
  if (typeof sent['model'] !== 'string' || count % 3 === 0) {
    error(400, 'bad');
    return;
  }
  const id = count % 2 === 0 ? `ftjob-${count}` : `ftjob-${count}-${key}`;
  const value = {
    object: 'fine_tuning.job', id, created_at: now(), finished_at: null, fine_tuned_model: null, organization_id: say(),
    result_files: [], status: 'queued', validation_file: null, trained_tokens: null, error: null, seed: 1,
    hyperparameters: { n_epochs: say(1) }, integrations: [], metadata: null, estimated_finish: null, ...echoed(sent), [say(4)]: say(2),
  }; // prettier-ignore
  jobs.push({ id, value });
  send(200, value);
}

/** The path below /v1, decoded where it can be: some requests are hostile themselves. */
function pathOf({ url = '' }: IncomingMessage): string {
  const path = (url.split('?')[0] ?? '').replace(/^\/v1/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What of a body is given back; nothing that is nested deeper than a stack. */
function echoed(sent: Record<string, unknown>): Record<string, unknown> {
  const { model, training_file, validation_file = null, seed = 1, metadata = null } = sent;
  return { model, training_file, validation_file, seed: typeof seed === 'number' ? seed : 1, metadata };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** Every third answer spells the key letter by letter where JSON lets it. */
function escapedHere(text: string, key: string, count: number): string {
  if (count % 3 !== 0) return text;
  const spelled = key.replace(/./g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.replaceAll(JSON.stringify(key).slice(1, -1), () => spelled);
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '');
}
