// Which failures somebody has accepted, until when. A waiver counts on the day of the run, not on the day of reading:
// the same log gives the same report whenever it is made. One that matches nothing is told of, so that it gets deleted.

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

  /** What is to be said of the waivers themselves: those that expired, and those that nothing needed. */
  notices(): string[] {
    return [
      ...this.#expired.map(
        (waiver) => `the waiver for ${named(waiver)} expired on ${waiver.expires}; ask ${waiver.owner}, or delete it`,
      ),
      ...this.#valid
        .filter((waiver) => !this.#used.has(waiver))
        .map((waiver) => `the waiver for ${named(waiver)} covers no failure of this run; delete it if that stays so`),
    ];
  }
}

function named({ requirement, fingerprint }: Waiver): string {
  return fingerprint === undefined ? requirement : `${requirement} (${fingerprint})`;
}
