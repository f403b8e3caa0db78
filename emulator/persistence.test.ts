// --data: what was made outlives the server, damage is told, and nothing stays of a server without a folder.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from './server.ts';
import { testClock } from './testing/clock.ts';
import { chatLines } from './testing/datasets.ts';
import { clientOf, upload } from './testing/emulator-client.ts';

const folders: string[] = [];
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-data-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const JOURNAL = 'journal.jsonl';

describe('a restart', () => {
  it('knows jobs, their actions, files with content, models and permissions', async () => {
    const dataDir = dataFolder();
    const clock = testClock();
    const options = { dataDir, clock: clock.now, jobSeconds: 10 };
    const first = await startEmulator(options);
    const client = clientOf(first);
    const training_file = await upload(client);
    const metadata = { k: 'v' };
    const create = async (): Promise<string> =>
      (await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, metadata, suffix: 's' })).id;
    const [done, cancelled, paused, running] = [await create(), await create(), await create(), await create()];
    await client.fineTuning.jobs.cancel(cancelled);
    await client.fineTuning.jobs.pause(paused);
    clock.pass(5);
    const before = await Promise.all([cancelled, paused, running].map((id) => client.fineTuning.jobs.retrieve(id)));
    await first.close();

    const second = await startEmulator(options);
    const again = clientOf(second);
    const after = await Promise.all([cancelled, paused, running].map((id) => again.fineTuning.jobs.retrieve(id)));
    expect(after).toEqual(before);
    expect(after.map(({ status }) => status)).toEqual(['cancelled', 'paused', 'running']);
    expect(await (await again.files.content(training_file)).text()).toBe(chatLines());
    clock.pass(10);
    const model = String((await again.fineTuning.jobs.retrieve(done)).fine_tuned_model);
    await again.fineTuning.checkpoints.permissions.create(model, { project_ids: ['proj_a'] });
    const next = await again.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    expect([done, cancelled, paused, running]).not.toContain(next.id);
    await second.close();

    const third = await startEmulator(options);
    const last = clientOf(third);
    expect((await last.fineTuning.checkpoints.permissions.list(model)).data).toHaveLength(1);
    expect((await last.models.delete(model)).deleted).toBe(true);
    await last.files.delete(training_file);
    await third.close();

    const fourth = await startEmulator(options);
    await expect(clientOf(fourth).models.retrieve(model)).rejects.toMatchObject({ status: 404 });
    await expect(clientOf(fourth).files.content(training_file)).rejects.toMatchObject({ status: 404 });
    expect((await clientOf(fourth).fineTuning.jobs.list()).data).toHaveLength(5);
    await fourth.close();
  });

  it('goes on with ids where a seed makes them repeatable', async () => {
    const dataDir = dataFolder();
    const id = async (): Promise<string> => {
      const emulator = await startEmulator({ dataDir, seed: 1 });
      const file = await upload(clientOf(emulator));
      await emulator.close();
      return file;
    };
    expect(await id()).not.toBe(await id());
  });
});

describe('a data folder', () => {
  it('whose last line was cut short by a crash loses that line only', async () => {
    const dataDir = dataFolder();
    const first = await startEmulator({ dataDir });
    await upload(clientOf(first));
    await first.close();
    const whole = readFileSync(join(dataDir, JOURNAL), 'utf8');
    appendFileSync(join(dataDir, JOURNAL), '{"change":"fi');
    const second = await startEmulator({ dataDir });
    expect((await clientOf(second).files.list()).data).toHaveLength(1);
    await second.close();
    expect(readFileSync(join(dataDir, JOURNAL), 'utf8')).toBe(whole);
  });

  it('that is damaged is refused by line', async () => {
    const dataDir = dataFolder();
    writeFileSync(join(dataDir, JOURNAL), '{"change":"permission-deleted","id":"x","count":1}\nnonsense\n');
    await expect(startEmulator({ dataDir })).rejects.toThrow(/is damaged at line 2; name another data folder/);
  });

  it('belongs to one server at a time, and to the next when that one has ended', async () => {
    const dataDir = dataFolder();
    const first = await startEmulator({ dataDir });
    await expect(startEmulator({ dataDir })).rejects.toThrow('the data folder is in use by another emulator');
    await first.close();
    await (await startEmulator({ dataDir })).close();
  });

  it('is taken over from a process that died', async () => {
    const dataDir = dataFolder();
    writeFileSync(join(dataDir, 'lock'), '999999999');
    await (await startEmulator({ dataDir })).close();
  });

  it('that cannot be made is told', async () => {
    await expect(startEmulator({ dataDir: '/dev/null/data' })).rejects.toThrow(/cannot be used as data folder/);
  });
});

describe('without a data folder', () => {
  it('nothing is left when the server is closed', async () => {
    const ours = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('fine-tuning-emulator-'));
    const before = new Set(ours());
    const emulator = await startEmulator();
    await upload(clientOf(emulator));
    const [own] = ours().filter((name) => !before.has(name));
    await emulator.close();
    expect(ours()).not.toContain(own);
  });
});
