// What the contract says of members of a job that rules reason about: a vendor's dialect may have other states, and other
// types of times, than OpenAI.
import { component, type Schema } from './schema.ts';

const ENDS = new Set(['succeeded', 'failed', 'cancelled']);

/** The states in which a job has not ended and is not held, by the contract. */
export const UNFINISHED_STATES: readonly string[] = (jobMember('status').enum ?? []).flatMap((state) =>
  typeof state === 'string' && !ENDS.has(state) && state !== 'paused' ? [state] : [],
);

/** True where the contract lets a member of a job be text. */
export function mayBeText(name: string): boolean {
  return [jobMember(name).type ?? []].flat().includes('string');
}

function jobMember(name: string): Schema {
  return component('FineTuningJob').properties?.[name] ?? {};
}
