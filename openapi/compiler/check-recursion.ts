// Refuses schemas that apply to a value by way of themselves: a validator made from one would never come back. A schema
// that comes back to itself at a member or an item is fine, for values end. Refuses, too, what nests by way of its
// references deeper than the generators' own recursion can follow.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, listOf, pointerTo, resolvePointer } from './json.ts';
import { partsBelow, schemasIn } from './openapi-structure.ts';
import type { SourceDocument } from './read-document.ts';

/** How many schemas may apply to one value: without a limit, ten doublings by allOf would be a thousand checks. */
const MAX_APPLIED = 10_000;

/** ajv compiles a schema within the one that refers to it, and gives up at about twice as many. */
const MAX_LEVELS = 250;

/** @throws CompileError naming a schema that never ends, that multiplies, or that nests too deeply. */
export function checkRecursion(source: SourceDocument): void {
  const seen = new Set<string>();
  for (const { schema, pointer } of schemasIn(source.root)) checkLevels(schema, pointer, source, seen, 1);
  const known = new Map<string, number | 'open'>();
  for (const { schema, pointer } of schemasIn(source.root)) applied(schema, pointer, source, known);
}

/** Goes from schema to schema, by nesting and by reference, to each of them once. */
function checkLevels(
  schema: JsonValue,
  pointer: string,
  source: SourceDocument,
  seen: Set<string>,
  level: number,
): void {
  if (!isObject(schema) || seen.has(pointer)) return;
  seen.add(pointer);
  if (level > MAX_LEVELS) {
    const what = `the schemas nest, by way of their references, deeper than ${MAX_LEVELS} levels`;
    throw new CompileError({ what, where: source.locate(pointer), mend: 'shorten the chain of references' });
  }
  const target = schema['$ref'];
  if (typeof target === 'string') {
    checkLevels(resolvePointer(source.root, target) ?? true, target, source, seen, level + 1);
  }
  for (const below of partsBelow({ kind: 'schema', value: schema, pointer })) {
    checkLevels(below.value, below.pointer, source, seen, level + 1);
  }
}

/** How many schemas apply to a value that this one is applied to. */
function applied(
  schema: JsonValue,
  pointer: string,
  source: SourceDocument,
  known: Map<string, number | 'open'>,
): number {
  if (!isObject(schema)) return 1;
  const before = known.get(pointer);
  const refuse = (what: string, mend: string): never => {
    throw new CompileError({ what, where: source.locate(pointer), mend });
  };
  if (before === 'open')
    return refuse('the schema applies itself to the same value', 'break the cycle of $ref and allOf');
  if (before !== undefined) return before;
  known.set(pointer, 'open');
  let sum = 1;
  for (const [below, at] of inPlace(schema, pointer, source.root)) sum += applied(below, at, source, known);
  if (sum > MAX_APPLIED)
    refuse(`more than ${MAX_APPLIED} schemas apply to one value`, 'use fewer allOf, anyOf and oneOf');
  known.set(pointer, sum);
  return sum;
}

/** The schemas that apply to the same value as this one. */
function inPlace(schema: JsonObject, pointer: string, root: JsonObject): [JsonValue, string][] {
  const target = schema['$ref'];
  const named: [JsonValue, string][] =
    typeof target === 'string' ? [[resolvePointer(root, target) ?? true, target]] : [];
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    listOf(schema[keyword]).map((item, index): [JsonValue, string] => [item, pointerTo(pointer, keyword, index)]),
  );
  return [...named, ...lists];
}
