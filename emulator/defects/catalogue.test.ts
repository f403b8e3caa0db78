// The handmade defects: each changes what a client sees, and none makes the emulator itself fail.
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../server.ts';
import { testClock } from '../testing/clock.ts';
import { drive, DRIVE_ADMIN_KEY, DRIVE_KEY, type Step } from '../testing/drive.ts';
import { handmadeDefects } from './all-defects.ts';

async function driven(defects: readonly string[]): Promise<readonly Step[]> {
  const clock = testClock();
  const keys = { apiKey: DRIVE_KEY, adminKey: DRIVE_ADMIN_KEY };
  const emulator = await startEmulator({ ...keys, clock: clock.now, jobSeconds: 10, seed: 1, defects });
  try {
    return await drive(emulator, clock);
  } finally {
    await emulator.close();
  }
}

/** What the emulator answers where it is itself at fault. */
const FAULT = 'The server had an error while processing your request';

describe('a drive through the API', () => {
  it('sees the same twice without a defect', async () => {
    expect(await driven([])).toEqual(await driven([]));
  });
});

describe('each handmade defect shows, and does not make the emulator itself fail', async () => {
  const clean = await driven([]);

  it.each(handmadeDefects.map(({ id, wrong }) => [id, wrong]))('%s: %s', async (id) => {
    const steps = await driven([id]);
    expect(steps.filter(({ text }) => text.includes(FAULT))).toEqual([]);
    expect(steps.some((step, index) => JSON.stringify(step) !== JSON.stringify(clean[index]))).toBe(true);
  });
});
