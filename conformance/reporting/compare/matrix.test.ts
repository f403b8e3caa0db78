import { describe, expect, it } from 'vitest';
import type { LogLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { capability, exchange, fail, header, log, pass, row } from '../testing/log-fixtures.ts';
import { differenceOf, type MatrixInput, matrixOf } from './matrix.ts';

const IDS = ['create.a.type', 'create.b.type', 'pause.c.type'];
const ROWS = [row('create.a.type'), row('create.b.type', { level: 'SHOULD' }), row('pause.c.type', { capability: 'pause' })]; // prettier-ignore

interface Change {
  readonly name?: string;
  readonly startedAt?: string;
  readonly edition?: string;
  readonly mode?: 'strict' | 'compatible';
  readonly scope?: Readonly<Record<string, string>>;
}

function report(lines: readonly LogLine[], change: Change = {}): Report {
  const { name = 'acme', startedAt = '2026-11-21T16:00:00Z', edition = 'current', mode = 'compatible', scope = {} } = change; // prettier-ignore
  const head = header({ target: { name }, run: { startedAt }, contract: { edition, mode }, scope });
  return summarise(log([...ROWS, exchange('x1'), ...lines], { header: head }), { waivers: [], reportDir: 'r' });
}

const allPass = IDS.map((id) => pass(id));
const target = (made: Report): MatrixInput => ({ report: made, role: 'target' });
const control = (made: Report): MatrixInput => ({ report: made, role: 'control' });
const failing = report([fail('create.a.type', 'a is wrong'), pass('create.b.type'), pass('pause.c.type')], { name: 'b' }); // prettier-ignore

describe('the matrix', () => {
  it('puts first what passes here and fails there, with what the failure said', () => {
    const { rows } = matrixOf([target(report(allPass)), target(failing)]);
    expect(rows[0]).toMatchObject({
      id: 'create.a.type',
      differs: 'verdict',
      cells: [
        { status: 'pass', said: null },
        { status: 'fail', said: 'a is wrong' },
      ],
    });
    expect(rows.slice(1).every(({ differs }) => differs === null)).toBe(true);
  });

  it.each([
    [['pass', 'fail'], 'verdict'],
    [['pass', 'waived'], 'verdict'],
    [['pass', 'unsupported'], 'support'],
    [['fail', 'unsupported'], 'support'],
    [['pass', 'not-exercised'], 'exercise'],
    [['unsupported', 'not-exercised'], 'exercise'],
    [['absent', 'pass'], 'exercise'],
    [['pass', 'pass'], null],
    [['fail', 'fail'], null],
    [[], null],
  ] as const)('of %j differs in %s', (statuses, expected) => {
    expect(differenceOf(statuses)).toBe(expected);
  });

  it('tells who was judged when, by which tool, edition and mode', () => {
    const { columns } = matrixOf([target(report(allPass)), target(failing)]);
    expect(columns[0]).toMatchObject({
      label: 'acme',
      startedAt: '2026-11-21T16:00:00Z',
      tool: 'fine-tuning-conformance 0.1.0',
      edition: 'current',
      mode: 'compatible',
      marks: [],
    });
    expect(matrixOf([target(failing), target(failing)]).columns.map(({ label }) => label)).toEqual(['b (1)', 'b (2)']);
  });

  it('sets apart what was judged by other rules, and gives it no cell', () => {
    const strict = report(allPass, { mode: 'strict', edition: '2025-05', name: 'old' });
    const { columns, apart, rows } = matrixOf([target(report(allPass)), target(strict), target(failing)]);
    expect(columns.map(({ label }) => label)).toEqual(['acme', 'b']);
    expect(apart[0]).toMatchObject({ label: 'old', standing: 'apart' });
    expect(apart[0]?.marks).toEqual(['judged by edition 2025-05, not current', 'judged in strict mode, not compatible']); // prettier-ignore
    expect(rows[0]?.cells).toHaveLength(2);
  });

  it('shows a stale report, marked, and finds no difference in it', () => {
    const stale = { ...failing, run: { ...failing.run, startedAt: '2026-09-01T00:00:00Z' } };
    const { columns, rows } = matrixOf([target(report(allPass)), target(stale)]);
    expect(columns[1]).toMatchObject({ standing: 'stale', marks: ['stale: 81 days older than the newest report here'] }); // prettier-ignore
    expect(rows.every(({ differs, cells }) => differs === null && cells.length === 2)).toBe(true);
    expect(matrixOf([target(report(allPass)), target(stale)], 100).columns[1]?.standing).toBe('compared');
  });

  it('shows controls and leaves them out of what differs, but where there is only one target', () => {
    const bad = report([], { name: 'null server' });
    const two = matrixOf([target(report(allPass)), target(report(allPass)), control(bad)]);
    expect(two.columns[2]).toMatchObject({ role: 'control' });
    expect(two.rows.every(({ differs }) => differs === null)).toBe(true);
    const one = matrixOf([target(report(allPass)), control(bad)]);
    expect(one.rows.every(({ differs }) => differs === 'exercise')).toBe(true);
  });

  it('marks what was narrowed, and what another version judged', () => {
    const other = { ...failing, tool: { ...failing.tool, version: '0.0.9' } };
    const narrowed = report(allPass, { scope: { tier: 'smoke' } });
    const { columns } = matrixOf([target(report(allPass)), target(other), target(narrowed)]);
    expect(columns[1]?.marks).toEqual(['judged by version 0.0.9, the first report by 0.1.0']);
    expect(columns[2]?.marks).toEqual(['narrowed: tier smoke']);
  });

  it('compares capabilities and what was observed, those that differ first', () => {
    const lines = (found: 'offered' | 'absent', value: string): LogLine[] => [
      ...allPass,
      { kind: 'observed', subject: 'same', value: 'for job ftjob-123abc' },
      { kind: 'observed', subject: 'cursor', value },
      capability('core', 'claimed', 'offered'),
      capability('pause', 'unclaimed', found),
    ];
    const matrix = matrixOf([target(report(lines('offered', 'status 400'))), target(report(lines('absent', 'status 404')))]); // prettier-ignore
    expect(matrix.observed).toEqual([
      { subject: 'cursor', values: ['status 400', 'status 404'], differs: true },
      { subject: 'same', values: ['for job ftjob-123abc', 'for job ftjob-123abc'], differs: false },
    ]);
    expect(matrix.capabilities[0]).toMatchObject({
      subject: 'pause',
      values: ['offered, unclaimed', 'absent, unclaimed'],
    });
  });

  it('does not take ids of two runs for a difference', () => {
    const told = (id: string): Report => report([...allPass, { kind: 'observed', subject: 's', value: `no such object ${id}` }]); // prettier-ignore
    expect(matrixOf([target(told('ftjob-08220265')), target(told('ftjob-a38cdb84'))]).observed[0]?.differs).toBe(false);
  });
});
