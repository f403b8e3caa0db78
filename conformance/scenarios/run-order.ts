// The order of scenarios. A run that can afford its whole plan goes the plan's way; one that cannot goes by worth, what
// judges most requirements a request first, so that any budget of N requests gets about the best N.
import { type RunConfig, UNLIMITED } from '../run/config.ts';
import { planOf, scenariosFor } from './plan.ts';
import type { Scenario } from './scenario.ts';

/**
 * Scenarios by the requirements that they add for each request, as `npm run bench` counts them on the emulator; what
 * another one rests on stands before it (bases are the twins of faults, the model is found once a job has ended).
 */
const BEST_FIRST: readonly string[] = [
  'reach', 'calibration', 'past', 'unknown-ids', 'bases', 'rules', 'bad-data', 'outcomes', 'graders', 'models', 'files', 'pauses',
  'semantics', 'no-job-left', 'lists', 'bodies', 'credentials',
]; // prettier-ignore

/** Those that look again at what others have judged: the dearest and least needed last. */
const LAST: readonly string[] = [
  'cancels', 'faults', 'documented', 'extremes', 'interactions', 'wire', 'contexts', 'exploration', 'depth', 'sequences', 'confirmation',
  'clean-up',
]; // prettier-ignore

/** True where the budget of requests does not reach to the end of the plan. */
export function isTight(config: RunConfig, rows: readonly string[]): boolean {
  if (config.maxRequests === UNLIMITED) return false;
  const planned = planOf(config, rows).reduce((sum, { requests }) => sum + requests, 0);
  return planned > config.maxRequests;
}

/** The scenarios that a run with these rows performs, in the order in which it does. */
export function runOrder(config: RunConfig, rows: readonly string[]): readonly Scenario[] {
  const wanted = scenariosFor(config, rows);
  return isTight(config, rows) ? wanted.toSorted((a, b) => rankOf(a) - rankOf(b)) : wanted;
}

/** Scenarios that nobody has weighed stand between the two lists, in the order of the plan. */
function rankOf({ id }: Scenario): number {
  const [best, last] = [BEST_FIRST.indexOf(id), LAST.indexOf(id)];
  if (best >= 0) return best;
  return BEST_FIRST.length + last + 1;
}
