// Writes generated files and tells whether a folder has drifted. What the generator did not write before, be it a
// folder or a file of facts, is never written to.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST, MARK } from './compile.ts';
import { CompileError } from './compile-error.ts';
import { type JsonValue, member, objectOf } from './json.ts';
import { isOfficialFacts } from './official-facts.ts';

/** @throws CompileError if the folder holds files and no manifest of the generator's. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const refuse = (what: string): never => {
    throw new CompileError({ what, where: folder, mend: 'give an empty or new folder to --out' });
  };
  if (existsSync(folder) && !statSync(folder).isDirectory()) refuse('this is no folder');
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const manifest = readJson(join(folder, MANIFEST));
  if (present.length > 0 && member(manifest, 'writtenBy') !== 'npm run generate') {
    refuse('the folder holds files that the generator did not write');
  }
  const stale = namesIn(manifest).filter((name) => !files.has(name));
  const odd = [...files.keys(), ...stale].find((name) => present.includes(name) && !isPlainFile(join(folder, name)));
  if (odd !== undefined) refuse(`${odd} in it is no ordinary file`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    refuse('the folder cannot be made');
  }
  // The manifest comes first: a run that was broken off can then be repeated.
  const order = [...files].sort(([a], [b]) => Number(b === MANIFEST) - Number(a === MANIFEST));
  try {
    for (const name of stale) rmSync(join(folder, name), { force: true });
    for (const [name, text] of order) writeFileSync(join(folder, name), text);
  } catch {
    refuse('the folder cannot be written to');
  }
}

/** False for links too: what they point to is not ours to write. */
function isPlainFile(path: string): boolean {
  return lstatSync(path).isFile();
}

/** @throws CompileError if the file is there and holds anything but facts. */
export function writeFacts(file: string, text: string): void {
  const refuse = (what: string): never => {
    throw new CompileError({ what, where: file, mend: 'give a new file to --facts' });
  };
  if (existsSync(file) && !isOfficialFacts(readJson(file))) refuse('the file is there and holds no facts');
  try {
    writeFileSync(file, text);
  } catch {
    refuse('the file cannot be written');
  }
}

/** A module that stands by itself, as the generator writes it; not where somebody else's file stands. */
export function writeModule(file: string, text: string): void {
  const refuse = (what: string): never => {
    throw new CompileError({ what, where: file, mend: 'move what stands there' });
  };
  if (existsSync(file) && !(isPlainFile(file) && readFileSync(file, 'utf8').startsWith(MARK))) {
    refuse('the file is there and was not written by the generator');
  }
  try {
    writeFileSync(file, text);
  } catch {
    refuse('the file cannot be written');
  }
}

/** How a file of a folder has drifted from what would be written. */
export interface Drift {
  readonly name: string;
  readonly state: 'changed' | 'missing' | 'extra';
}

/** What has drifted, by name; empty where the folder is up to date. */
export function driftOf(folder: string, files: ReadonlyMap<string, string>): Drift[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const drift = [...files].flatMap(([name, text]): Drift[] => {
    if (!present.includes(name)) return [{ name, state: 'missing' }];
    const isSame = isPlainFile(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === text;
    return isSame ? [] : [{ name, state: 'changed' }];
  });
  const extra = present.filter((name) => !files.has(name)).map((name): Drift => ({ name, state: 'extra' }));
  return [...drift, ...extra].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Folders below `home` that the generator wrote and that are none of `names`: what is left of an overlay that is gone. */
export function strayFolders(home: string, names: readonly string[]): string[] {
  const below = (name: string): string[] => {
    if (names.includes(name)) return [];
    return isOurs(join(home, name)) ? [name] : foldersIn(join(home, name)).flatMap((one) => below(`${name}/${one}`));
  };
  return foldersIn(home).flatMap(below);
}

/** @throws CompileError if the folder holds anything that the generator did not write. */
export function removeFolder(folder: string): void {
  const known = new Set([MANIFEST, ...namesIn(readJson(join(folder, MANIFEST)))]);
  const foreign = readdirSync(folder).find((name) => !known.has(name));
  if (foreign !== undefined || !isOurs(folder)) {
    throw new CompileError({
      what: `the folder is of no contract, and ${foreign ?? 'its content'} was not written by the generator`,
      where: folder,
      mend: 'remove it by hand',
    });
  }
  rmSync(folder, { recursive: true });
}

function isOurs(folder: string): boolean {
  return member(readJson(join(folder, MANIFEST)), 'writtenBy') === 'npm run generate';
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function readJson(file: string): JsonValue {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JsonValue;
  } catch {
    return null;
  }
}

/** Files of an earlier run; only plain names, so that a forged manifest removes nothing elsewhere. */
function namesIn(manifest: JsonValue): string[] {
  const names = Object.keys(objectOf(member(manifest, 'files')));
  return names.filter((name) => /^[\w-]+(\.[\w-]+)+$/.test(name));
}
