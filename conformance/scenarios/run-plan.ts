// One run from header to footer: scenarios in their order, each fault of ours kept apart from the target's, an end that
// says why it came. Playwright and the kill matrix go the same way.
import { BudgetExhausted } from '../client/budget.ts';
import { activeDistance } from '../contract/active-distance.ts';
import type { Secrets } from '../client/secrets.ts';
import { type FooterLine, MOST_TIMELINES, type TimelineLine } from '../reporting/log.ts';
import { statusOf } from '../requirements/exchange.ts';
import type { HistoryObserved } from '../requirements/observation.ts';
import { jobStatus } from '../requirements/refusals.ts';
import { CAPABILITIES } from '../requirements/requirement.ts';
import { claimOf, type RunConfig } from '../run/config.ts';
import { DEFAULT_ADMIN_KEY_ENV, DEFAULT_KEY_ENV } from '../run/keys.ts';
import { narrowings, rowLine, scopedRows } from '../run/scope.ts';
import { Session } from '../run/session.ts';
import type { Sink } from '../run/sink.ts';
import { KEY_PLACEHOLDER } from '../client/secrets.ts';
import { isTight, runOrder } from './run-order.ts';
import { tidy } from './closing.ts';
import type { Scenario } from './scenario.ts';

/** How a scenario ended. */
export type ScenarioEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'budget'; readonly reason: string }
  | { readonly kind: 'fault'; readonly error: Error };

export interface Run {
  readonly session: Session;
  readonly scenarios: readonly Scenario[];
  /** Runs one scenario. Never throws. */
  readonly perform: (scenario: Scenario) => Promise<ScenarioEnd>;
  /** Writes the footer and closes. */
  readonly finish: () => Promise<void>;
}

/** Opens a run: writes its header and its rows. */
export function openRun(config: RunConfig, secrets: Secrets, sink: Sink, ledgerFolder: string | undefined): Run {
  const hasKey = secrets.has(KEY_PLACEHOLDER);
  const rows = scopedRows(config, hasKey);
  sink.write({
    kind: 'header',
    schemaVersion: '1',
    tool: config.tool,
    contract: {
      edition: config.edition,
      mode: config.mode,
      sha256: config.contractSha256,
      ...(config.dialect === undefined ? {} : { dialect: config.dialect }),
    },
    ...(config.dialect === undefined ? {} : { distance: activeDistance }),
    target: {
      name: config.target.name,
      baseUrl: config.target.baseUrl,
      profile: config.hasProfile ? config.profile.name : null,
    },
    run: {
      id: config.runId,
      startedAt: config.startedAt,
      seed: config.seed,
      cases: config.cases,
      shard: config.shard === undefined ? null : `${config.shard.index}/${config.shard.count}`,
    },
    scope: narrowings(config, hasKey),
    targetWords: targetWords(config),
    ...(config.waivers.length === 0 ? {} : { waivers: config.waivers }),
    ...(config.target.isEmbedded ? {} : { keyVariables: { key: config.apiKeyEnv, adminKey: config.adminKeyEnv } }),
  });
  for (const row of rows) sink.write(rowLine(row, config));
  const judged = rows.filter(({ inScope }) => inScope).map(({ row }) => row);
  const ids = judged.map(({ id }) => id);
  const session = new Session(config, judged, secrets, sink, ledgerFolder);
  session.isSparing = isTight(config, ids);
  const state: State = { session, ending: 'completed', reason: null, isOver: false };
  return {
    session,
    scenarios: runOrder(config, ids),
    perform: (scenario) => perform(state, scenario),
    finish: () => finish(state),
  };
}

/** What a run of this configuration performs, in its order; known before anything is sent. */
export function plannedScenarios(config: RunConfig, key: string | undefined): readonly Scenario[] {
  const rows = scopedRows(config, (key ?? '') !== '').flatMap(({ row, inScope }) => (inScope ? [row.id] : []));
  return runOrder(config, rows);
}

/** How the target is named again on a command line. */
function targetWords({ target, defects, profileFile, apiKeyEnv, adminKeyEnv, maxJobs }: RunConfig): readonly string[] {
  const profile = profileFile === undefined ? [] : ['--target', profileFile];
  if (target.isEmbedded) return [...profile, ...defects.flatMap((id) => ['--defect', id])];
  const keys = [
    ...(apiKeyEnv === DEFAULT_KEY_ENV ? [] : ['--api-key-env', apiKeyEnv]),
    ...(adminKeyEnv === DEFAULT_ADMIN_KEY_ENV ? [] : ['--admin-key-env', adminKeyEnv]),
  ];
  const budget = target.isLoopback ? [] : ['--max-jobs', String(maxJobs)];
  return ['--base-url', target.baseUrl, ...profile, ...keys, ...budget];
}

interface State {
  readonly session: Session;
  ending: FooterLine['ending'];
  reason: string | null;
  /** Nothing more is sent but clean-up. */
  isOver: boolean;
}

const ENDINGS: Readonly<Record<BudgetExhausted['budget'], FooterLine['ending']>> = {
  requests: 'budget',
  jobs: 'budget',
  seconds: 'budget',
  'asked-to-wait': 'budget',
  stop: 'interrupted',
  silence: 'unreachable',
};

async function perform(state: State, scenario: Scenario): Promise<ScenarioEnd> {
  const { session } = state;
  // Whatever ended the run, what it made is still taken away.
  if (state.isOver && scenario.id !== tidy.id) return { kind: 'skipped', reason: state.reason ?? '' };
  try {
    await scenario.run(session);
  } catch (error) {
    if (error instanceof BudgetExhausted) {
      state.ending = ENDINGS[error.budget];
      state.reason ??= error.message;
      // Without a job left there is still much that can be looked at.
      if (error.budget !== 'jobs') state.isOver = true;
      return { kind: 'budget', reason: error.message };
    }
    const fault = error instanceof Error ? error : new Error(String(error));
    session.fault(scenario.id, fault);
    return { kind: 'fault', error: fault };
  } finally {
    session.sink.flush();
  }
  if (session.unreachable !== undefined || (scenario.id === 'calibration' && !session.answered)) {
    state.ending = 'unreachable';
    state.isOver = true;
    state.reason = session.unreachable ?? session.discrimination.reason;
  }
  return { kind: 'done' };
}

/** The life of each job as the run saw it. */
function timelineOf({ id, expectation, sightings, controls }: HistoryObserved): TimelineLine {
  return {
    kind: 'timeline',
    job: id,
    expectation: expectation ?? null,
    sightings: sightings.map(({ exchange, operation, job }) => ({
      atMs: Math.round(exchange.receivedAt),
      status: jobStatus(job) ?? null,
      operation,
    })),
    controls: controls.map(({ control, exchange }) => ({
      atMs: Math.round(exchange.sentAt),
      control,
      status: statusOf(exchange) ?? null,
    })),
  };
}

async function finish({ session, ending, reason }: State): Promise<void> {
  const { sink, counts, budget, discrimination } = session;
  session.judgeUndecided();
  // Those with an aim, and those seen most often, tell most; a page shows only so many.
  for (const history of session.histories.mostTelling(MOST_TIMELINES)) sink.write(timelineOf(history));
  for (const capability of CAPABILITIES) {
    const { found, reason: why } = session.capability(capability);
    sink.write({ kind: 'capability', capability, claim: claimOf(session.config, capability), found, reason: why });
  }
  sink.write({
    kind: 'footer',
    ending,
    endingReason: reason,
    discriminates: discrimination.shown,
    discriminationReason: discrimination.reason,
    answered: session.answered,
    durationMs: Math.round(session.now()),
    requests: budget.requests,
    retries: counts.retries,
    jobsCreated: budget.jobs,
    jobsCancelled: counts.jobsCancelled,
    filesUploaded: counts.filesUploaded,
    filesDeleted: counts.filesDeleted,
  });
  sink.flush();
  session.ledger.close();
  await session.close();
}
