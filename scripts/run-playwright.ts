// Runs Playwright as a process of its own, by node itself: `npx` would look for it on the network.
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Below a heap of 2 GiB V8 lets garbage grow to twice what lives before it clears up, above to four times: what a run
 * takes would follow the memory of the machine. Options of the caller's own stand behind, and win.
 */
const HEAP = '--max-old-space-size=1900';

/** Starts the suite. The child has a process group of its own: signals reach it through the stop file only. */
export function startPlaywright(root: string, env: NodeJS.ProcessEnv): ChildProcess {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  return spawn(process.execPath, [cli, 'test', '--config', join(root, 'conformance/playwright.config.ts')], {
    cwd: root,
    env: { ...env, NODE_OPTIONS: `${HEAP} ${env['NODE_OPTIONS'] ?? ''}`.trim() },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

/** The exit status of a process, or 1 where a signal ended it. */
export async function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
