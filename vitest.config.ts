import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{openapi,emulator,conformance,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    // Words that nobody looked at are no words that a test can hold to; -u writes them.
    update: 'none',
    // Servers and child processes of one test file must not starve those of another on two cores.
    maxWorkers: 2,
  },
});
