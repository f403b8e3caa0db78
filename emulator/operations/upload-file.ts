// POST /files: receives a file and decides whether it is kept. Statuses, params and forms of the messages are the
// captured ones where there are any.
import type { Context } from '../context.ts';
import { DatasetInspector } from '../dataset/inspector.ts';
import type { DatasetFacts } from '../dataset/facts.ts';
import { type Answer, success } from '../http/answer.ts';
import { ApiError, badRequest, tooLarge } from '../http/api-error.ts';
import { type ReceivedUpload, receiveUpload } from '../http/receive-upload.ts';
import type { ApiRequest } from '../request.ts';
import type { FileRecord } from '../store/records.ts';
import { fileView } from './files.ts';

/** In the order in which the captured refusal names them. */
const PURPOSES = ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'];
const EXPIRY_SECONDS = { least: 3600, most: 2_592_000 };
const EXPIRY_ANCHOR = 'expires_after[anchor]';
const EXPIRY = 'expires_after[seconds]';
const KNOWN_FIELDS = ['purpose', EXPIRY_ANCHOR, EXPIRY];

/** POST /files. */
export async function createFile(context: Context, request: ApiRequest): Promise<Answer> {
  const { ids } = context.world.store;
  const id = ids.next('file-');
  const inspector = new DatasetInspector(context.edition.preferenceKeys);
  try {
    const target = { path: context.contents.pathOf(id), inspector, limit: context.uploadLimit };
    const upload = await receiveUpload(request.incoming, target);
    const file = fileOf(context, id, upload, inspector.end());
    context.world.store.change({ change: 'file', file });
    return success(fileView(file));
  } catch (error) {
    context.contents.remove(id);
    throw error;
  }
}

function fileOf(context: Context, id: string, upload: ReceivedUpload, facts: DatasetFacts): FileRecord {
  const fields = new Map(upload.fields);
  const { file } = upload;
  if (file === null) throw badRequest("'file' is a required property", 'file');
  const unknown = [...fields.keys(), ...upload.fileParts].find((name) => ![...KNOWN_FIELDS, 'file'].includes(name));
  if (unknown !== undefined) throw badRequest(`'${unknown}' is unknown here: extra fields not permitted`, unknown);
  if (upload.fileParts.length > 1) throw badRequest("only one part may be called 'file'", 'file');
  if (file.tooLarge) throw tooLarge(`The file has more than the ${context.uploadLimit} bytes that are allowed`, 'file');
  const purpose = purposeOf(fields.get('purpose'), context);
  if (purpose === 'fine-tune' && context.policy.uploadContent === 'checked') checkDataset(file.filename, facts);
  const createdAtMs = context.world.nowMs;
  return {
    id,
    sequence: context.world.store.ids.nextSequence(),
    createdAtMs,
    bytes: file.bytes,
    filename: file.filename,
    purpose,
    expiresAtMs: expiryOf(fields, createdAtMs),
    facts,
    deletedAtMs: null,
  };
}

function purposeOf(purpose: string | undefined, context: Context): string {
  if (purpose === undefined) throw badRequest("'purpose' is a required property", 'purpose');
  if (PURPOSES.includes(purpose) || context.policy.uploadPurpose === 'any') return purpose;
  const allowed = PURPOSES.map((one) => `'${one}'`).join(', ');
  const message = `'${purpose.slice(0, 60)}' is not one of [${allowed}] - 'purpose'`;
  throw new ApiError({ status: 400, message, param: 'purpose', detail: { message, code: null } });
}

function checkDataset(filename: string, { broken, examples }: DatasetFacts): void {
  if (!filename.toLowerCase().endsWith('.jsonl')) {
    throw badRequest('Invalid file format for Fine-Tuning API. Must be .jsonl', 'file');
  }
  if (broken?.reason === 'too-long') throw badRequest(`Line ${broken.line} of the file is too long`);
  if (broken !== null) {
    throw badRequest(
      'Expected file to have JSONL format, where every line is a (valid) JSON dictionary. ' +
        `Line ${broken.line} is not a dictionary (HINT: line starts with: "${broken.start}...").`,
    );
  }
  if (examples === 0) throw badRequest('File is empty.', 'file');
}

function expiryOf(fields: ReadonlyMap<string, string>, createdAtMs: number): number | null {
  const anchor = fields.get(EXPIRY_ANCHOR);
  const text = fields.get(EXPIRY);
  if (anchor === undefined && text === undefined) return null;
  if (anchor !== 'created_at') {
    throw badRequest(`'${anchor ?? ''}' is not one of ['created_at'] - 'expires_after.anchor'`, 'expires_after.anchor');
  }
  const { least, most } = EXPIRY_SECONDS;
  const seconds = /^[0-9]{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (seconds >= least && seconds <= most) return (Math.floor(createdAtMs / 1000) + seconds) * 1000;
  const message = `'${(text ?? '').slice(0, 40)}' is not a whole number from ${least} to ${most} - 'expires_after.seconds'`;
  throw badRequest(message, 'expires_after.seconds');
}
