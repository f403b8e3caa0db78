// What the emulator answers with, before it becomes bytes. Defects rewrite answers in this form.
import type { Readable } from 'node:stream';
import type { JsonValue } from '../json.ts';
import type { ApiError } from './api-error.ts';

export type Headers = Readonly<Record<string, string>>;

/** A JSON body. */
export interface JsonAnswer {
  readonly kind: 'json';
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonValue;
}

/** Text as it stands, whatever it is. */
export interface TextAnswer {
  readonly kind: 'text';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The content of a file, as a stream. */
export interface ContentAnswer {
  readonly kind: 'content';
  readonly status: number;
  readonly headers: Headers;
  /** How many bytes follow; null where a defect changed that. */
  readonly bytes: number | null;
  open(): Readable;
}

export type Answer = JsonAnswer | TextAnswer | ContentAnswer;

/** Success with a JSON body. */
export function success(body: unknown): JsonAnswer {
  return { kind: 'json', status: 200, headers: {}, body: body as JsonValue };
}

/** A refusal. */
export function refusal(error: ApiError): JsonAnswer {
  return { kind: 'json', status: error.status, headers: error.headers, body: error.body };
}
