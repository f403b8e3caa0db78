// Several reports side by side: who was judged when and by what, and how every requirement stands with each. Reports that
// were judged by other rules (edition, mode, contract) are set apart and counted nowhere; stale ones are shown and not
// counted; controls are shown beside the targets, whose differences they are no part of.
import { contractName, judgedBy } from '../judged-by.ts';
import type { Authority, Level } from '../../requirements/requirement.ts';
import { LEVELS } from '../../requirements/requirement.ts';
import type { Counts, Report, ReportedRequirement, Status, SummaryVerdict } from '../report.ts';
import { withoutIds } from '../fingerprint.ts';
import { scopeText } from '../scope.ts';

/** How long before the newest report another may have been made. */
export const STALE_DAYS = 30;
const DAY_MS = 86_400_000;
const LONGEST_MESSAGE = 300;
/** Subjects that are compared; a report of ours has some dozens. */
const MOST_SUBJECTS = 500;

export interface Column {
  /** The target's name, with a number where several share it. */
  readonly label: string;
  readonly baseUrl: string;
  /** Where the target's own page lies, from the page of the matrix; undefined where it cannot be reached from there. */
  readonly page?: string;
  readonly role: 'target' | 'control';
  /** Stale and apart reports are counted nowhere; those apart have no cells. */
  readonly standing: 'compared' | 'stale' | 'apart';
  /** What a reader must know before comparing: stale, narrowed, judged by another version. */
  readonly marks: readonly string[];
  readonly startedAt: string;
  readonly tool: string;
  readonly edition: string;
  readonly mode: string;
  readonly seed: number;
  readonly verdict: SummaryVerdict;
  readonly exitCode: number;
  readonly counts: Readonly<Record<Level, Counts>>;
}

export type CellStatus = Status | 'out-of-scope' | 'absent';

export interface Cell {
  readonly status: CellStatus;
  /** The first failure, or why nothing was decided. */
  readonly said: string | null;
}

/** In what a row's cells differ: in the verdict, in whether the thing is offered, or only in whether it was exercised. */
export type Difference = 'verdict' | 'support' | 'exercise';

export interface MatrixRow {
  readonly id: string;
  readonly title: string;
  readonly chapter: string;
  readonly capability: string;
  readonly level: Level;
  readonly authority: Authority;
  readonly conditional: boolean;
  readonly differs: Difference | null;
  /** One for each column that is not apart. */
  readonly cells: readonly Cell[];
}

export interface ValueRow {
  readonly subject: string;
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

export interface Matrix {
  readonly schemaVersion: '1';
  readonly columns: readonly Column[];
  readonly apart: readonly Column[];
  readonly rows: readonly MatrixRow[];
  readonly capabilities: readonly ValueRow[];
  readonly observed: readonly ValueRow[];
}

export interface MatrixInput {
  readonly report: Report;
  readonly role: Column['role'];
  readonly page?: string;
}

/** The matrix of some reports; the first one says by which rules is compared. */
export function matrixOf(inputs: readonly MatrixInput[], staleDays = STALE_DAYS): Matrix {
  const newest = Math.max(...inputs.map(({ report }) => timeOf(report)));
  const [first] = inputs;
  const described = inputs.map((input, index) => ({
    ...input,
    column: columnOf(input, {
      label: labelOf(inputs, index),
      rules: first?.report,
      newest,
      staleDays,
    }),
  }));
  const shown = described.filter(({ column }) => column.standing !== 'apart');
  const counted = countedColumns(shown.map(({ column }) => column));
  const reports = shown.map(({ report }) => report);
  return {
    schemaVersion: '1',
    columns: shown.map(({ column }) => column),
    apart: described.filter(({ column }) => column.standing === 'apart').map(({ column }) => column),
    rows: rowsOf(reports, counted),
    capabilities: capabilitiesOf(reports, counted),
    observed: observedOf(reports, counted),
  };
}

function timeOf({ run }: Report): number {
  const time = Date.parse(run.startedAt);
  return Number.isNaN(time) ? 0 : time;
}

/** Columns between which differences count: targets with each other, or with controls where there is but one. */
function countedColumns(columns: readonly Column[]): readonly number[] {
  const indices = [...columns.keys()].filter((index) => columns[index]?.standing === 'compared');
  const targets = indices.filter((index) => columns[index]?.role === 'target');
  return targets.length > 1 ? targets : indices;
}

function labelOf(inputs: readonly MatrixInput[], index: number): string {
  const name = inputs[index]?.report.target.name ?? '';
  const alike = [...inputs.keys()].filter((one) => inputs[one]?.report.target.name === name);
  return alike.length === 1 ? name : `${name} (${alike.indexOf(index) + 1})`;
}

interface ColumnContext {
  readonly label: string;
  readonly rules: Report | undefined;
  readonly newest: number;
  readonly staleDays: number;
}

function columnOf({ report, role, page }: MatrixInput, { label, rules, newest, staleDays }: ColumnContext): Column {
  const { contract, tool, run, summary, target } = report;
  const otherRules = rules === undefined ? [] : otherRulesThan(rules, report);
  const days = Math.floor((newest - timeOf(report)) / DAY_MS);
  const isStale = days > staleDays;
  const scope = scopeText(summary.scope);
  const marks = [
    ...otherRules,
    ...(isStale ? [`stale: ${days} days older than the newest report here`] : []),
    ...(rules !== undefined && rules.tool.version !== tool.version
      ? [`judged by version ${tool.version}, the first report by ${rules.tool.version}`]
      : []),
    ...(scope === '' ? [] : [`narrowed: ${scope}`]),
    ...(run.shard === null ? [] : [`only shard ${run.shard} of a run`]),
    ...(summary.verdict === 'fault' ? ['the suite itself failed in this run'] : []),
    ...(summary.exitCode === 5 ? ['the run ended before its plan'] : []),
  ];
  return {
    label,
    baseUrl: target.baseUrl,
    ...(page === undefined ? {} : { page }),
    role,
    standing: otherRules.length > 0 ? 'apart' : isStale ? 'stale' : 'compared',
    marks,
    startedAt: run.startedAt,
    tool: `${tool.name} ${tool.version}`,
    edition: contractName(contract),
    mode: contract.mode,
    seed: run.seed,
    verdict: summary.verdict,
    exitCode: summary.exitCode,
    counts: { MUST: summary.must, SHOULD: summary.should, MAY: summary.may },
  };
}

/** Why two reports rest on other rules, or nothing where they can be held side by side. */
export function otherRulesThan({ contract: rules }: Report, { contract }: Report): string[] {
  const isSameContract = contractName(rules) === contractName(contract);
  return [
    ...(isSameContract ? [] : [`judged by ${judgedBy(contract)}, not ${contractName(rules)}`]),
    ...(rules.mode === contract.mode ? [] : [`judged in ${contract.mode} mode, not ${rules.mode}`]),
    ...(isSameContract && rules.sha256 !== contract.sha256 ? ['judged by another state of the contract'] : []),
  ];
}

function rowsOf(reports: readonly Report[], counted: readonly number[]): MatrixRow[] {
  const byId = reports.map(({ requirements }) => new Map(requirements.map((row) => [row.id, row] as const)));
  const known = new Map<string, ReportedRequirement>();
  for (const { requirements } of reports)
    for (const row of requirements) if (!known.has(row.id)) known.set(row.id, row);
  const rows = [...known.values()].map((row): MatrixRow => {
    const cells = byId.map((rowsById) => cellOf(rowsById.get(row.id)));
    return {
      id: row.id,
      title: row.title,
      chapter: row.chapter,
      capability: row.capability,
      level: row.level,
      authority: row.authority,
      conditional: row.conditional,
      differs: differenceOf(counted.map((index) => cells[index]?.status ?? 'absent')),
      cells,
    };
  });
  // Sorting is stable: within one weight the order of the registry stays.
  return rows.sort((a, b) => weightOf(a) - weightOf(b));
}

const DIFFERENCES: readonly (Difference | null)[] = ['verdict', 'support', 'exercise', null];

function weightOf({ differs, level }: MatrixRow): number {
  return differs === null ? 100 : DIFFERENCES.indexOf(differs) * 10 + LEVELS.indexOf(level);
}

function cellOf(row: ReportedRequirement | undefined): Cell {
  if (row === undefined) return { status: 'absent', said: null };
  if (!row.inScope) return { status: 'out-of-scope', said: row.reason };
  const said = row.failures[0]?.message ?? row.reason;
  return {
    status: row.status,
    said: said !== null && said.length > LONGEST_MESSAGE ? `${said.slice(0, LONGEST_MESSAGE)}…` : said,
  };
}

/** In what some statuses differ, or null where they agree. */
export function differenceOf(statuses: readonly CellStatus[]): Difference | null {
  const has = (...wanted: readonly CellStatus[]): boolean => statuses.some((status) => wanted.includes(status));
  if (new Set(statuses).size <= 1) return null;
  if (has('pass') && has('fail', 'waived')) return 'verdict';
  return has('unsupported') && has('pass', 'fail', 'waived') ? 'support' : 'exercise';
}

function capabilitiesOf(reports: readonly Report[], counted: readonly number[]): ValueRow[] {
  const names = [...new Set(reports.flatMap(({ capabilities }) => capabilities.map(({ capability }) => capability)))];
  return valueRows(names, counted, (name) =>
    reports.map(({ capabilities }) => {
      const line = capabilities.find(({ capability }) => capability === name);
      return line === undefined ? null : `${line.found}, ${line.claim}`;
    }),
  );
}

function observedOf(reports: readonly Report[], counted: readonly number[]): ValueRow[] {
  const subjects = [...new Set(reports.flatMap(({ observed }) => observed.map(({ subject }) => subject)))].slice(
    0,
    MOST_SUBJECTS,
  );
  return valueRows(subjects, counted, (wanted) =>
    reports.map(({ observed }) => {
      const values = new Set(observed.flatMap(({ subject, value }) => (subject === wanted ? [value] : [])));
      return values.size === 0 ? null : [...values].join('; ').slice(0, LONGEST_MESSAGE);
    }),
  );
}

/** Rows of values, those that differ first. */
function valueRows(
  subjects: readonly string[],
  counted: readonly number[],
  valuesOf: (subject: string) => (string | null)[],
): ValueRow[] {
  return subjects
    .map((subject) => {
      const values = valuesOf(subject);
      return { subject, values, differs: new Set(counted.map((index) => withoutIds(values[index] ?? ''))).size > 1 };
    })
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}
