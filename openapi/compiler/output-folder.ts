// Writes generated files to a folder and tells whether a folder has drifted. A folder that the generator did not
// write is never written to.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from './compile.ts';
import { CompileError } from './compile-error.ts';
import { member } from './json.ts';

/** @throws CompileError if the folder holds files and no manifest of the generator's. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  if (present.length > 0 && !isOurs(folder)) {
    throw new CompileError({
      what: 'the folder holds files that the generator did not write',
      where: folder,
      mend: 'give an empty or new folder to --out',
    });
  }
  mkdirSync(folder, { recursive: true });
  for (const name of writtenBefore(folder)) if (!files.has(name)) rmSync(join(folder, name), { force: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

/** Names of files that are missing, differ or are too many, sorted; empty where the folder is up to date. */
export function driftOf(folder: string, files: ReadonlyMap<string, string>): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const changed = [...files].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const extra = present.filter((name) => !files.has(name));
  return [...changed.map(([name]) => name), ...extra].sort();
}

function readManifest(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
  } catch {
    return undefined;
  }
}

function isOurs(folder: string): boolean {
  const manifest = readManifest(folder);
  return (
    typeof manifest === 'object' &&
    manifest !== null &&
    'writtenBy' in manifest &&
    manifest.writtenBy === 'npm run generate'
  );
}

/** Files of an earlier run, by its manifest; only plain names, so that a forged manifest removes nothing elsewhere. */
function writtenBefore(folder: string): string[] {
  const manifest = readManifest(folder) as Parameters<typeof member>[0] | undefined;
  return Object.keys((member(manifest, 'files') ?? {}) as object).filter((name) => /^[\w-]+(\.[\w-]+)+$/.test(name));
}
