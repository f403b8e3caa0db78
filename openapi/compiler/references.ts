// Follows $ref inside a document. References to other files are read only from the document's own folder,
// references over the network never: a document of somebody else's must not make us fetch or read.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, pointerTo, resolvePointer } from './json.ts';
import { readDocument, type SourceDocument } from './read-document.ts';

/** Every $ref below a value, with the pointer at which it stands. */
export function* referencesIn(value: JsonValue, pointer = '#'): Generator<{ at: string; target: string }> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      yield* referencesIn(item, pointerTo(pointer, index));
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (name === '$ref' && typeof item === 'string') yield { at: pointer, target: item };
      else if (name !== 'example' && name !== 'examples' && !name.startsWith('x-')) {
        yield* referencesIn(item, pointerTo(pointer, name));
      }
    }
  }
}

/**
 * The document with every reference to another file replaced by the (transitively bundled) content.
 * @throws CompileError on a reference that dangles, leaves the folder, or goes over the network.
 */
export function bundleReferences(source: SourceDocument): SourceDocument {
  const folder = realpathSync(dirname(resolve(source.file)));
  const root = inline(source, source.root, folder, [resolve(source.file)]);
  const bundled = { ...source, root: root as JsonObject };
  for (const { at, target } of referencesIn(bundled.root)) {
    if (!target.startsWith('#')) continue;
    if (resolvePointer(bundled.root, target) === undefined) {
      throw new CompileError({
        what: `$ref ${JSON.stringify(target)} points to nothing`,
        where: source.locate(at),
        mend: 'define it or correct the pointer',
      });
    }
  }
  return bundled;
}

function inline(
  source: SourceDocument,
  value: JsonValue,
  folder: string,
  trail: readonly string[],
  at = '#',
): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item, index) =>
      inline(source, item, folder, trail, pointerTo(at, index)),
    );
  }
  if (!isObject(value)) return value;
  const target = value['$ref'];
  if (typeof target === 'string' && !target.startsWith('#')) return external(source, target, folder, trail, at);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, inline(source, item, folder, trail, pointerTo(at, name))]),
  );
}

function external(
  source: SourceDocument,
  target: string,
  folder: string,
  trail: readonly string[],
  at: string,
): JsonValue {
  const where = source.locate(at);
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//')) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} goes over the network`,
      where,
      mend: 'copy what it names into the document',
    });
  }
  const [path = '', pointer = ''] = target.split('#');
  const file = resolve(dirname(resolve(source.file)), decodeURIComponent(path));
  if (!existsSync(file)) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} names a file that is not there`,
      where,
      mend: 'add the file or correct the path',
    });
  }
  if (!realpathSync(file).startsWith(folder + sep)) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} leaves the document's folder`,
      where,
      mend: 'move the file beside the document',
    });
  }
  const step = `${file}#${pointer}`;
  if (trail.includes(step)) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} comes back to itself through files`,
      where,
      mend: 'move the recursive schema into one document',
    });
  }
  const other = readDocument(file);
  const found = resolvePointer(other.root, pointer);
  if (found === undefined) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} points to nothing`,
      where,
      mend: 'correct the pointer',
    });
  }
  const local = [...referencesIn(found)].find((reference) => reference.target.startsWith('#'));
  if (local) {
    throw new CompileError({
      what: `$ref ${JSON.stringify(target)} leads to the local reference ${JSON.stringify(local.target)} of another file`,
      where,
      mend: 'bundle the document into one file first',
    });
  }
  return inline(other, found, folder, [...trail, step]);
}
