// Chapter status, as far as only time shows it: what was seen of a job from its creation to its end, and what was asked
// of it in between. Judged once for each job, on its history.
import type { RuleId } from '#generated/current/rules.ts';
import { isArray, type JsonObject, type JsonValue, member, sameJson, show, textMember } from '../contract/json.ts';
import { wasRefused } from './exchange.ts';
import { firstPair, hasPair, isAfter, lastStatus, mayShow, sightingIn, wasAsked } from './history.ts';
import type { Control, Expectation, HistoryObserved, Sighting } from './observation.ts';
import { isFinished, jobStatus } from './refusals.ts';
import { check, type Finding, inconclusive, NOT_APPLICABLE, onProbe, PASS, type Row, rule } from './requirement.ts';

const SUCCESS = { needsSuccess: true } as const;

function ofHistory(
  id: RuleId,
  judge: (history: HistoryObserved) => readonly Finding[],
  options: { needsSuccess?: boolean } = {},
): Row {
  return rule(id, [check('history', judge)], options);
}

function ofPair(
  id: RuleId,
  applies: (job: JsonObject) => boolean,
  breaks: (earlier: JsonObject, later: JsonObject) => boolean,
  describe: (earlier: JsonObject, later: JsonObject) => string,
  place: string,
): Row {
  return ofHistory(id, ({ sightings, listLagMs }) => {
    const pair = firstPair(sightings, breaks, listLagMs);
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

/** Files may be added; those that were named stay. Where a job lacks the member, the schema's rows tell. */
function filesOf(job: JsonObject): readonly JsonValue[] {
  const files = member(job, 'result_files');
  return isArray(files) ? files : [];
}

function thawed(earlier: JsonObject, later: JsonObject): string | undefined {
  if (!isFinished(jobStatus(earlier))) return undefined;
  if (filesOf(earlier).some((file) => !filesOf(later).some((one) => sameJson(one, file)))) return 'result_files';
  return FROZEN.find((name) => {
    const before = member(earlier, name);
    const after = member(later, name);
    return before !== undefined && before !== null && after !== undefined && !sameJson(before, after);
  });
}

export const statusOverTime: readonly Row[] = [
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
  ofHistory('status.forward', ({ sightings, controls, listLagMs }) => {
    // A pause leads back to the queue by the documents' own example; what was refused has moved nothing.
    const mayTurn = (control: Control['control']): boolean => control === 'pause' || control === 'resume';
    if (controls.some(({ control, exchange }) => mayTurn(control) && !wasRefused(exchange))) return NOT_APPLICABLE;
    const pair = firstPair(
      sightings,
      (earlier, later) => {
        const before = rank(earlier);
        const after = rank(later);
        return before !== undefined && after !== undefined && after < before && before < 3;
      },
      listLagMs,
    );
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
      const end = history.sightings.find(({ job }) => isFinished(jobStatus(job)));
      // What was asked of a job that had ended already changed nothing about its end.
      const disturbed = history.controls.some((control) => end === undefined || !isAfter(control, end));
      if (history.expectation !== 'success' || !history.waited || disturbed) return NOT_APPLICABLE;
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
    if (lastStatus(history) === 'cancelled' && wasAsked(history, 'cancel'))
      return inconclusive('the job was cancelled');
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
function badData(id: RuleId, expectations: readonly Expectation[], code?: string): Row {
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
      if (status === 'cancelled' && wasAsked(history, 'cancel')) return inconclusive('the job was cancelled');
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
