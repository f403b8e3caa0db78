// Jobs that do not keep to the order of their life: from the second time on that a job is seen in one status it is
// shown in another one. Only what the rules forbid is made: a skipped status is legal.
import { jobs, textIn } from '../hooks.ts';
import type { Defect, Exchange, Hooks } from '../defect.ts';

const FORWARD = ['validating_files', 'queued', 'running'] as const;
const FINAL = ['succeeded', 'failed', 'cancelled'] as const;
const STATUSES = [...FORWARD, ...FINAL, 'paused'] as const;

/** Every defect of this kind. */
export function transitionDefects(): readonly Defect[] {
  return STATUSES.flatMap((from) =>
    STATUSES.flatMap((to) => {
      const breaks = brokenBy(from, to);
      if (breaks === undefined) return [];
      const id = `from-${dashed(from)}-to-${dashed(to)}`;
      return [
        { id, wrong: `Shows a job that was seen ${told(from)} as ${told(to)} afterwards.`, breaks, ...shown(from, to) },
      ];
    }),
  );
}

/** The requirement that forbids the step; undefined where none does. */
function brokenBy(from: string, to: string): string | undefined {
  if (from === to || from === 'paused') return undefined;
  if (isOneOf(FINAL, from)) return 'status.terminal.final';
  if (to === 'paused') return 'status.paused.only-after-pause';
  const [before, after] = [FORWARD.findIndex((one) => one === from), FORWARD.findIndex((one) => one === to)];
  return after !== -1 && after < before ? 'status.forward' : undefined;
}

function shown(from: string, to: string): Hooks {
  return jobs((job, exchange) => {
    if (textIn(job, 'status') !== from || !seenBefore(exchange, textIn(job, 'id'))) return job;
    return { ...job, status: to };
  });
}

/** Whether a job was shown in that status already; remembers that it is now. */
function seenBefore({ memory }: Exchange, id: string): boolean {
  const before = memory.has(id);
  memory.set(id, true);
  return before;
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}

function told(status: string): string {
  return `'${status}'`;
}

function dashed(status: string): string {
  return status.replaceAll('_', '-');
}
