// The ledger: what a run is about to make, written before it is sent, and what came of it. Whatever happens to the run,
// the ledger tells what may have been left behind. It never holds a key.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), runId: z.string(), baseUrl: z.string(), at: z.string() }),
  z.strictObject({ kind: z.literal('intent'), what: z.enum(['file', 'job']), n: z.number() }),
  z.strictObject({ kind: z.literal('made'), what: z.enum(['file', 'job']), n: z.number(), id: z.string() }),
  z.strictObject({ kind: z.literal('refused'), n: z.number() }),
  z.strictObject({ kind: z.literal('gone'), what: z.enum(['file', 'job', 'model']), id: z.string() }),
]);
export type LedgerEntry = z.output<typeof entrySchema>;

/** Write-ahead ledger of one run. */
export class Ledger {
  readonly #file: string | undefined;
  #descriptor: number | undefined;
  /** Numbers of what was sent and not answered yet. */
  readonly #open = new Set<number>();
  readonly #made = { file: new Set<string>(), job: new Set<string>() };
  #count = 0;

  /** @param folder where ledgers lie; undefined keeps none (the embedded emulator leaves nothing behind). */
  constructor(folder: string | undefined, runId: string, baseUrl: string, at: string) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${runId}.jsonl`);
    this.#descriptor = openSync(this.#file, 'a');
    this.#write({ kind: 'run', runId, baseUrl, at });
  }

  /** Before a send that may make something. Returns the number under which `made` reports it. */
  intend(what: 'file' | 'job'): number {
    this.#count += 1;
    this.#open.add(this.#count);
    this.#write({ kind: 'intent', what, n: this.#count });
    return this.#count;
  }

  made(what: 'file' | 'job', n: number, id: string): void {
    this.#open.delete(n);
    this.#made[what].add(id);
    this.#write({ kind: 'made', what, n, id });
  }

  /** Deleted, cancelled or ended: nothing is left to clean up. */
  gone(what: 'file' | 'job' | 'model', id: string): void {
    if (what !== 'model') this.#made[what].delete(id);
    this.#write({ kind: 'gone', what, id });
  }

  /** What was made and is not known to be gone. */
  leftOver(): LeftOver {
    return { files: [...this.#made.file], jobs: [...this.#made.job] };
  }

  /** Deletes the ledger where nothing can have been left behind; otherwise `npm run sweep` will want it. */
  close(): void {
    if (this.#file === undefined || this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (this.#open.size + this.#made.file.size + this.#made.job.size === 0) rmSync(this.#file, { force: true });
  }

  /** What was sent came to nothing: it was refused. */
  refused(n: number): void {
    this.#open.delete(n);
    this.#write({ kind: 'refused', n });
  }

  #write(entry: LedgerEntry): void {
    if (this.#descriptor !== undefined) writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
  }
}

/** Ids that a run made and that are not known to be gone, oldest first. */
export interface LeftOver {
  readonly files: readonly string[];
  readonly jobs: readonly string[];
}

/** What a ledger says was left behind. */
export function leftOverOf(entries: readonly LedgerEntry[]): LeftOver {
  const gone = new Set(entries.flatMap((entry) => (entry.kind === 'gone' ? [`${entry.what} ${entry.id}`] : [])));
  const open = (what: 'file' | 'job'): string[] => [
    ...new Set(
      entries.flatMap((entry) =>
        entry.kind === 'made' && entry.what === what && !gone.has(`${what} ${entry.id}`) ? [entry.id] : [],
      ),
    ),
  ];
  return { files: open('file'), jobs: open('job') };
}

/** The entries of a ledger; lines that were cut off by a crash are left out. */
export function readLedger(file: string): LedgerEntry[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const parsed = entrySchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
}
