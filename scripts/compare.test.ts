// npm run compare and npm run report as they are called, on logs of the emulator, of a defective and a waivered one.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReportFile } from '../conformance/reporting/compare/read-report.ts';
import type { LogLine } from '../conformance/reporting/log.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { splitLog } from '../conformance/reporting/testing/split-log.ts'; // prettier-ignore
import { type Finished, root, run } from './testing/commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'compare-'));
const ONLY = ['--only', 'create.seed.*', '--only', 'echo.seed', '--quiet'];

const npm = (script: string, ...args: readonly string[]): Promise<Finished> => run(`${script}.ts`, args);
const at = (...names: readonly string[]): string => join(folder, ...names);
const report = (name: string): Report => JSON.parse(readFileSync(at(name, 'conformance.json'), 'utf8')) as Report;
const logOf = (name: string): LogLine[] => readFileSync(at(name, 'results.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as LogLine); // prettier-ignore

beforeAll(async () => {
  const waivers = at('waivers.yaml');
  writeFileSync(
    waivers,
    'waivers:\n  - { requirement: create.seed.maximum, reason: known, owner: acme, expires: 2099-01-01 }\n',
  );
  const defect = ['--defect', 'seed-wraps-around'];
  expect((await npm('conformance', ...ONLY, '--report', at('good'))).status).toBe(0);
  expect((await npm('conformance', ...ONLY, ...defect, '--report', at('bad'))).status).toBe(1);
  expect((await npm('conformance', ...ONLY, ...defect, '--waivers', waivers, '--report', at('waived'))).status).toBe(0);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run compare', () => {
  it('writes a page, Markdown and JSON, and names what differs', async () => {
    const { status, out } = await npm('compare', at('good', 'conformance.json'), at('bad'), '--control', at('waived'), '--out', at('matrix')); // prettier-ignore
    expect(status).toBe(0);
    expect(readdirSync(at('matrix')).sort()).toEqual(['index.html', 'matrix.json', 'matrix.md']);
    expect(out).toContain('MUST   create.seed.maximum');
    expect(out).toContain('emulator (3) (control): conformant');
    const matrix = JSON.parse(readFileSync(at('matrix', 'matrix.json'), 'utf8')) as { rows: { id: string; cells: { status: string }[] }[] }; // prettier-ignore
    expect(matrix.rows[0]).toMatchObject({ id: 'create.seed.maximum', differs: 'verdict' });
    expect(matrix.rows[0]?.cells.map(({ status: stands }) => stands)).toEqual(['pass', 'fail', 'waived']);
  });

  it('--diff ends with 1 on newly failing alone', async () => {
    const worse = await npm('compare', '--diff', at('good'), at('bad'), '--out', at('diff'));
    expect(worse.status).toBe(1);
    expect(worse.out).toMatch(/## Newly failing \(\d+\)\n\n- MUST `create\.seed\.maximum`: passed → failed/);
    expect(readdirSync(at('diff')).sort()).toEqual(['diff.json', 'diff.md']);
    const better = await npm('compare', '--diff', at('bad'), at('good'));
    expect([better.status, better.out.includes('## Newly passing')]).toEqual([0, true]);
    expect((await npm('compare', '--diff', at('bad'), at('bad'))).out).toMatch(/nothing changed/);
  });

  it('tells a usage error in one line with its mend', async () => {
    writeFileSync(at('no.json'), 'nonsense');
    writeFileSync(at('other.json'), '{"schemaVersion": "2"}');
    writeFileSync(at('huge.json'), '');
    truncateSync(at('huge.json'), 65 * 1024 * 1024);
    const good = at('good');
    for (const [args, expected] of [
      [[good], /one report has nothing to be compared with; name two or more/],
      [[], /missing required argument/],
      [[good, at('nowhere.json')], /nowhere\.json cannot be read \(ENOENT\)/],
      [[good, at('no.json')], /no\.json is no JSON/],
      [[good, at('other.json')], /other\.json is not a conformance report/],
      [[good, at('huge.json')], /huge\.json has \d+ bytes, at most/],
      [[good, '/dev/zero'], /\/dev\/zero is no file/],
      [Array.from({ length: 25 }, () => good), /25 reports were named, at most 24 fit/],
      [['--diff', good], /--diff takes exactly two reports/],
      [['--diff', good, good, good], /--diff takes exactly two reports/],
      [[good, good, '--stale-days', 'x'], /--stale-days/],
      [[good, good, '--sideways'], /unknown option/],
      [[good, good, '--out', '/dev/null/x'], /cannot be written to/],
    ] as const) {
      const { status, err } = await npm('compare', ...args);
      expect([status, err.trim().split('\n').length], String(expected)).toEqual([2, 1]);
      expect(err).toMatch(expected);
    }
  }, 120_000);
});

describe('npm run report', () => {
  it('makes every file of a report again, to the same bytes', async () => {
    cpSync(at('bad'), at('again'), { recursive: true });
    const files = readdirSync(at('again')).filter((name) => name !== 'results.jsonl');
    expect(files).toContain('coverage.json');
    expect((await npm('report', at('bad'))).status).toBe(0);
    for (const name of files) rmSync(at('again', name));
    rmSync(at('bad-before'), { recursive: true, force: true });
    cpSync(at('bad'), at('bad-before'), { recursive: true });
    for (const name of files) rmSync(at('bad', name));
    expect(await npm('report', at('bad'), '--quiet')).toEqual({ status: 0, out: '', err: '' });
    for (const name of files)
      expect(readFileSync(at('bad', name), 'utf8'), name).toBe(readFileSync(at('bad-before', name), 'utf8'));
  });

  it('prints the final table, and ends as the run did where that is asked for', async () => {
    const { status, out } = await npm('report', at('bad'));
    expect([status, out.startsWith('NON-CONFORMANT')]).toEqual([0, true]);
    expect((await npm('report', at('bad'), '--exit-code', '--quiet')).status).toBe(1);
    expect((await npm('report', at('good'), '--exit-code', '--quiet')).status).toBe(0);
  });

  it('takes other waivers than those of the run', async () => {
    cpSync(at('bad'), at('excused'), { recursive: true });
    const { status } = await npm('report', at('excused'), '--waivers', at('waivers.yaml'), '--exit-code', '--quiet');
    expect(status).toBe(0);
    expect(report('excused').requirements.find(({ id }) => id === 'create.seed.maximum')?.status).toBe('waived');
  });

  it('keeps a history, to which a run is added once', async () => {
    const history = at('history', 'emulator.jsonl');
    for (const name of ['good', 'bad', 'bad']) await npm('report', at(name), '--history', history, '--quiet');
    expect(readFileSync(history, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(readFileSync(at('bad', 'index.html'), 'utf8')).toContain('id="trends"');
  });

  it('merges shards into the report of the whole run', async () => {
    for (const [index, lines] of splitLog(logOf('bad'), 3).entries()) {
      mkdirSync(at('shards', String(index)), { recursive: true });
      // A shard's own footer counts its own lines.
      const own = lines.map((line) => (line.kind === 'footer' ? { ...line, above: undefined } : line));
      writeFileSync(at('shards', String(index), 'results.jsonl'), own.map((line) => `${JSON.stringify(line)}\n`).join('')); // prettier-ignore
    }
    const dirs = [0, 1, 2].map((index) => at('shards', String(index)));
    expect((await npm('report', '--merge', ...dirs, '--out', at('merged'), '--exit-code', '--quiet')).status).toBe(1);
    const statuses = (name: string): string[] => report(name).requirements.map(({ id, status }) => `${id} ${status}`);
    expect(statuses('merged')).toEqual(statuses('bad'));
    expect(report('merged').summary).toEqual(report('bad').summary);

    const missing = await npm('report', '--merge', ...dirs.slice(1), '--out', at('part'));
    expect([missing.status, missing.err]).toEqual([3, 'error shard 1/3 of the run is missing; run it and merge again\n']); // prettier-ignore
    expect((await npm('report', '--merge', ...dirs, dirs[0] ?? '', '--out', at('part'))).status).toBe(3);
    expect((await npm('report', '--merge', at('good'), at('bad'), '--out', at('part'))).err).toMatch(/is a whole run; only runs with --shard/); // prettier-ignore
    expect(existsSync(at('part', 'conformance.json'))).toBe(false);
  });

  it('makes a page of a kill matrix', async () => {
    writeFileSync(at('kill-matrix.json'), JSON.stringify({ seed: 1, seconds: 2, results: [] }));
    expect((await npm('report', '--kill-matrix', at('kill-matrix.json'), '--out', at('judge'))).status).toBe(0);
    expect(readFileSync(at('judge', 'kill-matrix.html'), 'utf8')).toContain('<h1>Kill matrix</h1>');
  });

  it('tells a usage error in one line with its mend', async () => {
    mkdirSync(at('empty'));
    mkdirSync(at('torn'));
    writeFileSync(at('torn', 'results.jsonl'), readFileSync(at('good', 'results.jsonl'), 'utf8').slice(0, 5_000));
    for (const [args, expected] of [
      [[], /no folder was named/],
      [[at('nowhere')], /nowhere is no folder/],
      [[at('empty')], /results\.jsonl cannot be read/],
      [[at('torn')], /did not come to its end; no report can be made from it/],
      [[at('good'), at('bad')], /add --merge for shards of one run/],
      [[at('good'), '--out', at('x')], /--out goes with --merge/],
      [['--merge', at('good')], /add --out DIR/],
      [['--kill-matrix', at('good', 'badge.json'), '--out', at('x')], /is no kill matrix/],
      [[at('good'), '--waivers', at('nowhere.yaml')], /nowhere\.yaml/],
    ] as const) {
      const { status, err } = await npm('report', ...args);
      expect([status, err.trim().split('\n').length], String(expected)).toEqual([2, 1]);
      expect(err).toMatch(expected);
    }
  }, 120_000);
});

describe('the sample in reports/samples', () => {
  const sample = (name: string): string => readFileSync(join(root, 'reports/samples/emulator-with-three-defects', name), 'utf8'); // prettier-ignore

  it('is a report that can be compared, and fails what its three defects break', () => {
    const { requirements } = readReportFile(join(root, 'reports/samples/emulator-with-three-defects'));
    const failed = requirements
      .filter(({ status, level }) => status === 'fail' && level === 'MUST')
      .map(({ id }) => id);
    expect(failed).toEqual(expect.arrayContaining(['create.seed.maximum', 'create.suffix.accepts', 'status.fine_tuned_model.null-until-finished'])); // prettier-ignore
  });

  it('has the page, the summary and the badge that go with it', () => {
    expect(sample('index.html')).toContain('<h1>emulator</h1>');
    expect(sample('summary.md')).toContain('non-conformant');
    expect(sample('badge.svg')).toMatch(/^<svg /);
    expect(sample('conformance.json')).not.toMatch(/sk-[0-9a-f]{16}/);
  });
});
