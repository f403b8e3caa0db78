// Chapter status: the life of a job (ST-1 to ST-16). What a single answer shows is judged here, on every job in every
// answer; what only time shows is judged on the job's history, in status-over-time.ts.
import type { RuleId } from '#generated/current/rules.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member, show, textMember } from '../contract/json.ts';
import { mayBeText, UNFINISHED_STATES } from '../contract/job-members.ts';
import { isFinished, jobStatus } from './refusals.ts';
import {
  type AnyCheck,
  check,
  expectThat,
  fail,
  type Finding,
  NOT_APPLICABLE,
  PASS,
  type Row,
  rule,
} from './requirement.ts';
import { isKnownName } from './lasting.ts';
import { statusOverTime } from './status-over-time.ts';
import { toleranceFor } from './tolerance.ts';

const MAX_SEED = 2_147_483_647;

type JobJudge = (job: JsonObject, status: string) => readonly Finding[];

/** Judged on every job that any answer holds. */
function onJob(judge: JobJudge): AnyCheck {
  return check(
    'object',
    ({ value, at }) => {
      const status = jobStatus(value);
      if (!isObject(value) || status === undefined) return NOT_APPLICABLE;
      return judge(value, status).map((finding) =>
        finding.outcome === 'fail' ? { ...finding, at: at + (finding.at ?? '') } : finding,
      );
    },
    'FineTuningJob',
  );
}

function ofJob(id: RuleId, judge: JobJudge, options: { needsSuccess?: boolean } = {}): Row {
  return rule(id, [onJob(judge)], options);
}

/** Finished, and not merely paused: null-until-finished says nothing about a pause, which keeps a model too. */
function isUnfinished(status: string): boolean {
  return UNFINISHED_STATES.includes(status);
}

/** `name` must be null in the jobs that `applies` picks. A member that is missing is the schema's business. */
function nullWhere(name: string, applies: (status: string) => boolean): JobJudge {
  return (job, status) => {
    const value = member(job, name);
    if (!applies(status) || value === undefined) return NOT_APPLICABLE;
    return expectThat(
      value === null,
      () => `${name} of a job in status ${status} is ${show(value)}, not null`,
      `/${name}`,
    );
  };
}

function onSuccess(name: string, holds: (value: JsonValue) => boolean, expected: string): JobJudge {
  return (job, status) => {
    const value = member(job, name);
    if (status !== 'succeeded' || value === undefined) return NOT_APPLICABLE;
    return expectThat(
      holds(value),
      () => `${name} of a job that succeeded is ${show(value)}, not ${expected}`,
      `/${name}`,
    );
  };
}

const SUCCESS = { needsSuccess: true } as const;

const ofSingleAnswers: readonly Row[] = [
  ofJob('status.fine_tuned_model.null-until-finished', nullWhere('fine_tuned_model', isUnfinished)),
  ofJob(
    'status.fine_tuned_model.set-on-success',
    onSuccess('fine_tuned_model', (value) => typeof value === 'string' && value !== '', 'a name'),
    SUCCESS,
  ),
  ofJob(
    'status.fine_tuned_model.null-without-success',
    nullWhere('fine_tuned_model', (status) => status === 'failed' || status === 'cancelled'),
  ),
  ofJob(
    'status.fine_tuned_model.form',
    (job, status) => {
      const model = textMember(job, 'fine_tuned_model');
      if (status !== 'succeeded' || model === undefined) return NOT_APPLICABLE;
      return expectThat(
        /^ft:[^:]+:[^:]*:[^:]*:[^:]+$/.test(model),
        () => `fine_tuned_model is ${show(model)}`,
        '/fine_tuned_model',
      );
    },
    SUCCESS,
  ),
  ofJob('status.finished_at.null-until-finished', nullWhere('finished_at', isUnfinished)),
  ofJob(
    'status.finished_at.set-on-success',
    onSuccess(
      'finished_at',
      (value) => typeof value === 'number' || (typeof value === 'string' && value !== '' && mayBeText('finished_at')),
      'a time',
    ),
    SUCCESS,
  ),
  ofJob(
    'status.finished_at.after-created',
    (job) => {
      const created = member(job, 'created_at');
      const finished = member(job, 'finished_at');
      if (typeof created !== 'number' || typeof finished !== 'number') return NOT_APPLICABLE;
      return expectThat(
        finished >= created,
        () => `finished_at ${finished} is before created_at ${created}`,
        '/finished_at',
      );
    },
    SUCCESS,
  ),
  ofJob('status.trained_tokens.null-until-finished', nullWhere('trained_tokens', isUnfinished)),
  ofJob(
    'status.trained_tokens.set-on-success',
    onSuccess(
      'trained_tokens',
      (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
      'a count',
    ),
    SUCCESS,
  ),
  rule('status.estimated_finish.null-when-finished', [
    check(
      'object',
      ({ value, at }, { mode }) => {
        if (!isObject(value) || !isFinished(jobStatus(value))) return NOT_APPLICABLE;
        const estimate = member(value, 'estimated_finish');
        if (estimate === undefined || estimate === null) return PASS;
        const message = `estimated_finish of a job in status ${jobStatus(value) ?? ''} is ${show(estimate)}, not null`;
        const tolerated = toleranceFor(
          'FineTuningJob',
          value,
          '/estimated_finish',
          mode,
          'status.estimated_finish.null-when-finished',
        );
        const place = `${at}/estimated_finish`;
        return tolerated
          ? [{ outcome: 'tolerated', erratum: tolerated.erratum, message, at: place }]
          : fail(message, place);
      },
      'FineTuningJob',
    ),
  ]),
  ofJob('status.estimated_finish.null-before-running', (job, status) => {
    if ((!isUnfinished(status) || status === 'running') && status !== 'paused') return NOT_APPLICABLE;
    const estimate = member(job, 'estimated_finish') ?? null;
    return expectThat(
      estimate === null,
      () => `estimated_finish of a job in status ${status} is ${show(estimate)}, not null`,
      '/estimated_finish',
    );
  }),
  ofJob('status.error.only-when-failed', (job, status) => {
    const error = member(job, 'error');
    if (status === 'failed' || error === undefined) return NOT_APPLICABLE;
    return expectThat(isEmptyError(error), () => `a job in status ${status} has error ${show(error)}`, '/error');
  }),
  ofJob('status.error.explains-failure', (job, status) => {
    if (status !== 'failed') return NOT_APPLICABLE;
    const error = member(job, 'error');
    for (const name of ['code', 'message'] as const) {
      const text = textMember(error, name);
      if (text === undefined || text.trim() === '')
        return fail(`error.${name} of a failed job is ${show(member(error, name))}`, `/error/${name}`);
    }
    return PASS;
  }),
  ofJob('status.result_files.empty-until-success', (job, status) => {
    const files = member(job, 'result_files');
    if (!isArray(files) || !isUnfinished(status)) return NOT_APPLICABLE;
    return expectThat(
      files.length === 0,
      () => `result_files of a job in status ${status} is ${show(files)}`,
      '/result_files',
    );
  }),
  ofJob(
    'status.result_files.on-success',
    onSuccess('result_files', (value) => isArray(value) && value.length > 0, 'a list with a file'),
    SUCCESS,
  ),
  ofJob('status.seed.range', (job) => {
    const seed = member(job, 'seed');
    if (seed === undefined) return NOT_APPLICABLE;
    const inRange = typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED;
    return expectThat(inRange, () => `seed is ${show(seed)}, not an integer from 0 to ${MAX_SEED}`, '/seed');
  }),
  ofJob(
    'status.hyperparameters.resolved',
    (job, status) => {
      const hyperparameters = member(job, 'hyperparameters');
      if (status !== 'succeeded' || !isObject(hyperparameters)) return NOT_APPLICABLE;
      const left = Object.entries(hyperparameters).find(([name, value]) => value === 'auto' && isKnownName(name));
      return expectThat(
        left === undefined,
        () => `${left?.[0] ?? ''} of a job that succeeded is still "auto"`,
        `/hyperparameters/${left?.[0] ?? ''}`,
      );
    },
    SUCCESS,
  ),
];

/** Null, {} and an object of nulls say the same: no error (E-S3). */
function isEmptyError(error: JsonValue): boolean {
  return error === null || (isObject(error) && Object.values(error).every((value) => value === null));
}

export const statusRequirements: readonly Row[] = [...ofSingleAnswers, ...statusOverTime];
