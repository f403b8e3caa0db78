import { describe, expect, it } from 'vitest';
import type { LogLine } from './log.ts';
import type { Report, ReportedRequirement } from './report.ts';
import { summarise } from './summarise.ts';
import type { Waiver } from './waivers.ts';
import { exchange, fail, log, pass, row } from './testing/log-fixtures.ts';

const ID = 'create.seed.maximum';

function report(lines: readonly LogLine[], waivers: readonly Waiver[] = []): Report {
  return summarise(log([row(ID), exchange('x1'), ...lines]), { waivers, reportDir: 'reports/acme' });
}

/** The only row of a report on some lines. */
function only(lines: readonly LogLine[], waivers: readonly Waiver[] = []): ReportedRequirement {
  const [first] = report(lines, waivers).requirements;
  if (first === undefined) throw new Error('no row');
  return first;
}

function waiver(change: Partial<Waiver> = {}): Waiver {
  return { requirement: ID, reason: 'fixed in March', owner: 'jo', expires: '2027-03-01', ...change };
}

describe('a waiver', () => {
  const failing = [fail(ID, 'one way'), fail(ID, 'another way')];
  const prints = only(failing).failures.map(({ fingerprint }) => fingerprint);

  it('for the requirement covers all that is wrong with it', () => {
    const made = report(failing, [waiver()]);
    expect(made.requirements[0]).toMatchObject({
      status: 'waived',
      failures: [{ waiver: { owner: 'jo' } }, { waiver: { reason: 'fixed in March' } }],
    });
    expect(made.summary).toMatchObject({ exitCode: 0, must: { waived: 1, fail: 0 } });
  });

  it('for one failure leaves the others failing', () => {
    expect(only(failing, [waiver({ fingerprint: prints[0] })]).status).toBe('fail');
    expect(
      only(
        failing,
        prints.map((fingerprint) => waiver({ fingerprint })),
      ).status,
    ).toBe('waived');
  });

  it('counts on its last day and not on the next', () => {
    expect(only(failing, [waiver({ expires: '2026-11-21' })]).status).toBe('waived');
    expect(only(failing, [waiver({ expires: '2026-11-20' })]).status).toBe('fail');
  });

  it('that expired, or that nothing needs, is told of', () => {
    const made = report([pass(ID)], [waiver({ expires: '2026-01-01' }), waiver({ fingerprint: 'abcdef012345' })]);
    expect(made.notices).toEqual([
      `the waiver for ${ID} expired on 2026-01-01; ask jo, or delete it`,
      `the waiver for ${ID} (abcdef012345) covers no failure of this run; delete it if that stays so`,
    ]);
  });
});
