// The objects that the generated test suites of the official SDKs take for granted. They come before everything that a
// client makes (sequence 0 and below), are not journalled, and no delete removes them.
import type { JobRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

const CHECKPOINTS = ['ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd', 'ft-AF1WoRqd3aJAHsqc9NY7iL8F'];
const FILES = ['file-abc123', 'file_id'];
const DAY_MS = 86_400_000;

/** Puts the fixtures into a store, as if they had been made a day ago. */
export function plantFixtures(store: Store, nowMs: number): void {
  const createdAtMs = Math.floor(nowMs) - DAY_MS;
  for (const [index, id] of FILES.entries()) {
    const inline = fixtureDataset();
    store.seed({
      change: 'file',
      file: {
        id,
        sequence: -index,
        createdAtMs,
        bytes: Buffer.byteLength(inline),
        filename: 'mydata.jsonl',
        purpose: 'fine-tune',
        expiresAtMs: null,
        facts: null,
        deletedAtMs: null,
        inline,
      },
    });
  }
  store.seed({ change: 'job', job: fixtureJob(createdAtMs) });
  for (const [index, checkpoint] of CHECKPOINTS.entries()) {
    const id = index === 0 ? 'cp_zc4Q7MP6XxulcVzj4MZdwsAB' : 'cp_zc4Q7MP6XxulcVzj4MZdwsAC';
    store.seed({
      change: 'permission',
      permission: { id, sequence: -index, createdAtMs, checkpoint, projectId: 'proj_abGMw1llN8IrBb6SvvY5A1iH' },
    });
  }
}

function fixtureJob(createdAtMs: number): JobRecord {
  return {
    id: 'ft-AF1WoRqd3aJAHsqc9NY7iL8F',
    sequence: 0,
    createdAtMs,
    model: 'gpt-4o-mini-2024-07-18',
    fineTunedModel: 'ft:gpt-4o-mini:acemeco:suffix:abc123',
    resultFileId: 'file-results-of-the-fixture',
    trainingFile: 'file-abc123',
    validationFile: null,
    seed: 42,
    methodType: 'supervised',
    method: null,
    hyperparameters: null,
    integrations: [],
    metadata: null,
    data: { good: true, examples: 10, tokens: 200 },
    lengths: { validatingMs: 1000, queuedMs: 1000, runningMs: 8000 },
    actions: [],
    modelDeletedAtMs: null,
    resultsDeletedAtMs: null,
  };
}

function fixtureDataset(): string {
  const example = {
    messages: [
      { role: 'user', content: 'What is the capital of France?' },
      { role: 'assistant', content: 'Paris' },
    ],
  };
  return `${JSON.stringify(example)}\n`.repeat(10);
}
