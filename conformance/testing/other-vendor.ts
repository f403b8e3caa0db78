// A second conforming server, as unlike the emulator as the documents allow: every freedom is taken the other way. The
// suite must not accuse it of anything. It stands on the contract's validators and shares nothing else with anybody.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as validators from '#generated/current/validators.js';
import { isObject, type JsonObject, type JsonValue } from '../contract/json.ts';

interface Stored {
  readonly file: JsonObject;
  readonly content: Buffer;
  readonly text: string;
}

interface Job {
  readonly base: JsonObject;
  readonly madeAt: number;
  readonly good: boolean;
  endedAt: number | undefined;
}

const LIFE_MS = 400;
const KNOWN_MODELS = ['tiny-1'];

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A vendor with one model, its own ids, statuses of its own where the documents leave them open, and few extras. */
export class OtherVendor {
  readonly #files = new Map<string, Stored>();
  readonly #jobs: Job[] = [];

  readonly answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    try {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const value = this.#route(
        request.method ?? 'GET',
        path.replace(/^\/v1/, ''),
        new URLSearchParams(query),
        request,
        body,
      );
      if (Buffer.isBuffer(value)) response.writeHead(200, { 'content-type': 'text/plain' }).end(value);
      else send(response, 200, value);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
      // No param, no code: the message alone says what is wrong.
      send(response, refusal.status, {
        error: {
          message: refusal.message,
          type: 'validation_error',
          param: null,
          code: null,
          doc: 'https://vendor.example/errors',
        },
      });
    }
  };

  #route(
    method: string,
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    body: Buffer,
  ): JsonObject | Buffer {
    const [, area = '', kind = '', id = '', action = ''] = path.split('/').map(decoded);
    if (area === 'files') return this.#fileRoute(method, kind, id, query, request, body);
    if (area === 'fine_tuning' && kind === 'jobs') {
      if (id === '')
        return method === 'POST' ? this.#create(request, body) : method === 'GET' ? this.#list(query) : missing();
      const job = this.#jobs.find(({ base }) => base['id'] === id) ?? missing();
      if (action === '' && method === 'GET') return this.#view(job);
      if (action === 'cancel' && method === 'POST') return this.#cancel(job);
      if (action === 'events' && method === 'GET') return paged(this.#events(job), query);
    }
    return missing();
  }

  #fileRoute(
    method: string,
    id: string,
    action: string,
    query: URLSearchParams,
    request: IncomingMessage,
    body: Buffer,
  ): JsonObject | Buffer {
    if (id === '') return method === 'POST' ? this.#upload(request, body) : this.#listFiles(query);
    const stored = this.#files.get(id) ?? missing();
    if (method === 'DELETE') {
      this.#files.delete(id);
      return { id, object: 'file', deleted: true, region: 'eu' };
    }
    return action === 'content' ? stored.content : stored.file;
  }

  #upload(request: IncomingMessage, body: Buffer): JsonObject {
    const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
    const text = body.toString('latin1');
    const purpose = /name="purpose"\r\n\r\n([^\r]*)\r\n/.exec(text)?.[1];
    const filename = /filename="([^"]*)"/.exec(text)?.[1] ?? '';
    const start = text.indexOf('\r\n\r\n', text.indexOf('filename="')) + 4;
    const content = Buffer.from(text.slice(start, text.indexOf(`\r\n--${boundary}--`, start)), 'latin1');
    if (purpose === undefined || !['fine-tune', 'assistants'].includes(purpose))
      throw new Refusal(422, "'purpose' is not one of ours");
    const id = randomUUID();
    const file: JsonObject = {
      id,
      object: 'file',
      bytes: content.length,
      created_at: now(),
      filename,
      purpose,
      status: 'uploaded',
      region: 'eu',
    };
    this.#files.set(id, { file: { ...file, status: 'processed' }, content, text: content.toString() });
    return { ...file, status: 'processed' };
  }

  #listFiles(query: URLSearchParams): JsonObject {
    const purpose = query.get('purpose');
    const files = [...this.#files.values()]
      .map(({ file }) => file)
      .filter((file) => purpose === null || file['purpose'] === purpose);
    const list = paged(query.get('order') === 'asc' ? files : files.reverse(), query);
    return { ...list, first_id: null, last_id: null, ...ends(list) };
  }

  #create(request: IncomingMessage, raw: Buffer): JsonObject {
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      throw new Refusal(415, 'send application/json');
    const body = parsed(raw, request);
    this.#check(body);
    const training = this.#fileOf(body['training_file'], 'training_file');
    if (typeof body['validation_file'] === 'string') this.#fileOf(body['validation_file'], 'validation_file');
    const method = isObject(body['method']) ? text(body['method']['type']) : 'supervised';
    const lines = training.text.split('\n').filter((line) => line !== '');
    const job: Job = {
      base: jobBase(body, method),
      madeAt: Date.now(),
      good: lines.length >= 10 && lines.every((line) => fits(line, method)),
      endedAt: undefined,
    };
    this.#jobs.unshift(job);
    return this.#view(job);
  }

  #check(body: JsonObject): void {
    if (!validators.CreateFineTuningJobRequest(body)) {
      const [error] = validators.CreateFineTuningJobRequest.errors ?? [];
      const lacking = error?.params['missingProperty'] as string | undefined;
      const path = `${error?.instancePath ?? ''}${lacking === undefined ? '' : `/${lacking}`}`
        .slice(1)
        .replaceAll('/', '.');
      throw new Refusal(422, `'${path}' ${error?.message ?? 'is wrong'}`);
    }
    if (!KNOWN_MODELS.includes(text(body['model']))) throw new Refusal(422, "'model' is not offered");
    const method = body['method'];
    if (isObject(method) && method['type'] === 'reinforcement' && !isObject(method['reinforcement']))
      throw new Refusal(422, "'method.reinforcement' is missing");
  }

  #fileOf(id: JsonValue | undefined, name: string): Stored {
    const stored = this.#files.get(text(id));
    if (stored === undefined) throw new Refusal(404, `'${name}' was not found`);
    if (stored.file['purpose'] !== 'fine-tune') throw new Refusal(422, `'${name}' has another purpose`);
    return stored;
  }

  /** Goes from queued to its end without any state between. */
  #view(job: Job): JsonObject {
    const { base, madeAt, good, endedAt } = job;
    if (endedAt !== undefined) return { ...base, status: 'cancelled', finished_at: null };
    if (Date.now() - madeAt < LIFE_MS) return { ...base, status: 'queued' };
    const finished = Math.ceil((madeAt + LIFE_MS) / 1000);
    if (!good)
      return {
        ...base,
        status: 'failed',
        finished_at: finished,
        error: { code: 'invalid_training_file', message: 'the data is no good', param: 'training_file' },
      };
    const suffix = typeof base['user_suffix'] === 'string' ? `-${base['user_suffix']}` : '';
    return {
      ...base,
      status: 'succeeded',
      finished_at: finished,
      fine_tuned_model: `tiny-1${suffix}-${text(base['id']).slice(0, 8)}`,
      trained_tokens: 120,
    };
  }

  #cancel(job: Job): JsonObject {
    if (this.#view(job)['status'] !== 'queued') throw new Refusal(409, 'the job is over');
    job.endedAt = Date.now();
    return this.#view(job);
  }

  #events(job: Job): JsonObject[] {
    const at = Math.floor(job.madeAt / 1000);
    const id = text(job.base['id']);
    const created: JsonObject = {
      object: 'fine_tuning.job.event',
      id: `${id}-1`,
      created_at: at,
      level: 'info',
      message: 'accepted',
    };
    const end = this.#view(job)['status'];
    if (end === 'queued') return [created];
    return [
      {
        object: 'fine_tuning.job.event',
        id: `${id}-2`,
        created_at: at + 1,
        level: end === 'failed' ? 'error' : 'info',
        message: `it has ${text(end)}`,
        data: null,
      },
      created,
    ];
  }

  #list(query: URLSearchParams): JsonObject {
    const wanted = [...query].flatMap(([name, value]) =>
      /^metadata\[(.+)\]$/.exec(name)?.[1] === undefined
        ? []
        : [[/^metadata\[(.+)\]$/.exec(name)?.[1] ?? '', value] as const],
    );
    const jobs = this.#jobs
      .map((job) => this.#view(job))
      .filter(({ metadata }) => wanted.every(([name, value]) => isObject(metadata) && metadata[name] === value))
      .filter(({ metadata }) => query.get('metadata') !== 'null' || metadata === undefined);
    return paged(jobs, query);
  }
}

function jobBase(body: JsonObject, method: string): JsonObject {
  const settings = isObject(body['method']) ? body['method'] : undefined;
  const own = isObject(settings?.[method]) ? settings[method] : {};
  const hyperparameters = isObject(body['hyperparameters']) ? body['hyperparameters'] : (own['hyperparameters'] ?? {});
  return {
    object: 'fine_tuning.job', id: randomUUID(), model: 'tiny-1', created_at: now(), finished_at: null, fine_tuned_model: null,
    organization_id: 'tenant 7', result_files: [], status: 'queued', validation_file: body['validation_file'] ?? null,
    training_file: body['training_file'] ?? '', trained_tokens: null, error: {}, seed: body['seed'] ?? 424_242,
    hyperparameters: method === 'supervised' ? { n_epochs: 'auto', ...(hyperparameters as JsonObject) } : null,
    ...(settings === undefined ? {} : { method: settings }),
    ...(isObject(body['metadata']) ? { metadata: body['metadata'] } : {}),
    ...(body['integrations'] === undefined ? {} : { integrations: body['integrations'] }),
    tenant: 'seven', priority: 3, ...(typeof body['suffix'] === 'string' ? { user_suffix: body['suffix'] } : {}),
  }; // prettier-ignore
}

function parsed(raw: Buffer, request: IncomingMessage): JsonObject {
  let value: unknown;
  try {
    if (request.headers['content-encoding'] !== undefined) throw new Error('no encodings here');
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
  if (!isObject(value)) throw new Refusal(422, 'the body is no object');
  return value;
}

function fits(line: string, method: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && (method === 'dpo' ? 'preferred_output' in value : 'messages' in value);
  } catch {
    return false;
  }
}

function paged(items: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const limit = Number(query.get('limit') ?? '20');
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(422, "'limit' is out of range");
  const after = query.get('after');
  const from = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1;
  const data = after !== null && from === 0 ? [] : items.slice(from, from + limit);
  return { object: 'list', data, has_more: from + data.length < items.length && data.length > 0 };
}

function ends(list: JsonObject): JsonObject {
  const data = Array.isArray(list['data']) ? (list['data'] as readonly JsonObject[]) : [];
  return data.length === 0 ? {} : { first_id: data[0]?.['id'] ?? null, last_id: data.at(-1)?.['id'] ?? null };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return missing();
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function missing(): never {
  throw new Refusal(404, 'there is nothing here');
}

function send(response: ServerResponse, status: number, value: JsonValue): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
