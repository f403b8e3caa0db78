// The steps that sequences are made of, as data and in words. A step names jobs by letters and never by ids, so that a
// sequence can be shrunk, printed, written into a report, and read back from one that came from anywhere.
import { METHODS, type Method } from '../generation/pools.ts';

/** What a job is trained on: a file that jobs share, one of its own, or data that must not succeed. */
export const DATA_KINDS = ['good', 'own', 'too-few', 'not-jsonl', 'wrong-format'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** Steps about one job, in the words that stand for them. */
const OF_JOB = {
  retrieve: 'retrieve job {job}',
  filter: 'list jobs with the metadata of job {job}',
  cancel: 'cancel job {job}',
  pause: 'pause job {job}',
  resume: 'resume job {job}',
  events: 'list events of job {job}',
  checkpoints: 'list checkpoints of job {job}',
  'delete-file': 'delete the training file of job {job}',
  'retrieve-file': 'retrieve the training file of job {job}',
  'delete-model': 'delete the model of job {job}',
  'await-run': 'wait until job {job} runs',
  'await-end': 'wait until job {job} has ended',
  hold: 'watch job {job} for as long as a job lives',
} as const;

/** Steps about one job and a page size. */
const OF_PAGES = {
  'page-events': 'list events of job {job}, {limit} a page',
  'page-checkpoints': 'list checkpoints of job {job}, {limit} a page',
} as const;

export type JobStepName = keyof typeof OF_JOB;
type PageStepName = keyof typeof OF_PAGES;

export interface CreateStep {
  readonly do: 'create';
  readonly job: string;
  readonly method: Method;
  readonly data: DataKind;
}

export type Step =
  | CreateStep
  | { readonly do: JobStepName; readonly job: string }
  | { readonly do: PageStepName; readonly job: string; readonly limit: number }
  | { readonly do: 'list'; readonly limit: number }
  | { readonly do: 'moment' };

export const JOB_STEPS = Object.keys(OF_JOB) as readonly JobStepName[];
const PAGE_STEPS = Object.keys(OF_PAGES) as readonly PageStepName[];

/** Largest page that a sequence asks for. */
export const MOST_A_PAGE = 100;
const MOMENT = 'wait a moment';

/** A step in words. */
export function stepText(step: Step): string {
  switch (step.do) {
    case 'create':
      return `create job ${step.job}: ${step.method}, data ${step.data}`;
    case 'list':
      return `list jobs, ${step.limit} a page`;
    case 'moment':
      return MOMENT;
    case 'page-events':
    case 'page-checkpoints':
      return OF_PAGES[step.do].replace('{job}', step.job).replace('{limit}', String(step.limit));
    default:
      return OF_JOB[step.do].replace('{job}', step.job);
  }
}

/** The step that words stand for, or undefined where they stand for none. The inverse of stepText. */
export function parseStep(text: string): Step | undefined {
  if (text === MOMENT) return { do: 'moment' };
  const [, job, method, data] = /^create job ([A-Z]): ([a-z]+), data ([a-z-]+)$/.exec(text) ?? [];
  if (job !== undefined) {
    const knownMethod = METHODS.find((name) => name === method);
    const knownData = DATA_KINDS.find((name) => name === data);
    return knownMethod === undefined || knownData === undefined
      ? undefined
      : { do: 'create', job, method: knownMethod, data: knownData };
  }
  const [, pageOfJobs] = /^list jobs, (\d{1,3}) a page$/.exec(text) ?? [];
  if (pageOfJobs !== undefined) return withLimit(pageOfJobs, (limit) => ({ do: 'list', limit }));
  const [, named, page] = /\bjob ([A-Z])(?:, (\d{1,3}) a page)?(?: |$)/.exec(text) ?? [];
  if (named === undefined) return undefined;
  if (page !== undefined) {
    const paged = PAGE_STEPS.find((name) => stepText({ do: name, job: named, limit: Number(page) }) === text);
    return paged === undefined ? undefined : withLimit(page, (limit) => ({ do: paged, job: named, limit }));
  }
  const plain = JOB_STEPS.find((name) => stepText({ do: name, job: named }) === text);
  return plain === undefined ? undefined : { do: plain, job: named };
}

function withLimit(text: string, make: (limit: number) => Step): Step | undefined {
  const limit = Number(text);
  return limit >= 1 && limit <= MOST_A_PAGE && String(limit) === text ? make(limit) : undefined;
}

/** The job that a step is about, or undefined. */
export function jobIn(step: Step): string | undefined {
  return 'job' in step ? step.job : undefined;
}

/** The n-th name of a job: A, B, C … */
export function jobName(position: number): string {
  return String.fromCharCode(65 + position);
}

/** A sequence as a numbered list of calls. */
export function numbered(steps: readonly string[]): string {
  return steps.map((text, index) => `${index + 1}. ${text}`).join('\n');
}
