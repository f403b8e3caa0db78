// Making jobs, asking for them, and ending them. A job that is not needed any longer is cancelled at once: each costs
// money on a real service.
import { isObject, type JsonObject, type JsonValue, member, textMember } from '../contract/json.ts';
import { type Bindings, type Method } from '../generation/pools.ts';
import { rememberBy } from '../contract/remember.ts';
import type { components } from '#generated/current/types.ts';
import type { Credentials, WireRequest } from '../client/wire-request.ts';
import { type Exchange, isAnswered, jsonOf, succeeded, type Succeeded, wasRefused } from '../requirements/exchange.ts';
import type { Control } from '../requirements/observation.ts';
import { isFinished, isMissing, jobStatus } from '../requirements/refusals.ts';
import { ask, make } from './ask.ts';
import { filesFor, uploadedFiles } from './files.ts';
import { findJob, retrieveJob } from './find-job.ts';
import { disown, isOwned, ownershipInList, ownershipOfJob } from './ownership.ts';
import { idOf, type SendOptions, type Session } from './session.ts';

/** What placeholders stand for when a payload of this method is sent, or undefined where the target has no files for it. */
export async function bindingsFor(session: Session, method: Method): Promise<Bindings | undefined> {
  const files = await filesFor(session, method);
  const model = session.models[method];
  if (files === undefined || model === undefined) return undefined;
  return {
    model,
    graderModel: session.models.grader ?? model,
    trainingFile: files.training,
    validationFile: files.validation,
  };
}

export interface CreateOptions {
  /** Keep the job: somebody needs its life. Otherwise it is cancelled as soon as it is made. */
  readonly keep?: boolean;
  /** The payload is wrong in itself. */
  readonly clientFault?: boolean;
}

/** Sends a create. A job that comes of it is counted, written down, and cancelled unless it is to be kept. */
export async function createJob(session: Session, payload: JsonValue, options: CreateOptions = {}): Promise<Exchange> {
  const { http, unread, exchangeOf } = options.clientFault === true ? session.faultyApi : session.api;
  // Payloads that the type forbids are sent to be refused.
  const body = payload as components['schemas']['CreateFineTuningJobRequest'];
  return keptCreate(session, options, payload, async () =>
    exchangeOf(await http.POST('/fine_tuning/jobs', { body, ...unread })),
  );
}

/** Sends a create with a body that may be anything. */
export async function sendCreate(
  session: Session,
  body: string | Buffer,
  options: CreateOptions & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly credentials?: Credentials;
  } = {},
  json?: JsonValue,
): Promise<Exchange> {
  const request: WireRequest = {
    operation: 'createFineTuningJob',
    method: 'POST',
    path: '/fine_tuning/jobs',
    headers: options.headers ?? { 'content-type': 'application/json' },
    body,
    ...(json === undefined ? {} : { json }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  };
  const treatment: SendOptions = { clientFault: options.clientFault ?? false, repeatable: false };
  return keptCreate(session, options, json, () => session.send(request, treatment));
}

/** Writes a create down before it is sent, and what came of it afterwards. */
async function keptCreate(
  session: Session,
  options: CreateOptions,
  json: JsonValue | undefined,
  send: () => Promise<Exchange>,
): Promise<Exchange> {
  const { entry, exchange } = await make(session, 'job', send, options.clientFault === true);
  if (!succeeded(exchange)) return exchange;
  if (options.clientFault !== true && isObject(json)) provenBy(session).set(groundsOf(json), exchange);
  const id = idOf(exchange);
  if (id === undefined) return exchange;
  session.ledger.made('job', entry, id);
  if (options.keep !== true && isFinished(jobStatus(jsonOf(exchange)))) return exchange;
  const look = await retrieveJob(session, id);
  if (!(await isOwnJob(session, id, look))) disown(exchange);
  else if (options.keep !== true) {
    await cancelJob(session, id);
    // Whoever keeps a job looks for it himself.
    if (isMissing(look)) await findJob(session, id);
  }
  return exchange;
}

/**
 * True for a job of the run: it was made of a file of the run, or of the file that cannot exist. One that is not found by
 * its id may stand in the list, and can be ended before it costs anything; otherwise it is looked for.
 */
async function isOwnJob(session: Session, id: string, look: Exchange): Promise<boolean> {
  const own = new Set([...uploadedFiles(session), impossibleFile(session)]);
  const isOwn = (file: string): boolean => own.has(file);
  let ownership = isMissing(look)
    ? ownershipInList(id, await newestJobs(session), isOwn)
    : ownershipOfJob(id, look, isOwn);
  if (ownership === 'unknown' && isMissing(look)) ownership = ownershipOfJob(id, await findJob(session, id), isOwn);
  if (ownership !== 'foreign') return ownership === 'own';
  session.isMisled = true;
  session.blocked(`a create was answered with the id of a job that is not the run's; the job is left alone`);
  return false;
}

const provenBy = rememberBy((_session: Session) => new Map<string, Succeeded>());

/** What of a payload is the target's surroundings: its model and its files. */
function groundsOf(payload: JsonObject): string {
  return JSON.stringify(['model', 'training_file', 'validation_file'].map((name) => textMember(payload, name) ?? null));
}

/** An accepted create of the same model and files: a refusal of this payload cannot be about them. */
export function provenCreate(session: Session, payload: JsonValue): Succeeded | undefined {
  if (!isObject(payload)) return undefined;
  const proven = provenBy(session);
  const same = proven.get(groundsOf(payload));
  if (same !== undefined) return same;
  // A file that jobs are trained on is good enough to validate with.
  const { validation_file: validation, ...rest } = payload;
  const isGoodFile = [...proven.keys()].some((grounds) => grounds.includes(`,${JSON.stringify(validation ?? null)},`));
  return typeof validation === 'string' && isGoodFile ? proven.get(groundsOf(rest)) : undefined;
}

/** One path segment: whatever a target calls its jobs, the name stays a name. */
export function jobPath(id: string, action = ''): string {
  return `/fine_tuning/jobs/${encodeURIComponent(id)}${action}`;
}

/** The first page of the list of jobs. */
function newestJobs(session: Session): Promise<Exchange> {
  return session.send({ operation: 'listPaginatedFineTuningJobs', method: 'GET', path: '/fine_tuning/jobs' });
}

/** The official clients announce JSON with every request, also with one that has no body. */
export const AS_CLIENTS = { 'content-type': 'application/json' } as const;

interface ControlOptions extends Pick<SendOptions, 'cleanUp' | 'clientFault'> {
  readonly headers?: typeof AS_CLIENTS;
}

/** Something that is asked of a job. */
interface Asked {
  readonly control: Control['control'];
  readonly send: () => Promise<Exchange>;
  /** True where a job of this status is what was asked for. */
  readonly isDone: (status: string | undefined) => boolean;
}

function askOf(
  session: Session,
  id: string,
  { control, send, isDone }: Asked,
  { cleanUp, clientFault }: ControlOptions,
): Promise<Exchange> {
  const asked = async (): Promise<Exchange> => {
    const exchange = await send();
    // A pause without an answer may well have worked; only a refusal leaves the job as it was.
    if (control !== 'pause' || !wasRefused(exchange)) session.histories.asked(id, control, exchange);
    return exchange;
  };
  // What is wrong in itself is sent again by the session; what is cleaned up, by who cleans up.
  if (cleanUp === true || clientFault === true) return asked();
  return ask(session, asked, async () => {
    const look = await retrieveJob(session, id);
    return succeeded(look) && !isDone(jobStatus(jsonOf(look)));
  });
}

/** Cancels a job. @param options `clientFault`: the job is over, so that asking is wrong in itself. */
export async function cancelJob(session: Session, id: string, options: ControlOptions = {}): Promise<Exchange> {
  const { http, unread, exchangeOf } =
    options.cleanUp === true ? session.tidyApi : options.clientFault === true ? session.faultyApi : session.api;
  const path = { fine_tuning_job_id: id };
  const send = async (): Promise<Exchange> =>
    exchangeOf(
      await http.POST('/fine_tuning/jobs/{fine_tuning_job_id}/cancel', {
        params: { path },
        headers: options.headers ?? {},
        ...unread,
      }),
    );
  const exchange = await askOf(session, id, { control: 'cancel', send, isDone: isFinished }, options);
  if (succeeded(exchange)) {
    session.ledger.gone('job', id);
    session.counts.jobsCancelled += 1;
  }
  return exchange;
}

const TURNS = {
  pause: { operation: 'pauseFineTuningJob', isDone: (status) => status === 'paused' || isFinished(status) },
  resume: { operation: 'resumeFineTuningJob', isDone: (status) => status !== 'paused' },
} as const satisfies Readonly<Record<string, { operation: string; isDone: (status: string | undefined) => boolean }>>;

function turn(
  session: Session,
  id: string,
  control: keyof typeof TURNS,
  { headers, ...treatment }: ControlOptions,
): Promise<Exchange> {
  const { operation, isDone } = TURNS[control];
  const path = jobPath(id, `/${control}`);
  const request = { operation, method: 'POST', path, headers: headers ?? {} } as const;
  return askOf(session, id, { control, send: () => session.send(request, treatment), isDone }, treatment);
}

/** Pauses a job. @param options `clientFault`: it is over, so that asking is wrong in itself. */
export function pauseJob(session: Session, id: string, options: ControlOptions = {}): Promise<Exchange> {
  return turn(session, id, 'pause', options);
}

/** Resumes a job. @param options `clientFault`: it is not paused, so that asking is wrong in itself. */
export function resumeJob(session: Session, id: string, options: ControlOptions = {}): Promise<Exchange> {
  return turn(session, id, 'resume', options);
}

const MAX_LOOKS = 50;

/** Milliseconds between two looks at a job: often where it costs nothing, ever more seldom where requests are counted. */
export function pollInterval(session: Session, looks: number): number {
  const [shortest, longest] = session.config.target.isLoopback ? [100, 2_000] : [4_000, 120_000];
  if (session.isSparing) return Math.min(shortest * 2 ** looks, longest);
  return session.config.target.isLoopback ? Math.min(30 + looks * 5, 250) : Math.min(2_000 + looks * 1_000, 30_000);
}

/**
 * Looks at a job until `isThere` or the deadline; the last exchange, and whether it was reached.
 * @param timeoutMs milliseconds from now.
 */
export async function watchJob(
  session: Session,
  id: string,
  isThere: (status: string | undefined, looks: readonly Exchange[]) => boolean,
  timeoutMs: number,
): Promise<{ readonly last: Exchange; readonly looks: readonly Exchange[]; readonly reached: boolean }> {
  const deadline = session.now() + timeoutMs;
  const looks: Exchange[] = [];
  for (;;) {
    const last = await findJob(session, id);
    looks.push(last);
    if (looks.length > MAX_LOOKS) looks.splice(1, 1);
    if (!isAnswered(last) || !succeeded(last)) return { last, looks, reached: false };
    if (isThere(jobStatus(jsonOf(last)), looks)) return { last, looks, reached: true };
    if (session.now() >= deadline) return { last, looks, reached: false };
    await session.pause(pollInterval(session, looks.length));
  }
}

/** Waits for a job's end. */
export async function awaitEnd(session: Session, id: string): Promise<JsonObject | undefined> {
  const { last, reached } = await watchJob(session, id, isFinished, session.config.jobTimeoutMs);
  session.histories.waitedFor(id);
  if (!reached) return undefined;
  session.ledger.gone('job', id);
  const job = jsonOf(last);
  return isObject(job) ? job : undefined;
}

/** The job that a create answered with, where it did. */
export function jobOf(
  exchange: Exchange,
): { readonly id: string; readonly job: JsonObject; readonly exchange: Succeeded } | undefined {
  const job = jsonOf(exchange);
  const id = textMember(job, 'id');
  return succeeded(exchange) && isObject(job) && id !== undefined ? { id, job, exchange } : undefined;
}

/** The job that a create answered with, where it was shown to be the run's and may be cancelled or paused. */
export function ownJobOf(exchange: Exchange): ReturnType<typeof jobOf> {
  return isOwned(exchange) ? jobOf(exchange) : undefined;
}

/** Reads a page of a list below a job. */
export function listBelow(session: Session, id: string, what: 'events' | 'checkpoints', query = ''): Promise<Exchange> {
  const operation = what === 'events' ? 'listFineTuningEvents' : 'listFineTuningJobCheckpoints';
  return session.send({ operation, method: 'GET', path: `${jobPath(id, `/${what}`)}${query}` });
}

/** Result files of a job, as ids. */
export function resultFilesOf(job: JsonValue | undefined): string[] {
  const files = member(job, 'result_files');
  return Array.isArray(files) ? files.filter((file): file is string => typeof file === 'string') : [];
}

/** The id of a training file that cannot exist: a job that names it is the run's own, by the nonce in it. */
export function impossibleFile(session: Session): string {
  return `file-conformance${session.config.runId.replace(/[^A-Za-z0-9]/g, '')}missing`;
}
