// The part of JSONPath (RFC 9535) that targets of overlays need: names, `[*]`, descent by `..`, and filters that compare
// one member with one plain value. Everything else is refused rather than guessed at. Places come out as lists of
// tokens, so that the caller can change what stands there.
import { isObject, type JsonValue, listOf, member } from './json.ts';

type Scalar = string | number | boolean | null;

type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'every' }
  | { readonly kind: 'filter'; readonly path: readonly string[]; readonly value: Scalar };

/** One step of a path; a deep one looks at the place itself and at all below it. */
interface Step {
  readonly deep: boolean;
  readonly selector: Selector;
}

/** A parsed path. */
export type JsonPath = readonly Step[];

/** A place in a document: names of members and numbers of items, from the root down. */
export type Tokens = readonly string[];

/** Takes what is wrong with a path and what to do about it; throws. */
export type PathFault = (what: string, mend: string) => never;

const NAME = /[A-Z_a-z\u0080-\uffff][\w\u0080-\uffff]*/y;
const QUOTED = /'(?:[^'\\]|\\['\\])*'|"(?:[^"\\]|\\["\\])*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t]*/y;
const SUPPORTED = "use $, .name, ['name'], .*, [*], ..name and [?(@.member == 'value')]";

/** Parses a path. `fail` is called for all that this module does not know. */
export function parsePath(text: string, fail: PathFault): JsonPath {
  return new PathReader(text, fail).path();
}

class PathReader {
  readonly #text: string;
  readonly #fail: PathFault;
  #next = 0;

  constructor(text: string, fail: PathFault) {
    this.#text = text;
    this.#fail = fail;
  }

  path(): JsonPath {
    if (!this.#skip('$')) this.#refuse('does not begin with $');
    const steps: Step[] = [];
    while (this.#next < this.#text.length) {
      const deep = this.#skip('..');
      const selector = this.#text[this.#next] === '[' ? this.#bracket() : this.#dotted(deep);
      steps.push({ deep, selector });
    }
    return steps;
  }

  #dotted(deep: boolean): Selector {
    if (!deep && !this.#skip('.')) this.#refuse(`has ${this.#rest()} where a step should begin`);
    if (this.#skip('*')) return { kind: 'every' };
    const name = this.#take(NAME);
    return name === undefined ? this.#refuse(`has ${this.#rest()} where a name should stand`) : { kind: 'name', name };
  }

  #bracket(): Selector {
    this.#skip('[');
    const selector = this.#selector();
    this.#take(SPACE);
    if (!this.#skip(']')) this.#refuse(`has ${this.#rest()} where ] should stand`);
    return selector;
  }

  #selector(): Selector {
    this.#take(SPACE);
    if (this.#skip('*')) return { kind: 'every' };
    if (this.#skip('?')) return this.#filter();
    const name = this.#quoted();
    return name === undefined ? this.#refuse(`has ${this.#rest()} within brackets`) : { kind: 'name', name };
  }

  #filter(): Selector {
    this.#take(SPACE);
    const enclosed = this.#skip('(');
    this.#take(SPACE);
    if (!this.#skip('@')) this.#refuse('has a filter that does not begin with @');
    const path: string[] = [];
    for (let name = this.#filterName(); name !== undefined; name = this.#filterName()) path.push(name);
    this.#take(SPACE);
    if (!this.#skip('==')) this.#refuse(`has ${this.#rest()} in a filter where == should stand`);
    this.#take(SPACE);
    const value = this.#scalar();
    this.#take(SPACE);
    if (enclosed && !this.#skip(')')) this.#refuse(`has ${this.#rest()} in a filter where ) should stand`);
    return { kind: 'filter', path, value };
  }

  /** The next member of a filter's path; undefined at its end. */
  #filterName(): string | undefined {
    if (this.#skip('.')) return this.#take(NAME) ?? this.#refuse(`has ${this.#rest()} where a name should stand`);
    if (!this.#skip('[')) return undefined;
    const name = this.#quoted();
    if (name === undefined || !this.#skip(']')) return this.#refuse(`has ${this.#rest()} within brackets of a filter`);
    return name;
  }

  #scalar(): Scalar {
    const text = this.#quoted();
    if (text !== undefined) return text;
    const plain = this.#take(WORD) ?? this.#take(NUMBER);
    if (plain === undefined) return this.#refuse(`compares with ${this.#rest()}`);
    return JSON.parse(plain) as Scalar;
  }

  #quoted(): string | undefined {
    return this.#take(QUOTED)?.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  #skip(mark: string): boolean {
    const found = this.#text.startsWith(mark, this.#next);
    if (found) this.#next += mark.length;
    return found;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#next;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#next += found.length;
    return found;
  }

  #rest(): string {
    return this.#next < this.#text.length ? JSON.stringify(this.#text.slice(this.#next)) : 'nothing';
  }

  #refuse(what: string): never {
    return this.#fail(`target ${JSON.stringify(this.#text)} ${what}`, SUPPORTED);
  }
}

/** The places of a document that a path names, each once, in the order of the document. */
export function placesAt(root: JsonValue, path: JsonPath): Tokens[] {
  let places: Located[] = [{ at: [], value: root }];
  for (const { deep, selector } of path) {
    const from = deep ? places.flatMap((place) => [...below(place)]) : places;
    places = unique(from.flatMap((place) => childrenOf(place).filter((child) => isSelected(child, selector))));
  }
  return places.map(({ at }) => at);
}

interface Located {
  readonly at: Tokens;
  readonly value: JsonValue;
}

/** A place and all places below it. */
function* below(place: Located): Generator<Located> {
  yield place;
  for (const child of childrenOf(place)) yield* below(child);
}

function childrenOf({ at, value }: Located): Located[] {
  const items = Array.isArray(value) ? listOf(value).map((item, index) => [String(index), item] as const) : [];
  const members = isObject(value) ? Object.entries(value) : [];
  return [...items, ...members].map(([token, child]) => ({ at: [...at, token], value: child }));
}

function isSelected({ at, value }: Located, selector: Selector): boolean {
  switch (selector.kind) {
    case 'every':
      return true;
    case 'name':
      return at.at(-1) === selector.name;
    case 'filter':
      return valueAt(value, selector.path) === selector.value;
  }
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((held, name) => member(held, name), value);
}

function unique(places: readonly Located[]): Located[] {
  return [...new Map(places.map((place) => [JSON.stringify(place.at), place])).values()];
}
