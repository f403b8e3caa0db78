// The prose rules of the contract.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { rulesOf } from './rules.ts';
import { documentOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';

const rule = { id: 'create.a.b', title: 't', level: 'MUST', authority: 'DOC', statement: 's', sources: ['S000'] };
const ruled = (...rules: JsonObject[]) => documentOf({ root: { 'x-rules': rules } });

it('are found wherever they stand, with the place, in document order', () => {
  const source = documentOf({
    schemas: { A: { properties: { a: { 'x-rules': [{ ...rule, id: 'a.b' }] } } } },
    operation: { 'x-rules': [rule] },
    root: { 'x-rules': [{ ...rule, id: 'last.one' }] },
  });
  expect(rulesOf(source).map(({ id, pointer }) => `${id} ${pointer}`)).toEqual([
    'create.a.b #/paths/~1fine_tuning~1jobs/post',
    'a.b #/components/schemas/A/properties/a',
    'last.one #',
  ]);
});

it('hold from the first edition on, always, unless they say otherwise', () => {
  expect(rulesOf(ruled(rule))).toEqual([{ ...rule, since: '2024-04', conditional: false, pointer: '#' }]);
});

describe('are refused', () => {
  it.each<[string, JsonObject, string]>([
    ['without a chapter', { ...rule, id: 'create' }, 'rule id is chapter.subject.aspect'],
    ['without a statement', { ...rule, statement: '' }, 'rule statement '],
    ['without sources', { ...rule, sources: [] }, 'rule sources '],
    ['of an unknown level', { ...rule, level: 'must' }, 'rule level '],
    ['of an unknown edition', { ...rule, since: '2023' }, 'rule since '],
    ['with a member too many', { ...rule, note: 'n' }, 'Unrecognized key'],
    ['where they are observed and yet bind', { ...rule, authority: 'OBSERVED' }, 'is only observed; make it a MAY'],
  ])('%s', async (_, one, complaint) => {
    const message = await faultOf(() => rulesOf(ruled(one)));
    expect(message).toMatch(/^small\.json:\d+:\d+ #\/x-rules\/0: /);
    expect(message).toContain(complaint);
  });

  it('where one id stands twice', async () => {
    expect(await faultOf(() => rulesOf(ruled(rule, rule)))).toContain(
      '#/x-rules/1: rule create.a.b stands twice; give one of them another id',
    );
  });
});
