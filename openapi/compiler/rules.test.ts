// The prose rules of the contract.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { EDITIONS, rulesIn, rulesOf } from './rules.ts';
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

describe('of an edition', () => {
  const rules = rulesOf(
    ruled(
      { ...rule, id: 'a.always' },
      { ...rule, id: 'a.later', since: '2024-12' },
      { ...rule, id: 'a.earlier', until: '2024-09' },
      { ...rule, id: 'a.between', since: '2024-09', until: '2024-12' },
    ),
  );

  it.each([
    ['2024-04', ['a.always', 'a.earlier']],
    ['2024-09', ['a.always', 'a.earlier', 'a.between']],
    ['2024-12', ['a.always', 'a.later', 'a.between']],
    ['2025-05', ['a.always', 'a.later']],
    ['current', ['a.always', 'a.later']],
  ])('%s are those that had begun and not ended', (edition, ids) => {
    expect(EDITIONS).toContain(edition);
    expect(rulesIn(rules, edition).map(({ id }) => id)).toEqual(ids);
  });

  it.each([[undefined], ['2031-01'], [null]])('that is not ours, such as %j, are all', (edition) => {
    expect(rulesIn(rules, edition)).toEqual(rules);
  });
});

describe('are refused', () => {
  it.each<[string, JsonObject, string]>([
    [
      'that end before they begin',
      { ...rule, since: '2024-12', until: '2024-09' },
      'rule create.a.b ends before it begins',
    ],
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
