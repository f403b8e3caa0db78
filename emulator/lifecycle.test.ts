// The life of jobs on a standing clock: data of every format against every method, the failures that were captured from
// real jobs, and what follows from seeds, suffixes and epochs.
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { chatLines, completionLines, preferenceLines, reinforcementLines } from './testing/datasets.ts';
import { call, type Fixture, startFixture, upload } from './testing/emulator-client.ts';

type CreateBody = Partial<OpenAI.FineTuning.JobCreateParams>;

const GRADER = {
  type: 'string_check',
  name: 'check',
  input: '{{sample.output_text}}',
  reference: '{{item.label}}',
  operation: 'eq',
} as const;

const METHODS = {
  supervised: { model: 'gpt-4o-mini', method: { type: 'supervised' } },
  completions: { model: 'babbage-002', method: { type: 'supervised' } },
  dpo: { model: 'gpt-4o-mini', method: { type: 'dpo' } },
  reinforcement: { model: 'o4-mini', method: { type: 'reinforcement', reinforcement: { grader: GRADER } } },
} as const satisfies Record<string, CreateBody>;

const LINES = {
  chat: chatLines(),
  completions: completionLines(),
  preference: preferenceLines(),
  reinforcement: reinforcementLines(),
};

/** Creates a job on some lines and lets it end. */
async function finished(
  fixture: Fixture,
  lines: string,
  more: CreateBody = {},
): Promise<OpenAI.FineTuning.FineTuningJob> {
  const { client, clock } = fixture;
  const training_file = await upload(client, lines);
  const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, ...more });
  clock.pass(10);
  return client.fineTuning.jobs.retrieve(id);
}

describe('data', () => {
  it.each<[method: keyof typeof METHODS, format: keyof typeof LINES, status: string]>([
    ['supervised', 'chat', 'succeeded'],
    ['completions', 'completions', 'succeeded'],
    ['dpo', 'preference', 'succeeded'],
    ['reinforcement', 'reinforcement', 'succeeded'],
    ['reinforcement', 'chat', 'succeeded'],
    ['supervised', 'completions', 'failed'],
    ['supervised', 'preference', 'failed'],
    ['supervised', 'reinforcement', 'failed'],
    ['completions', 'chat', 'failed'],
    ['dpo', 'chat', 'failed'],
    ['dpo', 'completions', 'failed'],
    ['reinforcement', 'preference', 'failed'],
  ])('%s on %s: %s', async (method, format, status) => {
    const job = await finished(await startFixture(), LINES[format], METHODS[method]);
    expect(job.status).toBe(status);
    if (status === 'failed') expect(job.error?.code).toBe('invalid_training_file');
  });

  it('of older editions is keyed preferred_completion', async () => {
    const older = preferenceLines(10, ['preferred_completion', 'non_preferred_completion']);
    expect((await finished(await startFixture({ edition: '2024-12' }), older, METHODS.dpo)).status).toBe('succeeded');
    expect((await finished(await startFixture(), older, METHODS.dpo)).status).toBe('failed');
  });
});

describe('failed jobs tell what was captured', () => {
  const broken = chatLines(3) + '{"messages":[{"role":"user","content":"x"},{"content":"y"}]}\n' + chatLines(8);

  it.each<[what: string, lines: string, more: CreateBody, code: string, message: string]>([
    [
      'too few examples',
      chatLines(7),
      {},
      'invalid_n_examples',
      'Training file has 7 example(s), but must have at least 10 examples',
    ],
    [
      'a message without role',
      broken,
      {},
      'invalid_training_file',
      "The job failed due to an invalid training file. Invalid file format. Example 4, message 2 Discriminator 'role' is missing in value",
    ],
    [
      'neither pairs nor messages',
      '{"text":"a"}\n'.repeat(10),
      {},
      'invalid_training_file',
      'The job failed due to an invalid training file. Unexpected file format, expected either prompt/completion pairs or chat messages.',
    ],
  ])('%s', async (_, lines, more, code, message) => {
    const job = await finished(await startFixture(), lines, more);
    expect(job).toMatchObject({ status: 'failed', finished_at: null, trained_tokens: null, fine_tuned_model: null });
    expect(job.error).toEqual({ code, message, param: 'training_file' });
  });

  it('a format of another method names the file and both methods', async () => {
    const job = await finished(await startFixture(), LINES.chat, METHODS.dpo);
    expect(job.error?.message).toBe(
      `The job failed due to an invalid training file. Invalid file format. Input file ${job.training_file} is in the ` +
        "fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training method " +
        '(provided method=dpo). ',
    );
  });

  it('a bad validation file is named as such', async () => {
    const fixture = await startFixture();
    const validation_file = await upload(fixture.client, LINES.preference);
    const job = await finished(fixture, LINES.chat, { validation_file });
    expect(job.error).toMatchObject({ code: 'invalid_validation_file', param: 'validation_file' });
  });

  it('and the last event says so', async () => {
    const fixture = await startFixture();
    const job = await finished(fixture, chatLines(7));
    const events = (await fixture.client.fineTuning.jobs.listEvents(job.id)).data;
    expect(events.map(({ level, message }) => [level, message.split(':')[0]])).toEqual([
      ['error', 'Training file has 7 example(s), but must have at least 10 examples'],
      ['info', 'Validating training file'],
      ['info', 'Created fine-tuning job'],
    ]);
    expect((await fixture.client.fineTuning.jobs.checkpoints.list(job.id)).data).toEqual([]);
  });

  it('fail after validation, not before it', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client, chatLines(7));
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    clock.pass(1);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('validating_files');
    clock.pass(1);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('failed');
  });
});

describe('what follows from a create', () => {
  it('the name of the model: its base, the suffix, and eight characters', async () => {
    const fixture = await startFixture();
    const job = await finished(fixture, LINES.chat, { model: 'gpt-4.1-nano', suffix: 'my-suffix' });
    expect(job.model).toBe('gpt-4.1-nano-2025-04-14');
    expect(job.fine_tuned_model).toMatch(/^ft:gpt-4\.1-nano-2025-04-14:emulator:my-suffix:\w{8}$/);
    const next = await finished(fixture, LINES.chat, { model: job.fine_tuned_model ?? '' });
    expect(next.fine_tuned_model).toMatch(/^ft:gpt-4\.1-nano-2025-04-14:emulator::\w{8}$/);
  });

  it('the seed: what was sent, 0 included, else one of its own', async () => {
    const fixture = await startFixture();
    expect((await finished(fixture, LINES.chat, { seed: 0 })).seed).toBe(0);
    expect((await finished(fixture, LINES.chat, { seed: 2_147_483_647 })).seed).toBe(2_147_483_647);
    const { seed } = await finished(fixture, LINES.chat, { seed: null });
    expect(seed).toBeGreaterThanOrEqual(0);
    expect(seed).toBeLessThanOrEqual(2_147_483_647);
  });

  it('trained tokens grow with the data and with the epochs', async () => {
    const fixture = await startFixture();
    const tokens = async (count: number, n_epochs: number): Promise<number> => {
      const method = { type: 'supervised', supervised: { hyperparameters: { n_epochs } } } as const;
      return (await finished(fixture, chatLines(count), { method })).trained_tokens ?? 0;
    };
    const once = await tokens(10, 1);
    expect(await tokens(10, 3)).toBe(3 * once);
    expect(await tokens(20, 1)).toBeGreaterThan(once);
  });

  it('checkpoints: those of the last three epochs, latest first, the last being the model itself', async () => {
    const fixture = await startFixture();
    const method = { type: 'supervised', supervised: { hyperparameters: { n_epochs: 5, batch_size: 2 } } } as const;
    const job = await finished(fixture, LINES.chat, { method });
    const page = await fixture.client.fineTuning.jobs.checkpoints.list(job.id);
    expect(page.data.map(({ step_number }) => step_number)).toEqual([25, 20, 15]);
    expect(page.data.map((one) => one.fine_tuned_model_checkpoint)).toEqual([
      job.fine_tuned_model,
      `${String(job.fine_tuned_model)}:ckpt-step-20`,
      `${String(job.fine_tuned_model)}:ckpt-step-15`,
    ]);
    expect(page.data.every((one) => one.fine_tuning_job_id === job.id)).toBe(true);
    const { body } = await call(fixture.emulator, 'GET', `/fine_tuning/jobs/${job.id}/checkpoints`);
    expect(body).toMatchObject({ has_more: false, first_id: page.data[0]?.id, last_id: page.data.at(-1)?.id });
  });

  it('"auto" of a job that was cancelled before it ran stays', async () => {
    const { client, clock } = await startFixture();
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    await client.fineTuning.jobs.cancel(id);
    clock.pass(100);
    const { hyperparameters } = await client.fineTuning.jobs.retrieve(id);
    expect(hyperparameters).toEqual({ n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' });
  });

  it('the same seed of a server gives the same ids', async () => {
    const id = async (): Promise<string> => (await finished(await startFixture({ seed: 7 }), LINES.chat)).id;
    expect(await id()).toBe(await id());
  });
});

describe('to the letter of the schema', () => {
  it.each([
    ['supervised', 'chat', []],
    ['dpo', 'preference', ['/hyperparameters']],
    ['reinforcement', 'reinforcement', ['/hyperparameters']],
  ] as const)('a job of method %s is valid but for what E-S4 tells', async (method, format, places) => {
    const job = await finished(await startFixture(), LINES[format], METHODS[method]);
    validators.FineTuningJob(JSON.parse(JSON.stringify(job)));
    const found = (validators.FineTuningJob as { errors?: readonly validators.SchemaViolation[] | null }).errors ?? [];
    expect([...new Set(found.map(({ instancePath }) => instancePath))]).toEqual(places);
  });
});
