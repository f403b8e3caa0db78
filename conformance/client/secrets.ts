// Keys exist on the wire only. Requests are built and recorded with placeholders; the transport puts the keys in. What
// a target sends back may hold a key in any spelling, so everything that is written anywhere goes through `scrub`.
import { type Span, unescaped, unpacked } from './decoded.ts';

export const KEY_PLACEHOLDER = '<API key>';
export const ADMIN_KEY_PLACEHOLDER = '<admin API key>';
/** The key with capitals for small letters and the other way round: what a careless comparison takes for the key. */
export const RECASED_KEY_PLACEHOLDER = '<API key in the other case>';
const REDACTED = '[redacted]';
/** Keys that are shorter than this may stand in ordinary text by chance. */
export const SHORT_KEY = 12;
/** A piece of a key that is this long counts as the key (design: "Cost, ownership and safety"). */
const WINDOW = 8;
/** An encoded short key is looked for as a whole, unless it is so short that ordinary text would be full of it. */
const SHORTEST_ENCODED = 6;

/** The keys of a run. */
export class Secrets {
  readonly #values: Map<string, string>;
  /** Every piece of WINDOW characters of every spelling of every key, and the characters that pieces begin with. */
  readonly #pieces: ReadonlySet<string>;
  readonly #firsts: ReadonlySet<number>;
  /** Spellings of keys that are shorter than a piece, longest first. */
  readonly #shortForms: readonly string[];

  /** @param keys placeholder to key; empty keys are left out. */
  constructor(keys: Readonly<Record<string, string | undefined>>) {
    this.#values = new Map(
      Object.entries(keys).flatMap(([name, key]) => (key === undefined || key === '' ? [] : [[name, key] as const])),
    );
    const key = this.#values.get(KEY_PLACEHOLDER);
    if (key !== undefined && recased(key) !== key) this.#values.set(RECASED_KEY_PLACEHOLDER, recased(key));
    const all = [...this.#values.values()];
    this.#pieces = new Set(all.filter((key) => key.length >= WINDOW).flatMap((key) => formsOf(key).flatMap(piecesOf)));
    this.#firsts = new Set([...this.#pieces].map((piece) => piece.charCodeAt(0)));
    const short = all.filter((key) => key.length < WINDOW);
    const forms = short.flatMap((key) =>
      formsOf(key).filter((form) => form === key || form.length >= SHORTEST_ENCODED),
    );
    this.#shortForms = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  /** True where a key stands behind the placeholder. */
  has(placeholder: string): boolean {
    return this.#values.has(placeholder);
  }

  /** A header value with placeholders replaced, for the wire. */
  reveal(text: string): string {
    if (!text.includes('<')) return text;
    let revealed = text;
    for (const [placeholder, key] of this.#values) revealed = revealed.replaceAll(placeholder, () => key);
    return revealed;
  }

  /** A path with placeholders replaced, for the wire. */
  revealInPath(path: string): string {
    if (!path.includes('<')) return path;
    let revealed = path;
    for (const [placeholder, key] of this.#values)
      revealed = revealed.replaceAll(placeholder, () => encodeURIComponent(key));
    return revealed;
  }

  /**
   * Text without any key or eight characters of one: raw, escaped as JSON, HTML or a URL does, in hexadecimal or base64,
   * compressed before that, and any of these inside another.
   */
  scrub(text: string): string {
    if (this.#values.size === 0) return text;
    const found = this.#spansIn(text, true);
    return found.length === 0 ? text : without(text, found);
  }

  /** Where a text holds a piece of a key, by whatever notation. */
  #spansIn(text: string, lookInside: boolean): Span[] {
    // What was unpacked may be any bytes: the shortest keys would be found in them by chance.
    const forms = lookInside ? this.#shortForms : this.#shortForms.filter(({ length }) => length >= SHORTEST_ENCODED);
    const found = this.#plainSpansIn(text, forms);
    for (const view of unescaped(text)) found.push(...this.#plainSpansIn(view.text, forms).map(view.origin));
    if (!lookInside) return found;
    for (const { start, end, text: inside } of unpacked(text)) {
      if (this.#spansIn(inside, false).length > 0) found.push({ start, end });
    }
    return found;
  }

  #plainSpansIn(text: string, shortForms: readonly string[]): Span[] {
    const found: Span[] = [];
    for (let start = 0; start + WINDOW <= text.length; start += 1) {
      if (this.#firsts.has(text.charCodeAt(start)) && this.#pieces.has(text.slice(start, start + WINDOW)))
        found.push({ start, end: start + WINDOW });
    }
    for (const form of shortForms) {
      for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + form.length))
        found.push({ start, end: start + form.length });
    }
    return found;
  }

  /** Keys so short that ordinary text would be taken for them. */
  shortKeys(): string[] {
    return [...this.#values]
      .filter(([placeholder, key]) => key.length < SHORT_KEY && placeholder !== RECASED_KEY_PLACEHOLDER)
      .map(([placeholder]) => placeholder);
  }
}

/** The text with one mark for each stretch that was found; stretches that touch are one. */
function without(text: string, found: readonly Span[]): string {
  let cleaned = '';
  let done = 0;
  let end = -1;
  for (const span of [...found].sort((a, b) => a.start - b.start)) {
    if (span.start > end) {
      cleaned += text.slice(done, span.start) + REDACTED;
      done = span.end;
    }
    end = Math.max(end, span.end);
    done = end;
  }
  return cleaned + text.slice(done);
}

function recased(key: string): string {
  return key.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** Every piece of WINDOW characters of a spelling. */
function piecesOf(form: string): string[] {
  return Array.from({ length: Math.max(0, form.length - WINDOW + 1) }, (_, start) => form.slice(start, start + WINDOW));
}

/** The spellings of a key. */
function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  // Base64 depends on how many bytes stand before: the inner part of each of the three alignments is the same anywhere.
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const isWhole = (bytes.length + shift) % 3 === 0;
    return encoded.slice(Math.ceil((shift * 4) / 3), isWhole ? undefined : -1);
  });
  const percent = (digits: (byte: string) => string): string =>
    [...bytes].map((byte) => `%${digits(byte.toString(16).padStart(2, '0'))}`).join('');
  const hex = bytes.toString('hex');
  return [
    key,
    // As the name of a header, or by a careless hand.
    key.toLowerCase(),
    key.toUpperCase(),
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    Array.from({ length: key.length }, (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
    percent((byte) => byte),
    percent((byte) => byte.toUpperCase()),
    hex,
    hex.toUpperCase(),
    ...aligned,
    ...aligned.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}
