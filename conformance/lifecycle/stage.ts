// What a sequence keeps of its jobs beside the model: ids, the answers that later answers are held against, and the
// questions that the next look at a job will answer.
import { isObject, type JsonObject, textMember } from '../contract/json.ts';
import { type Answered, type Exchange, jsonOf, succeeded } from '../requirements/exchange.ts';
import { isFinished, jobStatus, told } from '../requirements/refusals.ts';
import type { Uploaded } from '../run/files.ts';
import type { Session } from '../run/session.ts';
import { type JobModel, type LifecycleModel, mayShow, seen } from './model.ts';

/** What was asked of a job, and is decided by how it looks next. */
export type Question =
  | { readonly kind: 'cancel'; readonly before: Answered; readonly cancel: Exchange }
  | { readonly kind: 'cancel-finished'; readonly status: string; readonly cancel: Exchange }
  | { readonly kind: 'cancel-paused'; readonly cancel: Exchange };

export interface Tracked {
  readonly id: string;
  readonly metadata: JsonObject | undefined;
  readonly file: Uploaded | undefined;
  /** The last answer that was the job itself. */
  last: Answered;
  question: Question | undefined;
  /** The pause that holds it. */
  pause: Answered | undefined;
  /** Its events as they were read before. */
  events: Answered | undefined;
  /** Checkpoints that were listed when it may not have run yet. */
  checkpoints: Exchange | undefined;
  deletion: Exchange | undefined;
}

/** One sequence on its way. */
export interface Stage {
  readonly session: Session;
  /** What the metadata and files of this sequence carry: no other sequence has it. */
  readonly mark: string;
  readonly jobs: Map<string, Tracked>;
  /** Answers that the model had not thought possible, in words. */
  readonly surprises: string[];
}

/** The model's and the stage's side of the job that a step is about. @throws Error where there is none: a fault of ours. */
export function jobOn(stage: Stage, name: string): Tracked {
  const job = stage.jobs.get(name);
  if (job === undefined) throw new Error(`no job ${name} in this sequence`);
  return job;
}

/** Changes what the model knows of a job. */
export function learn(model: LifecycleModel, name: string, change: (job: JobModel) => JobModel): void {
  const job = model.get(name);
  if (job !== undefined) model.set(name, change(job));
}

/** A job was asked for by its id: the model learns where it stands, and open questions are answered. */
export function looked(stage: Stage, model: LifecycleModel, name: string, look: Exchange): void {
  const job = jobOn(stage, name);
  if (!shows(look, job.id)) {
    stage.surprises.push(`retrieve: ${told(look)}`);
    return;
  }
  const status = jobStatus(jsonOf(look));
  shown(stage, model, name, status);
  answer(stage.session, job, look, status);
  if (job.checkpoints !== undefined) beforeRun(stage.session, job, job.checkpoints, status);
  job.checkpoints = undefined;
  // Only a job that was seen to live on can be said to have missed its file.
  if (job.deletion !== undefined && !isFinished(status) && succeeded(job.deletion))
    stage.session.histories.expect(job.id, 'training-file-deleted');
  job.last = look;
}

/** The model learns from an answer that held the job, whatever was asked. */
export function shown(stage: Stage, model: LifecycleModel, name: string, status: string | undefined): void {
  const known = model.get(name);
  if (known !== undefined && !mayShow(known, status))
    stage.surprises.push(`a job that was ${known.shown ?? 'just made'} is ${status ?? '?'}`);
  learn(model, name, (job) => seen(job, status));
  // What has ended by itself is held by nothing any more.
  if (isFinished(status)) jobOn(stage, name).pause = undefined;
}

/** True for an answer that is the job of that id. */
export function shows(exchange: Exchange, id: string): exchange is Answered {
  const job = jsonOf(exchange);
  return succeeded(exchange) && isObject(job) && textMember(job, 'id') === id;
}

function answer(session: Session, job: Tracked, after: Answered, status: string | undefined): void {
  const { question } = job;
  job.question = undefined;
  switch (question?.kind) {
    case undefined:
      return;
    case 'cancel':
      session.observe({ kind: 'probe', probe: { name: 'cancel', ...without(question), after } });
      return;
    case 'cancel-finished':
      session.observe({ kind: 'probe', probe: { name: 'cancel-finished', ...without(question), after } });
      return;
    case 'cancel-paused':
      // It may have ended before the cancel came.
      if (status === 'succeeded' || status === 'failed') return;
      session.observe({ kind: 'probe', probe: { name: 'cancel-paused', cancel: question.cancel, after } });
  }
}

function without<Q extends Question>({ kind: _kind, ...rest }: Q): Omit<Q, 'kind'> {
  return rest;
}

/** A job that waits now had not run when its checkpoints were listed, unless it was paused and taken up again. */
function beforeRun(session: Session, job: Tracked, checkpoints: Exchange, status: string | undefined): void {
  const wasTurned = session.histories.controlsOf(job.id).some(({ control }) => control === 'pause');
  if (wasTurned || (status !== 'validating_files' && status !== 'queued')) return;
  if (session.capability('checkpoints').found !== 'offered') return;
  session.observe({ kind: 'probe', probe: { name: 'checkpoints-before-run', checkpoints } });
}
