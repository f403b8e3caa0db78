// What goes right alone and wrong beside something else: filters beside pages, controls beside what clients announce, the
// second time.
import { ApiError } from '../../http/api-error.ts';
import { isList, isObject, type JsonObject, type JsonValue, member } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { bodiesOf, defect, editedObject, jobsIn, objects, switches, textIn } from '../hooks.ts';
import { anyPair, refuses } from './body-tests.ts';

const CONTROLS = ['cancelFineTuningJob', 'pauseFineTuningJob', 'resumeFineTuningJob'];

/** Drops a parameter of the list of jobs where it is filtered. */
function forgetsBesideFilter(forgotten: string): Hooks {
  return {
    request: (request) =>
      request.operationId === 'listPaginatedFineTuningJobs' &&
      request.query.some(([name]) => name.startsWith('metadata['))
        ? { ...request, query: request.query.filter(([name]) => name !== forgotten) }
        : request,
  };
}

/** Refuses controls that announce a body and have none, as a framework does that parses by Content-Type alone. */
const refusesEmptyJson: Hooks = {
  request: (request) => {
    const { headers } = request.incoming;
    if (CONTROLS.includes(request.operationId) && headers['content-type'] === 'application/json')
      throw new ApiError({ status: 400, message: 'Body cannot be empty when content-type is set to application/json' });
    return request;
  },
};

/** Falls over create bodies that pass a test. */
function fallsOver(when: (body: JsonValue) => boolean): Hooks {
  return {
    request: (request) => {
      if (request.operationId === 'createFineTuningJob' && request.body !== undefined && when(request.body))
        throw new ApiError({ status: 500, message: 'Internal error', type: 'server_error' });
      return request;
    },
  };
}

/** Shows deleted things of an operation's list, in the form in which they were answered last. */
const listsTheDeleted: Hooks = {
  answer: (answer, { operationId, path, memory }) => {
    if (answer.kind !== 'json' || answer.status >= 300) return answer;
    if (operationId === 'retrieveFile') memory.set(`file ${path['file_id'] ?? ''}`, answer.body);
    if (operationId === 'deleteFile') {
      const file = memory.get(`file ${path['file_id'] ?? ''}`);
      if (file !== undefined) memory.set('deleted', file);
    }
    const deleted = memory.get('deleted');
    if (operationId !== 'listFiles' || !isObject(answer.body) || deleted === undefined) return answer;
    const data = member(answer.body, 'data');
    return { ...answer, body: { ...answer.body, data: [deleted as JsonValue, ...(isList(data) ? data : [])] } };
  },
};

const twoByteText = (text: string): boolean => Buffer.byteLength(text) > 512 && text.length <= 512;

export const besideDefects: readonly Defect[] = [
  defect('limit-forgotten-beside-filter', 'Ignores limit where the list is filtered.', 'list.limit.honoured', forgetsBesideFilter('limit')),
  defect('after-forgotten-beside-filter', 'Ignores after where the list is filtered.', 'list.after.exclusive', forgetsBesideFilter('after')),
  defect('controls-of-clients-refused', 'Refuses a cancel that announces JSON and has no body, as the official clients send it.', 'cancel.answers-cancelled', refusesEmptyJson),
  defect('second-pause-ignored', 'Pauses a job once, and no more when it was resumed.', 'pause.holds', switches({ pause: 'once' })),
  defect('key-not-on-deletes', 'Needs no key to delete.', 'auth.missing-key.refused', switches({ keyCheck: 'not-on-deletes' })),
  defect('key-not-on-pauses', 'Needs no key to pause and resume.', 'auth.missing-key.refused', switches({ keyCheck: 'not-on-pauses' })),
  defect('metadata-counted-in-bytes', 'Counts the bytes of metadata, not its characters.', 'create.metadata.accepts', refuses('metadata', 'A value is too long', (body) => anyPair(body, (_, value) => twoByteText(value)))),
  defect('long-model-500', 'Falls over the name of a model that is longer than its column.', 'errors.no-5xx', fallsOver((body) => textIn(body, 'model').length > 255)),
  defect('result-files-named-anew', 'Names the result files of a job anew at each read.', 'status.finished.frozen', jobsIn(['succeeded'], (job, { calls }) => editedObject(job, ['result_files'], (files) => (isList(files) ? files.map((file) => typeof file === 'string' ? `${file}-${calls}` : file) : files)))),
  defect('result-file-of-no-bytes', 'Says of result files that they have no bytes.', 'files.results.downloadable', objects('OpenAIFile', (file) => (file['purpose'] === 'fine-tune-results' ? { ...file, bytes: 0 } : file))),
  defect('deleted-file-listed', 'Goes on to list a deleted file.', 'files.delete.gone', listsTheDeleted),
  defect('deleted-file-deleted-again', 'Says of a deleted file that it is deleted, each time anew.', 'files.delete.gone', {
    answer: (answer, { operationId, path, memory }) => {
      const id = path['file_id'] ?? '';
      if (operationId !== 'deleteFile' || answer.kind !== 'json') return answer;
      if (answer.status < 300) memory.set(id, true);
      return memory.has(id) ? { ...answer, status: 200, body: { id, object: 'file', deleted: true } } : answer;
    },
  }),
  defect('deleted-model-retrievable', 'Goes on to show a deleted model.', 'models.delete.gone', {
    answer: (answer, { operationId, path, memory }) => {
      const id = path['model'] ?? '';
      if (answer.kind !== 'json') return answer;
      if (operationId === 'retrieveModel' && answer.status < 300) memory.set(id, answer.body);
      const known = memory.get(id);
      return operationId === 'retrieveModel' && known !== undefined ? { ...answer, status: 200, body: known as JsonObject } : answer;
    },
  }),
  defect('grader-validated-in-part', 'Answers the validation of a grader without what only some kinds have.', 'graders.validate.echo', bodiesOf(['validateGrader'], (body) => editedObject(isObject(body) ? body : {}, ['grader'], (grader) => (isObject(grader) ? Object.fromEntries(Object.entries(grader).filter(([name]) => name !== 'image_tag')) : grader)))),
]; // prettier-ignore
