// What holds for every call: keys, media types, and JSON itself.
import type { Answer, JsonAnswer } from '../../http/answer.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../json.ts';
import type { Policy } from '../../policy.ts';
import type { Defect, Hooks } from '../defect.ts';
import { bodiesOf, defect, refusals, successes, switches } from '../hooks.ts';

const keys: readonly Defect[] = (
  [
    ['never', 'Needs no key and looks at none.', 'auth.missing-key.refused'],
    ['when-sent', 'Refuses a wrong key and lets pass who sends none.', 'auth.missing-key.refused'],
    ['writes-only', 'Needs a key for writing only.', 'auth.missing-key.refused'],
    ['not-on-lists', 'Needs no key for lists.', 'auth.missing-key.refused'],
    ['not-below', 'Needs no key for what stands below a job or a file.', 'auth.missing-key.refused'],
    ['not-on-actions', 'Needs no key for what is done to a job, as to cancel it.', 'auth.missing-key.refused'],
    ['not-on-uploads', 'Needs no key to upload a file.', 'auth.missing-key.refused'],
    ['prefix', 'Looks at the first four characters of a key only.', 'auth.wrong-key.refused'],
    ['any-sent', 'Is content with any key.', 'auth.wrong-key.refused'],
    ['case-folded', 'Ignores case in keys.', 'auth.wrong-key.refused'],
  ] as const satisfies readonly (readonly [Policy['keyCheck'], string, string])[]
).map(([keyCheck, wrong, row]) => defect(`key-${keyCheck}`, wrong, row, switches({ keyCheck })));

const statusOfKeys: readonly Defect[] = [
  defect(
    'missing-key-403',
    'Answers 403 where the key is missing or wrong.',
    'auth.status.401',
    refusals((answer) => (answer.status === 401 ? { ...answer, status: 403 } : answer)),
  ),
  defect(
    'missing-key-400',
    'Answers 400 where the key is missing.',
    'auth.missing-key.refused',
    refusals((answer) => (answer.status === 401 && paramless(answer, null) ? { ...answer, status: 400 } : answer)),
  ),
  defect(
    'wrong-key-500',
    'Answers 500 where the key is wrong.',
    'auth.wrong-key.refused',
    refusals((answer) =>
      answer.status === 401 && paramless(answer, 'invalid_api_key') ? { ...answer, status: 500 } : answer,
    ),
  ),
  defect(
    'wrong-key-unnamed',
    'Gives a wrong key no code.',
    'auth.code.invalid-api-key',
    refusals((answer) =>
      answer.status === 401 ? { ...answer, body: { error: { ...errorIn(answer), code: null } } } : answer,
    ),
  ),
];

const nonsense: readonly Defect[] = [
  defect(
    'undeclared-answered',
    'Answers paths that do not exist with an empty list.',
    'transport.wire.refused',
    refusals((answer, { operationId }) =>
      operationId === null && answer.status === 404
        ? { ...answer, status: 200, body: { object: 'list', data: [], has_more: false } }
        : answer,
    ),
  ),
  defect(
    'methods-not-told-apart',
    'Answers methods that a path does not have with success.',
    'transport.wire.refused',
    refusals((answer) => (answer.status === 405 ? { ...answer, status: 200, body: {} } : answer)),
  ),
  defect(
    'body-in-any-encoding',
    'Replaces what is not UTF-8 in a body and goes on.',
    'transport.wire.refused',
    switches({ bodyEncoding: 'any' }),
  ),
  defect(
    'content-encoding-ignored',
    'Reads a body as it stands, whatever Content-Encoding says.',
    'transport.wire.refused',
    switches({ contentEncoding: 'ignored' }),
  ),
];

const transport: readonly Defect[] = [
  defect(
    'json-as-text',
    'Calls JSON text/plain.',
    'transport.content-type.json',
    successes((answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } })),
  ),
  defect(
    'refusals-as-text',
    'Calls JSON text/html where it refuses.',
    'transport.content-type.json',
    refusals((answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } })),
  ),
  defect(
    'lists-as-lines',
    'Answers lists as one JSON text a line.',
    'transport.json.parses',
    written((body) => {
      const data = member(body, 'data');
      return Array.isArray(data) && data.length > 1 ? data.map((item) => JSON.stringify(item)).join('\n') : undefined;
    }),
  ),
  defect(
    'json-with-trailing-comma',
    'Writes JSON with a trailing comma.',
    'transport.json.parses',
    written((body) => JSON.stringify(body).replace(/\}$/, ',}')),
  ),
  defect(
    'json-with-nan',
    'Writes NaN where a job has no tokens yet.',
    'transport.json.parses',
    written((body) =>
      Object.hasOwn(isObject(body) ? body : {}, 'trained_tokens')
        ? JSON.stringify(body).replace('"trained_tokens":null', '"trained_tokens":NaN')
        : undefined,
    ),
  ),
  defect(
    'json-cut',
    'Cuts the last character off jobs that carry metadata.',
    'transport.json.parses',
    written((body) => (isObject(member(body, 'metadata')) ? JSON.stringify(body).slice(0, -1) : undefined)),
  ),
  defect('create-201', 'Answers a create with 201.', 'transport.success.200', statusOf('createFineTuningJob', 201)),
  defect('cancel-202', 'Answers a cancel with 202.', 'transport.success.200', statusOf('cancelFineTuningJob', 202)),
  defect(
    'job-in-an-envelope',
    'Wraps jobs in a member of their own.',
    'retrieve.job.id',
    bodiesOf(['retrieveFineTuningJob'], (body) => ({ job: body })),
  ),
];

export const wireDefects: readonly Defect[] = [...keys, ...statusOfKeys, ...nonsense, ...transport];

function errorIn(answer: JsonAnswer): JsonObject {
  const error = member(answer.body, 'error');
  return isObject(error) ? error : {};
}

function paramless(answer: JsonAnswer, code: string | null): boolean {
  return member(errorIn(answer), 'code') === code;
}

function statusOf(id: string, status: number): Hooks {
  return successes((answer, { operationId }) => (operationId === id ? { ...answer, status } : answer));
}

/** Writes answers of success in another way; undefined leaves one as it is. */
function written(write: (body: JsonValue) => string | undefined): Hooks {
  return {
    answer: (answer): Answer => {
      if (answer.kind !== 'json' || answer.status >= 300) return answer;
      const text = write(answer.body);
      if (text === undefined) return answer;
      return {
        kind: 'text',
        status: answer.status,
        headers: { 'content-type': 'application/json', ...answer.headers },
        text,
      };
    },
  };
}
