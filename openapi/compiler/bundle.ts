// Makes one self-contained document of the fine-tuning part: only what its paths reach is kept, what lies in other files
// or behind deep pointers becomes a component, and every schema reference reads `#/components/schemas/NAME` with a
// name that is safe to export. The official document has 288 operations; 21 are left of it.
import { fineTuningPaths } from './api-path.ts';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, objectOf, pointerTo, tokensOf } from './json.ts';
import type { DialectEdit } from './normalise-dialect.ts';
import { kindAt, mapParts, type Place } from './openapi-structure.ts';
import type { SourceDocument } from './read-document.ts';
import { isSafeName, NameRegister } from './safe-names.ts';
import { SourceFolder, type Target } from './source-folder.ts';

const MAX_PARTS = 200_000;
/** More than a document can nest by itself, and less than the call stack holds. */
const MAX_LEVELS = 250;
const SCHEMAS = '#/components/schemas/';
/** The official document defines the error envelope and lists it for none of our operations: kept all the same. */
const ERRORS = 'ErrorResponse';

/** What OpenAPI lets components be called. References to other names trip up the tools that come after. */
const COMPONENT_NAME = /^[\w.-]+$/;

/** The document reduced to what the fine-tuning API needs, and the log of what was named anew. */
export interface Bundle {
  readonly document: SourceDocument;
  readonly edits: readonly DialectEdit[];
}

/** Something that was brought to another place: where it is now, and where it came from. */
interface Origin {
  readonly at: string;
  readonly from: Target;
}

/** @throws CompileError on a document without the API, and on a reference that cannot be followed. */
export function bundle(source: SourceDocument): Bundle {
  return new Bundler(source).run();
}

class Bundler {
  readonly #source: SourceDocument;
  readonly #folder: SourceFolder;
  readonly #names: NameRegister;
  /** Component schemas by where they come from. */
  readonly #schemas = new Map<string, string>();
  /** `group/name` to content, of everything that is kept. */
  readonly #kept = new Map<string, JsonValue>();
  readonly #open: (() => void)[] = [];
  readonly #origins: Origin[] = [];
  readonly #edits: DialectEdit[] = [];
  #parts = 0;
  #level = 0;

  constructor(source: SourceDocument) {
    this.#source = source;
    this.#folder = new SourceFolder(source);
    this.#names = new NameRegister(Object.keys(this.#group('schemas')).filter(isSafeName));
  }

  run(): Bundle {
    const paths = fineTuningPaths(objectOf(this.#source.root['paths']));
    if (Object.keys(paths).length === 0) {
      throw new CompileError({
        what: 'no path of the fine-tuning API is in the document',
        where: this.#source.locate('#/paths'),
        mend: 'give a document that has /fine_tuning/jobs',
      });
    }
    const selected = this.#below({ kind: 'document', value: { paths }, pointer: '#' }, '#', this.#source, []);
    if (Object.hasOwn(this.#group('schemas'), ERRORS)) this.#schemaName(SCHEMAS + ERRORS, this.#source);
    for (let next = this.#open.shift(); next; next = this.#open.shift()) next();
    const { webhooks: _webhooks, ...rest } = this.#source.root;
    const root = { ...rest, ...objectOf(selected), components: this.#components() };
    return { document: { file: this.#source.file, root, locate: this.#locate }, edits: this.#edits };
  }

  #group(name: string): JsonObject {
    return objectOf(objectOf(this.#source.root['components'])[name]);
  }

  /** A place with its references rewritten. `at` is where it will stand, `place.pointer` where it stands in `from`. */
  #rewrite(place: Place, at: string, from: SourceDocument, trail: readonly string[]): JsonValue {
    this.#parts += 1;
    this.#level += 1;
    this.#assertSize(place, from);
    const rewritten = this.#rewritten(place, at, from, trail);
    this.#level -= 1;
    return rewritten;
  }

  #assertSize({ pointer }: Place, from: SourceDocument): void {
    const isLarge = this.#parts > MAX_PARTS;
    if (!isLarge && this.#level <= MAX_LEVELS) return;
    throw new CompileError({
      what: `the references expand to more than ${isLarge ? `${MAX_PARTS} parts` : `${MAX_LEVELS} levels`}`,
      where: from.locate(pointer),
      mend: isLarge ? 'define once what is used often' : 'make components of what is referred to',
    });
  }

  #rewritten(place: Place, at: string, from: SourceDocument, trail: readonly string[]): JsonValue {
    const { kind, value, pointer } = place;
    const target = isObject(value) && Object.hasOwn(value, '$ref') ? value['$ref'] : undefined;
    if (target === undefined || !isObject(value)) return this.#below(place, at, from, trail);
    if (typeof target !== 'string') {
      throw new CompileError({ what: '$ref is no text', where: from.locate(pointer), mend: 'name what it points to' });
    }
    const found = this.#folder.follow(target, from, pointer);
    this.#assertKind(found, place, target, from);
    if (kind === 'schema') {
      const rest = this.#below(place, at, from, trail) as JsonObject;
      return { ...rest, $ref: `${SCHEMAS}${this.#schemaName(found.pointer, found.source)}` };
    }
    return this.#reference(place, found, at, from, trail);
  }

  #below(place: Place, at: string, from: SourceDocument, trail: readonly string[]): JsonValue {
    return mapParts(place, (part) => this.#rewrite(part, at + part.pointer.slice(place.pointer.length), from, trail));
  }

  /** Parameters, responses and the like: a component of the document stays one, all else is put in place. */
  #reference(place: Place, target: Target, at: string, from: SourceDocument, trail: readonly string[]): JsonValue {
    const found = this.#settled(place, target, from);
    const [components, group = '', name = '', ...deeper] = tokensOf(found.pointer);
    const content: Place = { kind: place.kind, value: found.value, pointer: found.pointer };
    const isComponent = found.source === this.#source && components === 'components' && deeper.length === 0;
    if (isComponent && place.kind !== 'pathItem' && COMPONENT_NAME.test(name) && !(name in {})) {
      this.#keep(group, name, () => this.#below(content, found.pointer, found.source, []));
      return { ...objectOf(place.value), $ref: found.pointer };
    }
    const step = `${found.source.file}${found.pointer}`;
    if (trail.includes(step)) this.#refuseCycle(place, from);
    this.#origins.push({ at, from: found });
    return this.#below(content, at, found.source, [...trail, step]);
  }

  /** The end of a chain of references. */
  #settled(place: Place, target: Target, from: SourceDocument): Target {
    const seen = new Set<string>();
    let found = target;
    for (;;) {
      const next = objectOf(found.value)['$ref'];
      if (typeof next !== 'string') return found;
      const step = `${found.source.file}${found.pointer}`;
      if (seen.has(step)) this.#refuseCycle(place, from);
      seen.add(step);
      const { source, pointer } = found;
      found = this.#folder.follow(next, source, pointer);
      this.#assertKind(found, { ...place, pointer }, next, source);
    }
  }

  #refuseCycle(place: Place, from: SourceDocument): never {
    throw new CompileError({
      what: `$ref ${JSON.stringify(objectOf(place.value)['$ref'])} comes back to itself`,
      where: from.locate(place.pointer),
      mend: 'let one of them hold the content',
    });
  }

  #keep(group: string, name: string, content: () => JsonValue): void {
    const key = `${group}/${name}`;
    if (this.#kept.has(key)) return;
    this.#kept.set(key, null);
    this.#open.push(() => void this.#kept.set(key, content()));
  }

  /** The component that a schema of any file is, or becomes. */
  #schemaName(pointer: string, from: SourceDocument): string {
    const origin = `${from.file}${pointer}`;
    const known = this.#schemas.get(origin);
    if (known !== undefined) return known;
    const tokens = tokensOf(pointer);
    const own = from === this.#source && pointer.startsWith(SCHEMAS) && tokens.length === 3 ? tokens[2] : undefined;
    const name = own !== undefined && isSafeName(own) ? own : this.#names.claim(own ?? wantedName(tokens, from));
    const at = `${SCHEMAS}${name}`;
    const found = this.#folder.follow(pointer, from, pointer);
    this.#schemas.set(origin, name);
    this.#keep('schemas', name, () =>
      this.#rewrite({ kind: 'schema', value: found.value, pointer: found.pointer }, at, from, []),
    );
    if (name !== own) {
      this.#origins.push({ at, from: found });
      const where = from === this.#source ? pointer : `${from.file}${pointer}`;
      const edit = `${own === undefined ? 'became the component' : 'is exported as'} ${name}`;
      this.#edits.push({ pointer: where, keyword: '$ref', edit });
    }
    return name;
  }

  #assertKind(found: Target, place: Place, target: string, from: SourceDocument): void {
    // What an arbitrary file holds is known only by how it is used.
    const kind = isOpenApi(found.source.root) ? kindAt(found.pointer) : place.kind;
    const fits = isObject(found.value) || (place.kind === 'schema' && typeof found.value === 'boolean');
    if (kind === place.kind && fits) return;
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} points to something that is no ${place.kind}`,
      where: from.locate(place.pointer),
      mend: 'correct the pointer',
    });
  }

  /** The components that were reached, in the order of the document, and then those that were named here. */
  #components(): JsonObject {
    const written = objectOf(this.#source.root['components']);
    const groups = [...new Set([...Object.keys(written), 'schemas'])].map((group): [string, JsonValue] => [
      group,
      group === 'securitySchemes' ? (written[group] ?? {}) : Object.fromEntries(this.#entries(group)),
    ]);
    return Object.fromEntries(groups.filter(([, entries]) => isObject(entries) && Object.keys(entries).length > 0));
  }

  #entries(group: string): [string, JsonValue][] {
    const isSchema = group === 'schemas';
    const own = Object.keys(this.#group(group)).map((name) =>
      isSchema ? this.#schemas.get(`${this.#source.file}${pointerTo('#/components/schemas', name)}`) : name,
    );
    const names = new Set([...own, ...(isSchema ? this.#schemas.values() : [])]);
    return [...names].flatMap((name) => {
      const content = this.#kept.get(`${group}/${name ?? ''}`);
      return name === undefined || content === undefined ? [] : [[name, content]];
    });
  }

  /** Looks a pointer of the bundle up where its content was written. */
  readonly #locate = (pointer: string): string => {
    const fits = this.#origins.filter(({ at }) => pointer === at || pointer.startsWith(`${at}/`));
    const origin = fits.sort((a, b) => b.at.length - a.at.length)[0];
    if (!origin) return this.#source.locate(pointer);
    return origin.from.source.locate(origin.from.pointer + pointer.slice(origin.at.length));
  };
}

function isOpenApi(root: JsonObject): boolean {
  return Object.hasOwn(root, 'openapi');
}

/** What a schema would be called by its place: the name of its file, or of the component, and the members below. */
function wantedName(tokens: readonly string[], from: SourceDocument): string {
  const file = (from.file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '');
  const steps = tokens[0] === 'components' ? tokens.slice(2) : tokens;
  const names = steps.filter((step) => !['properties', 'schema', 'content', 'definitions'].includes(step));
  return names.length === 0 ? file : names.join('_');
}
