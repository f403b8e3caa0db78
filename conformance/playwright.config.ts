// Playwright as the runner: one worker, no retries, no output of its own. What a scenario may take is bounded inside.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// eslint-disable-next-line import-x/no-default-export -- Playwright reads the default export of its configuration.
export default defineConfig({
  testDir: '.',
  testMatch: 'all.spec.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // A worker that broke down is not followed by another: a second one would open the run, and its budget, anew.
  maxFailures: 1,
  timeout: 0,
  preserveOutput: 'never',
  outputDir: join(tmpdir(), `fine-tuning-conformance-${process.pid}`),
  reporter: [['./reporter.ts']],
});
