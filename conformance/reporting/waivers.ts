// Which failures somebody has accepted, until when. A waiver counts on the day of the run, not on the day of reading:
// the same log gives the same report whenever it is made. A waiver says that a failure is there: one that is past its
// day, or that was looked for and not found, is as red as a failure that nobody accepted.
import type { ReportedRequirement } from './report.ts';

/** An accepted deviation; structurally what a profile and a waivers file hold. */
export interface Waiver {
  readonly requirement: string;
  /** One failure of the requirement; all of them where it is missing. */
  readonly fingerprint?: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly link?: string | undefined;
  /** Last day on which it counts, as 2027-01-31. */
  readonly expires: string;
  /** Where it stands, where it was read from a file. */
  readonly place?: { readonly file: string; readonly first: number; readonly last: number } | undefined;
}

/** What is wrong with a waiver: past its day, its requirement holds, it fails otherwise, or another waiver covers all. */
export const STALE_STATES = ['expired', 'passing', 'different', 'unmatched'] as const;

/** A waiver that has to go, or to be asked about. */
export interface StaleWaiver {
  readonly requirement: string;
  readonly fingerprint?: string;
  readonly state: (typeof STALE_STATES)[number];
  /** What is wrong and what to do, with the lines to change. */
  readonly message: string;
  readonly place?: { readonly file: string; readonly first: number; readonly last: number };
}

/** What of a run says whether the failures that waivers name could have been seen. */
export interface RunOfWaivers {
  /** False where the plan was cut, or where this is a part of a run: what is not there may stand elsewhere. */
  readonly isWhole: boolean;
  readonly requirements: readonly ReportedRequirement[];
}

/** The waivers of a run, and which of them were needed. */
export class Waivers {
  readonly #valid: readonly Waiver[];
  readonly #expired: readonly Waiver[];
  readonly #used = new Set<Waiver>();

  /** @param startedAt when the run started, as an ISO time. */
  constructor(waivers: readonly Waiver[], startedAt: string) {
    const today = startedAt.slice(0, 10);
    this.#valid = waivers.filter(({ expires }) => expires >= today);
    this.#expired = waivers.filter(({ expires }) => expires < today);
  }

  /** The waiver that covers a failure, or undefined. One for the failure itself goes before one for the whole requirement. */
  covering(requirement: string, fingerprint: string | undefined): Waiver | undefined {
    const fitting = this.#valid.filter((waiver) => waiver.requirement === requirement);
    const found =
      fitting.find(
        (waiver) =>
          fingerprint !== undefined && waiver.fingerprint !== undefined && fingerprint.startsWith(waiver.fingerprint),
      ) ?? fitting.find((waiver) => waiver.fingerprint === undefined);
    if (found !== undefined) this.#used.add(found);
    return found;
  }

  /** The waivers that are red, once every row was reported. */
  stale({ isWhole, requirements }: RunOfWaivers): StaleWaiver[] {
    const rows = new Map(requirements.map((row) => [row.id, row]));
    const unneeded = this.#valid.filter((waiver) => !this.#used.has(waiver));
    return [
      ...this.#expired.map((waiver) =>
        staleOf(waiver, 'expired', `expired on ${waiver.expires}; ask ${waiver.owner}, or delete it`),
      ),
      ...(isWhole ? unneeded.flatMap((waiver) => notFound(waiver, rows.get(waiver.requirement))) : []),
    ];
  }
}

/** A waiver that no failure needed: red where its requirement was exercised, so that the failure could have been seen. */
function notFound(waiver: Waiver, row: ReportedRequirement | undefined): StaleWaiver[] {
  if (row === undefined || row.exercised === 0) return [];
  if (row.status === 'pass')
    return [staleOf(waiver, 'passing', 'is not needed any longer: the requirement holds; delete it')];
  // Failures that were not told apart may be the one that is named.
  if (row.failures.length === 0 || row.failuresLeftOut > 0) return [];
  if (waiver.fingerprint === undefined)
    return [staleOf(waiver, 'unmatched', 'covers no failure that another one does not cover; delete it')];
  const prints = row.failures.map(({ fingerprint }) => fingerprint).join(', ');
  return [staleOf(waiver, 'different', `names no failure of this run: the requirement fails otherwise (${prints}); delete it`)];
} // prettier-ignore

function staleOf(waiver: Waiver, state: StaleWaiver['state'], what: string): StaleWaiver {
  const { requirement, fingerprint, place } = waiver;
  const named = fingerprint === undefined ? requirement : `${requirement} (${fingerprint})`;
  return {
    requirement,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    state,
    message: `${placeText(place)}the waiver for ${named} ${what}`,
    ...(place === undefined ? {} : { place }),
  };
}

function placeText(place: Waiver['place']): string {
  if (place === undefined) return '';
  const { file, first, last } = place;
  return first === last ? `${file}:${first}: ` : `${file}:${first}-${last}: `;
}
