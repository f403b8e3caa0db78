// Chapter create: payloads that must make a job, and what a new job looks like.
import { isArray, member, show, textMember } from '../contract/json.ts';
import type { CreationObserved } from './observation.ts';
import { check, expectThat, fail, NOT_APPLICABLE, PASS, type Finding, type Row, rule } from './requirement.ts';
import { jobStatus, judgeAcceptance } from './refusals.ts';
import type { RuleId } from '#generated/current/rules.ts';

const MAX_SEED = 2_147_483_647;
const CLOCK_SECONDS = 300;

function accepted(id: RuleId): Row {
  return rule(id, [check('acceptance', judgeAcceptance, id)]);
}

function ofNewJob(id: RuleId, judge: (observation: CreationObserved) => readonly Finding[]): Row {
  return rule(id, [check('creation', judge)]);
}

export const createRequirements: readonly Row[] = [
  accepted('create.plain.accepted'),
  accepted('create.valid.accepted'),
  accepted('create.hyperparameters.accepted'),
  accepted('create.supervised.accepted'),
  accepted('create.dpo.accepted'),
  accepted('create.reinforcement.accepted'),
  accepted('create.integrations.accepted'),
  accepted('create.validation_file.accepted'),
  accepted('create.metadata.accepted'),
  ofNewJob('create.id.unique', ({ job, sameIdAs, exchange }) => {
    const id = textMember(job, 'id');
    if (id === undefined) return NOT_APPLICABLE;
    if (id === '') return fail('id is empty', '/id');
    if (sameIdAs === undefined) return PASS;
    return [
      {
        outcome: 'fail',
        message: `id ${show(id)} is also that of an earlier job`,
        at: '/id',
        evidence: [exchange, sameIdAs],
      },
    ];
  }),
  ofNewJob('create.status.not-finished', ({ job }) => {
    const status = jobStatus(job);
    if (status === undefined) return NOT_APPLICABLE;
    return expectThat(status !== 'cancelled' && status !== 'paused', () => `a new job has status ${status}`, '/status');
  }),
  ofNewJob('create.created_at.clock', ({ job, exchange }) => {
    const created = member(job, 'created_at');
    const date = Date.parse(exchange.outcome.headers['date'] ?? '');
    if (typeof created !== 'number' || Number.isNaN(date)) return NOT_APPLICABLE;
    const apart = Math.abs(created - date / 1000);
    return expectThat(
      apart <= CLOCK_SECONDS,
      () => `created_at is ${Math.round(apart)} s away from the answer's Date header`,
      '/created_at',
    );
  }),
  ofNewJob('create.result_files.empty', ({ job }) => {
    const files = member(job, 'result_files');
    if (!isArray(files)) return NOT_APPLICABLE;
    return expectThat(
      files.length === 0 || jobStatus(job) === 'succeeded',
      () => `a new job in status ${jobStatus(job) ?? '?'} has result_files ${show(files)}`,
      '/result_files',
    );
  }),
  ofNewJob('create.seed.generated', ({ payload, job }) => {
    if (typeof member(payload, 'seed') === 'number') return NOT_APPLICABLE;
    const seed = member(job, 'seed');
    const isSeed = typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED;
    return expectThat(isSeed, () => `no seed was sent and the job has seed ${show(seed)}`, '/seed');
  }),
];
