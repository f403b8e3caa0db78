// Keeps what a run saw of its own jobs: every sighting in every answer, and everything that was asked of them. Of many
// jobs those that are over are packed, so that memory hardly follows the number of cases.
import { type JsonObject, textMember } from '../contract/json.ts';
import type { Answered, Exchange } from '../requirements/exchange.ts';
import { condense } from '../requirements/history.ts';
import type { Control, Expectation, HistoryObserved, Sighting } from '../requirements/observation.ts';
import { isFinished, jobStatus } from '../requirements/refusals.ts';
import { canBePacked, packed, type SeenJob, unpacked } from './packed-jobs.ts';

/** A job that is kept as it is. */
class Whole implements SeenJob {
  readonly id: string;
  readonly payload: JsonObject | undefined;
  readonly created: Answered;
  readonly sightings: Sighting[];
  readonly controls: Control[];
  expectation: Expectation | undefined;
  waited = false;
  /** Retrieves that did not find it. */
  readonly misses: Answered[] = [];
  /** True once it was looked for in vain for as long as a run has patience. */
  isLost = false;
  /** True once the run has deleted the model that it made. */
  isReleased = false;
  /** True once the job stands in line to be packed. */
  isOver = false;
  /** Changes with everything that is added: what was packed meanwhile is out of date then. */
  version = 0;

  constructor({ id, payload, created, sightings, controls }: SeenJob) {
    this.id = id;
    this.payload = payload;
    this.created = created;
    this.sightings = [...sightings];
    this.controls = [...controls];
  }
}

/** A target that answers differently each time must not fill our memory. */
const MAX_SIGHTINGS = 600;
/** Retrieves in vain that are kept of one job: the first ones and the last. */
const MAX_MISSES = 50;
/** Jobs that are over and kept as they are: what is asked of a job next is asked at once. */
const KEPT_WHOLE = 8;
/** Jobs that are packed together: enough to share their words, few enough to be gone before they are old to the collector. */
const PACKED_TOGETHER = 24;
/** What is seen of a job that is packed, as a rule: made, read back, cancelled. */
const SEEN_OF_PACKED = 3;

/** The jobs of a run, by id. */
export class Histories {
  /** Each job, or the number under which it is packed: an object more for each of many jobs would cost as much again. */
  readonly #jobs = new Map<string, Whole | number>();
  readonly #bundles: Buffer[] = [];
  #unpacked: { readonly bundle: number; readonly jobs: readonly SeenJob[] } | undefined;
  /** What was seen of jobs after they were packed. */
  readonly #later = new Map<number, Sighting[]>();
  /** Jobs that are over and whole, oldest first. */
  #over: Whole[] = [];
  /** Jobs whose history was judged. */
  readonly #judged = new Set<string>();
  readonly #listLagMs: number;

  /** @param listLagMs milliseconds by which lists of the target may lag behind. */
  constructor(listLagMs: number) {
    this.#listLagMs = listLagMs;
  }

  /** A create was answered with this job. Returns the exchange of an earlier job with the same id, if there is one. */
  created(job: JsonObject, payload: JsonObject | undefined, exchange: Answered): Answered | undefined {
    const id = textMember(job, 'id');
    if (id === undefined) return undefined;
    const known = this.createdBy(id);
    if (known) return known;
    this.#jobs.set(id, new Whole({ id, payload, created: exchange, sightings: [], controls: [] }));
    return undefined;
  }

  /** True where a job of this run has the id. */
  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Ids of the run's jobs in the order of creation. */
  ids(): string[] {
    return [...this.#jobs.keys()];
  }

  /** The run has taken away what the job made: nothing that is shown of it from now on counts. */
  release(id: string): void {
    this.#change(id, (job) => (job.isReleased = true));
  }

  isReleased(id: string): boolean {
    const job = this.#jobs.get(id);
    return typeof job === 'object' && job.isReleased;
  }

  /** The payload that made a job. */
  payloadOf(id: string): JsonObject | undefined {
    return this.#read(id)?.payload;
  }

  /** Jobs of which what was seen is packed. */
  get packedJobs(): number {
    return [...this.#jobs.values()].filter((job) => typeof job === 'number').length;
  }

  /** The answer of the create that made a job. */
  createdBy(id: string): Answered | undefined {
    return this.#read(id)?.created;
  }

  /** Everything that was asked of a job. */
  controlsOf(id: string): readonly Control[] {
    return this.#read(id)?.controls ?? [];
  }

  /** The first cancel that was asked of a job. */
  cancelOf(id: string): Exchange | undefined {
    return this.#read(id)?.controls.find(({ control }) => control === 'cancel')?.exchange;
  }

  /** A job of the run stood in an answer. Jobs of others are not followed. */
  saw(sighting: Sighting): void {
    const job = this.#jobs.get(textMember(sighting.job, 'id') ?? '');
    if (job === undefined) return;
    if (typeof job === 'number') {
      this.#later.set(job, bounded([...(this.#later.get(job) ?? []), sighting]));
      return;
    }
    job.sightings.push(sighting);
    if (job.sightings.length > MAX_SIGHTINGS) job.sightings.splice(0, job.sightings.length, ...bounded(job.sightings));
    job.version += 1;
    if (!job.isOver && isFinished(jobStatus(sighting.job))) this.#isOver(job);
  }

  /** A job of the run was asked for, and the answer was that there is none. */
  missed(id: string, exchange: Answered): void {
    if (this.isReleased(id)) return;
    this.#change(id, ({ misses }) => {
      if (misses.length === MAX_MISSES) misses.pop();
      misses.push(exchange);
    });
  }

  /** Somebody looked for a job for as long as a run has patience. */
  lost(id: string): void {
    this.#change(id, (job) => (job.isLost = true));
  }

  /** Jobs that were looked for in vain. */
  lostIds(): string[] {
    return [...this.#jobs].flatMap(([id, job]) => (typeof job !== 'number' && job.isLost ? [id] : []));
  }

  /** The last answer to a retrieve that was the job. */
  retrieved(id: string): Answered | undefined {
    return lastFound(this.#read(id)?.sightings ?? [])?.exchange;
  }

  /** Something was asked of a job. */
  asked(id: string, control: Control['control'], exchange: Exchange): void {
    this.#change(id, ({ controls }) => controls.push({ control, exchange }));
  }

  /** What a job was made for, and that somebody waited for its end. */
  expect(id: string, expectation: Expectation): void {
    this.#change(id, (job) => (job.expectation = expectation));
  }

  waitedFor(id: string): void {
    this.#change(id, (job) => (job.waited = true));
  }

  /** Histories that nobody has judged yet, of the jobs that are named or of all; from now on they count as judged. */
  *unjudged(ids?: readonly string[]): Generator<HistoryObserved> {
    for (const id of ids ?? this.ids()) {
      if (this.#judged.has(id)) continue;
      this.#judged.add(id);
      yield* this.observed([id]);
    }
  }

  /** The histories as they can be judged: at least one sighting each, in the order of creation. */
  *observed(ids?: readonly string[]): Generator<HistoryObserved> {
    for (const id of ids ?? this.#jobs.keys()) {
      const history = this.#observed(id);
      if (history !== undefined) yield history;
    }
  }

  /** The histories that tell most: those with an aim, and those in which most was seen. */
  mostTelling(count: number): HistoryObserved[] {
    return [...this.#jobs]
      .map(([id, job]) => ({
        id,
        hasAim: typeof job !== 'number' && job.expectation !== undefined,
        sightings: typeof job === 'number' ? this.#countOf(job) : tellingOf(job.sightings),
      }))
      .toSorted((a, b) => Number(b.hasAim) - Number(a.hasAim) || b.sightings - a.sightings)
      .slice(0, count)
      .flatMap(({ id }) => this.#observed(id) ?? []);
  }

  #observed(id: string): HistoryObserved | undefined {
    const job = this.#read(id);
    if (job === undefined) return undefined;
    const { payload, sightings, controls, expectation, waited, misses, isLost } = job;
    const inOrder = sightings.toSorted((a, b) => a.exchange.receivedAt - b.exchange.receivedAt);
    const [first, ...rest] = condense(inOrder);
    if (first === undefined) return undefined;
    const seen: HistoryObserved['sightings'] = [first, ...rest];
    const found = lastFound(inOrder);
    return {
      kind: 'history',
      id,
      payload,
      sightings: seen,
      controls,
      expectation,
      waited,
      found,
      misses,
      isLost,
      listLagMs: this.#listLagMs,
    };
  }

  /** What was seen of a packed job: as a rule its create and its cancel. */
  #countOf(job: number): number {
    return SEEN_OF_PACKED + (this.#later.get(job)?.length ?? 0);
  }

  /** All that is known of a job; what was packed is read again, and forgotten again by who asked. */
  #read(id: string): Whole | undefined {
    const job = this.#jobs.get(id);
    if (typeof job !== 'number') return job;
    const bundle = Math.floor(job / PACKED_TOGETHER);
    // One after another is asked for: those that were packed together are read together.
    if (this.#unpacked?.bundle !== bundle)
      this.#unpacked = { bundle, jobs: unpacked(this.#bundles[bundle] ?? Buffer.alloc(0)) };
    const seen = this.#unpacked.jobs[job % PACKED_TOGETHER];
    if (seen === undefined) throw new Error(`packed job ${id} is not where it was put`);
    const whole = new Whole(seen);
    whole.sightings.push(...(this.#later.get(job) ?? []));
    return whole;
  }

  #change(id: string, change: (job: Whole) => void): void {
    const job = this.#read(id);
    if (job === undefined) return;
    change(job);
    job.version += 1;
    // What is still in use is not over.
    if (this.#jobs.get(id) !== job) this.#jobs.set(id, job);
  }

  /** Nothing more is asked of a job that is over, as a rule: where there are many, the oldest are packed. */
  #isOver(job: Whole): void {
    job.isOver = true;
    this.#over.push(job);
    if (this.#over.length < KEPT_WHOLE + PACKED_TOGETHER) return;
    const oldest = this.#over.slice(0, PACKED_TOGETHER);
    this.#over = this.#over.slice(PACKED_TOGETHER);
    void this.#pack(oldest.filter(isAtRest));
  }

  async #pack(jobs: readonly Whole[]): Promise<void> {
    if (jobs.length === 0) return;
    const versions = jobs.map(({ version }) => version);
    const bytes = await packed(jobs);
    const first = (this.#bundles.push(bytes) - 1) * PACKED_TOGETHER;
    for (const [index, job] of jobs.entries())
      if (job.version === versions[index]) this.#jobs.set(job.id, first + index);
  }
}

/** True for a job that was not made to see how it ends. */
function isAtRest(job: Whole): boolean {
  return (
    job.expectation === undefined &&
    !job.waited &&
    !job.isReleased &&
    job.misses.length === 0 &&
    job.sightings.length <= SEEN_OF_PACKED &&
    canBePacked(job)
  );
}

function lastFound(sightings: readonly Sighting[]): Sighting | undefined {
  return sightings.findLast(({ operation }) => operation === 'retrieveFineTuningJob');
}

function bounded(sightings: Sighting[]): Sighting[] {
  return sightings.length > MAX_SIGHTINGS ? condense(sightings).slice(0, MAX_SIGHTINGS / 2) : sightings;
}

function tellingOf(sightings: readonly Sighting[]): number {
  return sightings.length < 3 ? sightings.length : condense(sightings).length;
}
