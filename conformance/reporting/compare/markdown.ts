// The matrix and the diff as Markdown, for issues, job summaries and pull requests: every word of a report is escaped,
// and the whole fits the 65 kB that an issue body holds.
import { markdownCode, markdownText } from '../escape.ts';
import type { Change, Denominators, Diff } from './diff.ts';
import { isUnchanged } from './diff.ts';
import type { CellStatus, Column, Matrix, MatrixRow, ValueRow } from './matrix.ts';

const MOST_BYTES = 65_000;
const LONGEST_TEXT = 300;

const CELLS: Readonly<Record<CellStatus, string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  waived: '🟣 waived',
  'not-exercised': '○ open',
  unsupported: '– unsupported',
  'out-of-scope': '· left out',
  absent: '· unknown',
};

/** A status as a sign and a word. */
export function cellText(status: CellStatus): string {
  return CELLS[status];
}

/** The matrix as Markdown, at most 65 kB. */
export function matrixMarkdown(matrix: Matrix): string {
  const { columns, apart, rows, capabilities, observed } = matrix;
  const differing = rows.filter(({ differs }) => differs !== null);
  const agreeing = rows.filter(({ differs }) => differs === null);
  return bounded([
    '# Targets of the fine-tuning API, side by side',
    '',
    ...columnTable(columns),
    ...(apart.length === 0 ? [] : ['', '## Set apart: judged by other rules', '', ...columnTable(apart)]),
    ...section('Where they differ', columns, differing),
    ...valueSection('Capabilities', columns, capabilities),
    ...valueSection('Observed, not judged', columns, observed),
    ...section('Where they agree', columns, agreeing),
  ]);
}

function columnTable(columns: readonly Column[]): string[] {
  return [
    '| target | verdict | MUST passed | failed | open | SHOULD failed | judged | edition, mode | tool | |',
    '|---|---|---:|---:|---:|---:|---|---|---|---|',
    ...columns.map((column) => {
      const { MUST, SHOULD } = column.counts;
      const cells = [
        `${code(column.label)}${column.role === 'control' ? ' (control)' : ''}`,
        column.verdict,
        `${MUST.pass} of ${MUST.total - MUST.unsupported}`,
        MUST.fail,
        MUST.notExercised,
        SHOULD.fail,
        text(column.startedAt.slice(0, 10)),
        `${text(column.edition)}, ${text(column.mode)}`,
        text(column.tool),
        text(column.marks.join('; ')),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}

function section(title: string, columns: readonly Column[], rows: readonly MatrixRow[]): string[] {
  if (rows.length === 0) return ['', `## ${title}`, '', 'Nowhere.'];
  const groups = [...new Set(rows.map(({ capability }) => capability))];
  return [
    '',
    `## ${title}`,
    ...groups.flatMap((capability) => [
      '',
      `### ${text(capability)}`,
      '',
      `| requirement | level | ${columns.map(({ label }) => code(label)).join(' | ')} |`,
      `|---|---|${columns.map(() => '---|').join('')}`,
      ...rows
        .filter((row) => row.capability === capability)
        .map(
          (row) =>
            `| ${code(row.id)} | ${row.level} | ${row.cells.map(({ status }) => cellText(status)).join(' | ')} |`,
        ),
    ]),
  ];
}

function valueSection(title: string, columns: readonly Column[], rows: readonly ValueRow[]): string[] {
  const differing = rows.filter(({ differs }) => differs);
  if (differing.length === 0) return [];
  return [
    '',
    `## ${title}: where they differ`,
    '',
    `| | ${columns.map(({ label }) => code(label)).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...differing.map(
      ({ subject, values }) =>
        `| ${text(subject)} | ${values.map((value) => (value === null ? '–' : code(value))).join(' | ')} |`,
    ),
  ];
}

/** The diff as Markdown, at most 65 kB; the first line says whether anything changed. */
export function diffMarkdown(diff: Diff): string {
  const { old, new: later, newlyFailing, newlyPassing, newlyExercised, noLongerExercised } = diff;
  const counts = [
    `${newlyFailing.length} newly failing`,
    `${newlyPassing.length} newly passing`,
    `${newlyExercised.length} newly exercised`,
    `${noLongerExercised.length} no longer exercised`,
  ].join(', ');
  return bounded([
    `# ${code(later.target)}: ${isUnchanged(diff) ? 'nothing changed' : counts}`,
    '',
    `From ${text(old.startedAt)} (${old.verdict}, exit ${old.exitCode}) to ${text(later.startedAt)} (${later.verdict}, exit ${later.exitCode}), edition ${text(later.edition)}, ${text(later.mode)} mode, ${text(later.tool)}.`,
    ...(diff.warnings.length === 0
      ? []
      : ['', '**Compare with care:**', '', ...diff.warnings.map((warning) => `- ${text(warning)}`)]),
    ...changeSection('Newly failing', newlyFailing),
    ...changeSection('Newly passing', newlyPassing),
    ...changeSection('Newly exercised', newlyExercised),
    ...changeSection('No longer exercised', noLongerExercised),
    ...changeSection('Failing in other ways than before', diff.failingInOtherWays),
    ...denominatorSection(diff.denominators),
    ...(diff.observed.length === 0
      ? []
      : [
          '',
          '## Observed',
          '',
          ...diff.observed.map(
            (one) => `- ${text(one.subject)}: ${code(one.old || 'nothing')} before, ${code(one.new || 'nothing')} now`,
          ),
        ]),
  ]);
}

const STATUS_WORDS: Readonly<Record<CellStatus, string>> = {
  pass: 'passed',
  fail: 'failed',
  waived: 'waived',
  'not-exercised': 'not exercised',
  unsupported: 'unsupported',
  'out-of-scope': 'out of scope',
  absent: 'not in the report',
};

function changeSection(title: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  return [
    '',
    `## ${title} (${changes.length})`,
    '',
    ...changes.map(({ id, level, from, to, said }) => {
      const way = from === to ? '' : `: ${STATUS_WORDS[from]} → ${STATUS_WORDS[to]}`;
      return `- ${level} ${code(id)}${way}${said === null || said === '' ? '' : `. ${code(said)}`}`;
    }),
  ];
}

function denominatorSection(changed: Diff['denominators']): string[] {
  if (changed.length === 0) return [];
  const told = ({ exercised, applicable, total }: Denominators): string =>
    `${exercised} exercised of ${applicable} applicable of ${total}`;
  return [
    '',
    '## Denominators',
    '',
    ...changed.map((one) => `- ${one.level}: ${told(one.old)} before, ${told(one.new)} now`),
  ];
}

function text(value: string): string {
  return markdownText(clipped(value)).replaceAll('\n', ' ');
}

function code(value: string): string {
  return markdownCode(clipped(value));
}

function clipped(value: string): string {
  return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
}

/** As many lines as there is room for, and how many are missing. */
function bounded(lines: readonly string[]): string {
  let kept = '';
  let room = MOST_BYTES - 100;
  for (const [index, line] of lines.entries()) {
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) return `${kept}\n… and ${lines.length - index} more lines: see the JSON beside this.\n`;
    kept += `${line}\n`;
  }
  return kept;
}
