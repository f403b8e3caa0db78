// What a small budget buys: for N requests, how many MUST rows are judged when scenarios go by worth, and how many in the
// plain order of the plan. Both are counted in the same run, against the emulator in this process.
import { resolve } from 'node:path';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER } from '../../conformance/client/secrets.ts';
import { configure } from '../../conformance/run/configure.ts';
import { runInProcess } from '../../conformance/scenarios/run-in-process.ts';
import { startEmulator } from '../../emulator/server.ts';
import type { Section } from './section.ts';
import { identityOf } from '../identity.ts';

const root = resolve(import.meta.dirname, '../..');
export const BUDGETS: readonly number[] = [50, 100, 200, 400, 800];
const KEYS = { [KEY_PLACEHOLDER]: 'sk-bench-1234567890', [ADMIN_KEY_PLACEHOLDER]: 'sk-bench-admin-123456' };

/** How many MUST rows a run of N requests judges, and how it ends. */
export interface Bought {
  readonly judged: number;
  readonly of: number;
  readonly exitCode: number;
  readonly failed: number;
}

/** One run of the emulator with N requests. */
export async function boughtBy(maxRequests: number, inPlanOrder: boolean): Promise<Bought> {
  const emulator = await startEmulator({ apiKey: KEYS[KEY_PLACEHOLDER], adminKey: KEYS[ADMIN_KEY_PLACEHOLDER] });
  try {
    const options = { baseUrl: emulator.url, maxRequests, maxJobs: 1_000_000 };
    const config = configure(options, { env: {}, root, now: new Date(), ...identityOf(root) });
    const { must, exitCode } = (await runInProcess({ config, keys: KEYS, inPlanOrder })).report.summary;
    return { judged: must.pass + must.fail, of: must.total, exitCode, failed: must.fail };
  } finally {
    await emulator.close();
  }
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
