import { describe, expect, it } from 'vitest';
import type { LogLine } from './log.ts';
import type { Report, ReportedRequirement } from './report.ts';
import { summarise } from './summarise.ts';
import type { Waiver } from './waivers.ts';
import { badgeData } from './badge.ts';
import { finalTable } from './terminal.ts';
import { exchange, fail, footer, log, pass, row } from './testing/log-fixtures.ts';

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

  it('excuses no fault of the suite, and no target that was never reached', () => {
    const fault: LogLine = { kind: 'fault', text: 'TypeError' };
    expect(report([...failing, fault], [waiver()]).summary).toMatchObject({ exitCode: 4, verdict: 'fault' });
    const dead = log([row(ID), exchange('x1'), ...failing], { footer: footer({ answered: false }) });
    expect(summarise(dead, { waivers: [waiver()], reportDir: 'r' }).summary.exitCode).toBe(3);
  });

  it('excuses no MUST that was not exercised', () => {
    expect(report([], [waiver()]).summary).toMatchObject({ exitCode: 3, verdict: 'incomplete' });
  });

  it('is told beside the verdict and in the badge', () => {
    const made = report([...failing, row('create.seed.minimum'), pass('create.seed.minimum')], [waiver()]);
    expect(made.summary.reason).toBe('1 of 2 MUST in scope passed, none failed, 1 waived');
    expect(badgeData(made).message).toBe('conformant · 1/2 MUST · 1 waived');
    expect(finalTable(made, { colour: false, reportDir: 'r' })).toContain(`  ${ID} until 2027-03-01: fixed in March`);
  });
});

describe('a waiver that is out of date', () => {
  const place = { file: 'waivers.yaml', first: 3, last: 7 };
  const failing = [fail(ID, 'one way'), fail(ID, 'another way')];
  const [print = ''] = only(failing).failures.map(({ fingerprint }) => fingerprint);

  /** What is red about one waiver, and how the run ends. */
  function red(lines: readonly LogLine[], change: Partial<Waiver>): readonly [string | undefined, number] {
    const made = report(lines, [waiver({ place, ...change })]);
    return [made.staleWaivers?.[0]?.state, made.summary.exitCode];
  }

  it('is red past its day, whether its requirement fails, holds or was not asked about', () => {
    expect(red(failing, { expires: '2026-01-01' })).toEqual(['expired', 1]);
    expect(red([pass(ID)], { expires: '2026-01-01' })).toEqual(['expired', 1]);
    expect(red([], { expires: '2026-01-01' })).toEqual(['expired', 1]);
  });

  it('is red where the requirement holds by now', () => {
    expect(red([pass(ID)], {})).toEqual(['passing', 1]);
    expect(red([pass(ID)], { fingerprint: print })).toEqual(['passing', 1]);
  });

  it('is red where the requirement fails otherwise, and excuses nothing of it', () => {
    expect(red(failing, { fingerprint: 'abcdef012345' })).toEqual(['different', 1]);
    expect(only(failing, [waiver({ fingerprint: 'abcdef012345' })]).status).toBe('fail');
  });

  it('is red where another one covers all that it could', () => {
    const made = report([fail(ID, 'one way')], [waiver({ fingerprint: print }), waiver()]);
    expect(made.staleWaivers?.map(({ state }) => state)).toEqual(['unmatched']);
  });

  it('does not accuse the target: the verdict stays, and the reason says whose fault it is', () => {
    const { summary } = report([pass(ID)], [waiver({ place })]);
    expect(summary).toMatchObject({ verdict: 'conformant', exitCode: 1 });
    expect(summary.reason).toBe('a waiver is out of date; 1 of 1 MUST in scope passed, none failed');
  });

  it('is told with the lines to change', () => {
    const made = report([pass(ID)], [waiver({ place })]);
    const told = `waivers.yaml:3-7: the waiver for ${ID} is not needed any longer: the requirement holds; delete it`;
    expect(made.staleWaivers?.[0]?.message).toBe(told);
    expect(finalTable(made, { colour: false, reportDir: 'r' })).toContain(told);
  });

  it('is judged only where its requirement was exercised, by a whole run', () => {
    expect(red([], {})).toEqual([undefined, 3]);
    const cut = log([row(ID), exchange('x1'), pass(ID)], { footer: footer({ ending: 'budget' }) });
    expect(summarise(cut, { waivers: [waiver()], reportDir: 'r' })).toMatchObject({ summary: { exitCode: 5 } });
    const narrowed = log([row(ID, { inScope: false }), exchange('x1')]);
    expect(summarise(narrowed, { waivers: [waiver()], reportDir: 'r' }).staleWaivers).toBeUndefined();
  });
});
