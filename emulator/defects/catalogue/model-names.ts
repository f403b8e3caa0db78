// Names of fine-tuned models: told too early, not at all, or of another form than documented.
import { type JsonObject, type JsonValue } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { defect, editedObject, jobs, jobsIn, sentCreates, textIn } from '../hooks.ts';

const UNFINISHED = ['validating_files', 'queued', 'running'];

export const modelNameDefects: readonly Defect[] = [
  defect(
    'model-named-early',
    'Names the fine-tuned model as soon as the job is created.',
    'status.fine_tuned_model.null-until-finished',
    jobsIn(UNFINISHED, (job) => ({ ...job, fine_tuned_model: modelOf(job) })),
  ),
  defect(
    'model-empty-text',
    'Shows empty text where there is no fine-tuned model yet.',
    'status.fine_tuned_model.null-until-finished',
    jobs((job) => ({ ...job, fine_tuned_model: job['fine_tuned_model'] ?? '' })),
  ),
  defect(
    'model-unnamed-on-success',
    'Never names the fine-tuned model.',
    'status.fine_tuned_model.set-on-success',
    jobs((job) => ({ ...job, fine_tuned_model: null })),
  ),
  defect(
    'model-named-on-cancel',
    'Names a model for a job that was cancelled.',
    'status.fine_tuned_model.null-without-success',
    jobsIn(['cancelled'], (job) => ({ ...job, fine_tuned_model: modelOf(job) })),
  ),
  defect(
    'model-named-on-failure',
    'Names a model for a job that failed.',
    'status.fine_tuned_model.null-without-success',
    jobsIn(['failed'], (job) => ({ ...job, fine_tuned_model: modelOf(job) })),
  ),
  defect(
    'model-named-by-path',
    'Names the model by a path of its own store.',
    'status.fine_tuned_model.form',
    jobsIn(['succeeded'], (job) => ({
      ...job,
      fine_tuned_model: textIn(job, 'fine_tuned_model').replaceAll(':', '/'),
    })),
  ),
  defect(
    'suffix-not-in-name',
    'Leaves the suffix out of the name of the model.',
    'status.fine_tuned_model.suffix',
    sentCreates((body) => editedObject(body, ['suffix'], (suffix) => (isLegalSuffix(suffix) ? undefined : suffix))),
  ),
  defect(
    'suffix-cut-in-name',
    'Keeps the first eight characters of a suffix in the name of the model.',
    'status.fine_tuned_model.suffix',
    sentCreates((body) =>
      editedObject(body, ['suffix'], (suffix) => (isLegalSuffix(suffix) ? suffix.slice(0, 8) : suffix)),
    ),
  ),
  defect(
    'suffix-dashes-underscored',
    'Makes underscores of the dashes of a suffix.',
    'status.fine_tuned_model.suffix',
    sentCreates((body) =>
      editedObject(body, ['suffix'], (suffix) => (isLegalSuffix(suffix) ? suffix.replaceAll('-', '_') : suffix)),
    ),
  ),
  defect(
    'suffix-of-the-job-before',
    'Names the model of a job after the suffix of the job before.',
    'status.fine_tuned_model.suffix',
    sentCreates((body, memory) => {
      const before = memory.get('suffix');
      if (!isLegalSuffix(body['suffix'])) return body;
      memory.set('suffix', body['suffix']);
      return typeof before === 'string' ? { ...body, suffix: before } : body;
    }),
  ),
];

function modelOf(job: JsonObject): string {
  return `ft:${textIn(job, 'model')}:emulator::${textIn(job, 'id').slice(-8)}`;
}

function isLegalSuffix(suffix: JsonValue | undefined): suffix is string {
  return typeof suffix === 'string' && suffix.length > 0 && suffix.length <= 64;
}
