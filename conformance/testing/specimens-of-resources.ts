// Chapters files, models, graders and permissions.
import type { JsonObject } from '../contract/json.ts';
import { type Answered, type Exchange } from '../requirements/exchange.ts';
import type { Observation } from '../requirements/observation.ts';
import { answered, refused, unanswered } from './exchanges.ts';
import { probed } from './judged.ts';
import { A_STRING_CHECK, aFile, aModel, aPermission, type Changes } from './objects.ts';
import { breaks, ignores, keeps, leavesOpen, page, type Specimen } from './specimens.ts';
import { unknownIdSpecimens } from './specimens-of-jobs.ts';

function upload(changes: Changes = {}): Observation {
  return probed({
    name: 'upload',
    upload: answered(aFile(changes)),
    filename: 'train.jsonl',
    bytes: 120,
    purpose: 'fine-tune',
  });
}

function fileList(list: Exchange): Observation {
  return probed({ name: 'file-purpose', purpose: 'fine-tune', list, expected: ['file-1'] });
}
function inOrder(order: 'asc' | 'desc', ...times: readonly number[]): Observation {
  return probed({ name: 'file-order', order, list: page(times.map((time) => aFile({ created_at: time }))) });
}

/** The file behind another one in a list. */
function listed(changes: Changes): Observation {
  const list = page([aFile({ id: 'file-2' }), aFile(changes)]);
  return probed({ name: 'listed-file', list, index: 1, upload: answered(aFile({ status: 'uploaded' })) });
}

const GONE = refused(404);
const DELETED: JsonObject = { id: 'file-1', object: 'file', deleted: true };
function deleted(deletion: Exchange = answered(DELETED), after: Exchange = GONE): Observation {
  return probed({ name: 'delete-file', id: 'file-1', deletion, after });
}

const CONTENT = answered('the content');
function download(exchange: Exchange, of: Answered = CONTENT): Observation {
  return probed({ name: 'download', download: exchange, sha256: of.outcome.sha256, bytes: of.outcome.bytes });
}
function results(retrieve: Exchange, content: Exchange = CONTENT): Observation {
  return probed({ name: 'result-file', retrieve, download: content });
}
const EMPTY: Answered = { ...CONTENT, outcome: { ...CONTENT.outcome, bytes: 0 } };
const RESULTS = answered(aFile({ purpose: 'fine-tune-results', bytes: CONTENT.outcome.bytes }));

const OF_FILES: readonly Specimen[] = [
  keeps('files.upload.bytes', 'as many bytes as were sent', upload()),
  breaks('files.upload.bytes', 'another number', upload({ bytes: 121 })),
  keeps('files.upload.purpose', 'the purpose that was sent', upload()),
  breaks('files.upload.purpose', 'another purpose', upload({ purpose: 'assistants' })),
  keeps('files.upload.filename', 'the name that was sent', upload()),
  breaks('files.upload.filename', 'another name', upload({ filename: 'upload.jsonl' })),
  keeps('files.upload.bad-purpose', 'a refusal', probed({ name: 'bad-purpose', upload: refused(400) })),
  breaks('files.upload.bad-purpose', 'a file', probed({ name: 'bad-purpose', upload: answered(aFile()) })),
  breaks('files.upload.bad-purpose', 'an error of the server', probed({ name: 'bad-purpose', upload: refused(500) })),
  leavesOpen('files.upload.bad-purpose', 'no answer', probed({ name: 'bad-purpose', upload: unanswered() })),
  keeps('files.list.purpose', 'files of the purpose', fileList(page([aFile()]))),
  breaks('files.list.purpose', 'a file of another purpose', fileList(page([aFile(), aFile({ id: 'file-2', purpose: 'batch' })]))),
  breaks('files.list.purpose', 'a list without our file', fileList(page([], false))),
  ignores('files.list.purpose', 'a full page without our file', fileList(page([aFile({ id: 'file-2' })], true))),
  breaks('files.list.purpose', 'a refusal', fileList(refused(400))),
  leavesOpen('files.list.purpose', 'no answer', fileList(unanswered())),
  keeps('files.list.order', 'falling times', inOrder('desc', 9, 9, 8)),
  keeps('files.list.order', 'rising times', inOrder('asc', 8, 9, 9)),
  breaks('files.list.order', 'rising times for desc', inOrder('desc', 8, 9)),
  breaks('files.list.order', 'falling times for asc', inOrder('asc', 9, 8)),
  ignores('files.list.order', 'a single file', inOrder('asc', 9)),
  keeps('files.retrieve.same-file', 'the file', probed({ name: 'retrieve-file', upload: answered(aFile()), retrieve: answered(aFile({ status: 'uploaded' })) })),
  ...['id', 'object', 'bytes', 'filename', 'purpose', 'created_at'].map((name) =>
    breaks('files.retrieve.same-file', `another ${name}`, probed({ name: 'retrieve-file', upload: answered(aFile()), retrieve: answered(aFile({ [name]: 'other' })) })),
  ),
  breaks('files.retrieve.same-file', 'a refusal', probed({ name: 'retrieve-file', upload: answered(aFile()), retrieve: refused(404) })),
  leavesOpen('files.retrieve.same-file', 'no answer', probed({ name: 'retrieve-file', upload: answered(aFile()), retrieve: unanswered() })),
  keeps('files.retrieve.same-file', 'the file in a list', listed({ status: 'processed' })),
  keeps('files.retrieve.same-file', 'a file in a list that lacks a member', listed({ bytes: undefined })),
  ...['object', 'bytes', 'filename', 'purpose', 'created_at'].map((name) =>
    breaks('files.retrieve.same-file', `another ${name} in a list`, listed({ [name]: 'other' })),
  ),
  ...unknownIdSpecimens('files.unknown.404'),
  keeps('files.delete.answer', 'the id and deleted', deleted()),
  breaks('files.delete.answer', 'deleted false', deleted(answered({ ...DELETED, deleted: false }))),
  breaks('files.delete.answer', 'another id', deleted(answered({ ...DELETED, id: 'file-2' }))),
  breaks('files.delete.answer', 'a refusal', deleted(refused(409))),
  leavesOpen('files.delete.answer', 'no answer', deleted(unanswered())),
  keeps('files.delete.gone', 'a 404', deleted()),
  breaks('files.delete.gone', 'the file', deleted(answered(DELETED), answered(aFile()))),
  keeps('files.delete.gone', 'a list without it', probed({ name: 'deleted-file-listed', id: 'file-1', list: page([aFile({ id: 'file-2' })]) })),
  breaks('files.delete.gone', 'a list with it', probed({ name: 'deleted-file-listed', id: 'file-1', list: page([aFile({ id: 'file-2' }), aFile()]) })),
  leavesOpen('files.delete.gone', 'no answer', deleted(answered(DELETED), unanswered())),
  ignores('files.delete.gone', 'a deletion that was refused', deleted(refused(409), answered(aFile()))),
  keeps('files.content.round-trip', 'the same bytes', download(CONTENT)),
  breaks('files.content.round-trip', 'as many other bytes', download(answered('the c0ntent'))),
  breaks('files.content.round-trip', 'more bytes', download(answered('the content!'))),
  breaks('files.content.round-trip', 'a refusal', download(refused(404))),
  leavesOpen('files.content.round-trip', 'no answer', download(unanswered())),
  keeps('files.results.downloadable', 'a result file with content', results(RESULTS)),
  keeps('files.results.downloadable', 'a result file without a size', results(answered(aFile({ purpose: 'fine-tune-results', bytes: undefined })))),
  breaks('files.results.downloadable', 'another size', results(answered(aFile({ purpose: 'fine-tune-results', bytes: 0 })))),
  breaks('files.results.downloadable', 'another purpose', results(answered(aFile()))),
  breaks('files.results.downloadable', 'no content', results(RESULTS, EMPTY)),
  breaks('files.results.downloadable', 'a file that is not there', results(GONE)),
  breaks('files.results.downloadable', 'content that is refused', results(RESULTS, refused(403))),
  leavesOpen('files.results.downloadable', 'no answer', results(RESULTS, unanswered())),
]; // prettier-ignore

const MODEL = 'ft:model';
function modelList(list: Exchange): Observation {
  return probed({ name: 'model-listed', model: MODEL, list });
}
function model(retrieve: Exchange): Observation {
  return probed({ name: 'model-retrieved', model: MODEL, retrieve });
}
const MODEL_DELETED = answered({ id: MODEL, object: 'model', deleted: true });
function modelDeleted(deletion: Exchange = MODEL_DELETED, again: Exchange = GONE, after: Exchange = GONE): Observation {
  return probed({ name: 'model-deleted', model: MODEL, deletion, again, after });
}

const OF_MODELS: readonly Specimen[] = [
  keeps('models.fine-tuned.listed', 'the model', modelList(page([aModel(), aModel({ id: MODEL })]))),
  breaks('models.fine-tuned.listed', 'other models', modelList(page([aModel()]))),
  breaks('models.fine-tuned.listed', 'a refusal', modelList(refused(403))),
  leavesOpen('models.fine-tuned.listed', 'no answer', modelList(unanswered())),
  keeps('models.fine-tuned.retrievable', 'the model', model(answered(aModel({ id: MODEL })))),
  breaks('models.fine-tuned.retrievable', 'another model', model(answered(aModel()))),
  breaks('models.fine-tuned.retrievable', 'a refusal', model(GONE)),
  leavesOpen('models.fine-tuned.retrievable', 'a rate limit', model(refused(429))),
  ...unknownIdSpecimens('models.unknown.404'),
  keeps('models.delete.answer', 'the id and deleted', modelDeleted()),
  breaks('models.delete.answer', 'deleted false', modelDeleted(answered({ id: MODEL, object: 'model', deleted: false }))),
  breaks('models.delete.answer', 'another id', modelDeleted(answered({ id: 'x', object: 'model', deleted: true }))),
  breaks('models.delete.answer', 'a refusal', modelDeleted(refused(400))),
  leavesOpen('models.delete.answer', 'a key without the right to delete', modelDeleted(refused(403), refused(403))),
  breaks('models.delete.answer', 'a refusal after which the model is gone', modelDeleted(refused(403), refused(404))),
  keeps('models.delete.gone', 'a 404', modelDeleted()),
  breaks('models.delete.gone', 'a model that can be retrieved still', modelDeleted(MODEL_DELETED, GONE, answered(aModel({ id: MODEL })))),
  breaks('models.delete.gone', 'deleted again', modelDeleted(MODEL_DELETED, MODEL_DELETED)),
  ignores('models.delete.gone', 'a deletion that was refused', modelDeleted(refused(403), refused(403))),
]; // prettier-ignore

function invalidGrader(requirement: string): Specimen[] {
  const asked = (exchange: Exchange, of = requirement): Observation =>
    probed({ name: 'grader-invalid', requirement: of, exchange });
  return [
    keeps(requirement, 'a refusal', asked(refused(400))),
    breaks(requirement, 'a result', asked(answered({ reward: 1 }))),
    breaks(requirement, 'an error of the server', asked(refused(500))),
    leavesOpen(requirement, 'no answer', asked(unanswered())),
    ignores(requirement, 'another question', asked(answered({}), 'other')),
  ];
}
function graderEcho(validation: Exchange): Observation {
  return probed({ name: 'grader-echo', grader: A_STRING_CHECK, validation });
}
function graderRun(run: Exchange): Observation {
  return probed({ name: 'grader-run', expected: 1, run });
}

const OF_GRADERS: readonly Specimen[] = [
  keeps('graders.validate.echo', 'the grader with more members', graderEcho(answered({ grader: { ...A_STRING_CHECK, version: 2 } }))),
  breaks('graders.validate.echo', 'a changed grader', graderEcho(answered({ grader: { ...A_STRING_CHECK, operation: 'ne' } }))),
  breaks('graders.validate.echo', 'no grader', graderEcho(answered({}))),
  breaks('graders.validate.echo', 'a refusal', graderEcho(refused(400))),
  leavesOpen('graders.validate.echo', 'no answer', graderEcho(unanswered())),
  ...invalidGrader('graders.validate.invalid'),
  keeps('graders.run.string-check', 'the reward', graderRun(answered({ reward: 1 }))),
  breaks('graders.run.string-check', 'another reward', graderRun(answered({ reward: 0 }))),
  breaks('graders.run.string-check', 'a reward in words', graderRun(answered({ reward: '1' }))),
  breaks('graders.run.string-check', 'a refusal', graderRun(refused(400))),
  leavesOpen('graders.run.string-check', 'no answer', graderRun(unanswered())),
  ...invalidGrader('graders.run.invalid'),
]; // prettier-ignore

const GRANTED = page([aPermission()]);
function granted(creation: Exchange, list: Exchange = GRANTED): Observation {
  return probed({ name: 'permission-created', projects: ['proj-1'], creation, list });
}
const WITHDRAWN = answered({ id: 'cp-1', object: 'checkpoint.permission', deleted: true });
function withdrawn(deletion: Exchange = WITHDRAWN, list: Exchange = page([])): Observation {
  return probed({ name: 'permission-deleted', id: 'cp-1', deletion, list });
}
function permissionsAt(order: 'ascending' | 'descending' | undefined, ...times: readonly number[]): Observation {
  const list = page(times.map((time, index) => aPermission({ id: `cp-${index}`, created_at: time })));
  return probed({ name: 'permission-order', order, list });
}
function refusedPermission(requirement: string, exchange: Exchange): Observation {
  return probed({ name: 'permission-refused', requirement, exchange });
}

const OF_PERMISSIONS: readonly Specimen[] = [
  keeps('permissions.create.projects', 'each project', granted(GRANTED)),
  breaks('permissions.create.projects', 'another project', granted(page([aPermission({ project_id: 'proj-2' })]))),
  // Nobody has the projects that the run names.
  ...[400, 404].map((status) => leavesOpen('permissions.create.projects', `a refusal with ${status}`, granted(refused(status)))),
  breaks('permissions.create.projects', 'an error of the server', granted(refused(500))),
  leavesOpen('permissions.create.projects', 'no answer', granted(unanswered())),
  keeps('permissions.created.listed', 'the project in the list', granted(GRANTED)),
  breaks('permissions.created.listed', 'a list without it', granted(GRANTED, page([]))),
  breaks('permissions.created.listed', 'a list that is refused', granted(GRANTED, refused(403))),
  ignores('permissions.created.listed', 'a permission that was refused', granted(refused(400))),
  keeps('permissions.deleted.gone', 'a list without it', withdrawn()),
  breaks('permissions.deleted.gone', 'a list with it', withdrawn(WITHDRAWN, GRANTED)),
  breaks('permissions.deleted.gone', 'deleted false', withdrawn(answered({ id: 'cp-1', object: 'checkpoint.permission', deleted: false }))),
  leavesOpen('permissions.deleted.gone', 'a list that is not answered', withdrawn(WITHDRAWN, unanswered())),
  ...['permissions.project_ids.required', 'permissions.project_ids.type', 'permissions.unknown-member'].flatMap((row) => [
    keeps(row, 'a refusal', refusedPermission(row, refused(400))),
    breaks(row, 'a permission', refusedPermission(row, GRANTED)),
    breaks(row, 'an error of the server', refusedPermission(row, refused(500))),
    leavesOpen(row, 'no answer', refusedPermission(row, unanswered())),
  ]),
  ...[401, 403].map((status) =>
    keeps('permissions.project-key.refused', `a ${status}`, refusedPermission('permissions.project-key.refused', refused(status))),
  ),
  breaks('permissions.project-key.refused', 'a 404', refusedPermission('permissions.project-key.refused', refused(404))),
  breaks('permissions.project-key.refused', 'a permission', refusedPermission('permissions.project-key.refused', GRANTED)),
  ...unknownIdSpecimens('permissions.unknown.404'),
  ...([undefined, 'descending'] as const).flatMap((order) => [
    keeps('permissions.list.order', `the newest first, by ${order}`, permissionsAt(order, 9, 8, 8)),
    breaks('permissions.list.order', `the oldest first, by ${order}`, permissionsAt(order, 8, 9)),
  ]),
  keeps('permissions.list.order', 'the oldest first, by ascending', permissionsAt('ascending', 8, 8, 9)),
  breaks('permissions.list.order', 'the newest first, by ascending', permissionsAt('ascending', 9, 8)),
  ignores('permissions.list.order', 'permissions of one second', permissionsAt('ascending', 8, 8)),
]; // prettier-ignore

export const SPECIMENS_OF_RESOURCES: readonly Specimen[] = [
  ...OF_FILES,
  ...OF_MODELS,
  ...OF_GRADERS,
  ...OF_PERMISSIONS,
];
