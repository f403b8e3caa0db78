// Runs npm run generate as a user does: a process of its own, in the repository or in a copy of it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWith } from './faults.ts';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TSX = join(ROOT, 'node_modules/tsx/dist/loader.mjs');

/** What came of a run. */
export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `root` is the repository that it belongs to. */
export function generate(
  args: readonly string[],
  { root = ROOT, cwd = ROOT }: { root?: string; cwd?: string } = {},
): Outcome {
  const command = ['--import', TSX, join(root, 'scripts/generate.ts'), ...args];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

const OVERLAYS = ['openapi/editions', 'openapi/dialects'];

/**
 * A copy of what the command belongs to, so that a test can change it. Of the overlays it has those named, for making
 * all contracts takes its time.
 */
export function repository(...overlays: readonly string[]): string {
  const root = folderWith();
  for (const name of ['openapi', 'generated', 'scripts', 'package.json'])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const file of OVERLAYS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))) {
    if (!overlays.some((name) => file.endsWith(`/${name}.overlay.yaml`))) rmSync(join(root, file));
  }
  const kept = new Set(['current', 'dialects', 'contracts.ts', ...overlays]);
  for (const folder of ['generated', 'generated/dialects']) {
    for (const name of readdirSync(join(root, folder))) {
      if (!kept.has(name)) rmSync(join(root, folder, name), { recursive: true });
    }
  }
  generate([], { root, cwd: root });
  return root;
}

/** The files of a folder, each with a digest of its content. */
export const digests = (folder: string): string[] =>
  readdirSync(folder).map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}`,
  );
