// Tables as modules: what a document says comes back as the same values, with the types that the module promises.
import { expect, it } from 'vitest';
import { emitConstraints, emitErrata, emitOperations, emitRules, emitSchemas } from './emit-tables.ts';
import type { Erratum } from './errata.ts';
import type { Rule } from './rules.ts';
import { runBeside, typeErrors } from './testing/run-module.ts';

/** The exports of a module, if it compiles. */
function exportsOf(text: string): Record<string, unknown> {
  expect(typeErrors(new Map([['table.ts', text]]))).toEqual([]);
  const script = "import * as table from './table.js'; console.log(JSON.stringify(table));";
  return runBeside(new Map([['table.ts', text]]), script) as Record<string, unknown>;
}

const operation = { id: 'go', method: 'GET', path: '/a', tag: '', security: [], pathParameters: [], queryParameters: [], body: null, answers: [], errors: [404] }; // prettier-ignore
const rule: Rule = { id: 'a.b', title: 't', level: 'MUST', authority: 'DOC', statement: 's', sources: ['x'], since: 'current', conditional: false, pointer: '#' }; // prettier-ignore
const erratum: Erratum = { id: 'E-S1', kind: 'answer', where: ['w'], contradiction: 'c', decision: { strict: 'fail', compatible: 'tolerate' }, tolerances: [], differences: [] }; // prettier-ignore

it('operations stand by id', () => {
  expect(exportsOf(emitOperations([operation]))).toEqual({ operations: { go: operation } });
});

it('an operation called __proto__ is an entry like any other', () => {
  const { operations } = exportsOf(emitOperations([{ ...operation, id: '__proto__' }]));
  expect(Object.keys(operations as object)).toEqual(['__proto__']);
});

it('constraints stand in a list', () => {
  const constraints = [{ pointer: '#/a', keyword: 'enum', value: ['a', null] }];
  expect(exportsOf(emitConstraints(constraints))).toEqual({ constraints });
});

it('schemas stand by name, beside the pools', () => {
  const [schemas, pools] = [{ A: { type: 'string' } }, { names: ['a'] }];
  expect(exportsOf(emitSchemas(schemas, pools))).toEqual({ schemas, pools });
});

it('rules stand by id', () => {
  expect(exportsOf(emitRules([rule]))).toEqual({ rules: { 'a.b': rule } });
});

it('errata name the validators of their tolerances, and keep to themselves how the official document differs', () => {
  const tolerance = { component: 'A', at: '/a', value: {}, absent: true, object: {}, rule: 'a.b' };
  const full: Erratum = { ...erratum, tolerances: [tolerance], differences: [['#/a', 'type', 'added']] };
  const { errata } = exportsOf(emitErrata([full])) as { errata: unknown[] };
  expect(errata).toEqual([
    {
      id: 'E-S1',
      kind: 'answer',
      where: ['w'],
      contradiction: 'c',
      decision: { strict: 'fail', compatible: 'tolerate' },
      tolerances: [{ component: 'A', at: '/a', absent: true, rule: 'a.b', validators: 'E_S1_0' }],
    },
  ]);
});

it('a table without entries compiles too', () => {
  const tables = [emitOperations([]), emitConstraints([]), emitSchemas({}, {}), emitRules([]), emitErrata([])];
  expect(typeErrors(new Map(tables.map((text, index) => [`table${index}.ts`, text])))).toEqual([]);
});
