// npm run compare: reports side by side as a page, Markdown and JSON; with --diff, what changed from one to the next.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { diffExit, diffOf } from '../conformance/reporting/compare/diff.ts';
import { diffMarkdown, matrixMarkdown } from '../conformance/reporting/compare/markdown.ts';
import { type Matrix, type MatrixInput, matrixOf, STALE_DAYS } from '../conformance/reporting/compare/matrix.ts';
import { matrixHtml } from '../conformance/reporting/compare/matrix-page.tsx';
import { readReportFile, UnreadableReport } from '../conformance/reporting/compare/read-report.ts';
import { logText } from '../conformance/reporting/escape.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { newCommand, oneMore, parsed, runCommand, UsageError } from './command.ts';
import { withoutKeys } from './without-keys.ts';

interface Options {
  readonly out?: string;
  readonly diff?: boolean;
  readonly control: readonly string[];
  readonly staleDays: number;
}

/** More columns than this no reader takes in, and no page of a megabyte holds. */
const MOST_REPORTS = 24;
const MOST_NAMED = 10;

const EXAMPLES = `
Examples:
  npm run compare -- reports/acme/conformance.json reports/other/conformance.json --out reports/comparison
  npm run compare -- reports/acme reports/other --control reports/emulator
  npm run compare -- --diff before/conformance.json after/conformance.json

A report is a conformance.json, or a folder that holds one. The first says by which edition and mode is compared.
Exit status: 0, with --diff 1 where a MUST or SHOULD newly fails, 2 wrong arguments or a file that is no report.`;

const program = newCommand('compare')
  .description('Puts reports side by side, or tells what changed between two.')
  .argument('<report...>', 'conformance.json of each target')
  .option('--out <dir>', 'where index.html, matrix.md and matrix.json go (default reports/comparison; none with --diff)')
  .option('--diff', 'two reports, the older first: what changed, as Markdown; exit status 1 on newly failing')
  .option(
    '--control <report>',
    'a report that shows the referee at work, beside the targets (repeatable)',
    oneMore,
    [],
  )
  .option('--stale-days <n>', `how much older than the newest a report may be (default ${STALE_DAYS})`, days, STALE_DAYS)
  .addHelpText('after', EXAMPLES); // prettier-ignore

function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  return Promise.resolve(options.diff === true ? diff(program.args, options) : compare(program.args, options));
}

function compare(files: readonly string[], { out, control, staleDays }: Options): number {
  const count = files.length + control.length;
  if (count < 2) throw new UsageError('one report has nothing to be compared with', 'name two or more');
  if (count > MOST_REPORTS)
    throw new UsageError(`${count} reports were named, at most ${MOST_REPORTS} fit`, 'compare fewer at a time');
  const folder = resolve(out ?? join('reports', 'comparison'));
  const input = (file: string, role: MatrixInput['role']): MatrixInput => {
    const page = pageBeside(file, folder);
    return { report: readReport(file), role, ...(page === undefined ? {} : { page }) };
  };
  const inputs = [...files.map((file) => input(file, 'target')), ...control.map((file) => input(file, 'control'))];
  const matrix = matrixOf(inputs, staleDays);
  write(folder, {
    'index.html': matrixHtml(matrix),
    'matrix.md': matrixMarkdown(matrix),
    'matrix.json': `${JSON.stringify(matrix, undefined, 1)}\n`,
  });
  process.stdout.write(told(matrix, relative(process.cwd(), folder) || '.'));
  return 0;
}

/** The page of a report, where it lies below the page of the matrix: a site is copied as a whole. */
function pageBeside(file: string, folder: string): string | undefined {
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  const page = join(isFolder ? resolve(file) : dirname(resolve(file)), 'index.html');
  const way = relative(folder, page);
  if (way.startsWith('..') || way === 'index.html' || !existsSync(page)) return undefined;
  return way.split(sep).map(encodeURIComponent).join('/');
}

function diff(files: readonly string[], { out, control }: Options): number {
  const [before, after, ...others] = files;
  if (before === undefined || after === undefined || others.length > 0 || control.length > 0)
    throw new UsageError('--diff takes exactly two reports', 'name the older and the newer one');
  const found = diffOf(readReport(before), readReport(after));
  const markdown = diffMarkdown(found);
  if (out !== undefined)
    write(resolve(out), { 'diff.md': markdown, 'diff.json': `${JSON.stringify(found, undefined, 1)}\n` });
  process.stdout.write(markdown);
  return diffExit(found);
}

function readReport(file: string): Report {
  try {
    return readReportFile(file);
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    throw new UsageError(logText(error.message), 'name the conformance.json of a run, or its folder');
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${folder} cannot be written to (${why})`, 'name another folder with --out');
  }
}

/** What a person at a terminal wants to know at once. */
function told({ columns, apart, rows }: Matrix, folder: string): string {
  const differing = rows.filter(({ differs }) => differs === 'verdict');
  const lines = [
    ...[...columns, ...apart].flatMap(({ label, verdict, counts, startedAt, marks, role }) => [
      `${logText(label)}${role === 'control' ? ' (control)' : ''}: ${verdict}, ${counts.MUST.pass} of ${counts.MUST.total - counts.MUST.unsupported} MUST, ${counts.MUST.fail} failed, judged ${logText(startedAt.slice(0, 10))}`,
      ...marks.map((mark) => pc.yellow(`  ${logText(mark)}`)),
    ]),
    '',
    `${differing.length} of ${rows.length} requirements hold with some and fail with others`,
    ...differing.slice(0, MOST_NAMED).map(({ id, level }) => `  ${level.padEnd(6)} ${logText(id)}`),
    ...(differing.length > MOST_NAMED ? [`  … and ${differing.length - MOST_NAMED} more`] : []),
    '',
    `report  ${join(folder, 'index.html')}`,
  ];
  return `${lines.join('\n')}\n`;
}

await runCommand(main, withoutKeys);
