import { afterEach, describe, expect, it } from 'vitest';
import { configuredFor } from '../testing/configured.ts';
import { NULL_SERVERS, serve, type TestServer } from '../testing/null-servers.ts';
import { runInProcess } from './run-in-process.ts';

let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('a server that understands nothing', () => {
  it.each(NULL_SERVERS)('passes no requirement: $name', { timeout: 60_000 }, async ({ answer, exitCode, says }) => {
    server = await serve(answer);
    const { report } = await runInProcess({
      config: configuredFor(server.baseUrl, { jobTimeout: 5, timeout: 5 }),
      keys: {},
    });
    expect(report.requirements.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual([]);
    expect(report.faults).toEqual([]);
    expect(report.summary.reason).toMatch(says);
    expect(report.summary.exitCode).toBe(exitCode);
  });

  it('is told apart from one that is not there', async () => {
    server = await serve(() => undefined);
    const { baseUrl } = server;
    await server.close();
    const { report } = await runInProcess({ config: configuredFor(baseUrl), keys: {} });
    expect(report.summary.exitCode).toBe(3);
    expect(report.summary.reason).toContain('the connection was refused');
    expect(report.run.requests).toBeLessThan(5);
  });
});
