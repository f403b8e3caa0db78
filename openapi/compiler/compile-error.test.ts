// One clear line for a person.
import { expect, it } from 'vitest';
import { CompileError } from './compile-error.ts';

it('says where, what, and what to do, in one line', () => {
  const error = new CompileError({ what: 'the name\nis odd', where: 'a.yaml:1:2 #/x', mend: 'change it' });
  expect(error.message).toBe('a.yaml:1:2 #/x: the name\\u000ais odd; change it');
  expect([error.what, error.where, error.mend]).toEqual(['the name\nis odd', 'a.yaml:1:2 #/x', 'change it']);
});

it('is told apart from faults of the compiler by its name', () => {
  expect(new CompileError({ what: 'a', where: 'b', mend: 'c' }).name).toBe('CompileError');
});
