// Reads a YAML or JSON document from disk. Documents of others are untrusted: size, aliases and nesting are
// capped, duplicate keys and unknown tags are errors, and nothing but JSON values comes out.
import { readFileSync, statSync } from 'node:fs';
import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, tokensOf } from './json.ts';
import { jsonOf, offsetOf } from './yaml-json.ts';
import { parseYaml, type YamlFault } from './yaml-text.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** A document with the way back from pointers to lines. */
export interface SourceDocument {
  readonly file: string;
  readonly root: JsonObject;
  /** `file:line:column #/pointer` of what stands at a pointer, or of its nearest ancestor. */
  readonly locate: (pointer: string) => string;
}

/**
 * Reads one document; `name` is what messages call it.
 * @throws CompileError if the file is missing, too large, not YAML or JSON, or not an object at its root.
 */
export function readDocument(file: string, name = file): SourceDocument {
  return parseText(readText(file, name), name);
}

/**
 * A document from its text.
 * @throws CompileError as readDocument does.
 */
export function parseText(text: string, file: string): SourceDocument {
  const fail = ({ what, mend }: YamlFault, place: string): never => {
    throw new CompileError({ what, where: `${file}:${place}`, mend });
  };
  const { document, place } = parseYaml(text, fail);
  const root = jsonOf(document, (fault) => fail(fault, place(fault.offset)));
  if (!isObject(root)) {
    throw new CompileError({ what: 'the document is not an object', where: file, mend: 'give an OpenAPI document' });
  }
  const at = (offset: number): string => `${file}:${place(offset)}`;
  return { file, root, locate: (pointer) => `${nearest(document, pointer, at) ?? file} ${pointer}` };
}

/** Line and column of what a pointer points to, or of its nearest ancestor. */
function nearest(document: Document.Parsed, pointer: string, at: (offset: number) => string): string | undefined {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const token of tokensOf(pointer)) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.items.find(({ key }) => isScalar(key) && String(key.value) === token)?.value;
    else if (isSeq(node)) node = /^\d+$/.test(token) ? node.items[Number(token)] : undefined;
    else node = undefined;
    const found = offsetOf(node);
    if (found === undefined) break;
    offset = found;
  }
  return offset === undefined ? undefined : at(offset);
}

function readText(file: string, name: string): string {
  const refuse = (what: string, mend: string): never => {
    throw new CompileError({ what, where: name, mend });
  };
  let bytes: Buffer;
  try {
    const info = statSync(file);
    if (info.isDirectory()) refuse('this is a folder', 'name the document in it');
    // A device or a pipe has no size and may never end.
    if (!info.isFile()) refuse('this is no ordinary file', 'name a document');
    if (info.size > MAX_BYTES) refuse(`the file has more than ${MAX_BYTES} bytes`, 'give a smaller document');
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof CompileError) throw error;
    return refuse('the file cannot be read', 'check the path and the permissions');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('the file is not UTF-8', 'convert it');
  }
}
