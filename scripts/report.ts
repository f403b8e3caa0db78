// npm run report: every file of a report again from its log; with --merge, one report from the shards of a run.
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import pc from 'picocolors';
import { logText } from '../conformance/reporting/escape.ts';
import { writeKillMatrixPage } from '../conformance/reporting/kill-matrix.ts';
import { LogError, ShardError } from '../conformance/reporting/log-errors.ts';
import { mergeShards } from '../conformance/reporting/merge-shards.ts';
import type { Report } from '../conformance/reporting/report.ts';
import { finalTable } from '../conformance/reporting/terminal.ts';
import type { Waiver } from '../conformance/reporting/waivers.ts';
import { writeReports } from '../conformance/reporting/write-report.ts';
import { readWaivers } from '../conformance/targets/waivers.ts';
import { newCommand, parsed, runCommand, UsageError } from './command.ts';
import { withoutKeys } from './without-keys.ts';

interface Options {
  readonly merge?: boolean;
  readonly out?: string;
  readonly waivers?: string;
  readonly history?: string;
  readonly exitCode?: boolean;
  readonly quiet?: boolean;
  readonly killMatrix?: string;
}

/** The status of a merge that cannot be done: what was judged is not enough for a report. */
const NOT_MERGED = 3;

const EXAMPLES = `
Examples:
  npm run report -- reports/acme                                make every file of a report again
  npm run report -- --merge shards/1 shards/2 --out reports/acme
  npm run report -- reports/acme --history reports/history/acme.jsonl
  npm run report -- --kill-matrix reports/judge/kill-matrix.json --out reports/judge

Exit status: 0 written (with --exit-code that of the run), 2 wrong arguments or no readable log,
  3 shards that are missing, doubled or of another run.`;

const program = newCommand('report')
  .description('Makes reports from results.jsonl, the log of a run.')
  .argument('[dir...]', 'the folder of a run, or with --merge of each shard')
  .option('--merge', 'the folders are the shards of one run: one report from all of them')
  .option('--out <dir>', 'where the merged log and its report go, or the page of a kill matrix')
  .option('--waivers <file>', 'accepted deviations (default: those of the run)')
  .option('--history <file>', 'add the run to this history, and draw charts from it')
  .option('--exit-code', 'end with the exit status of the run')
  .option('--quiet', 'write files and print nothing')
  .option('--kill-matrix <file>', 'a page from what npm run judge wrote')
  .addHelpText('after', EXAMPLES);

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  if (options.killMatrix !== undefined) return killMatrixPage(options.killMatrix, options);
  const dir = options.merge === true ? outOf(options) : only(program.args, options);
  const waivers = options.waivers === undefined ? [] : readWaivers(options.waivers);
  try {
    if (options.merge === true) await mergeShards(foldersOf(program.args), dir);
    return told(await written(dir, waivers, options), dir, options);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    if (!(error instanceof ShardError)) throw new UsageError(logText(error.message), 'no report can be made from it');
    process.stderr.write(`${pc.red('error')} ${logText(error.message)}\n`);
    return NOT_MERGED;
  }
}

async function written(dir: string, waivers: readonly Waiver[], { history }: Options): Promise<Report> {
  return writeReports(dir, waivers, history === undefined ? {} : { history: resolve(history) });
}

function told(report: Report, dir: string, { quiet, exitCode }: Options): number {
  const reportDir = relative(process.cwd(), dir) || '.';
  if (quiet !== true) process.stdout.write(finalTable(report, { colour: pc.isColorSupported, reportDir }));
  return exitCode === true ? report.summary.exitCode : 0;
}

function only(dirs: readonly string[], { out }: Options): string {
  const [dir, ...others] = foldersOf(dirs);
  if (dir === undefined) throw new UsageError('no folder was named', 'name the folder of a run, such as reports/emulator');
  if (others.length > 0) throw new UsageError('several folders were named', 'add --merge for shards of one run');
  if (out !== undefined) throw new UsageError('--out goes with --merge', 'a report lies beside its log');
  return dir;
} // prettier-ignore

function outOf({ out }: Options): string {
  if (out === undefined) throw new UsageError('--merge needs a place for the merged report', 'add --out DIR');
  return resolve(out);
}

function foldersOf(dirs: readonly string[]): string[] {
  return dirs.map((dir) => {
    const folder = resolve(dir);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new UsageError(`${dir} is no folder`, 'name the folder that holds results.jsonl');
    return folder;
  });
}

function killMatrixPage(file: string, { out }: Options): number {
  if (out === undefined) throw new UsageError('--kill-matrix needs a place for its page', 'add --out DIR');
  try {
    const page = writeKillMatrixPage(resolve(file), resolve(out));
    process.stdout.write(`report  ${relative(process.cwd(), page)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UnreadableKillMatrix') throw error;
    throw new UsageError(logText(error.message), 'name the kill-matrix.json that npm run judge wrote');
  }
}

await runCommand(main, withoutKeys);
