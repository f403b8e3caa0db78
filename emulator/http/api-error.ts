// Refusals in the envelope {error: {message, type, param, code}}. Where an answer of the real service was captured, its
// status, code, param and form of message are used; where none was, the wording is ours.
import type { JsonObject, JsonValue } from '../json.ts';

export interface ErrorMembers {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
  /** What stands beside `error`, as the file operations of the real service answer. */
  readonly detail?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal, thrown by whatever decides on it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly detail: JsonValue | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param members what is answered; `type` is invalid_request_error unless given. */
  constructor(members: ErrorMembers) {
    super(members.message);
    this.status = members.status;
    this.type = members.type ?? 'invalid_request_error';
    this.param = members.param ?? null;
    this.code = members.code ?? null;
    this.detail = members.detail;
    this.headers = members.headers ?? {};
  }

  /** The envelope. */
  get body(): JsonObject {
    const error = { message: this.message, type: this.type, param: this.param, code: this.code };
    return this.detail === undefined ? { error } : { error, detail: this.detail };
  }
}

/** A request that is wrong in itself. */
export function badRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError({ status: 400, message, param, code });
}

/** No such job. */
export function unknownJob(id: string): ApiError {
  const message = `Could not find fine tune: ${shown(id)}`;
  return new ApiError({ status: 404, message, param: 'fine_tune_id', code: 'fine_tune_not_found' });
}

/** No such file. */
export function unknownFile(id: string): ApiError {
  const message = `No such File object: ${shown(id)}`;
  return new ApiError({ status: 404, message, param: 'id', detail: { message, code: null } });
}

/** No such model. */
export function unknownModel(name: string): ApiError {
  const message = `The model '${shown(name)}' does not exist`;
  return new ApiError({ status: 404, message, param: 'model', code: 'model_not_found' });
}

/** A model that cannot be trained so. */
export function unavailableModel(name: string): ApiError {
  const message = `Model ${shown(name)} is not available for fine-tuning or does not exist.`;
  return new ApiError({ status: 400, message, code: 'model_not_available' });
}

/** No such checkpoint, where permissions on it are asked for. */
export function unknownCheckpoint(name: string): ApiError {
  const message = `No such checkpoint: ${shown(name)}`;
  return new ApiError({ status: 404, message, param: 'fine_tuned_model_checkpoint' });
}

/** No such permission. */
export function unknownPermission(id: string): ApiError {
  return new ApiError({ status: 404, message: `No such permission: ${shown(id)}`, param: 'permission_id' });
}

/** A body that is no JSON. */
export function malformedJson(reason: string, status = 400): ApiError {
  const hint = "This likely means you aren't using your HTTP library correctly.";
  const message = `We could not parse the JSON body of your request. (HINT: ${hint} ${reason})`;
  return new ApiError({ status, message });
}

/** A body beyond the limit. */
export function tooLarge(message: string, param: string | null = null): ApiError {
  return new ApiError({ status: 413, message, param });
}

/** A wrong key; it is shown only in part. */
export function wrongKey(key: string): ApiError {
  const message =
    `Incorrect API key provided: ${masked(key)}. You can find your API key at ` +
    'https://platform.openai.com/account/api-keys.';
  return new ApiError({ status: 401, message, code: 'invalid_api_key' });
}

/** No key at all. */
export function missingKey(): ApiError {
  const message = "No API key was sent. Send one in the header 'Authorization: Bearer YOUR_KEY'.";
  return new ApiError({ status: 401, message });
}

/** An ordinary key where an admin key is needed. */
export function adminKeyNeeded(): ApiError {
  const message = 'This key may not manage checkpoint permissions. Use an admin key of the organization.';
  return new ApiError({ status: 403, message, code: 'insufficient_permissions' });
}

/** A path that leads nowhere. */
export function unknownPath(method: string, path: string): ApiError {
  return new ApiError({ status: 404, message: `Invalid URL (${method} ${shown(path)})` });
}

/** A path that exists, called in a way that does not. */
export function methodNotAllowed(method: string, path: string, allowed: readonly string[]): ApiError {
  const message = `Not allowed to ${method} on ${shown(path)} (HINT: use ${allowed.join(' or ')})`;
  return new ApiError({ status: 405, message, code: 'method_not_supported', headers: { allow: allowed.join(', ') } });
}

/** A fault of the emulator itself. */
export function serverFault(): ApiError {
  const message = 'The server had an error while processing your request. Sorry about that!';
  return new ApiError({ status: 500, message, type: 'server_error' });
}

const LONGEST_SHOWN = 200;

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

function masked(key: string): string {
  return key.length <= 12 ? `${key.slice(0, 2)}****` : `${key.slice(0, 8)}****${key.slice(-4)}`;
}
