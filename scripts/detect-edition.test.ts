// Which edition a target fits, asked of the emulator in each edition and of servers that understand nothing: what fits is
// found by evidence, and where there is none no edition is named.
import { afterEach, describe, expect, it } from 'vitest';
import { Secrets } from '../conformance/client/secrets.ts';
import { type Detection, detectEdition, MOST_SPENT } from '../conformance/detection/detect-edition.ts';
import { readEditions } from '../conformance/detection/editions-apart.ts';
import { fitTable } from '../conformance/detection/fit-table.ts';
import { displayWidth } from '../conformance/reporting/text-width.ts';
import { EDITIONS } from '../conformance/requirements/requirement.ts';
import type { Options } from '../conformance/run/configure.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { NULL_SERVERS, serve } from '../conformance/testing/null-servers.ts';
import { type EmulatorOptions } from '../emulator/settings.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { run } from './testing/commands.ts';

let running: { readonly close: () => Promise<void> } | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function emulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const started = await startEmulator({ port: 0, ...options });
  running = started;
  return started;
}

async function detect(baseUrl: string, options: Options = {}): Promise<Detection> {
  return detectEdition({ config: configuredFor(baseUrl, options), secrets: new Secrets({}), ledgerFolder: undefined });
}

describe('the edition of the emulator', () => {
  it.each([
    { edition: '2024-04', best: ['2024-04'], jobs: 1 },
    { edition: '2024-09', best: ['2024-09'], jobs: 2 },
    { edition: '2024-12', best: ['2024-12'], jobs: 1 },
    // Their contracts differ in what one member of an answer may be, and the emulator has no cause to answer it.
    { edition: '2025-05', best: ['2025-05', 'current'], jobs: 2 },
    { edition: 'current', best: ['2025-05', 'current'], jobs: 2 },
  ] as const)('$edition is found by evidence, for $jobs jobs', async ({ edition, best, jobs }) => {
    const { url } = await emulator({ edition });
    const found = await detect(url);
    expect(found.best).toEqual(best);
    expect(found.evidence.length).toBeGreaterThan(10);
    expect(found.undecided).toEqual(best.length === 1 ? [] : ['FineTuningJob hyperparameters.batch_size']);
    expect(found).toMatchObject({ answered: true, stopped: undefined, jobs, left: [] });
    expect(found.requests).toBeLessThanOrEqual(MOST_SPENT.requests);
    expect(found.files).toBeLessThanOrEqual(MOST_SPENT.files);
    const { distinctions } = await readEditions();
    const spokenOf = new Set([...found.evidence, ...found.unlearned].map(({ key }) => key));
    expect(distinctions.filter(({ key }) => !spokenOf.has(key))).toEqual([]);
    for (const line of fitTable(url, found).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('is found where unknown members are ignored and not refused', async () => {
    const { url } = await emulator({ edition: '2024-09', unknownMembers: 'accept' });
    const { best, evidence } = await detect(url);
    expect(best).toEqual(['2024-09']);
    expect(evidence.map(({ seen }) => seen)).toContain('metadata is ignored');
  });

  it('leaves no job that runs and no file behind', async () => {
    const { url } = await emulator({ jobSeconds: 600 });
    await detect(url);
    const listed = async (path: string): Promise<readonly { readonly status: string }[]> =>
      ((await (await fetch(`${url}${path}`)).json()) as { data: { status: string }[] }).data;
    expect(await listed('/files')).toEqual([]);
    expect((await listed('/fine_tuning/jobs')).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });

  it('is looked for within the budget', async () => {
    const { url } = await emulator({ edition: '2024-09' });
    const { jobs, stopped } = await detect(url, { maxJobs: 1 });
    expect({ jobs, stopped }).toEqual({ jobs: 1, stopped: 'the budget of 1 jobs is used up' });
  });
});

describe('a server that understands nothing', () => {
  const speaksByADocument = (name: string): boolean => name === 'a random answer by the schema';

  it('fits the edition whose document it answers by, where it knows no more than that', async () => {
    const mock = NULL_SERVERS.find(({ name }) => speaksByADocument(name));
    const server = await serve((request, response, body) => mock?.answer(request, response, body));
    running = server;
    const { best } = await detect(server.baseUrl, { timeout: 5 });
    expect(best).toContain('current');
    expect(best).not.toContain('2024-04');
  });

  it.each(NULL_SERVERS.filter(({ name }) => !speaksByADocument(name)))('fits no edition: $name', async ({ answer }) => {
    const server = await serve(answer);
    running = server;
    const found = await detect(server.baseUrl, { timeout: 5 });
    expect(found.evidence).toEqual([]);
    expect(found.best).toEqual([]);
    expect(fitTable(server.baseUrl, found)).toContain('fits none: nothing that was answered tells the editions apart');
  });
});

describe('what the contracts say apart', () => {
  it('is no more than what their generated schemas and operations differ in', async () => {
    const { distinctions } = await readEditions();
    const of = (owner: string): string[] =>
      distinctions.filter(({ point }) => point.owner === owner).map(({ point }) => point.name);
    expect(of('CreateFineTuningJobRequest').sort()).toEqual(['metadata', 'method', 'model', 'suffix']);
    expect(of('GraderPython')).toEqual([]);
    const filter = distinctions.find(({ key }) => key === 'query listPaginatedFineTuningJobs metadata');
    expect(EDITIONS.filter((edition) => filter?.says[edition] !== undefined)).toEqual([
      '2024-12',
      '2025-05',
      'current',
    ]);
  });
});

describe('npm run conformance -- --detect-edition', () => {
  it('prints a table, or a line of JSON, and ends with 0 where an edition was found', async () => {
    const { status, out } = await run('conformance.ts', ['--detect-edition', '--edition', '2024-12']);
    expect({ status, told: out.includes('fits best: 2024-12') }, out).toEqual({ status: 0, told: true });
    const json = await run('conformance.ts', ['--detect-edition', '--edition', '2024-12', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ event: 'edition', exitCode: 0, best: ['2024-12'] });
  });

  it('ends with 3 where nothing was learned, and names nothing', async () => {
    const server = await serve((_request, response) => response.writeHead(200).end('{}'));
    running = server;
    const { status, out } = await run('conformance.ts', ['--detect-edition', '--base-url', server.baseUrl]);
    expect({ status, out }).toEqual({ status: 3, out: expect.stringContaining('fits none') as string });
  });

  it('sends nothing to a server elsewhere without a budget, nor with --plan', async () => {
    const away = ['--detect-edition', '--base-url', 'https://api.example.com/v1'];
    const [bare, planned, both] = await Promise.all([
      run('conformance.ts', away),
      run('conformance.ts', [...away, '--plan']),
      run('conformance.ts', [...away, '--max-jobs', '5', '--edition', '2024-04']),
    ]);
    expect(bare).toMatchObject({ status: 2, err: expect.stringContaining('--max-jobs') as string });
    expect(planned).toMatchObject({ status: 0, out: expect.stringContaining('Nothing was sent') as string });
    expect(both).toMatchObject({ status: 2, err: expect.stringContaining('leave one out') as string });
  });
});
