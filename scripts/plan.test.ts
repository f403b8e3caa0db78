// What a run costs, and that it costs no more than was said: plans, selections and budgets, counted by the server.
import { describe, expect, it, onTestFinished } from 'vitest';
import { planOf } from '../conformance/scenarios/plan.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { httpServer } from '../conformance/testing/servers.ts';
import { startEmulator } from '../emulator/server.ts';
import { BUDGETS, boughtBy } from './bench/budgets.ts';
import { planText } from './listing.ts';
import { judgedRows } from './selection.ts';
import { run } from './testing/commands.ts';
import { proxyTo } from './testing/proxy.ts';

const MINUTE = 60_000;
const KEY = 'sk-plan-test-1234567890';

/** The emulator behind a server that writes down what passes. */
async function countedEmulator(): Promise<{ url: string; seen: readonly string[] }> {
  const emulator = await startEmulator({ apiKey: KEY });
  const seen: string[] = [];
  const proxy = await proxyTo(emulator.url, (asked, pass) => {
    seen.push(`${asked.method} ${asked.path}`);
    return pass(asked);
  });
  onTestFinished(async () => {
    await proxy.close();
    await emulator.close();
  });
  return { url: proxy.baseUrl, seen };
}

describe('--plan', () => {
  it(
    'opens no connection, and tells requests, jobs and uploads of each family, cheapest first',
    { timeout: MINUTE },
    async () => {
      const server = await httpServer();
      const { status, out } = await run('conformance.ts', ['--base-url', `${server.url}/v1`, '--plan']);
      expect(status).toBe(0);
      expect(server.connections()).toBe(0);
      const families = [...out.matchAll(/^([a-z-]+) +(\d+) +(\d+) +(\d+) {2}\S/gm)].map(([, id, ...figures]) => ({
        id,
        figures: figures.map(Number),
      }));
      expect(families.length).toBeGreaterThan(20);
      const jobs = families.map(({ figures }) => figures[1]);
      expect(jobs).toEqual(jobs.toSorted((a = 0, b = 0) => a - b));
      const total = /^total +(\d+) +(\d+) +(\d+)$/m.exec(out)?.slice(1).map(Number);
      const sums = [0, 1, 2].map((column) => families.reduce((sum, { figures }) => sum + (figures[column] ?? 0), 0));
      expect(total).toEqual(sums);
    },
  );
});

describe('the plan of a run off this machine', () => {
  const told = (freeTier: 'on' | 'off'): string => {
    const config = configuredFor('https://api.example.com/v1', { maxJobs: 60, freeTier });
    return planText(config, judgedRows(config, {}));
  };

  it('tells what the free tier spares, where that is on', () => {
    const planned = /^extremes +\d+ +(\d+)/m.exec(told('on'))?.[1] ?? '';
    expect(told('on')).toContain(`Extremes make 3 jobs, not ${planned}, where the target names faults`);
    expect(told('off')).not.toContain('Extremes make');
  });
});

describe('--only', () => {
  // The run's own model is deleted at the end of any run that had time to make one.
  it.each([
    ['graders.*', /graders|\/models|\/fine_tuning\/jobs|\/files/, /pause|checkpoints|permissions/],
    ['list.*', /\/models|\/fine_tuning\/jobs|\/files/, /graders|pause|checkpoints|permissions|content/],
    ['create.seed.*', /\/models|\/fine_tuning\/jobs|\/files/, /graders|pause|checkpoints|permissions|metadata/],
  ])(
    '%s: families left out send nothing, and the others no more than planned',
    { timeout: MINUTE },
    async (only, own, others) => {
      const { url, seen } = await countedEmulator();
      // Sequences mix every operation, whatever row they are drawn for.
      const config = configuredFor(url, { only: [only], cases: 10, commands: 0 });
      const plan = planOf(config, judgedRows(config, {}));
      const { report } = await runInProcess({ config, keys: { '<API key>': KEY } });
      expect(report.summary.must.fail).toBe(0);
      expect(report.summary.must.pass).toBeGreaterThan(0);
      expect(seen.filter((line) => !own.test(line))).toEqual([]);
      expect(seen.filter((line) => others.test(line))).toEqual([]);
      // Looks at running jobs are not counted beforehand: nobody knows how long a job takes.
      const counted = seen.filter((line) => !/^GET \/fine_tuning\/jobs\/[^/?]+$/.test(line));
      expect(counted.length).toBeLessThanOrEqual(plan.reduce((sum, { requests }) => sum + requests, 0));
      expect(report.run.jobsCreated).toBeLessThanOrEqual(plan.reduce((sum, { jobs }) => sum + jobs, 0));
      expect(report.run.filesUploaded).toBeLessThanOrEqual(plan.reduce((sum, { uploads }) => sum + uploads, 0));
    },
  );
});

describe('--max-requests', () => {
  it('buys more with more, and more than the plain order would', { timeout: 3 * MINUTE }, async () => {
    let [before, byWorth, inOrder] = [0, 0, 0];
    for (const count of BUDGETS) {
      const [best, plain] = [await boughtBy(count, false), await boughtBy(count, true)];
      expect(best).toMatchObject({ exitCode: 5, failed: 0 });
      expect(best.judged).toBeGreaterThanOrEqual(before);
      before = best.judged;
      byWorth += best.judged;
      inOrder += plain.judged;
    }
    // Of the smallest budgets the last few requests are in flight together, and which of them count is a matter of time.
    expect(byWorth).toBeGreaterThan(1.1 * inOrder);
    expect(before).toBeGreaterThan(300);
  });
});
