// Vendors are judged by what they document: behind each profile stands the emulator with an adapter that speaks the
// vendor's dialect. By its own contract it fails nothing, by OpenAI's it does, and a bug behind the dialect is found.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DIALECTS } from '../conformance/contract/active-contract.ts';
import type { Report } from '../conformance/reporting/report.ts';
import type { TestServer } from '../conformance/testing/null-servers.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { askedEdition } from './asked-edition.ts';
import { azure20241021 } from './testing/azure-2024-10-21.ts';
import { azureV1 } from './testing/azure-v1.ts';
import { bedrockMantle } from './testing/bedrock-mantle.ts';
import { root, run } from './testing/commands.ts';
import { nebius } from './testing/nebius.ts';
import { type Dialect, startAdapter } from './testing/vendor-adapter.ts';

const folder = mkdtempSync(join(tmpdir(), 'dialects-test-'));
const KEY = 'sk-key-of-the-customer';
/** What is sent to each vendor; "full" at night, for it takes its time. */
const TIER = process.env['DIALECTS_TIER'] ?? 'sites';
const MINUTE = 60_000;
let running: (TestServer | RunningEmulator)[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const one of running) await one.close();
  running = [];
});

async function vendor(dialect: Dialect, defects: readonly string[] = []): Promise<string> {
  const emulator = await startEmulator({ port: 0, apiKey: KEY, defects });
  const adapter = await startAdapter(dialect, emulator.url);
  running = [adapter, emulator];
  return adapter.baseUrl;
}

async function command(args: readonly string[]): Promise<{ status: number | null; out: string }> {
  // The edition of the arguments counts, whatever stands in the environment.
  const env = { CONFORMANCE_EDITION: 'no-edition', CONFORMANCE_API_KEY: KEY };
  const { status, out, err } = await run('conformance.ts', args, env);
  return { status, out: out + err };
}

interface Judged {
  readonly status: number | null;
  readonly out: string;
  readonly report: Report;
  readonly failed: readonly string[];
}

async function judged(profile: string, baseUrl: string, args: readonly string[]): Promise<Judged> {
  const dir = mkdtempSync(join(folder, 'report-'));
  const { status, out } = await command([
    '--target',
    profile,
    '--base-url',
    baseUrl,
    '--cases',
    '5',
    '--no-corpus',
    '--report',
    dir,
    ...args,
  ]);
  const report = JSON.parse(readFileSync(join(dir, 'conformance.json'), 'utf8')) as Report;
  const failed = report.requirements.flatMap(({ id, level, status: how }) =>
    how === 'fail' && level === 'MUST' ? [id] : [],
  );
  return { status, out, report, failed };
}

const VENDORS = [
  {
    profile: 'azure-v1',
    dialect: azureV1,
    // By OpenAI's contract its times are no times, and its bodies are not OpenAI's.
    plain: ['retrieve.job.finished_at'],
    defect: 'lenient:create.seed.maximum',
    breaks: 'create.seed.maximum',
  },
  {
    profile: 'azure-2024-10-21',
    dialect: azure20241021,
    // By OpenAI's its states are no states.
    plain: ['retrieve.job.status'],
    defect: 'lenient:create.training_file.required',
    breaks: 'create.training_file.required',
  },
  {
    profile: 'bedrock-mantle',
    dialect: bedrockMantle(),
    // By OpenAI's a model and a file are enough.
    plain: ['create.plain.accepted'],
    defect: 'lenient:create.seed.maximum',
    breaks: 'create.seed.maximum',
  },
  {
    profile: 'nebius',
    dialect: nebius,
    // By OpenAI's fifty epochs are legal.
    plain: ['create.n_epochs.accepts'],
    defect: 'lenient:create.seed.maximum',
    breaks: 'create.seed.maximum',
  },
] as const;

describe.each(VENDORS)('$profile', ({ profile, dialect, plain, defect, breaks }) => {
  it(
    'fails nothing by its own contract, and its distance from OpenAI stands beside the verdict',
    { timeout: 5 * MINUTE },
    async () => {
      const { status, out, report, failed } = await judged(profile, await vendor(dialect), ['--tier', TIER]);
      expect(failed, out).toEqual([]);
      expect(status, out).toBe(0);
      expect(report.contract).toMatchObject({ edition: 'current', dialect: profile });
      const manifest = JSON.parse(
        readFileSync(join(root, 'generated/dialects', profile, 'manifest.json'), 'utf8'),
      ) as unknown;
      expect(manifest).toMatchObject({ contractSha256: report.contract.sha256 });
      expect(report.distance?.length).toBeGreaterThan(0);
      expect(out).toContain(
        `the contract of ${profile} differs from OpenAI's in ${report.distance?.length ?? 0} places`,
      );
    },
  );

  it('fails by the contract of OpenAI, where that is asked for by name', { timeout: 2 * MINUTE }, async () => {
    const only = plain.flatMap((id) => ['--only', id]);
    const { status, out, report, failed } = await judged(profile, await vendor(dialect), [
      '--edition',
      'current',
      ...only,
    ]);
    expect({ status, failed }, out).toEqual({ status: 1, failed: plain });
    expect(report.contract.dialect).toBeUndefined();
    expect(report.distance).toBeUndefined();
  });

  it('is found out where it has a bug', { timeout: 2 * MINUTE }, async () => {
    const { status, out, failed } = await judged(profile, await vendor(dialect, [defect]), ['--only', breaks]);
    expect({ status, failed }, out).toEqual({ status: 1, failed: [breaks] });
  });
});

describe('a profile with a dialect', () => {
  it('is judged by it, unless an edition is named', () => {
    const mine = join(folder, 'mine.yaml');
    writeFileSync(mine, 'name: mine\ndialect: nebius\n');
    expect(askedEdition(['--target', 'azure-v1'], root)).toBe('dialects/azure-v1');
    expect(askedEdition([`--target=${mine}`], root)).toBe('dialects/nebius');
    expect(askedEdition(['--target', mine, '--edition', '2024-09'], root)).toBe('2024-09');
    expect(askedEdition(['--target', 'emulator'], root)).toBe('current');
    expect(askedEdition(['--target', 'no-such-profile'], root)).toBe('current');
  });

  it('names one that there is, and an address where each customer has one', { timeout: MINUTE }, async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'name: wrong\ndialect: klingon\n');
    const [unknown, homeless] = await Promise.all([
      command(['--target', wrong, '--plan']),
      command(['--target', 'azure-v1', '--plan']),
    ]);
    expect(unknown).toEqual({ status: 2, out: expect.stringContaining(`is one of ${DIALECTS.join(', ')}`) as string });
    expect(homeless).toEqual({
      status: 2,
      out: expect.stringContaining('add --base-url, as in https://RESOURCE.openai.azure.com') as string,
    });
  });
});
