// The emulator as a process of its own, as a user would start it: what is judged is what ships.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RunConfig } from '../conformance/run/config.ts';
import { UsageError } from './command.ts';

export interface EmbeddedEmulator {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  readonly root: string;
  readonly apiKey: string;
  readonly adminKey: string;
  readonly defects: readonly string[];
  readonly edition: string;
  readonly behaviour: string;
}

export interface EmbeddedRun {
  readonly root: string;
  readonly config: RunConfig;
  /** The edition that the emulator serves. */
  readonly edition: string;
}

/** Starts the emulator that ships with the suite, with keys that nobody else knows, for one run against it. */
export async function withEmbedded<T>(
  { root, config, edition }: EmbeddedRun,
  work: (bound: RunConfig, env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const keys = { CONFORMANCE_EMBEDDED_KEY: randomKey(), CONFORMANCE_EMBEDDED_ADMIN_KEY: randomKey() };
  const emulator = await startEmbedded({
    root,
    apiKey: keys.CONFORMANCE_EMBEDDED_KEY,
    adminKey: keys.CONFORMANCE_EMBEDDED_ADMIN_KEY,
    defects: config.defects,
    edition,
    behaviour: BEHAVIOUR_OF_MODE[config.mode],
  });
  try {
    const bound: RunConfig = {
      ...config,
      target: { ...config.target, baseUrl: emulator.url },
      apiKeyEnv: 'CONFORMANCE_EMBEDDED_KEY',
      adminKeyEnv: 'CONFORMANCE_EMBEDDED_ADMIN_KEY',
    };
    return await work(bound, { ...process.env, ...keys });
  } finally {
    await emulator.stop();
  }
}

/** Where prose and schema contradict each other the emulator can keep either; what is judged is the one that is asked for. */
export const BEHAVIOUR_OF_MODE: Readonly<Record<RunConfig['mode'], string>> = {
  compatible: 'documented',
  strict: 'schema',
};

function randomKey(): string {
  return `sk-${randomBytes(24).toString('hex')}`;
}

/** Starts the emulator on a free port. @throws UsageError where it refuses its options. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedEmulator> {
  const script = join(options.root, 'scripts/emulator.ts');
  const defects = options.defects.flatMap((id) => ['--defect', id]);
  const keys = ['--api-key', options.apiKey, '--admin-key', options.adminKey];
  const kind = ['--edition', options.edition, '--behaviour', options.behaviour];
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0', ...kind, ...keys, ...defects], {
    cwd: options.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for us to handle: the target must stand until the run has cleaned up.
    detached: true,
  });
  const url = await listening(child);
  return { url, stop: () => stop(child) };
}

async function listening(child: ChildProcess): Promise<string> {
  let out = '';
  let err = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => (err = `${err}${chunk.toString()}`.slice(-4_000)));
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const url = /^listening (\S+)\n/.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      const said = err.trim().replace(/^error /, '');
      reject(
        code === 2
          ? new UsageError(`the embedded emulator does not start: ${said}`, 'see npm run emulator -- --help')
          : new Error(`the embedded emulator ended with status ${code ?? 'none'}: ${said}`),
      );
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
  });
}
