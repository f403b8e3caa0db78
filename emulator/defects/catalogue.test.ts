// The handmade defects: each changes what a client sees, and none makes the emulator itself fail.
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../server.ts';
import { testClock } from '../testing/clock.ts';
import { drive, DRIVE_ADMIN_KEY, DRIVE_KEY, type Step } from '../testing/drive.ts';
import { handmadeDefects } from './all-defects.ts';

async function driven(
  defects: readonly string[],
  isEnough?: (step: Step, index: number) => boolean,
): Promise<readonly Step[]> {
  const clock = testClock();
  const keys = { apiKey: DRIVE_KEY, adminKey: DRIVE_ADMIN_KEY };
  const emulator = await startEmulator({ ...keys, clock: clock.now, jobSeconds: 10, seed: 1, defects });
  try {
    return await drive(emulator, clock, isEnough);
  } finally {
    await emulator.close();
  }
}

/** What the emulator answers where it is itself at fault. */
const FAULT = 'The server had an error while processing your request';
const BATCH = 12;

describe('a drive through the API', () => {
  it('sees the same twice without a defect, and no fault of the emulator', async () => {
    const steps = await driven([]);
    expect(await driven([])).toEqual(steps);
    expect(steps.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

describe('each handmade defect shows', async () => {
  const clean = (await driven([])).map((step) => JSON.stringify(step));
  const differs = (step: Step, index: number): boolean => JSON.stringify(step) !== clean[index];

  it.each(handmadeDefects.map(({ id, wrong }) => [id, wrong]))('%s: %s', async (id) => {
    expect((await driven([id], differs)).some(differs)).toBe(true);
  });
});

describe('defects leave the emulator itself whole, also several at a time', () => {
  // Every n-th one, so that each batch holds defects of many kinds.
  const stride = Math.ceil(handmadeDefects.length / BATCH);
  const batches = Array.from({ length: stride }, (_, first) =>
    handmadeDefects.filter((_, place) => place % stride === first).map(({ id }) => id),
  );

  it.each(batches.map((ids) => [ids.join(' ')]))('%s', async (ids) => {
    const steps = await driven(ids.split(' '));
    expect(steps.filter(({ text }) => text.includes(FAULT))).toEqual([]);
  });
});
