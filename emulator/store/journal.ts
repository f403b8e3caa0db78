// Keeps the state over a restart: every change is one line of JSON, appended before the answer goes out. Reading it
// back means making the changes again; a line that a crash cut short is the last one and is left out.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../configuration-error.ts';
import type { ControlAction, FileRecord, JobRecord, PermissionRecord } from './records.ts';

export type Change =
  | { readonly change: 'job'; readonly job: JobRecord }
  | { readonly change: 'action'; readonly id: string; readonly action: ControlAction }
  | { readonly change: 'model-deleted'; readonly id: string; readonly atMs: number }
  | { readonly change: 'file'; readonly file: FileRecord }
  | { readonly change: 'file-deleted'; readonly id: string; readonly atMs: number }
  | { readonly change: 'permission'; readonly permission: PermissionRecord }
  | { readonly change: 'permission-deleted'; readonly id: string };

/** A change with the number of ids that had been issued by then. */
export type Entry = Change & { readonly count: number };

export interface Journal {
  readonly past: readonly Entry[];
  append(entry: Entry): void;
  close(): void;
}

/** A journal that remembers nothing. */
export const NO_JOURNAL: Journal = { past: [], append: () => undefined, close: () => undefined };

/** The journal of a data folder. @throws ConfigurationError where another emulator uses the folder or it is damaged. */
export function openJournal(dataDir: string): Journal {
  makeFolder(dataDir);
  const unlock = lock(resolve(dataDir, 'lock'));
  const file = join(dataDir, 'journal.jsonl');
  try {
    const past = existsSync(file) ? readEntries(file) : [];
    const handle = openSync(file, 'a', 0o600);
    return {
      past,
      append: (entry) => void writeSync(handle, `${JSON.stringify(entry)}\n`),
      close: () => {
        closeSync(handle);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigurationError(`${dataDir} cannot be used as data folder (${reason})`, 'name a folder to write to');
  }
}

function readEntries(file: string): Entry[] {
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(10) + 1;
  // What a crash cut short must not become the beginning of the next line.
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new ConfigurationError(`${file} is damaged at line ${index + 1}`, 'name another data folder');
    }
  });
}

/** The locks that this process holds: in a container, a stale lock may well carry our own process id. */
const held = new Set<string>();

/** Takes the folder for this process; a lock that a dead process left is taken over. */
function lock(file: string): () => void {
  const take = (): void => {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
  };
  try {
    take();
  } catch {
    const owner = Number(readFileSync(file, 'utf8'));
    if (held.has(file) || (owner !== process.pid && isAlive(owner))) {
      throw new ConfigurationError('the data folder is in use by another emulator', 'stop it or name another folder');
    }
    rmSync(file, { force: true });
    take();
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
