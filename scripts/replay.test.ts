// What a report prints beside a failure is executed here as a reader would: the replay and the curl line, each in a shell
// whose environment holds nothing but PATH and the variable of the key. Both have to show the same failure again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, isArray, type JsonValue } from '../conformance/contract/json.ts';
import { normalised } from '../conformance/reporting/fingerprint.ts';
import type { Failure, Report } from '../conformance/reporting/report.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';

const root = resolve(import.meta.dirname, '..');
const MINUTE = 60_000;
const KEY = 'sk-replay-test-1234567890';
const folder = mkdtempSync(join(tmpdir(), 'replay-test-'));

/** One defect a family of failures, and the requirement under which it has to be found. */
const FAMILIES = [
  ['a refusal that is missing', 'lenient:create.seed.maximum', 'create.seed.maximum'],
  ['an acceptance that is refused', 'seed-zero-refused', 'create.seed.accepts'],
  ['an echo that is lost', 'metadata-lost', 'echo.metadata'],
  ['an answer against its schema', 'created-in-fractions', 'retrieve.job.created_at'],
  ['a status over time', 'model-empty-text', 'status.fine_tuned_model.null-until-finished'],
  ['a list', 'cancelled-not-listed', 'list.created.present'],
] as const;

interface Finished {
  readonly status: number | null;
  readonly out: string;
}

function shell(line: string): Promise<Finished> {
  const child = spawn('sh', ['-c', line], {
    cwd: root,
    env: { PATH: process.env['PATH'], CONFORMANCE_API_KEY: KEY },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((done) => child.once('close', (status) => done({ status, out })));
}

/** Status and body that `curl -i` printed. */
function answerIn(out: string): { status: number; body: JsonValue } {
  const [head = '', ...rest] = out.replaceAll('\r\n', '\n').split('\n\n');
  return { status: Number(/^HTTP\/\S+ (\d+)/.exec(head)?.[1]), body: JSON.parse(rest.join('\n\n')) as JsonValue };
}

/** What stands at the failing place, without ids, times and numbers; of a list, which grows, that the job is not in it. */
function shapeAt(body: JsonValue, failure: Failure): string {
  const found = at(body, failure.at ?? '') ?? null;
  const [, missing = 'no job'] = /^job "([^"]+)" was created/.exec(failure.message) ?? [];
  return isArray(found)
    ? `a list ${JSON.stringify(found).includes(missing) ? 'with' : 'without'} the job`
    : normalised(JSON.stringify(found));
}

describe('what a report prints beside a failure', () => {
  const state: { emulator?: RunningEmulator; report?: Report } = {};

  beforeAll(async () => {
    if (spawnSync('curl', ['--version']).status !== 0)
      throw new Error('curl is not on this machine: the curl lines cannot be executed; install curl');
    state.emulator = await startEmulator({ apiKey: KEY, defects: FAMILIES.map(([, defect]) => defect) });
    const only = FAMILIES.flatMap(([, , requirement]) => ['--only', requirement]).join(' ');
    const report = join(folder, 'report');
    const line = `npm run conformance -- --base-url ${state.emulator.url} ${only} --cases 10 --report ${report}`;
    expect((await shell(line)).status).toBe(1);
    state.report = JSON.parse(readFileSync(join(report, 'conformance.json'), 'utf8')) as Report;
  }, 2 * MINUTE);

  afterAll(async () => {
    await state.emulator?.close();
    // The target lived for this test only, and so do its counterexamples.
    rmSync(join(root, 'reports/corpus', `127.0.0.1-${state.emulator?.port ?? 0}.jsonl`), { force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  const failureOf = (requirement: string): Failure => {
    const [failure] = state.report?.requirements.find(({ id }) => id === requirement)?.failures ?? [];
    if (failure === undefined) throw new Error(`the run found no failure of ${requirement}`);
    return failure;
  };

  it.each(FAMILIES)('%s is shown again by its replay', { timeout: MINUTE }, async (_family, _defect, requirement) => {
    const { replay, fingerprint } = failureOf(requirement);
    expect(replay).toContain(`--replay ${join(folder, 'report/conformance.json')}#${fingerprint}`);
    const { status, out } = await shell(replay);
    expect(out).toContain(`replay  ${requirement} ${fingerprint}: it fails again`);
    expect(status).toBe(1);
  });

  it.each(FAMILIES)(
    '%s is shown again by its curl line',
    { timeout: MINUTE },
    async (_family, _defect, requirement) => {
      const failure = failureOf(requirement);
      expect([...failure.curl.matchAll(/https?:\/\/[^/' ]+/g)].map(([host]) => host)).toEqual(
        expect.arrayContaining([new URL(state.emulator?.url ?? '').origin]),
      );
      const { status, out } = await shell(failure.curl);
      expect(status).toBe(0);
      const answer = answerIn(out);
      expect(answer.status).toBe(failure.response.status);
      expect(shapeAt(answer.body, failure)).toBe(shapeAt(JSON.parse(failure.response.body) as JsonValue, failure));
    },
  );
});
