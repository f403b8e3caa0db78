// Gathers the facts of a dataset while it is uploaded: line by line, in one pass.
import { countTokens } from '../text/token-count.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';
import { exampleFault, looksLike, type PreferenceKeys } from './example-faults.ts';
import { type BrokenLine, DATASET_FORMATS, type DatasetFacts, type DatasetFormat } from './facts.ts';
import { LineSplitter } from './line-splitter.ts';

/** The most bytes of a line: far beyond any example, and little enough to be held. */
export const LONGEST_LINE = 8 * 1024 * 1024;
/** What a message costs beside its text. */
const TOKENS_OF_MESSAGE = 3;
/** How deep the text of an example is looked for. */
const DEEPEST_TEXT = 8;

export class DatasetInspector {
  readonly #keys: PreferenceKeys;
  readonly #splitter: LineSplitter;
  readonly #faults: Partial<Record<DatasetFormat, string>> = {};
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #line = 0;
  #examples = 0;
  #tokens = 0;
  #looksLike: DatasetFormat | 'unknown' = 'unknown';
  #broken: BrokenLine | null = null;

  /** @param keys how preference data is keyed. */
  constructor(keys: PreferenceKeys) {
    this.#keys = keys;
    this.#splitter = new LineSplitter((line, start) => this.#inspect(line, start), LONGEST_LINE);
  }

  /** Takes the next bytes of the file. */
  push(chunk: Buffer): void {
    if (this.#broken === null) this.#splitter.push(chunk);
  }

  /** The facts, when all bytes were taken. */
  end(): DatasetFacts {
    if (this.#broken === null) this.#splitter.end();
    const faults = DATASET_FORMATS.map((format) => [format, this.#faults[format] ?? null]);
    return {
      examples: this.#examples,
      tokens: this.#tokens,
      looksLike: this.#looksLike,
      faults: Object.fromEntries(faults) as DatasetFacts['faults'],
      broken: this.#broken,
    };
  }

  #inspect(line: Buffer | null, start: Buffer): void {
    if (this.#broken !== null) return;
    this.#line += 1;
    if (line === null) {
      this.#broken = { line: this.#line, start: startOf(start), reason: 'too-long' };
      return;
    }
    const text = this.#decoded(line);
    if (text?.trim() === '') return;
    const example = text === null ? null : parsedObject(text);
    if (example === null) {
      this.#broken = { line: this.#line, start: startOf(start), reason: 'not-an-object' };
      return;
    }
    this.#take(example);
  }

  #take(example: JsonObject): void {
    this.#examples += 1;
    if (this.#examples === 1) this.#looksLike = looksLike(example, this.#keys);
    for (const format of DATASET_FORMATS) {
      if (this.#faults[format] !== undefined) continue;
      const fault = exampleFault(format, example, this.#keys);
      if (fault !== null) this.#faults[format] = `Example ${this.#examples}, ${fault}`;
    }
    this.#tokens += tokensIn(example, DEEPEST_TEXT);
  }

  #decoded(line: Buffer): string | null {
    try {
      return this.#decoder.decode(line);
    } catch {
      return null;
    }
  }
}

function parsedObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function startOf(line: Buffer): string {
  return line.toString('utf8').slice(0, 3);
}

/** Tokens of every text in an example, each object that has a role counting as a message. */
function tokensIn(value: JsonValue, depth: number): number {
  if (typeof value === 'string') return countTokens(value);
  if (depth === 0) return 0;
  if (isList(value)) return value.reduce<number>((sum, item) => sum + tokensIn(item, depth - 1), 0);
  if (!isObject(value)) return 0;
  const own = Object.hasOwn(value, 'role') ? TOKENS_OF_MESSAGE : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + tokensIn(item, depth - 1), own);
}
