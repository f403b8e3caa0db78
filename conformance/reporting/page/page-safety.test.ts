// The page for every reader, and with every text in it hostile.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { axeViolations } from '../testing/axe.ts';
import { HOSTILE, hostileLog, TRAP } from '../testing/hostile-log.ts';
import { sampleLog } from '../testing/sample-log.ts';
import { usePages } from '../testing/use-pages.ts';
import { SCRIPT, STYLE } from './assets.ts';
import { pageHtml } from './page.tsx';

const open = usePages();

function reportOn(lines: readonly LogLine[]): Report {
  return summarise(lines, { waivers: [], reportDir: 'reports/acme' });
}

const sampleHtml = pageHtml(reportOn(sampleLog()));

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

  it.each(['light', 'dark'] as const)(
    'meets nothing that axe objects to in the %s theme',
    async (colorScheme) => {
      for (const html of [sampleHtml, pageHtml(reportOn(hostileLog()))]) {
        const { page } = await open(html, { colorScheme });
        expect(await axeViolations(page)).toEqual([]);
      }
    },
    120_000,
  );

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
