// The figures of a step. They are made up, but steady (the seed and the step determine them), of the right size, and
// they improve as training goes on. Names as in events of real jobs.
import { randomFrom } from '../text/derived-id.ts';
import type { JobRecord } from '../store/records.ts';
import type { TrainingPlan } from './training-plan.ts';

export type Metrics = Readonly<Record<string, number>>;

const VALIDATIONS_A_JOB = 10;

/** The figures of a step: of the training data, and where the step is validated also of the validation data. */
export function metricsAt(job: JobRecord, plan: TrainingPlan, step: number): Metrics {
  const progress = step / plan.totalSteps;
  const random = randomFrom(`${job.seed}:${step}`);
  const noise = (): number => (random() - 0.5) * 0.04;
  const trainLoss = rounded(0.25 + 1.9 * Math.exp(-3 * progress) + noise());
  const trainAccuracy = rounded(Math.min(0.99, 0.95 - 0.4 * Math.exp(-3 * progress) + noise()));
  const training: Metrics =
    job.methodType === 'reinforcement'
      ? { train_mean_reward: rounded(0.2 + 0.6 * progress + noise()) }
      : { train_loss: trainLoss, train_mean_token_accuracy: trainAccuracy };
  if (job.validationFile === null || !isValidated(plan, step)) return training;
  const epochEnd = step % plan.stepsPerEpoch === 0;
  if (job.methodType === 'reinforcement') {
    return {
      ...training,
      valid_mean_reward: rounded(0.18 + 0.55 * progress + noise()),
      ...(epochEnd ? { full_valid_mean_reward: rounded(0.18 + 0.55 * progress) } : {}),
    };
  }
  const validLoss = rounded(trainLoss + 0.08 + noise());
  const validAccuracy = rounded(Math.max(0, trainAccuracy - 0.05 + noise()));
  return {
    ...training,
    valid_loss: validLoss,
    valid_mean_token_accuracy: validAccuracy,
    ...(epochEnd ? { full_valid_loss: validLoss, full_valid_mean_token_accuracy: validAccuracy } : {}),
  };
}

function isValidated({ totalSteps, stepsPerEpoch }: TrainingPlan, step: number): boolean {
  return step % stepsPerEpoch === 0 || step % Math.max(1, Math.floor(totalSteps / VALIDATIONS_A_JOB)) === 0;
}

function rounded(value: number): number {
  return Math.round(Math.max(0, value) * 100_000) / 100_000;
}
