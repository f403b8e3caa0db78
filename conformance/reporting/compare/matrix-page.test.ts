// The matrix page in a real browser, with ordinary and with hostile reports, and the two kinds of Markdown.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../log.ts';
import type { Report } from '../report.ts';
import { summarise } from '../summarise.ts';
import { axeViolations } from '../testing/axe.ts';
import { hostileLog, TRAP } from '../testing/hostile-log.ts';
import { exchange, fail, header, log, pass, row } from '../testing/log-fixtures.ts';
import { sampleLog } from '../testing/sample-log.ts';
import { usePages } from '../testing/use-pages.ts';
import { diffOf } from './diff.ts';
import { diffMarkdown, matrixMarkdown } from './markdown.ts';
import { matrixOf } from './matrix.ts';
import { matrixHtml } from './matrix-page.tsx';

const open = usePages();
const OPTIONS = { waivers: [], reportDir: 'r' };
const on = (lines: readonly LogLine[]): Report => summarise(lines, OPTIONS);

/** The sample as a server without its defects would have left it. */
const mended = sampleLog().flatMap((line): LogLine[] => {
  if (line.kind === 'header') return [{ ...line, target: { ...line.target, name: 'mended' } }];
  return line.kind === 'verdict' && line.outcome === 'fail' ? [pass(line.requirement)] : [line];
});
const ordinary = matrixOf([{ report: on(sampleLog()), role: 'target' }, { report: on(mended), role: 'target' }]); // prettier-ignore
const hostile = matrixOf([{ report: on(hostileLog()), role: 'target' }, { report: on(hostileLog()), role: 'control' }]); // prettier-ignore

describe('the matrix page', () => {
  it('shows what differs first, and filters', async () => {
    const { page, requests, troubles } = await open(matrixHtml(ordinary));
    const first = page.locator('#differ tr[data-row]').first();
    expect(await first.innerText()).toContain('create.integrations.accepted');
    expect(await first.innerText()).toContain('a body with an integration of type wandb is legal');
    expect(await page.locator('#differ tr[data-row]').count()).toBe(7);
    await page.getByRole('combobox', { name: 'status' }).selectOption('fail');
    expect(await page.locator('tr[data-row]:visible').count()).toBe(7);
    await page.getByRole('searchbox').fill('exclusive');
    expect(await page.locator('tr[data-row]:visible').count()).toBe(1);
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to in the %s theme',
    async (colorScheme) => {
      const { page } = await open(matrixHtml(ordinary), { colorScheme });
      expect(await axeViolations(page)).toEqual([]);
    },
    120_000,
  );

  it.each([375, 1280])('at %i pixels scrolls sideways within its tables only', async (width) => {
    for (const matrix of [ordinary, hostile]) {
      const { page } = await open(matrixHtml(matrix), { viewport: { width, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  it('runs and loads nothing that a report says', async () => {
    const { page, requests, troubles } = await open(matrixHtml(hostile));
    expect(await page.evaluate(`window.${TRAP}`)).toBeUndefined();
    expect(await page.locator('img, iframe, base').count()).toBe(0);
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(troubles).toEqual([]);
    expect(await page.evaluate<string>('document.body.textContent')).not.toMatch(/[\u001b\u202e]/);
  });

  it('stays under a megabyte with two dozen reports that all fail', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `create.m${index}.type`);
    const failures = ids.map((id) => fail(id, 'long '.repeat(80)));
    const head = header({ target: { name: 'n'.repeat(200) } });
    const many = on(log([...ids.map((id) => row(id)), exchange('x1'), ...failures], { header: head }));
    const inputs = Array.from({ length: 24 }, () => ({ report: many, role: 'target' as const }));
    expect(Buffer.byteLength(matrixHtml(matrixOf(inputs)))).toBeLessThan(1_000_000);
  });
});

describe('Markdown', () => {
  it('of the matrix has a table of reports, then what differs', () => {
    const text = matrixMarkdown(ordinary);
    expect(text).toMatch(/\| `acme-tune` \| non-conformant \| 50 of 64 \| 5 \|/);
    expect(text).toContain('| `create.seed.maximum` | MUST | ❌ failed | ✅ passed |');
    expect(text.indexOf('## Where they differ')).toBeLessThan(text.indexOf('## Where they agree'));
  });

  it('of a diff says in its first line whether anything changed', () => {
    expect(diffMarkdown(diffOf(on(mended), on(sampleLog())))).toMatch(
      /^# `acme-tune`: 7 newly failing, 0 newly passing, 0 newly exercised, 0 no longer exercised\n/,
    );
    expect(diffMarkdown(diffOf(on(mended), on(mended)))).toMatch(/^# `mended`: nothing changed\n/);
  });

  it('gives a report no mention, link, image, HTML or command of its own', () => {
    for (const text of [matrixMarkdown(hostile), diffMarkdown(diffOf(on(sampleLog()), on(hostileLog())))]) {
      const outside = text.replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
      expect(outside).not.toMatch(/<[a-z!/]/i);
      expect(outside).not.toMatch(/@(?!\u200b)|\]\(|:\/\//);
      expect(text).not.toMatch(/^::|[\u001b\u0007]/m);
    }
  });
});
