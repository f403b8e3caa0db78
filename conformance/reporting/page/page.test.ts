// The page in a real browser, from a file, as a person opens it.
import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { answer, exchange, fail, log, row } from '../testing/log-fixtures.ts';
import { sampleLog } from '../testing/sample-log.ts';
import { usePages } from '../testing/use-pages.ts';
import { pageHtml } from './page.tsx';

const open = usePages();

function reportOn(lines: readonly LogLine[]): Report {
  return summarise(lines, { waivers: [], reportDir: 'reports/acme' });
}

const sampleHtml = pageHtml(reportOn(sampleLog()));

const shownRows = (page: Page): Promise<number> => page.locator('tr[data-row]:visible').count();

describe('the page', () => {
  it('asks for nothing but itself and breaks nothing', async () => {
    const { page, requests, troubles } = await open(sampleHtml);
    await page.waitForLoadState('load');
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('is under a megabyte, also for a run in which everything failed at length', () => {
    expect(Buffer.byteLength(sampleHtml)).toBeLessThan(500_000);
    const ids = Array.from({ length: 400 }, (_, index) => `create.m${index}.type`);
    const body = exchange('x1', { payload: { suffix: 'x'.repeat(16_000) }, outcome: answer(400, '<'.repeat(16_000)) });
    const bad = [
      ...ids.map((id) => row(id)),
      body,
      ...ids.flatMap((id) => [1, 2, 3].map((n) => fail(id, `way ${'abc'[n - 1] ?? ''} ${'long '.repeat(100)}`))),
    ];
    expect(Buffer.byteLength(pageHtml(reportOn(log(bad))))).toBeLessThan(1_000_000);
  });

  it('says on its first screen who was judged, by what, with which verdict, and what failed', async () => {
    const { page } = await open(sampleHtml);
    for (const text of [
      'acme-tune',
      'https://api.acme-tune.example/openai/v1',
      'edition current',
      'compatible mode',
      'Not conformant',
      'Exit status 1: a MUST in scope failed',
      'This run was narrowed: tier sites.',
      'Seed: the largest value is enforced',
    ]) {
      // prettier-ignore
      const box = await page.getByText(text, { exact: false }).first().boundingBox();
      expect(box?.y, text).toBeLessThan(900);
    }
    const chapter = page.locator('.chapters tr', { hasText: 'errors' }).locator('td');
    expect((await chapter.allInnerTexts()).slice(1)).toEqual(['3', '5', '6', '6']);
  });

  it('shows each failure with payload, answer, curl and replay, and marks the offending place', async () => {
    const { page } = await open(sampleHtml);
    const article = page.locator('article[id="list.after.exclusive"]');
    expect(await article.locator('mark').innerText()).toBe('"id": "ftjob-9vKq2ZbPq7rJ4nE0"');
    expect(await article.innerText()).toContain('The page after a job does not hold that job again');
    expect(await article.innerText()).toContain('curl -sS');
    expect(await article.innerText()).toContain('--replay reports/acme/conformance.json#');
  });

  it('marks the fault in the payload, or names it where it was not sent', async () => {
    const faults = sampleLog().map((line): LogLine => {
      if (line.kind !== 'verdict' || line.outcome !== 'fail') return line;
      return { ...line, faultAt: line.requirement === 'create.seed.maximum' ? '/seed' : '/not/there' };
    });
    const { page } = await open(pageHtml(reportOn(faults)));
    const seed = page.locator('article[id="create.seed.maximum"] figure').first();
    expect(await seed.locator('mark').innerText()).toBe('"seed": 2147483648');
    expect(await seed.locator('figcaption').innerText()).toContain('the fault: /seed');
    const other = page.locator('article[id="create.integrations.accepted"] figure').first();
    expect(await other.locator('figcaption').innerText()).toContain('not sent: /not/there');
  });

  it('reads without a script', async () => {
    const { page } = await open(sampleHtml, { javaScriptEnabled: false });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('[data-copy]:visible').count()).toBe(0);
    expect(await page.locator('tr[data-row]:visible').count()).toBe(78);
    expect(await page.locator('article:visible').count()).toBe(7);
  });
});

describe('filters', () => {
  it('narrow by chapter, level, status and words, and say how many are left', async () => {
    const { page } = await open(sampleHtml);
    const count = page.locator('#filters output');
    expect(await count.innerText()).toBe('78 requirements');
    await page.getByRole('combobox', { name: 'chapter' }).selectOption('errors');
    expect(await shownRows(page)).toBe(6);
    expect(await count.innerText()).toBe('6 of 78');
    await page.getByRole('combobox', { name: 'level' }).selectOption('MUST');
    await page.getByRole('combobox', { name: 'status' }).selectOption('fail');
    expect(await shownRows(page)).toBe(1);
    expect(await page.locator('article:visible').count()).toBe(1);
    await page.getByRole('searchbox').fill('no such words');
    expect(await shownRows(page)).toBe(0);
    expect(await page.getByText('No requirement matches.').isVisible()).toBe(true);
    await page.getByRole('searchbox').press('Escape');
    expect(await shownRows(page)).toBe(78);
  });

  it('find words anywhere, in any order and case', async () => {
    const { page } = await open(sampleHtml);
    await page.getByRole('searchbox').fill('EXCEPTIONTHROWNONINVALIDFILENAME param');
    expect(await page.locator('tr[data-row]:visible').allInnerTexts()).toEqual([
      expect.stringContaining('error.param names the member') as string,
    ]);
  });

  it('stand in the address, and come back from it', async () => {
    const { page } = await open(sampleHtml);
    await page.getByRole('combobox', { name: 'level' }).selectOption('SHOULD');
    await page.getByRole('searchbox').fill('a b&c');
    expect(await page.evaluate('location.hash')).toBe('#?text=a+b%26c&level=SHOULD');
    const again = await open(sampleHtml, { fragment: '#?level=MAY&status=fail' });
    expect(await shownRows(again.page)).toBe(1);
  });
});

describe('deep links', () => {
  it('lead to a failure', async () => {
    const { page } = await open(sampleHtml, { fragment: '#list.after.exclusive' });
    const box = await page.locator('article[id="list.after.exclusive"]').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(200);
  });

  it('open a row that did not fail, and bring back one that was filtered away', async () => {
    const { page } = await open(sampleHtml, { fragment: '#?chapter=errors' });
    await page.evaluate("location.hash = '#echo.seed'");
    const target = page.locator('tr[id="echo.seed"]');
    await expect.poll(() => target.locator('details').getAttribute('open')).not.toBeNull();
    expect(await target.isVisible()).toBe(true);
    expect(await shownRows(page)).toBe(78);
  });

  it('to nowhere do nothing', async () => {
    const { troubles } = await open(sampleHtml, { fragment: '#%E0%A4%A' });
    expect(troubles).toEqual([]);
  });
});

describe('copying', () => {
  it('takes the whole curl line', async () => {
    const { page } = await open(sampleHtml, { permissions: ['clipboard-read', 'clipboard-write'] });
    const line = page.locator('article[id="create.seed.maximum"] .copy').first();
    await line.getByRole('button').click();
    await expect.poll(() => line.getByRole('button').innerText()).toBe('Copied');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(await line.locator('code').textContent());
    expect(copied).toMatch(/^curl -sS .* --data-raw '\{"model":.*"seed":2147483648\}'$/);
  });
});

describe('keys', () => {
  it('move through failures and rows, open, search and clear', async () => {
    const { page } = await open(sampleHtml);
    const focused = (): Promise<string> => page.evaluate('document.activeElement.id');
    await page.keyboard.press('j');
    expect(await focused()).toBe('create.integrations.accepted');
    await page.keyboard.press('j');
    expect(await focused()).toBe('create.seed.maximum');
    await page.keyboard.press('k');
    expect(await focused()).toBe('create.integrations.accepted');
    await page.keyboard.press('/');
    await page.keyboard.type('echo.seed');
    expect(await shownRows(page)).toBeGreaterThan(0);
    expect(await page.getByRole('searchbox').inputValue()).toBe('echo.seed');
    await page.keyboard.press('Escape');
    expect(await shownRows(page)).toBe(78);
  });

  it('open and close the row that has the focus', async () => {
    const { page } = await open(sampleHtml, { fragment: '#?chapter=echo' });
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    expect(await page.locator('tr[data-row]:visible details[open]').count()).toBe(1);
    await page.keyboard.press('o');
    expect(await page.locator('tr[data-row]:visible details[open]').count()).toBe(0);
  });

  it('are off where somebody turns them off, and never steal a shortcut of the browser', async () => {
    const { page } = await open(sampleHtml);
    await page.keyboard.press('Control+j');
    expect(await page.evaluate('document.activeElement.localName')).toBe('body');
    await page.getByLabel('Keys').uncheck();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.localName')).toBe('body');
  });
});
