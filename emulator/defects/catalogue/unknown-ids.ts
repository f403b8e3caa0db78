// Ids that nothing has, answered as if they were another mistake, or none.
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonValue } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, errors, refusals, switches } from '../hooks.ts';

/** Each operation that names an object, and the requirement that an unknown one is a 404. */
const UNKNOWN: readonly (readonly [what: string, row: string, ids: readonly OperationId[]])[] = [
  ['job', 'retrieve.unknown.404', ['retrieveFineTuningJob']],
  ['job-to-cancel', 'cancel.unknown.404', ['cancelFineTuningJob']],
  ['job-to-pause', 'pause.unknown.404', ['pauseFineTuningJob']],
  ['job-to-resume', 'pause.resume.unknown.404', ['resumeFineTuningJob']],
  ['job-of-events', 'events.unknown.404', ['listFineTuningEvents']],
  ['job-of-checkpoints', 'checkpoints.unknown.404', ['listFineTuningJobCheckpoints']],
  ['file', 'files.unknown.404', ['retrieveFile', 'deleteFile', 'downloadFile']],
  ['model', 'models.unknown.404', ['retrieveModel', 'deleteModel']],
];

const unknown: readonly Defect[] = UNKNOWN.flatMap(([what, row, ids]) => [
  defect(`unknown-${what}-400`, `Answers an unknown ${told(what)} with 400.`, row, unknownAs(ids, 400)),
  defect(
    `unknown-${what}-empty`,
    `Answers an unknown ${told(what)} with an empty success.`,
    row,
    unknownAs(ids, 200, { object: 'list', data: [], has_more: false }),
  ),
  defect(`unknown-${what}-500`, `Answers an unknown ${told(what)} with 500.`, 'errors.no-5xx', unknownAs(ids, 500)),
]);

export const unknownIdDefects: readonly Defect[] = [
  ...unknown,
  defect(
    'unknown-model-accepted',
    'Accepts any name of a model.',
    'refusal.model.unknown',
    switches({ modelCheck: 'none' }),
  ),
  defect(
    'unknown-job-uncoded',
    'Gives no code where a job is unknown.',
    'retrieve.unknown.code',
    errors((error) => (error['code'] === 'fine_tune_not_found' ? { ...error, code: null } : error)),
  ),
];

function unknownAs(ids: readonly OperationId[], status: number, body?: JsonValue): Hooks {
  return refusals((answer, { operationId }) =>
    answer.status === 404 && operationId !== null && ids.includes(operationId)
      ? { ...answer, status, body: body ?? answer.body }
      : answer,
  );
}

function told(what: string): string {
  return what.replaceAll('-', ' ');
}
