// Exchanges as tests need them: what was asked and answered, without a wire.
import { createHash } from 'node:crypto';
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonValue } from '../contract/json.ts';
import type { Answer, Answered, Exchange, Headers } from '../requirements/exchange.ts';

/** What a test says of an exchange; everything else is made up. */
export interface Told {
  readonly id?: string;
  readonly operation?: OperationId | 'undeclared';
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  /** Headers of the answer beside Content-Type; an empty value takes a header away. */
  readonly headers?: Headers;
  /** The JSON that was sent. */
  readonly sent?: JsonValue;
  /** Milliseconds of the run at which it was sent and answered. */
  readonly sentAt?: number;
  readonly receivedAt?: number;
}

let count = 0;

function outline({
  id,
  operation = 'retrieveFineTuningJob',
  method = 'GET',
  path = '/fine_tuning/jobs/job-1',
  sent,
  sentAt = 0,
  receivedAt,
}: Told): Omit<Exchange, 'outcome'> {
  count += 1;
  return {
    id: id ?? `x${count}`,
    operation,
    request: { method, path, headers: {}, ...(sent === undefined ? {} : { body: JSON.stringify(sent), json: sent }) },
    sentAt,
    receivedAt: receivedAt ?? sentAt + 1,
  };
}

function withText(body: string, json: Answer['json'], type: string, told: Told): Answered {
  const headers = Object.entries({ 'content-type': type, ...told.headers }).filter(([, value]) => value !== '');
  return {
    ...outline(told),
    outcome: {
      kind: 'answer',
      status: told.status ?? 200,
      headers: Object.fromEntries(headers),
      body,
      json,
      truncated: false,
      bytes: Buffer.byteLength(body),
      sha256: createHash('sha256').update(body).digest('hex'),
    },
  };
}

/** An answer with a JSON body; 200 unless told otherwise. */
export function answered(body: JsonValue, told: Told = {}): Answered {
  return withText(JSON.stringify(body), { kind: 'json', value: body }, 'application/json', told);
}

/** An answer whose body is no JSON. */
export function answeredText(body: string, told: Told = {}): Answered {
  const json: Answer['json'] = body === '' ? { kind: 'empty' } : { kind: 'unreadable', why: 'not JSON' };
  return withText(body, json, 'text/html', told);
}

/** An error answer with the documented envelope; members may be left out or replaced. */
export function refused(
  status: number,
  error: Readonly<Record<string, JsonValue>> = {},
  told: Omit<Told, 'status'> = {},
): Answered {
  const body = {
    error: { message: 'It was refused.', type: 'invalid_request_error', param: null, code: null, ...error },
  };
  return answered(body, { ...told, status });
}

/** An exchange that was never answered. */
export function unanswered(told: Told = {}): Exchange {
  return { ...outline(told), outcome: { kind: 'failure', cause: 'timeout', message: 'no headers within 60 s' } };
}
