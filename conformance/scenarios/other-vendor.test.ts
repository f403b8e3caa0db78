import { describe, expect, it } from 'vitest';
import { configuredFor } from '../testing/configured.ts';
import { serve } from '../testing/null-servers.ts';
import { OtherVendor } from '../testing/other-vendor.ts';
import { runInProcess } from './run-in-process.ts';

describe('a conforming server that takes every freedom the other way', () => {
  it('is accused of nothing that binds', { timeout: 120_000 }, async () => {
    const vendor = new OtherVendor();
    const server = await serve(vendor.answer);
    const config = configuredFor(server.baseUrl, { model: ['tiny-1'], jobTimeout: 10, cases: 20, maxJobs: 100_000 });
    const { report } = await runInProcess({ config, keys: {} });
    await server.close();
    const failed = report.requirements.filter(({ status, level }) => status === 'fail' && level === 'MUST');
    expect(failed.map(({ id, failures }) => [id, failures[0]?.message])).toEqual([]);
    expect(report.faults).toEqual([]);
    const open = report.requirements.filter(
      ({ status, level, conditional, inScope }) =>
        status === 'not-exercised' && level === 'MUST' && !conditional && inScope,
    );
    expect(open.map(({ id, reason }) => `${id}: ${reason ?? ''}`)).toEqual([]);
    expect(report.summary.exitCode).toBe(0);
  });
});
