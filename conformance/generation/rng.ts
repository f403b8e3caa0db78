// Chance for the makers of values: a small generator of our own, seeded from the stream that fast-check hands us. A
// payload draws some hundred numbers, and a stream that can be cloned and replayed for each of them costs more than the
// payload itself; seeded once a value, values still follow from the seed of the run and from nothing else.
import type { Random } from 'fast-check';

const RANGE = 4_294_967_296;
const LEAST = -2_147_483_648;
const MOST = 2_147_483_647;

/** Draws for one value (sfc32, of which 96 bits are seeded). */
export class Rng {
  /** The stream behind: for arbitraries of fast-check's own. */
  readonly source: Random;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(source: Random) {
    this.source = source;
    this.#a = source.nextInt(LEAST, MOST);
    this.#b = source.nextInt(LEAST, MOST);
    this.#c = source.nextInt(LEAST, MOST);
    // Seeds that are alike must not make first values that are alike.
    for (let round = 0; round < 8; round += 1) this.next();
  }

  /** A whole number from 0 to 4294967295. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11) | 0) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor((this.next() / RANGE) * count);
  }

  /** A whole number between two, both included. */
  between(min: number, max: number): number {
    const count = max - min + 1;
    if (count <= RANGE) return min + this.below(count);
    // Far apart: one draw would leave gaps.
    return min + Math.floor(((this.next() * 2_097_152 + (this.next() >>> 11)) / 9_007_199_254_740_992) * count);
  }

  /** One of several. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}
