import { afterEach, describe, expect, it } from 'vitest';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { KEY, startWitness, type Witness, type WitnessHooks } from './testing/witness.ts';

let witness: Witness | undefined;
afterEach(async () => {
  await witness?.close();
  witness = undefined;
});

/** A whole small run before a target that lies. */
async function ran(hooks: WitnessHooks): Promise<Witness> {
  witness = await startWitness(hooks);
  const config = configuredFor(witness.baseUrl, { tier: 'smoke', jobTimeout: 1, wire: 'safe' });
  const { report } = await runInProcess({ config, keys: { '<API key>': KEY } });
  expect(report.faults).toEqual([]);
  return witness;
}

/** Requests that would end or delete an object. */
function touches({ seen }: Witness, id: string): string[] {
  return seen
    .filter(({ method, path }) => path.includes(id) && (method === 'DELETE' || /\/(cancel|pause|resume)$/.test(path)))
    .map(({ method, path }) => `${method} ${path}`);
}

const isUpload = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path === '/files';
const isCreate = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path === '/fine_tuning/jobs';

describe("a target that answers with somebody else's id", () => {
  it.each([
    { to: 'every create', is: isCreate, nth: 1, what: 'job' },
    { to: 'every third create', is: isCreate, nth: 3, what: 'job' },
    { to: 'every upload', is: isUpload, nth: 1, what: 'file' },
    { to: 'every second upload', is: isUpload, nth: 2, what: 'file' },
  ] as const)(
    'to $to does not make the run touch it, nor leave its own behind',
    { timeout: 120_000 },
    async ({ is, nth, what }) => {
      let count = 0;
      const seen = await ran({
        rewrite: (one, answer) => {
          if (!is(one)) return answer;
          count += 1;
          return count % nth === 0 ? { ...answer, id: witness?.foreign[what] } : answer;
        },
      });
      expect(count).toBeGreaterThanOrEqual(nth);
      expect(touches(seen, seen.foreign[what])).toEqual([]);
      expect(await seen.others()).toContain(seen.foreign.file);
      expect(await seen.others()).toMatch(new RegExp(`"${seen.foreign.job}","(?!cancelled)`));
      expect(await seen.orphans()).toEqual([]);
    },
  );
});
