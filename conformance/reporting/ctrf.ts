// The Common Test Report Format (ctrf.io), for the dashboards and actions that read it: a test per row of the registry.
// Unlike JUnit it knows results that are neither: a SHOULD that does not hold, and a failure that somebody has accepted.
import type { Report, ReportedRequirement } from './report.ts';

const MOST_SHOWN = 5;

/** @see https://ctrf.io/docs/specification/status */
type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'other';

interface CtrfTest {
  readonly name: string;
  readonly status: CtrfStatus;
  /** Milliseconds. Rows share their requests: none has a time of its own. */
  readonly duration: number;
  readonly rawStatus: string;
  readonly suite: readonly string[];
  readonly tags: readonly string[];
  readonly flaky: boolean;
  readonly message?: string;
  readonly trace?: string;
}

/** The report as CTRF JSON. */
export function ctrfJson(report: Report): string {
  const { run, tool, target, contract } = report;
  const tests = [...report.requirements.filter(({ inScope }) => inScope).map(testOf), ...report.faults.map(faultTest)];
  const having = (wanted: CtrfStatus): number => tests.filter(({ status }) => status === wanted).length;
  const start = Date.parse(run.startedAt);
  const summary = {
    tests: tests.length,
    passed: having('passed'),
    failed: having('failed'),
    pending: 0,
    skipped: having('skipped'),
    other: having('other'),
    flaky: tests.filter(({ flaky }) => flaky).length,
    start,
    stop: start + run.durationMs,
  };
  const environment = {
    testEnvironment: target.name,
    appName: target.baseUrl,
    extra: { edition: contract.edition, mode: contract.mode, seed: run.seed, verdict: report.summary.verdict },
  };
  const results = { tool, summary, tests, environment };
  return `${JSON.stringify({ reportFormat: 'CTRF', specVersion: '0.0.0', reportId: run.id, results }, null, 1)}\n`;
}

function testOf(row: ReportedRequirement): CtrfTest {
  const [first] = row.failures;
  const message = first?.message ?? row.reason;
  return {
    name: `${row.id}: ${row.title}`,
    status: statusOf(row),
    duration: 0,
    rawStatus: row.status,
    suite: [row.chapter],
    tags: [row.level, row.authority],
    flaky: row.failures.some(({ flaky }) => flaky !== undefined),
    ...(row.status === 'pass' || message === null ? {} : { message }),
    ...(first === undefined ? {} : { trace: traceOf(row) }),
  };
}

function statusOf({ status, level }: ReportedRequirement): CtrfStatus {
  if (status === 'pass') return 'passed';
  if (status === 'fail') return level === 'MUST' ? 'failed' : 'other';
  return status === 'waived' ? 'other' : 'skipped';
}

function traceOf({ statement, sources, failures }: ReportedRequirement): string {
  const shown = failures
    .slice(0, MOST_SHOWN)
    .flatMap(({ message, count, curl, replay }) => [`${message} (${count} times)`, curl, replay]);
  return [statement, `Sources: ${sources.join('; ')}`, ...shown].filter((line) => line !== '').join('\n');
}

function faultTest(fault: string): CtrfTest {
  const name = 'the suite itself works';
  return {
    name,
    status: 'failed',
    duration: 0,
    rawStatus: 'fault',
    suite: ['suite'],
    tags: [],
    flaky: false,
    message: fault,
  };
}
