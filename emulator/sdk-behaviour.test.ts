// --behaviour sdk: what the generated test suites of the official SDKs ask of a server (behaviour.md section 5, points
// 1 to 8). The official client sends it, and the generated validators check every answer without any tolerance.
/* eslint-disable @typescript-eslint/no-deprecated -- the suites of the SDKs send and read deprecated members, too */
import OpenAI, { NotFoundError, toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import { operations } from '#generated/current/operations.ts';
import * as validators from '#generated/current/validators.js';
import { startFixture } from './testing/emulator-client.ts';

const JOB = 'ft-AF1WoRqd3aJAHsqc9NY7iL8F';
const MODEL = 'ft:gpt-4o-mini:acemeco:suffix:abc123';
const CHECKPOINT = 'ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd';
const CHECKERS = validators as unknown as Readonly<Record<string, ((body: unknown) => boolean) | undefined>>;

interface Checked {
  readonly client: OpenAI;
  /** The components that answers were held against, in order. */
  readonly checked: string[];
}

/** A client whose answers must be valid to the letter. @param prefix of the base URL behind the origin. */
async function startStrict(prefix = ''): Promise<Checked> {
  const { emulator } = await startFixture({ behaviour: 'sdk' });
  const checked: string[] = [];
  const strictFetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : String(input));
    const path = url.pathname.replace(/^\/v1/, '');
    const operation = Object.values(operations).find(
      (one) => one.method === (init?.method ?? 'GET').toUpperCase() && pattern(one.path).test(path),
    );
    const component = response.ok ? operation?.answers[0]?.component : 'ErrorResponse';
    if (component != null) {
      const body: unknown = await response.clone().json();
      if (CHECKERS[component]?.(body) !== true) throw new Error(`no ${component}: ${JSON.stringify(body)}`);
      checked.push(component);
    }
    return response;
  };
  const baseURL = new URL(emulator.url).origin + prefix;
  const keys = { apiKey: 'My API Key', adminAPIKey: 'My Admin API Key' };
  return { client: new OpenAI({ ...keys, baseURL, maxRetries: 0, fetch: strictFetch }), checked };
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

const hyperparameters = { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' } as const;
const grader = {
  type: 'string_check',
  name: 'name',
  input: 'input',
  reference: 'reference',
  operation: 'eq',
} as const;
const BODY = {
  model: 'gpt-4o-mini',
  training_file: 'file-abc123',
  hyperparameters,
  integrations: [
    { type: 'wandb', wandb: { project: 'my-wandb-project', entity: 'entity', name: 'name', tags: ['tag'] } },
  ],
  metadata: { foo: 'string' },
  seed: 42,
  suffix: 'x',
  validation_file: 'file-abc123',
} as const satisfies OpenAI.FineTuning.JobCreateParams;

describe('1: the prefix', () => {
  it.each(['', '/v1'])('%s is served', async (prefix) => {
    const { client } = await startStrict(prefix);
    expect((await client.fineTuning.jobs.retrieve(JOB)).id).toBe(JOB);
  });
});

describe('2 and 3: any key, and ids that exist already', () => {
  it('retrieves the job, the files, the models and the permissions', async () => {
    const { client, checked } = await startStrict();
    await client.fineTuning.jobs.retrieve(JOB);
    await client.fineTuning.jobs.listEvents(JOB);
    await client.fineTuning.jobs.checkpoints.list(JOB);
    for (const file of ['file-abc123', 'file_id']) await client.files.retrieve(file);
    await client.models.retrieve('gpt-4o-mini');
    await client.models.retrieve(MODEL);
    await client.fineTuning.checkpoints.permissions.create(CHECKPOINT, { project_ids: ['string'] });
    await client.fineTuning.checkpoints.permissions.list(JOB, { order: 'ascending', project_id: 'project_id' });
    const permission_id = 'cp_zc4Q7MP6XxulcVzj4MZdwsAB';
    await client.fineTuning.checkpoints.permissions.delete(permission_id, { fine_tuned_model_checkpoint: CHECKPOINT });
    expect(checked).toHaveLength(10);
  });

  it('serves the content of a file', async () => {
    const { client } = await startStrict();
    expect(await (await client.files.content('file_id')).text()).toContain('messages');
  });
});

describe('4: creates', () => {
  it('takes deprecated hyperparameters beside a method of each type', async () => {
    const { client, checked } = await startStrict();
    const reinforcement = { grader, hyperparameters: { ...hyperparameters, reasoning_effort: 'default' } } as const;
    const dpo = { hyperparameters: { ...hyperparameters, beta: 'auto' } } as const;
    for (const type of ['supervised', 'dpo', 'reinforcement'] as const) {
      const method = { type, supervised: { hyperparameters }, dpo, reinforcement };
      const job = await client.fineTuning.jobs.create({ ...BODY, method });
      expect(job.hyperparameters).toBeTypeOf('object');
      expect(job).toMatchObject({ seed: 42, metadata: { foo: 'string' }, error: null });
    }
    expect(checked).toEqual(['FineTuningJob', 'FineTuningJob', 'FineTuningJob']);
  });

  it('takes an upload of any content and purpose that the SDKs send', async () => {
    const { client } = await startStrict();
    const file = await toFile(Buffer.from('Example data'), 'README.md');
    expect((await client.files.create({ file, purpose: 'assistants' })).status).toBe('processed');
    const again = await toFile(Buffer.from('Example data'), 'README.md');
    expect((await client.files.create({ file: again, purpose: 'fine-tune' })).purpose).toBe('fine-tune');
  });

  it('takes graders', async () => {
    const { client } = await startStrict();
    const { graders } = client.fineTuning.alpha;
    expect((await graders.run({ grader, model_sample: 'input', item: {} })).reward).toBe(0);
    expect((await graders.validate({ grader })).grader).toEqual(grader);
  });
});

describe('5: lists take what the suites send', () => {
  it('limit 0, unknown cursors, both names of an order, and odd purposes', async () => {
    const { client, checked } = await startStrict();
    await client.fineTuning.jobs.list({ after: 'string', limit: 0, metadata: { foo: 'string' } });
    await client.fineTuning.jobs.listEvents(JOB, { after: 'string', limit: 0 });
    await client.fineTuning.jobs.checkpoints.list(JOB, { after: 'string', limit: 0 });
    await client.files.list({ limit: 0, order: 'asc' });
    await client.files.list({ limit: 0, order: 'desc' });
    expect(checked).toHaveLength(5);
  });

  it.each(['after=after&limit=0&order=asc&purpose=purpose', 'purpose=assistants', 'after=string'])(
    'files with %s are answered 200',
    async (query) => {
      const { emulator } = await startFixture({ behaviour: 'sdk' });
      expect((await fetch(`${emulator.url}/files?${query}`)).status).toBe(200);
    },
  );
});

describe('6: every call can be repeated, in any order', () => {
  it('cancel, pause, resume and deletions', async () => {
    const { client, checked } = await startStrict();
    for (let round = 0; round < 2; round += 1) {
      for (const action of ['resume', 'pause', 'cancel', 'pause', 'resume'] as const) {
        const { status } = await client.fineTuning.jobs[action](JOB);
        expect(['validating_files', 'queued', 'running', 'succeeded', 'failed', 'cancelled']).toContain(status);
      }
      await client.files.delete('file_id');
      await client.models.delete(MODEL);
    }
    expect(checked).toHaveLength(14);
  });
});

describe('7: statuses are official ones', () => {
  it('a paused job is called queued', async () => {
    const { client } = await startStrict();
    const { id } = await client.fineTuning.jobs.create(BODY);
    expect((await client.fineTuning.jobs.pause(id)).status).toBe('queued');
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('queued');
  });
});

describe('8: what does not exist', () => {
  it('is a 404', async () => {
    const { client } = await startStrict();
    await expect(client.get('/_stainless_unknown_path')).rejects.toBeInstanceOf(NotFoundError);
  });
});
