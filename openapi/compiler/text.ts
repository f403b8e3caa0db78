// Text of documents on its way to a terminal or into source code. Documents may be somebody else's: their text must
// neither steer a terminal nor become code.
import { isObject } from './json.ts';

/** Control characters, line ends of every kind, and marks that turn the direction of writing. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text as one line that a terminal shows as it is; what is longer than `limit` is cut. */
export function oneLine(text: string, limit = 600): string {
  const shown = text.length > limit ? `${text.slice(0, limit - 3)}...` : text;
  return shown.replace(UNPRINTABLE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * JSON as an expression of JavaScript and TypeScript, also within a comment's line. It differs from JSON.stringify in
 * two places: U+2028 and U+2029, which end a line, are escaped, and a member called `__proto__` is a computed one,
 * because a literal one would set the prototype.
 */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, item]) => (item as unknown) !== undefined);
    return `{${members.map(([name, item]) => `${memberName(name)}:${literal(item)}`).join(',')}}`;
  }
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A name as the member of an object literal. */
export function memberName(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : literal(name);
}
