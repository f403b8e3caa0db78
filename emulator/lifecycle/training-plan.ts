// What training comes to: "auto" made a number, and how many steps that gives. The numbers for "auto" are of the size
// that jobs of the real service show (3 epochs, batches of 1, a multiplier of 1.8, a beta of 0.1).
import { isObject, type JsonObject, type JsonValue, memberAt } from '../json.ts';
import type { JobRecord, MethodType } from '../store/records.ts';

export type Hyperparameters = Readonly<Record<string, JsonValue>>;

/** The hyperparameters that each method has, with what they are where none was sent. */
export const DEFAULT_HYPERPARAMETERS: Readonly<Record<MethodType, Hyperparameters>> = {
  supervised: { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' },
  dpo: { beta: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' },
  reinforcement: {
    batch_size: 'auto',
    learning_rate_multiplier: 'auto',
    n_epochs: 'auto',
    eval_interval: 'auto',
    eval_samples: 'auto',
    compute_multiplier: 'auto',
    reasoning_effort: 'default',
  },
};

export interface TrainingPlan {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** The hyperparameters of a job under `method`, "auto" where nothing was sent; the deprecated ones count if supervised. */
export function methodHyperparameters(job: JobRecord): Hyperparameters {
  const sent = objectOf(memberAt(job.method ?? undefined, job.methodType, 'hyperparameters'));
  const deprecated = job.methodType === 'supervised' ? (job.hyperparameters ?? {}) : {};
  return chosen(DEFAULT_HYPERPARAMETERS[job.methodType], { ...deprecated, ...sent });
}

/** The deprecated top-level hyperparameters of a supervised job; what was sent there wins over what `method` says. */
export function topLevelHyperparameters(job: JobRecord): Hyperparameters {
  const sent = objectOf(memberAt(job.method ?? undefined, 'supervised', 'hyperparameters'));
  return chosen(DEFAULT_HYPERPARAMETERS.supervised, { ...sent, ...job.hyperparameters });
}

/** Hyperparameters with "auto" replaced by what the job has been given. */
export function withoutAuto(hyperparameters: Hyperparameters, job: JobRecord): Hyperparameters {
  const examples = job.data.good ? job.data.examples : 1;
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [
      name,
      value === 'auto' ? (AUTO[name]?.(job.methodType, examples) ?? value) : value,
    ]),
  );
}

/** How long and in which steps a job trains. */
export function trainingPlan(job: JobRecord): TrainingPlan {
  const settings = withoutAuto(methodHyperparameters(job), job);
  const examples = job.data.good ? job.data.examples : 1;
  const epochs = wholeOr(settings['n_epochs'], 3);
  const stepsPerEpoch = Math.ceil(examples / wholeOr(settings['batch_size'], 1));
  return { epochs, stepsPerEpoch, totalSteps: epochs * stepsPerEpoch };
}

/** What a job is billed for: the tokens of its data, once an epoch. */
export function trainedTokens(job: JobRecord): number {
  const tokens = job.data.good ? job.data.tokens : 0;
  return Math.min(Number.MAX_SAFE_INTEGER, tokens * trainingPlan(job).epochs);
}

const AUTO: Readonly<Record<string, (method: MethodType, examples: number) => number>> = {
  n_epochs: (_, examples) => (examples < 1000 ? 3 : examples < 10_000 ? 2 : 1),
  batch_size: (_, examples) => Math.min(256, Math.max(1, Math.floor(examples / 500))),
  learning_rate_multiplier: (method) => (method === 'supervised' ? 1.8 : 1),
  beta: () => 0.1,
  compute_multiplier: () => 1,
  eval_interval: () => 5,
  eval_samples: () => 2,
};

function chosen(defaults: Hyperparameters, sent: JsonObject): Hyperparameters {
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, sent[name] ?? value]));
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A whole number of at least 1; a defect may have let something else in. */
function wholeOr(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(1, Math.round(value)) : otherwise;
}
