// Which projects may use a checkpoint; for admin keys. A project that is granted the same twice has one permission.
import type { components } from '#generated/current/types.ts';
import type { Context } from '../context.ts';
import { type Answer, success } from '../http/answer.ts';
import { unknownCheckpoint, unknownPermission } from '../http/api-error.ts';
import { oneOf, valueOf } from '../http/query.ts';
import { isList } from '../json.ts';
import type { Policy } from '../policy.ts';
import type { ApiRequest } from '../request.ts';
import { seconds } from '../seconds.ts';
import type { PermissionRecord } from '../store/records.ts';
import { checkedBody } from './check-body.ts';
import { pageOf, pageRequest } from './paging.ts';

const PERMISSIONS_A_PAGE = { byDefault: 10, most: 100 };

/** GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions. */
export function listPermissions(context: Context, request: ApiRequest): Answer {
  const checkpoint = checkpointInPath(context, request);
  const policy = context.policy.paging.permissions;
  const page = pageRequest(request.query, PERMISSIONS_A_PAGE, policy);
  const order = oneOf(request.query, 'order', ['ascending', 'descending']) ?? 'descending';
  const project = valueOf(request.query, 'project_id');
  const all = permissionsOn(context, checkpoint);
  const { items, hasMore, firstId, lastId } = pageOf(
    order === 'ascending' ? all : all.toReversed(),
    page,
    policy,
    ({ projectId }) => project === undefined || isOfProject(projectId, project, context.policy.projectFilter),
  );
  return success({
    object: 'list',
    data: items.map(permissionView),
    has_more: hasMore,
    first_id: firstId,
    last_id: lastId,
  });
}

function isOfProject(one: string, wanted: string, filter: Policy['projectFilter']): boolean {
  if (filter === 'ignored') return true;
  return filter === 'by-beginning' ? one.startsWith(wanted) : one === wanted;
}

/** POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions. */
export function createPermissions(context: Context, request: ApiRequest): Answer {
  const body = checkedBody(context, request, 'CreateFineTuningCheckpointPermissionRequest', 'accept');
  const checkpoint = checkpointInPath(context, request);
  const projects = isList(body['project_ids']) ? [...new Set(body['project_ids'].map(String))] : [];
  const granted = projects.map((projectId) => grant(context, checkpoint, projectId));
  return success({
    object: 'list',
    data: granted.map(permissionView),
    has_more: false,
    first_id: granted[0]?.id ?? null,
    last_id: granted.at(-1)?.id ?? null,
  });
}

/** DELETE /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}. */
export function deletePermission(context: Context, request: ApiRequest): Answer {
  const checkpoint = checkpointInPath(context, request);
  const id = request.path['permission_id'] ?? '';
  const permission = context.world.store.permission(id);
  if (permission?.checkpoint !== checkpoint) {
    if (context.policy.unknownPermission === 'not-found') throw unknownPermission(id);
    return success({ object: 'checkpoint.permission', id, deleted: true });
  }
  const fixture = context.policy.fixtures === 'permanent' && permission.sequence <= 0;
  if (!fixture && context.policy.deletedPermission === 'gone') {
    context.world.store.change({ change: 'permission-deleted', id });
  }
  return success({ object: 'checkpoint.permission', id, deleted: true });
}

function checkpointInPath(context: Context, request: ApiRequest): string {
  const name = request.path['fine_tuned_model_checkpoint'] ?? '';
  const job = context.world.store.jobOfModel(name);
  const known = context.world.hasCheckpoint(name) || (job !== undefined && context.world.hasModel(job));
  if (!known && context.policy.checkpointNames === 'known') throw unknownCheckpoint(name);
  return name;
}

function permissionsOn(context: Context, checkpoint: string): readonly PermissionRecord[] {
  return context.world.store.permissions.filter((permission) => permission.checkpoint === checkpoint);
}

function grant(context: Context, checkpoint: string, projectId: string): PermissionRecord {
  const known = permissionsOn(context, checkpoint).find((permission) => permission.projectId === projectId);
  if (known !== undefined) return known;
  const { store, nowMs } = context.world;
  const sequence = store.ids.nextSequence();
  const permission = { id: store.ids.next('cp_'), sequence, createdAtMs: nowMs, checkpoint, projectId };
  store.change({ change: 'permission', permission });
  return permission;
}

function permissionView(permission: PermissionRecord): components['schemas']['FineTuningCheckpointPermission'] {
  const { id, projectId, createdAtMs } = permission;
  return { object: 'checkpoint.permission', id, created_at: seconds(createdAtMs), project_id: projectId };
}
