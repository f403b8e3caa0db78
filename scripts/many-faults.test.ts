// Many faults in one run: none hides another, each is one finding with a small payload, and a second run names them alike.
import { describe, expect, it } from 'vitest';
import type { Failure, Report } from '../conformance/reporting/report.ts';
import * as validators from '#generated/current/validators.js';
import { at, isObject, type JsonObject, member } from '../conformance/contract/json.ts';
import { startEmulator } from '../emulator/server.ts';
import { judgedAt, judgedEmulator, KEYS } from './testing/judged-emulator.ts';
import { asJson, jsonIn, proxyTo } from './testing/proxy.ts';

const MINUTE = 60_000;
/** Defects of different chapters, and the rows under which they have to be found beside each other. */
const FAULTS = {
  'lenient:create.seed.maximum': 'create.seed.maximum',
  'suffix-of-eighteen': 'create.suffix.accepts',
  'wandb-refused-beside-seed': 'create.valid.accepted',
  'tags-lost': 'echo.integrations.details',
  'finish-in-milliseconds': 'retrieve.timestamps.seconds',
  'cancelled-not-listed': 'list.created.present',
  'bytes-unknown': 'files.upload.bytes',
  'unknown-job-400': 'retrieve.unknown.404',
} as const;

const judged = async (): Promise<Report> =>
  (await judgedEmulator({ defects: Object.keys(FAULTS) }, { cases: 40, commands: 60 })).report;

function failures(report: Report): readonly (Failure & { readonly requirement: string })[] {
  return report.requirements.flatMap((row) => row.failures.map((failure) => ({ ...failure, requirement: row.id })));
}

describe('many faults in one run', () => {
  it('are all found, told apart, made small, and named alike by the next run', { timeout: 3 * MINUTE }, async () => {
    const [first, second] = [await judged(), await judged()];
    const found = new Set(failures(first).map(({ requirement }) => requirement));
    expect(Object.values(FAULTS).filter((row) => !found.has(row))).toEqual([]);
    const prints = (report: Report): string[] =>
      failures(report)
        .map(({ fingerprint }) => fingerprint)
        .toSorted();
    expect(new Set(prints(first)).size).toBe(prints(first).length);
    expect(prints(second)).toEqual(prints(first));
    expect(failures(first).filter(({ flaky }) => flaky !== undefined)).toEqual([]);
    const payloadOf = (row: string): unknown => failures(first).find(({ requirement }) => requirement === row)?.payload;
    expect(Object.keys(payloadOf('create.seed.maximum') as object)).toEqual(['model', 'training_file', 'seed']);
    expect(Object.keys(payloadOf('create.valid.accepted') as object).toSorted()).toEqual([
      'integrations',
      'model',
      'seed',
      'training_file',
    ]);
    expect(payloadOf('create.suffix.accepts')).toMatchObject({ suffix: expect.stringMatching(/^.{19}$/) as string });
    expect(first.summary.exitCode).toBe(1);
    expect(first.faults).toEqual([]);
  });
});

describe('jobs that no answer told of', () => {
  it('are found where each of many refused bodies has left one', { timeout: 2 * MINUTE }, async () => {
    const { report } = await judgedEmulator({ defects: ['refused-body-makes-job'] }, { cases: 0, commands: 0 });
    expect(new Set(failures(report).map(({ requirement }) => requirement))).toContain('refusal.no-job');
  });
});

describe('legal bodies that are refused', () => {
  it.each([
    ['what an object lacks', 'demands-name:create.integrations.wandb.accepts', { 'create.integrations.wandb.accepts': 'wandb without name' }],
    ['a number next to its bound', 'strict-exclusive-minimum:create.beta.accepts', { 'create.beta.accepts': 'just above the bound' }],
    ['a length, which is one of many that were taken', 'suffix-of-forty', { 'create.suffix.accepts': 'suffix longest' }],
    ['a kind of value, of which another was taken', 'suffix-without-digits', { 'create.suffix.accepts': 'suffix text', 'create.valid.accepted': 'calibration' }],
    ['two members that do not go together', 'project-of-one-word', { 'create.valid.accepted': 'with integrations', 'create.integrations.accepted': 'documented' }],
  ])('are put down to %s', { timeout: 2 * MINUTE }, async (_, defect, expected) => {
    const { report } = await judgedEmulator({ defects: [defect] }, { cases: 60, commands: 0 });
    const found = failures(report).filter(({ requirement }) => /accept(s|ed)$/.test(requirement));
    expect(new Set(found.map(({ requirement }) => requirement))).toEqual(new Set(Object.keys(expected)));
    for (const [row, site] of Object.entries(expected))
      expect(found.filter(({ requirement }) => requirement === row).map((one) => one.site)).toContainEqual(expect.stringContaining(site));
  }); // prettier-ignore

  it.each<readonly [string, (body: JsonObject) => boolean, readonly string[]]>([
    ['the lack of a member, and not to the words beside it', (body) => {
      const grader = at(body, '/method/reinforcement/grader');
      return member(grader, 'type') === 'python' && member(grader, 'image_tag') === undefined;
    }, ['create.grader.python.accepts GraderPython without image_tag']],
    ['a member that stands alone, and not to its value', (body) =>
      Object.keys(at(body, '/method/dpo/hyperparameters') ?? {}).join() === 'beta',
    ['create.dpo.accepted documented S004 l.369', 'create.hyperparameters.accepts FineTuneDPOHyperparameters only beta']],
  ])('are put down to %s, once', { timeout: 2 * MINUTE }, async (_, isRefused, expected) => {
    const emulator = await startEmulator(KEYS);
    const refusal = asJson(400, { error: { message: 'no', type: 'invalid_request_error', param: null, code: null } });
    const proxy = await proxyTo(emulator.url, (asked, pass) => {
      const body = asked.path.endsWith('/fine_tuning/jobs') && asked.method === 'POST' ? jsonIn(asked.body) : undefined;
      return isObject(body) && validators.CreateFineTuningJobRequest(body) && isRefused(body) ? refusal : pass(asked);
    });
    const { report } = await judgedAt(proxy.baseUrl, { only: ['create.*'], cases: 40 });
    await proxy.close();
    await emulator.close();
    const found = failures(report).map(({ requirement, site }) => `${requirement} ${site ?? ''}`.replace('#/components/schemas/', ''));
    expect(found.toSorted()).toEqual(expected);
  }); // prettier-ignore
});
