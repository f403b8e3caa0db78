// Judges a target, the embedded emulator where none is named, and writes the report.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join, relative, resolve } from 'node:path';
import pc from 'picocolors';
import { finalTable } from '../conformance/reporting/terminal.ts';
import { LogError } from '../conformance/reporting/log-errors.ts';
import { LOG_NAME } from '../conformance/reporting/log.ts';
import { readReport, writeReports } from '../conformance/reporting/write-report.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { type Assignment, ASSIGNMENT_ENV } from '../conformance/run/assignment.ts';
import type { RunConfig } from '../conformance/run/config.ts';
import { readReplay, type Replay } from '../conformance/run/replay.ts';
import { configure } from '../conformance/run/configure.ts';
import { keyWarnings } from '../conformance/run/keys.ts';
import { plannedScenarios } from '../conformance/scenarios/run-plan.ts';
import { removeWaivers, type Waiver } from '../conformance/targets/waivers.ts';
import { Fault, parsed, UsageError } from './command.ts';
import { withoutKeys } from './without-keys.ts';
import { conformanceCommand, type ConformanceOptions } from './conformance-options.ts';
import { printEdition } from './detect-edition.ts';
import { withEmbedded } from './embedded-emulator.ts';
import { identityOf } from './identity.ts';
import { listText, planText } from './listing.ts';
import { exitOf, startPlaywright } from './run-playwright.ts';
import { judgedRows } from './selection.ts';

const root = resolve(import.meta.dirname, '..');

/** What `npm run conformance` does, to its exit status. */
export async function judgeTarget(): Promise<number> {
  const command = conformanceCommand();
  if (!parsed(command)) return 0;
  const given = command.opts<ConformanceOptions>();
  const options: ConformanceOptions = { ...given, corpus: given.corpus ?? true };
  if (options.list === true) {
    process.stdout.write(listText(options));
    return 0;
  }
  if (options.detectEdition === true) return printEdition(options, root);
  const replay = options.replay === undefined ? undefined : readReplay(options.replay);
  const config = configure(
    replay === undefined ? options : { ...options, ...replay.options, report: options.report ?? replayFolder(options) },
    {
      env: process.env,
      root,
      now: new Date(),
      ...identityOf(root),
    },
  );
  if (options.updateWaivers === true && config.waivers.length === 0)
    throw new UsageError('--update-waivers finds no waiver', 'name them with --waivers FILE or in the profile');
  if (options.plan === true) {
    process.stdout.write(withoutKeys(planText(config, judgedRows(config, process.env))));
    return 0;
  }
  const report = await (config.target.isEmbedded
    ? withEmbedded({ root, config, edition: config.edition }, (bound, env) => judge(bound, options, env))
    : judge(config, options, process.env));
  if (replay !== undefined) process.stdout.write(replayResult(replay, report));
  return report.summary.exitCode;
}

async function judge(config: RunConfig, options: ConformanceOptions, env: NodeJS.ProcessEnv): Promise<Report> {
  for (const warning of keyWarnings(config, env)) process.stderr.write(`${pc.yellow('warning')} ${warning}\n`);
  if (options.quiet !== true) process.stderr.write(`${withoutKeys(headline(config))}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'fine-tuning-conformance-'));
  const stopFile = join(folder, 'stop');
  const assignmentFile = join(folder, 'assignment.json');
  mkdirSync(config.reportDir, { recursive: true });
  writeFileSync(join(config.reportDir, LOG_NAME), '');
  const scenarios = plannedScenarios(config, env[config.apiKeyEnv]).map(({ id, title }) => ({ id, title }));
  const assignment: Assignment = { config, scenarios, stopFile, commandPid: process.pid };
  writeFileSync(assignmentFile, JSON.stringify(assignment));
  const child = startPlaywright(root, {
    ...env,
    [ASSIGNMENT_ENV]: assignmentFile,
    CONFORMANCE_PROGRESS: progressMode(options),
  });
  const release = stopOnSignal(stopFile, () => child.kill('SIGKILL'));
  try {
    await exitOf(child);
  } finally {
    release();
    rmSync(folder, { recursive: true, force: true });
  }
  const report = await reportOn(config, options.updateWaivers === true);
  process.stdout.write(withoutKeys(endingText(report, config, options)));
  return report;
}

/** How the end of a run is told: a table for people, a line of JSON for scripts, nothing where nothing is wanted. */
function endingText(report: Report, { reportDir }: RunConfig, { quiet, json }: ConformanceOptions): string {
  if (quiet === true) return '';
  if (json === true) return `${JSON.stringify({ event: 'result', ...report.summary, report: reportDir })}\n`;
  const shown = relative(process.cwd(), reportDir) || '.';
  return finalTable(report, { colour: pc.isColorSupported, reportDir: shown });
}

/** Whole runs grow the history of their target; what was narrowed or broken on purpose would only blur it. */
function historyOf({ only, defects, shard, ledgerDir, target }: RunConfig): { history?: string } {
  const isWhole = only.length === 0 && defects.length === 0 && shard === undefined;
  return isWhole ? { history: join(ledgerDir, 'history', `${target.name}.jsonl`) } : {};
}

/** The report, or why there is none: a run that was killed leaves a log without an end. */
async function reportOn(config: RunConfig, isUpdate: boolean): Promise<Report> {
  try {
    if (isUpdate) return await updatedReport(config);
    return await writeReports(config.reportDir, config.waivers, historyOf(config));
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const mend = config.target.isEmbedded
      ? 'run it again'
      : `clean up with: npm run sweep -- --base-url ${config.target.baseUrl}`;
    throw new Fault(`the run did not come to its end (${error.message}); ${mend}`);
  }
}

/** Takes waivers that are out of date out of their files, and reports as the next run would. */
async function updatedReport(config: RunConfig): Promise<Report> {
  const { staleWaivers = [] } = await readReport(config.reportDir, config.waivers);
  for (const { file, lines } of removeWaivers(staleWaivers)) {
    const told = lines.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
    process.stderr.write(withoutKeys(`${file}: removed line ${told}\n`));
  }
  const isStale = ({ place }: Waiver): boolean =>
    staleWaivers.some((one) => place !== undefined && isDeepStrictEqual(one.place, place));
  const waivers = config.waivers.filter((waiver) => !isStale(waiver));
  return writeReports(config.reportDir, waivers, { ...historyOf(config), areWaiversFinal: true });
}

function headline({ target, edition, dialect, mode, tier, seed, maxJobs }: RunConfig): string {
  const budget = target.isEmbedded ? '' : `, at most ${maxJobs} jobs`;
  return `Judging ${target.isEmbedded ? 'the embedded emulator at ' : ''}${target.baseUrl} (${dialect === undefined ? `edition ${edition}` : `dialect ${dialect}`}, ${mode} mode, tier ${tier}, seed ${seed}${budget})`;
}

/** Where a replay reports: beside the report that it repeats, which it must not write over. */
function replayFolder({ replay = '' }: ConformanceOptions): string {
  return join(resolve(replay.slice(0, replay.lastIndexOf('#')), '..'), 'replay');
}

function replayResult({ requirement, fingerprint }: Replay, { requirements }: Report): string {
  const failures = requirements.find(({ id }) => id === requirement)?.failures ?? [];
  const again = failures.some((failure) => failure.fingerprint === fingerprint);
  return `replay  ${requirement} ${fingerprint}: ${again ? 'it fails again' : 'it does not fail this time'}\n`;
}

function progressMode({ quiet, json }: ConformanceOptions): 'live' | 'lines' | 'none' | 'json' {
  if (quiet === true) return 'none';
  if (json === true) return 'json';
  return process.stderr.isTTY && process.env['CI'] === undefined && process.env['TERM'] !== 'dumb' ? 'live' : 'lines';
}

/** The first signal asks the run to clean up and end; the second ends it at once. */
function stopOnSignal(stopFile: string, kill: () => void): () => void {
  let asked = false;
  const handler = (): void => {
    if (asked) {
      kill();
      return;
    }
    asked = true;
    process.stderr.write('\nstopping: cleaning up what the run made (again to stop at once)\n');
    writeFileSync(stopFile, '');
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return () => {
    process.off('SIGINT', handler);
    process.off('SIGTERM', handler);
  };
}
