// A run in shards comes to what the whole comes to: each part judges its own, and the merged report is of them all.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { mergeShards } from '../conformance/reporting/merge-shards.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { readReport } from '../conformance/reporting/write-report.ts';
import { startEmulator } from '../emulator/server.ts';
import { judgedAt, KEYS } from './testing/judged-emulator.ts';

const DEFECTS = ['lenient:create.seed.minimum', 'strict-maximum:create.seed.accepts', 'suffix-of-forty'];
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'conformance-shards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run, or a part of one; its log lies in a folder. */
async function run(url: string, name: string, shard?: string): Promise<string> {
  const { lines } = await judgedAt(url, { tier: 'sites', shard });
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'results.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return dir;
}

/** What shards have to agree on with the whole: rows that wait for no condition. */
function statuses({ requirements }: Report): string[] {
  return requirements.filter(({ conditional }) => !conditional).map(({ id, status }) => `${id} ${status}`);
}

describe('a run in shards', () => {
  it.each([2, 4, 8])('of %i comes to the verdicts of the whole', { timeout: 4 * MINUTE }, async (count) => {
    const emulator = await startEmulator({ ...KEYS, defects: DEFECTS });
    onTestFinished(() => emulator.close());
    const whole = await readReport(await run(emulator.url, `whole-${count}`), []);
    const dirs: string[] = [];
    for (let index = 1; index <= count; index += 1)
      dirs.push(await run(emulator.url, `${index}-of-${count}`, `${index}/${count}`));
    const merged = join(folder, `merged-${count}`);
    await mergeShards(dirs, merged);
    const report = await readReport(merged, []);
    expect(statuses(report)).toEqual(statuses(whole));
    expect(report.requirements.filter(({ status }) => status === 'fail').length).toBeGreaterThan(2);
    expect(report.summary.exitCode).toBe(whole.summary.exitCode);
  });
});
