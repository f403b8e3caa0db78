// A short digest of text for telling in memory what was seen before. It is keyed by chance anew in each process: nobody
// outside can make two texts that it takes for one, and by accident two of a million are alike once in ten thousand runs.
import { randomInt } from 'node:crypto';

const [KEY_A, KEY_B] = [randomInt(2 ** 32), randomInt(2 ** 32)];

/** 53 bits that stand for a text in this process. */
export function shortDigest(text: string): number {
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
