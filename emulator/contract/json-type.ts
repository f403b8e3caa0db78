// The types of JSON Schema. A number is an integer by its value (1.0 is one), and what overflowed to infinity is none.
import { isList, type JsonValue } from '../json.ts';

/** The JSON type of a value: null, boolean, number, string, array or object. */
export function jsonTypeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  return typeof value;
}

/** Whether a value is of a type of JSON Schema, `integer` included. */
export function matchesType(value: JsonValue, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return jsonTypeOf(value) === type;
}
