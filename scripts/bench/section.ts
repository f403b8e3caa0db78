// What a section of the bench is, and how its lines look.

/** What the command line chose. */
export interface BenchOptions {
  /** Numbers of random cases of the runs, the idle run left out. */
  readonly cases: readonly number[];
}

/** One group of figures. */
export interface Section {
  readonly name: string;
  /** What it measures, for `--help`. */
  readonly about: string;
  /** Measures and says what it found, a line at a time. */
  readonly run: (say: (line: string) => void, options: BenchOptions) => Promise<void> | void;
}

/** The middle of some measurements: what a busy machine does to one of them does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** A line of two columns. */
export function row(label: string, text: string): string {
  return `  ${label.padEnd(28)}${text}`;
}

/** A ratio beside the goal that it was given. */
export function against(ratio: number, goal: number, digits = 1): string {
  return `${ratio.toFixed(digits)} times (goal: at least ${goal}${ratio >= goal ? '' : ', MISSED'})`;
}
