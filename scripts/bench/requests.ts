// What recording and judging cost: requests a second of the exploration as a run does it, of the typed client, of the
// transport alone, and of undici alone, on the same bodies, in turns, 16 in flight, against a server that costs next to
// nothing.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { Agent } from 'undici';
import type { components } from '#generated/current/types.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets } from '../../conformance/client/secrets.ts';
import { DEFAULT_LIMITS, openTransport, type Transport } from '../../conformance/client/transport.ts';
import { typedClient } from '../../conformance/client/typed-client.ts';
import { textMember } from '../../conformance/contract/json.ts';
import { acceptablePayloads } from '../../conformance/generation/payloads.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import { type Exchange, jsonOf } from '../../conformance/requirements/exchange.ts';
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
const ROUNDS = 7;
/** Creates of a round. */
const CASES = 2_000;
/** Each job is made, read back and cancelled. */
const REQUESTS_A_CASE = 3;
const GOAL = 0.8;
const KEYS = {
  [KEY_PLACEHOLDER]: `sk-${randomBytes(16).toString('hex')}`,
  [ADMIN_KEY_PLACEHOLDER]: `sk-${randomBytes(16).toString('hex')}`,
};

/** A request of a round. */
interface Call {
  readonly operation: 'createFineTuningJob' | 'retrieveFineTuningJob' | 'cancelFineTuningJob';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

/** Sends a request; the text of the answer. */
type Send = (call: Call) => Promise<string>;

/** What one round of one way took. */
interface Round {
  readonly rate: number;
  /** Microseconds of processor time a request, in this process. */
  readonly cost: number;
}

const WAYS = ['undici', 'transport', 'client', 'exploration'] as const;
type Way = (typeof WAYS)[number];

const TOLD: Readonly<Record<Way, string>> = {
  undici: 'undici alone',
  transport: 'transport alone',
  client: 'openapi-fetch, recorded',
  exploration: 'exploration, judged',
};

/** Exploration, client, transport and undici side by side. */
export const requests: Section = {
  name: 'requests',
  about: 'requests a second: exploration, typed client, transport alone, undici alone',
  run: async (say) => {
    const server = await startCanned();
    const folder = mkdtempSync(join(tmpdir(), 'fine-tuning-bench-'));
    const ways: Readonly<Record<Way, () => Promise<Round>>> = {
      undici: () => byUndici(server.origin),
      transport: () => byTransport(server.origin),
      client: () => byClient(server.origin),
      exploration: () => explore(server.origin, folder),
    };
    try {
      const rounds: Record<Way, Round[]> = { undici: [], transport: [], client: [], exploration: [] };
      // The first round warms everything up and is not counted.
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const way of WAYS) {
          const measured = await ways[way]();
          if (round > 0) rounds[way].push(measured);
        }
      }
      tell(say, rounds);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await server.stop();
    }
  },
};

function tell(say: (line: string) => void, rounds: Readonly<Record<Way, readonly Round[]>>): void {
  // Rounds of one number lie beside each other in time: their ratio bears what else the machine does.
  const ratio = (one: Way, other: Way, of: (round: Round) => number): number =>
    median(
      rounds[one].flatMap((round, index) => {
        const beside = rounds[other][index];
        return beside === undefined ? [] : [of(round) / of(beside)];
      }),
    );
  const rate = ({ rate: requestsASecond }: Round): number => requestsASecond;
  // By processor time dear is slow, so that the ratio is the other way round.
  const work = ({ cost }: Round): number => 1 / cost;
  say(`requests, ${IN_FLIGHT} in flight (${ROUNDS} rounds of ${REQUESTS_A_CASE * CASES} in turns, medians)`);
  for (const way of WAYS) {
    const told = `${Math.round(median(rounds[way].map(rate)))} a second, ${Math.round(median(rounds[way].map(({ cost }) => cost)))} microseconds of processor time each`;
    say(row(TOLD[way], told));
  }
  const raw = `${ratio('transport', 'undici', rate).toFixed(2)} by the clock, ${ratio('transport', 'undici', work).toFixed(2)} by processor time`;
  say(row('transport to undici', raw));
  say(row('client to transport', `${against(ratio('client', 'transport', rate), GOAL, 2)} by the clock,`));
  say(row('', `${ratio('client', 'transport', work).toFixed(2)} by processor time`));
  say(row('exploration to transport', `${against(ratio('exploration', 'transport', rate), GOAL, 2)} by the clock,`));
  say(row('', `${ratio('exploration', 'transport', work).toFixed(2)} by processor time`));
}

/** Measures what sends so many requests. */
async function measured(work: () => Promise<number>): Promise<Round> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const sent = await work();
  const { user, system } = process.cpuUsage(before);
  return { rate: sent / ((performance.now() - started) / 1000), cost: (user + system) / sent };
}

/** The bodies of every way: those that an exploration of the same seed sends. */
const payloads = fc.sample(acceptablePayloads({ methods: METHODS, integrations: true }), { numRuns: CASES, seed: 1 });
const bodies = payloads.map((body) => JSON.stringify(body));

/** Works on each case, so many at a time; the number of requests. */
async function inFlight(work: (position: number) => Promise<void>): Promise<number> {
  const left = bodies.keys();
  const worker = async (): Promise<void> => {
    for (const position of left) await work(position);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return REQUESTS_A_CASE * bodies.length;
}

/** Makes a job of each body, reads it back and cancels it; the number of requests. */
function drive(send: Send): Promise<number> {
  const jobs = '/v1/fine_tuning/jobs';
  return inFlight(async (position) => {
    const body = bodies[position] ?? '';
    const answer = await send({ operation: 'createFineTuningJob', method: 'POST', path: jobs, body });
    const job = `${jobs}/${/"id":"([^"]+)"/.exec(answer)?.[1] ?? ''}`;
    await send({ operation: 'retrieveFineTuningJob', method: 'GET', path: job });
    await send({ operation: 'cancelFineTuningJob', method: 'POST', path: `${job}/cancel` });
  });
}

async function byUndici(origin: string): Promise<Round> {
  const agent = new Agent({ connections: IN_FLIGHT, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEYS[KEY_PLACEHOLDER]}` };
  try {
    return await measured(() =>
      drive(async ({ method, path, body }) => {
        const answer = await agent.request({ origin, path, method, headers, body: body ?? null });
        return answer.body.text();
      }),
    );
  } finally {
    await agent.close();
  }
}

function opened(origin: string): Transport {
  return openTransport({
    baseUrl: new URL(`${origin}/v1`),
    query: '',
    auth: { header: 'authorization', prefix: 'Bearer ' },
    secrets: new Secrets(KEYS),
    limits: DEFAULT_LIMITS,
    connections: IN_FLIGHT,
    clock: () => performance.now(),
  });
}

async function byTransport(origin: string): Promise<Round> {
  const transport = opened(origin);
  try {
    return await measured(() =>
      drive(async ({ path, ...call }) => {
        const headers = call.body === undefined ? {} : { headers: { 'content-type': 'application/json' } };
        const { outcome } = await transport.send({ ...call, path: path.slice('/v1'.length), ...headers });
        return outcome.kind === 'answer' ? outcome.body : '';
      }),
    );
  } finally {
    await transport.close();
  }
}

/** Exchanges that are kept at a time: as many as are in use in a run. */
const KEPT = 256;

/** The typed client over the transport: what a run sends with and what it keeps of it, without what it makes of it. */
async function byClient(origin: string): Promise<Round> {
  const transport = opened(origin);
  const kept: Exchange[] = [];
  const { http, unread, exchangeOf } = typedClient(async (request) => {
    const exchange = await transport.send(request);
    if (kept.push(exchange) > KEPT) kept.length = 0;
    return exchange;
  });
  try {
    return await measured(() =>
      inFlight(async (position) => {
        const body = payloads[position] as unknown as components['schemas']['CreateFineTuningJobRequest'];
        const created = exchangeOf(await http.POST('/fine_tuning/jobs', { body, ...unread }));
        const params = { path: { fine_tuning_job_id: textMember(jsonOf(created), 'id') ?? '' } };
        await http.GET('/fine_tuning/jobs/{fine_tuning_job_id}', { params, ...unread });
        await http.POST('/fine_tuning/jobs/{fine_tuning_job_id}/cancel', { params, ...unread });
      }),
    );
  } finally {
    await transport.close();
  }
}

/** The exploration of a run: bodies drawn, sent through openapi-fetch, recorded, judged, logged. */
async function explore(origin: string, folder: string): Promise<Round> {
  const options = {
    baseUrl: `${origin}/v1`,
    cases: CASES,
    concurrency: IN_FLIGHT,
    report: folder,
    model: ['gpt-4o-mini'],
  };
  const config = configure(options, { env: {}, root, now: new Date(), ...identityOf(root) });
  const secrets = new Secrets(KEYS);
  const sink = fileSink(join(folder, 'log.jsonl'), secrets);
  const run = openRun({ ...config, maxJobs: Infinity }, secrets, sink, undefined);
  // Files are uploaded once in a run: not a matter of how many cases follow.
  for (const method of METHODS) await bindingsFor(run.session, method);
  const failed = run.session.failedRows;
  const round = await measured(async () => {
    const before = run.session.budget.requests;
    const end = await run.perform(exploration);
    if (end.kind !== 'done') throw new Error(`the exploration did not end as it should: ${JSON.stringify(end)}`);
    const sent = run.session.budget.requests - before;
    // A target that is found fault with would be measured with what faults cost.
    if (run.session.failedRows > failed) throw new Error('the exploration found fault with the canned server');
    return sent;
  });
  await run.finish();
  return round;
}
