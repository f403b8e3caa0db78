// Who may ask, and for what: requests without a key and with a wrong one beside the same request with the right one, and
// ids that nothing has.
import type { OperationId } from '#generated/current/operations.ts';
import type { Credentials } from '../client/wire-request.ts';
import { PLAIN_BODY, PLAIN_METHOD } from '../generation/bases.ts';
import { bind, type Bindings } from '../generation/pools.ts';
import type { Exchange } from '../requirements/exchange.ts';
import { succeeded } from '../requirements/exchange.ts';
import { dataset } from '../run/datasets.ts';
import { uploadContent, uploadDataset } from '../run/files.ts';
import { bindingsFor, jobPath, sendCreate } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { askGrader, STRING_CHECK } from './graders.ts';
import type { Scenario } from './scenario.ts';

export const credentials: Scenario = {
  id: 'credentials',
  title: 'Ask without a key and with a wrong one',
  serves: ['auth.*', 'errors.*'],
  cost: () => ({ requests: 51, jobs: 0, uploads: 2 }),
  run: async (session) => {
    if (!session.hasKey) return;
    const bindings = await bindingsFor(session, PLAIN_METHOD);
    const almost = session.canRecaseKey ? ALMOST_KEYS : ALMOST_KEYS.slice(0, 3);
    for (const ask of questions(session, bindings)) await askWith(session, ask, almost);
    for (const ask of furtherQuestions(session, bindings?.trainingFile))
      await askWith(session, ask, ALMOST_KEYS.slice(0, 2));
    await askWith(session, upload(session), ALMOST_KEYS.slice(0, 2), get(session, 'listFiles', '/files'));
    await deleteWith(session);
    const job = sharedBy(session).cancelled;
    if (job !== undefined)
      await askWith(session, control(session, job, 'cancel'), ALMOST_KEYS.slice(0, 2), retrieve(session, job));
  },
};

/** Asks with the right key first, for the same or for what shows that the key is good: else a refusal shows nothing. */
async function askWith(
  session: Session,
  ask: Question,
  keys: readonly Credentials[],
  good: Question = ask,
): Promise<void> {
  const accepted = await good('key');
  if (!succeeded(accepted)) return;
  for (const key of keys) {
    const variant = key === 'none' ? 'missing' : 'wrong';
    const exchange = await ask(key);
    session.observe({ kind: 'probe', probe: { name: 'credentials', variant, exchange, accepted } });
  }
}

const ALMOST_KEYS = ['none', 'wrong-key', 'longer-key', 'recased-key'] as const;

type Question = (credentials: Credentials) => Promise<Exchange>;

/** Requests of each kind: a list, one object, a create. A server that guards only some of them is found out. */
function questions(session: Session, bindings: Bindings | undefined): Question[] {
  const { cancelled } = sharedBy(session);
  const file = bindings?.trainingFile;
  const payload = bindings === undefined ? {} : bind(PLAIN_BODY, bindings);
  const create: Question = (key) =>
    sendCreate(session, JSON.stringify(payload), { credentials: key, clientFault: key !== 'key' }, payload);
  return [
    get(session, 'listPaginatedFineTuningJobs', '/fine_tuning/jobs?limit=1'),
    ...(cancelled === undefined ? [] : [retrieve(session, cancelled)]),
    get(session, 'listFiles', '/files'),
    ...(file === undefined || session.budget.jobsLeft < 3 ? [] : [create]),
  ];
}

/**
 * What is guarded route by route is forgotten where a route was added later: below a job, below a file, the models. A key
 * that is almost right is compared by the same code everywhere, and is not asked for here.
 */
function furtherQuestions(session: Session, trainingFile: string | undefined): Question[] {
  const job = sharedBy(session).cancelled;
  const file = trainingFile === undefined ? undefined : `/files/${encodeURIComponent(trainingFile)}`;
  return [
    ...(job === undefined ? [] : [get(session, 'listFineTuningEvents', jobPath(job, '/events'))]),
    ...(job === undefined || !session.mayUse('checkpoints')
      ? []
      : [get(session, 'listFineTuningJobCheckpoints', jobPath(job, '/checkpoints'))]),
    ...(file === undefined
      ? []
      : [get(session, 'retrieveFile', file), get(session, 'downloadFile', `${file}/content`)]),
    ...(session.mayUse('models') ? [get(session, 'listModels', '/models')] : []),
    ...(session.mayUse('graders') ? [validate(session)] : []),
  ];
}

function retrieve(session: Session, job: string): Question {
  return get(session, 'retrieveFineTuningJob', jobPath(job));
}

/** Asks something of a job that is cancelled already, where nobody loses anything. */
function control(session: Session, job: string, action: 'cancel' | 'pause' | 'resume'): Question {
  const path = jobPath(job, `/${action}`);
  const operation = `${action}FineTuningJob` as const;
  return (key) =>
    session.send({ operation, method: 'POST', path, credentials: key }, { clientFault: true, repeatable: false });
}

/** Deletes a file that was uploaded for this alone. */
async function deleteWith(session: Session): Promise<void> {
  const made = await uploadDataset(session, 'training', 'to-delete');
  if (made.kind === 'refused') return;
  const path = `/files/${encodeURIComponent(made.file.id)}`;
  const deletion: Question = async (key) => {
    const request = { operation: 'deleteFile', method: 'DELETE', path, credentials: key } as const;
    const exchange = await session.send(request, { clientFault: true, repeatable: false });
    if (succeeded(exchange)) session.ledger.gone('file', made.file.id);
    return exchange;
  };
  await askWith(session, deletion, ALMOST_KEYS.slice(0, 2), get(session, 'retrieveFile', path));
}

/** A key is asked for as long as a run lasts: what was right a thousand times may be remembered as right. */
export async function keysAtTheEnd(session: Session): Promise<void> {
  if (!session.hasKey) return;
  const job = sharedBy(session).cancelled;
  // By now it is known whether jobs can be paused and resumed: a path that is not there is answered 404 whatever the key.
  if (job !== undefined)
    for (const action of sharedBy(session).controls)
      await askWith(session, control(session, job, action), ALMOST_KEYS.slice(0, 2), retrieve(session, job));
  await askWith(session, get(session, 'listPaginatedFineTuningJobs', '/fine_tuning/jobs?limit=1'), ALMOST_KEYS.slice(0, 2)); // prettier-ignore
}

/** Uploads a file. Where it is taken although nobody may have sent it, it is deleted with the others of the run. */
function upload(session: Session): Question {
  return async (key) => {
    const { content, purpose } = dataset('training', `${session.config.runId}-${key}`);
    const label = `sent-with-${key}`;
    const made = await uploadContent(session, {
      content,
      purpose,
      label,
      credentials: key,
      clientFault: key !== 'key',
    });
    return made.kind === 'refused' ? made.exchange : made.file.exchange;
  };
}

function validate(session: Session): Question {
  return (key) => askGrader(session, 'validate', { grader: STRING_CHECK }, { credentials: key });
}

function get(session: Session, operation: OperationId, path: string): Question {
  return (key) =>
    session.send(
      { operation, method: 'GET', path, credentials: key },
      { clientFault: key !== 'key', repeatable: key === 'key' },
    );
}

/** Operations on one object, asked with an id that nothing has. */
const UNKNOWN: readonly { readonly requirement: string; readonly operation: OperationId; readonly method: string; readonly path: string; readonly capability?: 'pause' | 'checkpoints' | 'models' }[] = [
  { requirement: 'retrieve.unknown.404', operation: 'retrieveFineTuningJob', method: 'GET', path: '/fine_tuning/jobs/ID' },
  { requirement: 'cancel.unknown.404', operation: 'cancelFineTuningJob', method: 'POST', path: '/fine_tuning/jobs/ID/cancel' },
  { requirement: 'pause.unknown.404', operation: 'pauseFineTuningJob', method: 'POST', path: '/fine_tuning/jobs/ID/pause', capability: 'pause' },
  { requirement: 'pause.resume.unknown.404', operation: 'resumeFineTuningJob', method: 'POST', path: '/fine_tuning/jobs/ID/resume', capability: 'pause' },
  { requirement: 'events.unknown.404', operation: 'listFineTuningEvents', method: 'GET', path: '/fine_tuning/jobs/ID/events' },
  { requirement: 'checkpoints.unknown.404', operation: 'listFineTuningJobCheckpoints', method: 'GET', path: '/fine_tuning/jobs/ID/checkpoints', capability: 'checkpoints' },
  { requirement: 'files.unknown.404', operation: 'retrieveFile', method: 'GET', path: '/files/ID' },
  { requirement: 'files.unknown.404', operation: 'downloadFile', method: 'GET', path: '/files/ID/content' },
  { requirement: 'files.unknown.404', operation: 'deleteFile', method: 'DELETE', path: '/files/ID' },
  { requirement: 'models.unknown.404', operation: 'retrieveModel', method: 'GET', path: '/models/ID', capability: 'models' },
]; // prettier-ignore

export const unknownIds: Scenario = {
  id: 'unknown-ids',
  title: 'Ask for objects that do not exist',
  serves: ['*.404', 'retrieve.unknown.code', 'errors.*'],
  cost: () => ({ requests: UNKNOWN.length, jobs: 0, uploads: 0 }),
  run: async (session) => {
    const { nonce } = sharedBy(session);
    const asked = UNKNOWN.filter(({ capability }) => capability === undefined || session.mayUse(capability));
    await Promise.all(
      asked.map(async ({ requirement, operation, method, path }) => {
        const kind = path.startsWith('/files') ? 'file-' : path.startsWith('/models') ? '' : 'ftjob-';
        const id = `${kind}conformance${nonce}unknown`;
        const exchange = await session.send({ operation, method, path: path.replace('ID', id) }, { clientFault: true });
        session.observe({ kind: 'probe', probe: { name: 'unknown-id', requirement, exchange } });
      }),
    );
  },
};
