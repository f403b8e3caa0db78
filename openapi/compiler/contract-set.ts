// Our contracts: the current one, and what each overlay in editions/ and dialects/ makes of it. Making all of them takes
// longer than a check may: each manifest holds a digest of what went in and one of each file that came out, and where
// both agree nothing is made anew.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compilation, compile, MARK } from './compile.ts';
import { CompileError } from './compile-error.ts';
import { emitContracts } from './emit-variants.ts';
import { type Erratum, readErrata } from './errata.ts';
import { member, objectOf } from './json.ts';
import { applyOverlay, readOverlay } from './overlay.ts';
import { readDocument, type SourceDocument } from './read-document.ts';
import { EDITIONS } from './rules.ts';
import { literal } from './text.ts';

/** The edition that the document describes as it stands. */
export const CURRENT = 'current';

const DOCUMENT = 'fine-tuning.openapi.yaml';
const REGISTER = 'errata.yaml';
const OVERLAY = '.overlay.yaml';
/** Libraries that what is generated depends on. */
const LIBRARIES = ['ajv', 'openapi-typescript', 'typescript', 'yaml', 'zod'];

/** One contract, and the files that it is made from. */
export interface ContractSource {
  /** Its folder below generated/: `current`, `2024-04`, `dialects/azure-v1`. */
  readonly name: string;
  readonly document: string;
  readonly register: string;
  readonly overlay?: string;
}

/** Every contract of a folder like openapi/: the current one, then editions and dialects by name. */
export function contractsIn(folder: string): ContractSource[] {
  const [document, register] = [join(folder, DOCUMENT), join(folder, REGISTER)];
  const overlays = (group: string, prefix: string): ContractSource[] =>
    filesIn(join(folder, group), OVERLAY).map((file) => ({
      name: `${prefix}${file.slice(0, -OVERLAY.length)}`,
      document,
      register,
      overlay: join(folder, group, file),
    }));
  return [{ name: CURRENT, document, register }, ...overlays('editions', ''), ...overlays('dialects', 'dialects/')];
}

/**
 * The document of a contract.
 * @throws CompileError where its overlay cannot be applied, or says that it makes another contract.
 */
export function documentOfContract({ name, document, overlay }: ContractSource): SourceDocument {
  const base = readDocument(document);
  if (overlay === undefined) return base;
  const result = applyOverlay(base, readOverlay(overlay));
  const label = name.startsWith('dialects/') ? 'x-dialect' : 'x-edition';
  const own = member(result.root[label], 'name');
  const isKnown = label === 'x-dialect' || EDITIONS.some((edition) => edition === name);
  if (own === basename(name) && isKnown) return result;
  throw new CompileError({
    what: isKnown ? `the overlay makes ${label} ${JSON.stringify(own ?? null)}` : 'this is no edition that we know',
    where: overlay,
    mend: isKnown
      ? `name it ${JSON.stringify(basename(name))}, like its file`
      : `call it one of ${EDITIONS.join(', ')}`,
  });
}

/** Makes the modules of a contract. */
export async function compileContract(contract: ContractSource): Promise<Compilation> {
  const { name, register, overlay } = contract;
  const errata: readonly Erratum[] = overlay === undefined ? readErrata(register) : [];
  return compile(documentOfContract(contract), errata, {
    inputs: inputsOf(contract),
    ...(overlay === undefined ? {} : { overlay: basename(overlay), types: `${'../'.repeat(name.split('/').length)}${CURRENT}` }), // prettier-ignore
  });
}

/** The source of contracts.ts, which loads the contracts of these names. */
export function contractsModule(names: readonly string[]): string {
  return `${MARK} from ${literal(DOCUMENT)} and its overlays. Do not edit.\n${emitContracts(names)}`;
}

/** A digest of all that the modules of a contract depend on: its files, the compiler, and the libraries' versions. */
export function inputsOf({ document, register, overlay }: ContractSource): string {
  const compiler = fileURLToPath(new URL('.', import.meta.url));
  const sources = filesIn(compiler, '.ts').filter((name) => !name.endsWith('.test.ts'));
  const files = [...[document, register, ...(overlay === undefined ? [] : [overlay])], ...sources.map((name) => join(compiler, name))]; // prettier-ignore
  const all = createHash('sha256');
  for (const file of files) all.update(`${basename(file)} ${existsSync(file) ? digest(readFileSync(file)) : ''}\n`);
  return all.update(JSON.stringify(versions(join(compiler, '../../package.json')))).digest('hex');
}

/** True where a manifest stands for these inputs, and the folder holds exactly the files that the manifest names. */
export function isUpToDate(folder: string, inputs: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const { inputsSha256, files } = objectOf(manifest as never);
    const named = Object.entries(objectOf(files));
    const present = readdirSync(folder).filter((name) => name !== 'manifest.json');
    if (inputsSha256 !== inputs || named.length !== present.length) return false;
    return named.every(
      ([name, sha256]) => present.includes(name) && digest(readFileSync(join(folder, name))) === sha256,
    );
  } catch {
    return false;
  }
}

function versions(file: string): unknown {
  if (!existsSync(file)) return [];
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const dependencies = objectOf(objectOf(manifest as never)['dependencies']);
  return LIBRARIES.map((name) => [name, dependencies[name] ?? null]);
}

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(ending)).sort(); // prettier-ignore
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
