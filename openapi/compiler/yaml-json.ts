// Turns parsed YAML into JSON values. The library's own conversion is not used: it counts aliases, not what they
// expand to, and keeps the last of two keys that read alike. Here size and depth count as if every alias were written
// out, for each later step walks through them.
import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { JsonValue } from './json.ts';
import { MAX_DEPTH, type YamlFault } from './yaml-text.ts';

const MAX_VALUES = 1_000_000;

interface Converted {
  readonly value: JsonValue;
  /** Values and levels of it, aliases written out. */
  readonly size: number;
  readonly depth: number;
}

interface State {
  /** What an anchor stands for; undefined while it is still open. */
  readonly anchors: Map<string, Converted | undefined>;
  size: number;
  readonly fail: (what: string, mend: string, node: unknown) => never;
}

/** The JSON value of a parsed document. `fail` throws. */
export function jsonOf(document: Document.Parsed, fail: (fault: YamlFault) => never): JsonValue {
  const state: State = {
    anchors: new Map(),
    size: 0,
    fail: (what, mend, node) => fail({ what, mend, offset: offsetOf(node) ?? 0 }),
  };
  return convert(document.contents, 0, state).value;
}

/** Where a node begins in the text. */
export function offsetOf(node: unknown): number | undefined {
  const hasRange = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
  return hasRange ? (node.range as readonly number[])[0] : undefined;
}

function convert(node: unknown, level: number, state: State): Converted {
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor !== undefined) state.anchors.set(anchor, undefined);
  const converted = isAlias(node) ? expand(node.source, node, state) : plain(node, level, state);
  if (anchor !== undefined) state.anchors.set(anchor, converted);
  if (level + converted.depth > MAX_DEPTH) {
    state.fail(`the document nests deeper than ${MAX_DEPTH} levels`, 'flatten it', node);
  }
  return converted;
}

function expand(anchor: string, node: unknown, state: State): Converted {
  const target = state.anchors.get(anchor);
  if (target === undefined) {
    const what = state.anchors.has(anchor) ? 'stands inside what it names' : 'has no anchor before it';
    return state.fail(`alias *${anchor} ${what}`, 'write the value out', node);
  }
  return count(target, target.size, node, state);
}

function plain(node: unknown, level: number, state: State): Converted {
  if (isMap(node)) return mapOf(node.items, node, level, state);
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item, level + 1, state));
    return count(collection(items.map(({ value }) => value), items), 1, node, state); // prettier-ignore
  }
  const value = isScalar(node) ? node.value : (node ?? null);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return state.fail('the number is not finite', 'give one that JSON can write', node);
  }
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return state.fail(`a value of type ${typeof value} is no JSON value`, 'quote it', node);
  }
  return count({ value, size: 1, depth: 0 }, 1, node, state);
}

function mapOf(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  node: unknown,
  level: number,
  state: State,
): Converted {
  const entries = new Map<string, JsonValue>();
  const items: Converted[] = [];
  for (const { key, value } of pairs) {
    const name = nameOf(key);
    if (name === undefined) {
      return state.fail('a key is no text', 'quote it', offsetOf(key) === undefined ? node : key);
    }
    if (entries.has(name)) state.fail(`key ${JSON.stringify(name)} stands twice`, 'remove one of them', key);
    const item = convert(value, level + 1, state);
    entries.set(name, item.value);
    items.push(item);
  }
  // fromEntries defines members, so that __proto__ is a name like any other.
  return count(collection(Object.fromEntries(entries), items), 1, node, state);
}

/** Statuses and the like are written without quotes: numbers and flags are names too. */
function nameOf(key: unknown): string | undefined {
  const value = isScalar(key) ? key.value : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function collection(value: JsonValue, items: readonly Converted[]): Converted {
  const size = items.reduce((sum, item) => sum + item.size, 1);
  const depth = items.reduce((deepest, item) => Math.max(deepest, item.depth), 0) + 1;
  return { value, size, depth };
}

function count(converted: Converted, added: number, node: unknown, state: State): Converted {
  state.size += added;
  if (state.size > MAX_VALUES) {
    state.fail(`the document expands to more than ${MAX_VALUES} values`, 'use fewer aliases', node);
  }
  return converted;
}
