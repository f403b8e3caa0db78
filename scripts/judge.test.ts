// The kill matrix as a command: what it prints and writes, how it ends, and that its samples leave no requirement out.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './testing/commands.ts';

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'judge-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run judge', () => {
  it('tells of each defect whether it was found, after how much, and writes matrix and page', { timeout: MINUTE }, async () => {
    const { status, out, err } = await run('judge.ts', ['--defect', 'metadata-lost', '--report', folder]);
    expect(err).toMatch(/\[1\/1\] found {2}metadata-lost -> echo\.metadata after \d+ requests/);
    expect(out).toContain('1 of 1 defects found under the requirement that they break, 1 requirements');
    expect(status).toBe(0);
    const { results } = JSON.parse(readFileSync(join(folder, 'kill-matrix.json'), 'utf8')) as { results: unknown };
    expect(results).toMatchObject([{ id: 'metadata-lost', breaks: 'echo.metadata', isFound: true, faults: [] }]);
    expect(readFileSync(join(folder, 'kill-matrix.html'), 'utf8')).toContain('metadata-lost');
  }); // prettier-ignore

  it.each([
    [['--defect', 'no-such-defect'], /no defect is called no-such-defect/],
    [['--sample', 'some'], /--sample some is no number/],
    [['--every', '0'], /--every 0 is no step/],
  ])('refuses %j with the mend', async (args, message) => {
    const { status, err } = await run('judge.ts', args);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n +at /);
    expect(status).toBe(2);
  });
});
