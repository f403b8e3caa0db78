// Keys exist on the wire only. Requests are built and recorded with placeholders; the transport puts the keys in. What
// a target sends back may hold a key in any spelling, so everything that is written anywhere goes through `scrub`.

export const KEY_PLACEHOLDER = '<API key>';
export const ADMIN_KEY_PLACEHOLDER = '<admin API key>';
/** The key with capitals for small letters and the other way round: what a careless comparison takes for the key. */
export const RECASED_KEY_PLACEHOLDER = '<API key in the other case>';
const REDACTED = '[redacted]';
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
    let revealed = text;
    for (const [placeholder, key] of this.#values) revealed = revealed.replaceAll(placeholder, () => key);
    return revealed;
  }

  /** Text without any key or eight characters of one: raw, percent-encoded, in base64, or escaped as JSON does. */
  scrub(text: string): string {
    let scrubbed = this.#withoutPieces(text);
    for (const form of this.#shortForms) scrubbed = scrubbed.replaceAll(form, REDACTED);
    return scrubbed;
  }

  /** Replaces every run of characters that is made of pieces. */
  #withoutPieces(text: string): string {
    let cleaned = '';
    let done = 0;
    let end = -1;
    for (let start = 0; start + WINDOW <= text.length; start += 1) {
      if (!this.#firsts.has(text.charCodeAt(start)) || !this.#pieces.has(text.slice(start, start + WINDOW))) continue;
      if (start > end) {
        if (end >= 0) done = end;
        cleaned += text.slice(done, start) + REDACTED;
      }
      end = start + WINDOW;
    }
    return end < 0 ? text : cleaned + text.slice(end);
  }

  /** Keys so short that ordinary text would be taken for them. */
  shortKeys(): string[] {
    return [...this.#values]
      .filter(([placeholder, key]) => key.length < 12 && placeholder !== RECASED_KEY_PLACEHOLDER)
      .map(([placeholder]) => placeholder);
  }
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
