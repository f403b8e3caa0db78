// From a counted log to the report. Pure but for the function that fetches evidence: the same log, waivers and folder
// give the same report.
import type { Exchange } from '../requirements/exchange.ts';
import type { Level } from '../requirements/requirement.ts';
import { KEY_VARIABLES } from './curl.ts';
import { endingOf } from './exit-status.ts';
import type { FooterLine, HeaderLine, LogLine } from './log.ts';
import { HeaderlessLog, TruncatedLog } from './log-errors.ts';
import type { Counts, Report, ReportedRequirement } from './report.ts';
import { Rows } from './rows.ts';
import { type KeptExchange, Tally } from './tally.ts';
import { type Waiver, Waivers } from './waivers.ts';

export interface SummariseOptions {
  /** Accepted deviations; those that the log itself names where there are none here. */
  readonly waivers: readonly Waiver[];
  /** True where no waivers means none, and not those of the log. */
  readonly areWaiversFinal?: boolean;
  /** Where conformance.json will lie, as a replay names it. */
  readonly reportDir: string;
}

/** The report on lines that are at hand: for tests and small logs. */
export function summarise(lines: Iterable<LogLine>, options: SummariseOptions): Report {
  const tally = new Tally();
  const exchanges: Exchange[] = [];
  for (const line of lines) {
    if (line.kind === 'exchange') exchanges.push(line.exchange);
    tally.add(line, { offset: exchanges.length - 1, length: 1 });
  }
  return reportOf(tally, options, ({ place }) => exchanges[place.offset]);
}

/**
 * The report on a counted log.
 * @param fetch reads an exchange back from the log.
 * @throws LogError where header or footer is missing.
 */
export function reportOf(
  tally: Tally,
  { waivers: given, areWaiversFinal = false, reportDir }: SummariseOptions,
  fetch: (kept: KeptExchange) => Exchange | undefined,
): Report {
  const { header, footer } = tally;
  if (header === undefined) throw new HeaderlessLog('the log has no header');
  if (footer === undefined) throw new TruncatedLog('the log has no footer; the run did not come to its end');
  const waivers = new Waivers(
    given.length > 0 || areWaiversFinal ? given : (header.waivers ?? []),
    header.run.startedAt,
  );
  const rows = new Rows({
    tally,
    footer,
    waivers,
    context: {
      baseUrl: header.target.baseUrl,
      variables: header.keyVariables ?? KEY_VARIABLES,
      files: tally.files,
      targetWords: header.targetWords ?? [],
      reportDir,
    },
    fetch,
  });
  const requirements = [...tally.rows.values()].map((row) => rows.reported(row));
  const faults = texts(tally.faults);
  const isWhole = footer.ending === 'completed' && header.run.shard === null && faults.length === 0;
  const staleWaivers = waivers.stale({ isWhole, requirements });
  const { exitCode, verdict, reason } = endingOf({ requirements, footer, faults, staleWaivers }, ({ capability }) =>
    rows.capability(capability),
  );
  return {
    schemaVersion: '1',
    tool: header.tool,
    contract: header.contract,
    ...(header.distance === undefined ? {} : { distance: header.distance }),
    target: header.target,
    run: runOf(header, footer),
    summary: {
      verdict,
      exitCode,
      reason,
      scope: header.scope,
      must: countsOf(requirements, 'MUST'),
      should: countsOf(requirements, 'SHOULD'),
      may: countsOf(requirements, 'MAY'),
    },
    requirements,
    capabilities: capabilitiesOf(tally),
    blocked: texts(tally.blocked),
    notices: [...texts(tally.notices), ...rows.notices(), ...staleWaivers.map(({ message }) => message)],
    observed: tally.observed.map(({ subject, value }) => ({ subject, value })),
    faults,
    ...(staleWaivers.length === 0 ? {} : { staleWaivers }),
  };
}

function capabilitiesOf(tally: Tally): Report['capabilities'] {
  return [...tally.capabilities.values()].map(({ capability, claim, found, reason }) => ({
    capability,
    claim,
    found,
    reason,
  }));
}

function runOf({ run }: HeaderLine, footer: FooterLine): Report['run'] {
  const { durationMs, requests, retries, jobsCreated, jobsCancelled, filesUploaded, filesDeleted } = footer;
  return {
    ...run,
    durationMs: Math.round(durationMs),
    requests,
    retries,
    jobsCreated,
    jobsCancelled,
    filesUploaded,
    filesDeleted,
  };
}

/** Rows of one level in scope, counted by status. */
function countsOf(requirements: readonly ReportedRequirement[], level: Level): Counts {
  const counted = requirements.filter((row) => row.inScope && row.level === level);
  const having = (status: ReportedRequirement['status']): number =>
    counted.filter((row) => row.status === status).length;
  return {
    pass: having('pass'),
    fail: having('fail'),
    notExercised: having('not-exercised'),
    unsupported: having('unsupported'),
    waived: having('waived'),
    total: counted.length,
  };
}

function texts(counted: ReadonlyMap<string, number>): string[] {
  return [...counted].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
}
