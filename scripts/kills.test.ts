import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { auditKills, killedLine, killsOf, SIGNALS } from './testing/kill-audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'kills-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a run that is ended at any point', () => {
  it('leaves nothing behind, and nothing of others touched', { timeout: 480_000 }, async () => {
    const kills = killsOf(11, 8);
    expect(new Set(kills.map(({ signal }) => signal))).toEqual(new Set(SIGNALS));
    const killed = await auditKills(folder, kills, 3);
    const bad = killed.filter(({ orphans, isUntouched }) => orphans.length > 0 || !isUntouched);
    expect(bad).toEqual([]);
    expect(killedLine(killed)).toBe('orphans after kills: 0 of 8; foreign objects touched: 0 of 8');
    // The power cuts came while something was there to be lost.
    expect(killed.filter(({ leftAtOnce }) => leftAtOnce > 0).length).toBeGreaterThanOrEqual(2);
    for (const { kill, status, said } of killed) {
      // Where the end came before the run's own, it is told as what it was.
      if (kill.signal !== 'SIGKILL' && said.includes('cleaning up')) expect(status).not.toBe(0);
    }
  });
});
