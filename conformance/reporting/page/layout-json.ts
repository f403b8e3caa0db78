// Lays a body out for reading without reading anything into it: every token stays as the target wrote it (1.0 stays 1.0,
// a member that stands twice stands twice), only the space between them changes. On the way it finds the place that a
// pointer names. A body that was cut is laid out as far as it goes; one that is no JSON stays as it is, for there the
// space may be the point.
import { pointerOf } from '../../contract/json.ts';
import { CUT_BODY } from '../curl.ts';

export interface LaidOut {
  readonly text: string;
  /** Where the place that was asked for stands in the text, from and to; undefined where it is not there. */
  readonly place: readonly [number, number] | undefined;
}

interface Open {
  readonly kind: 'object' | 'array';
  /** Name of the member or number of the item that comes next. */
  key: string | number;
  isEmpty: boolean;
}

const TOKENS = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs;
/** Deeper than any answer of the API; below it a body is left as it is. */
const DEEPEST = 200;

/** The body with line breaks and indentation, and where `pointer` stands in it. */
export function layOutJson(body: string, pointer: string | null): LaidOut {
  if (!/^\s*[{[]/.test(body) || !(isJson(body) || CUT_BODY.test(body))) return { text: body, place: undefined };
  const layout = new Layout(pointer);
  for (const [token] of body.matchAll(TOKENS)) {
    layout.add(token);
    if (layout.depth > DEEPEST) return { text: body, place: undefined };
  }
  return { text: layout.text, place: layout.place };
}

class Layout {
  text = '';
  place: [number, number] | undefined;
  readonly #wanted: string | null;
  readonly #stack: Open[] = [];
  /** Where the value in question began, and how deep. */
  #begun: { readonly at: number; readonly depth: number } | undefined;
  #isAfterColon = false;

  constructor(pointer: string | null) {
    // The empty pointer names the whole body: marking all of it would mark nothing.
    this.#wanted = pointer === '' ? null : pointer;
  }

  get depth(): number {
    return this.#stack.length;
  }

  add(token: string): void {
    const top = this.#stack.at(-1);
    if (token === '}' || token === ']') this.#close(token);
    else if (token === ',') {
      this.text += ',';
      if (top?.kind === 'array') top.key = Number(top.key) + 1;
    } else if (token === ':') {
      this.text += ': ';
      this.#isAfterColon = true;
    } else if (top?.kind === 'object' && !this.#isAfterColon) this.#name(top, token);
    else this.#value(token, top);
  }

  #name(top: Open, token: string): void {
    top.key = nameOf(token);
    this.#breakLine(top);
    this.#beginIfWanted();
    this.text += token;
  }

  #value(token: string, top: Open | undefined): void {
    if (top?.kind === 'array') {
      this.#breakLine(top);
      this.#beginIfWanted();
    }
    this.#isAfterColon = false;
    this.text += token;
    if (token === '{' || token === '[')
      this.#stack.push({ kind: token === '{' ? 'object' : 'array', key: token === '{' ? '' : 0, isEmpty: true });
    else this.#endIfWanted();
  }

  #close(token: string): void {
    const closed = this.#stack.pop();
    if (closed?.isEmpty === false) this.text += `\n${'  '.repeat(this.#stack.length)}`;
    this.text += token;
    this.#isAfterColon = false;
    this.#endIfWanted();
  }

  #breakLine(top: Open): void {
    top.isEmpty = false;
    this.text += `\n${'  '.repeat(this.#stack.length)}`;
  }

  #beginIfWanted(): void {
    if (this.#wanted === null || this.place !== undefined || this.#begun !== undefined) return;
    if (pointerOf(this.#stack.map(({ key }) => key)) === this.#wanted)
      this.#begun = { at: this.text.length, depth: this.#stack.length };
  }

  #endIfWanted(): void {
    if (this.#begun?.depth !== this.#stack.length || this.place !== undefined) return;
    this.place = [this.#begun.at, this.text.length];
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
