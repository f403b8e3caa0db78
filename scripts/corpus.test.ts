// Past counterexamples: a run writes them down, the next one sends them first, and a hostile file does no harm.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import type { InProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { run } from './testing/commands.ts';
import { judgedEmulator } from './testing/judged-emulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'corpus-test-'));
const MINUTE = 60_000;
const DEFECTS = ['lenient:create.seed.maximum', 'seed-zero-refused', 'metadata-lost'];
const ONLY = ['create.seed.*', 'echo.metadata'];
let files = 0;

function fileWith(text: string): string {
  const file = join(folder, `${(files += 1)}.jsonl`);
  writeFileSync(file, text);
  return file;
}

function judged(
  corpus: string | undefined,
  { defects = [] as readonly string[], only = ONLY, maxRequests = undefined as number | undefined } = {},
): Promise<InProcess> {
  return judgedEmulator({ defects }, { only, cases: 5, corpus, maxRequests });
}

function failed({ requirements }: Report): string[] {
  return requirements.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

function told({ notices }: Report): string | undefined {
  return notices.find((text) => text.includes('past counterexamples'));
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a corpus of past counterexamples', () => {
  const file = join(folder, 'target.jsonl');

  it(
    'is written by a run that found something: templates, one for each row and body',
    { timeout: 2 * MINUTE },
    async () => {
      const { report } = await judged(file, { defects: DEFECTS });
      expect(failed(report)).toEqual(
        ['create.seed.maximum', 'create.seed.accepts', 'echo.metadata'].filter((id) => failed(report).includes(id)),
      );
      const text = readFileSync(file, 'utf8');
      const entries = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { requirement: string; payload: object });
      const plain = { model: '${model}', training_file: '${training_file}' };
      expect(entries).toContainEqual({
        requirement: 'create.seed.maximum',
        payload: { ...plain, seed: 2_147_483_648 },
      });
      expect(entries).toContainEqual({ requirement: 'create.seed.accepts', payload: { ...plain, seed: 0 } });
      expect(entries.some(({ requirement }) => requirement === 'echo.metadata')).toBe(true);
      expect(new Set(text.trim().split('\n')).size).toBe(entries.length);
      expect(text).not.toMatch(/file-|ftjob-|gpt-|sk-/);
      expect(text).not.toContain(report.run.id);
    },
  );

  it('does not grow by what it holds', { timeout: 2 * MINUTE }, async () => {
    const before = readFileSync(file, 'utf8');
    await judged(file, { defects: DEFECTS });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is sent before everything else: a few requests find again what it holds', { timeout: MINUTE }, async () => {
    const tight = await judged(file, { defects: DEFECTS, only: [], maxRequests: 24 });
    const without = await judged(undefined, { defects: DEFECTS, only: [], maxRequests: 24 });
    expect(told(tight.report)).toMatch(/^\d+ past counterexamples: \d+ fail$/);
    expect(failed(tight.report)).toEqual(expect.arrayContaining(['create.seed.maximum', 'echo.metadata']));
    expect(failed(without.report)).not.toContain('create.seed.maximum');
  });

  it('keeps and counts what fails no longer, and accuses nobody', { timeout: MINUTE }, async () => {
    const before = readFileSync(file, 'utf8');
    const { report } = await judged(file);
    const count = before.trim().split('\n').length;
    expect(told(report)).toBe(`${count} past counterexamples: 0 fail`);
    expect(failed(report)).toEqual([]);
    expect(report.summary.exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('reports a failure once, with or without it', { timeout: 2 * MINUTE }, async () => {
    const fingerprints = ({ requirements }: Report): string[] =>
      requirements.flatMap(({ id, failures }) => failures.map(({ fingerprint }) => `${id} ${fingerprint}`)).toSorted();
    const [first, second] = [await judged(file, { defects: DEFECTS }), await judged(file, { defects: DEFECTS })];
    const without = await judged(undefined, { defects: DEFECTS });
    expect(fingerprints(first.report)).toEqual(fingerprints(without.report));
    expect(fingerprints(second.report)).toEqual(fingerprints(first.report));
  });

  it('is not trusted: what it calls a failure is judged by the contract', { timeout: MINUTE }, async () => {
    const legal = { model: '${model}', training_file: '${training_file}', seed: 5 };
    const lying = fileWith(
      [
        { requirement: 'create.seed.maximum', payload: legal },
        { requirement: 'create.seed.accepts', payload: { ...legal, seed: -1 } },
      ]
        .map((entry) => JSON.stringify(entry))
        .join('\n'),
    );
    const { report } = await judged(lying);
    expect(told(report)).toBe('2 past counterexamples: 0 fail');
    expect(failed(report)).toEqual([]);
  });
});

describe('a hostile or broken corpus', () => {
  const entry = (payload: object, more: object = {}): string =>
    JSON.stringify({ requirement: 'create.valid.accepted', payload, ...more });
  const plain = { model: '${model}', training_file: '${training_file}' };
  const rl = (grader: object): object => ({ ...plain, method: { type: 'reinforcement', reinforcement: { grader } } });
  const python = { type: 'python', name: 'exact match', source: 'import os; os.system("id")' };

  it.each([
    ['no JSON', '{', /:1: the line is no JSON; take the line out/],
    ['an unknown row', JSON.stringify({ requirement: 'no.such', payload: plain }), /no requirement no.such/],
    ['another origin', entry(plain, { baseUrl: 'https://evil.example' }), /Unrecognized key/],
    ['headers', entry(plain, { headers: { authorization: 'x' } }), /Unrecognized key/],
    ["somebody's file", entry({ ...plain, training_file: 'file-of-somebody' }), /training_file is neither/],
    ['a file in a list', entry({ ...plain, training_file: ['file-of-somebody'] }), /training_file is neither/],
    ['a dear model', entry({ ...plain, model: 'the-dearest' }), /model is neither/],
    ['code to run', entry(rl(python)), /source is neither/],
    ['a member that nobody knows', entry({ ...plain, callback: 'https://evil.example' }), /callback is neither/],
    ['a line too long', entry({ ...plain, suffix: 'x'.repeat(70_000) }), /more than 65536 characters/],
    [
      'too many entries',
      Array.from({ length: 501 }, (_, seed) => entry({ ...plain, seed })).join('\n'),
      /more than 500/,
    ],
    ['too many bytes', `${' '.repeat(3_000_000)}\n`, /more than 2097152 bytes/],
  ])('%s is an error of usage in one line, before anything is sent', (_name, text, message) => {
    const file = fileWith(text);
    let error: unknown;
    try {
      configuredFor('http://127.0.0.1:9/v1', { corpus: file });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message.split('\n')).toHaveLength(1);
    expect((error as Error).message.startsWith(file)).toBe(true);
  });
});

describe('npm run conformance', () => {
  const base = ['--defect', 'lenient:create.seed.maximum', '--only', 'create.seed.maximum', '--quiet'];

  it(
    'adds to --corpus, leaves it alone with --no-corpus, and ends with status 2 where it is broken',
    { timeout: 3 * MINUTE },
    async () => {
      const file = join(folder, 'named.jsonl');
      const report = join(folder, 'report');
      expect((await run('conformance.ts', [...base, '--no-corpus', '--report', report])).status).toBe(1);
      expect(existsSync(file)).toBe(false);
      expect((await run('conformance.ts', [...base, '--corpus', file, '--report', report])).status).toBe(1);
      expect(readFileSync(file, 'utf8')).toContain('"seed":2147483648');
      const broken = await run('conformance.ts', [...base, '--corpus', fileWith('nonsense'), '--report', report]);
      expect(broken.status).toBe(2);
      expect(
        broken.err
          .trim()
          .split('\n')
          .filter((line) => line.startsWith('error ')),
      ).toHaveLength(1);
    },
  );
});
