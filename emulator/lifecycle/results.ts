// The result file of a job that succeeded: the figures of its steps as CSV.
import type { JobRecord } from '../store/records.ts';
import { metricsAt } from './metrics.ts';
import { stepsOf } from './steps.ts';
import type { Span } from './timeline.ts';

const COLUMNS: Readonly<Record<'loss' | 'reward', readonly (readonly [heading: string, metric: string])[]>> = {
  loss: [
    ['train_loss', 'train_loss'],
    ['train_accuracy', 'train_mean_token_accuracy'],
    ['valid_loss', 'valid_loss'],
    ['valid_mean_token_accuracy', 'valid_mean_token_accuracy'],
  ],
  reward: [
    ['train_mean_reward', 'train_mean_reward'],
    ['valid_mean_reward', 'valid_mean_reward'],
  ],
};

/** The content of a job's result file: a heading, then one line a reported step; empty where a step was not measured. */
export function resultsCsv(job: JobRecord, timeline: readonly Span[]): string {
  const { plan, reported } = stepsOf(job, timeline);
  const columns = COLUMNS[job.methodType === 'reinforcement' ? 'reward' : 'loss'];
  const lines = reported.map((step) => {
    const figures = metricsAt(job, plan, step);
    return [step, ...columns.map(([, metric]) => figures[metric] ?? '')].join(',');
  });
  return `${['step', ...columns.map(([heading]) => heading)].join(',')}\n${lines.join('\n')}\n`;
}
