import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { constraints } from '#generated/current/constraints.ts';
import { rules } from '#generated/current/rules.ts';
import { errata } from '#generated/current/errata.ts';
import { registry, requirementById, requirementsOf } from './registry.ts';
import type { Requirement } from './requirement.ts';
import { CAPABILITIES, CHAPTERS, EDITIONS, keyOf, LEVELS, levelIn } from './requirement.ts';

/** What a row asks for and how binding it is: whoever changes one of these lines changes what targets are promised. */
const SNAPSHOT = new URL('registry.snapshot.json', import.meta.url);

afterEach(() => {
  vi.resetModules();
});

/** All of a row that can be read, in one line. */
function lineOf(row: Requirement): string {
  const { title, statement, since, authority, capability, conditional, needsSuccess, strict, erratum } = row;
  const marks = [
    conditional ? 'conditional' : '',
    needsSuccess ? 'needs success' : '',
    strict === undefined ? '' : `${strict} in strict mode`,
    erratum ?? '',
  ];
  const standing = [row.level, authority, since, capability, ...marks.filter((mark) => mark !== '')];
  const checks = row.checks.map(({ on, key }) => (key === undefined ? on : `${on} ${key}`));
  return [standing.join(', '), checks.join(', '), title, statement, row.sources.join('; ')].join(' | ');
}

describe('the registry', () => {
  it('tells of each row what it told before, in a process that loads it anew', async () => {
    vi.resetModules();
    const { registry: anew } = await import('./registry.ts');
    expect(Object.fromEntries(anew.map((row) => [row.id, lineOf(row)]))).toMatchSnapshot();
  });

  it('has the ids and levels that were promised; run with UPDATE_REGISTRY=1 to promise others', async () => {
    const lines = registry.map(
      ({ id, level, strict, conditional }) =>
        [
          id,
          `${level}${strict === undefined ? '' : `, ${strict} in strict mode`}${conditional ? ', conditional' : ''}`,
        ] as const,
    );
    const now = `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`;
    if (process.env['UPDATE_REGISTRY'] === '1') {
      const { writeFileSync } = await import('node:fs');
      writeFileSync(SNAPSHOT, now);
    }
    expect(JSON.parse(now)).toEqual(JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
  });

  it('has every id once, and finds each row by it', () => {
    const ids = registry.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of registry) expect(requirementById(row.id)).toBe(row);
    expect(requirementById('toString')).toBeUndefined();
  });

  it.each(registry.map((row) => [row.id, row] as const))(
    '%s is a row that can be read, judged and looked up',
    (id, row) => {
      expect(id).toMatch(/^[a-z]+(\.[A-Za-z0-9_-]+)+$/);
      expect(id.startsWith(`${row.chapter}.`)).toBe(true);
      expect(row.title).toMatch(/^\S.{2,118}\S$/);
      expect(row.title).not.toMatch(/\.$/);
      expect(row.statement).toMatch(/^\S.*\.$/s);
      expect(row.sources.length).toBeGreaterThan(0);
      expect(row.checks.length).toBeGreaterThan(0);
      expect(CHAPTERS).toContain(row.chapter);
      expect(LEVELS).toContain(row.level);
      expect(EDITIONS).toContain(row.since);
      expect(CAPABILITIES).toContain(row.capability);
    },
  );

  it('fails no target for what was only observed', () => {
    const observed = registry.filter(({ authority }) => authority === 'OBSERVED');
    expect(observed.length).toBeGreaterThan(0);
    for (const row of observed)
      expect([row.id, levelIn('strict', row), levelIn('compatible', row)]).toEqual([row.id, 'MAY', 'MAY']);
  });

  it('is never laxer in strict mode', () => {
    for (const row of registry) {
      expect(LEVELS.indexOf(levelIn('strict', row))).toBeLessThanOrEqual(LEVELS.indexOf(levelIn('compatible', row)));
    }
  });

  it('names only errata that stand in the register', () => {
    const known = new Set(errata.map(({ id }) => id));
    const named = [
      ...registry.flatMap(({ erratum }) => erratum ?? []),
      ...constraints.flatMap(({ standing }) => standing?.erratum ?? []),
    ];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has a row for every prose rule of the contract', () => {
    const without = Object.keys(rules).filter((id) => requirementById(id) === undefined);
    expect(without).toEqual([]);
  });

  it('has every row in the newest edition, and fewer in each before', () => {
    const sizes = EDITIONS.map((edition) => requirementsOf(edition).length);
    expect(sizes.at(-1)).toBe(registry.length);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
    expect(requirementsOf('2024-04').some(({ id }) => id.startsWith('pause.') || id.startsWith('graders.'))).toBe(
      false,
    );
  });

  it('judges only observations that there can be', () => {
    const kinds = new Set(registry.flatMap(({ checks }) => checks.map(({ on }) => on)));
    expect([...kinds].sort()).toEqual([
      'acceptance',
      'creation',
      'exchange',
      'fault',
      'filter',
      'history',
      'object',
      'probe',
      'walk',
    ]);
    expect(keyOf({ kind: 'fault', fault: { requirement: 'r', site: 's', at: '', description: '' } } as never)).toBe(
      'r',
    );
  });
});
