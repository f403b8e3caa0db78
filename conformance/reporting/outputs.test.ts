import { readdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badgeData, badgeSvg } from './badge.ts';
import { ctrfJson } from './ctrf.ts';
import { junitXml } from './junit.ts';
import { TruncatedLog } from './log-errors.ts';
import type { Report } from './report.ts';
import { summarise } from './summarise.ts';
import { summaryMarkdown } from './summary-markdown.ts';
import { finalTable } from './terminal.ts';
import { hostileLog } from './testing/hostile-log.ts';
import { asText, exchange, fail, footer, header, log, pass, row } from './testing/log-fixtures.ts';
import { sampleLog } from './testing/sample-log.ts';
import { displayWidth } from './text-width.ts';
import { asReport } from './validate-report.ts';
import { readReport, writeReports } from './write-report.ts';

const OPTIONS = { waivers: [], reportDir: 'reports/acme' };
const sample = summarise(sampleLog(), OPTIONS);
const hostile = summarise(hostileLog(), OPTIONS);

/** A report in which so many MUST fail, each with a long payload. */
function failing(count: number, length = 100): Report {
  const ids = Array.from({ length: count }, (_, index) => `create.m${index}.type`);
  const lines = ids.flatMap((id) => [row(id), fail(id, `the ${'long '.repeat(length / 5)}story`)]);
  return summarise(
    log([
      exchange('x1', { payload: { suffix: 'x'.repeat(length) } }),
      ...lines.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'requirement' ? -1 : 1)),
    ]),
    OPTIONS,
  );
}

describe('the final table', () => {
  const plain = finalTable(sample, { colour: false, reportDir: 'reports/acme' });

  it('fits a screen of 80 columns', () => {
    expect(Math.max(...plain.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    expect(plain.split('\n').length).toBeLessThanOrEqual(45);
  });

  it('says the verdict, the counts, what failed, where the report lies and what the exit status means', () => {
    expect(plain).toMatch(/^NON-CONFORMANT {2}5 of 69 MUST in scope failed\n/);
    expect(plain).toMatch(/MUST +\d+ +5 +0 +\d+ +\d+ +69/);
    expect(plain).toContain(
      '  create.seed.maximum (2 of 2)\n    seed is 2147483648: accepted with status 200, 4xx expected\n',
    );
    expect(plain).toContain('  errors.param.names-member');
    expect(plain).toContain('narrowed: tier sites');
    expect(plain).toContain('3 notices in the report');
    expect(plain).toContain('report  reports/acme/index.html\nexit    1: a MUST in scope failed\n');
  });

  it('is the same with colours, but for the colours', () => {
    const coloured = finalTable(sample, { colour: true, reportDir: 'reports/acme' });
    expect(coloured).toContain('\u001b[31m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('names a dozen of many failures and counts the rest by chapter', () => {
    const table = finalTable(failing(200), { colour: false, reportDir: 'r' });
    expect(table).toContain('  create.m11.type');
    expect(table).not.toContain('create.m12.type');
    expect(table).toContain('… and 188 more: create 188');
    expect(table.split('\n').length).toBeLessThanOrEqual(45);
  });

  it('says what was blocked and what broke', () => {
    const broken = summarise(
      log([
        { kind: 'fault', text: 'TypeError: x is undefined' },
        { kind: 'blocked', text: 'no quota' },
      ]),
      OPTIONS,
    );
    const table = finalTable(broken, { colour: false, reportDir: 'r' });
    expect(table).toMatch(/^FAULT {2}the suite itself failed: TypeError/);
    expect(table).toContain('blocked: no quota');
    expect(table).toContain('exit    4: the suite itself failed');
  });

  it('lets a target neither paint nor command', () => {
    const table = finalTable(hostile, { colour: false, reportDir: 'r' });
    expect(table).not.toMatch(/[^\P{Cc}\n]/u);
    expect(table).not.toMatch(/^\s*::|##\[/m);
    expect(Math.max(...table.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  });
});

describe('the Markdown summary', () => {
  it('begins with the verdict and holds counts, chapters, failures and notices', () => {
    const text = summaryMarkdown(sample);
    expect(text).toMatch(/^# ❌ non-conformant: `acme-tune`\n/);
    expect(text).toContain('| **MUST** |');
    expect(text).toMatch(/\| errors \| 3 \| 5 \| 6 \| 6 \|/);
    expect(text).toContain('## MUST `create.seed.maximum`');
    expect(text).toContain('- 2 times: `seed is 2147483648: accepted with status 200, 4xx expected`');
    expect(text).toContain('**Narrowed:** tier sites.');
    expect(text).toContain('## Notices');
  });

  it('stays within 65 kB and says what it left out', () => {
    const text = summaryMarkdown(failing(350, 1_000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_000);
    expect(text).toMatch(/… and \d+ more failed requirements: see the full report/);
  });

  it('stays within 65 kB for the most talkative of targets', () => {
    const said = Array.from(
      { length: 300 },
      (_, index) => ({ kind: 'notice', text: `${index} ${'\u{e0041}'.repeat(500)}` }) as const,
    );
    const long = summarise(
      log(said, {
        header: header({ target: { name: '\u{e0041}'.repeat(50_000), baseUrl: '\u{e0041}'.repeat(50_000) } }),
      }),
      OPTIONS,
    );
    expect(Buffer.byteLength(summaryMarkdown(long))).toBeLessThanOrEqual(65_000);
  });

  it('leaves a target no mention, link, image, HTML or block of its own', () => {
    const text = summaryMarkdown(hostile);
    const outside = text.replace(/^(`{3,})sh\n[^]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary)>)/);
    expect(outside).not.toMatch(/@(?!\u200b)/);
    expect(outside).not.toMatch(/(?<!\\)\]\(|:\/\//);
    expect(outside.match(/^#+ /gm)).toHaveLength(5);
  });
});

describe('JUnit XML', () => {
  const xml = junitXml(sample);

  it('has a suite per chapter and a case per row in scope', () => {
    expect(xml.match(/<testsuite /g)).toHaveLength(17);
    expect(xml.match(/<testcase /g)).toHaveLength(sample.requirements.length);
    expect(xml).toContain('<testsuite name="create" tests="7" failures="2" errors="0"');
  });

  it('is red for a MUST alone', () => {
    expect(xml.match(/<failure /g)).toHaveLength(5);
    expect(xml).toContain('<skipped message="SHOULD that does not hold: suffix has 65 characters');
    expect(xml).toContain('<skipped message="not-exercised: ');
  });

  it('holds nothing that a target could make markup of', () => {
    const bare = junitXml(hostile).replace(
      /<\/?(?:testsuites?|testcase|failure|skipped|error)\b[^<>]*>|<\?xml[^>]*>/g,
      '',
    );
    expect(bare).not.toMatch(/[<>]/);
    expect(bare).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#10|#9);)/);
  });
});

describe('CTRF', () => {
  const { results } = JSON.parse(ctrfJson(sample)) as {
    results: { summary: Record<string, number>; tests: { name: string; status: string; trace?: string }[] };
  };

  it('has a test per row in scope, and counts that add up', () => {
    const { tests, passed, failed, skipped, other } = results.summary;
    expect(results.tests).toHaveLength(sample.requirements.filter(({ inScope }) => inScope).length);
    expect((passed ?? 0) + (failed ?? 0) + (skipped ?? 0) + (other ?? 0)).toBe(tests);
  });

  it('fails a MUST alone, with the request that shows it', () => {
    const failed = results.tests.filter(({ status }) => status === 'failed');
    expect(failed).toHaveLength(sample.summary.must.fail);
    expect(failed[0]?.trace).toContain('curl');
    expect(results.tests.filter(({ status }) => status === 'other').length).toBeGreaterThan(0);
  });

  it('tells a fault of the suite as a failure of its own', () => {
    const broken = JSON.parse(ctrfJson({ ...sample, faults: ['a check crashed'] })) as { results: typeof results };
    expect(broken.results.tests.at(-1)).toMatchObject({ name: 'the suite itself works', status: 'failed' });
  });
});

describe('the badge', () => {
  it('says how many MUST hold and that the run was narrowed', () => {
    expect(badgeData(sample)).toEqual({
      schemaVersion: 1,
      label: 'fine-tuning API',
      message: 'non-conformant · 50/64 MUST · narrowed: tier',
      color: '#b3362b',
    });
  });

  it('names an edition that is not the current one, and waivers', () => {
    const id = 'create.a.type';
    const waiver = { requirement: id, reason: 'r', owner: 'o', expires: '2027-01-01' };
    const made = summarise(
      log([row(id), exchange('x1'), fail(id, 'm')], { header: header({ contract: { edition: '2024-04' } }) }),
      { ...OPTIONS, waivers: [waiver] },
    );
    expect(badgeData(made).message).toBe('conformant · 0/1 MUST · 1 waived · 2024-04');
  });

  it('is a picture with its text for those who cannot see it', () => {
    expect(badgeSvg(sample)).toContain('aria-label="fine-tuning API: non-conformant · 50/64 MUST · narrowed: tier"');
    expect(badgeSvg(hostile)).not.toContain('<script');
  });
});

describe('the schema of reports', () => {
  const changed = (
    change: (copy: { requirements: { status: string; failures: unknown[] }[]; summary: { exitCode: number } }) => void,
  ): unknown => {
    const copy: unknown = JSON.parse(JSON.stringify(sample));
    change(copy as Parameters<typeof change>[0]);
    return copy;
  };

  it('takes every report that is written', () => {
    expect(asReport(JSON.parse(JSON.stringify(sample)))).toEqual(sample);
    expect(() => asReport(hostile)).not.toThrow();
  });

  it('takes no pass that nothing was seen of, and no failure without evidence', () => {
    expect(() => asReport(changed(({ requirements }) => requirements.forEach((row) => (row.status = 'pass'))))).toThrow(
      /not a conformance report: \/requirements\/\d+\/(failures|exercised)/,
    );
    expect(() => asReport(changed(({ requirements }) => requirements.forEach((row) => (row.failures = []))))).toThrow(
      /failures/,
    );
  });

  it('names the member at fault', () => {
    expect(() => asReport(changed(({ summary }) => (summary.exitCode = 9)))).toThrow(/\/summary\/exitCode/);
    expect(() => asReport(null)).toThrow(/it must be object/);
  });
});

describe('writing reports', () => {
  const inFolder = async (text: string, use: (folder: string) => Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'reports-'));
    writeFileSync(join(folder, 'results.jsonl'), text);
    await use(folder).finally(() => rmSync(folder, { recursive: true }));
  };

  it('derives every file from the log alone', async () => {
    await inFolder(asText(sampleLog()), async (folder) => {
      const report = await writeReports(folder, []);
      expect(readdirSync(folder).sort()).toEqual(['badge.json', 'badge.svg', 'conformance.json', 'coverage.json', 'ctrf.json', 'index.html', 'junit.xml', 'results.jsonl', 'summary.md']); // prettier-ignore
      expect(asReport(JSON.parse(readFileSync(join(folder, 'conformance.json'), 'utf8')))).toEqual(report);
      expect({ ...report, requirements: [] }).toEqual({ ...sample, requirements: [] });
    });
  });

  it('gives the same bytes whenever it is done', async () => {
    await inFolder(asText(sampleLog()), async (folder) => {
      const all = (): string => readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'); // prettier-ignore
      await writeReports(folder, []);
      const first = all();
      await writeReports(folder, []);
      expect(all()).toBe(first);
    });
  });

  it('finds the evidence of a failure again, also behind wide characters and far down the log', async () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      exchange(`x${index}`, { payload: { suffix: `größer ${index} ${'x'.repeat(2_000)}` } }),
    );
    const id = 'create.suffix.maxLength';
    await inFolder(asText(log([row(id), ...lines, fail(id, 'm', 'x299')])), async (folder) => {
      const report = await readReport(folder, []);
      expect(report.requirements[0]?.failures[0]).toMatchObject({
        exchange: 'x299',
        payload: { suffix: expect.stringMatching(/^größer 299 /) as string },
      });
    });
  });

  it('leaves the last good report where the log does not hold together', async () => {
    await inFolder(asText(log([row('create.a.type'), exchange('x1'), pass('create.a.type')])), async (folder) => {
      await writeReports(folder, []);
      const before = readFileSync(join(folder, 'conformance.json'), 'utf8');
      writeFileSync(join(folder, 'results.jsonl'), asText([header()]));
      await expect(writeReports(folder, [])).rejects.toBeInstanceOf(TruncatedLog);
      expect(readFileSync(join(folder, 'conformance.json'), 'utf8')).toBe(before);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    });
  });

  it('keeps a member called __proto__ as a member', async () => {
    const odd = exchange('x1', { payload: '{"__proto__":{"polluted":true},"model":"m"}' });
    await inFolder(
      asText([header(), row('create.a.type'), odd, fail('create.a.type', 'm'), footer()]),
      async (folder) => {
        await writeReports(folder, []);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        expect(readFileSync(join(folder, 'conformance.json'), 'utf8')).toContain('"__proto__": {');
      },
    );
  });
});
