// The tests that mutants of the judge's core are tried on: those beside it, which need no server. Modules stay loaded from
// one mutant to the next: to load and compile the contract anew for each takes longer than all tests.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['conformance/{contract,requirements,generation}/**/*.test.ts'],
    setupFiles: ['./stryker.setup.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
});
