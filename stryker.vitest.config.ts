// The tests that mutants of the judge's core are tried on: those beside it, which need no server.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['conformance/{contract,requirements,generation}/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
