// Random sequences of calls on a few jobs at a time, drawn from the seed. What a sequence brings to light is looked for
// again in ever shorter ones, and reported with the shortest: the calls that whoever reads the report has to make.
import pLimit from 'p-limit';
import { rememberBy } from '../contract/remember.ts';
import { offerOf } from '../lifecycle/command.ts';
import { JOBS_A_SEQUENCE, sequenceLengths, sequencesOf } from '../lifecycle/generate.ts';
import { type Broken, runSequence, type SequenceResult } from '../lifecycle/run-sequence.ts';
import { shrinkSequence } from '../lifecycle/shrink-sequence.ts';
import { parseStep, type Step, stepText } from '../lifecycle/step.ts';
import { requirementById } from '../requirements/registry.ts';
import { type Level, LEVELS } from '../requirements/requirement.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { refusesAll } from './bases.ts';
import type { Scenario } from './scenario.ts';

/** Sequences that are run at a time, where the target stands on this machine. */
const AT_A_TIME = 8;
/** Rows whose failures are looked for in shorter sequences, and sequences that are tried for each and for all. */
const MOST_SHRUNK = 12;
const TRIES = 80;
const ALL_TRIES = 320;
/** Lives of a job after which shrinking ends: most tries wait for one, and some rows break by chance alone. */
const MOST_LIVES = 60;
const LONGEST_MS = 600_000;
/** Sequences from which the shortest one is looked for: some break by what others did at the same time. */
const MOST_STARTS = 2;
/** Where jobs cost money: jobs that all shrinking together may make. */
const SHRINK_JOBS = 12;

export const sequences: Scenario = {
  id: 'sequences',
  title: 'Try sequences of calls on several jobs',
  serves: ['status.*', 'retrieve.*', 'list.*', 'cancel.*', 'pause.*', 'events.*', 'checkpoints.*', 'files.delete.*', 'models.delete.*'],
  tiers: ['full'],
  cost: ({ commands }) => {
    const count = sequenceLengths(commands).length;
    return { requests: 2 * commands, jobs: JOBS_A_SEQUENCE * count, uploads: 2 * count + 2 };
  },
  run: async (session) => {
    if (!session.discrimination.shown) return;
    // How long a job lives tells how long to wait for one.
    await sharedBy(session).success?.end;
    const { seed, commands, target, sequence } = session.config;
    const offered = session.config.methods.filter(
      (method) => session.mayUse(`method.${method}`) && !refusesAll(session, `method.${method}`),
    );
    const all = sequence === undefined ? sequencesOf(seed, commands, offered) : [sequence.map(stepOf)];
    const limit = pLimit(target.isLoopback ? AT_A_TIME : 1);
    const results = await Promise.all(all.map((steps) => limit(() => run(session, steps, true))));
    tell(session, results);
    const exhausted = results.find((result) => result.exhausted !== undefined)?.exhausted;
    if (exhausted !== undefined) throw exhausted;
    await explain(session, all, results);
  },
}; // prettier-ignore

function stepOf(text: string): Step {
  const step = parseStep(text);
  if (step === undefined) throw new Error(`no step: ${text}`);
  return step;
}

const countOf = rememberBy((_session: Session) => ({ sequences: 0 }));

/** Runs a sequence under a mark of its own. */
function run(session: Session, steps: readonly Step[], isWritten: boolean): Promise<SequenceResult> {
  const count = countOf(session);
  count.sequences += 1;
  return runSequence(session, steps, {
    offer: offerOf(session),
    mark: `${sharedBy(session).nonce}-${count.sequences}`,
    isWritten,
  });
}

function tell(session: Session, results: readonly SequenceResult[]): void {
  const taken = results.reduce((sum, result) => sum + result.taken, 0);
  session.observed('sequences of calls', `${taken} calls in ${results.length} sequences`);
  // What the model did not expect and no row forbids is told; it accuses nobody.
  const quiet = results.filter(({ broken }) => broken.size === 0).flatMap(({ surprises }) => surprises);
  for (const surprise of new Set(quiet.slice(0, 20))) session.observed('in a sequence, not expected', surprise);
}

/** Looks for the shortest sequence behind each row that failed, and reports the failure with it. */
async function explain(
  session: Session,
  all: readonly (readonly Step[])[],
  results: readonly SequenceResult[],
): Promise<void> {
  const { budget, config } = session;
  const most = config.target.isLoopback ? budget.jobsLeft : SHRINK_JOBS;
  const jobsUntil = budget.jobs + Math.min(most, budget.jobsLeft) - JOBS_A_SEQUENCE;
  const timeUntil = session.now() + Math.min(5_000 + MOST_LIVES * (sharedBy(session).lifeMs ?? 0), LONGEST_MS);
  const mayGoOn = (): boolean => budget.jobs <= jobsUntil && session.now() < timeUntil && !budget.isHalted;
  // A sequence that is repeated has been shrunk before.
  let tries = config.sequence === undefined ? ALL_TRIES : 0;
  const level = (requirement: string): Level => requirementById(requirement)?.level ?? 'MAY';
  const found = [...startsOf(all, results)]
    .filter(([requirement]) => level(requirement) !== 'MAY')
    .toSorted(([one], [other]) => LEVELS.indexOf(level(one)) - LEVELS.indexOf(level(other)));
  for (const [requirement, starts] of found.slice(0, MOST_SHRUNK)) {
    for (const { steps, broken } of chosen(starts)) {
      let best = broken;
      const smallest = await shrinkSequence(
        steps,
        async (candidate) => {
          if (!mayGoOn()) return undefined;
          tries -= 1;
          const again = (await run(session, candidate, false)).broken.get(requirement);
          best = again ?? best;
          return again?.at;
        },
        Math.min(TRIES, tries),
      );
      // What did not show again is reported as it was seen, and with no calls that would not lead to it.
      if (smallest === undefined && config.sequence === undefined) continue;
      session.judging.write({ ...best.verdict, sequence: (smallest ?? steps).map(stepText) });
      break;
    }
  }
}

interface Start {
  readonly steps: readonly Step[];
  readonly broken: Broken;
  readonly whole: readonly Step[];
}

/** The shortest ones; where what broke them was done by others, the same may break a whole sequence by its own doing. */
function chosen(starts: readonly Start[]): readonly Start[] {
  const shortest = starts.slice(0, MOST_STARTS);
  return [...shortest, ...shortest.map((start) => ({ ...start, steps: start.whole }))];
}

/** For each row that failed, the sequences in which it did, up to the step behind which it showed; the shortest first. */
function startsOf(
  all: readonly (readonly Step[])[],
  results: readonly SequenceResult[],
): ReadonlyMap<string, readonly Start[]> {
  const starts = new Map<string, readonly Start[]>();
  for (const [index, { broken }] of results.entries()) {
    for (const [requirement, one] of broken) {
      const whole = all[index] ?? [];
      const start = { steps: whole.slice(0, one.at + 1), broken: one, whole };
      const known = [...(starts.get(requirement) ?? []), start];
      starts.set(
        requirement,
        known.toSorted((a, b) => a.steps.length - b.steps.length),
      );
    }
  }
  return starts;
}
