// The model that a job made: listed, retrieved, shared with projects by the admin's key, and deleted at last.
import { textMember } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Credentials } from '../client/wire-request.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';
import { told } from '../requirements/refusals.ts';
import { isAbsent } from '../run/capability.ts';
import { isOwnFile } from '../run/clean-up.ts';
import { retrieveFile } from '../run/files.ts';
import { listBelow, pollInterval } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import type { Scenario } from './scenario.ts';

export const models: Scenario = {
  id: 'models',
  title: 'Find the fine-tuned model, share it',
  serves: ['models.*', 'permissions.*'],
  cost: () => ({ requests: 14, jobs: 0, uploads: 0 }),
  run: async (session) => {
    const shared = sharedBy(session);
    // In a shard nobody else may have waited for the model to be made.
    await shared.success?.end;
    const { succeeded: job } = shared;
    const model = textMember(job, 'fine_tuned_model');
    if (session.mayUse('models')) await lookUp(session, model);
    if (model !== undefined) await permissions(session, await checkpointModel(session, job, model));
  },
};

async function lookUp(session: Session, model: string | undefined): Promise<void> {
  const base = session.models.supervised;
  if (base !== undefined)
    await session.send({ operation: 'retrieveModel', method: 'GET', path: `/models/${encodeURIComponent(base)}` });
  if (model === undefined) return;
  const { list, retrieve } = await untilReady(session, model);
  session.observe({ kind: 'probe', probe: { name: 'model-listed', model, list } });
  session.observe({ kind: 'probe', probe: { name: 'model-retrieved', model, retrieve } });
}

/** How long a new model may take to be known everywhere, in milliseconds: guides speak of minutes at times. */
const READY_MS = { here: 4_000, elsewhere: 60_000 } as const;

/** Asks for a new model until it is listed and can be retrieved, or has had time enough. */
async function untilReady(session: Session, model: string): Promise<Record<'list' | 'retrieve', Exchange>> {
  const deadline = session.now() + READY_MS[session.config.target.isLoopback ? 'here' : 'elsewhere'];
  for (let looks = 1; ; looks += 1) {
    const list = await session.send({ operation: 'listModels', method: 'GET', path: '/models' });
    const path = `/models/${encodeURIComponent(model)}`;
    const retrieve = await session.send({ operation: 'retrieveModel', method: 'GET', path });
    const isListed = succeeded(list) && itemsOf(list).some((item) => textMember(item, 'id') === model);
    if ((isListed && succeeded(retrieve)) || session.now() >= deadline) return { list, retrieve };
    await session.pause(pollInterval(session, looks));
  }
}

/** The model of a checkpoint where there is one, else the job's own. */
async function checkpointModel(session: Session, job: JsonObject | undefined, model: string): Promise<string> {
  const id = textMember(job, 'id');
  if (id === undefined || !session.mayUse('checkpoints')) return model;
  const checkpoints = await listBelow(session, id, 'checkpoints');
  const [first] = succeeded(checkpoints) ? itemsOf(checkpoints) : [];
  return textMember(first, 'fine_tuned_model_checkpoint') ?? model;
}

async function permissions(session: Session, model: string): Promise<void> {
  if (!session.hasAdminKey || !session.mayUse('permissions')) return;
  const projects = ['a', 'b'].map((name) => `proj_conformance${sharedBy(session).nonce}${name}`);
  const creation = await permission(session, 'POST', model, { project_ids: projects });
  const list = await permission(session, 'GET', model);
  if (isAbsent(creation) && isAbsent(list)) {
    session.found('permissions', 'absent', `granting is answered ${told(creation)}, listing ${told(list)}`);
    return;
  }
  if (succeeded(creation) || succeeded(list))
    session.found('permissions', 'offered', 'permissions were granted or listed');
  session.observe({ kind: 'probe', probe: { name: 'permission-created', projects, creation, list } });
  await refusedPermissions(session, model);
  const id = grantTo(projects, creation);
  if (id === undefined) return;
  const deletion = await session.send(
    {
      operation: 'deleteFineTuningCheckpointPermission',
      method: 'DELETE',
      path: `${path(model)}/${encodeURIComponent(id)}`,
      credentials: 'admin-key',
    },
    { repeatable: false },
  );
  session.observe({
    kind: 'probe',
    probe: { name: 'permission-deleted', id, deletion, list: await permission(session, 'GET', model) },
  });
}

async function refusedPermissions(session: Session, model: string): Promise<void> {
  const cases: readonly (readonly [requirement: string, body: JsonObject, credentials: Credentials])[] = [
    ['permissions.project_ids.required', {}, 'admin-key'],
    ['permissions.unknown-member', { project_ids: ['proj_conformance'], conformance_unknown: true }, 'admin-key'],
    ['permissions.project-key.refused', { project_ids: ['proj_conformance'] }, 'key'],
  ];
  for (const [requirement, body, credentials] of cases) {
    const exchange = await permission(session, 'POST', model, body, { credentials, clientFault: true });
    session.observe({ kind: 'probe', probe: { name: 'permission-refused', requirement, exchange } });
    // What should have been refused is taken back.
    const id = grantTo(['proj_conformance'], exchange);
    if (id === undefined) continue;
    await session.send({
      operation: 'deleteFineTuningCheckpointPermission',
      method: 'DELETE',
      path: `${path(model)}/${encodeURIComponent(id)}`,
      credentials: 'admin-key',
    });
  }
}

/** The permission that an answer says was granted to one of the run's projects, which nobody else knows of. */
function grantTo(projects: readonly string[], creation: Exchange): string | undefined {
  const grants = succeeded(creation) ? itemsOf(creation) : [];
  const own = grants.find((grant) => projects.includes(textMember(grant, 'project_id') ?? ''));
  return textMember(own, 'id');
}

function path(model: string): string {
  return `/fine_tuning/checkpoints/${encodeURIComponent(model)}/permissions`;
}

function permission(
  session: Session,
  method: 'GET' | 'POST',
  model: string,
  json?: JsonObject,
  options: { readonly credentials?: Credentials; readonly clientFault?: boolean } = {},
): Promise<Exchange> {
  return session.send(
    {
      operation: method === 'GET' ? 'listFineTuningCheckpointPermissions' : 'createFineTuningCheckpointPermission',
      method,
      path: path(model),
      credentials: options.credentials ?? 'admin-key',
      ...(json === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json), json }),
    },
    { clientFault: options.clientFault ?? false, repeatable: method === 'GET' },
  );
}

/** True where a job's training file is the run's, and its model was not there before the run. */
export async function isOwnModel(session: Session, job: JsonObject | undefined): Promise<boolean> {
  const model = textMember(job, 'fine_tuned_model');
  const file = textMember(job, 'training_file');
  if (model === undefined || file === undefined) return false;
  const isOld = sharedBy(session).modelsBefore.has(model) || Object.values(session.models).includes(model);
  return !isOld && isOwnFile(session, file, await retrieveFile(session, file, { cleanUp: true }));
}

/** Deletes a model of the run, which also cleans up, and asks for it again. */
export async function deleteModel(session: Session, model: string): Promise<void> {
  const request = { operation: 'deleteModel', method: 'DELETE', path: `/models/${encodeURIComponent(model)}` } as const;
  const deletion = await session.send(request, { cleanUp: true, repeatable: false });
  // 401 and 403 are answers to a request that was understood; the others say that there is no such operation.
  if (!isAnswered(deletion) || [404, 405, 501].includes(deletion.outcome.status)) return;
  if (succeeded(deletion)) session.ledger.gone('model', model);
  const again = await session.send(request, { cleanUp: true, repeatable: false });
  session.observe({ kind: 'probe', probe: { name: 'model-deleted', model, deletion, again } });
}
