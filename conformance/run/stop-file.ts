// How a run is told to stop: a file appears. A signal would reach Playwright's worker first and end it before it could
// clean up.
import { existsSync } from 'node:fs';

const INTERVAL_MS = 150;

/** Calls `stop` once the file is there. Does not keep the process alive. */
export function watchForStop(file: string, stop: () => void): void {
  const timer = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(timer);
    stop();
  }, INTERVAL_MS);
  timer.unref();
}
