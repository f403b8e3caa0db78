// npm run judge: the kill matrix. Which defects of the emulator does the suite find, under the right requirement, and
// after how many requests?
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { allDefects } from '../emulator/defects/all-defects.ts';
import { writeKillMatrixPage } from '../conformance/reporting/kill-matrix.ts';
import { matchesAny } from '../conformance/requirements/glob.ts';
import { registry } from '../conformance/requirements/registry.ts';
import { identityOf } from './identity.ts';
import { newCommand, oneMore, parsed, runCommand, UsageError } from './command.ts';
import { withoutKeys } from './without-keys.ts';
import type { DefectResult, JudgeOptions, ListedDefect } from './judge-defects.ts';
import { askAll } from './worker-processes.ts';

interface Options {
  readonly sample: string;
  readonly every: string;
  readonly defect: readonly string[];
  readonly seed: string;
  readonly workers: string;
  readonly report: string;
  readonly toTheEnd?: boolean;
}

const root = resolve(import.meta.dirname, '..');

const program = newCommand('judge')
  .description('Starts the emulator with each of its defects and tells which of them the suite finds.')
  .option(
    '--sample <n>',
    'mechanical defects to take, by seed, one for each requirement first; "all" for every one',
    '200',
  )
  .option('--defect <id>', 'judge this defect only (repeatable; * stands for any characters)', oneMore, [])
  .option('--every <n>', 'judge only every n-th of these, beginning where the seed says: a sample of the whole', '1')
  .option('--seed <n>', 'seed of the sample and of payloads', '1')
  .option('--workers <n>', 'processes at a time', String(availableParallelism()))
  .option('--report <dir>', 'where kill-matrix.json goes', join(root, 'reports/judge'))
  .option('--to-the-end', 'go on after a defect was found, to see everything that fails with it');

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  const chosen = everyNth(chooseDefects(options), options);
  const started = performance.now();
  const results = await judgeAll(chosen, options);
  const seconds = Math.round((performance.now() - started) / 1000);
  mkdirSync(options.report, { recursive: true });
  writeFileSync(
    join(options.report, 'kill-matrix.json'),
    `${JSON.stringify({ seed: Number(options.seed), seconds, results }, undefined, 1)}\n`,
  );
  const page = writeKillMatrixPage(join(options.report, 'kill-matrix.json'), options.report);
  process.stderr.write(`page    ${page}\n`);
  return summarise(results, seconds);
}

/** A defect that is made from the constraint table has a colon in its id. */
function isMechanical({ id }: ListedDefect): boolean {
  return id.includes(':');
}

function chooseDefects({ defect, sample, seed }: Options): readonly ListedDefect[] {
  const all = allDefects().map(({ id, wrong, breaks }) => ({ id, wrong, breaks }));
  if (defect.length > 0) {
    const matches = all.filter(({ id }) => matchesAny(id, defect));
    if (matches.length === 0)
      throw new UsageError(`no defect is called ${defect.join(', ')}`, 'see npm run emulator -- --list-defects');
    return matches;
  }
  const mechanical = all.filter(isMechanical);
  const count = sample === 'all' ? mechanical.length : Number(sample);
  if (!Number.isInteger(count) || count < 0)
    throw new UsageError(`--sample ${sample} is no number`, 'use a whole number or "all"');
  const byHand = all.filter((one) => !isMechanical(one));
  const first = oneForEachRow(mechanical, new Set(byHand.map(({ breaks }) => breaks)), Number(seed)).slice(0, count);
  const rest = mechanical.filter((one) => !first.includes(one));
  return [...byHand, ...first, ...drawn(rest, count - first.length, Number(seed))];
}

function everyNth(defects: readonly ListedDefect[], { every, seed }: Options): readonly ListedDefect[] {
  const step = Number(every);
  if (!Number.isInteger(step) || step < 1)
    throw new UsageError(`--every ${every} is no step`, 'use a whole number from 1');
  return defects.filter((_, index) => index % step === Number(seed) % step);
}

/** For each requirement that no other defect breaks one that does, which one by seed: a sample leaves none unbroken. */
function oneForEachRow(defects: readonly ListedDefect[], broken: ReadonlySet<string>, seed: number): ListedDefect[] {
  const byRow = new Map<string, ListedDefect[]>();
  for (const one of defects.filter(({ breaks }) => !broken.has(breaks)))
    byRow.set(one.breaks, [...(byRow.get(one.breaks) ?? []), one]);
  return [...byRow.values()].flatMap((ofRow) => ofRow[seed % ofRow.length] ?? []);
}

/** A sample that is spread over the whole list: every n-th, beginning where the seed says. */
function drawn<T>(items: readonly T[], count: number, seed: number): T[] {
  if (count >= items.length) return [...items];
  const step = items.length / Math.max(1, count);
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor(index * step + (seed % Math.ceil(step))) % items.length],
  ).filter((item) => item !== undefined);
}

async function judgeAll(
  defects: readonly ListedDefect[],
  { workers, seed, toTheEnd = false }: Options,
): Promise<DefectResult[]> {
  const judgeOptions: JudgeOptions = { root, ...identityOf(root), seed: Number(seed), toTheEnd };
  const results: DefectResult[] = [];
  await askAll<ListedDefect, DefectResult>(defects, {
    script: join(root, 'scripts/judge-worker.ts'),
    workers: Number(workers),
    envOf: () => ({}),
    questionOf: (defect) => ({ defect, options: judgeOptions }),
    nameOf: ({ id }) => id,
    onAnswer: ({ id, breaks }, result) => {
      results.push(result);
      const mark = result.isFound ? pc.green('found ') : pc.red('missed');
      const after = result.requests === undefined ? '' : `after ${result.requests} requests`;
      const told = `${mark} ${id} -> ${breaks} ${after} (${result.seconds.toFixed(1)} s)`;
      process.stderr.write(`[${results.length}/${defects.length}] ${told}\n`);
    },
  });
  return results.sort((a, b) => a.id.localeCompare(b.id));
}

function summarise(results: readonly DefectResult[], seconds: number): number {
  const missed = results.filter(({ isFound }) => !isFound);
  const faults = results.filter(({ faults: list }) => list.length > 0);
  for (const { id, breaks, failed, wrong } of missed) {
    process.stdout.write(
      `missed  ${id}\n        ${wrong}\n        breaks ${breaks}; failed instead: ${failed.slice(0, 5).join(', ') || 'nothing'}\n`,
    );
  }
  for (const { id, faults: list } of faults)
    process.stdout.write(`fault of the suite with ${id}: ${list[0]?.split('\n')[0] ?? ''}\n`);
  const killed = new Set(results.flatMap(({ failed }) => failed));
  const named = new Set(results.filter(({ isFound }) => isFound).map(({ breaks }) => breaks));
  const binding = registry.filter(({ level }) => level !== 'MAY');
  const alive = binding.filter(({ id }) => !killed.has(id)).map(({ id }) => id);
  process.stdout.write(
    `${results.length - missed.length} of ${results.length} defects found under the requirement that they break, ${named.size} requirements, ${seconds} s\n`,
  );
  process.stdout.write(`${binding.length - alive.length} of ${binding.length} MUST and SHOULD failed by some defect\n`);
  if (alive.length > 0 && results.length > 100) process.stdout.write(`without a killer here: ${alive.join(', ')}\n`);
  if (faults.length > 0) return 4;
  return missed.length === 0 ? 0 : 1;
}

await runCommand(main, withoutKeys);
