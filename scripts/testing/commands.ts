// Commands of the project as processes, for tests and audits: what is looked at is what a user runs.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** How a command ended. */
export interface Finished {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Finished>;
}

/** Starts a script of the project. */
export function start(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', script), ...args], {
    cwd: root,
    env: {
      ...process.env,
      CONFORMANCE_API_KEY: '',
      CONFORMANCE_ADMIN_API_KEY: '',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      ...env,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Finished>((done) => child.once('close', (status) => done({ status, out, err })));
  return { child, ended };
}

/** Runs a script of the project to its end. */
export function run(script: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> {
  return start(script, args, env).ended;
}

/** Waits until a stream says some words, or ends; tells what it said until then. */
export async function untilSaid(stream: NodeJS.ReadableStream, words: string): Promise<string> {
  let said = '';
  await new Promise<void>((reached) => {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(words)) reached();
    });
    stream.on('end', () => reached());
  });
  return said;
}

/** Ends a command and everything that it started, at once and without a word, as a power cut would. */
export function killTree(pid: number): void {
  for (const child of childrenOf(pid)) killTree(child);
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/** The processes that a process started. */
export function childrenOf(pid: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return -1;
  }
}
