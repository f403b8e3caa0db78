// Random sequences, made of a seed and nothing else: the same seed gives the same steps, whatever the target answers.
// Each step is drawn by weight; which job it is about is drawn among those that the sequence has made by then.
import fc from 'fast-check';
import { EDITION_METHODS, type Method } from '../generation/pools.ts';
import { DATA_KINDS, type DataKind, jobName, MOST_A_PAGE, type Step } from './step.ts';

type Kind = Step['do'];

/** How often each step is drawn, as a share of the sum. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  create: 2,
  retrieve: 6,
  list: 2,
  filter: 2,
  cancel: 3,
  pause: 3,
  resume: 3,
  events: 2,
  'page-events': 1,
  checkpoints: 2,
  'page-checkpoints': 1,
  'delete-file': 2,
  'retrieve-file': 2,
  'delete-model': 1,
  'await-run': 3,
  'await-end': 3,
  hold: 1,
  moment: 2,
};

/** Steps of one sequence, and jobs: few enough that something happens to each of them. */
export const STEPS_A_SEQUENCE = 50;
export const JOBS_A_SEQUENCE = 3;

type JobKind = Exclude<Kind, 'create' | 'moment' | 'list'>;

/** What is to happen to a job in any case, with random calls in between and behind it. */
interface Plot {
  /** What it is trained on, where that matters. */
  readonly data?: DataKind;
  readonly steps: readonly JobKind[];
}

/** Turns that a job can take, one a job in their order: a few jobs see them all, whatever is drawn beside. */
const PLOTS: readonly Plot[] = [
  { data: 'good', steps: ['cancel', 'retrieve', 'cancel', 'retrieve', 'hold', 'resume', 'retrieve'] },
  { data: 'own', steps: ['await-end', 'retrieve', 'delete-file', 'retrieve-file', 'retrieve'] },
  { data: 'good', steps: ['pause', 'hold', 'resume', 'await-run', 'await-end', 'checkpoints'] },
  { data: 'good', steps: ['events', 'await-run', 'cancel', 'retrieve', 'pause', 'retrieve', 'filter', 'events'] },
  { data: 'too-few', steps: ['await-end', 'retrieve', 'cancel', 'retrieve'] },
  { data: 'good', steps: ['await-end', 'pause', 'retrieve', 'resume', 'retrieve', 'cancel', 'retrieve'] },
  { data: 'good', steps: ['events', 'await-end', 'page-events', 'checkpoints', 'page-checkpoints', 'delete-model'] },
  { data: 'own', steps: ['retrieve-file', 'delete-file', 'retrieve', 'await-end', 'retrieve-file'] },
  { data: 'good', steps: ['pause', 'retrieve', 'cancel', 'retrieve', 'resume', 'retrieve'] },
  { data: 'good', steps: ['checkpoints', 'retrieve', 'await-run', 'pause', 'retrieve', 'resume', 'await-end'] },
  { data: 'wrong-format', steps: ['await-end', 'retrieve', 'resume', 'retrieve', 'events'] },
  { steps: [] },
];

function plotOf(job: number): Plot {
  return PLOTS[job % PLOTS.length] ?? { steps: [] };
}

interface Drawn {
  readonly kind: Kind;
  readonly pick: number;
  readonly method: Method;
  readonly data: DataKind;
  readonly limit: number;
}

function drawn(methods: readonly Method[]): fc.Arbitrary<Drawn> {
  const kinds = Object.entries(WEIGHTS) as [Kind, number][];
  return fc.noBias(
    fc.record({
      kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
      pick: fc.nat(0xffff),
      method: fc.constantFrom(...(['supervised', ...methods] as const)),
      data: fc.constantFrom(...DATA_KINDS, 'good', 'good', 'own', 'own'),
      limit: fc.constantFrom(1, 2, 3, 5, MOST_A_PAGE),
    }),
  );
}

/**
 * Sequences with so many steps in all.
 * @param methods the methods that the target offers.
 */
export function sequencesOf(
  seed: number,
  commands: number,
  methods: readonly Method[] = EDITION_METHODS,
): readonly (readonly Step[])[] {
  return sequenceLengths(commands).map((length, index) => {
    const steps = fc.array(drawn(methods), { minLength: length, maxLength: length });
    // Each sequence has a seed of its own, so that more commands add sequences and change none.
    const [raw = []] = fc.sample(steps, { seed: seed * 1_000 + index, numRuns: 1 });
    return resolved(raw, index);
  });
}

/** How many steps each sequence has. */
export function sequenceLengths(commands: number): readonly number[] {
  const whole = Array.from({ length: Math.floor(commands / STEPS_A_SEQUENCE) }, () => STEPS_A_SEQUENCE);
  const rest = commands % STEPS_A_SEQUENCE;
  return rest === 0 ? whole : [...whole, rest];
}

/** What is known of a job before anything was sent: what was asked of it so far. */
interface Draft {
  readonly name: string;
  readonly data: DataKind;
  /** What its plot still asks for. */
  plot: readonly JobKind[];
  isPaused: boolean;
  isOver: boolean;
}

/**
 * Gives each drawn step its job. Jobs are made where one was drawn, and at the latest where their share of the first half
 * begins; two steps of three go on with a plot as long as there is one.
 */
function resolved(raw: readonly Drawn[], sequence: number): Step[] {
  const jobs: Draft[] = [];
  return raw.map((one, position): Step => {
    const isDue = position >= (jobs.length * raw.length) / (2 * JOBS_A_SEQUENCE);
    if (jobs.length < JOBS_A_SEQUENCE && (isDue || one.kind === 'create'))
      return created(jobs, one, plotOf(sequence * JOBS_A_SEQUENCE + jobs.length));
    const job = chosen(jobs, one.pick);
    const [next, ...later] = job.plot;
    const goesOn = next !== undefined && one.pick % 3 > 0;
    if (goesOn) job.plot = later;
    else if (one.kind === 'moment') return { do: one.kind };
    else if (one.kind === 'list') return { do: one.kind, limit: one.limit };
    const drawnKind = one.kind === 'moment' || one.kind === 'list' ? 'retrieve' : one.kind;
    const kind = goesOn ? next : next === undefined ? fitting(drawnKind, job) : harmless(fitting(drawnKind, job));
    follow(job, kind);
    return kind === 'page-events' || kind === 'page-checkpoints'
      ? { do: kind, job: job.name, limit: one.limit }
      : { do: kind, job: job.name };
  });
}

function created(jobs: Draft[], drawnStep: Drawn, plot: Plot): Step {
  const data = plot.data ?? drawnStep.data;
  const method = isGood(data) ? drawnStep.method : 'supervised';
  const job = { name: jobName(jobs.length), data, plot: plot.steps, isPaused: false, isOver: false };
  jobs.push(job);
  return { do: 'create', job: job.name, method, data };
}

function isGood(data: DataKind): boolean {
  return data === 'good' || data === 'own';
}

/** Jobs in the midst of something are chosen more often. */
function chosen(jobs: readonly Draft[], pick: number): Draft {
  const pool = jobs.flatMap((job) => (job.plot.length > 0 ? [job, job, job] : [job]));
  const job = pool[Math.floor(pick / 3) % pool.length];
  if (job === undefined) throw new Error('a sequence begins with a job');
  return job;
}

/** The step that was drawn, or a plain look at the job where it could make no sense. */
function fitting(kind: Exclude<Kind, 'moment' | 'list'>, job: Draft): JobKind {
  switch (kind) {
    case 'create':
      return 'retrieve';
    case 'delete-file':
    case 'retrieve-file':
      return job.data === 'own' ? kind : 'retrieve';
    case 'page-events':
      return job.isOver ? kind : 'events';
    case 'page-checkpoints':
    case 'delete-model':
      return job.isOver && isGood(job.data) ? kind : 'checkpoints';
    case 'await-run':
    case 'await-end':
    case 'hold':
      return job.isPaused ? 'hold' : kind === 'hold' ? 'await-end' : kind;
    default:
      return kind;
  }
}

/** The step, or a look at the job where the step would spoil its plot. */
function harmless(kind: JobKind): JobKind {
  return SPOILING.has(kind) ? 'retrieve' : kind;
}

const SPOILING: ReadonlySet<JobKind> = new Set<JobKind>([
  'cancel',
  'pause',
  'resume',
  'delete-file',
  'delete-model',
  'await-run',
  'await-end',
  'hold',
]);

function follow(job: Draft, kind: JobKind): void {
  if (kind === 'pause' && !job.isOver) job.isPaused = true;
  if (kind === 'resume' || kind === 'cancel') job.isPaused = false;
  if (kind === 'cancel' || kind === 'await-end') job.isOver = true;
}
