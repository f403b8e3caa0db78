import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, readHistory } from './history.ts';
import type { Report } from './report.ts';
import { summarise } from './summarise.ts';
import { sampleLog } from './testing/sample-log.ts';

const sample = summarise(sampleLog(), { waivers: [], reportDir: 'r' });

let file = '';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  file = join(folder, 'deep', 'acme.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(id: string, startedAt: string): Report {
  return { ...sample, run: { ...sample.run, id, startedAt } };
}

describe('the history of a target', () => {
  it('grows by one line a run', () => {
    appendHistory(run('a', '2026-11-20T01:00:00Z'), file);
    const entries = appendHistory(run('b', '2026-11-21T01:00:00Z'), file);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(entries.map(({ run: id }) => id)).toEqual(['a', 'b']);
    expect(entries[0]).toMatchObject({
      date: '2026-11-20T01:00:00Z',
      tool: 'fine-tuning-conformance 0.1.0',
      edition: 'current',
      mode: 'compatible',
      scope: 'tier sites',
      must: { fail: 5, total: 69 },
      requests: 1_204,
      jobs: 31,
      durationMs: 184_220,
      exitCode: 1,
    });
  });

  it('does not grow where a report is made again', () => {
    appendHistory(run('a', '2026-11-20T01:00:00Z'), file);
    appendHistory(run('a', '2026-11-20T01:00:00Z'), file);
    expect(readHistory(file)).toHaveLength(1);
  });

  it('is read oldest first, whatever the order of its lines', () => {
    appendHistory(run('b', '2026-11-21T01:00:00Z'), file);
    expect(appendHistory(run('a', '2026-11-20T01:00:00Z'), file).map(({ run: id }) => id)).toEqual(['a', 'b']);
  });

  it('passes over lines that cannot be read, and loses none that comes after them', () => {
    appendHistory(run('a', '2026-11-20T01:00:00Z'), file);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"run": 1}\nnonsense, cut sho`);
    const entries = appendHistory(run('b', '2026-11-21T01:00:00Z'), file);
    expect(entries.map(({ run: id }) => id)).toEqual(['a', 'b']);
    expect(readHistory(file).map(({ run: id }) => id)).toEqual(['a', 'b']);
  });

  it('is empty where there is none', () => {
    expect(readHistory(file)).toEqual([]);
  });
});
