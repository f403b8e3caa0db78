// Keys exist on the wire only. Requests are built and recorded with placeholders; the transport puts the keys in. What
// a target sends back may hold a key in any spelling, so everything that is written anywhere goes through `scrub`.

export const KEY_PLACEHOLDER = '<API key>';
export const ADMIN_KEY_PLACEHOLDER = '<admin API key>';
const REDACTED = '[redacted]';
/** A piece of a key that is this long counts as the key (design: "Cost, ownership and safety"). */
const WINDOW = 8;

/** The keys of a run. */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  readonly #forms: readonly string[];

  /** @param keys placeholder to key; empty keys are left out. */
  constructor(keys: Readonly<Record<string, string | undefined>>) {
    this.#values = new Map(Object.entries(keys).flatMap(([name, key]) => (key === undefined || key === '' ? [] : [[name, key] as const])));
    this.#forms = [...new Set([...this.#values.values()].flatMap(formsOf))].filter((form) => form.length >= WINDOW);
  }

  /** True where a key stands behind the placeholder. */
  has(placeholder: string): boolean {
    return this.#values.has(placeholder);
  }

  /** A header value with placeholders replaced, for the wire. */
  reveal(text: string): string {
    let revealed = text;
    for (const [placeholder, key] of this.#values) revealed = revealed.replaceAll(placeholder, key);
    return revealed;
  }

  /** Text without any key or eight characters of one: raw, percent-encoded, in base64, or escaped as JSON does. */
  scrub(text: string): string {
    let scrubbed = text;
    for (const form of this.#forms) scrubbed = withoutPieces(scrubbed, form);
    for (const key of this.#values.values()) if (key.length < WINDOW) scrubbed = scrubbed.replaceAll(key, REDACTED);
    return scrubbed;
  }

  /** Keys so short that ordinary text would be taken for them. */
  shortKeys(): string[] {
    return [...this.#values].filter(([, key]) => key.length < 12).map(([placeholder]) => placeholder);
  }
}

function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  // Base64 depends on how many bytes stand before: the inner part of each of the three alignments is the same anywhere.
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    return encoded.slice(Math.ceil((shift * 4) / 3), encoded.length - 1);
  });
  return [
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    Array.from(key, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...aligned,
    ...aligned.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Replaces every run of characters that is part of `form` and at least as long as the window. */
function withoutPieces(text: string, form: string): string {
  const ranges: [number, number][] = [];
  for (let start = 0; start + WINDOW <= form.length; start += 1) {
    const piece = form.slice(start, start + WINDOW);
    for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) ranges.push([at, at + WINDOW]);
  }
  if (ranges.length === 0) return text;
  ranges.sort(([a], [b]) => a - b);
  let cleaned = '';
  let done = 0;
  for (let index = 0; index < ranges.length; ) {
    const start = ranges[index]?.[0] ?? 0;
    let end = ranges[index]?.[1] ?? 0;
    index += 1;
    while (index < ranges.length && (ranges[index]?.[0] ?? 0) <= end) {
      end = Math.max(end, ranges[index]?.[1] ?? 0);
      index += 1;
    }
    cleaned += text.slice(done, start) + REDACTED;
    done = end;
  }
  return cleaned + text.slice(done);
}
