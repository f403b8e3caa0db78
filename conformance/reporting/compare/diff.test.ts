import { describe, expect, it } from 'vitest';
import type { LogLine, RequirementLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { exchange, fail, header, log, pass, row } from '../testing/log-fixtures.ts';
import { type Diff, diffExit, diffOf, isUnchanged } from './diff.ts';

const ID = 'create.a.type';

function report(lines: readonly LogLine[], rows: readonly RequirementLine[] = [row(ID)], head = header()): Report {
  return summarise(log([...rows, exchange('x1'), ...lines], { header: head }), { waivers: [], reportDir: 'r' });
}

const passing = report([pass(ID)]);
const failing = report([fail(ID, 'wrong')]);
const silent = report([]);

const ids = (diff: Diff, list: 'newlyFailing' | 'newlyPassing' | 'newlyExercised' | 'noLongerExercised'): string[] =>
  diff[list].map(({ id }) => id);

describe('from one report to the next', () => {
  it('what passed and fails is newly failing, with what is said of it', () => {
    const diff = diffOf(passing, failing);
    expect(diff.newlyFailing).toEqual([
      { id: ID, title: `Title of ${ID}`, level: 'MUST', from: 'pass', to: 'fail', said: 'wrong' },
    ]);
    expect([ids(diff, 'newlyExercised'), ids(diff, 'noLongerExercised')]).toEqual([[], []]);
    expect(diffExit(diff)).toBe(1);
  });

  it('what failed and passes is newly passing, and no reason to fail', () => {
    const diff = diffOf(failing, passing);
    expect(ids(diff, 'newlyPassing')).toEqual([ID]);
    expect(diffExit(diff)).toBe(0);
  });

  it('what was silent and speaks is newly exercised; the other way round it is no longer', () => {
    expect(ids(diffOf(silent, passing), 'newlyExercised')).toEqual([ID]);
    expect(ids(diffOf(silent, passing), 'newlyPassing')).toEqual([]);
    expect(ids(diffOf(passing, silent), 'noLongerExercised')).toEqual([ID]);
    expect(diffExit(diffOf(passing, silent))).toBe(0);
  });

  it('what was silent and fails is both newly failing and newly exercised', () => {
    const diff = diffOf(silent, failing);
    expect([ids(diff, 'newlyFailing'), ids(diff, 'newlyExercised'), diffExit(diff)]).toEqual([[ID], [ID], 1]);
  });

  it('a MAY that newly fails is told of and fails nothing', () => {
    const may = [row(ID, { level: 'MAY' })];
    const diff = diffOf(report([pass(ID)], may), report([fail(ID, 'm')], may));
    expect([ids(diff, 'newlyFailing'), diffExit(diff)]).toEqual([[ID], 0]);
  });

  it('a row that fails in a way that was not seen before is told of', () => {
    const diff = diffOf(failing, report([fail(ID, 'wrong'), fail(ID, 'also odd')]));
    expect(diff.failingInOtherWays).toMatchObject([{ id: ID, said: 'also odd' }]);
    expect(diffExit(diff)).toBe(0);
  });

  it('denominators are told where they changed', () => {
    const more = report([pass(ID), pass('create.b.type')], [row(ID), row('create.b.type')]);
    expect(diffOf(passing, more).denominators).toEqual([
      {
        level: 'MUST',
        old: { exercised: 1, applicable: 1, total: 1 },
        new: { exercised: 2, applicable: 2, total: 2 },
      },
    ]);
    expect(diffOf(passing, failing).denominators).toEqual([]);
  });

  it('nothing changes between a report and itself', () => {
    for (const one of [passing, failing, silent]) expect(isUnchanged(diffOf(one, one))).toBe(true);
    expect(isUnchanged(diffOf(passing, failing))).toBe(false);
  });
});

describe('reports that are hard to compare', () => {
  it.each([
    ['target', header({ target: { name: 'other' } }), 'two targets: acme before, other after'],
    ['edition', header({ contract: { edition: '2025-05' } }), 'judged by edition 2025-05, not current'],
    ['mode', header({ contract: { mode: 'strict' } }), 'judged in strict mode, not compatible'],
    ['scope', header({ scope: { tier: 'smoke' } }), 'scope before: everything; after: tier smoke'],
    ['order', header({ run: { startedAt: '2020-01-01T00:00:00Z' } }), 'taken for the later one is the older'],
  ])('say so: another %s', (_, head, expected) => {
    expect(diffOf(passing, report([pass(ID)], [row(ID)], head)).warnings.join('; ')).toContain(expected);
  });

  it('are told apart from those that are not', () => {
    expect(diffOf(passing, failing).warnings).toEqual([]);
  });
});
