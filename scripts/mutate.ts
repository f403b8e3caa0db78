// npm run mutate: would the tests of the judge's own code notice if it were changed? StrykerJS changes it, one place after
// another, and runs them. All of it takes hours: --every takes each n-th declaration of every file, whole, so that no kind
// of change is left out, and the score is that of a sample.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import ts from 'typescript';
import { newCommand, oneMore, parsed, runCommand, UsageError, wholeNumber } from './command.ts';

interface Options {
  readonly every: number;
  readonly seed: number;
  readonly file: readonly string[];
}

interface Score {
  readonly noticed: number;
  readonly all: number;
}

const NOTHING: Score = { noticed: 0, all: 0 };
/** What else may become of a change (it does not compile, it is made while a module is loaded) is no matter of the tests. */
const NOTICED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const MISSED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** The least share of changes that the tests have to notice, in percent. */
const GOAL = 85;
const root = resolve(import.meta.dirname, '..');
const FOLDERS = ['conformance/requirements', 'conformance/generation'];

const program = newCommand('mutate')
  .description("Changes the judge's own code, one place after another, and tells how many changes its tests notice.")
  .option('--every <n>', 'change only every n-th declaration of a file: a sample', wholeNumber, 1)
  .option('--seed <n>', 'where the sample begins', wholeNumber, 1)
  .option('--file <part>', 'change only files with this in their path (repeatable)', oneMore, [])
  .addHelpText(
    'after',
    `
Examples:
  npm run mutate                                            everything; hours
  npm run mutate -- --every 4                               a quarter of it
  npm run mutate -- --file requirements/list.ts

What was not noticed stands in reports/mutation/index.html. Exit status 1 below ${GOAL} %.`,
  )
  .allowExcessArguments(false);

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  const mutate = filesOf(options).flatMap((file, index) => rangesOf(file, options.every, options.seed + index));
  if (mutate.length === 0)
    throw new UsageError('nothing of these files is taken', 'name other files, or less of --every');
  const started = performance.now();
  // Stryker's own verdict on the score would stand beside ours.
  const results = await new Stryker({ mutate, thresholds: { high: 95, low: GOAL, break: null } }).runMutationTest();
  const scores = new Map<string, Score>();
  for (const { fileName, status } of results) {
    if (!NOTICED.has(status) && !MISSED.has(status)) continue;
    const { noticed, all } = scores.get(fileName) ?? NOTHING;
    scores.set(fileName, { noticed: noticed + (NOTICED.has(status) ? 1 : 0), all: all + 1 });
  }
  for (const [name, one] of scores) process.stdout.write(`${told(one)}  ${relative(root, name)}\n`);
  const total = [...scores.values()].reduce((sum, { noticed, all }) => ({ noticed: sum.noticed + noticed, all: sum.all + all }), NOTHING); // prettier-ignore
  if (total.all === 0) throw new UsageError('nothing was tried', 'name other files, or less of --every');
  const minutes = Math.round((performance.now() - started) / 60_000);
  const sample = options.every === 1 ? '' : `, one declaration in ${options.every} by seed ${options.seed}`;
  process.stdout.write(`changes noticed: ${told(total)}${sample}; ${minutes} min\n`);
  return (100 * total.noticed) / total.all >= GOAL ? 0 : 1;
}

/** The files to change, by their paths below the root. */
function filesOf({ file }: Options): readonly string[] {
  return FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
    .filter((one) => file.length === 0 || file.some((part) => one.includes(part)));
}

/** Every n-th top level declaration of a file, as the ranges of lines that Stryker takes. */
function rangesOf(file: string, every: number, from: number): readonly string[] {
  if (every === 1) return [file];
  const source = ts.createSourceFile(file, readFileSync(resolve(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  return source.statements
    .filter((one) => !ts.isImportDeclaration(one) && !ts.isInterfaceDeclaration(one) && !ts.isTypeAliasDeclaration(one))
    .filter((_, index) => (index + from) % every === 0)
    .map((one) => `${file}:${line(one.getStart(source))}-${line(one.end)}`);
}

function told({ noticed, all }: Score): string {
  return `${noticed} of ${all} (${((100 * noticed) / all).toFixed(1)} %)`;
}

await runCommand(main);
