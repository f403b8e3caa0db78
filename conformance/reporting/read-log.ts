// Reads results.jsonl line by line in bounded memory and refuses a log that does not hold together: a report made from
// half a run, or from two, would be worse than none.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FooterLine, HeaderLine, LogLine } from './log.ts';
import {
  AlteredLog, DoubledLog, HeaderlessLog, LogError, MalformedLine, MissingLog, MixedEditions, MixedRuns, MixedSeeds, TruncatedLog,
} from './log-errors.ts'; // prettier-ignore
import { logLine } from './log-line.ts';

/** Longer than any line that the suite writes: evidence is cut to a few dozen kilobytes. */
const LONGEST_LINE = 4 * 1024 * 1024;
const NEWLINE = 10;

/** Where a line stands in its file, in bytes. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Hands every line of a log to `take`, header first and footer last.
 * @throws LogError that says how the log is wrong, with the number of the line.
 */
export async function readLog(file: string, take: (line: LogLine, place: Place) => void): Promise<void> {
  const order = new Order();
  const digest = createHash('sha256');
  let number = 0;
  for await (const { bytes, offset, ended } of rawLines(file)) {
    number += 1;
    const where = `${file}:${number}`;
    const line = logLine(parsed(bytes, where, ended), where);
    order.check(line, where);
    if (line.kind === 'footer') checkDigest(line, number - 1, digest.digest('hex'), where);
    else if (!order.ended) digest.update(bytes).update('\n');
    take(line, { offset, length: bytes.length });
  }
  if (number === 0) throw new HeaderlessLog(`${file} is empty; was the run started?`);
  if (!order.ended) throw new TruncatedLog(`${file}:${number}: the log has no footer; the run did not come to its end`);
}

/** What the lines before say about the next: one header at the top, one footer at the end. */
class Order {
  #header: HeaderLine | undefined;
  ended = false;

  check(line: LogLine, where: string): void {
    if (line.kind === 'header') {
      if (this.#header !== undefined) throw doubled(this.#header, line, where);
      this.#header = line;
      return;
    }
    if (this.#header === undefined)
      throw new HeaderlessLog(`${where}: a ${line.kind} stands before the header; the start of the log was lost`);
    if (this.ended) throw new DoubledLog(`${where}: a ${line.kind} stands after the footer; two logs were joined`);
    if (line.kind === 'footer') this.ended = true;
  }
}

function doubled(first: HeaderLine, second: HeaderLine, where: string): LogError {
  if (
    first.contract.edition !== second.contract.edition ||
    first.contract.mode !== second.contract.mode ||
    first.contract.sha256 !== second.contract.sha256
  ) {
    const told = ({ contract }: HeaderLine): string => `${contract.dialect ?? contract.edition} ${contract.mode}`;
    return new MixedEditions(
      `${where}: a second header, of ${told(second)} after ${told(first)}; report the runs apart`,
    );
  }
  if (first.run.seed !== second.run.seed)
    return new MixedSeeds(
      `${where}: a second header, of seed ${second.run.seed} after ${first.run.seed}; report the runs apart`,
    );
  if (first.run.id !== second.run.id)
    return new MixedRuns(`${where}: a second header, of another run; report the runs apart`);
  return new DoubledLog(`${where}: the header stands twice; remove the copy`);
}

function checkDigest({ above }: FooterLine, lines: number, sha256: string, where: string): void {
  if (above === undefined) return;
  if (above.lines !== lines)
    throw new AlteredLog(`${where}: ${lines} lines stand above the footer, ${above.lines} were written`);
  if (above.sha256 !== sha256)
    throw new AlteredLog(`${where}: the lines above the footer are not those that were written`);
}

function parsed(bytes: Buffer, where: string, ended: boolean): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    if (!ended) throw new TruncatedLog(`${where}: the last line is cut; the run did not come to its end`);
    throw new MalformedLine(`${where}: the line is no JSON`);
  }
}

interface RawLine {
  readonly bytes: Buffer;
  readonly offset: number;
  /** False for a last line without its newline. */
  readonly ended: boolean;
}

async function* rawLines(file: string): AsyncGenerator<RawLine> {
  let held: Buffer = Buffer.alloc(0);
  let offset = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      let start = 0;
      for (let end = held.indexOf(NEWLINE, start); end >= 0; end = held.indexOf(NEWLINE, start)) {
        if (end > start) yield { bytes: held.subarray(start, end), offset: offset + start, ended: true };
        start = end + 1;
      }
      held = held.subarray(start);
      offset += start;
      if (held.length > LONGEST_LINE) throw new MalformedLine(`${file}: a line is longer than ${LONGEST_LINE} bytes`);
    }
  } catch (error) {
    if (error instanceof LogError) throw error;
    throw new MissingLog(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}); run npm run conformance first`,
    );
  }
  if (held.length > 0) yield { bytes: held, offset, ended: false };
}
