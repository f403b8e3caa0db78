// Takes one answer in as undici hands it over, head and pieces of the body, without a stream between: a stream of one
// short piece costs more than all else about it. What settles first counts: the end, a cap, a deadline or an error.
import { createGunzip, createInflate, type Gunzip, type Inflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { Answer, Headers } from '../requirements/exchange.ts';
import { BodyReader } from './read-body.ts';

type Controller = Dispatcher.DispatchController;
type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** How much of an answer is read, in bytes and milliseconds. */
export interface Reading {
  readonly totalMs: number;
  /** The longest body of an answer with this status, and whether it is JSON; other content is hashed. */
  readonly capOf: (status: number) => { readonly bytes: number; readonly expectsJson: boolean };
}

/** No whole answer within the time that one exchange may take. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
}

/** The answer to a request. @throws Overdue, and whatever undici or zlib throw for what a target does. */
export function receive(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  reading: Reading,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const receiver = new Receiver(reading, resolve, reject);
    try {
      dispatcher.dispatch(request, receiver);
    } catch (error) {
      receiver.fail(error);
    }
  });
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #capOf: Reading['capOf'];
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #deadline: NodeJS.Timeout;
  #isSettled = false;
  #hasEnded = false;
  #controller: Controller | undefined;
  #head: Pick<Answer, 'status' | 'headers'> = { status: 0, headers: {} };
  #body = new BodyReader(0, true);
  #cap = 0;
  #unpack: Gunzip | Inflate | undefined;

  constructor({ totalMs, capOf }: Reading, resolve: (answer: Answer) => void, reject: (reason: unknown) => void) {
    this.#capOf = capOf;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#deadline = setTimeout(() => this.fail(new Overdue()), totalMs);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    // It has waited for a connection for too long.
    if (this.#isSettled) controller.abort(new Overdue());
  }

  onResponseStart(controller: Controller, status: number, headers: RawHeaders): void {
    // What comes before the answer is none: 100 Continue, 103 Early Hints.
    if (status < 200) return;
    this.#head = { status, headers: plainHeaders(headers) };
    const { bytes, expectsJson } = this.#capOf(status);
    this.#cap = bytes;
    this.#body = new BodyReader(bytes, expectsJson);
    this.#unpack = this.#unpackerFor(controller, this.#head.headers['content-encoding'] ?? '');
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#isSettled) return;
    if (this.#unpack === undefined) this.#add(chunk);
    else if (!this.#unpack.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#hasEnded = true;
    if (this.#unpack === undefined) this.#finish();
    else this.#unpack.end();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#hasEnded = true;
    this.fail(error);
  }

  fail(error: unknown): void {
    if (this.#settle()) this.#reject(error);
  }

  /** We ask for no compression; a target that compresses all the same is read under the same cap. */
  #unpackerFor(controller: Controller, encoding: string): Gunzip | Inflate | undefined {
    if (encoding === '') return undefined;
    const unpack = /gzip/i.test(encoding) ? createGunzip() : /deflate/i.test(encoding) ? createInflate() : undefined;
    unpack?.on('data', (chunk: Buffer) => this.#add(chunk));
    unpack?.on('drain', () => controller.resume());
    unpack?.on('end', () => this.#finish());
    unpack?.on('error', (error: Error) => this.fail(error));
    return unpack;
  }

  #add(chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#body.add(chunk);
    if (this.#body.bytes > this.#cap) this.#finish();
  }

  #finish(): void {
    if (this.#settle()) this.#resolve({ kind: 'answer', ...this.#head, ...this.#body.finish() });
  }

  /** Ends what is still under way. False where it was over before. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    clearTimeout(this.#deadline);
    this.#unpack?.destroy();
    if (!this.#hasEnded) this.#controller?.abort(new Error('nobody reads on'));
    return true;
  }
}

function plainHeaders(headers: RawHeaders): Headers {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
