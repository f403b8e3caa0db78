// The page in a real browser, from a file, as a person opens it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { findBrowser } from '../testing/find-browser.ts';
import { HOSTILE, hostileLog, TRAP } from '../testing/hostile-log.ts';
import { answer, exchange, fail, log, row } from '../testing/log-fixtures.ts';
import { sampleLog } from '../testing/sample-log.ts';
import { SCRIPT, STYLE } from './assets.ts';
import { pageHtml } from './page.tsx';

const folder = mkdtempSync(join(tmpdir(), 'page-'));
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser() });
}, 60_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

function reportOn(lines: readonly LogLine[]): Report {
  return summarise(lines, { waivers: [], reportDir: 'reports/acme' });
}

const sampleHtml = pageHtml(reportOn(sampleLog()));

interface Opened {
  readonly page: Page;
  /** Everything that the page asked for, and everything that went wrong in it. */
  readonly requests: string[];
  /** What the policy kept from being sent. */
  readonly refused: string[];
  readonly troubles: string[];
}

async function open(
  html: string,
  options: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<Opened> {
  const { fragment = '', ...rest } = options;
  const file = join(folder, 'index.html');
  writeFileSync(file, html);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest })).newPage();
  const requests: string[] = [];
  const refused: string[] = [];
  const troubles: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') refused.push(request.url());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => troubles.push(message.text()));
  page.on('dialog', (dialog) => {
    troubles.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`file://${file}${fragment}`);
  return { page, requests, refused, troubles };
}

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
    expect(new URL(page.url()).hash).toBe('#?text=a+b%26c&level=SHOULD');
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

describe('hostile text', () => {
  const html = pageHtml(reportOn(hostileLog()));

  it('runs nothing, loads nothing and changes nothing', async () => {
    const { page, requests, troubles } = await open(html);
    await page.mouse.move(400, 400);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    await page.waitForTimeout(200);
    expect(await page.evaluate(`window.${TRAP}`)).toBeUndefined();
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('makes no element, no attribute and no link of its own', async () => {
    const { page } = await open(html);
    expect(await page.locator('img, iframe, object, embed, base, meta[http-equiv=refresh]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    const attributes = await page.evaluate<string[]>(
      "[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())",
    );
    expect(attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'autofocus')).toEqual([]);
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('[href], [src], [action]')].map((e) => e.getAttribute('href') ?? '')",
    );
    expect(links.filter((link) => !link.startsWith('#') && link !== 'data:,')).toEqual([]);
  });

  it('is shown to the letter, with what cannot be seen spelt out', async () => {
    const { page } = await open(html);
    const told = await page.locator('article .message').first().textContent();
    expect(told).toContain(`<script>window.${TRAP}=1</script>`);
    expect(told).toContain('\\u{1b}[2J');
    expect(told).toContain('abc\\u{202e}gnp.exe');
    expect(await page.evaluate<string>('document.body.textContent')).not.toMatch(/[\u001b\u202e\u0007]/);
    expect(HOSTILE).toContain('\u202e');
  });

  it('could not run if it were markup: the policy names our own script and style alone', async () => {
    const slipped = html.replace(
      '</h1>',
      `</h1><script>window.${TRAP}=1</script><img src="https://evil.example/x.png" onerror="window.${TRAP}=1">`,
    );
    const { page, requests, refused, troubles } = await open(slipped);
    expect(await page.evaluate(`window.${TRAP}`)).toBeUndefined();
    expect(troubles.join(' ')).toMatch(/Content Security Policy/);
    expect(requests.filter((url) => url.startsWith('https:'))).toEqual(refused);
    expect(refused).toEqual(['https://evil.example/x.png']);
  });

  it('our own script and style hold nothing that would end them', () => {
    expect(SCRIPT).not.toMatch(/<\/script|<!--/i);
    expect(STYLE).not.toMatch(/<\/style/i);
    expect(SCRIPT).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|import\(/);
  });
});

describe('every reader', () => {
  it.each([375, 768, 1280])('at %i pixels needs no scrolling sideways', async (width) => {
    for (const html of [sampleHtml, pageHtml(reportOn(hostileLog()))]) {
      const { page } = await open(html, { viewport: { width, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  it.each(['light', 'dark'] as const)('can tell text from ground in the %s theme', async (colorScheme) => {
    const { page } = await open(sampleHtml, { colorScheme });
    const faint = await page.evaluate<string[]>(FAINT_TEXT);
    expect(faint).toEqual([]);
  });

  it('finds one heading of the first level, named landmarks and labelled controls', async () => {
    const { page } = await open(sampleHtml);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('search', { name: 'Filter requirements' }).count()).toBe(1);
    expect(
      await page.evaluate<number>(
        "[...document.querySelectorAll('input, select')].filter((e) => e.labels.length === 0).length",
      ),
    ).toBe(0);
    expect(
      await page.evaluate<number>(
        "[...document.querySelectorAll('section')].filter((e) => !e.getAttribute('aria-labelledby')).length",
      ),
    ).toBe(0);
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map((e) => e.id)");
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('h1,h2,h3,h4')].map((e) => Number(e.localName[1]))",
    );
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it('can print it: nothing is folded up or scrolled away', async () => {
    const { page } = await open(sampleHtml);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('article details:not([open])').count()).toBe(0);
    expect(
      await page.evaluate<number>(
        "[...document.querySelectorAll('pre')].filter((e) => e.scrollHeight > e.clientHeight + 1).length",
      ),
    ).toBe(0);
  });
});

/** Visible text whose contrast to the ground behind it is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
const FAINT_TEXT = `(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length > 0 && (colour[3] ?? 1) > 0.99) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  const faint = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!hasText || element.closest('svg, script, option') || !element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.add(element.localName + '.' + element.className + ' ' + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return [...faint];
})()`;
