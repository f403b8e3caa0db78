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
    return resolved(raw);
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
  isPaused: boolean;
  isOver: boolean;
  isGone: boolean;
}

/** Gives each drawn step its job. Jobs are made where one was drawn, and at the latest where their share begins. */
function resolved(raw: readonly Drawn[]): Step[] {
  const jobs: Draft[] = [];
  return raw.map((one, position): Step => {
    const isDue = position >= (jobs.length * raw.length) / JOBS_A_SEQUENCE;
    if (jobs.length < JOBS_A_SEQUENCE && (isDue || one.kind === 'create')) return created(jobs, one);
    if (one.kind === 'moment') return { do: one.kind };
    if (one.kind === 'list') return { do: one.kind, limit: one.limit };
    const job = chosen(jobs, one.pick);
    const kind = fitting(one.kind, job);
    follow(job, kind);
    return kind === 'page-events' || kind === 'page-checkpoints'
      ? { do: kind, job: job.name, limit: one.limit }
      : { do: kind, job: job.name };
  });
}

function created(jobs: Draft[], { method, data }: Drawn): Step {
  const job = { name: jobName(jobs.length), data, isPaused: false, isOver: false, isGone: false };
  jobs.push(job);
  return { do: 'create', job: job.name, method: isGood(data) ? method : 'supervised', data };
}

function isGood(data: DataKind): boolean {
  return data === 'good' || data === 'own';
}

/** Jobs that can succeed are chosen more often than those that fail early. */
function chosen(jobs: readonly Draft[], pick: number): Draft {
  const pool = jobs.flatMap((job) => (isGood(job.data) && !job.isGone ? [job, job, job] : [job]));
  const job = pool[pick % pool.length];
  if (job === undefined) throw new Error('a sequence begins with a job');
  return job;
}

type JobKind = Exclude<Kind, 'create' | 'moment' | 'list'>;

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

function follow(job: Draft, kind: JobKind): void {
  if (kind === 'pause' && !job.isOver) job.isPaused = true;
  if (kind === 'resume' || kind === 'cancel') job.isPaused = false;
  if (kind === 'cancel' || kind === 'await-end') job.isOver = true;
  if (kind === 'delete-model') job.isGone = true;
}
