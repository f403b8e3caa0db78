// Whole runs, in this process and as a user starts them: what they find, print and leave behind, and how they end.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Coverage } from '../conformance/reporting/coverage.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { startEmulator } from '../emulator/server.ts';
import { childrenOf, type Finished, root, type Running, start, untilSaid } from './testing/commands.ts';
import { judgedEmulator } from './testing/judged-emulator.ts';

const KEY = 'sk-test-1234567890abcdef';
const ADMIN = 'sk-admin-1234567890abcdef';
const folder = mkdtempSync(join(tmpdir(), 'conformance-test-'));
const MINUTE = 60_000;

const running: Running[] = [];

function started(script: string, args: readonly string[], env?: NodeJS.ProcessEnv): Running {
  const one = start(script, args, env);
  running.push(one);
  return one;
}

function conformance(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> {
  return started('conformance.ts', args, env).ended;
}

function reportIn(dir: string): Report {
  return JSON.parse(readFileSync(join(dir, 'conformance.json'), 'utf8')) as Report;
}

/** Status of each requirement that depends on no condition: what two runs have to agree on. */
function statuses({ requirements }: Report): string[] {
  return requirements.filter(({ conditional }) => !conditional).map(({ id, status }) => `${id} ${status}`);
}

afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAME = { seed: 7 };

describe('the emulator as it ships', () => {
  it(
    'is conformant, with every MUST of what it offers exercised, and the same from the same seed',
    { timeout: 2 * MINUTE },
    async () => {
      const { report } = await judgedEmulator({}, SAME);
      expect(report.requirements.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([]);
      expect(report.faults).toEqual([]);
      expect(report.summary.exitCode).toBe(0);
      expect(report.requirements.filter(({ exercised }) => exercised > 0).length).toBeGreaterThan(300);
      const { report: again } = await judgedEmulator({}, SAME);
      expect(statuses(again)).toEqual(statuses(report));
      expect(again.run.jobsCreated).toBe(report.run.jobsCreated);
    },
  );

  it('makes twelve jobs at most in the smoke tier', { timeout: MINUTE }, async () => {
    const { report } = await judgedEmulator({}, { tier: 'smoke' });
    expect(report.summary.exitCode).toBe(0);
    expect(report.summary.scope).toMatchObject({ tier: 'smoke' });
    expect(report.run.jobsCreated).toBeLessThanOrEqual(12);
  });

  it(
    'fails exactly on E-S4 in strict mode, and on nothing where it keeps to the schema',
    { timeout: 2 * MINUTE },
    async () => {
      const { report } = await judgedEmulator({}, { mode: 'strict' });
      const failed = report.requirements.filter(({ status, level }) => status === 'fail' && level === 'MUST');
      expect(failed.map(({ id }) => id)).toEqual(['retrieve.job.hyperparameters']);
      expect(failed[0]?.failures.map(({ message }) => message)).toEqual(['hyperparameters is null, not an object']);
      const { report: kept } = await judgedEmulator({ behaviour: 'schema' }, { mode: 'strict' });
      // The prose that it then does not keep is told, at the level of a MAY.
      expect(
        kept.requirements.filter(({ status }) => status === 'fail').map(({ id, level }) => `${id} ${level}`),
      ).toEqual(['echo.hyperparameters.only-supervised MAY']);
      expect(kept.summary.exitCode).toBe(0);
    },
  );
});

describe('npm run conformance', () => {
  it('judges the embedded emulator, and a replay shows a failure again', { timeout: 3 * MINUTE }, async () => {
    const dir = join(folder, 'embedded');
    const defect = ['--defect', 'lenient:create.seed.maximum'];
    const first = await conformance([...defect, '--only', 'create.seed.*', '--report', dir]);
    expect(first.status).toBe(1);
    expect(first.err).toContain('Judging the embedded emulator at http://127.0.0.1:');
    expect(first.out).toContain('create.seed.maximum');
    const [failure] = reportIn(dir).requirements.find(({ id }) => id === 'create.seed.maximum')?.failures ?? [];
    const words = failure?.replay.split(' ').slice(4) ?? [];
    const again = await conformance(words);
    expect(again.out).toContain('it fails again');
    expect(again.status).toBe(1);
    const mended = await conformance(words.filter((word) => !defect.includes(word)));
    expect(mended.out).toContain('it does not fail this time');
    expect(mended.status).toBe(0);
  });

  it(
    'judges a server at a base URL with the key of the environment, and cleans up',
    { timeout: 2 * MINUTE },
    async () => {
      const emulator = await startEmulator({ apiKey: KEY, adminKey: ADMIN });
      const dir = join(folder, 'by-url');
      const args = ['--base-url', emulator.url, '--report', dir, '--cases', '5'];
      const { status, out } = await conformance(args, { CONFORMANCE_API_KEY: KEY, CONFORMANCE_ADMIN_API_KEY: ADMIN });
      const files = (await (
        await fetch(`${emulator.url}/files`, { headers: { authorization: `Bearer ${KEY}` } })
      ).json()) as { data: { purpose: string }[] };
      await emulator.close();
      expect(out).toContain('CONFORMANT');
      expect(status).toBe(0);
      expect(files.data.filter(({ purpose }) => purpose !== 'fine-tune-results')).toEqual([]);
      // Every constraint of the create request was seen broken and refused, and kept and accepted.
      const { counts } = JSON.parse(readFileSync(join(dir, 'coverage.json'), 'utf8')) as Coverage;
      expect([counts.refused, counts.accepted]).toMatchObject(Array(2).fill({ failed: 0, open: 0 }));
      for (const name of readdirSync(dir))
        expect(readFileSync(join(dir, name), 'utf8')).not.toContain(KEY.slice(0, 12));
    },
  );

  it('stops on Ctrl-C, takes away what it made, and says so', { timeout: 2 * MINUTE }, async () => {
    const emulator = await startEmulator({ apiKey: KEY, jobSeconds: 60 });
    const args = ['--base-url', emulator.url, '--report', join(folder, 'stopped')];
    const { child, ended } = started('conformance.ts', args, { CONFORMANCE_API_KEY: KEY });
    await untilSaid(child.stderr, 'Make a job on each way');
    child.kill('SIGINT');
    const { status, out, err } = await ended;
    const auth = { headers: { authorization: `Bearer ${KEY}` } };
    const jobs = (await (await fetch(`${emulator.url}/fine_tuning/jobs?limit=100`, auth)).json()) as {
      data: { status: string }[];
    };
    await emulator.close();
    expect(err).toContain('cleaning up');
    expect(out).toContain('interrupted');
    expect(status).toBe(5);
    expect(jobs.data.filter((job) => !['cancelled', 'failed', 'succeeded'].includes(job.status))).toEqual([]);
  });

  it('tells progress and result as JSON lines', { timeout: MINUTE }, async () => {
    const dir = join(folder, 'json');
    const { status, out } = await conformance(['--json', '--only', 'create.seed.*', '--report', dir]);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; exitCode?: number });
    expect(lines.length).toBeGreaterThan(3);
    expect(new Set(lines.slice(0, -1).map(({ event }) => event))).toEqual(new Set(['scenario']));
    expect(lines.at(-1)).toMatchObject({ event: 'result', verdict: 'conformant', exitCode: 0, report: dir });
    expect(status).toBe(0);
  });

  it('says that nobody is there, and tells of no step that it did not take', { timeout: MINUTE }, async () => {
    const nobody = ['--base-url', 'http://127.0.0.1:9/v1', '--report', join(folder, 'dead')];
    const { status, out, err } = await conformance(nobody);
    expect(out).toContain('the connection was refused');
    expect(err.match(/(?<=^\[[ \d]+\/\d+\] )[A-Z]\w+/gm)).toEqual(['Reach', 'Judge', 'Close']);
    expect(status).toBe(3);
  });

  it('prints a plan and sends nothing', { timeout: MINUTE }, async () => {
    const { status, out } = await conformance(['--base-url', 'http://127.0.0.1:9/v1', '--plan']);
    expect(out).toMatch(/^total +\d+ +\d+ +\d+$/m);
    expect(status).toBe(0);
  });

  it('lists every requirement, as JSON too', { timeout: MINUTE }, async () => {
    const { out } = await conformance(['--list', '--json']);
    const rows = JSON.parse(out) as { id: string; level: string }[];
    expect(rows.length).toBeGreaterThan(300);
    expect(rows[0]).toMatchObject({ id: 'create.plain.accepted', level: 'MUST' });
  });

  it('lists each requirement at the level that binds in the mode', { timeout: MINUTE }, async () => {
    const only = ['--list', '--only', 'create.suffix.null-accepted'];
    const [{ out: compatible }, { out: strict }] = await Promise.all([
      conformance(only),
      conformance([...only, '--mode', 'strict']),
    ]);
    expect([compatible, strict].map((out) => /^create\S+ +(\S+)/.exec(out)?.[1])).toEqual(['SHOULD', 'MUST']);
  });

  it.each([
    [['--bogus'], /unknown option '--bogus'/],
    [['--base-url', 'foo'], /it is no URL/],
    [['--base-url', 'https://api.example.com/v1'], /add --max-jobs 60/],
    [['--target', 'no-such-target'], /no such profile/],
    [['--only', 'nothing.*'], /matches no requirement/],
    [['--seed', '-1'], /out of range/],
    [['--defect', 'no-such-defect'], /there is no defect/],
    [['--replay', join(root, 'package.json#x')], /no report of this suite/],
  ])('answers %j with one line and exit status 2', { timeout: MINUTE }, async (args, message) => {
    const { status, err } = await conformance(args);
    expect(status).toBe(2);
    expect(
      err
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('error ')),
    ).toHaveLength(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^ {4}at /m);
  });
});

describe('npm run sweep', () => {
  it('takes away what a killed run left', { timeout: 2 * MINUTE }, async () => {
    const emulator = await startEmulator({ apiKey: KEY, jobSeconds: 60 });
    const env = { CONFORMANCE_API_KEY: KEY };
    const args = ['--base-url', emulator.url, '--report', join(folder, 'killed')];
    const { child, ended } = started('conformance.ts', args, env);
    await untilSaid(child.stderr, 'Train on data');
    // The only child of the command is Playwright, which leads a group of its own.
    const [playwright] = childrenOf(child.pid);
    process.kill(-Number(playwright), 'SIGKILL');
    const { status, err } = await ended;
    expect(status).toBe(4);
    expect(err).toContain(`npm run sweep -- --base-url ${emulator.url}`);
    const swept = await started('sweep.ts', ['--base-url', emulator.url], env).ended;
    expect(swept.out).toMatch(/\d+ files deleted, 0 left/);
    expect(swept.status).toBe(0);
    const files = (await (
      await fetch(`${emulator.url}/files`, { headers: { authorization: `Bearer ${KEY}` } })
    ).json()) as { data: unknown[] };
    await emulator.close();
    expect(files.data).toEqual([]);
  });
});
