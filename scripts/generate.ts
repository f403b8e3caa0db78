// npm run generate: writes generated/ from openapi/, checks it for drift, or does the same for a foreign document.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { compareDocuments } from '../openapi/compiler/compare-documents.ts';
import { compile, prepare } from '../openapi/compiler/compile.ts';
import {
  compileContract,
  contractsIn,
  contractsModule,
  type ContractSource,
  inputsOf,
  isUpToDate,
} from '../openapi/compiler/contract-set.ts';
import { describeDifferences, summaryOf } from '../openapi/compiler/describe-difference.ts';
import type { DialectEdit } from '../openapi/compiler/normalise-dialect.ts';
import { emitFacts } from '../openapi/compiler/official-facts.ts';
import {
  driftOf,
  removeFolder,
  strayFolders,
  writeFacts,
  writeFolder,
  writeModule,
} from '../openapi/compiler/output-folder.ts';
import { readDocument, type SourceDocument } from '../openapi/compiler/read-document.ts';
import { oneLine } from '../openapi/compiler/text.ts';
import { newCommand, parsed, runCommand, UsageError } from './command.ts';

const OPENAPI = inRepository('openapi');
const CONTRACT = inRepository('openapi/fine-tuning.openapi.yaml');
const OUTPUT = inRepository('generated');
const INDEX = 'contracts.ts';

interface Options {
  readonly check?: boolean;
  readonly force?: boolean;
  readonly from?: string;
  readonly out?: string;
  readonly diff?: string;
  readonly json?: boolean;
  readonly facts?: string;
  readonly commit?: string;
}

const program = newCommand('generate')
  .description('Generates types, validators and tables from the OpenAPI document.')
  .option('--check', 'compare generated/ with what would be written; exit 1 on drift')
  .option('--force', 'make every contract anew, also where nothing that it is made from has changed')
  .option('--from <file>', 'generate from this OpenAPI document instead of ours')
  .option('--out <folder>', 'where --from writes to: a new folder, or one that this command wrote')
  .option('--diff <file>', 'print how this OpenAPI document differs from our contract')
  .option('--json', 'with --diff: print it for machines')
  .option('--facts <file>', 'with --from: write its constraints as (pointer, keyword, value) to this file')
  .option('--commit <sha>', 'with --facts: the commit that the document was taken at')
  .addHelpText(
    'after',
    `
Examples:
  npm run generate                                   after a change of openapi/
  npm run generate -- --check                        is generated/ up to date? (CI)
  npm run generate -- --check --force                the same, believing no manifest
  npm run generate -- --from vendor.yaml --out out   the same artefacts for another document
  npm run generate -- --diff vendor.yaml             breaking / widening / cosmetic`,
  )
  .allowExcessArguments(false);

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  checkOptions(options);
  if (options.diff !== undefined) return printDifferences(options.diff, options.json === true);
  if (options.from !== undefined) return generateFrom(options.from, options);
  return generateOwn(options.check === true, options.force === true);
}

function checkOptions({ check, force, from, out, diff, json, facts, commit }: Options): void {
  const modes = [check === true && '--check', from !== undefined && '--from', diff !== undefined && '--diff'];
  const [first, second] = modes.filter((mode) => mode !== false);
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`${first} and ${second} do not go together`, 'run the command once for each');
  }
  if (out !== undefined && from === undefined) {
    throw new UsageError('--out goes with --from', 'without --from the output is generated/');
  }
  if (force === true && (from ?? diff) !== undefined) {
    throw new UsageError('--force goes with our own contracts', 'leave it out: other documents are always read anew');
  }
  if (json === true && diff === undefined)
    throw new UsageError('--json goes with --diff', 'name a document to compare');
  if ((facts !== undefined || commit !== undefined) && [facts, commit, from].includes(undefined)) {
    throw new UsageError('--facts goes with --from and --commit', 'name the official document and its commit');
  }
  if (from !== undefined && out === undefined && facts === undefined) {
    throw new UsageError('--from needs --out', 'name a new folder to write to');
  }
  if (out !== undefined && isWithinOutput(out)) {
    throw new UsageError(`--out ${out} is where our own contracts go`, 'name a new folder to write to');
  }
}

function isWithinOutput(folder: string): boolean {
  if (!existsSync(folder) || !existsSync(OUTPUT)) return false;
  const [place, output] = [realpathSync(folder), realpathSync(OUTPUT)];
  return place === output || place.startsWith(output + sep);
}

/** Writes or checks every contract of ours. */
async function generateOwn(check: boolean, force: boolean): Promise<number> {
  const contracts = contractsIn(OPENAPI);
  const names = contracts.map(({ name }) => name);
  let drifted = 0;
  for (const contract of contracts) {
    const folder = `${OUTPUT}/${contract.name}`;
    if (!force && isUpToDate(folder, inputsOf(contract))) print(`${pc.green('up to date')} ${folder}/`);
    else drifted += await generateContract(contract, folder, check);
  }
  drifted += generateIndex(names, check);
  for (const name of strayFolders(OUTPUT, names)) {
    if (!check) removeFolder(`${OUTPUT}/${name}`);
    print(`${check ? pc.red('drift') : pc.green('removed')} ${OUTPUT}/${name}/: no contract has this name`);
    drifted += check ? 1 : 0;
  }
  if (drifted === 0) return 0;
  print('run npm run generate and commit the result');
  return 1;
}

/** How many folders have drifted: one or none. */
async function generateContract(contract: ContractSource, folder: string, check: boolean): Promise<number> {
  const started = performance.now();
  const { files, operations, components, constraints } = await compileContract(contract);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const counts = `${operations} operations, ${components} schemas, ${constraints} constraints, ${seconds} s`;
  const drift = check ? driftOf(folder, files) : [];
  if (!check) writeFolder(folder, files);
  if (drift.length === 0) {
    print(`${pc.green(check ? 'up to date' : 'written')} ${folder}/ (${counts})`);
    return 0;
  }
  const list = drift.map(({ name, state }) => `${oneLine(name)} ${state}`).join(', ');
  print(`${pc.red('drift')} ${folder}/: ${list}`);
  return 1;
}

/** The module that finds a contract by name. */
function generateIndex(names: readonly string[], check: boolean): number {
  const file = `${OUTPUT}/${INDEX}`;
  const text = contractsModule(names);
  const isSame = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (!isSame && !check) writeModule(file, text);
  const word = isSame ? pc.green('up to date') : check ? pc.red('drift') : pc.green('written');
  print(`${word} ${file}`);
  return isSame || !check ? 0 : 1;
}

async function generateFrom(file: string, { out, facts, commit }: Options): Promise<number> {
  const source = readDocument(file);
  if (facts !== undefined) {
    writeFacts(facts, factsIn(source, commit ?? ''));
    print(`${pc.green('written')} ${facts}`);
  }
  if (out === undefined) return 0;
  const { files, edits, operations, components, constraints } = await compile(source);
  writeFolder(out, files);
  edits.forEach(printEdit);
  const counts = `${operations} operations, ${components} schemas, ${constraints} constraints`;
  print(`${pc.green('written')} ${out}/ (${counts}, ${edits.length} repairs of the dialect)`);
  return 0;
}

function printEdit({ pointer, edit }: DialectEdit): void {
  print(`${pc.yellow('repaired')} ${oneLine(pointer)}: ${oneLine(edit)}`);
}

function factsIn(source: SourceDocument, commit: string): string {
  const sha256 = createHash('sha256').update(readFileSync(source.file)).digest('hex');
  return emitFacts(source.root, prepare(source).document.root, { sha256, commit });
}

function printDifferences(file: string, json: boolean): number {
  const ours = prepare(readDocument(CONTRACT)).document.root;
  const { document, edits } = prepare(readDocument(file));
  const differences = compareDocuments(ours, document.root);
  if (json) {
    print(JSON.stringify({ document: file, repairs: edits, differences }, null, 2));
    return 0;
  }
  const colour = { breaking: pc.red, widening: pc.yellow, cosmetic: pc.dim };
  for (const [name, where, what, usage] of describeDifferences(differences)) {
    print(`${colour[name](name)}  ${where}  ${what}  ${pc.dim(usage)}`);
  }
  print(`${summaryOf(differences)}${edits.length > 0 ? ` (after ${edits.length} repairs of its dialect)` : ''}`);
  return 0;
}

/** A path of the repository, as it is seen from where the command was called. */
function inRepository(path: string): string {
  return relative('', fileURLToPath(new URL(`../${path}`, import.meta.url)));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(main);
