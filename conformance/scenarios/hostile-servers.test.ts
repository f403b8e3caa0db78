import { describe, expect, it, onTestFinished } from 'vitest';
import { configuredFor } from '../testing/configured.ts';
import { HOSTILE_SERVERS } from '../testing/hostile-servers.ts';
import { serve } from '../testing/null-servers.ts';
import { runInProcess } from './run-in-process.ts';

const KEY = 'sk-very-secret-0123456789';

// Most of the time of these is spent in waiting for the suite's own deadlines.
describe.concurrent('a hostile server', () => {
  it.each(HOSTILE_SERVERS)('neither stops nor fools the suite: $name', { timeout: 120_000 }, async ({ answer }) => {
    const server = await serve(answer);
    onTestFinished(() => server.close());
    const config = configuredFor(server.baseUrl, { jobTimeout: 3, timeout: 1, maxSeconds: 25, cases: 5 });
    const { report, lines } = await runInProcess({ config, keys: { '<API key>': KEY } });
    expect(report.faults).toEqual([]);
    expect([1, 3, 5]).toContain(report.summary.exitCode);
    expect(report.summary.reason).not.toBe('');
    expect(JSON.stringify(lines)).not.toContain(KEY.slice(0, 10));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not get the key by redirecting to another origin', { timeout: 60_000 }, async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    onTestFinished(() => other.close());
    const server = await serve((_request, response) => {
      response.writeHead(302, { location: `${other.baseUrl}/fine_tuning/jobs` }).end();
    });
    onTestFinished(() => server.close());
    await runInProcess({ config: configuredFor(server.baseUrl, { timeout: 1 }), keys: { '<API key>': KEY } });
    expect(seen).toEqual([]);
  });
});
