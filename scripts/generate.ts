// npm run generate: writes generated/ from openapi/, checks it for drift, or does the same for a foreign document.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import pc from 'picocolors';
import { compareDocuments, DIFFERENCE_CLASSES } from '../openapi/compiler/compare-documents.ts';
import { compile, prepare } from '../openapi/compiler/compile.ts';
import { CompileError } from '../openapi/compiler/compile-error.ts';
import { readErrata } from '../openapi/compiler/errata.ts';
import { isObject, member, textOf } from '../openapi/compiler/json.ts';
import type { DialectEdit } from '../openapi/compiler/normalise-dialect.ts';
import { factsOf, type OfficialFacts } from '../openapi/compiler/official-facts.ts';
import { driftOf, writeFolder } from '../openapi/compiler/output-folder.ts';
import { readDocument, type SourceDocument } from '../openapi/compiler/read-document.ts';
import { asUsageError, runCommand, UsageError } from './command.ts';

const CONTRACT = 'openapi/fine-tuning.openapi.yaml';
const ERRATA = 'openapi/errata.yaml';
const OUTPUT = 'generated/current';

interface Options {
  readonly check?: boolean;
  readonly from?: string;
  readonly out?: string;
  readonly diff?: string;
  readonly facts?: string;
  readonly commit?: string;
}

const program = new Command('npm run generate --')
  .description('Generates types, validators and tables from the OpenAPI document.')
  .option('--check', `compare ${OUTPUT}/ with what would be written; exit 1 on drift`)
  .option('--from <file>', 'generate from this OpenAPI document instead of ours')
  .option('--out <folder>', 'where --from writes to: a new folder, or one that this command wrote')
  .option('--diff <file>', 'print how this OpenAPI document differs from our contract')
  .option('--facts <file>', 'with --from: write its constraints as (pointer, keyword, value) to this file')
  .option('--commit <sha>', 'with --facts: the commit that the document was taken at')
  .addHelpText(
    'after',
    `
Examples:
  npm run generate                                   after a change of openapi/
  npm run generate -- --check                        is generated/ up to date? (CI)
  npm run generate -- --from vendor.yaml --out out   the same artefacts for another document
  npm run generate -- --diff vendor.yaml             breaking / widening / cosmetic`,
  )
  .exitOverride()
  .configureOutput({ outputError: () => undefined })
  .allowExcessArguments(false);

async function main(): Promise<number> {
  try {
    program.parse();
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error && error.exitCode === 0) return 0;
    throw asUsageError(error, 'see npm run generate -- --help');
  }
  const options = program.opts<Options>();
  if (options.out !== undefined && options.from === undefined)
    throw new UsageError('--out goes with --from', `without --from the output is ${OUTPUT}/`);
  if (options.facts !== undefined && (options.from === undefined || options.commit === undefined)) {
    throw new UsageError('--facts goes with --from and --commit', 'name the official document and its commit');
  }
  if (options.diff !== undefined) return printDifferences(options.diff);
  if (options.from !== undefined) return generateFrom(options.from, options);
  return generateOwn(options.check === true);
}

async function generateOwn(check: boolean): Promise<number> {
  const started = performance.now();
  const { files, operations, components, constraints } = await compile(readDocument(CONTRACT), readErrata(ERRATA));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const counts = `${operations} operations, ${components} schemas, ${constraints} constraints`;
  if (!check) {
    writeFolder(OUTPUT, files);
    print(`${pc.green('written')} ${OUTPUT}/ (${counts}, ${seconds} s)`);
    return 0;
  }
  const drift = driftOf(OUTPUT, files);
  if (drift.length === 0) {
    print(`${pc.green('up to date')} ${OUTPUT}/ (${counts}, ${seconds} s)`);
    return 0;
  }
  print(`${pc.red('drift')} ${OUTPUT}/: ${drift.join(', ')}; run npm run generate and commit the result`);
  return 1;
}

async function generateFrom(file: string, options: Options): Promise<number> {
  const source = readDocument(file);
  if (options.facts !== undefined) {
    writeFacts(source, options.facts, options.commit ?? '');
    print(`${pc.green('written')} ${options.facts}`);
    if (options.out === undefined) return 0;
  }
  if (options.out === undefined) throw new UsageError('--from needs --out', 'name a new folder to write to');
  const { files, edits, operations, components, constraints } = await compile(source);
  writeFolder(options.out, files);
  edits.forEach(printEdit);
  print(
    `${pc.green('written')} ${options.out}/ (${operations} operations, ${components} schemas, ${constraints} constraints, ${edits.length} repairs of the dialect)`,
  );
  return 0;
}

function printEdit({ pointer, edit }: DialectEdit): void {
  print(`${pc.yellow('repaired')} ${pointer}: ${edit}`);
}

function writeFacts(source: SourceDocument, file: string, commit: string): void {
  const { document } = prepare(source);
  const info = member(source.root, 'info');
  const facts: OfficialFacts = {
    source: {
      document: 'openai/openai-openapi openapi.yaml',
      title: isObject(info) ? textOf(info['title']) : '',
      version: isObject(info) ? textOf(info['version']) : '',
      sha256: createHash('sha256').update(readFileSync(source.file)).digest('hex'),
      commit,
    },
    facts: factsOf(document.root),
  };
  const rows = facts.facts.map((fact) => `    ${JSON.stringify(fact)}`).join(',\n');
  writeFileSync(file, `{\n  "source": ${JSON.stringify(facts.source)},\n  "facts": [\n${rows}\n  ]\n}\n`);
}

function printDifferences(file: string): number {
  const ours = prepare(readDocument(CONTRACT)).document.root;
  const theirs = prepare(readDocument(file));
  theirs.edits.forEach(printEdit);
  const differences = compareDocuments(ours, theirs.document.root);
  const colour = { breaking: pc.red, widening: pc.yellow, cosmetic: pc.dim };
  for (const difference of differences) {
    const values = `${show(difference.ours)} -> ${show(difference.theirs)}`;
    print(`${colour[difference.class](difference.class)}  ${difference.where}  ${difference.keyword}: ${values}`);
  }
  print(
    DIFFERENCE_CLASSES.map((name) => `${differences.filter((one) => one.class === name).length} ${name}`).join(', '),
  );
  return 0;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(async () => {
  try {
    return await main();
  } catch (error) {
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      throw new CompileError({ what: 'the document nests too deeply', where: 'the document', mend: 'flatten it' });
    }
    throw error;
  }
});
