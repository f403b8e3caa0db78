// Jobs that are not found by their id: a reader that lags behind is accused of nothing, a target that loses its jobs is,
// and either way every job is cancelled that was made.
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import type { TestServer } from '../conformance/testing/null-servers.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { asker } from './testing/ask-emulator.ts';
import { judgedAt, KEYS } from './testing/judged-emulator.ts';
import { asJson, proxyTo } from './testing/proxy.ts';

const FOUND = 'retrieve.created.found';
const TWO_MINUTES = { timeout: 120_000 };

const open: (RunningEmulator | TestServer)[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** An emulator whose jobs take longer than a run waits for any of them to start. */
async function emulator(defects: readonly string[] = [], jobSeconds = 3_600): Promise<RunningEmulator> {
  const started = await startEmulator({ ...KEYS, defects, jobSeconds });
  open.push(started);
  return started;
}

/** The same behind a reader that finds no job before it is so old. */
async function laggingBy(ms: number): Promise<{ readonly url: string; readonly behind: RunningEmulator }> {
  const behind = await emulator();
  const made = new Map<string, number>();
  const proxy = await proxyTo(behind.url, async (asked, pass) => {
    const id = /^\/fine_tuning\/jobs\/([^/?]+)$/.exec(asked.path)?.[1];
    const since = id === undefined ? undefined : made.get(id);
    if (asked.method === 'GET' && since !== undefined && Date.now() - since < ms)
      return asJson(404, { error: { message: 'no such job', type: 'invalid_request_error', param: null, code: null } });
    const answer = await pass(asked);
    if (asked.method === 'POST' && asked.path === '/fine_tuning/jobs' && answer.status === 200)
      made.set((JSON.parse(answer.body.toString()) as { id: string }).id, Date.now());
    return answer;
  });
  open.push(proxy);
  return { url: proxy.baseUrl, behind };
}

async function judged(baseUrl: string): Promise<Report> {
  const { report } = await judgedAt(baseUrl, { tier: 'smoke', jobTimeout: 3, wire: 'safe' });
  expect(report.faults).toEqual([]);
  return report;
}

const rowOf = (report: Report): Report['requirements'][number] | undefined =>
  report.requirements.find(({ id }) => id === FOUND);
const failedIn = (report: Report): string[] =>
  report.requirements.filter(({ status, level }) => status === 'fail' && level === 'MUST').map(({ id }) => id);

/** How the jobs ended that were made: one whose file is deleted fails, and has cost money until then. */
async function endsOn({ url }: RunningEmulator): Promise<string[]> {
  const page = await asker(url, KEYS.apiKey)('GET', '/fine_tuning/jobs?limit=100');
  const jobs = page['data'] as { status: string }[];
  expect(jobs.length).toBeGreaterThan(2);
  return [...new Set(jobs.map(({ status }) => status))];
}

describe('a job that is not found at once', () => {
  it('is looked for again, accuses nobody, and is told of', TWO_MINUTES, async () => {
    const { url, behind } = await laggingBy(600);
    const report = await judged(url);
    expect(failedIn(report)).toEqual([]);
    expect(rowOf(report)).toMatchObject({ status: 'pass', failures: [] });
    expect(rowOf(report)?.notes.map(({ text }) => text)).toEqual(['it was not found at every look, and found in the end']);
    expect(report.observed.map(({ subject }) => subject)).toContain('a job that was made, retrieved at once');
    expect(report.requirements.filter(({ status }) => status === 'pass').length).toBeGreaterThan(100);
    expect(await endsOn(behind)).toEqual(['cancelled']);
  }); // prettier-ignore
});

describe('a job that is never found', () => {
  it.each([
    ['until it has started to run, which takes hours', 'not-found-until-it-runs', 'never found'],
    ['once it has ended', 'not-found-once-ended', 'found no longer'],
    ['by bad luck', 'fifth-job-not-found', 'never found'],
  ])('%s, is held against the target, and cancelled all the same', TWO_MINUTES, async (_, defect, site) => {
    const behind = await emulator([defect]);
    const report = await judged(behind.url);
    expect(failedIn(report)).toEqual([FOUND]);
    const [failure] = rowOf(report)?.failures ?? [];
    expect(failure).toMatchObject({ site, response: { status: 404 } });
    expect(failure?.message).toMatch(/at each of \d+ looks in [3-9] s$/);
    expect(await endsOn(behind)).toEqual(['cancelled']);
  });

  it('does not hide what else there is to judge, where it was found as long as it lived', TWO_MINUTES, async () => {
    const behind = await emulator(['not-found-once-ended', 'created-in-fractions']);
    const report = await judged(behind.url);
    expect(failedIn(report)).toContain('retrieve.job.created_at');
    expect(report.requirements.filter(({ status }) => status === 'pass').length).toBeGreaterThan(100);
  });
});
