// Files that come back changed, are told wrongly, or do not go when they are deleted.
import { Readable, Transform } from 'node:stream';
import type { Answer } from '../../http/answer.ts';
import type { JsonObject } from '../../json.ts';
import type { Defect, Exchange, Hooks } from '../defect.ts';
import { bodiesOf, defect, editedObject, objects, switches, textIn, together } from '../hooks.ts';

const UPLOAD = ['createFile'] as const;

const uploaded = (edit: (file: JsonObject, exchange: Exchange) => JsonObject): Hooks =>
  objects('OpenAIFile', edit, ({ operationId }) => operationId === 'createFile');

const inLists = (edit: (file: JsonObject) => JsonObject): Hooks =>
  objects('OpenAIFile', edit, ({ operationId }) => operationId === 'listFiles');

const told: readonly Defect[] = [
  defect(
    'bytes-unknown',
    'Shows 0 bytes for an uploaded file.',
    'files.upload.bytes',
    uploaded((file) => ({ ...file, bytes: 0 })),
  ),
  defect(
    'bytes-of-the-request',
    'Counts the envelope of the upload as bytes of the file.',
    'files.upload.bytes',
    objects('OpenAIFile', (file) => editedObject(file, ['bytes'], (bytes) => Number(bytes) + 214)),
  ),
  defect(
    'bytes-in-kilobytes',
    'Shows the size of files in kilobytes.',
    'files.upload.bytes',
    objects('OpenAIFile', (file) => editedObject(file, ['bytes'], (bytes) => Math.ceil(Number(bytes) / 1024))),
  ),
  defect(
    'filename-invented',
    'Names uploaded files itself.',
    'files.upload.filename',
    objects('OpenAIFile', (file) => ({ ...file, filename: 'uploaded_file_4.jsonl' })),
  ),
  defect(
    'filename-in-capitals',
    'Shows the names of files in capitals.',
    'files.upload.filename',
    objects('OpenAIFile', (file) => ({ ...file, filename: textIn(file, 'filename').toUpperCase() })),
  ),
  defect(
    'filename-read-as-latin-1',
    'Reads the name of an uploaded file as Latin-1.',
    'files.upload.filename',
    objects('OpenAIFile', (file) => ({
      ...file,
      filename: Buffer.from(textIn(file, 'filename'), 'utf8').toString('latin1'),
    })),
  ),
  defect(
    'filename-with-path',
    'Shows the path that a file has on the server.',
    'files.upload.filename',
    objects('OpenAIFile', (file) => ({ ...file, filename: `/uploads/${textIn(file, 'filename')}` })),
  ),
  defect(
    'purpose-underscored',
    'Calls the purpose fine_tune.',
    'files.file.purpose',
    objects('OpenAIFile', (file) =>
      editedObject(file, ['purpose'], (purpose) => (purpose === 'fine-tune' ? 'fine_tune' : purpose)),
    ),
  ),
  defect(
    'purpose-always-user-data',
    'Shows every file as user data.',
    'files.upload.purpose',
    uploaded((file) => ({ ...file, purpose: 'user_data' })),
  ),
  defect(
    'file-status-pending',
    'Leaves files pending.',
    'files.file.status',
    objects('OpenAIFile', (file) => ({ ...file, status: 'pending' })),
  ),
  defect(
    'file-created-as-text',
    'Shows the time of a file as text.',
    'files.file.created_at',
    objects('OpenAIFile', (file) =>
      editedObject(file, ['created_at'], (time) => new Date(Number(time) * 1000).toISOString()),
    ),
  ),
  defect(
    'file-retrieved-differs',
    'Shows another size on retrieve than on upload.',
    'files.retrieve.same-file',
    objects(
      'OpenAIFile',
      (file) => editedObject(file, ['bytes'], (bytes) => Number(bytes) + 1),
      ({ operationId }) => operationId === 'retrieveFile',
    ),
  ),
  defect(
    'files-listed-with-other-sizes',
    'Lists files with another size than they were uploaded with.',
    'files.retrieve.same-file',
    inLists((file) => editedObject(file, ['bytes'], (bytes) => Number(bytes) + 1)),
  ),
  defect(
    'files-listed-under-their-ids',
    'Lists files under their ids instead of their names.',
    'files.retrieve.same-file',
    inLists((file) => ({ ...file, filename: textIn(file, 'id') })),
  ),
  defect(
    'file-retrieved-is-the-newest',
    'Answers every retrieve with the newest file.',
    'files.retrieve.same-file',
    objects(
      'OpenAIFile',
      (file, { world }) => ({ ...file, id: world.files().at(-1)?.id ?? textIn(file, 'id') }),
      ({ operationId }) => operationId === 'retrieveFile',
    ),
  ),
  defect('upload-201', 'Answers an upload with 201.', 'transport.success.200', {
    answer: (answer, { operationId }) =>
      operationId === UPLOAD[0] && answer.status === 200 ? { ...answer, status: 201 } : answer,
  }),
];

const checks: readonly Defect[] = [
  defect(
    'any-purpose',
    'Accepts uploads of any purpose.',
    'files.upload.bad-purpose',
    switches({ uploadPurpose: 'any' }),
  ),
  defect(
    'any-content',
    'Accepts any content and trains on it.',
    'files.upload.not-jsonl',
    switches({ uploadContent: 'any', foreignFormat: 'ignored', tooFewExamples: 'ignored' }),
  ),
  defect(
    'purpose-filter-ignored',
    'Ignores the purpose in the list of files.',
    'files.list.purpose',
    switches({ purposeFilter: 'ignored' }),
  ),
  defect(
    'any-training-file',
    'Accepts training files that do not exist.',
    'refusal.training_file.unknown',
    switches({ trainingFileCheck: 'none' }),
  ),
  defect(
    'any-validation-file',
    'Accepts validation files that do not exist.',
    'refusal.validation_file.unknown',
    switches({ validationFileCheck: 'none' }),
  ),
  defect(
    'training-file-of-any-purpose',
    'Trains on files of any purpose.',
    'refusal.training_file.purpose',
    switches({ trainingFileCheck: 'exists' }),
  ),
  defect(
    'validation-file-of-any-purpose',
    'Validates with files of any purpose.',
    'refusal.validation_file.purpose',
    switches({ validationFileCheck: 'exists' }),
  ),
];

const deletions: readonly Defect[] = [
  defect(
    'file-not-deleted',
    'Says that a file is deleted and keeps it.',
    'files.delete.gone',
    switches({ deletedFile: 'kept' }),
  ),
  defect(
    'deletion-answers-false',
    'Deletes a file and says that it did not.',
    'files.delete.answer',
    objects('DeleteFileResponse', (answer) => ({ ...answer, deleted: false })),
  ),
  defect(
    'deletion-of-another-id',
    'Answers a deletion with the name of the file.',
    'files.delete.answer',
    objects('DeleteFileResponse', (answer) => ({ ...answer, id: 'file-deleted' })),
  ),
  defect(
    'deletion-without-body',
    'Answers a deletion with nothing.',
    'files.delete.answer',
    bodiesOf(['deleteFile'], () => ({})),
  ),
];

const contents: readonly Defect[] = [
  defect(
    'content-with-last-line-end',
    'Ends the content of a file with a line end that was not sent.',
    'files.content.round-trip',
    content((text) => (text.endsWith('\n') ? text : `${text}\n`)),
  ),
  defect(
    'content-without-last-line-end',
    'Drops the last line end of a file.',
    'files.content.round-trip',
    content((text) => text.replace(/\n$/, '')),
  ),
  defect(
    'content-with-crlf',
    'Makes CRLF of line ends.',
    'files.content.round-trip',
    content((text) => text.replaceAll('\n', '\r\n')),
  ),
  defect(
    'content-with-bom',
    'Puts a byte order mark in front of files.',
    'files.content.round-trip',
    content((text) => `\u00ef\u00bb\u00bf${text}`),
  ),
  defect(
    'content-cut',
    'Cuts files after 64 bytes.',
    'files.content.round-trip',
    content((text) => text.slice(0, 64)),
  ),
  defect(
    'content-recoded',
    'Replaces what is not ASCII in files.',
    'files.content.round-trip',
    content((text) => text.replace(/[\x80-\xff]/g, '?')),
  ),
  defect(
    'content-rewritten',
    'Writes files anew without spaces behind colons.',
    'files.content.round-trip',
    content((text) => text.replaceAll('": ', '":').replaceAll('":"', '": "')),
  ),
  defect(
    'content-is-the-file-object',
    'Answers with the file object where the content is asked for.',
    'files.content.round-trip',
    {
      answer: (answer, { operationId, path }) =>
        operationId === 'downloadFile' && answer.status === 200
          ? { kind: 'json', status: 200, headers: {}, body: { object: 'file', id: path['file_id'] ?? '' } }
          : answer,
    },
  ),
  defect(
    'results-unreadable',
    'Names result files that cannot be downloaded.',
    'files.results.downloadable',
    switches({ resultFile: 'unreadable' }),
  ),
  defect(
    'results-empty',
    'Gives empty result files.',
    'files.results.downloadable',
    together({
      answer: (answer, exchange) =>
        answer.kind === 'content' && exchange.world.results(exchange.path['file_id'] ?? '') !== undefined
          ? { ...answer, bytes: 0, open: () => Readable.from([]) }
          : answer,
    }),
  ),
];

export const fileDefects: readonly Defect[] = [...told, ...checks, ...deletions, ...contents];

/** Rewrites the content of downloads as a whole, a byte being a character. */
function content(edit: (text: string) => string): Hooks {
  return {
    answer: (answer: Answer) => {
      if (answer.kind !== 'content') return answer;
      return { ...answer, bytes: null, open: () => answer.open().pipe(rewriting(edit)) };
    },
  };
}

function rewriting(edit: (text: string) => string): Transform {
  const chunks: Buffer[] = [];
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
    flush(done) {
      done(null, Buffer.from(edit(Buffer.concat(chunks).toString('latin1')), 'latin1'));
    },
  });
}
