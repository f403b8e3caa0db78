// The table of constraints.
import { expect, it } from 'vitest';
import { canonicalComponents, constraintTable } from './constraint-table.ts';
import type { JsonObject } from './json.ts';

function rows(schema: JsonObject): string[] {
  const components = canonicalComponents({ components: { schemas: { A: schema } } });
  const table = constraintTable(components);
  return table.map(
    ({ pointer, keyword, value }) =>
      `${pointer.replace('#/components/schemas/A', '')} ${keyword} ${JSON.stringify(value)}`,
  );
}

it('has a row for each keyword that limits values', () => {
  expect(
    rows({ type: ['string', 'null'], enum: ['a', null], maxLength: 3, default: null, pattern: 'a', description: 'no' }),
  ).toEqual([' type "string"', ' nullable true', ' enum ["a"]', ' maxLength 3', ' pattern "a"', ' default null']);
});

it('has a row for each required member, in one order', () => {
  expect(rows({ required: ['b', 'a'] })).toEqual([' required "a"', ' required "b"']);
});

it('goes into members, items, maps, names and branches', () => {
  const schema = {
    properties: { 'a/b': { minimum: 1 } },
    items: { minimum: 2 },
    additionalProperties: { minimum: 3 },
    propertyNames: { maxLength: 4 },
    oneOf: [{ minimum: 5 }, false],
  };
  expect(rows(schema)).toEqual([
    ' oneOf 2',
    '/oneOf/0 minimum 5',
    '/oneOf/1 false false',
    '/properties/a~1b minimum 1',
    '/items minimum 2',
    '/additionalProperties minimum 3',
    '/propertyNames maxLength 4',
  ]);
});

it('tells of additionalProperties where it closes the object', () => {
  expect(rows({ additionalProperties: false })).toEqual([' additionalProperties false']);
  expect(rows({ additionalProperties: true })).toEqual([]);
});

it('carries the standing of a constraint from x-constraints', () => {
  const standing = { refuse: 'SHOULD', authority: 'DOC', sources: ['s'] };
  const [maximum, required] = constraintTable({
    A: { maximum: 1, required: ['a'], 'x-constraints': { maximum: standing, 'required/a': standing } },
  });
  expect([maximum?.standing, required?.standing]).toEqual([standing, standing]);
  expect(constraintTable({ A: { maximum: 1, 'x-constraints': {} } })[0]).not.toHaveProperty('standing');
});
