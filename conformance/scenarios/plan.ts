// The order of a run. Cheap things and refusals come first; what has to wait is started early and looked at late.
import { claimOf, type RunConfig } from '../run/config.ts';
import { isMine } from '../run/shard.ts';
import { exploration, extremes, interactions } from './acceptances.ts';
import { credentials, unknownIds } from './access.ts';
import { bases } from './bases.ts';
import { calibration, reach } from './calibration.ts';
import { noJobLeft, tidy } from './closing.ts';
import { confirmation } from './confirmation.ts';
import { documented } from './documented.ts';
import { contextTier, depthTier, ruleTier, siteTier } from './faults.ts';
import { files } from './files.ts';
import { graders } from './graders.ts';
import { badData } from './lifecycle.ts';
import { lists } from './lists.ts';
import { models } from './models.ts';
import { outcomes } from './outcomes.ts';
import { pastCounterexamples } from './past-counterexamples.ts';
import { cancels, pauses } from './pauses.ts';
import { bodies, semanticFaults } from './refusals.ts';
import { sequences } from './sequences.ts';
import { wire } from './wire.ts';
import { type Cost, isWanted, type Scenario } from './scenario.ts';

/** Every scenario in the order of a run. */
export const scenarios: readonly Scenario[] = [
  reach,
  calibration,
  pastCounterexamples,
  badData,
  files,
  lists,
  credentials,
  unknownIds,
  graders,
  bases,
  ruleTier,
  siteTier,
  depthTier,
  contextTier,
  semanticFaults,
  bodies,
  wire,
  cancels,
  pauses,
  documented,
  interactions,
  extremes,
  outcomes,
  models,
  confirmation,
  sequences,
  noJobLeft,
  // Last of what is sent: behind a hundred thousand random jobs no list could be read to where the run began.
  exploration,
  tidy,
];

/** The scenarios that a run with these rows needs. */
export function scenariosFor(
  config: Pick<RunConfig, 'tier' | 'shard' | 'profile' | 'methods' | 'corpus' | 'sequence'>,
  rows: readonly string[],
): readonly Scenario[] {
  // What a sequence showed is repeated by the sequence, and what it needs to know of the target.
  if (config.sequence !== undefined) return [reach, calibration, outcomes, sequences, tidy];
  return scenarios.filter(
    (scenario, position) =>
      (scenario.tiers?.includes(config.tier) ?? true) &&
      (scenario.needs === undefined || claimOf(config, scenario.needs) !== 'excluded') &&
      isWanted(scenario, rows) &&
      (scenario !== pastCounterexamples || (config.corpus?.entries.length ?? 0) > 0) &&
      (IN_EVERY_SHARD.has(scenario) || isMine(config.shard, position)),
  );
}

/** What every shard does: find out whether the target listens, do its part of the cases, and clean up. */
const IN_EVERY_SHARD: ReadonlySet<Scenario> = new Set([
  reach,
  calibration,
  pastCounterexamples,
  bases,
  ruleTier,
  siteTier,
  depthTier,
  contextTier,
  interactions,
  extremes,
  exploration,
  confirmation,
  tidy,
]);

export interface PlanLine extends Cost {
  readonly id: string;
  readonly title: string;
}

/** What a run would send, scenario by scenario; polls for the end of jobs are not counted. */
export function planOf(config: RunConfig, rows: readonly string[]): readonly PlanLine[] {
  const judged = new Set(rows);
  const judges = (row: string): boolean => judged.has(row);
  return scenariosFor(config, rows).map(({ id, title, cost }) => {
    const { requests, jobs, uploads } = cost(config, judges);
    // Each job is read back before it is cancelled: only then is it known to be the run's own.
    return { id, title, requests: requests + jobs, jobs, uploads };
  });
}
