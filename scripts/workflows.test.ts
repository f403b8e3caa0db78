// The workflows and the action: what they may do, and what reaches whom.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..');
const WORKFLOWS = [
  '.github/workflows/ci.yml',
  '.github/workflows/nightly.yml',
  '.github/workflows/referee.yml',
] as const;
const FILES = [...WORKFLOWS, 'action.yml'] as const;

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if?: string;
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly using: string; readonly steps: readonly Step[] };
  readonly inputs?: Readonly<Record<string, unknown>>;
}

const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const workflow = (file: string): Workflow => parse(text(file)) as Workflow;
const jobsOf = (file: string): [string, Job][] => Object.entries(workflow(file).jobs ?? {});
const stepsOf = (file: string): readonly Step[] => [...jobsOf(file).flatMap(([, job]) => job.steps), ...(workflow(file).runs?.steps ?? [])]; // prettier-ignore

describe.each(FILES)('%s', (file) => {
  it('puts no expression into a script: inputs come by the environment', () => {
    expect(stepsOf(file).filter(({ run }) => run?.includes('${{') === true)).toEqual([]);
  });

  it('takes foreign actions by their full commit alone', () => {
    const foreign = stepsOf(file).flatMap(({ uses }) => (uses === undefined || uses.startsWith('./') ? [] : [uses]));
    expect(foreign.filter((uses) => !/^actions\/[a-z-]+(?:\/[a-z]+)?@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const scripts = stepsOf(file).flatMap(({ run = '' }) => run.match(/\.github\/scripts\/[\w.-]+|\.ci\/run/g) ?? []);
    expect(scripts.filter((script) => !existsSync(join(root, script)))).toEqual([]);
  });
});

describe.each(WORKFLOWS)('%s', (file) => {
  it('may read the contents and, as a whole, nothing more', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
  });

  it('leaves no credentials behind in a checkout, and lets no job run for ever', () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
    expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
    expect(jobsOf(file).filter(([, job]) => job['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('is not started by what a stranger may start with our secrets', () => {
    expect(Object.keys(workflow(file).on ?? {})).not.toContain('pull_request_target');
    expect(Object.keys(workflow(file).on ?? {})).not.toContain('workflow_run');
  });

  it('gives a secret, and a right to write, to no job of a pull request', () => {
    for (const [name, job] of jobsOf(file)) {
      const isTrusted = /^(?:always\(\) && )?github\.event_name != 'pull_request'/.test(job.if ?? '');
      const hasSecrets = /\bsecrets\b/.test(JSON.stringify(job));
      const mayWrite = Object.values(job.permissions ?? {}).includes('write');
      expect(isTrusted || !(hasSecrets || mayWrite), name).toBe(true);
    }
  });

  it('names a secret in the environment of a step and nowhere else', () => {
    const elsewhere = jobsOf(file).map(([, job]) => ({ ...job, steps: job.steps.map(({ env: _env, ...step }) => step) })); // prettier-ignore
    expect(JSON.stringify(elsewhere)).not.toMatch(/\bsecrets\b/);
  });
});

describe('the npm scripts that workflows run', () => {
  it('are there', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = WORKFLOWS.flatMap(stepsOf).flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)); // prettier-ignore
    expect(named).toEqual(expect.arrayContaining(['judge', 'audit', 'steady']));
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the composite action', () => {
  const { inputs = {}, runs } = workflow('action.yml');

  it('hands each of its inputs to the script by the environment', () => {
    const judge = runs?.steps.find(({ id }) => id === 'judge');
    const handed = Object.values(judge?.env ?? {}).flatMap((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? []); // prettier-ignore
    expect([...handed, 'artifact'].sort()).toEqual(Object.keys(inputs).sort());
  });

  it('gets from the nightly workflow only inputs that it has', () => {
    const used = stepsOf('.github/workflows/nightly.yml').filter(({ uses }) => uses === './');
    expect(used).toHaveLength(2);
    for (const step of used)
      expect(Object.keys(step.with ?? {}).filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
  });

  it('takes no key as an input', () => {
    expect(Object.keys(inputs).filter((name) => /key|secret|token/.test(name))).toEqual([]);
  });
});
