// How long a run waits for what was made to be there for who asks, and for lists to show it: no document says how soon.

/** Milliseconds in all, and between the first two looks; each further one takes twice as long. */
const PATIENCE = {
  near: { lastsMs: 3_000, firstMs: 100 },
  far: { lastsMs: 60_000, firstMs: 2_000 },
} as const;

/** The patience with a target on this machine, or with one off it. */
export function patienceWith({ isLoopback }: { readonly isLoopback: boolean }): (typeof PATIENCE)['near' | 'far'] {
  return isLoopback ? PATIENCE.near : PATIENCE.far;
}
