// What changed between two reports on one target. A change of the rules or of what was in scope is told first, for a
// requirement that nobody judged before has not broken since.
import { type Level, LEVELS } from '../../requirements/requirement.ts';
import type { Counts, Report, ReportedRequirement } from '../report.ts';
import { withoutIds } from '../fingerprint.ts';
import { scopeText } from '../scope.ts';
import { type CellStatus, otherRulesThan } from './matrix.ts';

const LONGEST_VALUE = 2_000;
/** Subjects that are compared; a report of ours has some dozens. */
const MOST_SUBJECTS = 500;

export interface Change {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly from: CellStatus;
  readonly to: CellStatus;
  /** The first failure of the later report, or why the row stands as it does. */
  readonly said: string | null;
}

export interface Denominators {
  readonly exercised: number;
  readonly applicable: number;
  readonly total: number;
}

export interface Diff {
  readonly schemaVersion: '1';
  readonly old: DiffSide;
  readonly new: DiffSide;
  /** Why the two may not be comparable. */
  readonly warnings: readonly string[];
  readonly newlyFailing: readonly Change[];
  readonly newlyPassing: readonly Change[];
  readonly newlyExercised: readonly Change[];
  readonly noLongerExercised: readonly Change[];
  /** Rows that failed before and now fail in a way that was not seen before. */
  readonly failingInOtherWays: readonly Change[];
  readonly denominators: readonly { readonly level: Level; readonly old: Denominators; readonly new: Denominators }[];
  readonly observed: readonly { readonly subject: string; readonly old: string; readonly new: string }[];
}

export interface DiffSide {
  readonly target: string;
  readonly startedAt: string;
  readonly tool: string;
  readonly edition: string;
  readonly mode: string;
  readonly verdict: string;
  readonly exitCode: number;
}

/** The changes from one report to a later one. */
export function diffOf(old: Report, later: Report): Diff {
  const changes = changesOf(old, later);
  return {
    schemaVersion: '1',
    old: sideOf(old),
    new: sideOf(later),
    warnings: warningsOf(old, later),
    newlyFailing: byLevel(changes.filter(({ to }) => to === 'fail')),
    newlyPassing: byLevel(changes.filter(({ from, to }) => to === 'pass' && (from === 'fail' || from === 'waived'))),
    newlyExercised: byLevel(changes.filter(({ from, to }) => isExercised(to) && !isExercised(from))),
    noLongerExercised: byLevel(changes.filter(({ from, to }) => isExercised(from) && !isExercised(to))),
    failingInOtherWays: byLevel(otherWays(old, later)),
    denominators: LEVELS.map((level) => ({
      level,
      old: denominators(countsOf(old, level)),
      new: denominators(countsOf(later, level)),
    })).filter((one) => JSON.stringify(one.old) !== JSON.stringify(one.new)),
    observed: observedChanges(old, later),
  };
}

/** 1 where a MUST or SHOULD newly fails, else 0; a MAY never fails a target. */
export function diffExit({ newlyFailing }: Diff): number {
  return newlyFailing.some(({ level }) => level !== 'MAY') ? 1 : 0;
}

/** True where nothing changed that somebody would want to be told of. */
export function isUnchanged(diff: Diff): boolean {
  return [
    diff.newlyFailing,
    diff.newlyPassing,
    diff.newlyExercised,
    diff.noLongerExercised,
    diff.failingInOtherWays,
    diff.denominators,
  ].every((list) => list.length === 0);
}

function sideOf({ target, run, tool, contract, summary }: Report): DiffSide {
  return {
    target: target.name,
    startedAt: run.startedAt,
    tool: `${tool.name} ${tool.version}`,
    edition: contract.edition,
    mode: contract.mode,
    verdict: summary.verdict,
    exitCode: summary.exitCode,
  };
}

function warningsOf(old: Report, later: Report): string[] {
  const [before, after] = [scopeText(old.summary.scope), scopeText(later.summary.scope)];
  return [
    ...(old.target.name === later.target.name
      ? []
      : [`two targets: ${old.target.name} before, ${later.target.name} after`]),
    ...otherRulesThan(old, later).map((why) => `the later report was ${why}`),
    ...(old.tool.version === later.tool.version
      ? []
      : [`the later report was judged by version ${later.tool.version}, not ${old.tool.version}`]),
    ...(before === after ? [] : [`scope before: ${before || 'everything'}; after: ${after || 'everything'}`]),
    ...(Date.parse(later.run.startedAt) < Date.parse(old.run.startedAt)
      ? ['the report that is taken for the later one is the older']
      : []),
    ...(later.summary.verdict === 'fault' ? ['the suite itself failed in the later run'] : []),
  ];
}

function changesOf(old: Report, later: Report): Change[] {
  const before = new Map(old.requirements.map((row) => [row.id, row] as const));
  const after = new Map(later.requirements.map((row) => [row.id, row] as const));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((id) => {
    const [from, to] = [statusOf(before.get(id)), statusOf(after.get(id))];
    const row = after.get(id) ?? before.get(id);
    return row === undefined || from === to ? [] : [changeOf(row, from, to)];
  });
}

function statusOf(row: ReportedRequirement | undefined): CellStatus {
  if (row === undefined) return 'absent';
  return row.inScope ? row.status : 'out-of-scope';
}

function changeOf(row: ReportedRequirement, from: CellStatus, to: CellStatus): Change {
  const said = to === 'absent' ? null : (row.failures[0]?.message ?? row.reason);
  return { id: row.id, title: row.title, level: row.level, from, to, said };
}

function isExercised(status: CellStatus): boolean {
  return status === 'pass' || status === 'fail' || status === 'waived';
}

function otherWays(old: Report, later: Report): Change[] {
  const before = new Map(old.requirements.map((row) => [row.id, row] as const));
  return later.requirements.flatMap((row) => {
    const known = before.get(row.id);
    if (known?.status !== 'fail' || row.status !== 'fail' || known.failuresLeftOut > 0) return [];
    const fingerprints = new Set(known.failures.map(({ fingerprint }) => fingerprint));
    const found = row.failures.find(({ fingerprint }) => !fingerprints.has(fingerprint));
    return found === undefined ? [] : [{ ...changeOf(row, 'fail', 'fail'), said: found.message }];
  });
}

function byLevel(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function countsOf({ summary }: Report, level: Level): Counts {
  return level === 'MUST' ? summary.must : level === 'SHOULD' ? summary.should : summary.may;
}

function denominators({ pass, fail, waived, unsupported, total }: Counts): Denominators {
  return { exercised: pass + fail + waived, applicable: total - unsupported, total };
}

function observedChanges(old: Report, later: Report): { subject: string; old: string; new: string }[] {
  const valuesOf = ({ observed }: Report, wanted: string): string =>
    [...new Set(observed.flatMap(({ subject, value }) => (subject === wanted ? [value] : [])))]
      .join('; ')
      .slice(0, LONGEST_VALUE);
  const subjects = [...new Set([...old.observed, ...later.observed].map(({ subject }) => subject))].slice(
    0,
    MOST_SUBJECTS,
  );
  return subjects
    .map((subject) => ({ subject, old: valuesOf(old, subject), new: valuesOf(later, subject) }))
    .filter((one) => withoutIds(one.old) !== withoutIds(one.new));
}
