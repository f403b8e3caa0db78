// What is known of a dataset after one pass over its lines. A job is judged by these facts, so that no file has to be
// read a second time, and a file of 512 MB costs no more memory than a small one.

/** The four formats of the guides: chat and completions for supervised, preference for dpo, and reinforcement. */
export const DATASET_FORMATS = ['chat', 'completions', 'preference', 'reinforcement'] as const;
export type DatasetFormat = (typeof DATASET_FORMATS)[number];

/** Why a file is not JSON Lines: the first line that is no JSON object. */
export interface BrokenLine {
  /** From 1. */
  readonly line: number;
  /** How the line begins. */
  readonly start: string;
  readonly reason: 'not-an-object' | 'too-long';
}

export interface DatasetFacts {
  readonly examples: number;
  readonly tokens: number;
  /** The format that the first example is written in, by its keys. */
  readonly looksLike: DatasetFormat | 'unknown';
  /** By format, the first fault that keeps the file from being of it; null where there is none. */
  readonly faults: Readonly<Record<DatasetFormat, string | null>>;
  readonly broken: BrokenLine | null;
}
