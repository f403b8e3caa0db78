// YAML that others wrote: the core schema only, a cap on size and aliases, every member known. An error names its line.
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';

const MAX_BYTES = 256 * 1024;

/** A kind of document. */
export interface Kind<S extends z.ZodType> {
  readonly schema: S;
  /** What the document as a whole is called in errors. */
  readonly whole: string;
  /** Where to read on. */
  readonly help: string;
}

/**
 * Reads a document of a schema.
 * @throws ConfigurationError that names the line.
 */
export function parseYaml<S extends z.ZodType>(
  text: string,
  file: string,
  { schema, whole, help }: Kind<S>,
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    schema: 'core',
    prettyErrors: false,
    logLevel: 'error',
  });
  // A warning is a tag or a directive that the core schema does not know: what it was meant to say is anybody's guess.
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new ConfigurationError(`${file}:${line}:${col}`, problem.message.split('\n')[0] ?? '', 'mend the YAML there');
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch {
    throw new ConfigurationError(file, 'it uses too many aliases', 'write the values out');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []) as (string | number)[];
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const at = unknownKey === undefined ? path : [...path, unknownKey];
  const member = at.join('.') || whole;
  const what = unknownKey === undefined ? `${member}: ${issue?.message ?? 'is malformed'}` : `${member} is not known`;
  throw new ConfigurationError(`${file}${lineOf(document, at, lines)}`, what, help);
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
    if (range?.[0] !== undefined) return `:${lines.linePos(range[0]).line}`;
  }
  return '';
}

/** The text of a small file. @throws ConfigurationError */
export function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES)
      throw new ConfigurationError(file, `it has more than ${MAX_BYTES} bytes`, 'it is meant to be small');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(file, 'it cannot be read', 'check the path and the permissions');
  }
}
