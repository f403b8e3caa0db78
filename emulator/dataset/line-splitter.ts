// Splits a stream of bytes into lines without ever holding more than one of them, and no line beyond a limit.

/** What is done with a line: its bytes without the line end, or null where it was too long to be held. */
export type OnLine = (line: Buffer | null, start: Buffer) => void;

const START_BYTES = 16;

export class LineSplitter {
  readonly #onLine: OnLine;
  readonly #limit: number;
  #pieces: Buffer[] = [];
  #length = 0;
  #start: Buffer = Buffer.alloc(0);

  /** @param onLine called for each line in order, @param limit the most bytes of a line that is held. */
  constructor(onLine: OnLine, limit: number) {
    this.#onLine = onLine;
    this.#limit = limit;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      this.#hold(chunk.subarray(from, end));
      this.#emit();
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  /** Takes the end: what follows the last line end is a line unless it is empty. */
  end(): void {
    if (this.#length > 0) this.#emit();
  }

  #hold(piece: Buffer): void {
    if (this.#length === 0) this.#start = Buffer.from(piece.subarray(0, START_BYTES));
    this.#length += piece.length;
    if (this.#length > this.#limit) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  #emit(): void {
    const tooLong = this.#length > this.#limit;
    const [only] = this.#pieces;
    const line = this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    this.#onLine(tooLong ? null : line, this.#start);
    this.#start = Buffer.alloc(0);
  }
}
