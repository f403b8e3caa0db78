// The model that a job made: listed, retrieved, shared with projects by the admin's key, and deleted at last.
import { textMember } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';
import { ask } from '../run/ask.ts';
import { isOwnFile } from '../run/clean-up.ts';
import { retrieveFile } from '../run/files.ts';
import { listBelow, pollInterval } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { PERMISSION_REQUESTS, permissions } from './permissions.ts';
import type { Scenario } from './scenario.ts';

export const models: Scenario = {
  id: 'models',
  title: 'Find the fine-tuned model, share it',
  serves: ['models.*', 'permissions.*'],
  cost: () => ({ requests: 7 + PERMISSION_REQUESTS, jobs: 0, uploads: 0 }),
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
  // By now it is another second than when they were read first.
  const { checkpoints: first } = sharedBy(session);
  if (first !== undefined && succeeded(checkpoints))
    session.observe({ kind: 'probe', probe: { name: 'checkpoints-reread', first, second: checkpoints } });
  const [newest] = succeeded(checkpoints) ? itemsOf(checkpoints) : [];
  return textMember(newest, 'fine_tuned_model_checkpoint') ?? model;
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
  const retrieve = { ...request, operation: 'retrieveModel', method: 'GET' } as const;
  const look = (): Promise<Exchange> => session.send(retrieve, { cleanUp: true });
  const deletion = await ask(
    session,
    () => session.send(request, { cleanUp: true, repeatable: false }),
    async () => succeeded(await look()),
  );
  // 401 and 403 are answers to a request that was understood; the others say that there is no such operation.
  if (!isAnswered(deletion) || [404, 405, 501].includes(deletion.outcome.status)) return;
  if (succeeded(deletion)) session.ledger.gone('model', model);
  const again = await session.send(request, { cleanUp: true, clientFault: succeeded(deletion), repeatable: false });
  const after = await look();
  session.observe({ kind: 'probe', probe: { name: 'model-deleted', model, deletion, again, after } });
}
