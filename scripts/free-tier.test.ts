// What the free tier saves: beside a file that does not exist a body costs no job, and nothing is concluded by mistake.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import { startEmulator } from '../emulator/server.ts';
import { judgedAt, judgedEmulator, KEYS } from './testing/judged-emulator.ts';
import { asJson, proxyTo } from './testing/proxy.ts';

const MINUTE = 60_000;
const FREE = { freeTier: 'on', tier: 'sites' } as const;
const DEFECTS = ['strict-maximum:create.seed.accepts'];

const statusOf = (report: Report, id: string): string | undefined =>
  report.requirements.find((row) => row.id === id)?.status;
const acceptances = ({ requirements }: Report): string[] =>
  requirements.filter(({ id }) => id.includes('accept')).map(({ id, status }) => `${id} ${status}`);

/** The emulator behind a gateway that asks for the file before it reads anything else. */
async function fileFirst(defects: readonly string[]): Promise<string> {
  const emulator = await startEmulator({ ...KEYS, defects });
  const error = { message: 'invalid training_file', type: 'invalid_request_error', param: 'training_file', code: 'invalid_training_file' }; // prettier-ignore
  const gateway = await proxyTo(emulator.url, (asked, pass) =>
    /"training_file":"file-conformance\w+missing"/.test(asked.body.toString('latin1'))
      ? asJson(400, { error })
      : pass(asked),
  );
  onTestFinished(async () => {
    await gateway.close();
    await emulator.close();
  });
  return gateway.baseUrl;
}

describe('the free tier', () => {
  it('shows the same with fewer jobs', { timeout: 2 * MINUTE }, async () => {
    const { report: free } = await judgedEmulator({}, FREE);
    const { report: paid } = await judgedEmulator({}, { ...FREE, freeTier: 'off' });
    expect(free.summary.exitCode).toBe(0);
    expect(acceptances(free)).toEqual(acceptances(paid));
    expect(free.run.jobsCreated).toBeLessThan(paid.run.jobsCreated - 30);
  });

  it('hides no extreme that a target refuses', { timeout: MINUTE }, async () => {
    const { report } = await judgedEmulator({ defects: DEFECTS }, FREE);
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
  });

  it('concludes nothing where the file is looked up before the body is read', { timeout: MINUTE }, async () => {
    const { report } = await judgedAt(await fileFirst(DEFECTS), FREE);
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
    expect(report.notices.join('\n')).toContain('goes unnoticed beside a training file that does not exist');
  });
});
