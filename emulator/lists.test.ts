// Pages and filters of every list.
import { describe, expect, it } from 'vitest';
import { isList, type JsonValue, member, memberAt } from './json.ts';
import { call, type Fixture, startFixture, upload } from './testing/emulator-client.ts';

/** Jobs with the numbers from 0 on, each in a second of its own, and a label for every second one. */
async function withJobs(count: number): Promise<Fixture & { readonly ids: readonly string[] }> {
  const fixture = await startFixture();
  const training_file = await upload(fixture.client);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const metadata = index % 2 === 0 ? { label: 'even', index: String(index) } : null;
    const job = await fixture.client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, metadata });
    ids.unshift(job.id);
    fixture.clock.pass(1);
  }
  return { ...fixture, ids };
}

interface PageSeen {
  readonly status: number;
  readonly ids: readonly string[];
  readonly more: JsonValue | undefined;
  readonly param: JsonValue | undefined;
}

async function page({ emulator }: Fixture, path: string): Promise<PageSeen> {
  const { status, body } = await call(emulator, 'GET', path);
  const data = member(body, 'data');
  const ids = isList(data) ? data.map((item) => textOf(member(item, 'id'))) : [];
  return { status, ids, more: member(body, 'has_more'), param: memberAt(body, 'error', 'param') };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

const JOBS = '/fine_tuning/jobs';

describe('pages of jobs', () => {
  it('hold 20 by default, newest first, and say whether more follow', async () => {
    const fixture = await withJobs(21);
    expect(await page(fixture, JOBS)).toMatchObject({ ids: fixture.ids.slice(0, 20), more: true });
    expect(await page(fixture, `${JOBS}?limit=21`)).toMatchObject({ ids: fixture.ids, more: false });
    expect(await page(fixture, `${JOBS}?limit=1`)).toMatchObject({ ids: fixture.ids.slice(0, 1), more: true });
  });

  it('begin behind the job that after names, the last one included', async () => {
    const fixture = await withJobs(3);
    const [newest, middle, oldest] = fixture.ids;
    expect(await page(fixture, `${JOBS}?after=${String(newest)}`)).toMatchObject({
      ids: [middle, oldest],
      more: false,
    });
    expect(await page(fixture, `${JOBS}?after=${String(oldest)}`)).toMatchObject({ ids: [], more: false });
  });

  it.each(['limit=0', 'limit=-1', 'limit=101', 'limit=1.5', 'limit=ten', 'limit=', 'after=ftjob-unknown'])(
    'with %s are refused by name',
    async (query) => {
      const answer = await page(await withJobs(1), `${JOBS}?${query}`);
      expect([answer.status, answer.param]).toEqual([400, query.split('=')[0]]);
    },
  );

  it('of a second in which many jobs were made lose none', async () => {
    const fixture = await startFixture();
    const training_file = await upload(fixture.client);
    for (let count = 0; count < 5; count += 1) {
      await fixture.client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    }
    const met = [];
    for await (const job of fixture.client.fineTuning.jobs.list({ limit: 2 })) met.push(job.id);
    expect(new Set(met).size).toBe(5);
  });
});

describe('filters of jobs', () => {
  it('select by pair, also with encoded brackets, and page what they select', async () => {
    const fixture = await withJobs(6);
    const even = fixture.ids.filter((_, index) => index % 2 === 1);
    const odd = fixture.ids.filter((_, index) => index % 2 === 0);
    const listed = async (query: string): Promise<PageSeen> => page(fixture, `${JOBS}?${query}`);
    expect((await listed('metadata[label]=even')).ids).toEqual(even);
    expect((await listed('metadata%5Blabel%5D=even')).ids).toEqual(even);
    expect(await listed('metadata[label]=even&limit=2')).toMatchObject({ ids: even.slice(0, 2), more: true });
    expect((await listed('metadata[label]=even&metadata[index]=2')).ids).toEqual(even.slice(1, 2));
    expect((await listed('metadata[label]=odd')).ids).toEqual([]);
    expect((await listed('metadata[label]=EVEN')).ids).toEqual([]);
    expect((await listed('metadata=null')).ids).toEqual(odd);
    expect((await listed('metadata=')).ids).toEqual(odd);
    expect((await listed('metadata=even')).status).toBe(400);
    expect((await listed('metadata[__proto__]=x')).ids).toEqual([]);
  });
});

describe('pages of what a job leaves', () => {
  it('hold 20 events and 10 checkpoints by default, and each walk meets each item once', async () => {
    const fixture = await withJobs(1);
    fixture.clock.pass(20);
    const [id = ''] = fixture.ids;
    const events = `${JOBS}/${id}/events`;
    const all = await page(fixture, `${events}?limit=100`);
    expect(all.ids.length).toBeGreaterThan(30);
    expect(await page(fixture, events)).toMatchObject({ ids: all.ids.slice(0, 20), more: true });
    const met: string[] = [];
    for await (const event of fixture.client.fineTuning.jobs.listEvents(id, { limit: 7 })) met.push(event.id);
    expect(met).toEqual(all.ids);
    const checkpoints = `${JOBS}/${id}/checkpoints`;
    const whole = await page(fixture, checkpoints);
    expect(whole.ids).toHaveLength(3);
    const rest = await page(fixture, `${checkpoints}?limit=1&after=${String(whole.ids[0])}`);
    expect(rest).toMatchObject({ ids: whole.ids.slice(1, 2), more: true });
  });
});

describe('pages of files', () => {
  it('are listed newest first, in either order, by purpose', async () => {
    const fixture = await startFixture();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.unshift(await upload(fixture.client));
      fixture.clock.pass(1);
    }
    expect(await page(fixture, '/files')).toMatchObject({ ids, more: false });
    expect((await page(fixture, '/files?order=asc')).ids).toEqual(ids.toReversed());
    expect(await page(fixture, `/files?limit=1&after=${String(ids[0])}`)).toMatchObject({
      ids: ids.slice(1, 2),
      more: true,
    });
    expect((await page(fixture, '/files?purpose=assistants')).ids).toEqual([]);
    expect((await page(fixture, '/files?order=sideways')).param).toBe('order');
  });
});

describe('permissions', () => {
  it('are granted once a project, listed, and withdrawn', async () => {
    const { client, clock } = await startFixture();
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    clock.pass(10);
    const checkpoint = String((await client.fineTuning.jobs.retrieve(id)).fine_tuned_model);
    const { permissions } = client.fineTuning.checkpoints;
    const granted = await permissions.create(checkpoint, { project_ids: ['proj_a', 'proj_b', 'proj_a'] });
    expect(granted.data.map(({ project_id }) => project_id)).toEqual(['proj_a', 'proj_b']);
    await permissions.create(checkpoint, { project_ids: ['proj_a'] });
    const listed = async (): Promise<string[]> =>
      (await permissions.list(checkpoint)).data.map(({ project_id }) => project_id);
    expect((await listed()).toSorted()).toEqual(['proj_a', 'proj_b']);
    const [first] = granted.data;
    await permissions.delete(first?.id ?? '', { fine_tuned_model_checkpoint: checkpoint });
    expect(await listed()).toEqual(['proj_b']);
    await expect(permissions.list('ft:unknown')).rejects.toMatchObject({ status: 404 });
    const wrong = permissions.create(checkpoint, { project_ids: 'proj_a' } as unknown as { project_ids: string[] });
    await expect(wrong).rejects.toMatchObject({ status: 400, param: 'project_ids' });
  });
});
