// Recorded error answers (behaviour.md 3.7, X1 to X18). Messages are told in our own words where their wording does not
// matter to the judge.
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonValue } from '../contract/json.ts';
import type { DocumentedAnswer } from './documented-answers.ts';

type Member = 'message' | 'param' | 'code' | 'type';

function recorded(
  source: string,
  title: string,
  status: number,
  error: Readonly<Partial<Record<Member, JsonValue>>>,
  operation: OperationId = 'createFineTuningJob',
): DocumentedAnswer {
  const quiet = { fails: [], tolerated: [] };
  return {
    source,
    title,
    operation,
    status,
    body: { error: { message: 'Refused.', type: 'invalid_request_error', param: null, code: null, ...error } },
    errata: [],
    strict: quiet,
    compatible: quiet,
  };
}

export const DOCUMENTED_ERRORS: readonly DocumentedAnswer[] = [
  recorded('X1', 'an unknown training file', 400, {
    message: 'invalid training_file: file-nope',
    param: 'training_file',
  }),
  recorded('X2', 'an unknown validation file', 400, {
    message: 'invalid validation_file: 7',
    param: 'validation_file',
  }),
  recorded('X3', 'an unknown model', 400, {
    message: 'Model nope is not available for fine-tuning or does not exist.',
    code: 'model_not_available',
  }),
  recorded(
    'X4',
    'an unknown job',
    404,
    { message: 'Could not find fine tune: 123', param: 'fine_tune_id', code: 'fine_tune_not_found' },
    'retrieveFineTuningJob',
  ),
  recorded('X5', 'a wrong key', 401, { message: 'Incorrect API key provided: no****ey.', code: 'invalid_api_key' }),
  recorded('X6', 'an organisation that may not train', 403, {
    message: 'The fine-tuning platform is winding down.',
    code: 'training_not_available',
  }),
  recorded('X8', 'an upload with an unknown purpose', 400, { param: 'purpose' }, 'createFile'),
  recorded('X11', 'an upload that is not JSON Lines', 400, {}, 'createFile'),
  recorded('X12', 'an unknown file', 404, { message: 'No such File object: fake_id', param: 'id' }, 'retrieveFile'),
  recorded('X13', 'an unknown model', 404, { code: 'model_not_found', param: 'model' }, 'retrieveModel'),
  recorded('X15', 'suffix null on the legacy server', 400, { message: "None is not of type 'string' - 'suffix'" }),
  recorded('X16', 'a rate limit', 429, { type: 'requests', code: 'rate_limit_exceeded' }),
  recorded('X17', 'a used-up quota', 429, { type: 'insufficient_quota', code: 'insufficient_quota' }),
  recorded('X18', 'a body that is no JSON', 400, { message: 'We could not parse the JSON body of your request.' }),
];
