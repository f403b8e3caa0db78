// Cancel, pause and resume in a sequence, and the waits that let time pass. What a control did shows at the next look at
// the job; only how long a pause holds and whether a resumed job moves is watched at once.
import { rememberBy } from '../contract/remember.ts';
import { type Exchange, isAnswered, jsonOf, succeeded, wasRefused } from '../requirements/exchange.ts';
import { isFinished, jobStatus, told } from '../requirements/refusals.ts';
import { cancelJob, pauseJob, resumeJob, watchJob } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { RESUME_MS, watchHeld } from '../scenarios/pauses.ts';
import { controlled, hasGoodData, isKnownOver, type LifecycleModel } from './model.ts';
import { jobOn, learn, looked, shown, shows, type Stage } from './stage.ts';

/** What the model learns of a control that was answered: it may have worked unless it was refused. */
function answeredTo(
  stage: Stage,
  model: LifecycleModel,
  name: string,
  control: 'cancel' | 'pause' | 'resume',
  exchange: Exchange,
): void {
  const before = model.get(name);
  if (!wasRefused(exchange)) learn(model, name, (job) => controlled(job, control));
  if (before !== undefined && isKnownOver(before)) observeOpen(stage.session, control, before.shown ?? '', exchange);
  if (shows(exchange, jobOn(stage, name).id)) shown(stage, model, name, jobStatus(jsonOf(exchange)));
}

const alreadyTold = rememberBy((_session: Session) => new Set<string>());

/** The documents leave open how this is answered: it is told, once, and not judged. */
function observeOpen(session: Session, control: string, status: string, exchange: Exchange): void {
  const subject = `${control} of a job that is ${status}, in a sequence`;
  const known = alreadyTold(session);
  if (known.has(subject)) return;
  known.add(subject);
  session.observed(subject, isAnswered(exchange) ? `status ${exchange.outcome.status}` : told(exchange));
}

export async function cancel(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  const known = model.get(name);
  const isOver = known !== undefined && isKnownOver(known);
  const exchange = await cancelJob(session, job.id, { clientFault: isOver });
  if (isOver) job.question = { kind: 'cancel-finished', status: known.shown ?? '', cancel: exchange };
  else if (known?.isHeld !== true) job.question = { kind: 'cancel', before: job.last, cancel: exchange };
  else job.question = job.pause === undefined ? undefined : { kind: 'cancel-paused', cancel: exchange };
  job.pause = undefined;
  answeredTo(stage, model, name, 'cancel', exchange);
}

export async function pause(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  const known = model.get(name);
  const exchange = await pauseJob(session, job.id, { clientFault: known !== undefined && isKnownOver(known) });
  // Whatever the job looks like next, it need not be the doing of what was asked before.
  job.question = undefined;
  if (succeeded(exchange)) session.found('pause', 'offered', 'a job was paused');
  // A pause need not keep a job from failing for its data or for the want of it.
  const isSound = known !== undefined && !isKnownOver(known) && hasGoodData(known) && known.file !== 'deleted';
  if (isSound && succeeded(exchange) && !isFinished(jobStatus(jsonOf(exchange)))) job.pause ??= exchange;
  answeredTo(stage, model, name, 'pause', exchange);
}

export async function resume(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const job = jobOn(stage, name);
  const known = model.get(name);
  const wasPaused = job.pause !== undefined && known?.shown === 'paused';
  const exchange = await resumeJob(session, job.id, { clientFault: known !== undefined && isKnownOver(known) });
  job.question = undefined;
  answeredTo(stage, model, name, 'resume', exchange);
  if (!wasRefused(exchange)) job.pause = undefined;
  if (!wasPaused) return;
  const isMoving = (status: string | undefined): boolean => status !== 'paused';
  const { last, looks } = await watchJob(session, job.id, isMoving, patienceOf(session));
  session.observe({ kind: 'probe', probe: { name: 'resume', resume: exchange, after: looks } });
  looked(stage, model, name, last);
  if (isMoving(model.get(name)?.shown)) learn(model, name, (one) => ({ ...one, isHeld: false }));
}

/** How long a resumed job may take to move, in milliseconds: as long as jobs live here, and never too long. */
function patienceOf(session: Session): number {
  const { lifeMs } = sharedBy(session);
  return Math.min(lifeMs === undefined ? RESUME_MS : 500 + 2 * lifeMs, RESUME_MS, session.config.jobTimeoutMs);
}

/**
 * Looks at a job that should stand still for as long as a job lives. A pause that has lasted so long, and through which
 * the job did not move, has held; a job that is over shows that it stays so.
 */
export async function hold(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const job = jobOn(stage, name);
  const { pause: asked } = job;
  const held = await watchHeld(stage.session, job.id);
  if (asked !== undefined) stage.session.observe({ kind: 'probe', probe: { name: 'pause', pause: asked, held } });
  const last = held.at(-1);
  if (last !== undefined) looked(stage, model, name, last);
}

/** How long a job is waited for: many times as long as jobs live here. */
function waitOf(session: Session): number {
  return Math.min(session.config.jobTimeoutMs, Math.max(5_000, 20 * (sharedBy(session).lifeMs ?? 0)));
}

export async function awaitRun(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const isThere = (status: string | undefined): boolean => status === 'running' || isFinished(status);
  const { last } = await watchJob(stage.session, jobOn(stage, name).id, isThere, waitOf(stage.session));
  looked(stage, model, name, last);
}

export async function awaitEnd(stage: Stage, model: LifecycleModel, name: string): Promise<void> {
  const { session } = stage;
  const { id } = jobOn(stage, name);
  const { last, reached } = await watchJob(session, id, isFinished, waitOf(session));
  if (reached) {
    session.histories.waitedFor(id);
    session.ledger.gone('job', id);
  }
  looked(stage, model, name, last);
}

/** Long enough for a job to go on a little, and no more. */
export async function moment({ session }: Stage): Promise<void> {
  await session.pause(Math.min((sharedBy(session).lifeMs ?? 400) / 8, 5_000));
}
