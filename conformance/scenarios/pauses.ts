// Pausing, resuming, and cancelling what is paused. A pause is proven by time: a job that is held for longer than the
// run's successful job took to end, and has not ended, was held.
import type { Capability } from '../requirements/requirement.ts';
import type { Method } from '../generation/pools.ts';
import { type Answered, type Exchange, isAnswered, jsonOf, succeeded } from '../requirements/exchange.ts';
import { WIDE_PAGE } from '../requirements/list.ts';
import { isFinished, jobStatus, told } from '../requirements/refusals.ts';
import { bind } from '../generation/pools.ts';
import { completed } from '../generation/bases.ts';
import { isAbsent } from '../run/capability.ts';
import { retrieveJob } from '../run/find-job.ts';
import {
  AS_CLIENTS,
  bindingsFor,
  cancelJob,
  createJob,
  listBelow,
  ownJobOf,
  pauseJob,
  pollInterval,
  resumeJob,
  watchJob,
} from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { below } from './outcomes.ts';
import type { Scenario } from './scenario.ts';
import { observeWalk } from './walk.ts';

/** Longest time that a job is kept paused, in milliseconds. */
const LONGEST_HOLD_MS = 60_000;
/** How long a resumed job may take to move, in milliseconds. */
export const RESUME_MS = 10_000;

/** How long a pause is watched, in milliseconds: longer than a job lives, as far as that is known. */
function holdMsOf(session: Session): number {
  return Math.min((sharedBy(session).lifeMs ?? LONGEST_HOLD_MS / 4) * 1.2 + 100, LONGEST_HOLD_MS);
}

export const cancels: Scenario = {
  id: 'cancels',
  tiers: ['sites', 'full'],
  title: 'Cancel a job that runs',
  serves: ['cancel.*', 'status.*'],
  cost: ({ target }) => ({ requests: target.isLoopback ? 4 : 0, jobs: target.isLoopback ? 1 : 0, uploads: 0 }),
  run: async (session) => {
    // A job that runs costs what it has trained: only where it costs nothing.
    if (!session.config.target.isLoopback || !session.discrimination.shown) return;
    const made = await newJob(session, 'supervised');
    const before = made === undefined ? undefined : await untilRunning(session, made.id);
    if (made === undefined || before === undefined) return;
    const cancel = await cancelJob(session, made.id);
    const after = await retrieveJob(session, made.id);
    session.observe({ kind: 'probe', probe: { name: 'cancel', before, cancel, after } });
  },
};

/** The answer that shows a job running, or undefined where it ended before anybody saw it run. */
async function untilRunning(session: Session, id: string): Promise<Answered | undefined> {
  const isThere = (status: string | undefined): boolean => status === 'running' || isFinished(status);
  const { reached, last } = await watchJob(session, id, isThere, session.config.jobTimeoutMs);
  return reached && isAnswered(last) && jobStatus(jsonOf(last)) === 'running' ? last : undefined;
}

export const pauses: Scenario = {
  id: 'pauses',
  tiers: ['sites', 'full'],
  title: 'Pause and resume a job',
  serves: ['pause.*', 'status.paused.*', 'retrieve.*'],
  needs: 'pause',
  cost: () => ({ requests: 48, jobs: 3, uploads: 0 }),
  run: async (session) => {
    if (!session.mayUse('pause') || !session.discrimination.shown) return;
    const paused = await firstPaused(session);
    if (paused === undefined) return;
    // How long a job lives is known once one has ended; it is worth the wait where jobs are short.
    if (session.config.target.isLoopback) await sharedBy(session).success?.end;
    // Each of these watches a job of its own for as long.
    const ends = await Promise.allSettled([
      holdAndResume(session, paused),
      cancelWhilePaused(session, paused.method),
      pauseWhileRunning(session, paused.method),
    ]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  },
};

interface Paused {
  readonly id: string;
  readonly method: Method;
  readonly pause: Answered;
}

async function newJob(session: Session, method: Method): Promise<ReturnType<typeof ownJobOf>> {
  const bindings = await bindingsFor(session, method);
  if (bindings === undefined) return undefined;
  const template = completed({
    model: '${model}',
    training_file: '${training_file}',
    // What a pause must not lose.
    suffix: 'paused',
    seed: 11,
    metadata: { conformance_run: sharedBy(session).nonce, kind: 'paused' },
    ...(method === 'supervised' ? {} : { method: { type: method } }),
  });
  return ownJobOf(await createJob(session, bind(template, bindings), { keep: true }));
}

/** A paused job, of the first method whose jobs the target pauses. */
async function firstPaused(session: Session): Promise<Paused | undefined> {
  const reasons: string[] = [];
  let absentEverywhere = true;
  for (const method of ['supervised', 'reinforcement'] as const) {
    if (!session.mayUse(`method.${method}` satisfies Capability)) continue;
    const made = await newJob(session, method);
    if (made === undefined) continue;
    const pause = await pauseJob(session, made.id);
    if (succeeded(pause)) {
      session.found('pause', 'offered', `a ${method} job was paused`);
      sharedBy(session).controls.add('pause');
      return { id: made.id, method, pause };
    }
    const end = await cancelJob(session, made.id);
    // A job that was over before it could be paused says nothing.
    const wasOver = isFinished(jobStatus(jsonOf(made.exchange))) || !succeeded(end);
    if (!isAnswered(pause) || (!isAbsent(pause) && wasOver)) absentEverywhere = false;
    reasons.push(`a ${method} job: ${told(pause)}`);
  }
  if (reasons.length > 0 && absentEverywhere) session.found('pause', 'absent', reasons.join('; '));
  return undefined;
}

/** Looks at a paused job for longer than a job lives. */
export async function watchHeld(session: Session, id: string): Promise<readonly Exchange[]> {
  const held: Exchange[] = [];
  for (const until = session.now() + holdMsOf(session); ;) {
    held.push(await retrieveJob(session, id));
    if (session.now() >= until) return held;
    await session.pause(pollInterval(session, held.length));
  }
}

/** Watches a job for as long as a pause is bound to hold it, for the requirements to judge. */
async function observeHeld(session: Session, id: string, pause: Answered): Promise<readonly Exchange[]> {
  const held = await watchHeld(session, id);
  session.observe({ kind: 'probe', probe: { name: 'pause', pause, held } });
  return held;
}

/** Resumes a job and looks at it until it moves, or had the time to. */
async function resumeAndWatch(
  session: Session,
  id: string,
  headers?: typeof AS_CLIENTS,
): Promise<{ readonly resume: Exchange; readonly looks: readonly Exchange[] }> {
  const resume = await resumeJob(session, id, headers === undefined ? {} : { headers });
  const isMoving = (status: string | undefined): boolean => status !== 'paused';
  const { looks } = await watchJob(session, id, isMoving, Math.min(RESUME_MS, session.config.jobTimeoutMs));
  return { resume, looks };
}

async function holdAndResume(session: Session, { id, pause }: Paused): Promise<void> {
  const last = (await observeHeld(session, id, pause)).at(-1);
  if (last === undefined || isFinished(jobStatus(jsonOf(last)))) return;
  const { resume, looks } = await resumeAndWatch(session, id, AS_CLIENTS);
  if (succeeded(resume)) sharedBy(session).controls.add('resume');
  session.observe({ kind: 'probe', probe: { name: 'resume', resume, after: looks } });
  await resumeUnpaused(session, id, looks.at(-1));
  await pauseOnceMore(session, id);
  await cancelResumed(session, id);
  await controlFinished(session, id);
  // It has lived for longer than any other: its events are seconds apart, so that they have an order.
  if (session.judges('events.order.newest-first')) await observeWalk(session, below(id, 'events'), WIDE_PAGE, []);
}

/** The job that was just resumed is resumed again. */
async function resumeUnpaused(session: Session, id: string, before: Exchange | undefined): Promise<void> {
  if (before === undefined || !isAnswered(before)) return;
  const status = jobStatus(jsonOf(before));
  if (status === undefined || status === 'paused' || isFinished(status)) return;
  const resume = await resumeJob(session, id, { clientFault: true });
  const after = await retrieveJob(session, id);
  session.observe({ kind: 'probe', probe: { name: 'resume-unpaused', before, resume, after } });
  session.observed(`resume of a job that is ${status}`, isAnswered(resume) ? `status ${resume.outcome.status}` : told(resume)); // prettier-ignore
}

/** A pause holds as well behind a resume. The job is left as it was before. */
async function pauseOnceMore(session: Session, id: string): Promise<void> {
  if (!session.config.target.isLoopback) return;
  const pause = await pauseJob(session, id);
  if (!succeeded(pause)) return;
  const last = (await observeHeld(session, id, pause)).at(-1);
  const { resume, looks } = await resumeAndWatch(session, id);
  if (last !== undefined && jobStatus(jsonOf(last)) === 'paused')
    session.observe({ kind: 'probe', probe: { name: 'resume', resume, after: looks } });
}

/** A job that was paused once can be cancelled as any other. */
async function cancelResumed(session: Session, id: string): Promise<void> {
  const before = await retrieveJob(session, id);
  const status = jobStatus(jsonOf(before));
  const cancel = await cancelJob(session, id);
  if (!isAnswered(before) || status === undefined || status === 'paused') return;
  const after = await retrieveJob(session, id);
  session.observe({ kind: 'probe', probe: { name: 'cancel', before, cancel, after } });
}

/** A finished job stays what it is when it is paused or resumed; one that does not is ended again, for it costs. */
async function controlFinished(session: Session, id: string): Promise<void> {
  const status = jobStatus(jsonOf(await retrieveJob(session, id)));
  if (status === undefined || !isFinished(status)) return;
  for (const [control, ask] of [
    ['resume', resumeJob],
    ['pause', pauseJob],
  ] as const) {
    const asked = await ask(session, id, { clientFault: true });
    const after = await retrieveJob(session, id);
    session.observe({ kind: 'probe', probe: { name: 'control-finished', control, status, asked, after } });
    session.observed(`${control} of a job that is ${status}`, isAnswered(asked) ? `status ${asked.outcome.status}` : told(asked)); // prettier-ignore
    if (jobStatus(jsonOf(after)) === status) continue;
    await cancelJob(session, id);
    return;
  }
}

async function cancelWhilePaused(session: Session, method: Method): Promise<void> {
  const made = await newJob(session, method);
  if (made === undefined) return;
  const pause = await pauseJob(session, made.id);
  const isHeld = !succeeded(pause) || (await isHeldTwice(session, made.id));
  const cancel = await cancelJob(session, made.id);
  if (!isHeld || !succeeded(pause) || isFinished(jobStatus(jsonOf(pause)))) return;
  const after = await retrieveJob(session, made.id);
  session.observe({ kind: 'probe', probe: { name: 'cancel-paused', cancel, after } });
}

/**
 * However a second pause is answered, it lets no job go on: a switch that is turned twice would.
 * @returns false where the job was seen to go on, so that it is no paused one any more.
 */
async function isHeldTwice(session: Session, id: string): Promise<boolean> {
  // Watched for as long as a job lives, which costs nothing only here.
  if (!session.config.target.isLoopback) return true;
  const pause = await pauseJob(session, id, { clientFault: true });
  if (!isAnswered(pause)) return true;
  session.observed('pause of a job that is paused', `status ${pause.outcome.status}`);
  const last = (await observeHeld(session, id, pause)).at(-1);
  return last === undefined || jobStatus(jsonOf(last)) === 'paused';
}

/** A job that is paused while it runs keeps what it has learned so far. */
async function pauseWhileRunning(session: Session, method: Method): Promise<void> {
  if (!session.judges('pause.checkpoint') || !session.mayUse('checkpoints') || !session.config.target.isLoopback)
    return;
  const made = await newJob(session, method);
  if (made === undefined) return;
  const running = await untilRunning(session, made.id);
  const pause = running === undefined ? undefined : await pauseJob(session, made.id, { headers: AS_CLIENTS });
  if (pause !== undefined && succeeded(pause) && jobStatus(jsonOf(pause)) === 'paused') {
    const checkpoints = await listBelow(session, made.id, 'checkpoints');
    session.observe({ kind: 'probe', probe: { name: 'pause-checkpoint', wasRunning: true, checkpoints } });
  }
  await cancelJob(session, made.id);
}
