// What one run is to do, decided once and written down, so that every process of the run works by the same. Keys are not
// part of it: only the names of the variables that hold them.
import type { OperationId } from '#generated/current/operations.ts';
import type { Edition } from '#generated/current/rules.ts';
import { hasOperation } from '../contract/create-members.ts';
import type { Method } from '../generation/pools.ts';
import type { Capability, Mode } from '../requirements/requirement.ts';
import type { Limits } from '../client/transport.ts';
import type { Profile } from '../targets/profile.ts';
import type { Counterexample } from './corpus.ts';
import type { Shard } from './shard.ts';
import type { Waiver } from '../targets/waivers.ts';

export const TIERS = ['smoke', 'sites', 'full'] as const;
export type Tier = (typeof TIERS)[number];

/** A budget that no run uses up. */
export const UNLIMITED = 1_000_000_000;

export interface RunConfig {
  /** Random, in every file name that the run uploads: the proof of ownership. */
  readonly runId: string;
  readonly startedAt: string;
  readonly target: {
    readonly name: string;
    readonly baseUrl: string;
    readonly isLoopback: boolean;
    readonly isEmbedded: boolean;
  };
  readonly profile: Profile;
  /** The profile as the caller named it; undefined where none was named. */
  readonly profileFile: string | undefined;
  /** True where the profile was given by the caller: it claims what it names. */
  readonly hasProfile: boolean;
  readonly models: Readonly<Record<Method | 'grader', string | undefined>>;
  readonly methods: readonly Method[];
  readonly apiKeyEnv: string;
  readonly adminKeyEnv: string;
  readonly edition: Edition;
  /** The vendor's dialect that is judged by in place of the edition; undefined for OpenAI's contract. */
  readonly dialect?: string;
  readonly mode: Mode;
  readonly tier: Tier;
  readonly only: readonly string[];
  readonly seed: number;
  /** The part of the run that this is; undefined for the whole. */
  readonly shard: Shard | undefined;
  readonly cases: number;
  /** Calls in random sequences. */
  readonly commands: number;
  /** The one sequence that is run in their place, in words: what a replay repeats. */
  readonly sequence: readonly string[] | undefined;
  /** How many factors of interactions meet in a body: pairs or triples. */
  readonly strength: 2 | 3;
  /** True where legal extremes are sent without a training file first, as far as the target allows it. */
  readonly freeTier: boolean;
  readonly maxJobs: number;
  readonly maxRequests: number;
  readonly maxSeconds: number;
  readonly jobTimeoutMs: number;
  readonly lifecycle: 'full' | 'cancel-only';
  readonly wire: 'safe' | 'full';
  readonly concurrency: number;
  readonly createConcurrency: number;
  readonly limits: Limits;
  /** Deviations that somebody has accepted. */
  readonly waivers: readonly Waiver[];
  /** Past counterexamples to send first, and the file to which new ones are added; undefined for none. */
  readonly corpus: { readonly file: string; readonly entries: readonly Counterexample[] } | undefined;
  readonly reportDir: string;
  /** Where ledgers are kept: the folder of all reports. */
  readonly ledgerDir: string;
  readonly defects: readonly string[];
  readonly contractSha256: string;
  readonly tool: { readonly name: string; readonly version: string };
}

/** Capabilities that a target without a profile is taken to claim. */
export const CLAIMED_BY_ALL: readonly Capability[] = [
  'core',
  'method.supervised',
  'method.dpo',
  'method.reinforcement',
  'integrations',
];

/** Operations by which a capability is used: without them the edition does not have it. */
const OPERATION_OF: Partial<Record<Capability, OperationId>> = {
  pause: 'pauseFineTuningJob',
  checkpoints: 'listFineTuningJobCheckpoints',
  graders: 'validateGrader',
  permissions: 'createFineTuningCheckpointPermission',
  models: 'listModels',
};

/** How a capability stands before anything was asked: claimed, not claimed, or ruled out by profile or edition. */
export function claimOf(
  config: Pick<RunConfig, 'profile' | 'methods'>,
  capability: Capability,
): 'claimed' | 'unclaimed' | 'excluded' {
  if (capability === 'core' || capability === 'auth') return 'claimed';
  if (capability.startsWith('method.'))
    return config.methods.some((method) => `method.${method}` === capability) ? 'claimed' : 'excluded';
  const operation = OPERATION_OF[capability];
  if (operation !== undefined && !hasOperation(operation)) return 'excluded';
  const said = config.profile.capabilities[capability];
  if (said !== undefined) return said ? 'claimed' : 'excluded';
  return CLAIMED_BY_ALL.includes(capability) ? 'claimed' : 'unclaimed';
}
