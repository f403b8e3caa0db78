import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FooterLine, HeaderLine, LogLine } from './log.ts';
import { DoubledShard, ForeignShard, MissingShard, NotAShard, TruncatedLog } from './log-errors.ts';
import { mergeShards } from './merge-shards.ts';
import type { Report } from './report.ts';
import { asText, capability, exchange, fail, header, log, pass, row } from './testing/log-fixtures.ts';
import { sampleLog } from './testing/sample-log.ts';
import { splitLog } from './testing/split-log.ts';
import { readReport } from './write-report.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shards-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function written(logs: readonly (readonly LogLine[])[]): string[] {
  return logs.map((lines, index) => {
    const dir = join(folder, `shard-${index}`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'results.jsonl'), asText(lines));
    return dir;
  });
}

async function merged(logs: readonly (readonly LogLine[])[]): Promise<Report> {
  await mergeShards(written(logs), join(folder, 'merged'));
  return readReport(join(folder, 'merged'), []);
}

/** A report without what may differ between a run and its shards: ids, times, and the folder that replays name. */
function timeless(report: Report): unknown {
  const requirements = report.requirements.map((one) => ({
    ...one,
    failures: one.failures.map(({ exchange: _exchange, replay: _replay, ...failure }) => failure),
  }));
  const { id: _id, startedAt: _startedAt, durationMs: _durationMs, ...run } = report.run;
  return { ...report, run, requirements };
}

async function whole(lines: readonly LogLine[]): Promise<Report> {
  const dir = join(folder, 'whole');
  mkdirSync(dir);
  writeFileSync(join(dir, 'results.jsonl'), asText(lines));
  return readReport(dir, []);
}

const changedHeader = (shard: LogLine[], change: (line: HeaderLine) => HeaderLine): LogLine[] =>
  shard.map((line) => (line.kind === 'header' ? change(line) : line));
const changedFooter = (shard: LogLine[], change: Partial<FooterLine>): LogLine[] =>
  shard.map((line) => (line.kind === 'footer' ? { ...line, ...change } : line));

describe('merging shards', () => {
  it.each([1, 2, 4, 8])('of %i gives the report of the run that was not sharded', async (count) => {
    expect(timeless(await merged(splitLog(sampleLog(), count)))).toEqual(timeless(await whole(sampleLog())));
  });

  it('does not ask for an order of the folders, and gives the same bytes each time', async () => {
    const dirs = written(splitLog(sampleLog(), 3));
    await mergeShards(dirs, join(folder, 'a'));
    await mergeShards([...dirs].reverse(), join(folder, 'b'));
    const text = (name: string): string => readFileSync(join(folder, name, 'results.jsonl'), 'utf8');
    expect(text('a')).toBe(text('b'));
    expect(readdirSync(join(folder, 'a'))).toEqual(['results.jsonl']);
  });

  it('fails a row that one shard saw fail, with that shard’s evidence', async () => {
    const id = 'create.a.type';
    const shards = splitLog(log([row(id), exchange('x1'), pass(id)]), 2);
    const second = shards[1] ?? [];
    const failing = [...second.slice(0, -1), exchange('x1', { payload: { seed: 7 } }), fail(id, 'm'), ...second.slice(-1)]; // prettier-ignore
    const report = await merged([shards[0] ?? [], failing]);
    expect(report.requirements[0]).toMatchObject({
      status: 'fail',
      exercised: 2,
      failures: [{ exchange: 's2-x1', payload: { seed: 7 } }],
    });
  });

  it('ends as the worst shard ended, is answered where one was, and discriminates where all do', async () => {
    const [first = [], second = []] = splitLog(sampleLog(), 2);
    const report = await merged([
      changedFooter(first, { answered: false }),
      changedFooter(second, { discriminates: false, discriminationReason: 'one id for all' }),
    ]);
    expect(report.requirements.some(({ status }) => status === 'pass')).toBe(false);
    expect(report.requirements.find(({ id }) => id === 'echo.model')?.reason).toContain('one id for all (shard 2/2)');
    expect(report.summary.exitCode).toBe(1);
    const id = 'create.a.type';
    const [third = [], fourth = []] = splitLog(log([row(id), exchange('x1'), pass(id)]), 2);
    const stopped = await merged([third, changedFooter(fourth, { ending: 'budget', endingReason: 'no jobs left' })]);
    expect(stopped.summary).toMatchObject({ exitCode: 5, verdict: 'incomplete' });
    expect(stopped.summary.reason).toContain('no jobs left (shard 2/2)');
  });

  it('takes a capability for offered where one shard found it', async () => {
    const [first = [], second = []] = splitLog(log([capability('pause', 'unclaimed', 'absent')]), 2);
    const found = second.map((line) =>
      line.kind === 'capability' ? capability('pause', 'unclaimed', 'offered', 'it paused') : line,
    );
    const report = await merged([first, found]);
    expect(report.capabilities).toEqual([
      { capability: 'pause', claim: 'unclaimed', found: 'offered', reason: 'it paused' },
    ]);
  });

  it('says once what every shard says, and twice what one says twice', async () => {
    const said = { kind: 'notice', text: 'three jobs of others' } as const;
    const once = await merged(splitLog(log([said]), 4));
    expect(once.notices).toEqual(['three jobs of others']);
    const twice = await merged(splitLog(log([said, said]), 2));
    expect(twice.notices).toEqual(['three jobs of others (2 times)']);
  });

  it('takes servers that were started for each shard for one target', async () => {
    const local = log([], { header: header({ target: { baseUrl: 'http://127.0.0.1:4010/v1' } }) });
    const [first = [], second = []] = splitLog(local, 2);
    const other = changedHeader(second, (line) => ({
      ...line,
      target: { ...line.target, baseUrl: 'http://127.0.0.1:39149/v1' },
    }));
    expect((await merged([first, other])).run.shard).toBeNull();
  });
});

describe('shards that do not belong together', () => {
  const shards = (): LogLine[][] => splitLog(sampleLog(), 3);
  const refusal = async (logs: readonly (readonly LogLine[])[]): Promise<unknown> => merged(logs).catch((error: unknown) => error); // prettier-ignore

  it('are refused where one is missing, and named', async () => {
    const error = await refusal(shards().slice(0, 2));
    expect(error).toBeInstanceOf(MissingShard);
    expect(String(error)).toContain('shard 3/3 of the run is missing');
  });

  it('are refused where one stands twice', async () => {
    const [first = [], ...rest] = shards();
    const error = await refusal([first, first, ...rest]);
    expect(error).toBeInstanceOf(DoubledShard);
    expect(String(error)).toMatch(/shard 1\/3 stands in .* and in /);
  });

  it.each<[string, (line: HeaderLine) => HeaderLine]>([
    ['seed', (line) => ({ ...line, run: { ...line.run, seed: 99 } })],
    ['edition', (line) => ({ ...line, contract: { ...line.contract, edition: '2025-05' } })],
    ['mode', (line) => ({ ...line, contract: { ...line.contract, mode: 'strict' } })],
    ['contract', (line) => ({ ...line, contract: { ...line.contract, sha256: '00' } })],
    ['target', (line) => ({ ...line, target: { ...line.target, name: 'other' } })],
    ['base URL', (line) => ({ ...line, target: { ...line.target, baseUrl: 'https://other.example/v1' } })],
    ['profile', (line) => ({ ...line, target: { ...line.target, profile: null } })],
    ['tool', (line) => ({ ...line, tool: { ...line.tool, version: '9.9.9' } })],
    ['number of cases', (line) => ({ ...line, run: { ...line.run, cases: 7 } })],
    ['number of shards', (line) => ({ ...line, run: { ...line.run, shard: '2/4' } })],
    ['scope', (line) => ({ ...line, scope: { tier: 'smoke' } })],
    ['defects', (line) => ({ ...line, targetWords: ['--defect', 'suffix-cut'] })],
  ])('are refused where one has another %s', async (trait, change) => {
    const [first = [], second = [], third = []] = shards();
    const error = await refusal([first, changedHeader(second, change), third]);
    expect(error).toBeInstanceOf(ForeignShard);
    expect(String(error)).toContain(`its ${trait} is`);
  });

  it('are refused where one judges other rows', async () => {
    const [first = [], second = [], third = []] = shards();
    const other = second.map((line) => (line.kind === 'requirement' ? { ...line, inScope: false } : line));
    expect(await refusal([first, other, third])).toBeInstanceOf(ForeignShard);
    expect(readdirSync(join(folder, 'merged'))).toEqual([]);
  });

  it('are refused where one is no shard, or one that cannot be', async () => {
    expect(await refusal([sampleLog()])).toBeInstanceOf(NotAShard);
    for (const shard of ['0/3', '4/3', 'one', '1/0']) {
      const [first = [], ...rest] = shards();
      const odd = changedHeader(first, (line) => ({ ...line, run: { ...line.run, shard } }));
      expect(await refusal([odd, ...rest]), shard).toBeInstanceOf(NotAShard);
    }
  });

  it('are refused where one was cut short', async () => {
    const [first = [], second = [], third = []] = shards();
    expect(await refusal([first, second.slice(0, -1), third])).toBeInstanceOf(TruncatedLog);
  });
});
