// The tests that mutants of the judge's core are tried on: those beside it, which need no server. Modules stay loaded from
// one mutant to the next: to load and compile the contract anew for each takes longer than all tests.
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What notices most comes first: a mutant is done with at the first test that fails. */
const FIRST = ['registry.test.ts', 'fired.test.ts'];

class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => FIRST.findLastIndex((name) => moduleId.endsWith(name));
    return (await super.sort(files)).toSorted((a, b) => place(b) - place(a));
  }
}

export default defineConfig({
  test: {
    include: ['conformance/{contract,requirements,generation}/**/*.test.ts'],
    // It loads all modules anew for each edition, which takes as long as the rest together.
    exclude: ['**/editions.test.ts'],
    sequence: { sequencer: Sequencer },
    setupFiles: ['./stryker.setup.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
});
