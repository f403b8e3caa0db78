// Reads a conformance.json that may have come from anywhere. It must fit the published schema and stay under a cap;
// members that older reports lack are filled with what they meant then. Every way to be wrong is one line.
import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report, ReportedRequirement } from '../report.ts';
import { asReport } from '../validate-report.ts';

const MOST_BYTES = 64 * 1024 * 1024;
/** Rows beyond this are no registry of ours. */
const MOST_ROWS = 5_000;

/** A file that is no report which can be compared. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
}

/**
 * The report in a file, or in the conformance.json of a folder.
 * @throws UnreadableReport
 */
export function readReportFile(path: string): Report {
  const file = isFolder(path) ? join(path, 'conformance.json') : path;
  const report = validated(parsed(textOf(file), file), file);
  if (report.requirements.length > MOST_ROWS)
    throw new UnreadableReport(`${file} has ${report.requirements.length} requirements, at most ${MOST_ROWS} are read`);
  return completed(report);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new UnreadableReport(`${file} is no file`);
    if (stat.size > MOST_BYTES)
      throw new UnreadableReport(`${file} has ${stat.size} bytes, at most ${MOST_BYTES} are read`);
    return readFileSync(handle, 'utf8');
  } catch (error) {
    if (error instanceof UnreadableReport) throw error;
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UnreadableReport(`${file} cannot be read (${why})`);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableReport(`${file} is no JSON`);
  }
}

function validated(value: unknown, file: string): Report {
  try {
    return asReport(value);
  } catch (error) {
    throw new UnreadableReport(`${file} is ${error instanceof Error ? error.message : 'no report'}`);
  }
}

/** The members that the schema does not ask for, with what their absence means. */
type Older = Omit<Report, 'capabilities' | 'faults' | 'requirements'> & {
  readonly capabilities?: Report['capabilities'];
  readonly faults?: Report['faults'];
  readonly requirements: readonly OlderRow[];
};
type OlderRow = Omit<ReportedRequirement, keyof typeof ROW_DEFAULTS> & Partial<ReportedRequirement>;

const ROW_DEFAULTS = {
  statement: '',
  capability: 'core',
  inScope: true,
  failuresLeftOut: 0,
  notes: [],
  tolerated: [],
} as const satisfies Partial<ReportedRequirement>;

function completed(report: Older): Report {
  const seen = new Set<string>();
  const requirements = report.requirements.filter(({ id }) => !seen.has(id) && seen.add(id));
  return {
    ...report,
    summary: { ...report.summary, reason: (report.summary as { reason?: string }).reason ?? '' },
    requirements: requirements.map((row) => ({ ...ROW_DEFAULTS, ...row })),
    capabilities: report.capabilities ?? [],
    faults: report.faults ?? [],
  };
}
