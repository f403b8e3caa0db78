// Runs generated modules the way that a user would: as files of a package, by Node itself, without a bundler and
// without the test runner, which both hide a stray require.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { folderWith } from './faults.ts';

/**
 * Runs a script beside these modules and gives the JSON that it logs. TypeScript modules stand there as `.js`; those
 * that `import` names from them have to do the same.
 * @throws with what the script wrote to stderr where it fails.
 */
export function runBeside(modules: ReadonlyMap<string, string>, script: string): unknown {
  const files = [...modules].map(([name, text]): [string, string] =>
    name.endsWith('.ts') && !name.endsWith('.d.ts') ? [name.replace(/\.ts$/, '.js'), withoutTypes(text)] : [name, text],
  );
  const folder = folderWith({
    ...Object.fromEntries(files),
    'package.json': '{"type":"module"}',
    'script.mjs': script,
  });
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'script.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What TypeScript has to say about the syntax of a module. */
export function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: OPTIONS });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** What TypeScript has to say about the types of these modules. */
export function typeErrors(modules: ReadonlyMap<string, string>): string[] {
  const folder = folderWith(Object.fromEntries(modules));
  const names = [...modules.keys()].filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  const program = ts.createProgram(names, { ...OPTIONS, noEmit: true, skipLibCheck: true, types: [] });
  const diagnostics = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** The statements of a module, each by its kind and what it declares. */
export function statementsOf(text: string): string[] {
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023, true);
  return file.statements.map((statement) => {
    const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
    const name = named !== undefined && 'name' in named ? (named.name as ts.Node).getText() : '';
    return `${ts.SyntaxKind[statement.kind]} ${name}`.trim();
  });
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  strict: true,
};

function withoutTypes(text: string): string {
  return ts.transpileModule(text, { compilerOptions: OPTIONS }).outputText;
}
