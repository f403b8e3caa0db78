// What the free tier saves: beside a file that does not exist a body costs no job, and nothing is concluded by mistake.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { startEmulator } from '../emulator/server.ts';
import { asJson, proxyTo } from './testing/proxy.ts';

const KEYS = { '<API key>': 'sk-free-1234567890abcdef', '<admin API key>': 'sk-free-admin-1234567890' };
const MINUTE = 60_000;

async function emulatorUrl(defects: readonly string[] = []): Promise<string> {
  const emulator = await startEmulator({ apiKey: KEYS['<API key>'], adminKey: KEYS['<admin API key>'], defects });
  onTestFinished(() => emulator.close());
  return emulator.url;
}

async function judged(url: string, freeTier: 'on' | 'off'): Promise<Report> {
  const config = configuredFor(url, { freeTier, tier: 'sites' });
  return (await runInProcess({ config, keys: KEYS })).report;
}

const statusOf = (report: Report, id: string): string | undefined =>
  report.requirements.find((row) => row.id === id)?.status;
const acceptances = ({ requirements }: Report): string[] =>
  requirements.filter(({ id }) => id.includes('accept')).map(({ id, status }) => `${id} ${status}`);

/** The emulator behind a gateway that asks for the file before it reads anything else. */
async function fileFirst(emulator: string): Promise<string> {
  const error = { message: 'invalid training_file', type: 'invalid_request_error', param: 'training_file', code: 'invalid_training_file' }; // prettier-ignore
  const gateway = await proxyTo(emulator, (asked, pass) =>
    /"training_file":"file-conformance\w+missing"/.test(asked.body.toString('latin1'))
      ? asJson(400, { error })
      : pass(asked),
  );
  onTestFinished(() => gateway.close());
  return gateway.baseUrl;
}

describe('the free tier', () => {
  it('shows the same with fewer jobs', { timeout: 2 * MINUTE }, async () => {
    const free = await judged(await emulatorUrl(), 'on');
    const paid = await judged(await emulatorUrl(), 'off');
    expect(free.summary.exitCode).toBe(0);
    expect(acceptances(free)).toEqual(acceptances(paid));
    expect(free.run.jobsCreated).toBeLessThan(paid.run.jobsCreated - 30);
  });

  it('hides no extreme that a target refuses', { timeout: MINUTE }, async () => {
    const report = await judged(await emulatorUrl(['strict-maximum:create.seed.accepts']), 'on');
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
  });

  it('concludes nothing where the file is looked up before the body is read', { timeout: MINUTE }, async () => {
    const report = await judged(await fileFirst(await emulatorUrl(['strict-maximum:create.seed.accepts'])), 'on');
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
    expect(report.notices.join('\n')).toContain('goes unnoticed beside a training file that does not exist');
  });
});
