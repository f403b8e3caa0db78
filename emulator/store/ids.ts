// Ids of new objects: unpredictable by default, repeatable with a seed. The counter is kept with the data, so that a
// restart does not issue an id twice.
import { randomBytes } from 'node:crypto';
import { derivedId, randomFrom } from '../text/derived-id.ts';

export class IdSource {
  readonly #secret: string;
  #count: number;

  /** @param seed what the ids follow from; undefined for chance, @param count how many were issued before. */
  constructor(seed: number | undefined, count = 0) {
    this.#secret = seed === undefined ? randomBytes(16).toString('hex') : `seed ${seed}`;
    this.#count = count;
  }

  /** How many ids were issued; also the sequence of the newest object. */
  get count(): number {
    return this.#count;
  }

  /** `prefix` and `length` letters and digits that were never issued before. */
  next(prefix: string, length = 24): string {
    this.#count += 1;
    return `${prefix}${derivedId(`${this.#secret}:${prefix}:${this.#count}`, length)}`;
  }

  /** A seed for a job: 0 to 2147483647. */
  nextSeed(): number {
    this.#count += 1;
    return Math.floor(randomFrom(`${this.#secret}:seed:${this.#count}`)() * 2_147_483_648);
  }

  /** The next place in the order of creation. */
  nextSequence(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Goes on behind a count that was reached before a restart. */
  skipTo(count: number): void {
    this.#count = Math.max(this.#count, count);
  }
}
