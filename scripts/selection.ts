// The rows that a run with this configuration judges.
import type { RunConfig } from '../conformance/run/config.ts';
import { scopedRows } from '../conformance/run/scope.ts';

/** Ids of the rows in scope. */
export function judgedRows(config: RunConfig, env: NodeJS.ProcessEnv): readonly string[] {
  const hasKey = config.target.isEmbedded || (env[config.apiKeyEnv] ?? '') !== '';
  return scopedRows(config, hasKey).flatMap(({ row, inScope }) => (inScope ? [row.id] : []));
}
