import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{openapi,emulator,conformance,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    // Words that nobody looked at are no words that a test can hold to; -u writes them.
    update: 'none',
    // On two cores a third file uses the time in which the others wait for jobs and deadlines; a fourth would starve the
    // servers and child processes of the rest.
    maxWorkers: 3,
  },
});
