// What a small budget buys: for N requests, how many MUST rows are judged when scenarios go by worth, and how many in the
// plain order of the plan. Both are counted in the same run, against the emulator in this process.
import { judgedEmulator } from '../testing/judged-emulator.ts';
import type { Section } from './section.ts';

export const BUDGETS: readonly number[] = [50, 100, 200, 400, 800];

/** How many MUST rows a run of N requests judges, and how it ends. */
export interface Bought {
  readonly judged: number;
  readonly of: number;
  readonly exitCode: number;
  readonly failed: number;
}

/** One run of the emulator with N requests. */
export async function boughtBy(maxRequests: number, inPlanOrder: boolean): Promise<Bought> {
  const { report } = await judgedEmulator({}, { maxRequests, maxJobs: 1_000_000 }, { inPlanOrder });
  const { must, exitCode } = report.summary;
  return { judged: must.pass + must.fail, of: must.total, exitCode, failed: must.fail };
}

/** The table of budgets. */
export const budgets: Section = {
  name: 'budgets',
  about: 'MUST rows that a budget of requests judges, by worth and in plan order',
  run: printBudgets,
};

async function printBudgets(say: (line: string) => void): Promise<void> {
  say('MUST rows judged with --max-requests N');
  say('       N   by worth   in plan order');
  for (const count of BUDGETS) {
    const [best, plain] = [await boughtBy(count, false), await boughtBy(count, true)];
    say(
      `  ${String(count).padStart(6)}   ${String(best.judged).padStart(8)}   ${String(plain.judged).padStart(13)}   of ${best.of}`,
    );
  }
}
