// The modules of editions and dialects: the same values come back, and their types are those of the current contract.
import { expect, it } from 'vitest';
import { emitConstraints, emitOperations, emitRules, emitSchemas } from './emit-tables.ts';
import { emitValidators, emitValidatorTypes } from './emit-validators.ts';
import { emitContracts, emitVariantTables, emitVariantValidatorTypes, type Tables } from './emit-variants.ts';
import type { Rule } from './rules.ts';
import { runBeside, typeErrors } from './testing/run-module.ts';

const operation = { id: 'go', method: 'GET', path: '/a', tag: '', security: [], pathParameters: [], queryParameters: [], body: null, answers: [], errors: [404] }; // prettier-ignore
const rule: Rule = { id: 'a.b', title: 't', level: 'MUST', authority: 'DOC', statement: 's', sources: ['x'], since: 'current', conditional: false, pointer: '#' }; // prettier-ignore
const older: Tables = {
  operations: [{ ...operation, id: 'own' }],
  constraints: [{ pointer: '#/a', keyword: 'maxLength', value: 40 }],
  components: { A: { type: 'string', maxLength: 40 } },
  pools: { names: ['a'] },
  rules: [],
};
const none: Tables = { operations: [], constraints: [], components: {}, pools: {}, rules: [] };

/** A current contract with more than the older one, the older one, and the module that loads both. */
function modules(tables: Tables): ReadonlyMap<string, string> {
  const current: [string, string][] = [
    ['operations.ts', emitOperations([operation])],
    ['constraints.ts', emitConstraints([])],
    ['schemas.ts', emitSchemas({ A: { type: 'string' } }, {})],
    ['rules.ts', emitRules([rule])],
    ['validators.js', emitValidators({ A: { type: 'string' } })],
    ['validators.d.ts', emitValidatorTypes(['A'], () => 'string')],
  ];
  const variant: [string, string][] = [
    ...emitVariantTables(tables, '../../current'),
    ['validators.js', emitValidators(tables.components)],
    ['validators.d.ts', emitVariantValidatorTypes(Object.keys(tables.components), '../../current')],
  ];
  return new Map([
    ...current.map(([name, text]): [string, string] => [`current/${name}`, text]),
    ...variant.map(([name, text]): [string, string] => [`dialects/own/${name}`, text]),
    ['contracts.ts', emitContracts(['current', 'dialects/own'])],
    ['package.json', '{"type":"module"}'],
  ]);
}

it('compile beside the current contract, also where they are empty', () => {
  expect(typeErrors(modules(older))).toEqual([]);
  expect(typeErrors(modules(none))).toEqual([]);
});

it('hold the values that they were made from, and are loaded by name', () => {
  const script = `import { contracts } from './contracts.js';
    const { validators, ...tables } = await contracts['dialects/own']();
    const { rules, validators: current } = await contracts.current();
    const long = 'a'.repeat(41);
    console.log(JSON.stringify([tables, Object.keys(rules), validators.A(long), current.A(long), Object.keys(contracts)]));`;
  const text = new Map([...modules(older)].map(([name, module]) => [name, module.replace(/(import\("[^"]+)\.ts"\)/g, '$1.js")')])); // prettier-ignore
  const { operations, constraints, components: schemas, pools } = older;
  expect(runBeside(text, script)).toEqual([
    { operations: { own: operations[0] }, constraints, schemas, pools, rules: {} },
    ['a.b'],
    false,
    true,
    ['current', 'dialects/own'],
  ]);
});

it('a table of text that would end a string or a line stays data', () => {
  const hostile = { ...older, components: { A: { type: 'string', enum: ['"];\u2028alert(1)//'] } } };
  expect(typeErrors(modules(hostile as Tables))).toEqual([]);
});
