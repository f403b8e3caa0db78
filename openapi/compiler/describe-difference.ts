// Differences as text: a line each, in columns.
import { type Difference, DIFFERENCE_CLASSES, type Usage } from './difference.ts';
import { type JsonValue, listOf, textOf } from './json.ts';
import { oneLine } from './text.ts';

const MAX_NAMES = 3;

/** A difference as columns of text: its class, the place, what differs, and who uses that place. */
export type Columns = readonly [name: Difference['class'], where: string, what: string, usage: string];

/** The differences, the columns padded to the same widths. */
export function describeDifferences(differences: readonly Difference[]): Columns[] {
  const rows = differences.map((one) => [one.class, oneLine(one.where, 80), whatOf(one), usageOf(one)] as const);
  const width = (column: 1 | 2): number => Math.min(72, Math.max(0, ...rows.map((row) => row[column].length)));
  return rows.map(
    ([name, where, what, usage]) => [name, where.padEnd(width(1)), what.padEnd(width(2)), usage] as const,
  );
}

/** `1 breaking, 8 widening, 5 cosmetic`. */
export function summaryOf(differences: readonly Difference[]): string {
  const count = (name: Difference['class']): number => differences.filter((one) => one.class === name).length;
  return DIFFERENCE_CLASSES.map((name) => `${count(name)} ${name}`).join(', ');
}

function whatOf({ keyword, ours, theirs }: Difference): string {
  if (Array.isArray(ours) || Array.isArray(theirs)) return `${keyword}: ${changeOfList(listOf(ours), listOf(theirs), [ours, theirs])}`; // prettier-ignore
  return `${keyword}: ${shown(ours)} -> ${shown(theirs)}`;
}

/** What was taken from a list and what was added to it. */
function changeOfList(
  ours: readonly JsonValue[],
  theirs: readonly JsonValue[],
  [before, after]: readonly [JsonValue | undefined, JsonValue | undefined],
): string {
  if (before === undefined) return `added ${names(theirs)}`;
  if (after === undefined) return `lacks ${names(ours)}`;
  const texts = [ours, theirs].map((values) => new Set(values.map((value) => JSON.stringify(value)))) as [Set<string>, Set<string>]; // prettier-ignore
  const lacking = ours.filter((value) => !texts[1].has(JSON.stringify(value)));
  const more = theirs.filter((value) => !texts[0].has(JSON.stringify(value)));
  const parts = [lacking.length > 0 ? `lacks ${names(lacking)}` : '', more.length > 0 ? `has also ${names(more)}` : ''];
  return parts.filter((part) => part !== '').join(', ');
}

function names(values: readonly JsonValue[]): string {
  return oneLine(values.map(textOf).join(', '), 120);
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : oneLine(textOf(value), 80);
}

/** `request of a, b, c and 4 more; answer of d (widening)`. */
function usageOf({ class: worst, usages }: Difference): string {
  const part = ({ side, class: name, operations }: Usage): string => {
    const more = operations.length - MAX_NAMES;
    const shown = more > 1 ? operations.slice(0, MAX_NAMES) : operations;
    const rest = more > 1 ? ` and ${more} more` : '';
    return `${side} of ${oneLine(shown.join(', '), 200)}${rest}${name === worst ? '' : ` (${name})`}`;
  };
  return usages.map(part).join('; ');
}
