// Every defect that the emulator can be started with.
import type { Defect } from './defect.ts';

/** All defects. */
export function allDefects(): readonly Defect[] {
  return [];
}
