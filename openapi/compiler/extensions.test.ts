// Extensions that become typed values.
import { expect, it } from 'vitest';
import { checkExtensions } from './extensions.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { documentOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';

const standing = { authority: 'DOC', sources: ['S000 l.1'] };
const pools = (value: JsonValue) => faultOf(() => checkExtensions(documentOf({ root: { 'x-pools': value } })));
const constraints = (value: JsonValue) =>
  faultOf(() => checkExtensions(documentOf({ schemas: { A: { 'x-constraints': value } } })));

it('of the right shape are accepted', async () => {
  expect(await pools({ a: ['b'] })).toBe('none');
  expect(await constraints({ maximum: { ...standing, refuse: 'SHOULD', answerStrict: 'MAY', erratum: 'E-S1' } })).toBe(
    'none',
  );
});

it.each<[JsonValue, string]>([
  [['a'], '#/x-pools: '],
  [{ a: 'b' }, '#/x-pools/a: '],
  [{ a: [1] }, '#/x-pools/a/0: '],
])('x-pools %j is refused', async (value, place) => {
  expect(await pools(value)).toContain(place);
});

it.each<[JsonValue, string]>([
  ['text', '#/components/schemas/A: '],
  [{ maximum: 'MUST' }, '/x-constraints/maximum: '],
  [{ maximum: { ...standing, refuse: 'NEVER' } }, '/x-constraints/maximum/refuse: '],
  [{ maximum: { ...standing, sources: [] } }, '/x-constraints/maximum/sources: '],
  [{ maximum: { sources: ['s'] } }, '/x-constraints/maximum/authority: '],
  [{ maximum: { ...standing, level: 'MUST' } }, '/x-constraints/maximum: '],
])('x-constraints %j is refused', async (value, place) => {
  const message: JsonObject = { text: await constraints(value) };
  expect(message['text']).toContain(place);
  expect(message['text']).toMatch(/; see the extensions at the top of the contract$/);
});
