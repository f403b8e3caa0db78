// Chapter status: the life of a job (ST-1 to ST-16). What a single answer shows is judged on every job in every answer;
// what only time shows is judged on the job's history.
import type { RuleId } from '#generated/current/rules.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  sameJson,
  show,
  textMember,
} from '../contract/json.ts';
import { firstPair, hasPair, lastStatus, mayShow, sightingIn } from './history.ts';
import type { Expectation, HistoryObserved, Sighting } from './observation.ts';
import { isFinished, jobStatus } from './refusals.ts';
import {
  type AnyCheck,
  check,
  expectThat,
  fail,
  type Finding,
  inconclusive,
  NOT_APPLICABLE,
  onProbe,
  PASS,
  type Requirement,
  rule,
} from './requirement.ts';
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

function ofJob(id: RuleId, judge: JobJudge, options: { needsSuccess?: boolean } = {}): Requirement {
  return rule(id, [onJob(judge)], options);
}

function ofHistory(
  id: RuleId,
  judge: (history: HistoryObserved) => readonly Finding[],
  options: { needsSuccess?: boolean } = {},
): Requirement {
  return rule(id, [check('history', judge)], options);
}

/** Finished, and not merely paused: null-until-finished says nothing about a pause, which keeps a model too. */
function isUnfinished(status: string): boolean {
  return ['validating_files', 'queued', 'running'].includes(status);
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

const ofSingleAnswers: readonly Requirement[] = [
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
    onSuccess('finished_at', (value) => typeof value === 'number', 'a time'),
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
    if (!['validating_files', 'queued', 'paused'].includes(status)) return NOT_APPLICABLE;
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
      const left = Object.entries(hyperparameters).find(([, value]) => value === 'auto');
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

function ofPair(
  id: RuleId,
  applies: (job: JsonObject) => boolean,
  breaks: (earlier: JsonObject, later: JsonObject) => boolean,
  describe: (earlier: JsonObject, later: JsonObject) => string,
  place: string,
): Requirement {
  return ofHistory(id, ({ sightings }) => {
    const pair = firstPair(sightings, breaks);
    if (pair) return pairFailure(pair, describe(pair[0].job, pair[1].job), place);
    return hasPair(sightings, applies) ? PASS : NOT_APPLICABLE;
  });
}

function pairFailure([earlier, later]: readonly [Sighting, Sighting], message: string, at: string): readonly Finding[] {
  return [{ outcome: 'fail', message, at, evidence: [later.exchange, earlier.exchange] }];
}

const ORDER = ['validating_files', 'queued', 'running', 'finished'] as const;

/** How far a status is along the way; undefined for a pause, which may stand anywhere. */
function rank(job: JsonObject): number | undefined {
  const status = jobStatus(job);
  const position = ORDER.findIndex((name) => name === (isFinished(status) ? 'finished' : status));
  return position < 0 ? undefined : position;
}

const FROZEN = ['finished_at', 'fine_tuned_model', 'trained_tokens'] as const;

function thawed(earlier: JsonObject, later: JsonObject): string | undefined {
  if (!isFinished(jobStatus(earlier))) return undefined;
  return FROZEN.find((name) => {
    const before = member(earlier, name);
    const after = member(later, name);
    return before !== undefined && before !== null && after !== undefined && !sameJson(before, after);
  });
}

const ofTime: readonly Requirement[] = [
  ofPair(
    'status.terminal.final',
    (job) => isFinished(jobStatus(job)),
    (earlier, later) =>
      isFinished(jobStatus(earlier)) && jobStatus(later) !== undefined && jobStatus(later) !== jobStatus(earlier),
    (earlier, later) => `a job that was ${jobStatus(earlier) ?? ''} is now ${jobStatus(later) ?? ''}`,
    '/status',
  ),
  ofPair(
    'status.finished.frozen',
    (job) => isFinished(jobStatus(job)),
    (earlier, later) => thawed(earlier, later) !== undefined,
    (earlier, later) => {
      const name = thawed(earlier, later) ?? '';
      return `${name} of a finished job changed from ${show(member(earlier, name))} to ${show(member(later, name))}`;
    },
    '',
  ),
  ofHistory('status.forward', ({ sightings, controls }) => {
    // A pause leads back to the queue by the documents' own example.
    if (controls.some(({ control }) => control === 'pause' || control === 'resume')) return NOT_APPLICABLE;
    const pair = firstPair(sightings, (earlier, later) => {
      const before = rank(earlier);
      const after = rank(later);
      return before !== undefined && after !== undefined && after < before && before < 3;
    });
    if (pair)
      return pairFailure(
        pair,
        `status went back from ${jobStatus(pair[0].job) ?? ''} to ${jobStatus(pair[1].job) ?? ''}`,
        '/status',
      );
    return hasPair(sightings, (job) => rank(job) !== undefined) ? PASS : NOT_APPLICABLE;
  }),
  ofHistory('status.paused.only-after-pause', ({ sightings, controls }) => {
    const pauses = controls.filter(({ control }) => control === 'pause');
    const paused = sightings.find(
      (sighting) => jobStatus(sighting.job) === 'paused' && !pauses.some((pause) => mayShow(sighting, pause)),
    );
    if (paused === undefined) return PASS;
    return [
      {
        outcome: 'fail',
        message: 'a job is paused that nobody asked to pause',
        at: '/status',
        evidence: [paused.exchange],
      },
    ];
  }),
  ofHistory(
    'status.fine_tuned_model.suffix',
    (history) => {
      const suffix = textMember(history.payload, 'suffix');
      const success = sightingIn(history, 'succeeded');
      const model = textMember(success?.job, 'fine_tuned_model');
      if (suffix === undefined || success === undefined || model === undefined) return NOT_APPLICABLE;
      if (model.includes(suffix)) return [{ outcome: 'pass', evidence: [success.exchange] }];
      return [
        {
          outcome: 'fail',
          message: `suffix ${show(suffix)} was sent and the model is called ${show(model)}`,
          at: '/fine_tuned_model',
          evidence: [success.exchange],
        },
      ];
    },
    SUCCESS,
  ),
  ofHistory(
    'status.reached.success',
    (history) => {
      if (history.expectation !== 'success' || !history.waited || history.controls.length > 0) return NOT_APPLICABLE;
      const last = history.sightings.at(-1) ?? history.sightings[0];
      const status = lastStatus(history);
      if (status === 'succeeded') return [{ outcome: 'pass', evidence: [last.exchange] }];
      if (!isFinished(status))
        return inconclusive(`the job was still ${status ?? '?'} when the job timeout had passed`);
      return [
        {
          outcome: 'fail',
          message: `a job with good data ended as ${status ?? ''}: ${show(member(last.job, 'error'))}`,
          at: '/status',
          evidence: [last.exchange],
        },
      ];
    },
    SUCCESS,
  ),
  badData('status.data.too-few', ['too-few-examples'], 'invalid_n_examples'),
  badData('status.data.format-of-method', ['wrong-format']),
  badData('files.upload.not-jsonl', ['not-jsonl']),
  ofHistory('status.training_file.deleted', (history) => {
    if (history.expectation !== 'training-file-deleted' || !history.waited) return NOT_APPLICABLE;
    const last = history.sightings.at(-1) ?? history.sightings[0];
    const code = textMember(member(last.job, 'error'), 'code');
    const failed = lastStatus(history) === 'failed' && code === 'deleted_training_file';
    return [
      failed
        ? { outcome: 'pass', evidence: [last.exchange] }
        : {
            outcome: 'fail',
            message: `the job ended as ${lastStatus(history) ?? '?'} with error code ${show(code ?? null)}`,
            evidence: [last.exchange],
          },
    ];
  }),
];

/** Bad data must be refused at upload or create, or fail the job; with `code`, failed jobs must name it. */
function badData(id: RuleId, expectations: readonly Expectation[], code?: string): Requirement {
  return rule(id, [
    onProbe('bad-data-refused', ({ expectation }) =>
      expectations.includes(expectation) ? [{ outcome: 'pass', note: 'refused before a job was made' }] : [],
    ),
    check('history', (history) => {
      if (history.expectation === undefined || !expectations.includes(history.expectation) || !history.waited)
        return NOT_APPLICABLE;
      const last = history.sightings.at(-1) ?? history.sightings[0];
      const status = lastStatus(history);
      if (!isFinished(status))
        return inconclusive(`the job was still ${status ?? '?'} when the job timeout had passed`);
      const named = textMember(member(last.job, 'error'), 'code');
      if (status === 'failed' && (code === undefined || named === code))
        return [{ outcome: 'pass', evidence: [last.exchange] }];
      const message =
        status === 'failed'
          ? `the job failed with code ${show(named ?? null)}`
          : `a job with bad data (${history.expectation}) ended as ${status ?? '?'}`;
      return [{ outcome: 'fail', message, at: '/status', evidence: [last.exchange] }];
    }),
  ]);
}

export const statusRequirements: readonly Requirement[] = [...ofSingleAnswers, ...ofTime];
