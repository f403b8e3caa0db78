// Our constraints against the facts of the official document.
import { describe, expect, it } from 'vitest';
import { canonicalComponents, constraintTable } from './constraint-table.ts';
import type { JsonObject } from './json.ts';
import { departures, describeDeparture, emitFacts, factsOf, isOfficialFacts } from './official-facts.ts';

const rootWith = (schemas: JsonObject): JsonObject => ({ info: { title: 'T', version: '1' }, components: { schemas } });
function departed(ours: JsonObject, official: JsonObject): string[] {
  const table = constraintTable(canonicalComponents(rootWith({ A: ours })));
  return departures(table, factsOf(rootWith({ A: official }))).map(describeDeparture);
}

describe('a departure', () => {
  it('is not where both say the same in different words', () => {
    expect(
      departed({ type: ['string', 'null'], title: 'mine' }, { anyOf: [{ type: 'string' }, { type: 'null' }] }),
    ).toEqual([]);
  });

  it('is what only ours says, what only the official one says, and what both say differently', () => {
    expect(departed({ maximum: 1, minLength: 2 }, { maximum: 3, pattern: 'a' })).toEqual([
      '#/components/schemas/A maximum changed: official 3, ours 1',
      '#/components/schemas/A minLength added: official nothing, ours 2',
      '#/components/schemas/A pattern removed: official "a", ours nothing',
    ]);
  });

  it('of required members is told member by member', () => {
    expect(departed({ required: ['a', 'b'] }, { required: ['b', 'c'] })).toEqual([
      '#/components/schemas/A required added: official nothing, ours "a"',
      '#/components/schemas/A required removed: official "c", ours nothing',
    ]);
  });

  it('of a default null is seen, though null is what is absent elsewhere', () => {
    expect(departed({ type: 'string', default: null }, { type: 'string' })).toEqual([
      '#/components/schemas/A default added: official nothing, ours null',
    ]);
  });

  it('below a union that is itself a departure is not told again', () => {
    expect(departed({ anyOf: [{ type: 'string' }, { type: 'integer' }] }, { maximum: 1 })).toEqual([
      '#/components/schemas/A anyOf added: official nothing, ours 2',
      '#/components/schemas/A maximum removed: official 1, ours nothing',
    ]);
  });

  it('is not looked for in components that the official document does not have', () => {
    const table = constraintTable({ Ours: { type: 'string' } });
    expect(departures(table, factsOf(rootWith({ A: {} })))).toEqual([]);
  });

  it('in a component that only the official document has is told', () => {
    expect(departures([], factsOf(rootWith({ B: { type: 'string' } })))).toEqual([
      { pointer: '#/components/schemas/B', keyword: 'type', change: 'removed', official: 'string' },
    ]);
  });
});

it('a facts file is JSON, a fact a line, and tells where it comes from', () => {
  const root = rootWith({ A: { type: 'string', maxLength: 2 } });
  const text = emitFacts(root, root, { sha256: 'abc', commit: 'def' });
  const parsed: unknown = JSON.parse(text);
  expect(isOfficialFacts(parsed)).toBe(true);
  expect(parsed).toEqual({
    source: { document: 'openai/openai-openapi openapi.yaml', title: 'T', version: '1', sha256: 'abc', commit: 'def' },
    facts: [
      ['#/components/schemas/A', 'type', 'string'],
      ['#/components/schemas/A', 'maxLength', 2],
    ],
  });
  expect(text.split('\n')).toHaveLength(8);
});

it('other JSON is no facts file', () => {
  expect([{}, { source: {}, facts: {} }, null, { facts: [] }].filter(isOfficialFacts)).toEqual([]);
});
