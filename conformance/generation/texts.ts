// Text that a server must carry unharmed: boundaries of length in plain letters, and short texts that break careless
// code. How a target counts length (code points, UTF-16 units, bytes) is left open by the documents, so what is long is
// ASCII, and what is not ASCII stays short enough for every way of counting.
import fc from 'fast-check';
import type { Maker } from './makers.ts';
import type { Rng } from './rng.ts';

const HOSTILE = [
  '__proto__', 'constructor', 'toString', 'null', 'undefined', 'true', '0', '', ' ', ' padded ', "it's", '"quoted"',
  'back\\slash', 'a=b&c=d', '100%', '%41', 'a/b?c#d', '[x]', '${x}', '{{x}}', '<b>&amp;</b>', 'line\nbreak', 'tab\there',
  'caf\u00e9', 'cafe\u0301', '\u00fc\u00df\u0131', '\u4e2d\u6587', '\u05e2\u05d1\u05e8\u05d9\u05ea', '\ud83d\ude80', '\u200d',
] as const; // prettier-ignore

const LONGEST_UTF8 = 4;

/** Hostile texts that are between `min` and `max` long however length is counted. */
function hostileBetween(min: number, max: number): string[] {
  return HOSTILE.filter((text) => {
    const points = Array.from(text).length;
    return points >= min && Buffer.byteLength(text) <= max;
  });
}

/** Any legal text, without NUL and unassigned characters (which a database may honestly not store), of `min` to `max` characters, leaning to boundaries and to what breaks careless code. */
export function anyText(min: number, max: number): Maker<string> {
  const letters = lettersFrom(Array.from('abcdefghijklmnopqrstuvwxyz0123456789'));
  const most = Math.min(max, Math.max(min, 12));
  const boundaries = boundaryLengths(min, max);
  const hostile = hostileBetween(min, max);
  const wide = Math.min(Math.floor(max / LONGEST_UTF8), 20);
  const ways: readonly { readonly weight: number; readonly make: (random: Rng) => string }[] = [
    { weight: 4, make: (random) => letters(random, random.between(min, most)) },
    { weight: 2, make: (random) => letters(random, random.pick(boundaries)) },
    ...(hostile.length === 0 ? [] : [{ weight: 2, make: (random: Rng) => random.pick(hostile) }]),
    ...(wide < min ? [] : [{ weight: 1, make: graphemes(min, wide, max) }]),
  ];
  const slots = ways.flatMap(({ weight, make }) => Array.from({ length: weight }, () => make));
  return { make: (random) => random.pick(slots)(random), plainer: (text) => plainerTexts(text, min, 'a') };
}

/**
 * Text of `min` to `max` characters of a simple class such as `^[a-z0-9-]+$` or, with bounds of its own,
 * `^[a-z]{1,18}$`; undefined where the pattern is another.
 */
export function textOfClass(pattern: string, min: number, longest: number): Maker<string> | undefined {
  const [, set, least, most] = /^\^\[([^\]\\^]+)\](?:[+*]|\{(\d+),(\d+)\})\$$/.exec(pattern) ?? [];
  if (set === undefined) return undefined;
  const characters = charactersOf(set);
  const from = Math.max(min, Number(least ?? 1));
  const max = Math.min(longest, Number(most ?? longest));
  if (max < from) return undefined;
  const boundaries = boundaryLengths(from, max);
  const letters = lettersFrom(characters);
  return {
    make: (random) =>
      letters(
        random,
        random.below(3) < 2 ? random.between(from, Math.max(from, Math.min(max, 16))) : random.pick(boundaries),
      ),
    plainer: (text) => plainerTexts(text, from, characters[0] ?? 'a'),
  };
}

/** Text of any other pattern, as fast-check reads it. */
export function textMatching(pattern: string, min: number, max: number): Maker<string> {
  const matching = fc
    .stringMatching(new RegExp(pattern, 'u'))
    .filter((text) => text.length >= min && Buffer.byteLength(text) <= max);
  return { make: (random) => matching.generate(random.source, undefined).value, plainer: () => [] };
}

function boundaryLengths(min: number, max: number): number[] {
  return [...new Set([min, min + 1, max - 1, max])].filter((length) => length >= min && length <= max);
}

function graphemes(min: number, wide: number, max: number): (random: Rng) => string {
  const texts = fc
    .string({ unit: 'grapheme', minLength: min, maxLength: wide })
    .filter((text) => Buffer.byteLength(text) <= max);
  return (random) => texts.generate(random.source, undefined).value;
}

/** Letters that one draw of 32 bits is good for; the rest of it would favour the first letters. */
function lettersInADraw(count: number): number {
  return Math.max(1, Math.floor(24 / Math.log2(Math.max(2, count))));
}

const scratch = Buffer.alloc(4096);

/** Makes text of so many of the given characters. */
function lettersFrom(characters: readonly string[]): (random: Rng, length: number) => string {
  const codes = characters.map((one) => one.charCodeAt(0));
  const count = codes.length;
  const inADraw = lettersInADraw(count);
  if (codes.some((code) => code > 0xff))
    return (random, length) => Array.from({ length }, () => random.pick(characters)).join('');
  return (random, length) => {
    // A buffer that is written over each time: text of 512 letters is read out of it once instead of being joined 512 times.
    const bytes = length <= scratch.length ? scratch : Buffer.alloc(length);
    let draw = 0;
    for (let at = 0, left = 0; at < length; at += 1, left -= 1) {
      if (left === 0) {
        draw = random.next();
        left = inADraw;
      }
      bytes[at] = codes[draw % count] ?? 0;
      draw = Math.floor(draw / count);
    }
    return bytes.toString('latin1', 0, length);
  };
}

/** Shorter texts, then the same length in the plainest letter. */
function* plainerTexts(text: string, min: number, letter: string): Generator<string> {
  const points = Array.from(text);
  const lengths = [min, Math.floor(points.length / 2), points.length - 1];
  for (const length of new Set(lengths)) {
    if (length >= min && length < points.length) yield points.slice(0, length).join('');
  }
  const plain = letter.repeat(points.length);
  if (plain !== text) yield plain;
}

/** The characters of a class: `a-c5` gives a, b, c and 5. */
function charactersOf(set: string): string[] {
  return [...set.matchAll(/(.)-(.)|./gu)].flatMap(([whole, from, to]) => {
    if (from === undefined || to === undefined) return [whole];
    const first = from.charCodeAt(0);
    return Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, index) => String.fromCharCode(first + index));
  });
}
