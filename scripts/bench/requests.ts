// What recording and judging cost: requests a second of the exploration as a run does it, of the transport alone, and of
// undici alone, on the same bodies, in turns, 16 in flight, against a server that costs next to nothing.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { Agent } from 'undici';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../../conformance/client/secrets.ts';
import { DEFAULT_LIMITS, openTransport } from '../../conformance/client/transport.ts';
import { acceptablePayloads } from '../../conformance/generation/payloads.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import { configure } from '../../conformance/run/configure.ts';
import { bindingsFor } from '../../conformance/run/jobs.ts';
import { fileSink } from '../../conformance/run/sink.ts';
import { exploration } from '../../conformance/scenarios/acceptances.ts';
import { openRun } from '../../conformance/scenarios/run-plan.ts';
import { identityOf } from '../identity.ts';
import { against, median, row, type Section } from './section.ts';
import { startCanned } from './start-canned.ts';

const root = resolve(import.meta.dirname, '../..');
const IN_FLIGHT = 16;
const ROUNDS = Number(process.env['R'] ?? 9);
/** Creates of a round; each is cancelled, so that there are twice as many requests. */
const CASES = 1_500;
const GOAL = 0.8;
const KEYS = {
  [KEY_PLACEHOLDER]: `sk-${randomBytes(16).toString('hex')}`,
  [ADMIN_KEY_PLACEHOLDER]: `sk-${randomBytes(16).toString('hex')}`,
};

/** Sends a request with or without a body; the text of the answer. */
type Send = (path: string, body: string | undefined) => Promise<string>;

/** Exploration, transport and undici side by side. */
export const requests: Section = {
  name: 'requests',
  about: 'requests a second: exploration, transport alone, undici alone',
  run: async (say) => {
    const server = await startCanned();
    const folder = mkdtempSync(join(tmpdir(), 'fine-tuning-bench-'));
    try {
      const rates = { undici: [] as number[], adapter: [] as number[], exploration: [] as number[] };
      const ways = { undici: byUndici, adapter: byAdapter, exploration: (origin: string) => explore(origin, folder) };
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const way of ['undici', 'adapter', 'exploration'] as const) {
          const rate = await ways[way](server.origin);
          if (round > 0) rates[way].push(rate);
        }
      }
      const [undici, adapter, whole] = [median(rates.undici), median(rates.adapter), median(rates.exploration)];
      // Rounds lie beside each other in time: their ratios bear what else the machine does.
      const ratio = (a: readonly number[], b: readonly number[]): number =>
        median(a.map((rate, index) => rate / (b[index] ?? rate)));
      const ofAdapter = ratio(rates.exploration, rates.adapter);
      say(`requests a second, ${IN_FLIGHT} in flight (${ROUNDS} rounds of ${2 * CASES} in turns, medians)`);
      say(row('undici alone', `${Math.round(undici)}`));
      say(row('transport alone', `${Math.round(adapter)}, ${ratio(rates.adapter, rates.undici).toFixed(2)} of undici`));
      say(
        row(
          'exploration, judged',
          `${Math.round(whole)}, ${ratio(rates.exploration, rates.undici).toFixed(2)} of undici`,
        ),
      );
      say(row('exploration to transport', against(ofAdapter, GOAL, 2)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await server.stop();
    }
  },
};

/** The bodies of every way: those that an exploration of the same seed sends. */
const bodies = fc
  .sample(acceptablePayloads({ methods: METHODS, integrations: true }), { numRuns: CASES, seed: 1 })
  .map((body) => JSON.stringify(body));

/** Creates and cancels all bodies; requests a second. */
async function drive(send: Send): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next];
      next += 1;
      const answer = await send('/v1/fine_tuning/jobs', body);
      const id = /"id":"([^"]+)"/.exec(answer)?.[1] ?? '';
      await send(`/v1/fine_tuning/jobs/${id}/cancel`, undefined);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (2 * bodies.length) / ((performance.now() - started) / 1000);
}

export async function byUndici(origin: string): Promise<number> {
  const agent = new Agent({ connections: IN_FLIGHT, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEYS[KEY_PLACEHOLDER] ?? ''}` };
  try {
    return await drive(async (path, body) => {
      const answer = await agent.request({ origin, path, method: 'POST', headers, body: body ?? null });
      return answer.body.text();
    });
  } finally {
    await agent.close();
  }
}

export async function byAdapter(origin: string): Promise<number> {
  const transport = openTransport({
    baseUrl: new URL(origin),
    query: '',
    auth: { header: 'authorization', prefix: 'Bearer ' },
    secrets: new Secrets(KEYS),
    limits: DEFAULT_LIMITS,
    connections: IN_FLIGHT,
    clock: () => performance.now(),
  });
  try {
    return await drive(async (path, body) => {
      const { outcome } = await transport.send({
        operation: body === undefined ? 'cancelFineTuningJob' : 'createFineTuningJob',
        method: 'POST',
        path,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      return outcome.kind === 'answer' ? outcome.body : '';
    });
  } finally {
    await transport.close();
  }
}

/** The exploration of a real run: bodies drawn, sent through openapi-fetch, recorded, judged, logged. */
export async function explore(origin: string, folder: string): Promise<number> {
  const config = configure(
    { baseUrl: `${origin}/v1`, cases: CASES, concurrency: IN_FLIGHT, report: folder, model: ['gpt-4o-mini'] },
    { env: {}, root, now: new Date(), ...identityOf(root) },
  );
  const secrets = new Secrets(KEYS);
  const run = openRun({ ...config, maxJobs: Infinity }, secrets, fileSink(join(folder, 'log.jsonl'), secrets), folder);
  // Files are uploaded once in a run, before the clock is started.
  for (const method of METHODS) await bindingsFor(run.session, method);
  return rateOf(run, async () => {
    const end = await run.perform(exploration);
    if (end.kind !== 'done') throw new Error(`the exploration did not end as it should: ${JSON.stringify(end)}`);
  });
}

async function rateOf(run: ReturnType<typeof openRun>, work: () => Promise<void>): Promise<number> {
  const before = run.session.budget.requests;
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const rate = (run.session.budget.requests - before) / seconds;
  await run.finish();
  return rate;
}
