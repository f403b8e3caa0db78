// The register of contradictions.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readErrata } from './errata.ts';
import { faultOf, folderWith } from './testing/faults.ts';

const entry =
  '{ id: E-S1, kind: answer, where: [S000], contradiction: c, decision: { strict: fail, compatible: tolerate } }';
const read = (text: string) => readErrata(join(folderWith({ 'errata.yaml': text }), 'errata.yaml'));

it('is read in the order of the file, with what goes without saying', () => {
  const [first, second] = read(`errata:\n  - ${entry}\n  - ${entry.replace('E-S1', 'E-J1')}`);
  expect(first).toMatchObject({ id: 'E-S1', tolerances: [], differences: [] });
  expect(second?.id).toBe('E-J1');
});

it('knows what a tolerance lets through', () => {
  const text = `errata:\n  - ${entry.replace(' }', ", tolerances: [{ component: A, at: /b, value: { type: 'null' } }] }").replace('{ strict', '{ strict')}`;
  const withTolerance = text.replace(
    /decision: \{ strict: fail, compatible: tolerate(.*)\} \}/,
    'decision: { strict: fail, compatible: tolerate }$1}',
  );
  expect(read(withTolerance)[0]?.tolerances).toEqual([
    { component: 'A', at: '/b', value: { type: 'null' }, absent: false, object: {} },
  ]);
});

it.each([
  [`errata: [${entry.replace('E-S1', 'S1')}]`, '#/errata/0/id: '],
  [`errata: [${entry.replace('answer', 'reply')}]`, '#/errata/0/kind: '],
  [`errata: [${entry.replace('[S000]', '[]')}]`, '#/errata/0/where: '],
  [`errata: [${entry.replace('tolerate', 'ignore')}]`, '#/errata/0/decision/compatible: '],
  [`errata: [${entry.replace('contradiction', 'note: n, contradiction')}]`, '#/errata/0: '],
  [`errata: [${entry}, ${entry}]`, 'E-S1 stands twice; give one of them another id'],
  ['errata: 1', '#/errata: '],
])('is refused: %s', async (text, complaint) => {
  const message = await faultOf(() => read(text));
  expect(message).toContain(complaint);
  expect(message).toContain('errata.yaml');
});
