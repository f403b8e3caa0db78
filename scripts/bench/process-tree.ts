// How much memory the processes of a command took at their highest. Linux keeps that figure for each process (VmHWM), so
// that looking now and then misses nothing but what came after the last look; elsewhere there is no such figure, and
// none is made up.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One process of a tree, and the most memory that it ever held. */
export interface ProcessPeak {
  readonly pid: number;
  readonly command: string;
  readonly peakMiB: number;
}

const LOOK_EVERY_MS = 100;

/** True where the system says how much memory a process took at most. */
export function canMeasurePeaks(): boolean {
  return existsSync('/proc/self/status');
}

/** Watches a process and all that descend from it until `end` is called. */
export function watchTree(root: number): { readonly end: () => readonly ProcessPeak[] } {
  const peaks = new Map<number, ProcessPeak>();
  const look = (): void => {
    for (const pid of treeBelow(root)) {
      const peak = peakOf(pid);
      if (peak !== undefined) peaks.set(pid, peak);
    }
  };
  const timer = canMeasurePeaks() ? setInterval(look, LOOK_EVERY_MS) : undefined;
  return {
    end: () => {
      clearInterval(timer);
      return [...peaks.values()];
    },
  };
}

/** A process and its descendants, by the parent that each names. */
function treeBelow(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function parentOf(pid: number): number | undefined {
  // The name in brackets may hold anything, brackets included: what follows the last one is plain.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
  return fields === undefined ? undefined : Number(fields[1]);
}

function peakOf(pid: number): ProcessPeak | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  const command = read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
  if (kibibytes === undefined || command === undefined) return undefined;
  return { pid, command, peakMiB: Number(kibibytes) / 1024 };
}

/** A file of /proc; undefined where its process has ended in the meantime. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
