// npm run bench: the figures that the README claims, from this machine: what the create operation costs, and how fast
// payloads are made and sent.
import { availableParallelism, cpus } from 'node:os';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER } from '../conformance/client/secrets.ts';
import { createRequestSites } from '../conformance/contract/request-sites.ts';
import { cleanBases } from '../conformance/generation/bases.ts';
import { contextsOf } from '../conformance/generation/contexts.ts';
import { siteFaults } from '../conformance/generation/faults.ts';
import { coveringArray } from '../conformance/generation/interactions.ts';
import { depthFaults } from '../conformance/generation/near-misses.ts';
import { Extremes } from '../conformance/generation/packing.ts';
import { acceptablePayloads } from '../conformance/generation/payloads.ts';
import { factsOf } from '../conformance/generation/facts.ts';
import { METHODS } from '../conformance/generation/pools.ts';
import { configure } from '../conformance/run/configure.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { startEmulator } from '../emulator/server.ts';
import { budgets } from './bench-budget.ts';
import { runCommand } from './command.ts';
import { identityOf } from './identity.ts';

const root = resolve(import.meta.dirname, '..');
const OFFER = { methods: METHODS, integrations: true };
const PAYLOADS = 20_000;

async function main(): Promise<number> {
  say(`node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`);
  createOperation();
  payloads();
  await runs();
  await budgets(say);
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What reaching every site and every legal extreme of the create request takes. */
function createOperation(): void {
  const bases = cleanBases();
  const proven = bases.filter(({ onlyObserved }) => !onlyObserved);
  const faults = bases.flatMap(siteFaults);
  const sites = new Set(createRequestSites().map(({ id }) => id));
  const shown = new Set(proven.flatMap(({ template }) => factsOf(template).map(({ site }) => site)));
  const all = new Extremes(proven);
  const packed = all.pack(shown);
  const array = coveringArray(OFFER, 2);
  say('');
  say('create operation');
  say(`  constraint sites            ${sites.size}, broken once each by ${faults.length} requests`);
  say(
    `  legal extremes              ${all.facts.size}, shown by ${bases.length} bases and ${packed.length} packed bodies`,
  );
  say(
    `  site tier and acceptances   ${faults.length + bases.length + packed.length} create requests, ${bases.length + packed.length} jobs`,
  );
  say(
    `  depth tier                  ${bases.flatMap(depthFaults).length} near misses, ${bases.flatMap(contextsOf).flatMap(({ faults: list }) => list).length} faults in company`,
  );
  say(
    `  pairs of factors            ${array.bodies.length} bodies, no fewer than ${array.lowerBound} could (${(array.bodies.length / array.lowerBound).toFixed(2)})`,
  );
}

function payloads(): void {
  const started = performance.now();
  const made = fc.sample(acceptablePayloads(OFFER), { numRuns: PAYLOADS, seed: 1 });
  const seconds = (performance.now() - started) / 1000;
  const bytes = made.reduce((sum, payload) => sum + JSON.stringify(payload).length, 0);
  say('');
  say('legal payloads, every one checked by ajv');
  say(`  ${Math.round(PAYLOADS / seconds)} a second, ${Math.round(bytes / seconds / 1024)} KiB a second`);
}

/** Whole runs against the emulator in this process: time and memory as cases grow. */
async function runs(): Promise<void> {
  say('');
  say('runs against the emulator (both in one process)');
  for (const cases of [0, 1_000, 4_000]) {
    const emulator = await startEmulator({ apiKey: 'sk-bench-1234567890', adminKey: 'sk-bench-admin-123456' });
    const started = performance.now();
    const config = configure(
      { baseUrl: emulator.url, cases, maxJobs: 1_000_000 },
      { env: {}, root, now: new Date(), ...identityOf(root) },
    );
    const keys = { [KEY_PLACEHOLDER]: 'sk-bench-1234567890', [ADMIN_KEY_PLACEHOLDER]: 'sk-bench-admin-123456' };
    const { report } = await runInProcess({ config, keys });
    const seconds = (performance.now() - started) / 1000;
    await emulator.close();
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
    say(
      `  ${String(cases).padStart(5)} random cases: ${report.run.requests} requests in ${seconds.toFixed(1)} s (${Math.round(report.run.requests / seconds)} a second), exit ${report.summary.exitCode}, ${memory} MB`,
    );
  }
}

await runCommand(main);
