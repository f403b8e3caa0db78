// Parses YAML text. The library composes nested values by recursion, and a stack that runs out within a regular
// expression ends the whole process, beyond any catch: so nesting is measured on the flat tokens first.
import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml';

/** Levels of a document. Nobody writes as many by hand, and each later step, ajv's among them, walks them by recursion. */
export const MAX_DEPTH = 200;

/** What is wrong with a text, what to do about it, and where in the text. */
export interface YamlFault {
  readonly what: string;
  readonly mend: string;
  readonly offset: number;
}

/** A parsed text, with the way from offsets to lines. */
export interface YamlText {
  readonly document: Document.Parsed;
  /** `line:column` of an offset. */
  readonly place: (offset: number) => string;
}

/** Parses one document. `fail` throws; it is given the place as `line:column`. */
export function parseYaml(text: string, fail: (fault: YamlFault, place: string) => never): YamlText {
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const what = `the document nests deeper than ${MAX_DEPTH} levels`;
    return fail({ what, mend: 'flatten it', offset: deep }, place(deep));
  }
  const composer = new Composer({
    // 'core' also where a %YAML directive asks for 1.1, whose dates and merge keys JSON has not.
    schema: 'core',
    resolveKnownTags: false,
    // The library compares each key with every other; the conversion to JSON looks instead.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [document, second] = [...composer.compose(tokens, true, text.length)] as [Document.Parsed, Document.Parsed?];
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const what = problem.message.split('\n')[0] ?? problem.message;
    fail({ what, mend: 'mend the YAML there', offset: problem.pos[0] }, place(problem.pos[0]));
  }
  if (second) {
    const fault = { what: 'the file holds several documents', mend: 'keep one', offset: second.range[0] };
    fail(fault, place(fault.offset));
  }
  return { document, place };
}

/** Where the nesting of tokens goes beyond the limit. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: [token: CST.Token, level: number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, level] = next;
    if (level > MAX_DEPTH + 1) return token.offset;
    if (token.type === 'document' && token.value) open.push([token.value, level + 1]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push([key, level + 1]);
      if (value) open.push([value, level + 1]);
    }
  }
  return undefined;
}
