// The views beside the verdicts: contract, jobs, trends and the kill matrix, in a real browser.
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../coverage.ts';
import { historyEntry, type HistoryEntry } from '../history.ts';
import type { KillMatrix, KillResult } from '../kill-matrix.ts';
import type { LogLine, TimelineLine } from '../log.ts';
import { reportOf, summarise } from '../summarise.ts';
import { Tally } from '../tally.ts';
import { axeViolations } from '../testing/axe.ts';
import { HOSTILE, hostileLog, TRAP } from '../testing/hostile-log.ts';
import { exchange, fail, log, pass, row } from '../testing/log-fixtures.ts';
import { sampleLog } from '../testing/sample-log.ts';
import { usePages } from '../testing/use-pages.ts';
import { killMatrixHtml } from './kill-matrix.tsx';
import { pageHtml, type Views } from './page.tsx';

const open = usePages();
const OPTIONS = { waivers: [], reportDir: 'reports/acme' };
const SEED = '#/components/schemas/CreateFineTuningJobRequest/properties/seed';

function job(change: Partial<TimelineLine> = {}): TimelineLine {
  return {
    kind: 'timeline',
    job: 'ftjob-1',
    expectation: 'cancelled',
    sightings: [
      { atMs: 100, status: 'validating_files', operation: 'createFineTuningJob' },
      { atMs: 400, status: 'running', operation: 'retrieveFineTuningJob' },
      { atMs: 900, status: 'running', operation: 'retrieveFineTuningJob' },
      { atMs: 1_600, status: 'cancelled', operation: 'cancelFineTuningJob' },
    ],
    controls: [{ atMs: 1_500, control: 'cancel', status: 200 }],
    ...change,
  };
}

function page(lines: readonly LogLine[], views: Omit<Views, 'coverage'> = {}): string {
  const tally = new Tally();
  const made = exchange('x1');
  for (const line of lines) tally.add(line, { offset: 0, length: 1 });
  const report = reportOf(tally, OPTIONS, () => made.exchange);
  return pageHtml(report, { ...views, coverage: coverageOf(tally, report) });
}

function runs(count: number, change: Partial<HistoryEntry> = {}): HistoryEntry[] {
  const one = historyEntry(summarise(sampleLog(), OPTIONS));
  return Array.from({ length: count }, (_, index) => ({
    ...one,
    run: `r${index}`,
    date: `2026-11-${String(index + 1).padStart(2, '0')}T03:00:00Z`,
    must: { ...one.must, fail: index },
    ...change,
  }));
}

const SEED_LINES = log([
  row('create.seed.maximum'),
  row('create.seed.minimum'),
  row('create.seed.accepts'),
  exchange('x1'),
  fail('create.seed.maximum', 'accepted', 'x1', { site: `${SEED} maximum` }),
  pass('create.seed.minimum', 'x1', { site: `${SEED} minimum` }),
  pass('create.seed.accepts', 'x1', { site: `${SEED} maximum` }),
]);
const everything = page(SEED_LINES, {
  timelines: [job(), job({ job: 'ftjob-2', controls: [], expectation: null })],
  history: runs(5),
});

describe('the contract view', () => {
  it('shows each constraint with what became of it on both sides, and opens where one failed', async () => {
    const { page: shown } = await open(everything);
    const seed = shown.locator('#contract details', { hasText: /^seed/ });
    expect(await seed.getAttribute('open')).not.toBeNull();
    const row = seed.locator('tr', { hasText: 'maximum 2147483647' });
    expect(await row.locator('td').allInnerTexts()).toEqual([
      'maximum 2147483647',
      expect.stringContaining('let through') as string,
      expect.stringMatching(/accepted\s*1\s*maximum/) as string,
    ]);
    expect(await row.locator('a').first().getAttribute('href')).toBe('#create.seed.maximum');
  });

  it('says why what was not exercised was not', async () => {
    const { page: shown } = await open(everything);
    const seed = shown.locator('#contract details', { hasText: /^seed/ });
    const minimum = seed.locator('tr', { hasText: 'minimum 0' });
    expect(await minimum.locator('td').nth(2).textContent()).toContain('legal values were sent, and none at the bound');
    expect(await shown.locator('#contract .totals').innerText()).toMatch(/Faults are refused\s+1\s+1\s+0\s+\d+/);
  });
});

describe('the contents', () => {
  it('lead to every part that is there, and to no other', async () => {
    for (const html of [everything, pageHtml(summarise(sampleLog(), OPTIONS))]) {
      const { page: shown } = await open(html);
      const links = await shown.evaluate<string[]>(
        "[...document.querySelectorAll('.contents a')].map((one) => one.getAttribute('href').slice(1))",
      );
      const sections = await shown.evaluate<string[]>("[...document.querySelectorAll('section[id]')].map((e) => e.id)");
      expect(sections).toEqual(expect.arrayContaining(links));
      expect(links.includes('jobs')).toBe(sections.includes('jobs'));
      expect(links.includes('trends')).toBe(sections.includes('trends'));
    }
  });
});

describe('the timelines', () => {
  it('tell the way of each job in words, and draw it', async () => {
    const { page: shown } = await open(everything);
    const first = shown.locator('.jobs li').first();
    expect(await first.innerText()).toContain('validating_files → running → cancelled');
    expect(await first.innerText()).toMatch(/cancel 200\s+meant: cancelled\s+1\.50 s, 4 answers/);
    const classes = await shown.evaluate(
      "[...document.querySelector('.track').querySelectorAll('rect')].map((one) => one.getAttribute('class'))",
    );
    expect(classes).toEqual(['s-validating_files', 's-running', 's-cancelled']);
  });

  it('give a status that nobody documented the colour of the unknown, and take any job', async () => {
    const odd = job({ job: HOSTILE, sightings: [{ atMs: 1, status: HOSTILE, operation: HOSTILE }, { atMs: 5, status: null, operation: '' }], controls: [{ atMs: 3, control: HOSTILE, status: null }] }); // prettier-ignore
    const never = job({ sightings: [], controls: [] });
    const { page: shown, troubles } = await open(page(hostileLog(), { timelines: [odd, never] }));
    expect(await shown.locator('.track rect').first().getAttribute('class')).toBe('s-unknown');
    expect(await shown.locator('.jobs').innerText()).toContain('never seen');
    expect(await shown.evaluate(`window.${TRAP}`)).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('fit the page for as many jobs as a log may tell of', () => {
    const sightings = Array.from({ length: 600 }, (_, index) => ({ atMs: index * 7, status: index % 2 === 0 ? 'queued' : 'running', operation: 'o' })); // prettier-ignore
    const timelines = Array.from({ length: 200 }, (_, index) => job({ job: `ftjob-${index}`, sightings }));
    expect(Buffer.byteLength(page(SEED_LINES, { timelines }))).toBeLessThan(1_000_000);
  });
});

describe('the trends', () => {
  it('are drawn where there are two runs to compare, with the numbers beside them', async () => {
    const { page: shown } = await open(everything);
    expect(await shown.locator('#trends .chart').count()).toBe(6);
    expect(await shown.locator('#trends .chart').nth(1).innerText()).toMatch(/MUST\s*failed 4\s*not exercised \d/);
    expect(await shown.locator('#trends tbody tr').count()).toBe(5);
    expect(page(SEED_LINES, { history: runs(1) })).not.toContain('id="trends"');
  });

  it('leave out runs by other rules or in another scope, and say so', async () => {
    const history = [...runs(3, { edition: '2025-05' }), ...runs(2)];
    const { page: shown } = await open(page(SEED_LINES, { history }));
    expect(await shown.locator('#trends .note').innerText()).toMatch(/^2 runs .* 3 more were judged by other rules/);
    expect(await shown.locator('#trends tbody tr').count()).toBe(2);
  });
});

function kill(id: string, breaks: string, change: Partial<KillResult> = {}): KillResult {
  return { id, wrong: `Does ${id}.`, breaks, isFound: true, failed: [breaks], requests: 12, seconds: 1, faults: [], ...change }; // prettier-ignore
}

const kills: KillMatrix = {
  seed: 1,
  seconds: 90,
  results: [
    kill('seed-wraps', 'create.seed.maximum', { failed: ['create.seed.maximum', 'echo.seed'] }),
    kill('ids-twice', 'create.id.unique', { isFound: false, failed: [], requests: undefined }),
    kill(HOSTILE, HOSTILE, { wrong: HOSTILE, isFound: false, failed: [HOSTILE] }),
  ],
};

describe('the kill matrix page', () => {
  it('tells what was found, what was missed, and which requirements no bug fails', async () => {
    const { page: shown, troubles } = await open(killMatrixHtml(kills));
    expect(await shown.locator('.verdict').innerText()).toMatch(/^1 of 3\s+bugs were found/);
    expect(await shown.locator('#missed li').first().innerText()).toContain('ids-twice');
    const status = (id: string): Promise<string | null> => shown.locator(`tr[id="${id}"]`).getAttribute('data-status');
    expect(await status('create.seed.maximum')).toBe('killed');
    expect(await status('echo.seed')).toBe('killed');
    expect(await status('create.id.unique')).toBe('missed');
    expect(await status('echo.model')).toBe('alive');
    await shown.getByRole('combobox', { name: 'status' }).selectOption('missed');
    expect(await shown.locator('tr[data-row]:visible').count()).toBe(1);
    expect(await shown.evaluate(`window.${TRAP}`)).toBeUndefined();
    expect(troubles).toEqual([]);
  });
});

describe('every reader of the views', () => {
  const pages = [everything, killMatrixHtml(kills), page(hostileLog(), { timelines: [job({ job: HOSTILE })] })];

  it.each(['light', 'dark'] as const)(
    'meets nothing that axe objects to in the %s theme',
    async (colorScheme) => {
      for (const html of pages) {
        const { page: shown } = await open(html, { colorScheme });
        expect(await axeViolations(shown)).toEqual([]);
      }
    },
    120_000,
  );

  it.each([375, 1280])('needs no scrolling sideways at %i pixels', async (width) => {
    for (const html of pages) {
      const { page: shown } = await open(html, { viewport: { width, height: 800 } });
      await shown.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });
});
