// An emulator and the official client, for tests that speak as a user does.
import OpenAI, { toFile } from 'openai';
import { onTestFinished } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { type RunningEmulator, startEmulator } from '../server.ts';
import type { EmulatorOptions } from '../settings.ts';
import { type TestClock, testClock } from './clock.ts';
import { chatLines } from './datasets.ts';
import { validatingFetch } from './validating-fetch.ts';

export interface Fixture {
  readonly emulator: RunningEmulator;
  readonly client: OpenAI;
  readonly clock: TestClock;
}

/** What a plain call was answered with. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; null where it is none. */
  readonly body: JsonValue;
}

/** An emulator on a standing clock, ended with the test. Jobs last ten seconds. */
export async function startFixture(options: EmulatorOptions = {}): Promise<Fixture> {
  const clock = testClock();
  const emulator = await startEmulator({ clock: clock.now, jobSeconds: 10, seed: 1, ...options });
  onTestFinished(() => emulator.close());
  return { emulator, clock, client: clientOf(emulator, options.apiKey) };
}

/** The official client, which never tries twice and checks what it is answered. */
export function clientOf(emulator: RunningEmulator, apiKey = 'sk-any-key'): OpenAI {
  return new OpenAI({ apiKey, baseURL: emulator.url, maxRetries: 0, fetch: validatingFetch });
}

/** Uploads a dataset and gives its id. */
export async function upload(client: OpenAI, lines = chatLines(), name = 'train.jsonl'): Promise<string> {
  const file = await client.files.create({ file: await toFile(Buffer.from(lines), name), purpose: 'fine-tune' });
  return file.id;
}

/** A plain call, its JSON answer checked. @param path below /v1. */
export async function call(
  emulator: RunningEmulator,
  method: string,
  path: string,
  body?: JsonObject | string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const raw =
    typeof body === 'string' || body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body);
  const init: RequestInit = {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(raw === undefined ? {} : { body: raw }),
  };
  return readAnswer(await validatingFetch(emulator.url + path, init));
}

/** Status, headers and body of a response. */
export async function readAnswer(response: Response): Promise<Answered> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
