// Refusals: the envelope, the member that they name, and faults of a client that a vendor crashes on or does not see.
import type { JsonAnswer } from '../../http/answer.ts';
import { ApiError } from '../../http/api-error.ts';
import { isList, isObject, type JsonObject, type JsonValue, member, without } from '../../json.ts';
import type { Defect, Exchange, Hooks } from '../defect.ts';
import { defect, errors, refusals, switches, textIn } from '../hooks.ts';

/** Refusals of creates, by what is wrong with them. */
const refusedCreates = (
  edit: (answer: JsonAnswer, exchange: Exchange) => JsonAnswer,
  when: (exchange: Exchange, answer: JsonAnswer) => boolean = () => true,
): Hooks =>
  refusals((answer, exchange) =>
    exchange.operationId === 'createFineTuningJob' && answer.status === 400 && when(exchange, answer)
      ? edit(answer, exchange)
      : answer,
  );

/** Takes something else for the body of a create. */
const ofCreate = (edit: (body: JsonValue | undefined) => JsonValue | undefined): Hooks => ({
  request: (request) =>
    request.operationId === 'createFineTuningJob' ? { ...request, body: edit(request.body) } : request,
});

const as500 = (answer: JsonAnswer): JsonAnswer => ({ ...answer, status: 500 });
const paramOf = (answer: JsonAnswer): string => textIn(member(answer.body, 'error'), 'param');

const envelope: readonly Defect[] = [
  defect(
    'error-is-text',
    'Answers errors as text instead of an object.',
    'errors.error.body',
    refusals((answer) => ({ ...answer, body: { error: textIn(member(answer.body, 'error'), 'message') } })),
  ),
  defect(
    'error-as-detail',
    'Answers errors as a web framework does: {"detail": …}.',
    'errors.message.nonempty',
    refusals((answer) => ({ ...answer, body: { detail: textIn(member(answer.body, 'error'), 'message') } })),
  ),
  defect(
    'error-unwrapped',
    'Answers errors without the envelope.',
    'errors.message.nonempty',
    refusals((answer) => ({ ...answer, body: member(answer.body, 'error') ?? null })),
  ),
  defect(
    'error-message-empty',
    'Answers errors with an empty message.',
    'errors.message.nonempty',
    errors((error) => ({ ...error, message: '' })),
  ),
  defect(
    'error-message-empty-on-404',
    'Gives no message where something is not found.',
    'errors.message.nonempty',
    refusals((answer) =>
      answer.status === 404
        ? { ...answer, body: { error: { message: '', type: 'not_found', param: null, code: null } } }
        : answer,
    ),
  ),
  defect(
    'error-of-another-vendor',
    'Leaves type and param out of errors.',
    'errors.error.type',
    errors((error) => without(error, 'type', 'param')),
  ),
  defect(
    'error-code-as-number',
    'Gives the status as error.code.',
    'errors.error.code',
    errors((error) => ({ ...error, code: 400 })),
  ),
  defect('error-as-html', 'Answers errors as HTML.', 'errors.message.nonempty', {
    answer: (answer) =>
      answer.status >= 400
        ? {
            kind: 'text',
            status: answer.status,
            headers: { ...answer.headers, 'content-type': 'text/html' },
            text: '<html><body><h1>Bad Request</h1></body></html>',
          }
        : answer,
  }),
  defect(
    'error-names-the-body',
    'Names the body as the member at fault, whatever it is.',
    'errors.param.names-member',
    refusedCreates((answer) => withParam(answer, 'body')),
  ),
  defect(
    'error-names-nothing',
    'Does not name the member at fault.',
    'errors.param.names-member',
    refusedCreates((answer) =>
      withParam({ ...answer, body: { error: { ...errorIn(answer), message: 'The request is invalid' } } }, null),
    ),
  ),
  defect(
    'error-names-another-member',
    'Names the model as the member at fault, whatever it is.',
    'errors.param.names-member',
    refusedCreates((answer) => withParam(answer, 'model')),
  ),
  defect(
    'error-in-camel-case',
    'Names members in camel case.',
    'errors.param.names-member',
    refusedCreates((answer) =>
      withParam(
        answer,
        paramOf(answer).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      ),
    ),
  ),
];

const faults: readonly Defect[] = [
  defect('crashes-on-every-fault', 'Answers every faulty create with 500.', 'errors.no-5xx', refusedCreates(as500)),
  defect(
    'crashes-on-missing-model',
    'Answers 500 where the model is missing.',
    'errors.no-5xx',
    refusedCreates(as500, ({ sent }) => isObject(sent) && !Object.hasOwn(sent, 'model')),
  ),
  defect(
    'crashes-on-wrong-type',
    'Answers 500 where text stands in place of an object.',
    'errors.no-5xx',
    refusedCreates(
      as500,
      ({ sent }) => typeof member(sent, 'method') === 'string' || typeof member(sent, 'hyperparameters') === 'string',
    ),
  ),
  defect(
    'crashes-in-the-grader',
    'Answers 500 where a grader is malformed.',
    'errors.no-5xx',
    refusedCreates(as500, (_, answer) => paramOf(answer).includes('grader')),
  ),
  defect(
    'crashes-on-large-seed',
    'Answers 500 where the seed does not fit into 32 bits.',
    'errors.no-5xx',
    refusedCreates(as500, ({ sent }) => Number(member(sent, 'seed')) > 2 ** 31 - 1),
  ),
  defect('crashes-on-no-json', 'Answers malformed JSON with 500.', 'errors.no-5xx', switches({ malformedStatus: 500 })),
  defect(
    'crashes-on-the-second-cancel',
    'Answers 500 where a finished job is cancelled.',
    'errors.no-5xx',
    refusals((answer, { operationId }) =>
      operationId === 'cancelFineTuningJob' && answer.status === 400 ? as500(answer) : answer,
    ),
  ),
  defect(
    'json-repaired',
    'Understands JSON with trailing commas and words of Python.',
    'refusal.json.malformed',
    switches({ jsonText: 'repaired' }),
  ),
  defect(
    'body-out-of-a-list',
    'Takes the only item of a list for the body of a create.',
    'create.body.type',
    ofCreate((body) => (isList(body) && body.length === 1 ? body[0] : body)),
  ),
  defect(
    'body-out-of-text',
    'Parses a create once more where its body is text that holds JSON.',
    'create.body.type',
    ofCreate((body) => (typeof body === 'string' && body.startsWith('{') ? (JSON.parse(body) as JsonValue) : body)),
  ),
  defect(
    'json-in-any-type',
    'Takes JSON of any content type.',
    'refusal.content-type',
    switches({ contentType: 'any' }),
  ),
  defect(
    'refused-job-stays',
    'Refuses a create for its file and makes the job all the same.',
    'refusal.no-job',
    switches({ refusedCreate: 'leaves-job' }),
  ),
  defect(
    'refused-body-makes-job',
    'Refuses a malformed create and makes the job all the same.',
    'refusal.no-job',
    switches({ createWithBadSchema: 'leaves-job' }),
  ),
  defect('unknown-members-accepted', 'Accepts members that it does not know.', 'refusal.unknown-member', {
    request: (request) =>
      request.operationId === 'createFineTuningJob' && isObject(request.body)
        ? { ...request, body: knownMembers(request.body) }
        : request,
  }),
  defect(
    'rate-limit-in-words',
    'Answers every 25th retrieve with 429 and a Retry-After in words.',
    'errors.retry-after.integer',
    {
      request: (request, memory) => {
        if (request.operationId !== 'retrieveFineTuningJob') return request;
        const calls = Number(memory.get('calls') ?? 0) + 1;
        memory.set('calls', calls);
        if (calls % 25 !== 0) return request;
        throw new ApiError({
          status: 429,
          message: 'Too many requests',
          code: 'rate_limit_exceeded',
          headers: { 'retry-after': '0.5' },
        });
      },
    },
  ),
];

export const errorDefects: readonly Defect[] = [...envelope, ...faults];

function errorIn(answer: JsonAnswer): JsonObject {
  const error = member(answer.body, 'error');
  return isObject(error) ? error : {};
}

function withParam(answer: JsonAnswer, param: string | null): JsonAnswer {
  return { ...answer, body: { error: { ...errorIn(answer), param } } };
}

const KNOWN = new Set([
  'model',
  'training_file',
  'hyperparameters',
  'suffix',
  'validation_file',
  'integrations',
  'seed',
  'method',
  'metadata',
]);

function knownMembers(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => KNOWN.has(name)));
}
