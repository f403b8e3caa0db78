// The ledger: what a run is about to make, written before it is sent, and what came of it. Whatever happens to the run,
// the ledger tells what may have been left behind. It never holds a key.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Sixteen random digits, as `configure` makes them. */
const RUN_ID = /^[0-9a-f]{16}$/;

const entrySchema = z.discriminatedUnion('kind', [
  // The id is what proves ownership: a shorter one would be the beginning of many, and make their files ours.
  z.strictObject({ kind: z.literal('run'), runId: z.string().regex(RUN_ID), baseUrl: z.string(), at: z.string() }),
  z.strictObject({ kind: z.literal('intent'), what: z.enum(['file', 'job']), n: z.number() }),
  z.strictObject({ kind: z.literal('made'), what: z.enum(['file', 'job']), n: z.number(), id: z.string() }),
  z.strictObject({ kind: z.literal('refused'), n: z.number() }),
  z.strictObject({ kind: z.literal('gone'), what: z.enum(['file', 'job', 'model']), id: z.string() }),
]);
export type LedgerEntry = z.output<typeof entrySchema>;

/** Write-ahead ledger of one run. */
export class Ledger {
  readonly #file: string | undefined;
  readonly #scrub: (text: string) => string;
  #descriptor: number | undefined;
  /** Numbers of what was sent and not answered yet. */
  readonly #open = new Set<number>();
  readonly #made = { file: new Set<string>(), job: new Set<string>() };
  readonly #deletedFiles = new Set<string>();
  #count = 0;

  /**
   * @param folder where ledgers lie; undefined keeps none (the embedded emulator leaves nothing behind).
   * @param scrub takes keys out of a text: a target may give its objects the key as their id. Such an object is found
   *   again by the mark of the run, which the list of files shows.
   */
  constructor(
    folder: string | undefined,
    run: { readonly runId: string; readonly baseUrl: string; readonly at: string },
    scrub: (text: string) => string = (text) => text,
  ) {
    this.#scrub = scrub;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${run.runId}.jsonl`);
    this.#descriptor = openSync(this.#file, 'a');
    this.#write({ kind: 'run', ...run });
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
    if (what === 'file' && this.#made.file.has(id)) this.#deletedFiles.add(id);
    if (what !== 'model') this.#made[what].delete(id);
    this.#write({ kind: 'gone', what, id });
  }

  /** What was made and is not known to be gone. */
  leftOver(): LeftOver {
    return { files: [...this.#made.file], jobs: [...this.#made.job], deletedFiles: [...this.#deletedFiles] };
  }

  /** True where something was sent that no answer came to: it may have made what nobody told of. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Deletes the ledger where nothing can have been left behind; otherwise `npm run sweep` will want it. */
  close(): void {
    if (this.#file === undefined || this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (!this.isOpen && this.#made.file.size + this.#made.job.size === 0) rmSync(this.#file, { force: true });
  }

  /** What was sent came to nothing: it was refused. */
  refused(n: number): void {
    this.#open.delete(n);
    this.#write({ kind: 'refused', n });
  }

  #write(entry: LedgerEntry): void {
    if (this.#descriptor === undefined) return;
    const told =
      'id' in entry
        ? { ...entry, id: this.#scrub(entry.id) }
        : 'baseUrl' in entry
          ? { ...entry, baseUrl: this.#scrub(entry.baseUrl) }
          : entry;
    writeSync(this.#descriptor, `${JSON.stringify(told)}\n`);
  }
}

/** Ids that a run made and that are not known to be gone, oldest first. */
export interface LeftOver {
  readonly files: readonly string[];
  readonly jobs: readonly string[];
  /** Files that the run made and deleted: a job that was made of one is the run's all the same. */
  readonly deletedFiles: readonly string[];
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
  const deletedFiles = entries.flatMap((entry) =>
    entry.kind === 'made' && entry.what === 'file' && gone.has(`file ${entry.id}`) ? [entry.id] : [],
  );
  return { files: open('file'), jobs: open('job'), deletedFiles };
}

/** The text of a ledger; none where its run has ended, and taken it away, since it was found. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** The entries of a ledger; lines that were cut off by a crash are left out. */
export function readLedger(file: string): LedgerEntry[] {
  return textOf(file)
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
