// Every script that the workflows and the action call, run as they call it.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: readonly [string, ...string[]], cwd: string, env: Readonly<Record<string, string>> = {}): Ran {
  const [program, ...words] = command;
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    // Where the suite stands behind links, its own settings for TSX are not found by themselves.
    env: { PATH, HOME, NO_COLOR: '1', TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env },
  });
  return { status, out: stdout, err: stderr };
}

/** What stands between the tokens, and what stands outside of them. */
function fenced(out: string): { readonly inside: string; readonly outside: string } {
  const found = /^::stop-commands::([0-9a-f]{32})\n([^]*?)\n::\1::$/m.exec(out);
  return { inside: found?.[2] ?? '', outside: found === null ? out : out.replace(found[0], '') };
}

const JUDGE = ['sh', join(root, '.github/scripts/judge.sh')] as const;
const QUICK = { INPUT_ONLY: 'create.seed.maximum' };

describe('judge.sh, as the action runs it', () => {
  const dir = join(folder, 'vendor');
  beforeAll(() => mkdirSync(dir));

  it('judges, writes the report where it was asked to, and tells the outputs and the summary', () => {
    const files = { GITHUB_OUTPUT: join(dir, 'output'), GITHUB_STEP_SUMMARY: join(dir, 'summary') };
    const { status, out } = run(JUDGE, dir, { ...QUICK, ...files, INPUT_REPORT: 'out dir', INPUT_SEED: 'random' });
    expect(status).toBe(0);
    const seed = /^seed (\d+)$/m.exec(out)?.[1] ?? '';
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe(`exit-code=0\nseed=${seed}\nreport=${join(dir, 'out dir')}\n`); // prettier-ignore
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toContain('conformant');
    expect(existsSync(join(dir, 'out dir', 'conformance.json'))).toBe(true);
    expect(fenced(out).inside).toContain('CONFORMANT');
    expect(fenced(out).outside.trim()).toBe(`seed ${seed}`);
  }, 60_000);

  it('ends with the status of the run, unless it was told what not to fail on', () => {
    const refused = { ...QUICK, INPUT_TIER: 'no-such-tier' };
    expect(run(JUDGE, dir, refused).status).toBe(2);
    expect(run(JUDGE, dir, { ...refused, INPUT_FAIL_ON: 'fault' }).status).toBe(2);
    expect(run(JUDGE, dir, { ...refused, INPUT_FAIL_ON: 'never' }).status).toBe(0);
    const nobody = { ...QUICK, INPUT_BASE_URL: 'http://127.0.0.1:9/v1' };
    expect(run(JUDGE, dir, { ...nobody, INPUT_FAIL_ON: 'fault' }).status).toBe(0);
    expect(run(JUDGE, dir, nobody).status).toBe(3);
  }, 120_000);

  it('takes an input for nothing but an input', () => {
    const trap = join(dir, 'trap');
    const odd = `x"; touch ${trap}; $(touch ${trap}) \`touch ${trap}\` * --list`;
    expect(run(JUDGE, dir, { ...QUICK, INPUT_TIER: odd }).out).toContain('--tier');
    expect(run(JUDGE, dir, { INPUT_ONLY: 'create.*\n--defect\nsuffix-cut' })).toMatchObject({
      status: 2,
      err: expect.stringContaining('an input holds a line break') as string,
    });
    expect(existsSync(trap)).toBe(false);
  }, 60_000);
});

describe('plan.mjs, as the nightly workflow runs it', () => {
  const plan = (targets: unknown, env: Readonly<Record<string, string>> = {}): Ran => {
    const file = join(folder, 'targets.json');
    writeFileSync(file, JSON.stringify(targets));
    return run([process.execPath, join(root, '.github/scripts/plan.mjs')], folder, { TARGETS: file, ...env });
  };
  const output = ({ out }: Ran, name: string): unknown => JSON.parse(new RegExp(`^${name} (.*)$`, 'm').exec(out)?.[1] ?? 'null') as unknown; // prettier-ignore
  const both = [{ name: 'emulator', shards: 2 }, { name: 'acme', 'base-url': 'https://a.example/v1', key: 'ACME_KEY', 'max-jobs': 60 }]; // prettier-ignore

  it('gives a pull request the fixed seed and no target that needs a key', () => {
    const made = plan(both, { EVENT: 'pull_request', ASKED_SEED: '9' });
    expect([output(made, 'seed'), output(made, 'targets'), output(made, 'keyed')]).toEqual([1, ['emulator'], []]);
  });

  it('gives a night a seed of its own, and all targets in their shards', () => {
    const made = plan(both, { EVENT: 'schedule' });
    expect(output(made, 'open')).toMatchObject([
      { target: 'emulator', shard: '1/2', part: 1 },
      { target: 'emulator', shard: '2/2', part: 2 },
    ]);
    expect(output(made, 'keyed')).toMatchObject([{ target: 'acme', shard: '1/1', key: 'ACME_KEY', 'max-jobs': '60' }]);
    const seeds = [1, 2, 3].map(() => output(plan(both, { EVENT: 'schedule' }), 'seed'));
    expect(new Set(seeds).size).toBeGreaterThan(1);
    expect(output(plan(both, { EVENT: 'workflow_dispatch', ASKED_SEED: '42' }), 'seed')).toBe(42);
  });

  it('writes outputs that a workflow can read', () => {
    const file = join(folder, 'plan-output');
    plan(both, { EVENT: 'schedule', GITHUB_OUTPUT: file });
    const names = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split('=')[0]); // prettier-ignore
    expect(names).toEqual(['seed', 'targets', 'open', 'keyed']);
  });

  it.each([
    [[{ name: '../x' }], /is no name/],
    [[{ name: 'a', key: 'sk-live-abc' }], /never the key itself/],
    [[{ name: 'a', shards: 0 }], /no number from 1 to 32/],
    [[{ name: 'a', secret: 1 }], /secret is no member/],
    [[{ name: 'a' }, { name: 'a' }], /stands twice/],
    [[], /holds no list/],
  ])('refuses %j', (targets, expected) => {
    expect(plan(targets)).toMatchObject({ status: 2, err: expect.stringMatching(expected) as string });
  });

  it('accepts the targets of this repository', () => {
    expect(run([process.execPath, '.github/scripts/plan.mjs'], root, { EVENT: 'pull_request' }).status).toBe(0);
  });
});

describe('a night: merge.sh, update-issue.mjs and site.sh, one after the other', () => {
  const dir = join(folder, 'night');
  const summary = join(dir, 'summary');
  const calls = join(dir, 'calls');
  /** A repository as the jobs see it, with the suite's own code behind it. */
  beforeAll(() => {
    mkdirSync(dir);
    for (const name of ['node_modules', 'scripts', 'conformance', 'generated', 'emulator', '.github', 'package.json', 'tsconfig.json']) symlinkSync(join(root, name), join(dir, name)); // prettier-ignore
    mkdirSync(join(dir, 'bin'));
    const list = `[ "$1 $2" = 'issue list' ] && cat ${dir}/open-issues`;
    writeFileSync(join(dir, 'bin', 'gh'), `#!/bin/sh\necho "$@" >> ${calls}\n${list}\nexit 0\n`);
    chmodSync(join(dir, 'bin', 'gh'), 0o755);
    writeFileSync(join(dir, 'open-issues'), '[]');
  });

  const shards = join(dir, 'shards');
  let nights = 0;
  /** The artefact of one shard that was all of the run; a night like an earlier one finds what that found. */
  function shard(defect?: string): void {
    const kept = join(dir, `kept-${defect ?? 'none'}`);
    rmSync(shards, { recursive: true, force: true });
    if (!existsSync(kept)) judgeShard(join(kept, 'shard-emulator-1'), defect);
    cpSync(kept, shards, { recursive: true });
    const file = join(shards, 'shard-emulator-1', 'results.jsonl');
    nights += 1;
    const ofNight = `"run":{"id":"${String(nights).padStart(16, '0')}"`;
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"run":\{"id":"[0-9a-f]{16}"/, ofNight));
  }
  function judgeShard(report: string, defect?: string): void {
    const defects = defect === undefined ? [] : ['--defect', defect];
    const script = ['--import', 'tsx', join(root, 'scripts/conformance.ts')];
    run([process.execPath, ...script, '--quiet', '--only', 'create.seed.*', ...defects, '--report', report], root);
    const file = join(report, 'results.jsonl');
    const lines = readFileSync(file, 'utf8').replace('"shard":null', '"shard":"1/1"');
    writeFileSync(file, lines.replace(/,"above":\{[^}]*\}/, ''));
  }
  const merge = (): Ran => run(['sh', '.github/scripts/merge.sh'], dir, { TARGET: 'emulator', GITHUB_STEP_SUMMARY: summary }); // prettier-ignore
  const tell = (): Ran => run([process.execPath, '.github/scripts/update-issue.mjs'], dir, { TARGET: 'emulator', CHANGE_DIR: 'reports/change/emulator', RUN_URL: 'https://ci.example/run/1', PATH: `${dir}/bin:${process.env['PATH'] ?? ''}` }); // prettier-ignore

  it('the first has nothing to compare with, and is green', () => {
    shard();
    const first = merge();
    expect([first.status, fenced(first.out).inside.includes('CONFORMANT')]).toEqual([0, true]);
    expect(tell().out).toBe('nothing to compare with yet\n');
    expect(readFileSync(summary, 'utf8')).toContain('conformant');
  }, 60_000);

  it('one that broke is red, and opens an issue', () => {
    shard('seed-wraps-around');
    const { status, out } = merge();
    expect([status, fenced(out).inside.includes('newly failing')]).toEqual([1, true]);
    expect(tell().out).toBe('an issue was opened\n');
    expect(readFileSync(calls, 'utf8')).toMatch(/issue create --title Conformance of emulator --label conformance --body-file /); // prettier-ignore
  }, 60_000);

  it('one that is as broken as the last is green, and says nothing', () => {
    shard('seed-wraps-around');
    writeFileSync(calls, '');
    expect([merge().status, tell().out, readFileSync(calls, 'utf8')]).toEqual([0, 'nothing changed\n', '']);
  }, 60_000);

  it('one that is mended is green, and closes the issue', () => {
    shard();
    writeFileSync(join(dir, 'open-issues'), '[{"number": 7, "title": "Conformance of emulator"}]');
    expect(merge().status).toBe(0);
    expect(tell().out).toBe('issue 7 was updated and closed: the target conforms\n');
    expect(readFileSync(calls, 'utf8')).toMatch(/issue comment 7 --body-file .*\nissue close 7/);
    expect(readFileSync(join(dir, 'reports/history/emulator.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4);
  }, 60_000);

  it('one without a shard ends with 3', () => {
    rmSync(shards, { recursive: true });
    mkdirSync(join(shards, 'shard-emulator-1'), { recursive: true });
    expect(merge().status).toBe(2);
    expect(run(['sh', '.github/scripts/merge.sh'], dir, { TARGET: '../x' }).status).toBe(2);
  }, 60_000);

  it('the site has a page for each target, and the matrix where there are several', () => {
    cpSync(join(dir, 'reports/emulator'), join(dir, 'downloaded/report-emulator'), { recursive: true });
    expect(run(['sh', '.github/scripts/site.sh'], dir).status).toBe(0);
    expect(readFileSync(join(dir, 'site/index.html'), 'utf8')).toContain('<h1>emulator</h1>');
    cpSync(join(dir, 'reports/emulator'), join(dir, 'downloaded/report-other'), { recursive: true });
    expect(run(['sh', '.github/scripts/site.sh'], dir).status).toBe(0);
    expect(readFileSync(join(dir, 'site/index.html'), 'utf8')).toContain('<a href="other/index.html">');
    expect(existsSync(join(dir, 'site/other/badge.svg'))).toBe(true);
  }, 60_000);
});
