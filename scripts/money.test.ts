import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import type { Options } from '../conformance/run/configure.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { HOSTILE_SERVERS } from '../conformance/testing/hostile-servers.ts';
import { serve, type TestServer } from '../conformance/testing/null-servers.ts';
import { run } from './testing/commands.ts';
import { KEY, startWitness, type Witness } from './testing/witness.ts';

const folder = mkdtempSync(join(tmpdir(), 'money-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open: (TestServer | Witness)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A run as it would be far away, where each job costs money, against a server that is near. */
async function farAway(baseUrl: string, options: Options): Promise<Report> {
  const near = configuredFor(baseUrl, { tier: 'sites', wire: 'safe', jobTimeout: 1, timeout: 5, ...options });
  const config = { ...near, target: { ...near.target, isLoopback: false } };
  return (await runInProcess({ config, keys: { '<API key>': KEY } })).report;
}

describe('a budget is a hard stop', () => {
  it('of jobs: a target that accepts everything costs no more, and each family of refusals stops early', { timeout: 120_000 }, async () => {
    const lenient = HOSTILE_SERVERS.find(({ name }) => name === 'gives ids that are script tags');
    let accepted = 0;
    const server = await serve((request, response, body) => {
      if (request.method === 'POST' && request.url === '/v1/fine_tuning/jobs')
        response.on('finish', () => (accepted += response.statusCode === 200 ? 1 : 0));
      lenient?.answer(request, response, body);
    });
    open.push(server);
    const report = await farAway(server.baseUrl, { maxJobs: 120, concurrency: 1 });
    expect(accepted).toBeLessThanOrEqual(120);
    expect(report.run.jobsCreated).toBe(accepted);
    expect(report.notices.filter((text) => text.includes('no more of that kind are sent'))).not.toEqual([]);
    // Of each kind of constraint three acceptances were paid for, and not one a site.
    for (const kind of ['type', 'enum', 'minimum', 'maximum']) {
      const rows = report.requirements.filter(({ id }) => id.startsWith('create.') && id.endsWith(`.${kind}`));
      const paid = rows.flatMap(({ failures }) => failures.map(({ count }) => count));
      expect(paid.reduce((sum, count) => sum + count, 0), kind).toBeLessThanOrEqual(3);
    }
    expect(report.summary.exitCode).toBe(1);
  });

  it.each([
    ['of jobs', { maxJobs: 3 }],
    ['of requests', { maxRequests: 25 }],
  ] as readonly (readonly [string, Options])[])('%s: it ends in exit status 5, with a report of what was judged and nothing left', { timeout: 120_000 }, async (_, options) => {
    const witness = await startWitness();
    open.push(witness);
    const report = await farAway(witness.baseUrl, options);
    expect(report.summary).toMatchObject({ exitCode: 5, verdict: 'incomplete' });
    expect(report.requirements.filter(({ status }) => status === 'pass').length).toBeGreaterThan(10);
    expect(report.run.jobsCreated).toBeLessThanOrEqual(options.maxJobs ?? 1_000);
    expect(await witness.orphans()).toEqual([]);
  });

  it('of time: it ends in exit status 5, also while it waits for a job', { timeout: 120_000 }, async () => {
    const witness = await startWitness();
    open.push(witness);
    const report = await farAway(witness.baseUrl, { maxSeconds: 3, jobTimeout: 600, tier: 'smoke' });
    expect(report.summary).toMatchObject({ exitCode: 5, verdict: 'incomplete' });
    expect(await witness.orphans()).toEqual([]);
  });
}); // prettier-ignore

describe('a budget that is shared by shards', () => {
  it('is never more than was allowed: a part below one is refused', () => {
    expect(configuredFor('http://127.0.0.1:9/v1', { maxJobs: 7, shard: '1/3' }).maxJobs).toBe(2);
    expect(() => configuredFor('http://127.0.0.1:9/v1', { maxJobs: 3, shard: '1/4' })).toThrow(/use fewer shards/);
  });
});

describe('waivers on the command line', () => {
  it('are red where they are out of date, and --update-waivers only takes their lines out', { timeout: 240_000 }, async () => {
    const file = join(folder, 'waivers.yaml');
    const entry = (requirement: string, expires: string): string =>
      `  - requirement: ${requirement}\n    reason: known\n    owner: jo\n    expires: ${expires}\n`;
    const good = `# ours\nwaivers:\n${entry('create.seed.maximum', '2099-01-31')}`;
    writeFileSync(file, `${good}  # fixed?\n${entry('create.seed.minimum', '2099-01-31')}${entry('create.seed.type', '2020-01-31')}`);
    const args = ['--defect', 'lenient:create.seed.maximum', '--only', 'create.seed.*', '--waivers', file, '--report', join(folder, 'r')];
    const red = await run('conformance.ts', args);
    expect(red.status).toBe(1);
    expect(red.out).toContain(`${file}:8-11: the waiver for create.seed.minimum is not needed any longer`);
    expect(red.out).toContain(`${file}:12-15: the waiver for create.seed.type expired on 2020-01-31`);
    const updated = await run('conformance.ts', [...args, '--update-waivers']);
    expect(updated.err).toContain(`${file}: removed line 12-15, 8-11`);
    expect(readFileSync(file, 'utf8')).toBe(`${good}  # fixed?\n`);
    expect(updated.out).toMatch(/CONFORMANT .* 1 waived/);
    expect(updated.status).toBe(0);
  });
}); // prettier-ignore

describe('the key and the money are asked for before anything is sent', () => {
  it.each([
    ['a key under twelve characters brings a warning', ['--base-url', 'http://127.0.0.1:9/v1', '--report', join(folder, 's')], 'sk-short', 3, /warning the key in CONFORMANCE_API_KEY has fewer than 12 characters/],
    ['a key that no header can carry is refused', ['--base-url', 'http://127.0.0.1:9/v1'], 'sk-two words', 2, /holds a space/],
    ['a target far away needs a budget', ['--base-url', 'https://api.example.com/v1'], 'sk-long-enough-0123', 2, /add --max-jobs 60/],
    ['a key does not cross the network in the clear', ['--base-url', 'http://api.example.com/v1', '--max-jobs', '1'], 'sk-long-enough-0123', 2, /use https, or --insecure-http/],
  ] as const)('%s', { timeout: 60_000 }, async (_, args, key, status, said) => {
    const ended = await run('conformance.ts', args, { CONFORMANCE_API_KEY: key });
    expect(ended.err).toMatch(said);
    expect(ended.err + ended.out).not.toContain(key);
    expect(ended.status).toBe(status);
  });
}); // prettier-ignore
