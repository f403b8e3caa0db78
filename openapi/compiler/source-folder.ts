// Opens what a $ref names. Other files are read from the document's own folder only, nothing is fetched: a document of
// somebody else's must not make us call or read what it likes.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CompileError } from './compile-error.ts';
import { type JsonValue, pointerTo, resolvePointer, tokensOf } from './json.ts';
import { readDocument, type SourceDocument } from './read-document.ts';

const MAX_FILES = 100;

/** What a reference names. */
export interface Target {
  readonly source: SourceDocument;
  /** Where in that document, in one spelling. */
  readonly pointer: string;
  readonly value: JsonValue;
}

/** The folder of a document, with the files of it that were opened so far. */
export class SourceFolder {
  readonly main: SourceDocument;
  readonly #folder: string;
  readonly #open: Map<string, SourceDocument>;

  constructor(main: SourceDocument) {
    this.main = main;
    const file = existsSync(main.file) ? realpathSync(main.file) : resolve(main.file);
    this.#folder = dirname(file);
    this.#open = new Map([[file, main]]);
  }

  /**
   * What `reference`, found at a place of `from`, points to.
   * @throws CompileError if it dangles, leaves the folder, or goes over the network.
   */
  follow(reference: string, from: SourceDocument, at: string): Target {
    const refuse = (what: string, mend: string): never => {
      throw new CompileError({ what: `$ref ${JSON.stringify(reference)} ${what}`, where: from.locate(at), mend });
    };
    const hash = reference.indexOf('#');
    const path = hash === -1 ? reference : reference.slice(0, hash);
    const source = path === '' ? from : this.#file(path, from, refuse);
    const pointer = pointerTo('#', ...tokensOf(hash === -1 ? '' : reference.slice(hash)));
    const value = resolvePointer(source.root, pointer);
    return value === undefined
      ? refuse('points to nothing', 'define it or correct the pointer')
      : { source, pointer, value };
  }

  #file(path: string, from: SourceDocument, refuse: (what: string, mend: string) => never): SourceDocument {
    if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[\\/]{2}/.test(path)) {
      return refuse('is a URL, and nothing is fetched', 'copy what it names into the document');
    }
    const file = resolve(dirname(this.#pathOf(from)), decoded(path));
    const outside = 'move the file beside the document';
    if (!this.#holds(file)) return refuse("leaves the document's folder", outside);
    if (!existsSync(file)) return refuse('names a file that is not there', 'add the file or correct the path');
    const real = realpathSync(file);
    if (!this.#holds(real)) return refuse("leaves the document's folder", outside);
    const known = this.#open.get(real);
    if (known) return known;
    if (this.#open.size >= MAX_FILES) return refuse(`is to more than ${MAX_FILES} files`, 'bundle the document first');
    const source = readDocument(real, join(dirname(this.main.file), relative(this.#folder, real)));
    this.#open.set(real, source);
    return source;
  }

  #pathOf(source: SourceDocument): string {
    for (const [file, open] of this.#open) if (open === source) return file;
    return source.file;
  }

  #holds(file: string): boolean {
    return file.startsWith(this.#folder.endsWith(sep) ? this.#folder : this.#folder + sep);
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
