// Servers that do what the contract says, roughly: what is the network's or the machine's fault is told as such, and what
// is theirs in the row that speaks of it. None of it stops the suite.
import { existsSync, mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { judgedAt, KEYS } from './testing/judged-emulator.ts';
import { asJson, nowAndThen, objects, proxyTo, type Through } from './testing/proxy.ts';

let emulator: RunningEmulator | undefined;
beforeAll(async () => {
  emulator = await startEmulator(KEYS);
});
afterAll(() => emulator?.close());

async function judgedBehind(tier: 'smoke' | 'sites', through: Through): Promise<Report> {
  const proxy = await proxyTo(emulator?.url ?? '', through);
  try {
    const { report } = await judgedAt(proxy.baseUrl, { tier });
    expect(report.faults).toEqual([]);
    return report;
  } finally {
    await proxy.close();
  }
}

const failed = ({ requirements }: Report): readonly string[] =>
  requirements.flatMap(({ id, status, level }) => (status === 'fail' && level === 'MUST' ? [id] : []));

const oops = asJson(500, { error: { message: 'oops', type: 'server_error', param: null, code: null } });
const YEAR_S = 365 * 24 * 3600;

describe('a server that is rough', () => {
  it('fails the row of the clock where jobs are a year older than the answer says', { timeout: 120_000 }, async () => {
    const older = objects((object) =>
      typeof object['created_at'] === 'number' ? { ...object, created_at: object['created_at'] - YEAR_S } : object,
    );
    const report = await judgedBehind('smoke', older);
    expect(failed(report)).toEqual([]);
    expect(report.requirements.find(({ id }) => id === 'create.created_at.clock')?.status).toBe('fail');
  });

  it.each([20, 7])(
    'fails the row of that alone where it breaks down on one request in %i',
    { timeout: 120_000 },
    async (often) => {
      const report = await judgedBehind('sites', nowAndThen(often, oops));
      expect(failed(report)).toEqual(['errors.no-5xx']);
    },
  );

  it('fails each row where it breaks down on what the row forbids, every time', { timeout: 120_000 }, async () => {
    const report = await judgedBehind('sites', (asked, pass) =>
      asked.method === 'POST' && /"seed":(-1|2147483648)\b/.test(asked.body.toString()) ? oops : pass(asked),
    );
    expect(failed(report).toSorted()).toEqual(['create.seed.maximum', 'create.seed.minimum', 'errors.no-5xx']);
  });

  it('is told of where it breaks down on depth, and neither breaks the suite nor fills its corpus', async () => {
    const corpus = join(mkdtempSync(join(tmpdir(), 'fine-tuning-depth-')), 'corpus.jsonl');
    const proxy = await proxyTo(emulator?.url ?? '', (asked, pass) =>
      asked.body.includes('[[[[[[[[[[') ? oops : pass(asked),
    );
    const { report } = await judgedAt(proxy.baseUrl, { only: ['transport.wire.refused', 'errors.no-5xx'], corpus });
    await proxy.close();
    expect(report.faults).toEqual([]);
    expect(failed(report)).toEqual(['errors.no-5xx']);
    expect(existsSync(corpus)).toBe(false);
  });

  it('contradicts itself in the rows that speak of what it says in two ways', { timeout: 120_000 }, async () => {
    const asText = objects((object) =>
      typeof object['seed'] === 'number' ? { ...object, seed: String(object['seed']) } : object,
    );
    const report = await judgedBehind('smoke', (asked, pass) =>
      asked.method === 'GET' ? asText(asked, pass) : pass(asked),
    );
    expect(failed(report)).toEqual(expect.arrayContaining(['retrieve.job.seed', 'list.agrees-with-retrieve']));
    expect(failed(report).filter((id) => !/seed|method|agrees/.test(id))).toEqual([]);
  });

  it('is told not to answer where a connection is never made', { timeout: 60_000 }, async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const { report } = await judgedAt(`https://127.0.0.1:${port}/v1`, { timeout: 1 });
    expect(report.summary.exitCode).toBe(3);
    expect(report.summary.reason).toContain('no connection within');
    silent.close();
  });
});
