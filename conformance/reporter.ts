// Progress of a run: one live line on a terminal, plain lines elsewhere. Only faults of the suite are told here in
// full; verdicts stand in the report.
import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { visible } from './reporting/escape.ts';
import { readAssignment } from './run/assignment.ts';
import { secretsFrom } from './run/keys.ts';
import { lastNote, type ProgressNote } from './run/progress.ts';

const CLEAR = '\r\u001b[2K';

// eslint-disable-next-line import-x/no-default-export -- Playwright loads the default export of a reporter.
export default class ProgressReporter implements Reporter {
  #count = 0;
  #done = 0;
  #started = 0;
  #note: ProgressNote | undefined;
  #title = '';
  readonly #isLive = process.env['CONFORMANCE_PROGRESS'] === 'live';
  readonly #isQuiet = process.env['CONFORMANCE_PROGRESS'] === 'none';
  readonly #isJson = process.env['CONFORMANCE_PROGRESS'] === 'json';

  /** The reporter says everything that is to be said. */
  printsToStdio(): boolean {
    return true;
  }

  constructor() {
    // Who listens may be gone; what was made is taken away all the same.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  onBegin(_config: unknown, suite: Suite): void {
    this.#count = suite.allTests().length;
    this.#started = Date.now();
  }

  onTestBegin(test: TestCase): void {
    this.#title = test.title;
    this.#draw();
  }

  onStdOut(chunk: string | Buffer): void {
    this.#note = lastNote(chunk.toString()) ?? this.#note;
    this.#draw();
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#done += 1;
    if (result.status === 'skipped') return;
    if (this.#isJson) this.#tellJson(test.title);
    else if (!this.#isLive && !this.#isQuiet)
      process.stderr.write(`${this.#position()} ${test.title}${this.#figures()}\n`);
    for (const { message } of result.errors) this.#tellFault(message ?? '');
  }

  onError({ message }: { message?: string }): void {
    this.#tellFault(message ?? '');
  }

  onEnd(_result: FullResult): void {
    if (this.#isLive) process.stderr.write(CLEAR);
  }

  /** A fault may quote the target: no key, and nothing that a terminal acts on, gets out with it. */
  #tellFault(message: string): void {
    process.stderr.write(`${this.#isLive ? CLEAR : ''}${visible(scrub(withoutColours(message)))}\n`);
  }

  #tellJson(scenario: string): void {
    const { requests, jobs, failed } = this.#note ?? { requests: 0, jobs: 0, failed: 0 };
    const line = { event: 'scenario', done: this.#done, of: this.#count, title: scenario, requests, jobs, failed };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  #position(): string {
    return `[${String(this.#done).padStart(2)}/${this.#count}]`;
  }

  #figures(): string {
    if (this.#note === undefined) return '';
    const { requests, jobs, maxJobs, failed } = this.#note;
    const budget = Number.isFinite(maxJobs) && maxJobs < 1e6 ? ` of ${maxJobs}` : '';
    return `  ${requests} requests, ${jobs}${budget} jobs, ${failed} failing`;
  }

  /** The rest of the time, by the share of scenarios that are done: rough, and better than nothing. */
  #remaining(): string {
    if (this.#done < 3) return '';
    const seconds = Math.round(((Date.now() - this.#started) / this.#done / 1000) * (this.#count - this.#done));
    return seconds > 90 ? `  ~${Math.round(seconds / 60)} min left` : `  ~${seconds} s left`;
  }

  #draw(): void {
    if (!this.#isLive) return;
    const line = `${this.#position()} ${this.#title}${this.#figures()}${this.#remaining()}`;
    process.stderr.write(`${CLEAR}${line.slice(0, Math.max(20, (process.stderr.columns || 80) - 1))}`);
  }
}

/** Colours of Playwright's own: their codes would be made visible. */
function withoutColours(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '');
}

function scrub(text: string): string {
  try {
    return secretsFrom(readAssignment().config, process.env).scrub(text);
  } catch {
    // Without the names of the variables nobody knows what to look for, and nothing was sent either.
    return 'the suite was not started by npm run conformance';
  }
}
