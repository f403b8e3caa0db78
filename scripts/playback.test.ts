import { beforeAll, describe, expect, it } from 'vitest';
import { judgedAt } from './testing/judged-emulator.ts';
import { playback, PLAYBACKS, type Recorded, recordSession } from './testing/playback.ts';
import { proxyTo } from './testing/proxy.ts';

const OPTIONS = { tier: 'sites', jobTimeout: 3, timeout: 5 } as const;
const NOBODY = 'http://127.0.0.1:9/v1';
let session: readonly Recorded[] = [];

beforeAll(async () => {
  session = await recordSession({ ...OPTIONS, seed: 5 });
}, 120_000);

describe('a good session that is played back blindly', () => {
  it('was good', () => {
    expect(session.length).toBeGreaterThan(500);
    expect(session.filter(({ answer }) => answer.status >= 500)).toEqual([]);
  });

  it.each(PLAYBACKS)('passes no requirement: %s, with the seed of the recording', { timeout: 120_000 }, async (manner) => {
    const server = await proxyTo(NOBODY, playback(session, manner));
    try {
      const { report } = await judgedAt(server.baseUrl, { ...OPTIONS, seed: 5 });
      expect(report.requirements.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual([]);
      expect(report.faults).toEqual([]);
      expect(report.summary.exitCode).toBe(1);
      expect(report.notices.join('\n')).toContain('the target does not discriminate');
    } finally {
      await server.close();
    }
  });
}); // prettier-ignore
