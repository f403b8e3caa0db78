// Shards to one run. Every shard judges all rows and performs a part of the cases, so the lines of n logs are united: a
// row fails where any shard saw it fail, and passes where one saw it pass and none saw it fail. What each shard did for
// itself (liveness, capabilities, notices) is combined, never added up. The result is a log like any other.
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ExchangeLine, type HeaderLine, LOG_NAME, type LogLine, type VerdictLine } from './log.ts';
import { ForeignShard } from './log-errors.ts';
import { mergedCapabilities, mergedFooter, mergedHeader, mergedRemarks } from './merge-lines.ts';
import { readLog } from './read-log.ts';
import { checkShards, isSameRow, type Shard } from './shards.ts';

/** Bytes that are held before they are written. */
const HELD = 1_000_000;
/** What is many, and goes from the shards' logs straight into that of the run. */
const PASSED_ON: ReadonlySet<LogLine['kind']> = new Set(['exchange', 'verdict', 'timeline', 'file']);

/**
 * Writes out/results.jsonl from the logs in some folders.
 * @throws ShardError where they are not the shards of one run, each once; LogError where a log does not hold together.
 */
export async function mergeShards(dirs: readonly string[], out: string): Promise<void> {
  const shards: Shard[] = [];
  for (const dir of dirs) shards.push(await readShard(dir));
  const ordered = checkShards(shards);
  mkdirSync(out, { recursive: true });
  const draft = join(out, `${LOG_NAME}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeMerged(ordered, draft);
    renameSync(draft, join(out, LOG_NAME));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** All of a log but its exchanges, verdicts and timelines, which are many. */
async function readShard(dir: string): Promise<Shard> {
  const file = resolve(dir, LOG_NAME);
  const kept: LogLine[] = [];
  await readLog(file, (line) => {
    if (!PASSED_ON.has(line.kind)) kept.push(line);
  });
  const headers = kept.filter((line): line is HeaderLine => line.kind === 'header');
  const footers = kept.filter((line) => line.kind === 'footer');
  const [header, footer] = [headers[0], footers[0]];
  // readLog has seen to both.
  if (header === undefined || footer === undefined) throw new ForeignShard(`${file} has no header or no footer`);
  return {
    file,
    header,
    footer,
    rows: kept.filter((line) => line.kind === 'requirement'),
    capabilities: kept.filter((line) => line.kind === 'capability'),
    remarks: kept.filter(isRemark),
  };
}

function isRemark(line: LogLine): line is Shard['remarks'][number] {
  return line.kind === 'notice' || line.kind === 'blocked' || line.kind === 'fault' || line.kind === 'observed';
}

async function writeMerged(shards: readonly Shard[], file: string): Promise<void> {
  const writer = new Writer(file);
  const [first] = shards;
  writer.write(mergedHeader(shards));
  for (const row of first?.rows ?? []) writer.write(row);
  for (const [index, shard] of shards.entries()) {
    if (!isSameRow(first?.rows ?? [], shard.rows))
      throw new ForeignShard(`${shard.file} judges other requirements than ${first?.file ?? ''}; run both with one version`);
    await readLog(shard.file, (line) => {
      if (line.kind === 'exchange') writer.write(renamedExchange(line, index));
      else if (line.kind === 'verdict') writer.write(renamedVerdict(line, index));
      else if (line.kind === 'timeline' || line.kind === 'file') writer.write(line);
    });
  } // prettier-ignore
  for (const line of mergedRemarks(shards)) writer.write(line);
  for (const line of mergedCapabilities(shards, renamed)) writer.write(line);
  writer.end(mergedFooter(shards));
}

/** Exchanges are numbered within their shard; the number of the shard tells them apart. */
function renamed(id: string, shard: number): string {
  return `s${shard + 1}-${id}`;
}

function renamedExchange({ kind, exchange }: ExchangeLine, shard: number): ExchangeLine {
  return { kind, exchange: { ...exchange, id: renamed(exchange.id, shard) } };
}

function renamedVerdict(line: VerdictLine, shard: number): VerdictLine {
  const [first, ...rest] = line.evidence;
  return { ...line, evidence: [renamed(first, shard), ...rest.map((id) => renamed(id, shard))] };
}

/** Writes lines in large pieces and keeps count of them, as the writer of a run does. */
class Writer {
  readonly #file: string;
  readonly #digest = createHash('sha256');
  #lines = 0;
  #held: string[] = [];
  #size = 0;

  constructor(file: string) {
    this.#file = file;
  }

  write(line: LogLine): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#digest.update(text);
    this.#lines += 1;
    this.#hold(text);
  }

  end(footer: Extract<LogLine, { kind: 'footer' }>): void {
    const above = { lines: this.#lines, sha256: this.#digest.digest('hex') };
    this.#hold(`${JSON.stringify({ ...footer, above })}\n`);
    this.#flush();
  }

  #hold(text: string): void {
    this.#held.push(text);
    this.#size += text.length;
    if (this.#size >= HELD) this.#flush();
  }

  #flush(): void {
    appendFileSync(this.#file, this.#held.join(''));
    this.#held = [];
    this.#size = 0;
  }
}
