// Chapter permissions: which projects may use a checkpoint. Only an admin's key may ask, so rows of this chapter are
// judged where one was given.
import { show, textMember } from '../contract/json.ts';
import { type Answered, statusOf, succeeded, wasRefused } from './exchange.ts';
import { itemsOf, ordered } from './list.ts';
import { notServed, told, unjudged } from './refusals.ts';
import { expectThat, fail, inconclusive, NOT_APPLICABLE, onProbe, PASS, type Row, rule } from './requirement.ts';
import { deletionAnswer } from './resources.ts';
import { unknownIds } from './retrieve.ts';

function projectsIn(page: Answered): string[] {
  return itemsOf(page).flatMap((item) => textMember(item, 'project_id') ?? []);
}

const REFUSALS = [
  'permissions.project_ids.required',
  'permissions.project_ids.type',
  'permissions.unknown-member',
  'permissions.project-key.refused',
] as const;
export type RefusedPermission = (typeof REFUSALS)[number];

function refusesPermission(requirement: RefusedPermission): Row {
  return rule(requirement, [
    onProbe('permission-refused', (probe) => {
      if (probe.requirement !== requirement) return NOT_APPLICABLE;
      const open = unjudged(probe.exchange);
      if (open) return open;
      const status = statusOf(probe.exchange);
      const refused =
        requirement === 'permissions.project-key.refused'
          ? status === 401 || status === 403
          : wasRefused(probe.exchange);
      return expectThat(refused, () => `it is answered ${told(probe.exchange)}`);
    }),
  ]);
}

export const permissionRequirements: readonly Row[] = [
  rule('permissions.create.projects', [
    onProbe('permission-created', ({ projects, creation }) => {
      // The run has no projects of its own: what becomes of one that nobody has is left open.
      if (wasRefused(creation))
        return inconclusive(`granting to projects of made-up names is answered ${told(creation)}`);
      if (!succeeded(creation)) return notServed(creation, 'granting');
      const named = projectsIn(creation);
      const missing = projects.find((project) => !named.includes(project));
      return expectThat(
        missing === undefined,
        () => `project ${show(missing ?? null)} is not among the permissions`,
        '/data',
      );
    }),
  ]),
  rule('permissions.created.listed', [
    onProbe('permission-created', ({ projects, creation, list }) => {
      if (!succeeded(creation)) return NOT_APPLICABLE;
      if (!succeeded(list)) return notServed(list, 'the list of permissions');
      const missing = projects.find((project) => !projectsIn(list).includes(project));
      const evidence = [list, creation];
      if (missing === undefined) return [{ outcome: 'pass', evidence }];
      return [{ outcome: 'fail', message: `the permission of project ${show(missing)} is not listed`, evidence }];
    }),
  ]),
  rule('permissions.list.order', [
    onProbe('permission-order', ({ order, list }) => {
      const asked = order === undefined ? 'the list without order' : `order=${order}`;
      return ordered(list, order === 'ascending' ? 'oldest' : 'newest', asked);
    }),
  ]),
  rule('permissions.deleted.gone', [
    onProbe('permission-deleted', ({ id, deletion, list }) => {
      const answer = deletionAnswer(deletion, id);
      if (answer.some(({ outcome }) => outcome === 'fail')) return answer;
      if (!succeeded(list)) return inconclusive(told(list));
      const isListed = itemsOf(list).some((item) => textMember(item, 'id') === id);
      return isListed ? fail('a withdrawn permission is still listed', '/data') : PASS;
    }),
  ]),
  ...REFUSALS.map(refusesPermission),
  unknownIds('permissions.unknown.404'),
];
