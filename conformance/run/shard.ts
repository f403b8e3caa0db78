// A part of a run. Every shard shows for itself that the target listens; scenarios that make many cases are split case by
// case, the others go whole to one shard each. Merged, n of n shards have sent what one run would have sent.

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** True for what falls to a shard; all of it where the run is not split. */
export function isMine(shard: Shard | undefined, position: number): boolean {
  return shard === undefined || position % shard.count === shard.index - 1;
}

/** What of a list falls to a shard. */
export function mine<T>(shard: Shard | undefined, items: readonly T[]): readonly T[] {
  return items.filter((_, position) => isMine(shard, position));
}
