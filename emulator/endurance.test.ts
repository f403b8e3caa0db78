// Large uploads and many jobs: memory stays where it is. What is measured is memory only; how long it takes depends on
// the machine.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { startFixture, upload } from './testing/emulator-client.ts';
import { measureUpload } from './testing/upload-memory.ts';

const MEGABYTE = 1024 * 1024;

describe('uploads', () => {
  it.skipIf(process.platform !== 'linux')(
    'of 500 MB are taken in under 150 MB of memory',
    { timeout: 120_000 },
    async () => {
      const { status, body, bytes, peak } = await measureUpload(500);
      expect(status).toBe(200);
      expect((JSON.parse(body) as { bytes: number }).bytes).toBe(bytes);
      expect(peak).toBeLessThan(150);
    },
  );
});

describe('many jobs', () => {
  it('and ten polls of each leave the heap flat', { timeout: 120_000 }, async () => {
    const { client, clock, emulator } = await startFixture();
    const training_file = await upload(client);
    const jobs: string[] = [];
    const create = async (): Promise<void> => {
      const body = JSON.stringify({ model: 'gpt-4o-mini', training_file });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      const response = await fetch(`${emulator.url}/fine_tuning/jobs`, init);
      jobs.push(((await response.json()) as { id: string }).id);
    };
    const poll = async (id: string): Promise<void> => {
      await (await fetch(`${emulator.url}/fine_tuning/jobs/${id}`)).arrayBuffer();
    };
    for (let count = 0; count < 1000; count += 1) await create();
    clock.pass(20);
    // The first round fills what is remembered of each job; from then on nothing may be added.
    await Promise.all(jobs.map(poll));
    const before = heap();
    for (let round = 0; round < 9; round += 1) await Promise.all(jobs.map(poll));
    expect(heap() - before).toBeLessThan(16 * MEGABYTE);
    const listed = await client.fineTuning.jobs.list({ limit: 100 });
    expect(listed.data).toHaveLength(100);
    expect(listed.data[0]?.id).toBe(jobs.at(-1));
    expect(listed.data.every(({ status }) => status === 'succeeded')).toBe(true);
  });
});

/** What is in use once everything has been collected that can be. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
