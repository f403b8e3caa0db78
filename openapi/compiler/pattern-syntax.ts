// Reads a regular expression into the automaton that a backtracking engine walks: one position for each character that
// can be matched, and which positions may follow. Repetitions are taken as endless, which errs on the safe side.
// The syntax is known to be right: the engine has compiled the pattern before.

/** Positions of a pattern, and how a match goes from one to the next. */
export interface Automaton {
  /** What each position matches, as written: `a`, `[a-z]`, `\d`, `.`. */
  readonly atoms: readonly string[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** The positions after each position; one that can be reached in two ways stands twice. */
  readonly follow: readonly (readonly number[])[];
  /** True where a match can begin at the start of the text only. */
  readonly anchored: boolean;
  /** True where a match that has come to its end may still fail, at $ or a word boundary or a lookaround. */
  readonly conditional: boolean;
  /** Patterns of lookaheads and lookbehinds, which are walked by themselves. */
  readonly inner: readonly string[];
}

/** Why a pattern cannot be judged. */
export type Unreadable = 'refers back' | 'has too many parts';

const MAX_POSITIONS = 300;
/** Up to here an exact repetition is written out; beyond it is taken as endless. */
const MAX_COPIES = 64;

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** How many characters every match has; undefined where that varies. */
  readonly length: number | undefined;
}

const NOTHING: Fragment = { nullable: true, first: [], last: [], length: 0 };

/** The automaton of a pattern that the engine accepts under the flag u. */
export function automatonOf(pattern: string): Automaton | Unreadable {
  const reader = new Reader(pattern);
  const fragment = reader.alternatives();
  if (reader.unreadable) return reader.unreadable;
  const anchored = pattern.startsWith('^') && reader.topAlternatives === 1;
  const { atoms, follow, inner, conditional } = reader;
  return { atoms, first: fragment.first, last: fragment.last, follow, anchored, conditional, inner };
}

class Reader {
  readonly atoms: string[] = [];
  readonly follow: number[][] = [];
  readonly inner: string[] = [];
  topAlternatives = 0;
  conditional = false;
  unreadable: Unreadable | undefined;
  readonly #pattern: string;
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  alternatives(): Fragment {
    let result: Fragment | undefined;
    do {
      if (this.#depth === 0) this.topAlternatives += 1;
      const next = this.#sequence();
      result = result ? either(result, next) : next;
    } while (this.#take('|'));
    return result;
  }

  #sequence(): Fragment {
    let result = NOTHING;
    while (this.#at < this.#pattern.length && !this.unreadable && !/^[|)]/.test(this.#rest())) {
      result = this.#join(result, this.#repeated());
    }
    return result;
  }

  #repeated(): Fragment {
    const start = this.#at;
    const fragment = this.#atom();
    const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#rest());
    if (!quantifier) return fragment;
    const end = this.#at;
    this.#at += quantifier[0].length;
    const [text, least, comma, most] = quantifier;
    const min = least === undefined ? (text.startsWith('+') ? 1 : 0) : Number(least);
    const max = least === undefined ? (text.startsWith('?') ? 1 : Infinity) : bound(min, comma, most);
    if (max === 0) return NOTHING;
    const nullable = min === 0 || fragment.nullable;
    if (max === 1) return { ...fragment, nullable, length: min === 1 ? fragment.length : undefined };
    if (min === max && fragment.length !== undefined && min * fragment.length <= MAX_COPIES) {
      return this.#copies(fragment, min - 1, start, end);
    }
    this.#connect(fragment.last, fragment.first);
    return { ...fragment, nullable, length: undefined };
  }

  /** Further copies of what was read between two places of the pattern. */
  #copies(fragment: Fragment, count: number, start: number, end: number): Fragment {
    const after = this.#at;
    let result = fragment;
    for (let copy = 0; copy < count && !this.unreadable; copy += 1) {
      this.#at = start;
      const known = this.inner.length;
      result = this.#join(result, this.#atom());
      this.inner.length = known;
      if (this.#at !== end) break;
    }
    this.#at = after;
    return result;
  }

  #atom(): Fragment {
    const rest = this.#rest();
    if (/^[\^$]|^\\[bB]/.test(rest)) {
      this.conditional ||= !rest.startsWith('^');
      return this.#assertion(rest.startsWith('\\') ? 2 : 1);
    }
    if (/^\\(?:[1-9]|k<)/.test(rest)) {
      this.unreadable = 'refers back';
      return this.#assertion(2);
    }
    const look = /^\(\?<?[=!]/.exec(rest);
    if (look) return this.#look(look[0].length);
    const group = /^\((?:\?(?:[ims]*(?:-[ims]*)?:|<[^>]*>))?/.exec(rest);
    if (group) {
      this.#at += group[0].length;
      this.#depth += 1;
      const inside = this.alternatives();
      this.#depth -= 1;
      this.#take(')');
      return inside;
    }
    return this.#position(rest.startsWith('[') ? classOf(rest) : characterOf(rest));
  }

  #assertion(length: number): Fragment {
    this.#at += length;
    return NOTHING;
  }

  /** A lookaround matches no character; what is in it is kept for a walk of its own. */
  #look(opening: number): Fragment {
    const start = this.#at + opening;
    const aside = new Reader(this.#pattern.slice(start));
    aside.#depth = 1;
    aside.alternatives();
    this.unreadable ??= aside.unreadable;
    this.conditional = true;
    this.inner.push(this.#pattern.slice(start, start + aside.#at), ...aside.inner);
    this.#at = start + aside.#at;
    this.#take(')');
    return NOTHING;
  }

  #position(text: string): Fragment {
    this.#at += text.length;
    if (this.atoms.length >= MAX_POSITIONS) {
      this.unreadable = 'has too many parts';
      return NOTHING;
    }
    const position = this.atoms.push(text) - 1;
    this.follow.push([]);
    return { nullable: false, first: [position], last: [position], length: 1 };
  }

  #join(a: Fragment, b: Fragment): Fragment {
    this.#connect(a.last, b.first);
    return {
      nullable: a.nullable && b.nullable,
      first: a.nullable ? [...a.first, ...b.first] : a.first,
      last: b.nullable ? [...b.last, ...a.last] : b.last,
      length: a.length === undefined || b.length === undefined ? undefined : a.length + b.length,
    };
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const position of from) this.follow[position]?.push(...to);
  }

  #rest(): string {
    return this.#pattern.slice(this.#at);
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function either(a: Fragment, b: Fragment): Fragment {
  return {
    nullable: a.nullable || b.nullable,
    first: [...a.first, ...b.first],
    last: [...a.last, ...b.last],
    length: a.length === b.length ? a.length : undefined,
  };
}

function bound(min: number, comma: string | undefined, most: string | undefined): number {
  if (comma === undefined || comma === '') return min;
  return most === undefined || most === '' ? Infinity : Number(most);
}

/** A class from its opening bracket to its closing one; under the flag u neither stands inside unescaped. */
function classOf(rest: string): string {
  return /^\[(?:\\[\s\S]|[^\]\\])*\]/.exec(rest)?.[0] ?? rest;
}

/** One character as written: an escape, a surrogate pair, or the character itself. */
function characterOf(rest: string): string {
  const escape = /^\\(?:u\{[0-9a-fA-F]+\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|[\s\S])/u.exec(rest); // prettier-ignore
  return escape?.[0] ?? /^[\s\S]/u.exec(rest)?.[0] ?? rest;
}
