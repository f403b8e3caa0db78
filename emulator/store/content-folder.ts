// Where the contents of files lie: one file each, named by the id that the emulator itself issued and by nothing that a
// client sent.
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const GENERATED_ID = /^file-[A-Za-z0-9]{24}$/;

export class ContentFolder {
  readonly #folder: string;
  readonly #temporary: boolean;

  /** @param dataDir the folder that outlives the server; null for one that is removed with it. */
  constructor(dataDir: string | null) {
    this.#temporary = dataDir === null;
    this.#folder = dataDir === null ? mkdtempSync(join(tmpdir(), 'fine-tuning-emulator-')) : join(dataDir, 'files');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Where the content of a file is written to. @throws Error for an id that the emulator did not issue. */
  pathOf(id: string): string {
    if (!GENERATED_ID.test(id)) throw new Error('not an id of a stored file');
    return join(this.#folder, id);
  }

  /** The content of a file, piece by piece. */
  read(id: string): Readable {
    return createReadStream(this.pathOf(id));
  }

  /** Whether there is content of that id. */
  has(id: string): boolean {
    return GENERATED_ID.test(id) && existsSync(this.pathOf(id));
  }

  /** Removes the content of a file; nothing happens where there is none. */
  remove(id: string): void {
    if (GENERATED_ID.test(id)) rmSync(this.pathOf(id), { force: true });
  }

  /** Removes what uploads left behind that never ended. @param known the ids of files that exist. */
  removeAllBut(known: ReadonlySet<string>): void {
    for (const name of readdirSync(this.#folder)) if (!known.has(name)) this.remove(name);
  }

  /** Leaves nothing of a temporary folder. */
  close(): void {
    if (this.#temporary) rmSync(this.#folder, { recursive: true, force: true });
  }
}
