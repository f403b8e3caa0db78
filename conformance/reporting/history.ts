// One line a run, so that a target's way can be seen: reports/history/<target>.jsonl. Adding a run twice adds one line,
// so reports can be made again; a line that cannot be read is passed over, for a chart with a gap is better than none.
import { contractName } from './judged-by.ts';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Report } from './report.ts';
import { scopeText } from './scope.ts';

const MOST_BYTES = 16 * 1024 * 1024;
/** Runs that are read, the latest ones. */
const MOST_RUNS = 1_000;

const count = z.int().min(0);
const counts = z.object({
  pass: count,
  fail: count,
  notExercised: count,
  unsupported: count,
  waived: count,
  total: count,
});
const entry = z.object({
  run: z.string(),
  date: z.iso.datetime({ offset: true }),
  target: z.string(),
  tool: z.string(),
  edition: z.string(),
  mode: z.string(),
  seed: z.number(),
  scope: z.string(),
  verdict: z.enum(['conformant', 'non-conformant', 'incomplete', 'fault']),
  exitCode: z.int(),
  must: counts,
  should: counts,
  may: counts,
  durationMs: z.number().min(0),
  requests: count,
  jobs: count,
});

/** What is kept of one run. */
export type HistoryEntry = z.output<typeof entry>;

/** The line of a run. */
export function historyEntry({ run, target, tool, contract, summary }: Report): HistoryEntry {
  return {
    run: run.id,
    date: run.startedAt,
    target: target.name,
    tool: `${tool.name} ${tool.version}`,
    edition: contractName(contract),
    mode: contract.mode,
    seed: run.seed,
    scope: scopeText(summary.scope),
    verdict: summary.verdict,
    exitCode: summary.exitCode,
    must: summary.must,
    should: summary.should,
    may: summary.may,
    durationMs: run.durationMs,
    requests: run.requests,
    jobs: run.jobsCreated,
  };
}

/** Adds a run to a history, unless its line stands there already, and gives the history back, oldest run first. */
export function appendHistory(report: Report, file: string): HistoryEntry[] {
  const known = readHistory(file);
  const made = historyEntry(report);
  if (known.some(({ run }) => run === made.run)) return known;
  mkdirSync(dirname(file), { recursive: true });
  const isBroken = existsSync(file) && statSync(file).size > 0 && !readFileSync(file).subarray(-1).equals(NEWLINE);
  appendFileSync(file, `${isBroken ? '\n' : ''}${JSON.stringify(made)}\n`);
  return sorted([...known, made]);
}

const NEWLINE = Buffer.from('\n');

/** The runs of a history, oldest first; none where there is no such file. */
export function readHistory(file: string): HistoryEntry[] {
  if (!existsSync(file) || statSync(file).size > MOST_BYTES) return [];
  const entries = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const parsed = entry.safeParse(parsedJson(line));
      return parsed.success ? [parsed.data] : [];
    });
  return sorted(entries).slice(-MOST_RUNS);
}

function sorted(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return [...entries].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
