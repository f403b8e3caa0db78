// How a run is told to stop: a file appears. A signal would reach Playwright's worker first and end it before it could
// clean up. A run whose command is gone stops too: nobody waits for it any longer, and it must not go on spending.
import { existsSync } from 'node:fs';

const INTERVAL_MS = 150;

/** Calls `stop` once the file is there, or the process is not. Does not keep this process alive. */
export function watchForStop(file: string, command: number, stop: () => void): void {
  const timer = setInterval(() => {
    if (!existsSync(file) && isAlive(command)) return;
    clearInterval(timer);
    stop();
  }, INTERVAL_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is a process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
