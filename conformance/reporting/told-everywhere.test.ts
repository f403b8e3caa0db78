// What no report may leave out, whatever its form: how far a vendor's contract is from OpenAI's, and the calls that lead
// to a failure. Each is shown by the terminal, the Markdown summary, and the page in a real browser.
import { describe, expect, it } from 'vitest';
import type { ContractDifference } from '../contract/distance.ts';
import { pageHtml } from './page/page.tsx';
import type { Report } from './report.ts';
import { summarise } from './summarise.ts';
import { summaryMarkdown } from './summary-markdown.ts';
import { finalTable } from './terminal.ts';
import { exchange, fail, header, log, pass, row } from './testing/log-fixtures.ts';
import { usePages } from './testing/use-pages.ts';
import { displayWidth } from './text-width.ts';

const open = usePages();
const OPTIONS = { waivers: [], reportDir: 'reports/acme' };
const TRAP = '<img src=x onerror="document.title=1">\u001b[2J::error::';

const DISTANCE: readonly ContractDifference[] = [
  { change: 'missing', kind: 'operation', where: 'pauseFineTuningJob', openai: 'POST', vendor: null },
  { change: 'changed', kind: 'member', where: 'FineTuningJob.status', openai: 'queued', vendor: TRAP },
  { change: 'added', kind: 'query', where: 'every operation api-version', openai: null, vendor: 'required' },
];

function judgedBy(dialect: string | undefined): Report {
  const plain = header();
  const told = { ...plain, contract: { ...plain.contract, dialect: dialect ?? '' }, distance: DISTANCE };
  const lines = [row('create.seed.maximum'), exchange('x1'), pass('create.seed.maximum')];
  return summarise(log(lines, { header: dialect === undefined ? plain : told }), OPTIONS);
}

function withCalls(count: number): Report {
  const sequence = Array.from(
    { length: count },
    (_, index) => `retrieve job ${String.fromCharCode(65 + (index % 26))}`,
  );
  const calls = count === 0 ? {} : { sequence: [...sequence.slice(0, -1), `cancel job Z ${TRAP}`] };
  return summarise(
    log([row('cancel.ends'), exchange('x1'), fail('cancel.ends', 'the job went on', 'x1', calls)]),
    OPTIONS,
  );
}

const table = (report: Report): string => finalTable(report, { colour: false, reportDir: 'reports/acme' });

describe('the distance of a dialect from the contract of OpenAI', () => {
  const SENTENCE = "the contract of acme-v1 differs from OpenAI's in 3 places: 1 missing, 1 changed, 1 added";

  it('is one line of the final table, and no failure', () => {
    const said = table(judgedBy('acme-v1'));
    expect(said).toContain(SENTENCE.slice(0, 70));
    expect(said).toMatch(/^CONFORMANT/);
    expect(Math.max(...said.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  });

  it('is listed in Markdown, each difference in a line without markup of the vendor', () => {
    const said = summaryMarkdown(judgedBy('acme-v1')).replaceAll('\\-', '-');
    const section = said.split('## Distance from OpenAI’s contract')[1] ?? '';
    expect(section).toContain(`- ${SENTENCE}`);
    expect(section).toContain('- missing: operation pauseFineTuningJob, POST → nothing');
    expect(section).toContain('- added: query parameter every operation api-version, nothing → required');
    expect(section).toMatch(/^- changed: member FineTuningJob\.status, queued → /m);
    expect(section).not.toMatch(/<img|\u001b|^::error/m);
  });

  it('is a table of the page, with what either contract says', async () => {
    const { page } = await open(pageHtml(judgedBy('acme-v1')));
    const section = page.locator('#distance');
    expect(await section.innerText()).toContain(SENTENCE);
    const rows = await section.locator('tbody tr').allInnerTexts();
    expect(rows.map((text) => text.split(/\s*\t\s*/))).toEqual([
      ['pauseFineTuningJob (operation)', 'missing', 'POST', '–'],
      ['FineTuningJob.status (member)', 'changed', 'queued', expect.stringContaining('<img') as string],
      ['every operation api-version (query parameter)', 'added', '–', 'required'],
    ]);
    expect(await page.title()).not.toBe('1');
  });

  it('is not spoken of where the contract is that of OpenAI', async () => {
    const report = judgedBy(undefined);
    expect(table(report)).not.toContain('differs from');
    expect(summaryMarkdown(report)).not.toContain('Distance');
    const { page } = await open(pageHtml(report));
    expect(await page.locator('#distance').count()).toBe(0);
  });
});

describe('the calls that lead to a failure', () => {
  it('are numbered in the final table, as many as fit', () => {
    expect(table(withCalls(3))).toMatch(/1\. retrieve job A\n +2\. retrieve job B\n +3\. cancel job Z </);
    const said = table(withCalls(12));
    expect(said).toContain('8. retrieve job H\n    … and 4 more calls');
    expect(said).not.toContain('\u001b');
    expect(Math.max(...said.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  });

  it('are a numbered list in Markdown', () => {
    const said = summaryMarkdown(withCalls(3));
    expect(said).toMatch(/^1\. retrieve job A\n2\. retrieve job B\n3\. cancel job Z /m);
    expect(said).not.toMatch(/<img|\u001b/);
  });

  it('are a numbered list of the page, and inert', async () => {
    const { page } = await open(pageHtml(withCalls(70)));
    const calls = page.locator('figure', { hasText: 'in this order' });
    expect(await calls.locator('li').count()).toBe(60);
    expect(await calls.locator('li').first().textContent()).toBe('retrieve job A');
    expect(await calls.textContent()).toContain('… and 10 more');
    const { page: short } = await open(pageHtml(withCalls(1)));
    const one = short.locator('figure', { hasText: 'one is enough' });
    expect(await one.locator('li').allTextContents()).toEqual([expect.stringContaining('cancel job Z <img') as string]);
    expect(await short.title()).not.toBe('1');
  });

  it('have no place where a failure has none', async () => {
    const { page } = await open(pageHtml(withCalls(0)));
    expect(await page.locator('figcaption', { hasText: 'Calls' }).count()).toBe(0);
  });
});
