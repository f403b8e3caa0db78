// npm run sweep takes away what a run left on a target of whatever edition or dialect, whichever contract stands in the
// environment: it asks for what all of them have.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestServer } from '../conformance/testing/null-servers.ts';
import { type EditionName } from '../emulator/editions.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { asker, train, uploadTraining } from './testing/ask-emulator.ts';
import { azure20241021 } from './testing/azure-2024-10-21.ts';
import { azureV1 } from './testing/azure-v1.ts';
import { bedrockMantle } from './testing/bedrock-mantle.ts';
import { type Finished, root, run } from './testing/commands.ts';
import { nebius } from './testing/nebius.ts';
import { asJson, proxyTo } from './testing/proxy.ts';
import { startAdapter } from './testing/vendor-adapter.ts';

const KEY = 'sk-sweep-6b1f0c7d9e2a4835';
const MINUTE = 60_000;
const LEDGERS = join(root, 'reports/.ledger');

const open: (RunningEmulator | TestServer)[] = [];
const ledgers: string[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const file of ledgers.splice(0)) rmSync(file, { force: true });
});

/** An emulator on which a run was cut off: its ledger tells of one file, and its lists show another one and a job. */
async function leftBehind(edition: EditionName = 'current') {
  const emulator = await startEmulator({ apiKey: KEY, edition, jobSeconds: 3_600 });
  open.push(emulator);
  const runId = randomBytes(8).toString('hex');
  const ask = asker(emulator.url, KEY);
  const known = await uploadTraining(ask, `conformance-${runId}-known.jsonl`);
  const job = await train(ask, await uploadTraining(ask, `conformance-${runId}-untold.jsonl`));
  const foreign = await uploadTraining(ask, 'somebody-elses.jsonl');
  const foreignJob = await train(ask, foreign);
  const names = async (): Promise<unknown[]> =>
    ((await ask('GET', '/files'))['data'] as { filename: string }[]).map(({ filename }) => filename);
  const statusOf = async (id: string): Promise<unknown> => (await ask('GET', `/fine_tuning/jobs/${id}`))['status'];
  const sweepAt = async (baseUrl: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Finished> => {
    mkdirSync(LEDGERS, { recursive: true });
    const file = join(LEDGERS, `${runId}.jsonl`);
    ledgers.push(file);
    const entries = [{ kind: 'run', runId, baseUrl, at: new Date().toISOString() }, { kind: 'made', what: 'file', n: 1, id: known }]; // prettier-ignore
    writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return run('sweep.ts', ['--base-url', baseUrl, ...args], { CONFORMANCE_API_KEY: KEY, ...env });
  }; // prettier-ignore
  const left = async () => ({
    files: await names(),
    job: await statusOf(job),
    foreign: ['cancelled', 'failed'].includes(String(await statusOf(foreignJob))) ? 'touched' : 'untouched',
  });
  return { emulator, sweepAt, left };
}

const CLEAN = { files: ['somebody-elses.jsonl'], job: 'cancelled', foreign: 'untouched' };

/** The same, but that it knows no pages of files and refuses who asks for one. */
async function withoutPages(emulator: RunningEmulator): Promise<string> {
  const proxy = await proxyTo(emulator.url, (asked, pass) =>
    asked.path.startsWith('/files?') ? asJson(400, { error: { message: 'unknown parameter' } }) : pass(asked),
  );
  open.push(proxy);
  return proxy.baseUrl;
}

describe('npm run sweep', () => {
  it.each(['2024-04', '2024-12', 'current'] as const)('takes away what a run left on a target of edition %s', { timeout: MINUTE }, async (edition) => {
    const { emulator, sweepAt, left } = await leftBehind(edition);
    const { status, out, err } = await sweepAt(emulator.url);
    expect({ status, ...(await left()) }, `${out}${err}`).toEqual({ status: 0, ...CLEAN });
  }); // prettier-ignore

  it('does so whatever edition stands in the environment', { timeout: MINUTE }, async () => {
    const { emulator, sweepAt, left } = await leftBehind('2024-04');
    const { status, out, err } = await sweepAt(emulator.url, [], { CONFORMANCE_EDITION: '2024-04' });
    expect({ status, ...(await left()) }, `${out}${err}`).toEqual({ status: 0, ...CLEAN });
  });

  it('finds what no ledger tells of where files have no pages', { timeout: MINUTE }, async () => {
    const { emulator, sweepAt, left } = await leftBehind('2024-04');
    const { status, out, err } = await sweepAt(await withoutPages(emulator));
    expect({ status, ...(await left()) }, `${out}${err}`).toEqual({ status: 0, ...CLEAN });
  });

  it.each([
    ['azure-v1', azureV1],
    ['azure-2024-10-21', azure20241021],
    ['bedrock-mantle', bedrockMantle()],
    ['nebius', nebius],
  ])('takes away what a run left on a target of dialect %s', { timeout: MINUTE }, async (target, dialect) => {
    const { emulator, sweepAt, left } = await leftBehind();
    const adapter = await startAdapter(dialect, emulator.url);
    open.push(adapter);
    const { status, out, err } = await sweepAt(adapter.baseUrl, ['--target', target]);
    expect({ status, ...(await left()) }, `${out}${err}`).toEqual({ status: 0, ...CLEAN });
  });
});
