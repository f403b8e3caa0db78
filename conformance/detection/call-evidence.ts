// Evidence in which calls a target knows. A path says something only beside one that nobody has: a server that answers all
// of them alike knows none. And a 404 speaks against a call only where every object that its path names is known to exist.
import { operations } from '../contract/active-contract.ts';
import { type Exchange, isAnswered, statusOf } from '../requirements/exchange.ts';
import type { Session } from '../run/session.ts';
import type { Distinction } from './editions-apart.ts';
import { editionsWith, type Evidence, evidence, others, type Unlearned } from './evidence.ts';

const UNKNOWN_CALL = new Set([404, 405, 501]);
const NOT_ALLOWED = new Set([401, 403]);
/** A last segment that no edition has. */
const NO_CALL = 'no-such-operation';

/** A call that editions have or lack. */
interface Call {
  readonly distinction: Distinction;
  readonly method: string;
  readonly path: string;
  readonly needsAdmin: boolean;
  /** True where everything that the path names is known to exist. */
  readonly isExistent: boolean;
}

export interface CallFindings {
  readonly found: readonly Evidence[];
  readonly unlearned: readonly Unlearned[];
}

/** Calls what some editions have, on the run's own job where the path names one. Nothing is made or deleted by it. */
export async function callEvidence(
  session: Session,
  distinctions: readonly Distinction[],
  job: string | undefined,
): Promise<CallFindings> {
  const found: Evidence[] = [];
  const unlearned: Unlearned[] = [];
  const controls = new Map<string, Exchange>();
  for (const distinction of distinctions.filter(({ point }) => point.kind === 'operation')) {
    const call = callOf(distinction, job);
    if (typeof call === 'string') {
      unlearned.push({ key: distinction.key, reason: call });
      continue;
    }
    const nobodyHas = call.path.replace(/[^/]+$/, NO_CALL);
    const control = controls.get(`${call.method} ${nobodyHas}`) ?? (await send(session, { ...call, path: nobodyHas }));
    controls.set(`${call.method} ${nobodyHas}`, control);
    const exchange = await send(session, call);
    // Who has answered no call at all has not shown that this one is missing.
    const knows = isKnown(exchange, control, call.isExistent && session.answered);
    const shownBy = `${distinction.point.says} ${statusOf(exchange) ?? 'no answer'}`;
    if (knows === undefined)
      unlearned.push({ key: distinction.key, reason: `${shownBy}, and ${statusOf(control) ?? 'no answer'} to a path that no edition has` }); // prettier-ignore
    else {
      const having = editionsWith(distinction);
      const seen = `${distinction.point.owner} is ${knows ? 'there' : 'not there'}`;
      found.push(...evidence(distinction.key, seen, shownBy, knows ? having : others(having)));
    }
  }
  return { found, unlearned };
}

/** How an operation is called, or why it is not. */
function callOf(distinction: Distinction, job: string | undefined): Call | string {
  const operation = Object.values(operations).find(({ id }) => id === distinction.point.owner);
  if (operation === undefined) return 'the current contract does not have it';
  const { method, path, pathParameters, security } = operation;
  const isHarmless = method === 'GET' || pathParameters.every((name) => name === 'fine_tuning_job_id');
  if (!isHarmless) return 'calling it would change what is not ours';
  const namesJob = pathParameters.includes('fine_tuning_job_id');
  if (namesJob && job === undefined) return 'no job was made that it could be called on';
  return {
    distinction,
    method,
    path: path.replace('{fine_tuning_job_id}', encodeURIComponent(job ?? '')).replace(/\{[^}]+\}/g, 'conformance'),
    needsAdmin: security.includes('AdminApiKeyAuth'),
    isExistent: pathParameters.every((name) => name === 'fine_tuning_job_id'),
  };
}

async function send(session: Session, { method, path, needsAdmin }: Call): Promise<Exchange> {
  const body = method === 'POST' && !path.includes('/jobs/') ? { headers: { 'content-type': 'application/json' }, body: '{}', json: {} } : {}; // prettier-ignore
  return session.send({
    operation: 'undeclared',
    method,
    path,
    ...body,
    credentials: needsAdmin && session.hasAdminKey ? 'admin-key' : 'key',
  });
}

/** Whether a target knows a call; undefined where its answers do not say. */
function isKnown(exchange: Exchange, control: Exchange, isExistent: boolean): boolean | undefined {
  if (!isAnswered(exchange) || !isAnswered(control)) return undefined;
  const { status } = exchange.outcome;
  if (status === 429 || (status >= 500 && status !== 501)) return undefined;
  // Where the path that nobody has is answered otherwise than by "no such thing", no status says anything.
  if (!UNKNOWN_CALL.has(control.outcome.status)) return undefined;
  if (UNKNOWN_CALL.has(status)) return isExistent ? false : undefined;
  return NOT_ALLOWED.has(status) || status < 500 ? true : undefined;
}
