// Schemas must come to an end.
import { describe, expect, it } from 'vitest';
import { checkRecursion } from './check-recursion.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { documentOf, refTo } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';

const checked = (schemas: JsonObject) => faultOf(() => checkRecursion(documentOf({ schemas })));

describe('a schema that comes back to itself', () => {
  it('at a member or an item is fine', async () => {
    expect(await checked({ A: { properties: { a: refTo('A') }, items: { anyOf: [refTo('A')] } } })).toBe('none');
  });

  it.each<[string, JsonObject]>([
    ['by reference', { A: refTo('A') }],
    ['by allOf', { A: { allOf: [refTo('B')] }, B: { anyOf: [{ oneOf: [refTo('A')] }] } }],
  ])('at the same value is refused: %s', async (_, schemas) => {
    expect(await checked(schemas)).toContain('applies itself to the same value; break the cycle of $ref and allOf');
  });
});

it('schemas that multiply are refused', async () => {
  const doubled = Array.from({ length: 14 }, (_, index): [string, JsonValue] => [`S${index}`, { allOf: [refTo(`S${index + 1}`), refTo(`S${index + 1}`)] }]); // prettier-ignore
  expect(await checked({ ...Object.fromEntries(doubled), S14: {} })).toContain(
    'more than 10000 schemas apply to one value',
  );
  expect(await checked({ ...Object.fromEntries(doubled.slice(4)), S14: {} })).toBe('none');
});

it('chains of references are refused before they exhaust a call stack', async () => {
  const chain = (length: number, link: (next: JsonObject) => JsonValue): JsonObject =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`S${index}`, index + 1 < length ? link(refTo(`S${index + 1}`)) : {}])); // prettier-ignore
  for (const link of [(next: JsonObject) => next, (next: JsonObject) => ({ properties: { a: next } })]) {
    expect(await checked(chain(5000, link))).toContain('nest, by way of their references, deeper than 250 levels');
    expect(await checked(chain(100, link))).toBe('none');
  }
});
