import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{openapi,emulator,conformance,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    // Servers and child processes of one test file must not starve those of another on two cores.
    maxWorkers: 2,
  },
});
