// Runs one sequence: its steps as commands of fast-check against the model, each followed by a look at what the registry
// has said so far. What the sequence made is ended behind it; nothing that is not its own is touched.
import fc from 'fast-check';
import { BudgetExhausted } from '../client/budget.ts';
import { isAnswered, jsonOf } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';
import { textMember } from '../contract/json.ts';
import type { Fail, Verdict } from '../requirements/verdict.ts';
import type { Listener } from '../run/judging.ts';
import { cancelJob } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { deleteModel, isOwnModel } from '../scenarios/models.ts';
import { StepCommand } from './command.ts';
import { isKnownOver, type LifecycleModel, type Offer } from './model.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';

/** The first failure of a row in a sequence, and the step behind which it showed. */
export interface Broken {
  readonly at: number;
  readonly verdict: Fail;
}

export interface SequenceResult {
  /** Steps that made sense when their turn came. */
  readonly taken: number;
  /** By row. */
  readonly broken: ReadonlyMap<string, Broken>;
  /** Answers that the model had not thought possible. */
  readonly surprises: readonly string[];
  /** The budget that ended it early, if one did. */
  readonly exhausted: BudgetExhausted | undefined;
}

export interface SequenceOptions {
  readonly offer: Offer;
  readonly mark: string;
  /** False for a sequence that is only tried: its verdicts are not written. */
  readonly isWritten: boolean;
}

/** Runs a sequence to its end. Only a fault of ours throws; a used-up budget ends it early. */
export async function runSequence(
  session: Session,
  steps: readonly Step[],
  { offer, mark, isWritten }: SequenceOptions,
): Promise<SequenceResult> {
  const listener: Listener = { verdicts: [], exchanges: new Set(), isWritten };
  const broken = new Map<string, Broken>();
  const stage: Stage = { session, mark, jobs: new Map(), surprises: [] };
  const model: LifecycleModel = new Map();
  let taken = 0;
  let exhausted: BudgetExhausted | undefined;
  const note = (verdicts: readonly Verdict[], at: number): void => {
    for (const verdict of verdicts)
      if (verdict.outcome === 'fail' && !broken.has(verdict.requirement) && isOurs(stage, listener, verdict))
        broken.set(verdict.requirement, { at, verdict });
  };
  const after = (_stage: Stage, _step: Step, at: number): void => {
    taken += 1;
    note(listener.verdicts.splice(0), at);
    note(verdictsOnHistories(stage, listener), at);
  };
  const commands = steps.map((step, position) => new StepCommand(step, position, offer, after));
  await session.judging.heardBy(listener, async () => {
    exhausted = await untilExhausted(() => fc.asyncModelRun(() => ({ model, real: stage }), commands));
    note(listener.verdicts.splice(0), steps.length - 1);
    exhausted ??= await untilExhausted(() => endJobs(stage, model));
    session.judgeHistories([...stage.jobs.values()].map(({ id }) => id));
  });
  return { taken, broken, surprises: stage.surprises, exhausted };
}

/** The budget that stopped some work, or undefined where none did. */
async function untilExhausted(work: () => Promise<void>): Promise<BudgetExhausted | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof BudgetExhausted) return error;
    throw error;
  }
}

/** False for what no call of this sequence has led to: what others saw, and what a list shows of a job of others. */
function isOurs({ jobs }: Stage, { exchanges }: Listener, { at, evidence }: Fail): boolean {
  const [page] = evidence;
  if (!evidence.slice(0, 2).every(({ id }) => exchanges.has(id))) return false;
  const index = /^\/data\/(\d+)(\/|$)/.exec(at ?? '')?.[1];
  if (index === undefined || page.operation !== 'listPaginatedFineTuningJobs' || !isAnswered(page)) return true;
  const listed = textMember(itemsOf(page)[Number(index)], 'id');
  return [...jobs.values()].some(({ id }) => id === listed);
}

/** What the registry says of the lives of a sequence's jobs, as its own calls have seen them; nothing is written. */
function verdictsOnHistories({ session, jobs }: Stage, { exchanges }: Listener): Verdict[] {
  const ids = [...jobs.values()].map(({ id }) => id);
  return [...session.histories.observed(ids)].flatMap((history) => {
    const [first, ...rest] = history.sightings.filter(({ exchange }) => exchanges.has(exchange.id));
    return first === undefined ? [] : [...session.judging.verdictsOn({ ...history, sightings: [first, ...rest] })];
  });
}

/** Ends what is not over, and takes away the models that were made. */
async function endJobs(stage: Stage, model: LifecycleModel): Promise<void> {
  const { session, jobs } = stage;
  for (const [name, { id, last }] of jobs) {
    const known = model.get(name);
    if (known === undefined || known.isReleased) continue;
    if (!isKnownOver(known)) await cancelJob(session, id, { cleanUp: true });
    const job = jsonOf(last);
    const made = textMember(job, 'fine_tuned_model');
    if (known.shown !== 'succeeded' || made === undefined || !session.mayUse('models')) continue;
    if (await isOwnModel(session, job as Parameters<typeof isOwnModel>[1])) {
      session.histories.release(id);
      await deleteModel(session, made);
    }
  }
}
