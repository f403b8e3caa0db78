import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Secrets } from '../conformance/client/secrets.ts';
import { ledgersFor, sweepLedger } from '../conformance/run/sweep.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { serve, type TestServer } from '../conformance/testing/null-servers.ts';
import { run } from './testing/commands.ts';
import { KEY, startWitness, type Witness } from './testing/witness.ts';

const folder = mkdtempSync(join(tmpdir(), 'untrusted-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open: (TestServer | Witness)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that keeps what it is shown. */
async function listener(): Promise<TestServer & { readonly heard: string[] }> {
  const heard: string[] = [];
  const server = await serve((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.end('{}');
  });
  open.push(server);
  return { ...server, heard };
}

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A ledger as somebody who means harm would write it. */
function ledgerOf(runId: string, baseUrl: string, made: readonly (readonly ['file' | 'job', string])[]): string {
  const ledgers = join(folder, `ledgers-${runId.slice(0, 8) || 'empty'}`);
  mkdirSync(ledgers, { recursive: true });
  const lines = [
    { kind: 'run', runId, baseUrl, at: '2026-11-21T00:00:00.000Z' },
    ...made.flatMap(([what, id], n) => [{ kind: 'intent', what, n }, { kind: 'made', what, n, id }]),
  ]; // prettier-ignore
  writeFileSync(join(ledgers, 'run.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return ledgers;
}

describe('a hostile report that is replayed', () => {
  it('sends nothing, and no key, to the address that it names', { timeout: 120_000 }, async () => {
    const evil = await listener();
    const failures = [{ fingerprint: 'abcdef012345', curl: `curl ${evil.baseUrl}`, replay: `npm run x --base-url ${evil.baseUrl}`, request: { method: 'DELETE', path: '/files/file-1', headers: { authorization: '<API key>' }, body: null } }]; // prettier-ignore
    const report = fileOf('hostile.json', JSON.stringify({
      schemaVersion: '1', target: { name: '../../evil', baseUrl: evil.baseUrl, profile: '/etc/passwd' }, contract: { edition: 'current', mode: 'compatible' },
      run: { seed: 1, cases: 0 }, summary: { scope: { tier: 'smoke' } }, requirements: [{ id: 'list.limit.respected', failures }, { id: 'create.seed.type', failures }],
    })); // prettier-ignore
    const env = { CONFORMANCE_API_KEY: KEY };
    await run('conformance.ts', ['--replay', `${report}#abcdef012345`, '--report', join(folder, 'replayed')], env);
    expect(evil.heard).toEqual([]);
  });

  it('cannot choose what is sent: a requirement that there is not is refused', { timeout: 60_000 }, async () => {
    const failures = [{ fingerprint: 'abcdef012345' }];
    const text = { contract: { edition: 'current', mode: 'compatible' }, run: { seed: 1, cases: 0 }, summary: { scope: {} }, requirements: [{ id: '$(touch pwned)', failures }] }; // prettier-ignore
    const report = fileOf('odd.json', JSON.stringify(text));
    expect((await run('conformance.ts', ['--replay', `${report}#abcdef012345`])).status).toBe(2);
    expect(existsSync('pwned')).toBe(false);
  });
});

describe('a hostile ledger that is swept', () => {
  it.each([
    ['a run id of its own', '0123456789abcdef'],
    ['no run id', ''],
    ['a beginning of run ids', '0'],
  ])('with %s does not touch what is not proven to be ours', { timeout: 60_000 }, async (_, runId) => {
    const witness = await startWitness();
    open.push(witness);
    const other = await witness.upload('conformance-0aaaaaaaaaaaaaaa-training.jsonl');
    const before = await witness.others();
    const { file, job } = witness.foreign;
    const ledgers = ledgerOf(runId, witness.baseUrl, [['file', file], ['file', other], ['job', job], ['file', '../models/gpt-4o-mini'], ['job', `${job}/cancel`]]); // prettier-ignore
    const config = configuredFor(witness.baseUrl);
    const secrets = new Secrets({ '<API key>': KEY });
    for (const ledger of ledgersFor(ledgers, witness.baseUrl)) await sweepLedger(config, secrets, ledger);
    expect(await witness.others()).toBe(before);
    expect(await witness.orphans()).toEqual([other]);
    expect(witness.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('of another address is left alone', async () => {
    const evil = await listener();
    const ledgers = ledgerOf('fedcba9876543210', evil.baseUrl, [['file', 'file-1']]);
    expect(ledgersFor(ledgers, 'http://127.0.0.1:9/v1')).toEqual([]);
    expect(evil.heard).toEqual([]);
  });
});

describe('a hostile profile', () => {
  it('does not make the key go elsewhere than to the base URL that was named', { timeout: 60_000 }, async () => {
    const [evil, good] = [await listener(), await listener()];
    const profile = fileOf('p.yaml', `name: mine\nbaseUrl: ${evil.baseUrl}\nquery: { api-version: "1&x=<API key>" }\nmodels: { supervised: "${evil.baseUrl}" }\n`); // prettier-ignore
    const args = ['--base-url', good.baseUrl, '--target', profile, '--only', 'list.limit.*', '--timeout', '2', '--max-seconds', '20']; // prettier-ignore
    await run('conformance.ts', [...args, '--report', join(folder, 'p')], { CONFORMANCE_API_KEY: KEY });
    expect(good.heard.length).toBeGreaterThan(0);
    expect(evil.heard).toEqual([]);
    expect(good.heard.filter((line) => line.split(' ')[0]?.includes(KEY))).toEqual([]);
  });
});
