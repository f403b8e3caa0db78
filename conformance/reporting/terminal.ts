// The last words of a run on a terminal: one screen of 80 columns with the verdict, what failed, and where the report
// lies. The caller knows whether colours are wanted; every word of the target is made harmless first.
import { createColors } from 'picocolors';
import { CHAPTERS, type Level } from '../requirements/requirement.ts';
import { logText } from './escape.ts';
import { exitMeaning } from './exit-status.ts';
import type { Counts, Report, ReportedRequirement, SummaryVerdict } from './report.ts';
import { distanceText, judgedBy } from './judged-by.ts';
import { scopeText } from './scope.ts';
import { displayWidth, fitted } from './text-width.ts';

const COLUMNS = 80;
const MOST_LISTED = 12;

export interface TableOptions {
  readonly colour: boolean;
  readonly reportDir: string;
}

type Colours = ReturnType<typeof createColors>;

/** The final table of a run. */
export function finalTable(report: Report, { colour, reportDir }: TableOptions): string {
  const colours = createColors(colour);
  const { summary, target, contract, run } = report;
  const scope = scopeText(summary.scope);
  const distance = distanceText(report);
  const lines = [
    `${verdictWord(summary.verdict, colours)}  ${fitted(logText(summary.reason), COLUMNS - displayWidth(summary.verdict) - 2)}`,
    colours.dim(fitted(`${logText(target.name)} at ${logText(target.baseUrl)}`, COLUMNS)),
    colours.dim(
      fitted(
        `${logText(judgedBy(contract))}, mode ${contract.mode}, seed ${run.seed}, ${run.requests} requests, ${run.jobsCreated} jobs`,
        COLUMNS,
      ),
    ),
    ...(distance === '' ? [] : [colours.dim(fitted(logText(distance), COLUMNS))]),
    ...(scope === '' ? [] : [colours.yellow(fitted(`narrowed: ${logText(scope)}`, COLUMNS))]),
    '',
    ...countTable(report, colours),
    ...failures(report, colours),
    ...waived(report, colours),
    ...remarks(report, colours),
    '',
    `report  ${logText(reportDir.replace(/\/$/, ''))}/index.html`,
    `exit    ${summary.exitCode}: ${exitMeaning(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function verdictWord(verdict: SummaryVerdict, colours: Colours): string {
  const shown = verdict.toUpperCase();
  if (verdict === 'conformant') return colours.bold(colours.green(shown));
  return colours.bold(verdict === 'incomplete' ? colours.yellow(shown) : colours.red(shown));
}

function countTable({ summary }: Report, colours: Colours): string[] {
  const head = `${''.padEnd(8)}${['passed', 'failed', 'waived', 'not exercised', 'unsupported', 'all'].map((name, index) => name.padStart(WIDTHS[index] ?? 0)).join('')}`;
  const row = (level: Level, counts: Counts): string => {
    const cells = [counts.pass, counts.fail, counts.waived, counts.notExercised, counts.unsupported, counts.total];
    const paint = (cell: string, index: number): string => {
      if (index === 1 && counts.fail > 0) return level === 'MUST' ? colours.red(cell) : colours.yellow(cell);
      return index === 0 && counts.pass > 0 ? colours.green(cell) : cell;
    };
    return `${level.padEnd(8)}${cells.map((cell, index) => paint(String(cell).padStart(WIDTHS[index] ?? 0), index)).join('')}`;
  };
  return [colours.dim(head), row('MUST', summary.must), row('SHOULD', summary.should), row('MAY', summary.may)];
}

const WIDTHS = [8, 9, 9, 16, 14, 8];

function failures({ requirements }: Report, colours: Colours): string[] {
  const failed = (level: Level): ReportedRequirement[] =>
    requirements.filter((row) => row.status === 'fail' && row.level === level);
  const musts = failed('MUST');
  const shoulds = failed('SHOULD');
  return [
    ...(musts.length === 0 ? [] : ['', colours.bold('MUST that failed'), ...listed(musts, MOST_LISTED, colours.red)]),
    ...(shoulds.length === 0
      ? []
      : [
          '',
          colours.bold('SHOULD that failed'),
          ...listed(shoulds, Math.max(3, MOST_LISTED - musts.length), colours.yellow),
        ]),
  ];
}

/** What somebody has accepted stands beside the verdict, and what is wrong with the waivers themselves. */
function waived({ requirements, staleWaivers = [] }: Report, colours: Colours): string[] {
  const rows = requirements.filter(({ status, level }) => status === 'waived' && level === 'MUST');
  const lines = rows.slice(0, MOST_LISTED).map(({ id, failures: [first] }) => {
    const until = first?.waiver === undefined ? '' : ` until ${first.waiver.expires}: ${first.waiver.reason}`;
    return `  ${fitted(logText(`${id}${until}`), COLUMNS - 2)}`;
  });
  const rest = rows.length > MOST_LISTED ? [`  … and ${rows.length - MOST_LISTED} more`] : [];
  return [
    ...(rows.length === 0 ? [] : ['', colours.bold('MUST that failed and are waived'), ...lines, ...rest]),
    // Whole lines: these are the ones to change.
    ...(staleWaivers.length === 0
      ? []
      : [
          '',
          colours.bold('Waivers that are out of date (--update-waivers takes them out)'),
          ...staleWaivers.map(({ message }) => colours.red(`  ${logText(message)}`)),
        ]),
  ];
}

function listed(rows: readonly ReportedRequirement[], most: number, paint: (text: string) => string): string[] {
  const shown = rows.slice(0, most).flatMap((row) => {
    // What can be repeated call by call tells more than a count.
    const first = row.failures.find(({ sequence }) => sequence !== undefined) ?? row.failures[0];
    const times =
      row.exercised === 0 ? '' : ` (${row.failures.reduce((sum, { count }) => sum + count, 0)} of ${row.exercised})`;
    return [
      `  ${paint(fitted(logText(row.id), COLUMNS - 2 - times.length))}${times}`,
      `    ${fitted(logText(first?.message ?? row.reason ?? ''), COLUMNS - 4)}`,
      ...calls(first?.sequence ?? []),
    ];
  });
  const rest = rows.slice(most);
  if (rest.length === 0) return shown;
  const chapters = CHAPTERS.flatMap((chapter) => {
    const count = rest.filter((row) => row.chapter === chapter).length;
    return count === 0 ? [] : [`${chapter} ${count}`];
  });
  return [...shown, `  ${fitted(`… and ${rest.length} more: ${chapters.join(', ')}`, COLUMNS - 2)}`];
}

/** Calls of a sequence that are listed; shrunk ones have fewer. */
const MOST_CALLS = 8;

/** The calls that lead to a failure, numbered. */
function calls(sequence: readonly string[]): string[] {
  const shown = sequence
    .slice(0, MOST_CALLS)
    .map((call, index) => `    ${fitted(`${index + 1}. ${logText(call)}`, COLUMNS - 4)}`);
  return sequence.length > MOST_CALLS ? [...shown, `    … and ${sequence.length - MOST_CALLS} more calls`] : shown;
}

function remarks({ notices, blocked, faults }: Report, colours: Colours): string[] {
  return kept([
    faults.length === 0
      ? undefined
      : [
          '',
          ...faults.slice(0, 3).map((fault) => colours.red(fitted(`fault of the suite: ${logText(fault)}`, COLUMNS))),
        ],
    blocked.length === 0
      ? undefined
      : ['', ...blocked.slice(0, 3).map((text) => colours.yellow(fitted(`blocked: ${logText(text)}`, COLUMNS)))],
    notices.length === 0
      ? undefined
      : ['', `${notices.length} ${notices.length === 1 ? 'notice' : 'notices'} in the report`],
  ]).flat();
}

function kept<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}
