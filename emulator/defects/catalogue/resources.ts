// Models, graders and checkpoint permissions.
import { editSchema } from '../../contract/schemas.ts';
import { isObject, type JsonObject, type JsonValue, memberAt, without } from '../../json.ts';
import type { Defect } from '../defect.ts';
import {
  bodiesOf,
  contract,
  defect,
  editedObject,
  objects,
  refusals,
  sentBodies,
  switches,
  together,
} from '../hooks.ts';

const models: readonly Defect[] = [
  defect(
    'model-not-listed',
    'Does not list fine-tuned models.',
    'models.fine-tuned.listed',
    switches({ fineTunedModel: 'not-listed' }),
  ),
  defect(
    'model-not-retrievable',
    'Cannot retrieve a fine-tuned model.',
    'models.fine-tuned.retrievable',
    switches({ fineTunedModel: 'not-retrievable' }),
  ),
  defect(
    'model-not-deleted',
    'Says that a model is deleted and keeps it.',
    'models.delete.gone',
    switches({ deletedModel: 'kept' }),
  ),
  defect(
    'model-deletion-answers-false',
    'Deletes a model and says that it did not.',
    'models.delete.answer',
    objects('DeleteModelResponse', (answer) => ({ ...answer, deleted: false })),
  ),
  defect(
    'model-deletion-of-another-id',
    'Answers the deletion of a model with its base model.',
    'models.delete.answer',
    objects('DeleteModelResponse', (answer) => ({ ...answer, id: 'gpt-4o-mini' })),
  ),
  defect('model-deletion-forbidden', 'Deletes a model and answers 403.', 'models.delete.answer', {
    answer: (answer, { operationId }) =>
      operationId === 'deleteModel' && answer.kind === 'json' && answer.status === 200
        ? {
            ...answer,
            status: 403,
            body: { error: { message: 'Forbidden', type: 'invalid_request_error', param: null, code: null } },
          }
        : answer,
  }),
  defect(
    'fine-tuned-retrieved-as-base',
    'Shows the base model where a fine-tuned one is asked for.',
    'models.fine-tuned.retrievable',
    objects(
      'Model',
      (model, { path }) => ({
        ...model,
        id: (path['model'] ?? '').startsWith('ft:') ? 'gpt-4o-mini' : (path['model'] ?? ''),
      }),
      ({ operationId }) => operationId === 'retrieveModel',
    ),
  ),
];

const anyGrader = (component: 'RunGraderRequest' | 'ValidateGraderRequest'): ReturnType<typeof contract> =>
  contract(editSchema(`#/components/schemas/${component}/properties/grader`, () => ({})));

/** Compares texts by another operation than the one that is asked for. */
const comparesAs = (edit: (operation: JsonValue) => JsonValue): ReturnType<typeof sentBodies> =>
  sentBodies(['runGrader'], (body) => editedObject(body, ['grader', 'operation'], edit));

const graders: readonly Defect[] = [
  defect(
    'any-grader-valid',
    'Calls every grader valid.',
    'graders.validate.invalid',
    anyGrader('ValidateGraderRequest'),
  ),
  defect('any-grader-runs', 'Runs graders that are malformed.', 'graders.run.invalid', anyGrader('RunGraderRequest')),
  defect(
    'grader-comes-back-short',
    'Leaves the template out of a validated grader.',
    'graders.validate.echo',
    bodiesOf(['validateGrader'], (body) => onGrader(body, (grader) => without(grader, 'input'))),
  ),
  defect(
    'grader-renamed',
    'Renames a validated grader.',
    'graders.validate.echo',
    bodiesOf(['validateGrader'], (body) => onGrader(body, (grader) => ({ ...grader, name: 'validated' }))),
  ),
  defect(
    'grader-operation-lost',
    'Makes every operation eq in a validated grader.',
    'graders.validate.echo',
    bodiesOf(['validateGrader'], (body) => onGrader(body, (grader) => ({ ...grader, operation: 'eq' }))),
  ),
  defect(
    'rewards-everything',
    'Rewards every sample.',
    'graders.run.string-check',
    objects('RunGraderResponse', (result) => ({ ...result, reward: 1 })),
  ),
  defect(
    'rewards-nothing',
    'Rewards no sample.',
    'graders.run.string-check',
    objects('RunGraderResponse', (result) => ({ ...result, reward: 0 })),
  ),
  defect(
    'rewards-inverted',
    'Rewards what does not match.',
    'graders.run.string-check',
    objects('RunGraderResponse', (result) => editedObject(result, ['reward'], (reward) => 1 - Number(reward))),
  ),
  defect(
    'string-check-ignores-case',
    'Ignores case in a string check.',
    'graders.run.string-check',
    comparesAs((operation) => (operation === 'eq' ? 'ilike' : operation)),
  ),
  defect(
    'ilike-minds-case',
    'Minds case in a string check that is not to.',
    'graders.run.string-check',
    comparesAs((operation) => (operation === 'ilike' ? 'like' : operation)),
  ),
  defect(
    'ne-is-eq',
    'Knows one kind of comparison only.',
    'graders.run.string-check',
    comparesAs(() => 'eq'),
  ),
  defect(
    'string-check-swaps-texts',
    'Takes ne for eq.',
    'graders.run.string-check',
    comparesAs((operation) => (operation === 'eq' ? 'ne' : operation)),
  ),
];

const REQUEST = '#/components/schemas/CreateFineTuningCheckpointPermissionRequest';
const CREATE = ['createFineTuningCheckpointPermission'] as const;
const PAGES = ['listFineTuningCheckpointPermissions'] as const;

const permissions: readonly Defect[] = [
  defect(
    'permission-without-projects',
    'Grants a permission to nobody.',
    'permissions.project_ids.required',
    contract(editSchema(REQUEST, (schema) => without(schema, 'required'))),
  ),
  defect(
    'permission-with-anything',
    'Ignores members of a grant that it does not know.',
    'permissions.unknown-member',
    contract(editSchema(REQUEST, (schema) => without(schema, 'additionalProperties'))),
  ),
  defect(
    'permission-for-any-key',
    'Lets an ordinary key manage permissions.',
    'permissions.project-key.refused',
    switches({ adminKeyCheck: 'any-key' }),
  ),
  defect(
    'permissions-listed-for-any-key',
    'Shows permissions to an ordinary key.',
    'permissions.project-key.refused',
    switches({ adminKeyCheck: 'writes-only' }),
  ),
  defect(
    'permission-for-text',
    'Takes a text for the list of projects.',
    'permissions.project_ids.type',
    contract(editSchema(`${REQUEST}/properties/project_ids`, () => ({}))),
  ),
  defect(
    'permission-for-numbers',
    'Does not look at the projects in the list.',
    'permissions.project_ids.type',
    contract(editSchema(`${REQUEST}/properties/project_ids`, (schema) => without(schema, 'items'))),
  ),
  defect(
    'permission-filter-ignored',
    'Ignores project_id.',
    'permissions.list.project_id',
    switches({ projectFilter: 'ignored' }),
  ),
  defect(
    'permission-filter-by-beginning',
    'Lists permissions of projects whose names begin as the one that was asked for.',
    'permissions.list.project_id',
    switches({ projectFilter: 'by-beginning' }),
  ),
  defect(
    'unknown-permission-withdrawn',
    'Says of a permission that does not exist that it is withdrawn.',
    'permissions.unknown.404',
    switches({ unknownPermission: 'withdrawn' }),
  ),
  defect(
    'permission-refused-500',
    'Answers 500 where projects are no list of text.',
    'errors.no-5xx',
    refusals((answer, { operationId }) =>
      operationId === CREATE[0] && answer.status === 400 ? { ...answer, status: 500 } : answer,
    ),
  ),
  defect(
    'permission-for-first-project',
    'Grants a permission to the first project only.',
    'permissions.create.projects',
    sentBodies(CREATE, (body) =>
      editedObject(body, ['project_ids'], (ids) => (Array.isArray(ids) ? ids.slice(0, 1) : ids)),
    ),
  ),
  defect(
    'permission-answered-empty',
    'Answers a grant with an empty list.',
    'permissions.create.projects',
    bodiesOf(CREATE, (body) => emptied(body)),
  ),
  defect(
    'permission-not-listed',
    'Does not list permissions.',
    'permissions.created.listed',
    bodiesOf(PAGES, (body) => emptied(body)),
  ),
  defect(
    'permission-not-withdrawn',
    'Says that a permission is withdrawn and keeps it.',
    'permissions.deleted.gone',
    switches({ deletedPermission: 'kept' }),
  ),
  defect(
    'permission-of-another-project',
    'Lists permissions under another project.',
    'permissions.created.listed',
    together(
      objects(
        'FineTuningCheckpointPermission',
        (permission) => ({ ...permission, project_id: 'proj_default' }),
        ({ operationId }) => operationId === PAGES[0],
      ),
    ),
  ),
];

export const resourceDefects: readonly Defect[] = [...models, ...graders, ...permissions];

function onGrader(body: Parameters<typeof memberAt>[0], edit: (grader: JsonObject) => JsonObject): JsonObject {
  const object = isObject(body) ? body : {};
  return editedObject(object, ['grader'], (grader) => (isObject(grader) ? edit(grader) : grader));
}

function emptied(body: Parameters<typeof memberAt>[0]): JsonObject {
  return { ...(isObject(body) ? body : {}), data: [], has_more: false, first_id: null, last_id: null };
}
