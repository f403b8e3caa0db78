// Permissions on a checkpoint, managed with the admin's key: granted, listed by page, project and order, refused, and
// withdrawn. The checkpoint is the run's own, and projects have names that nobody else knows of.
import { type JsonObject, type JsonValue, textMember } from '../contract/json.ts';
import type { Credentials } from '../client/wire-request.ts';
import { type Exchange, succeeded } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import type { RefusedPermission } from '../requirements/permissions.ts';
import { told } from '../requirements/refusals.ts';
import { ask } from '../run/ask.ts';
import { isAbsent } from '../run/capability.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeWalk } from './walk.ts';

/** Requests that the permissions of one checkpoint are asked about with. */
export const PERMISSION_REQUESTS = 46;

/** One more than two pages of ten would need to show where the first one ends. */
const PROJECTS = 12;

/** Grants, lists, refuses and withdraws permissions on a checkpoint of the run. */
export async function permissions(session: Session, model: string): Promise<void> {
  if (!session.hasAdminKey || !session.mayUse('permissions')) return;
  const names = Array.from({ length: PROJECTS }, (_, index) => `${projectMark(session)}${index + 10}`);
  const first = names.slice(0, 1);
  const creation = await grant(session, model, first);
  const list = await listOf(session, model);
  if (isAbsent(creation) && isAbsent(list)) {
    session.found('permissions', 'absent', `granting is answered ${told(creation)}, listing ${told(list)}`);
    return;
  }
  if (succeeded(creation) || succeeded(list))
    session.found('permissions', 'offered', 'permissions were granted or listed');
  session.observe({ kind: 'probe', probe: { name: 'permission-created', projects: first, creation, list } });
  // Where nothing is granted, a refusal has no reason of its own.
  if (!succeeded(creation)) return;
  // Times count seconds: of one second, no order could be seen.
  await session.pause(1_050);
  const further = await grant(session, model, names.slice(1));
  session.observe({
    kind: 'probe',
    probe: { name: 'permission-created', projects: names.slice(1), creation: further, list: await listOf(session, model, `limit=${WIDE_PAGE}`) },
  }); // prettier-ignore
  const granted = [creation, further].flatMap((exchange) => grantsTo(names, exchange));
  await byPage(session, model, granted);
  await byProject(session, model, granted);
  await refused(session, model, granted);
  await withdraw(session, model, granted[0]?.id);
}

interface Grant {
  readonly id: string;
  readonly project: string;
}

/** What every project that the run names begins with. */
function projectMark(session: Session): string {
  return `proj_conformance${sharedBy(session).nonce}`;
}

/** The permissions that an answer says were granted to projects of the run, which nobody else knows of. */
function grantsTo(projects: readonly string[], creation: Exchange): Grant[] {
  const grants = succeeded(creation) ? itemsOf(creation) : [];
  return grants.flatMap((grant) => {
    const [id, project] = [textMember(grant, 'id'), textMember(grant, 'project_id')];
    return id === undefined || project === undefined || !projects.includes(project) ? [] : [{ id, project }];
  });
}

async function byPage(session: Session, model: string, granted: readonly Grant[]): Promise<void> {
  const operation = 'listFineTuningCheckpointPermissions';
  const route = { list: 'permissions', operation, path: path(model), credentials: 'admin-key' } as const;
  const ids = granted.map(({ id }) => id);
  for (const limit of [undefined, 1, 5, WIDE_PAGE]) await observeWalk(session, route, limit, ids);
  for (const order of [undefined, 'descending', 'ascending'] as const) {
    const list = await listOf(session, model, `limit=${WIDE_PAGE}${order === undefined ? '' : `&order=${order}`}`);
    if (succeeded(list)) session.observe({ kind: 'probe', probe: { name: 'permission-order', order, list } });
  }
}

async function byProject(session: Session, model: string, granted: readonly Grant[]): Promise<void> {
  const last = granted.at(-1)?.project ?? '';
  const filters = [
    ['a filter by one project', last],
    // The oldest: a filter that looks at one page only does not find it.
    ['a filter by the project that was granted first, with limit=1', granted[0]?.project ?? '', 1],
    ['a filter by the beginning of a project', last.slice(0, -1)],
    ['a filter by a project that was granted nothing', `${projectMark(session)}none`],
  ] as const;
  for (const [description, project, limit] of filters) {
    const query = `project_id=${encodeURIComponent(project)}${limit === undefined ? '' : `&limit=${limit}`}`;
    const exchange = await listOf(session, model, query);
    const [mustHold, mustNotHold] = [true, false].map((wanted) =>
      granted.filter((grant) => (grant.project === project) === wanted).map(({ id }) => id),
    );
    session.observe({
      kind: 'filter',
      requirement: 'permissions.list.project_id',
      exchange,
      description,
      mustHold: mustHold ?? [],
      mustNotHold: mustNotHold ?? [],
    });
  }
}

async function refused(session: Session, model: string, granted: readonly Grant[]): Promise<void> {
  const project = `${projectMark(session)}refused`;
  const cases: readonly (readonly [requirement: RefusedPermission, body: JsonObject | string, credentials: Credentials])[] = [
    ['permissions.project_ids.required', {}, 'admin-key'],
    ['permissions.project_ids.type', { project_ids: project }, 'admin-key'],
    ['permissions.project_ids.type', { project_ids: [project, 7] }, 'admin-key'],
    ['permissions.project_ids.type', { project_ids: null }, 'admin-key'],
    ['permissions.project_ids.type', { project_ids: { 0: project } }, 'admin-key'],
    ['permissions.project_ids.type', `{"project_ids": ["${project}"`, 'admin-key'],
    ['permissions.unknown-member', { project_ids: [project], conformance_unknown: true }, 'admin-key'],
    ['permissions.project-key.refused', { project_ids: [project] }, 'key'],
  ]; // prettier-ignore
  for (const [requirement, body, credentials] of cases) {
    const exchange = await grantBy(session, model, body, credentials, true);
    session.observe({ kind: 'probe', probe: { name: 'permission-refused', requirement, exchange } });
    // What should have been refused is taken back.
    for (const { id } of grantsTo([project], exchange)) await deleteGrant(session, model, id);
  }
  const requirement = 'permissions.project-key.refused';
  const listed = await listOf(session, model, '', 'key');
  session.observe({ kind: 'probe', probe: { name: 'permission-refused', requirement, exchange: listed } });
  const last = granted.at(-1);
  if (last !== undefined) {
    const exchange = await deleteGrant(session, model, last.id, 'key');
    session.observe({ kind: 'probe', probe: { name: 'permission-refused', requirement, exchange } });
  }
}

async function withdraw(session: Session, model: string, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const deletion = await ask(
    session,
    () => deleteGrant(session, model, id),
    () => isListed(session, model, true, (item) => textMember(item, 'id') === id),
  );
  const list = await listOf(session, model, `limit=${WIDE_PAGE}`);
  session.observe({ kind: 'probe', probe: { name: 'permission-deleted', id, deletion, list } });
  for (const unknown of [id, `cp_conformance${sharedBy(session).nonce}unknown`]) {
    // What was not withdrawn is known still.
    if (unknown === id && !succeeded(deletion)) continue;
    const exchange = await deleteGrant(session, model, unknown, 'admin-key', true);
    session.observe({
      kind: 'probe',
      probe: { name: 'unknown-id', requirement: 'permissions.unknown.404', exchange },
    });
  }
}

function path(model: string): string {
  return `/fine_tuning/checkpoints/${encodeURIComponent(model)}/permissions`;
}

function grant(session: Session, model: string, projects: readonly string[]): Promise<Exchange> {
  return ask(
    session,
    () => grantBy(session, model, { project_ids: projects }, 'admin-key', false),
    () => isListed(session, model, false, (item) => projects.includes(textMember(item, 'project_id') ?? '')),
  );
}

/** True where the list of permissions can be read and holds, or does not hold, what is looked for. */
async function isListed(
  session: Session,
  model: string,
  wanted: boolean,
  isIt: (item: JsonValue) => boolean,
): Promise<boolean> {
  const list = await listOf(session, model, `limit=${WIDE_PAGE}`);
  return succeeded(list) && itemsOf(list).some(isIt) === wanted;
}

function grantBy(
  session: Session,
  model: string,
  body: JsonObject | string,
  credentials: Credentials,
  clientFault: boolean,
): Promise<Exchange> {
  return session.send(
    {
      operation: 'createFineTuningCheckpointPermission',
      method: 'POST',
      path: path(model),
      credentials,
      headers: { 'content-type': 'application/json' },
      ...(typeof body === 'string' ? { body } : { body: JSON.stringify(body), json: body }),
    },
    { clientFault, repeatable: false },
  );
}

function listOf(
  session: Session,
  model: string,
  query = '',
  credentials: Credentials = 'admin-key',
): Promise<Exchange> {
  return session.send(
    {
      operation: 'listFineTuningCheckpointPermissions',
      method: 'GET',
      path: query === '' ? path(model) : `${path(model)}?${query}`,
      credentials,
    },
    { clientFault: credentials !== 'admin-key', repeatable: credentials === 'admin-key' },
  );
}

function deleteGrant(
  session: Session,
  model: string,
  id: string,
  credentials: Credentials = 'admin-key',
  clientFault = credentials !== 'admin-key',
): Promise<Exchange> {
  return session.send(
    {
      operation: 'deleteFineTuningCheckpointPermission',
      method: 'DELETE',
      path: `${path(model)}/${encodeURIComponent(id)}`,
      credentials,
    },
    { clientFault, repeatable: false },
  );
}
