// Configurations for tests: what a caller on this machine would get, against a server that the test started.
import { configure, type Options } from '../run/configure.ts';
import type { RunConfig } from '../run/config.ts';

/** The configuration of a run against a server of the test. */
export function configuredFor(baseUrl: string, options: Options = {}): RunConfig {
  return configure(
    { baseUrl, ...options },
    {
      env: {},
      root: process.cwd(),
      contractSha256: '0'.repeat(64),
      tool: { name: 'fine-tuning-conformance', version: '0.0.0' },
      now: new Date('2026-11-21T00:00:00Z'),
    },
  );
}
