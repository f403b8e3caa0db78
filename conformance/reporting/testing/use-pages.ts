// Opens pages of reports in a real browser, from a file, as a person does, and keeps book of what they ask for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { readyBrowser } from './find-browser.ts';

interface Opened {
  readonly page: Page;
  /** Everything that the page asked for, and everything that went wrong in it. */
  readonly requests: string[];
  /** What the policy kept from being sent. */
  readonly refused: string[];
  readonly troubles: string[];
}

export type OpenPage = (
  html: string,
  options?: BrowserContextOptions & { readonly fragment?: string },
) => Promise<Opened>;

/** For the top of a test file: a function that opens pages, and a browser that is closed after the last test. */
export function usePages(): OpenPage {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  let browser: Browser | undefined;
  let executablePath = '';
  vi.setConfig({ testTimeout: 90_000 });
  // Where a browser has to be installed first, that takes its time; and so does its first page on a busy machine, which is
  // not the time of the first test.
  beforeAll(async () => {
    executablePath = readyBrowser();
    browser = await chromium.launch({ executablePath, timeout: 120_000 });
    await (await browser.newPage()).goto('about:blank', { timeout: 120_000 });
  }, 660_000);
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  return async (html, { fragment = '', ...options } = {}) => {
    // A browser that died takes the test with it that it died in, not those after it.
    if (browser?.isConnected() !== true) browser = await chromium.launch({ executablePath });
    const file = join(folder, 'index.html');
    writeFileSync(file, html);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const opened: Opened = { page: await context.newPage(), requests: [], refused: [], troubles: [] };
    watch(opened);
    await opened.page.goto(`file://${file}${fragment}`);
    return opened;
  };
}

function watch({ page, requests, refused, troubles }: Opened): void {
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
}
