// Keeps what a run saw of its own jobs: every sighting in every answer, and everything that was asked of them.
import { type JsonObject, textMember } from '../contract/json.ts';
import type { Answered, Exchange } from '../requirements/exchange.ts';
import { condense } from '../requirements/history.ts';
import type { Control, Expectation, HistoryObserved, Sighting } from '../requirements/observation.ts';

interface JobRecord {
  readonly id: string;
  readonly payload: JsonObject | undefined;
  readonly created: Answered;
  readonly sightings: Sighting[];
  readonly controls: Control[];
  expectation: Expectation | undefined;
  waited: boolean;
  /** True once its history was judged. */
  isJudged: boolean;
  /** True once the run has deleted the model that it made. */
  isReleased: boolean;
}

/** A target that answers differently each time must not fill our memory. */
const MAX_SIGHTINGS = 600;

/** The jobs of a run, by id. */
export class Histories {
  readonly #jobs = new Map<string, JobRecord>();

  /** A create was answered with this job. Returns the exchange of an earlier job with the same id, if there is one. */
  created(job: JsonObject, payload: JsonObject | undefined, exchange: Answered): Answered | undefined {
    const id = textMember(job, 'id');
    if (id === undefined) return undefined;
    const known = this.#jobs.get(id);
    if (known) return known.created;
    this.#jobs.set(id, {
      id,
      payload,
      created: exchange,
      sightings: [],
      controls: [],
      expectation: undefined,
      waited: false,
      isJudged: false,
      isReleased: false,
    });
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
    const record = this.#jobs.get(id);
    if (record) record.isReleased = true;
  }

  isReleased(id: string): boolean {
    return this.#jobs.get(id)?.isReleased ?? false;
  }

  /** The payload that made a job. */
  payloadOf(id: string): JsonObject | undefined {
    return this.#jobs.get(id)?.payload;
  }

  /** The answer of the create that made a job. */
  createdBy(id: string): Answered | undefined {
    return this.#jobs.get(id)?.created;
  }

  /** Everything that was asked of a job. */
  controlsOf(id: string): readonly Control[] {
    return this.#jobs.get(id)?.controls ?? [];
  }

  /** The first cancel that was asked of a job. */
  cancelOf(id: string): Exchange | undefined {
    return this.#jobs.get(id)?.controls.find(({ control }) => control === 'cancel')?.exchange;
  }

  /** A job of the run stood in an answer. Jobs of others are not followed. */
  saw(sighting: Sighting): void {
    const record = this.#jobs.get(textMember(sighting.job, 'id') ?? '');
    if (record === undefined) return;
    record.sightings.push(sighting);
    if (record.sightings.length > MAX_SIGHTINGS)
      record.sightings.splice(0, record.sightings.length, ...condense(record.sightings).slice(0, MAX_SIGHTINGS / 2));
  }

  /** Something was asked of a job. */
  asked(id: string, control: Control['control'], exchange: Exchange): void {
    this.#jobs.get(id)?.controls.push({ control, exchange });
  }

  /** What a job was made for, and that somebody waited for its end. */
  expect(id: string, expectation: Expectation): void {
    const record = this.#jobs.get(id);
    if (record) record.expectation = expectation;
  }

  waitedFor(id: string): void {
    const record = this.#jobs.get(id);
    if (record) record.waited = true;
  }

  /** Histories that nobody has judged yet, of the jobs that are named or of all; from now on they count as judged. */
  unjudged(ids?: readonly string[]): HistoryObserved[] {
    const fresh = (ids ?? this.ids()).filter((id) => this.#jobs.get(id)?.isJudged === false);
    for (const id of fresh) {
      const record = this.#jobs.get(id);
      if (record) record.isJudged = true;
    }
    return this.observed(fresh);
  }

  /** The histories as they can be judged: at least one sighting each, in the order of arrival. */
  observed(ids: readonly string[] = this.ids()): HistoryObserved[] {
    return ids.flatMap((one) => {
      const record = this.#jobs.get(one);
      if (record === undefined) return [];
      const { id, payload, sightings, controls, expectation, waited } = record;
      const [first, ...rest] = condense([...sightings].sort((a, b) => a.exchange.receivedAt - b.exchange.receivedAt));
      return first === undefined
        ? []
        : [
            {
              kind: 'history' as const,
              id,
              payload,
              sightings: [first, ...rest] as const,
              controls,
              expectation,
              waited,
            },
          ];
    });
  }
}
