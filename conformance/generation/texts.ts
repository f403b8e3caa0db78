// Text that a server must carry unharmed: boundaries of length in plain letters, and short texts that break careless
// code. How a target counts length (code points, UTF-16 units, bytes) is left open by the documents, so what is long is
// ASCII, and what is not ASCII stays short enough for every way of counting.
import fc from 'fast-check';

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
export function anyText(min: number, max: number): fc.Arbitrary<string> {
  const letters = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz0123456789'));
  const ofLength = (length: number): fc.Arbitrary<string> =>
    fc.string({ unit: letters, minLength: length, maxLength: length });
  const boundaries = [...new Set([min, min + 1, max - 1, max])].filter((length) => length >= min && length <= max);
  const hostile = hostileBetween(min, max);
  const wide = Math.floor(max / LONGEST_UTF8);
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: letters, minLength: min, maxLength: Math.min(max, Math.max(min, 12)) }) },
    { weight: 2, arbitrary: fc.oneof(...boundaries.map(ofLength)) },
    ...(hostile.length === 0 ? [] : [{ weight: 2, arbitrary: fc.constantFrom(...hostile) }]),
    ...(wide < min
      ? []
      : [
          {
            weight: 1,
            arbitrary: fc
              .string({ unit: 'grapheme', minLength: min, maxLength: Math.min(wide, 20) })
              .filter((text) => Buffer.byteLength(text) <= max),
          },
        ]),
  );
}

/**
 * Text of `min` to `max` characters of a simple class such as `^[a-z0-9-]+$` or, with bounds of its own,
 * `^[a-z]{1,18}$`; undefined where the pattern is another.
 */
export function textOfClass(pattern: string, min: number, longest: number): fc.Arbitrary<string> | undefined {
  const [, set, least, most] = /^\^\[([^\]\\^]+)\](?:[+*]|\{(\d+),(\d+)\})\$$/.exec(pattern) ?? [];
  if (set === undefined) return undefined;
  const letters = charactersOf(set);
  const from = Math.max(min, Number(least ?? 1));
  const max = Math.min(longest, Number(most ?? longest));
  if (max < from) return undefined;
  const boundaries = [...new Set([from, from + 1, max - 1, max])].filter((length) => length >= from && length <= max);
  const unit = fc.constantFrom(...letters);
  return fc.oneof(
    { weight: 2, arbitrary: fc.string({ unit, minLength: from, maxLength: Math.min(max, 16) }) },
    {
      weight: 1,
      arbitrary: fc.oneof(...boundaries.map((length) => fc.string({ unit, minLength: length, maxLength: length }))),
    },
  );
}

/** The characters of a class: `a-c5` gives a, b, c and 5. */
function charactersOf(set: string): string[] {
  return [...set.matchAll(/(.)-(.)|./gu)].flatMap(([whole, from, to]) => {
    if (from === undefined || to === undefined) return [whole];
    const first = from.charCodeAt(0);
    return Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, index) => String.fromCharCode(first + index));
  });
}
