import { describe, expect, it } from 'vitest';
import { run } from './testing/commands.ts';
import { differingRows } from './testing/steady-run.ts';

const MINUTE = 60_000;

describe('npm run steady', () => {
  it('finds the same verdicts over a slow line and beside other work', { timeout: 3 * MINUTE }, async () => {
    const args = ['--runs', '2', '--tier', 'smoke', '--latency', '20', '--load'];
    const { status, out } = await run('steady.ts', args);
    expect(out).toMatch(/^current compatible: 2 runs of \d{3} rows, 0 flaky, 0 not conformant\n/);
    expect(out).toContain('flaky verdicts: 0 in 2 runs, 0 of them not conformant');
    expect(status).toBe(0);
  });

  it('is red where a run is', { timeout: MINUTE }, async () => {
    const { status, out } = await run('steady.ts', ['--runs', '1', '--tier', 'smoke', '--defect', 'metadata-lost']);
    expect(out).toMatch(/1 runs of \d{3} rows, 0 flaky, 1 not conformant\n {2}\S/);
    expect(status).toBe(1);
  });
});

describe('verdicts that differ', () => {
  it('are told with how often each was given', () => {
    const all = [{ a: 'pass', b: 'pass' }, { a: 'pass', b: 'fail' }, { a: 'pass', b: 'pass' }]; // prettier-ignore
    expect(differingRows(all.map((statuses) => ({ statuses })))).toEqual(['b: pass 2, fail 1']);
  });

  it('are also those that a run does not give at all', () => {
    expect(differingRows([{ statuses: { a: 'pass' } }, { statuses: {} }])).toEqual(['a: pass 1, missing 1']);
    expect(differingRows([])).toEqual([]);
  });
});
