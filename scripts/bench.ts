// npm run bench: the figures that the README claims, measured on this machine. Each section is a module of its own.
import { availableParallelism, cpus } from 'node:os';
import { budgets } from './bench/budgets.ts';
import { createOperation } from './bench/create-operation.ts';
import { ownRules } from './bench/own-rules.ts';
import { payloads } from './bench/payloads.ts';
import { requests } from './bench/requests.ts';
import type { BenchOptions, Section } from './bench/section.ts';
import { randomCases, refusalTier } from './bench/whole-runs.ts';
import { newCommand, parsed, runCommand, UsageError } from './command.ts';
import { withoutKeys } from './without-keys.ts';

const SECTIONS: readonly Section[] = [createOperation, ownRules, payloads, requests, refusalTier, budgets, randomCases];

const EXAMPLES = `
Sections:
${SECTIONS.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

Examples:
  npm run bench                                  every section; some minutes
  npm run bench -- --only payloads,requests      two of them
  npm run bench -- --only cases --cases 1000,10000,100000

Timings depend on the machine and on what else it does. Ratios are taken within one run, in turns, and are what counts.`;

async function main(): Promise<number> {
  const command = newCommand('bench')
    .description('Prints the figures that the README claims, with the versions and cores that they were measured on.')
    .option('--only <sections>', 'these sections only, separated by commas')
    .option('--cases <numbers>', 'random cases of the whole runs, separated by commas (default 1000,10000)')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false);
  if (!parsed(command)) return 0;
  const { only, cases = '1000,10000' } = command.opts<{ only?: string; cases?: string }>();
  const chosen = chosenSections(only);
  const options: BenchOptions = { cases: cases.split(',').map(wholeNumber) };
  say(`node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`);
  for (const section of chosen) {
    say('');
    await section.run(say, options);
  }
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The sections of a list of names; all of them where there is none. @throws UsageError */
function chosenSections(only: string | undefined): readonly Section[] {
  if (only === undefined) return SECTIONS;
  return only.split(',').map((name) => {
    const section = SECTIONS.find((one) => one.name === name.trim());
    if (section !== undefined) return section;
    throw new UsageError(`there is no section ${name}`, `name one of ${SECTIONS.map((one) => one.name).join(', ')}`);
  });
}

/** @throws UsageError */
function wholeNumber(text: string): number {
  if (/^\s*\d+\s*$/.test(text)) return Number(text);
  throw new UsageError(`${text} is no number of cases`, 'write them as in --cases 1000,10000');
}

await runCommand(main, withoutKeys);
