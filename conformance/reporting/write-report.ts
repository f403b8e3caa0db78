// From the one log of a run to everything that is derived from it. Can be done at any time after the run, as often as
// one likes: the log is the only source.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Exchange } from '../requirements/exchange.ts';
import { badgeData, badgeSvg } from './badge.ts';
import { ctrfJson } from './ctrf.ts';
import { junitXml } from './junit.ts';
import { TruncatedLog } from './log-errors.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { appendHistory } from './history.ts';
import { LOG_NAME, type TimelineLine } from './log.ts';
import { logLine } from './log-line.ts';
import { pageHtml } from './page/page.tsx';
import { readLog } from './read-log.ts';
import type { Report } from './report.ts';
import { reportOf } from './summarise.ts';
import { summaryMarkdown } from './summary-markdown.ts';
import { type KeptExchange, Tally } from './tally.ts';
import { asReport } from './validate-report.ts';
import type { Waiver } from './waivers.ts';

export interface WriteOptions {
  /** The history of the target, to which this run is added and from which the page draws its charts. */
  readonly history?: string;
  /** True where no waivers means none, and not those that the log names. */
  readonly areWaiversFinal?: boolean;
}

/**
 * Reads dir/results.jsonl and writes conformance.json, coverage.json, index.html, summary.md, junit.xml, ctrf.json, badge.json and
 * badge.svg beside it, each at once and whole.
 * @throws LogError where the log does not hold together.
 */
export async function writeReports(
  dir: string,
  waivers: readonly Waiver[],
  options: WriteOptions = {},
): Promise<Report> {
  const { report, coverage, timelines } = await readRun(dir, waivers, options);
  const history = options.history === undefined ? [] : appendHistory(report, options.history);
  const files: Readonly<Record<string, () => string>> = {
    'conformance.json': () => `${JSON.stringify(report, null, 2)}\n`,
    'coverage.json': () => `${JSON.stringify(coverage, null, 1)}\n`,
    'index.html': () => pageHtml(report, { coverage, timelines, history }),
    'summary.md': () => summaryMarkdown(report),
    'junit.xml': () => junitXml(report),
    'ctrf.json': () => ctrfJson(report),
    'badge.json': () => `${JSON.stringify(badgeData(report))}\n`,
    'badge.svg': () => badgeSvg(report),
  };
  for (const [name, text] of Object.entries(files)) replaceFile(join(dir, name), text());
  return report;
}

/**
 * The report on dir/results.jsonl, validated, with nothing written.
 * @throws LogError
 */
export async function readReport(dir: string, waivers: readonly Waiver[]): Promise<Report> {
  return (await readRun(dir, waivers)).report;
}

/** What can be shown of a run. */
export interface ReadRun {
  readonly report: Report;
  readonly coverage: Coverage;
  readonly timelines: readonly TimelineLine[];
}

/**
 * The report on dir/results.jsonl and its views, with nothing written.
 * @throws LogError
 */
export async function readRun(
  dir: string,
  waivers: readonly Waiver[],
  { areWaiversFinal = false }: Pick<WriteOptions, 'areWaiversFinal'> = {},
): Promise<ReadRun> {
  const file = join(dir, LOG_NAME);
  const tally = new Tally();
  await readLog(file, (line, place) => tally.add(line, place));
  const log = openSync(file, 'r');
  try {
    const options = { waivers, areWaiversFinal, reportDir: shownPath(dir) };
    const report = asReport(reportOf(tally, options, (kept) => exchangeAt(log, kept)));
    return { report, coverage: coverageOf(tally, report), timelines: tally.timelines };
  } finally {
    closeSync(log);
  }
}

function exchangeAt(log: number, { id, place }: KeptExchange): Exchange {
  const bytes = Buffer.alloc(place.length);
  readSync(log, bytes, 0, place.length, place.offset);
  const line = logLine(JSON.parse(bytes.toString('utf8')), `exchange ${id}`);
  if (line.kind !== 'exchange') throw new TruncatedLog(`the log changed while it was read: exchange ${id} is gone`);
  return line.exchange;
}

/** A folder as a person would type it: relative where it lies below. */
function shownPath(dir: string): string {
  const path = relative(process.cwd(), dir);
  return path === '' ? '.' : path.startsWith('..') ? dir : path;
}

/** Writes beside the file and renames, so that nobody ever reads half of it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
