// Reads a YAML or JSON document from disk. Documents of others are untrusted: size, aliases and nesting are
// capped, duplicate keys are errors, and nothing but JSON values comes out.
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, tokensOf } from './json.ts';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_ALIASES = 10_000;
const MAX_DEPTH = 500;

/** A document with the way back from pointers to lines. */
export interface SourceDocument {
  readonly file: string;
  readonly root: JsonObject;
  /** `file:line:column #/pointer` of what stands at a pointer, or of its nearest ancestor. */
  readonly locate: (pointer: string) => string;
}

/**
 * Reads one document.
 * @throws CompileError if the file is missing, too large, not YAML or JSON, or not an object at its root.
 */
export function readDocument(file: string): SourceDocument {
  const text = readText(file);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const problem = document.errors[0];
  if (problem) {
    const at = lines.linePos(problem.pos[0]);
    const what = problem.message.split('\n')[0] ?? problem.message;
    throw new CompileError({ what, where: `${file}:${at.line}:${at.col}`, mend: 'mend the YAML there' });
  }
  const locate = (pointer: string): string => {
    const tokens = tokensOf(pointer);
    for (let length = tokens.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(tokens.slice(0, length), true);
      const range =
        typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
      if (range?.[0] !== undefined) {
        const at = lines.linePos(range[0]);
        return `${file}:${at.line}:${at.col} ${pointer}`;
      }
    }
    return `${file} ${pointer}`;
  };
  let root: unknown;
  try {
    root = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new CompileError({
      what: error instanceof Error ? error.message : String(error),
      where: file,
      mend: 'use fewer aliases',
    });
  }
  assertJson(root, file);
  if (!isObject(root)) {
    throw new CompileError({ what: 'the document is not an object', where: file, mend: 'give an OpenAPI document' });
  }
  return { file, root, locate };
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) {
      throw new CompileError({
        what: `the file has more than ${MAX_BYTES} bytes`,
        where: file,
        mend: 'give a smaller document',
      });
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CompileError) throw error;
    throw new CompileError({
      what: 'the file cannot be read',
      where: file,
      mend: 'check the path and the permissions',
    });
  }
}

/** Refuses what YAML has and JSON has not (dates, non-finite numbers, sets), cycles, and endless nesting. */
function assertJson(value: unknown, file: string, depth = 0): asserts value is JsonValue {
  if (depth > MAX_DEPTH) {
    throw new CompileError({
      what: `nested deeper than ${MAX_DEPTH} levels`,
      where: file,
      mend: 'flatten the document',
    });
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) assertJson(item, file, depth + 1);
    return;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const item of Object.values(value)) assertJson(item, file, depth + 1);
    return;
  }
  throw new CompileError({ what: `a value of type ${typeof value} is no JSON value`, where: file, mend: 'quote it' });
}
