// Chapters create, echo and refusal.
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Exchange } from '../requirements/exchange.ts';
import type { Fault, Observation } from '../requirements/observation.ts';
import { answered, refused, unanswered } from './exchanges.ts';
import { probed } from './judged.ts';
import { aJob, type Changes, changed } from './objects.ts';
import { breaks, ignores, keeps, leavesOpen, page, type Specimen } from './specimens.ts';

const CREATED_AT = 1_760_000_000;
const PAYLOAD: JsonObject = { model: 'gpt-4o-mini', training_file: 'file-1' };
const NEW_JOB: JsonObject = aJob({ seed: 1_234_567 });

/** A create with its answer: what was sent beside the minimum, and in what the job differs. */
export function creation(sent: Changes = {}, job: Changes = {}, more: { readonly date?: string } = {}): Observation {
  const answer = changed(NEW_JOB, job);
  const exchange = answered(answer, {
    operation: 'createFineTuningJob',
    ...(more.date === undefined ? {} : { headers: { date: more.date } }),
  });
  return { kind: 'creation', payload: changed(PAYLOAD, sent), job: answer, exchange, sameIdAs: undefined };
}

function acceptance(requirement: string, exchange: Exchange): Observation {
  return { kind: 'acceptance', requirement, site: 'base', description: 'the body', exchange };
}

const SERVED = answered(NEW_JOB);
const REFUSED = refused(400, { message: 'seed is not supported', param: 'seed' });

/** Every way in which a body that must be accepted can be answered. */
export function acceptanceSpecimens(row: string): Specimen[] {
  return [
    keeps(row, 'a body that is answered 200', acceptance(row, SERVED)),
    keeps(row, 'a body that is answered 201', acceptance(row, answered(NEW_JOB, { status: 201 }))),
    breaks(row, 'a legal body that is refused for a member of its own', acceptance(row, REFUSED)),
    breaks(row, 'a legal body that is redirected', acceptance(row, answered(NEW_JOB, { status: 302 }))),
    leavesOpen(row, 'a body that is never answered', acceptance(row, unanswered())),
    leavesOpen(row, 'a body that meets a rate limit', acceptance(row, refused(429))),
    leavesOpen(
      row,
      'a body whose model is not offered',
      acceptance(row, refused(400, { code: 'model_not_available' })),
    ),
  ];
}

/** A body with one fault, answered, beside what else the run knows. */
export function faulty(
  fault: Partial<Fault> & { readonly requirement: string },
  exchange: Exchange,
  known: { readonly twin?: boolean; readonly standIn?: boolean } = { twin: true },
): Observation {
  return {
    kind: 'fault',
    fault: { site: 'site', at: '/seed', description: 'seed is -1', ...fault },
    exchange,
    twin: known.twin === true ? SERVED : undefined,
    standIn:
      known.standIn === true
        ? { accepted: SERVED, other: refused(400, { message: 'no', param: 'suffix' }) }
        : undefined,
  };
}

/** Every way in which a body that must be refused can be answered. */
export function refusalSpecimens(row: string): Specimen[] {
  const requirement = row;
  return [
    keeps(row, 'a fault that is refused', faulty({ requirement }, refused(400))),
    keeps(row, 'a fault that is refused with 422', faulty({ requirement }, refused(422))),
    breaks(row, 'a fault that is accepted', faulty({ requirement }, SERVED)),
    breaks(row, 'a fault that is answered 500', faulty({ requirement }, refused(500))),
    leavesOpen(row, 'a fault that is never answered', faulty({ requirement }, unanswered())),
    leavesOpen(row, 'a fault that meets a rate limit', faulty({ requirement }, refused(429))),
    leavesOpen(row, 'a fault that is refused as anything is', faulty({ requirement }, refused(400), {})),
  ];
}

const OF_CREATE: readonly Specimen[] = [
  keeps('create.id.unique', 'a job with an id', creation()),
  breaks('create.id.unique', 'a job whose id is empty', creation({}, { id: '' })),
  breaks('create.id.unique', 'a job with the id of an earlier one', {
    ...(creation() as CreationOf),
    sameIdAs: SERVED,
  }),
  ignores('create.id.unique', 'a job without an id', creation({}, { id: undefined })),
  ...['queued', 'validating_files', 'running', 'succeeded', 'failed'].map((status) =>
    keeps('create.status.not-finished', `a new job that is ${status}`, creation({}, { status })),
  ),
  breaks('create.status.not-finished', 'a new job that is cancelled', creation({}, { status: 'cancelled' })),
  breaks('create.status.not-finished', 'a new job that is paused', creation({}, { status: 'paused' })),
  keeps(
    'create.created_at.clock',
    'a job made now',
    creation({}, {}, { date: new Date(CREATED_AT * 1000).toUTCString() }),
  ),
  keeps(
    'create.created_at.clock',
    'a clock that is four minutes off',
    creation({}, { created_at: CREATED_AT + 240 }, { date: new Date(CREATED_AT * 1000).toUTCString() }),
  ),
  breaks(
    'create.created_at.clock',
    'a clock that is ten minutes off',
    creation({}, { created_at: CREATED_AT - 600 }, { date: new Date(CREATED_AT * 1000).toUTCString() }),
  ),
  ignores('create.created_at.clock', 'an answer without a Date header', creation()),
  ignores('create.created_at.clock', 'an answer whose Date header is no date', creation({}, {}, { date: 'soon' })),
  keeps('create.result_files.empty', 'a new job without result files', creation()),
  breaks('create.result_files.empty', 'a new job with a result file', creation({}, { result_files: ['file-2'] })),
  keeps(
    'create.result_files.empty',
    'a job that has succeeded already',
    creation({}, { status: 'succeeded', result_files: ['file-2'] }),
  ),
  keeps('create.seed.generated', 'a seed where none was sent', creation()),
  keeps('create.seed.generated', 'a seed where null was sent', creation({ seed: null }, { seed: 0 })),
  ...[null, undefined, -1, 1.5, 2_147_483_648, '7'].map((seed) =>
    breaks('create.seed.generated', `no seed was sent and the seed ${JSON.stringify(seed)}`, creation({}, { seed })),
  ),
  ignores('create.seed.generated', 'a seed that was sent', creation({ seed: 7 }, { seed: 8 })),
  keeps('create.seed.generated', 'the largest seed', creation({}, { seed: 2_147_483_647 })),
  ignores('create.status.not-finished', 'a new job without a status', creation({}, { status: undefined })),
  ignores(
    'create.created_at.clock',
    'a time in words',
    creation({}, { created_at: 'now' }, { date: new Date(CREATED_AT * 1000).toUTCString() }),
  ),
  keeps(
    'create.created_at.clock',
    'a clock that is five minutes off',
    creation({}, { created_at: CREATED_AT + 300 }, { date: new Date(CREATED_AT * 1000).toUTCString() }),
  ),
  ignores('create.result_files.empty', 'a new job without the member', creation({}, { result_files: undefined })),
  ignores('create.result_files.empty', 'a new job with null for files', creation({}, { result_files: null })),
];
type CreationOf = Extract<Observation, { kind: 'creation' }>;

const SUPERVISED = { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3, batch_size: 'auto' } } };
function supervised(hyperparameters: JsonValue): JsonObject {
  return { type: 'supervised', supervised: { hyperparameters } };
}
const WANDB = { type: 'wandb', wandb: { project: 'p', name: null, tags: ['a', 'b'] } };

const ALL_OF_DPO = { beta: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 3 };

/** A DPO job that was sent with three epochs. */
function dpo(shown: JsonObject, job: Changes = {}): Observation {
  const sent = { type: 'dpo', dpo: { hyperparameters: { n_epochs: 3 } } };
  return creation({ method: sent }, { method: { type: 'dpo', dpo: { hyperparameters: shown } }, ...job });
}

const OF_DEFAULTS: readonly Specimen[] = [
  keeps('echo.method.defaults', 'every hyperparameter of the method', dpo(ALL_OF_DPO)),
  keeps('echo.method.defaults', 'numbers for what was not sent', dpo({ ...ALL_OF_DPO, beta: 0.1, batch_size: 1 })),
  breaks('echo.method.defaults', 'no beta', dpo({ ...ALL_OF_DPO, beta: null })),
  breaks('echo.method.defaults', 'only what was sent', dpo({ n_epochs: 3 })),
  breaks('echo.method.defaults', 'a method without settings where none was sent', creation({}, { method: { type: 'supervised' } })),
  ignores('echo.method.defaults', 'a value that was sent and lost', creation({ method: supervised({ n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1 }) }, { method: supervised({}) })),
  ignores('echo.method.defaults', 'a job without a method', creation({}, { method: undefined })),
  keeps('echo.hyperparameters.only-supervised', 'null in a DPO job', dpo(ALL_OF_DPO, { hyperparameters: null })),
  keeps('echo.hyperparameters.only-supervised', 'no such member in a DPO job', dpo(ALL_OF_DPO, { hyperparameters: undefined })),
  breaks('echo.hyperparameters.only-supervised', 'an object in a DPO job', dpo(ALL_OF_DPO, { hyperparameters: { n_epochs: 3 } })),
  breaks('echo.hyperparameters.only-supervised', 'an object in a reinforcement job', creation({ method: { type: 'reinforcement' } }, { hyperparameters: {} })),
  ignores('echo.hyperparameters.only-supervised', 'a supervised job', creation({}, { hyperparameters: { n_epochs: 3 } })),
  ignores('echo.hyperparameters.only-supervised', 'a DPO job that was sent with both', creation({ method: { type: 'dpo' }, hyperparameters: { n_epochs: 3 } }, { hyperparameters: { n_epochs: 3 } })),
]; // prettier-ignore

const OF_ECHO: readonly Specimen[] = [
  keeps('echo.model', 'the model that was sent', creation({}, { model: 'gpt-4o-mini' })),
  keeps('echo.model', 'a dated snapshot of it', creation()),
  breaks('echo.model', 'another model', creation({}, { model: 'gpt-4o-2024-08-06' })),
  keeps('echo.model.snapshot', 'a dated snapshot', creation()),
  breaks('echo.model.snapshot', 'the alias itself', creation({}, { model: 'gpt-4o-mini' })),
  ignores('echo.model.snapshot', 'a snapshot that was asked for', creation({ model: 'gpt-4o-mini-2024-0718' }, {})),
  keeps('echo.training_file', 'the file that was sent', creation()),
  breaks('echo.training_file', 'another file', creation({}, { training_file: 'file-2' })),
  breaks('echo.training_file', 'no file', creation({}, { training_file: undefined })),
  keeps('echo.validation_file', 'the file that was sent', creation({ validation_file: 'file-2' }, { validation_file: 'file-2' })),
  keeps('echo.validation_file', 'null where none was sent', creation()),
  keeps('echo.validation_file', 'null where null was sent', creation({ validation_file: null })),
  breaks('echo.validation_file', 'null for a file', creation({ validation_file: 'file-2' })),
  breaks('echo.validation_file', 'a file that was not sent', creation({}, { validation_file: 'file-2' })),
  keeps('echo.seed', 'the seed that was sent', creation({ seed: 7 }, { seed: 7 })),
  keeps('echo.seed', 'a seed of nought', creation({ seed: 0 }, { seed: 0 })),
  breaks('echo.seed', 'another seed', creation({ seed: 7 }, { seed: 8 })),
  ignores('echo.seed', 'no seed', creation({}, { seed: 8 })),
  ignores('echo.seed', 'a seed of null', creation({ seed: null }, { seed: 8 })),
  keeps('echo.hyperparameters', 'the values that were sent', creation({ hyperparameters: { n_epochs: 3 } }, { hyperparameters: { n_epochs: 3, batch_size: 'auto' } })),
  keeps('echo.hyperparameters', 'a number for "auto"', creation({ hyperparameters: { n_epochs: 'auto' } }, { hyperparameters: { n_epochs: 4 } })),
  breaks('echo.hyperparameters', 'another value', creation({ hyperparameters: { n_epochs: 3 } }, { hyperparameters: { n_epochs: 4 } })),
  breaks('echo.hyperparameters', '"auto" for a value', creation({ hyperparameters: { n_epochs: 3 } }, { hyperparameters: { n_epochs: 'auto' } })),
  ignores('echo.hyperparameters', 'values beside a method', creation({ hyperparameters: { n_epochs: 3 }, method: SUPERVISED }, {})),
  keeps('echo.hyperparameters', 'a value of which jobs of this edition do not tell', creation({ hyperparameters: { n_epochs: 3, beta: 0.1 } }, { hyperparameters: { n_epochs: 3 } })),
  breaks('echo.hyperparameters', 'another value where it is told of', creation({ hyperparameters: { n_epochs: 3, beta: 0.1 } }, { hyperparameters: { n_epochs: 3, beta: 0.2 } })),
  ignores('echo.hyperparameters', 'only what jobs do not tell of', creation({ hyperparameters: { beta: 0.1 } }, { hyperparameters: {} })),
  ignores('echo.hyperparameters', 'no hyperparameters', creation({}, { hyperparameters: { n_epochs: 3 } })),
  ignores('echo.hyperparameters', 'an empty object', creation({ hyperparameters: {} }, { hyperparameters: null })),
  keeps('echo.method', 'the method with values for "auto"', creation({ method: SUPERVISED }, { method: supervised({ n_epochs: 3, batch_size: 8, learning_rate_multiplier: 1 }) })),
  keeps('echo.method', 'settings without a value that are left out', creation({ method: { type: 'supervised', supervised: {} } }, { method: { type: 'supervised' } })),
  breaks('echo.method', 'another type', creation({ method: SUPERVISED }, { method: { ...SUPERVISED, type: 'dpo' } })),
  breaks('echo.method', 'a value that was lost', creation({ method: SUPERVISED }, { method: supervised({ batch_size: 8 }) })),
  breaks('echo.method', 'no method', creation({ method: SUPERVISED }, { method: undefined })),
  keeps('echo.metadata', 'the pairs that were sent, in another order', creation({ metadata: { a: '1', b: '2' } }, { metadata: { b: '2', a: '1' } })),
  breaks('echo.metadata', 'a pair less', creation({ metadata: { a: '1', b: '2' } }, { metadata: { a: '1' } })),
  breaks('echo.metadata', 'a pair more', creation({ metadata: { a: '1' } }, { metadata: { a: '1', b: '2' } })),
  breaks('echo.metadata', 'a value trimmed', creation({ metadata: { a: ' 1 ' } }, { metadata: { a: '1' } })),
  breaks('echo.metadata', 'no metadata', creation({ metadata: { a: '1' } }, { metadata: null })),
  ignores('echo.metadata', 'an empty map', creation({ metadata: {} }, { metadata: null })),
  keeps('echo.integrations', 'the integration with a run id', creation({ integrations: [WANDB] }, { integrations: [{ ...WANDB, wandb: { ...WANDB.wandb, run_id: 'r' } }] })),
  breaks('echo.integrations.details', 'an integration without its tags', creation({ integrations: [WANDB] }, { integrations: [{ type: 'wandb', wandb: { project: 'p' } }] })),
  keeps('echo.integrations.details', 'every detail', creation({ integrations: [WANDB] }, { integrations: [WANDB] })),
  keeps('echo.integrations', 'an integration without its tags', creation({ integrations: [WANDB] }, { integrations: [{ type: 'wandb', wandb: { project: 'p' } }] })),
  breaks('echo.integrations', 'another project', creation({ integrations: [WANDB] }, { integrations: [{ type: 'wandb', wandb: { project: 'other' } }] })),
  breaks('echo.integrations', 'no integration', creation({ integrations: [WANDB] })),
  ignores('echo.integrations', 'an empty list', creation({ integrations: [] }, { integrations: null })),
  keeps('echo.method.from-hyperparameters', 'values that show under the method', creation({ hyperparameters: { n_epochs: 3 } }, { method: supervised({ n_epochs: 3 }) })),
  ignores('echo.method.from-hyperparameters', 'none that were sent', creation({}, { method: supervised({ n_epochs: 'auto' }) })),
  ignores('echo.method.from-hyperparameters', 'an empty object', creation({ hyperparameters: {} }, { method: supervised({ n_epochs: 'auto' }) })),
  ignores('echo.method.from-hyperparameters', 'values beside a method', creation({ hyperparameters: { n_epochs: 3 }, method: SUPERVISED }, { method: supervised({ n_epochs: 4 }) })),
  breaks('echo.method.from-hyperparameters', 'values that do not', creation({ hyperparameters: { n_epochs: 3 } }, { method: supervised({ n_epochs: 'auto' }) })),
  keeps('echo.method.always-present', 'a method where none was sent', creation()),
  breaks('echo.method.always-present', 'no method', creation({}, { method: undefined })),
  ignores('echo.method.always-present', 'a method that was sent', creation({ method: SUPERVISED }, { method: undefined })),
  ...OF_DEFAULTS,
  keeps('echo.metadata.null-when-absent', 'null', creation()),
  ignores('echo.metadata.null-when-absent', 'pairs that were sent', creation({ metadata: { a: '1' } }, { metadata: { a: '1' } })),
  breaks('echo.metadata.null-when-absent', 'an empty map', creation({}, { metadata: {} })),
  keeps('echo.integrations.empty-when-absent', 'an empty list', creation()),
  breaks('echo.integrations.empty-when-absent', 'null', creation({}, { integrations: null })),
  breaks('echo.integrations.empty-when-absent', 'an integration', creation({}, { integrations: [WANDB] })),
  ignores('echo.integrations.empty-when-absent', 'integrations that were sent', creation({ integrations: [WANDB] }, { integrations: null })),
]; // prettier-ignore

const NO_JOB = { name: 'no-job-left', refused: [REFUSED], listed: page([]), unknown: [] } as const;

export const SPECIMENS_OF_CREATE: readonly Specimen[] = [
  ...OF_CREATE,
  ...OF_ECHO,
  keeps('refusal.no-job', 'a list without unknown jobs', probed(NO_JOB)),
  breaks('refusal.no-job', 'a job that no answer told of', probed({ ...NO_JOB, unknown: ['job-9'] })),
  leavesOpen(
    'refusal.no-job',
    'a refused create that was not answered',
    probed({ ...NO_JOB, refused: [unanswered()] }),
  ),
];
