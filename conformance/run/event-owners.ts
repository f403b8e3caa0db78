// In which job's list each event of a run was first met. An event's id is its own: a walk through one list cannot show that
// the events of another job carry the same ids, or are the same events.
import { textMember } from '../contract/json.ts';
import { type Answered, jobInPath } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';
import type { Probe } from '../requirements/observation.ts';

/** What a page of events shows beside the pages of other jobs. */
type Beside = Extract<Probe, { name: 'events-of-jobs' }>;

/** Where an event was first met. */
interface Met {
  readonly job: string;
  readonly page: Answered;
}

/** Ids that are remembered at least; before those are forgotten, as many again are. */
const REMEMBERED = 20_000;
/** Characters of the pages that they stand on: a target that floods must not fill our memory. */
const REMEMBERED_CHARACTERS = 4 * 1024 * 1024;

/** Tells which events stand in the lists of two jobs, however far apart these were read. */
export class EventOwners {
  #recent = new Map<string, Met>();
  #before = new Map<string, Met>();
  #characters = 0;
  /** The first job whose events were met, and whether those of another were. */
  #first: string | undefined;
  #areSeveral = false;

  /** Takes a page in. What it shows, or undefined where there is nothing to hold it against. */
  met(page: Answered): Beside | undefined {
    const job = jobInPath(page);
    const ids = itemsOf(page).flatMap((event) => textMember(event, 'id') ?? []);
    if (ids.length === 0) return undefined;
    this.#first ??= job;
    this.#areSeveral ||= this.#first !== job;
    const shared = this.#sharedWith(job, ids);
    this.#remember(job, page, ids);
    if (!this.#areSeveral) return undefined;
    const beside = { name: 'events-of-jobs', job, events: page } as const;
    return shared === undefined ? beside : { ...beside, ...shared };
  }

  /** The first of some ids that was met in the list of another job. */
  #sharedWith(job: string, ids: readonly string[]): Pick<Beside, 'shared' | 'elsewhere'> | undefined {
    for (const id of ids) {
      const met = this.#metAt(id);
      if (met !== undefined && met.job !== job) return { shared: { event: id, job: met.job }, elsewhere: met.page };
    }
    return undefined;
  }

  #remember(job: string, page: Answered, ids: readonly string[]): void {
    const fresh = ids.filter((id) => this.#metAt(id) === undefined);
    if (fresh.length === 0) return;
    if (this.#recent.size >= REMEMBERED || this.#characters >= REMEMBERED_CHARACTERS) {
      this.#before = this.#recent;
      this.#recent = new Map();
      this.#characters = 0;
    }
    for (const id of fresh) this.#recent.set(id, { job, page });
    this.#characters += page.outcome.body.length;
  }

  #metAt(id: string): Met | undefined {
    return this.#recent.get(id) ?? this.#before.get(id);
  }
}
