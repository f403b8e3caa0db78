// Texts that were met lately, by short digests: a run of many jobs cannot keep the words of each. Digests are keyed by
// chance anew in each process, so that nobody outside can make two texts that are taken for one; by accident two of a
// million are alike once in ten thousand runs.
import { randomInt } from 'node:crypto';

const [KEY_A, KEY_B] = [randomInt(2 ** 32), randomInt(2 ** 32)];

/** Digests that are remembered at least; before those are forgotten, as many again are. */
const REMEMBERED = 20_000;

/** Tells what was met lately from what is new. */
export class RecentDigests {
  #recent = new Set<number>();
  #before = new Set<number>();

  /** True where a text was met lately; from now on it was. */
  holds(text: string): boolean {
    const digest = shortDigest(text);
    if (this.#recent.has(digest) || this.#before.has(digest)) return true;
    if (this.#recent.size >= REMEMBERED) {
      this.#before = this.#recent;
      this.#recent = new Set();
    }
    this.#recent.add(digest);
    return false;
  }
}

/** 53 bits that stand for a text in this process. */
function shortDigest(text: string): number {
  let a = KEY_A;
  let b = KEY_B;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x85eb_ca6b);
    b = Math.imul(b ^ code, 0xc2b2_ae35);
    a ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x45d9_f3b5) ^ Math.imul(b ^ (b >>> 13), 0xc2b2_ae35);
  b = Math.imul(b ^ (b >>> 16), 0x45d9_f3b5) ^ Math.imul(a ^ (a >>> 13), 0x85eb_ca6b);
  return (b >>> 11) * 4_294_967_296 + (a >>> 0);
}
