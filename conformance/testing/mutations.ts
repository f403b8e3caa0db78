// Random changes to JSON values: what stands at a place is replaced, taken away, doubled or joined by something else.
import fc from 'fast-check';
import { isArray, isObject, type JsonValue, pointerOf, withValue } from '../contract/json.ts';

/** Values that careless code trips over, of every type. */
const ODD: readonly JsonValue[] = [
  null, true, 0, -1, 1, 1.5, 2, 50, 51, 257, 2147483647, 2147483648, 1e400, -0, '', 'auto', 'a', 'x'.repeat(65), 'supervised', 'dpo',
  'reinforcement', 'string_check', 'multi', 'label_model', 'wandb', [], [null], ['auto'], [[]], {}, { type: 'multi' }, { type: 'string_check' },
  { a: 'b' }, { a: 1 },
]; // prettier-ignore

/** Any JSON value, small ones first. */
export const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom(...ODD),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);

/** Pointers to every place in a value, the value itself first. */
export function placesIn(value: JsonValue, path: readonly (string | number)[] = []): string[] {
  const below = isArray(value)
    ? value.flatMap((item, index) => placesIn(item, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, item]) => placesIn(item, [...path, name]))
      : [];
  return [pointerOf(path), ...below];
}

/** A value with one or two places changed. */
export function mutationsOf(value: JsonValue): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    { weight: 3, arbitrary: oneChange(value) },
    { weight: 1, arbitrary: oneChange(value).chain(oneChange) },
  );
}

function oneChange(value: JsonValue): fc.Arbitrary<JsonValue> {
  const places = placesIn(value);
  const somewhere = fc.constantFrom(...places);
  const replaced = fc.tuple(somewhere, anyJson).map(([place, other]) => withValue(value, place, other));
  const removed = somewhere.map((place) => withValue(value, place, undefined));
  const joined = fc
    .tuple(somewhere, fc.constantFrom('type', 'name', 'extra', 'graders', '0'), anyJson)
    .map(([place, name, other]) => withValue(value, `${place}/${name}`, other));
  return fc.oneof(replaced, removed, joined);
}
