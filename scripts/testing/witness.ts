// A proxy before the emulator that sees every request, may do something at one of them, and may lie in the answers. And
// what it takes to tell whether a run left something behind, or touched what was there before it.
import { startEmulator } from '../../emulator/server.ts';
import { asker, train, uploadTraining } from './ask-emulator.ts';
import { isJsonAnswer, proxyTo, type Through } from './proxy.ts';

export const KEY = 'sk-witness-51c2a7f0e9d84b36';

export interface Witnessed {
  readonly number: number;
  readonly method: string;
  readonly path: string;
}

export interface WitnessHooks {
  /** Called when a request came in, before it goes on; and when its answer is there, before that goes back. */
  readonly at?: (moment: 'request' | 'answer', seen: Witnessed) => void;
  /** The JSON answer to a request, as the target is to give it. */
  readonly rewrite?: (seen: Witnessed, answer: Readonly<Record<string, unknown>>) => unknown;
}

/** An emulator with somebody else's file and running job on it, behind a proxy. */
export interface Witness {
  readonly baseUrl: string;
  readonly seen: readonly Witnessed[];
  readonly foreign: { readonly file: string; readonly job: string };
  /** Objects that a run made and that are still there: files of its name, jobs that have not ended. */
  readonly orphans: () => Promise<string[]>;
  /** What is there that is not the run's, word for word. */
  readonly others: () => Promise<string>;
  /** Uploads a file under a name, as anybody could. */
  readonly upload: (name: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts the emulator, makes the foreign objects, and puts the proxy before it. Jobs outlive every test. */
export async function startWitness(hooks: WitnessHooks = {}): Promise<Witness> {
  const emulator = await startEmulator({ apiKey: KEY, jobSeconds: 3_600 });
  const ask = asker(emulator.url, KEY);
  const file = await uploadTraining(ask, 'somebody-elses.jsonl');
  const job = await train(ask, file);
  const seen: Witnessed[] = [];
  const proxy = await proxyTo(emulator.url, watching(hooks, seen));
  const files = async (): Promise<Item[]> => itemsOf(await ask('GET', '/files?limit=10000'));
  const jobs = async (): Promise<Item[]> => itemsOf(await ask('GET', '/fine_tuning/jobs?limit=100'));
  return {
    baseUrl: proxy.baseUrl,
    seen,
    foreign: { file, job },
    orphans: async () => [
      ...(await files()).filter(({ filename = '' }) => filename.startsWith('conformance-')).map(({ id }) => id),
      ...(await jobs()).filter(({ id, status = '' }) => id !== job && !ENDED.has(status)).map(({ id }) => id),
    ],
    others: async () =>
      JSON.stringify([
        (await files()).filter(({ id }) => id === file),
        (await jobs()).filter(({ id }) => id === job).map(({ id, status, training_file }) => [id, status, training_file]),
      ]), // prettier-ignore
    upload: (name) => uploadTraining(ask, name),
    close: async () => {
      await proxy.close();
      await emulator.close();
    },
  };
}

interface Item {
  readonly id: string;
  readonly filename?: string;
  readonly status?: string;
  readonly training_file?: string;
}

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);

function itemsOf(page: Readonly<Record<string, unknown>>): Item[] {
  return page['data'] as Item[];
}

/** Counts and tells of what passes, and rewrites the answers that went well. */
function watching({ at, rewrite }: WitnessHooks, seen: Witnessed[]): Through {
  return async (asked, pass) => {
    const one: Witnessed = { number: seen.length + 1, method: asked.method, path: asked.path };
    seen.push(one);
    at?.('request', one);
    const answer = await pass(asked);
    at?.('answer', one);
    if (rewrite === undefined || !isJsonAnswer(answer) || answer.status >= 300) return answer;
    const told = JSON.parse(String(answer.body)) as Record<string, unknown>;
    return { ...answer, body: JSON.stringify(rewrite(one, told)) };
  };
}
