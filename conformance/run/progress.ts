// What the worker tells the reporter while it works: one line of JSON behind a mark, on standard output, which Playwright
// hands over as it comes.

export interface ProgressNote {
  readonly scenario: string;
  readonly requests: number;
  readonly jobs: number;
  readonly maxJobs: number;
  /** Rows that have failed so far. */
  readonly failed: number;
}

const MARK = '\u0001progress ';

/** A note as a line. */
export function progressLine(note: ProgressNote): string {
  return `${MARK}${JSON.stringify(note)}\n`;
}

/** The last note in a piece of output, or undefined. */
export function lastNote(output: string): ProgressNote | undefined {
  const line = output.split('\n').findLast((one) => one.startsWith(MARK));
  return line === undefined ? undefined : (JSON.parse(line.slice(MARK.length)) as ProgressNote);
}
