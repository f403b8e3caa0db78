// Records keep milliseconds, answers show Unix seconds.

/** The second that a moment lies in. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The first whole second that is not before a moment. */
export function secondsUp(ms: number): number {
  return Math.ceil(ms / 1000);
}
