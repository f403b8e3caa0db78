// Which branch answers to which.
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { SchemaReader } from './schema-view.ts';
import { branchesOf, labelOf, pairBranches } from './union-branches.ts';

const reader = new SchemaReader({});
const branches = (...schemas: JsonValue[]) => branchesOf(reader.canonical({ oneOf: schemas }), reader);
const tagged = (value: string, name = 'type') => ({ type: 'object', properties: { [name]: { const: value } } });
const text = { type: 'string' };
const free = { type: 'object' };

function pairing(ours: JsonValue[], theirs: JsonValue[]) {
  const { pairs, blurred, onlyOurs, onlyTheirs } = pairBranches(branches(...ours), branches(...theirs));
  const names = (all: typeof onlyOurs) => all.map(labelOf).join('+');
  return {
    pairs: pairs.map(([a, b]) => `${labelOf(a)}=${labelOf(b)}`),
    blurred: blurred.map(([a, b]) => `${names(a)}=${names(b)}`),
    onlyOurs: names(onlyOurs),
    onlyTheirs: names(onlyTheirs),
  };
}

describe('branches', () => {
  it('are called by the value that tells them apart, else by their type; text comes first', () => {
    const all = branches(tagged('multi'), tagged('user', 'role'), text, { type: 'integer' }, free);
    expect(all.map(labelOf)).toEqual(['string', 'multi', 'user', 'number', 'object']);
  });

  it('of a schema without a union are the schema', () => {
    expect(branchesOf(text, reader).map(labelOf)).toEqual(['string']);
  });
});

describe('pairs', () => {
  it('are found by that value, in whatever order they stand', () => {
    expect(pairing([tagged('a'), tagged('b')], [tagged('b'), tagged('a')])).toEqual({
      pairs: ['a=a', 'b=b'],
      blurred: [],
      onlyOurs: '',
      onlyTheirs: '',
    });
  });

  it('are not made of two branches that are told apart', () => {
    expect(pairing([tagged('a'), text], [tagged('b'), text])).toMatchObject({
      pairs: ['string=string'],
      onlyOurs: 'a',
      onlyTheirs: 'b',
    });
  });

  it('are made of one that has the value and one that says less', () => {
    const untagged = { type: 'object', properties: { x: text } };
    expect(pairing([tagged('a'), text], [untagged, text]).pairs).toEqual(['string=string', 'a=object']);
  });

  it('are many to one where one side knows any object at all', () => {
    expect(pairing([tagged('a'), tagged('b'), text], [free, text])).toMatchObject({
      blurred: ['a+b=object'],
      onlyOurs: '',
    });
    expect(pairing([free, text], [tagged('a'), tagged('b'), text])).toMatchObject({
      blurred: ['object=a+b'],
      onlyTheirs: '',
    });
  });
});
