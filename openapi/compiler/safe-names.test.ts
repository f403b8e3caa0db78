// Names for exports.
import { describe, expect, it } from 'vitest';
import { isSafeName, NameRegister } from './safe-names.ts';

describe('isSafeName', () => {
  it('lets identifiers through and nothing that JavaScript or the generated modules have another use for', () => {
    expect(['Job', '_a', '$b1'].every(isSafeName)).toBe(true);
    const unsafe = [
      'false',
      'import',
      'class',
      'constructor',
      '__proto__',
      'toString',
      'await',
      'components',
      'a-b',
      '1a',
      '',
      'é',
      'a b',
    ];
    expect(unsafe.filter(isSafeName)).toEqual([]);
  });
});

describe('NameRegister', () => {
  it('gives the nearest safe name', () => {
    const names = new NameRegister([]);
    expect(['azure.foo-bar', '1a', 'class', '', '__proto__'].map((name) => names.claim(name))).toEqual([
      'azure_foo_bar',
      '_1a',
      'class_',
      '_',
      '__proto___',
    ]);
  });

  it('gives each name once, and none that was taken before', () => {
    const names = new NameRegister(['Job']);
    expect([names.claim('Job'), names.claim('Job'), names.claim('Job_2')]).toEqual(['Job_2', 'Job_3', 'Job_2_2']);
  });

  it('cuts names of absurd length', () => {
    expect(new NameRegister([]).claim('a'.repeat(5000))).toHaveLength(100);
  });
});
