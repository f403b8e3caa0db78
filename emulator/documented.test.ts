// The emulator as a user of the official client meets it: everything that the documentation of the Python client shows.
import { Readable } from 'node:stream';
import { toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import { chatLines, completionLines, preferenceLines, reinforcementLines } from './testing/datasets.ts';
import { startFixture, upload } from './testing/emulator-client.ts';

describe('a basic job', () => {
  it('is answered as validating, runs through its phases and ends with a model', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client);
    const created = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    expect(created).toMatchObject({
      object: 'fine_tuning.job',
      status: 'validating_files',
      model: 'gpt-4o-mini-2024-07-18',
      training_file,
      validation_file: null,
      fine_tuned_model: null,
      finished_at: null,
      trained_tokens: null,
      estimated_finish: null,
      error: null,
      result_files: [],
      integrations: [],
      metadata: null,
      hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
      method: { type: 'supervised' },
    });
    const statuses = [];
    for (let second = 0; second < 11; second += 1) {
      const job = await client.fineTuning.jobs.retrieve(created.id);
      statuses.push(job.status);
      if (job.status === 'running') expect(job.estimated_finish).toBe(created.created_at + 10);
      clock.pass(1);
    }
    expect([...new Set(statuses)]).toEqual(['validating_files', 'queued', 'running', 'succeeded']);
    const done = await client.fineTuning.jobs.retrieve(created.id);
    expect(done.fine_tuned_model).toMatch(/^ft:gpt-4o-mini-2024-07-18:emulator::\w{8}$/);
    expect(done.finished_at).toBe(created.created_at + 10);
    expect(done.trained_tokens).toBeGreaterThan(0);
    expect(done.estimated_finish).toBeNull();
    expect(done.hyperparameters).toEqual({ n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1.8 });
    expect(done.method?.supervised?.hyperparameters).toEqual(done.hyperparameters);
    expect(done.result_files).toHaveLength(1);
    expect({ ...done, created_at: created.created_at, seed: created.seed }).toMatchObject({ id: created.id });
  });

  it('ends at once when jobs last no time, though its creation still shows it validating', async () => {
    const { client } = await startFixture({ jobSeconds: 0 });
    const created = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    expect(created.status).toBe('validating_files');
    expect((await client.fineTuning.jobs.retrieve(created.id)).status).toBe('succeeded');
    const events = (await client.fineTuning.jobs.listEvents(created.id, { limit: 100 })).data;
    expect(events.at(-1)?.message).toBe(`Created fine-tuning job: ${created.id}`);
    expect(events[0]?.message).toBe('The job has successfully completed');
  });
});

describe('methods', () => {
  it('keeps the hyperparameters of a supervised job', async () => {
    const { client } = await startFixture();
    const hyperparameters = { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 0.1 };
    const job = await client.fineTuning.jobs.create({
      model: 'gpt-4o-mini',
      training_file: await upload(client),
      method: { type: 'supervised', supervised: { hyperparameters } },
      suffix: 'my-custom-model',
    });
    expect(job.hyperparameters).toEqual(hyperparameters);
    expect(job.method).toEqual({ type: 'supervised', supervised: { hyperparameters } });
  });

  it('shows deprecated hyperparameters in both places', async () => {
    const { client } = await startFixture();
    const job = await client.fineTuning.jobs.create({
      model: 'gpt-3.5-turbo',
      training_file: await upload(client),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- that it is still understood is the point
      hyperparameters: { n_epochs: 2 },
    });
    expect(job.model).toBe('gpt-3.5-turbo-0125');
    expect(job.hyperparameters.n_epochs).toBe(2);
    expect(job.method?.supervised?.hyperparameters).toMatchObject({ n_epochs: 2, batch_size: 'auto' });
  });

  it('trains on preferences', async () => {
    const { client, clock } = await startFixture();
    const created = await client.fineTuning.jobs.create({
      model: 'gpt-4o-mini',
      training_file: await upload(client, preferenceLines()),
      method: { type: 'dpo', dpo: { hyperparameters: { n_epochs: 1 } } },
    });
    expect(created.hyperparameters).toBeNull();
    expect(created.method?.dpo?.hyperparameters).toMatchObject({ beta: 'auto', n_epochs: 1 });
    clock.pass(10);
    const done = await client.fineTuning.jobs.retrieve(created.id);
    expect(done.status).toBe('succeeded');
    expect(done.method?.dpo?.hyperparameters).toMatchObject({ beta: 0.1, n_epochs: 1 });
  });

  it('trains on rewards', async () => {
    const { client, clock } = await startFixture();
    const grader = {
      type: 'string_check' as const,
      name: 'Example string check grader',
      input: '{{sample.output_text}}',
      reference: '{{item.label}}',
      operation: 'eq' as const,
    };
    const created = await client.fineTuning.jobs.create({
      model: 'o4-mini',
      training_file: await upload(client, reinforcementLines()),
      validation_file: await upload(client, reinforcementLines(3)),
      method: { type: 'reinforcement', reinforcement: { grader, hyperparameters: { reasoning_effort: 'medium' } } },
    });
    expect(created.method?.reinforcement?.grader).toEqual(grader);
    expect(created.method?.reinforcement?.hyperparameters).toMatchObject({
      reasoning_effort: 'medium',
      compute_multiplier: 'auto',
    });
    clock.pass(10);
    expect((await client.fineTuning.jobs.retrieve(created.id)).status).toBe('succeeded');
    const [event] = (await client.fineTuning.jobs.listEvents(created.id)).data.filter(({ type }) => type === 'metrics');
    expect(event?.data).toHaveProperty('train_mean_reward');
  });

  it('trains a base model on pairs', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client, completionLines());
    const created = await client.fineTuning.jobs.create({ model: 'babbage-002', training_file });
    clock.pass(10);
    expect((await client.fineTuning.jobs.retrieve(created.id)).status).toBe('succeeded');
  });
});

describe('further members', () => {
  it('takes a validation file, which shows in events and metrics', async () => {
    const { client, clock } = await startFixture();
    const [training_file, validation_file] = [await upload(client), await upload(client, chatLines(3), 'val.jsonl')];
    const job = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, validation_file });
    expect(job.validation_file).toBe(validation_file);
    clock.pass(10);
    const events = (await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data;
    const validating = `Validating training file: ${training_file} and validation file: ${validation_file}`;
    expect(events.at(-2)?.message).toBe(validating);
    const last = events.find(({ type }) => type === 'metrics');
    expect(last?.data).toMatchObject({ step: 30, total_steps: 30, full_valid_loss: expect.any(Number) as number });
  });

  it('takes an integration and keeps what was sent', async () => {
    const { client } = await startFixture();
    const wandb = { project: 'gpt-finetuning', name: 'experiment-1', tags: ['production', 'gpt-4o-mini'] };
    const integrations = [{ type: 'wandb' as const, wandb }];
    const training_file = await upload(client);
    const job = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, integrations });
    expect(job.integrations).toEqual([{ type: 'wandb', wandb: { ...wandb, entity: null } }]);
  });

  it('takes metadata and a seed, and lists by metadata over all pages', async () => {
    const { client } = await startFixture();
    const training_file = await upload(client);
    const metadata = { project: 'customer-support', version: 'v2.0', owner: 'ml-team' };
    const wanted = [];
    for (let index = 0; index < 5; index += 1) {
      const job = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, metadata, seed: 42 });
      expect(job).toMatchObject({ metadata, seed: 42 });
      wanted.unshift(job.id);
      await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    }
    const found = [];
    for await (const job of client.fineTuning.jobs.list({ metadata: { project: 'customer-support' }, limit: 2 })) {
      found.push(job.id);
    }
    expect(found).toEqual(wanted);
    const none = await client.fineTuning.jobs.list({ metadata: null });
    expect(none.data).toHaveLength(5);
  });
});

describe('control', () => {
  it('cancels at once and for good', async () => {
    const { client, clock } = await startFixture();
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    clock.pass(5);
    const cancelled = await client.fineTuning.jobs.cancel(id);
    expect(cancelled).toMatchObject({ status: 'cancelled', finished_at: null, estimated_finish: null, error: null });
    clock.pass(100);
    expect(await client.fineTuning.jobs.retrieve(id)).toEqual(cancelled);
    const refused = client.fineTuning.jobs.cancel(id);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("'cancelled'") as string,
    });
  });

  it('pauses, holds, resumes and goes on from there', async () => {
    const { client, clock } = await startFixture();
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    clock.pass(6.5);
    expect((await client.fineTuning.jobs.pause(id)).status).toBe('paused');
    clock.pass(1000);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('paused');
    const [kept] = (await client.fineTuning.jobs.checkpoints.list(id)).data;
    expect(kept).toMatchObject({ step_number: 15, fine_tuning_job_id: id });
    await expect(client.fineTuning.jobs.pause(id)).rejects.toMatchObject({ status: 400 });
    expect((await client.fineTuning.jobs.resume(id)).status).toBe('queued');
    await expect(client.fineTuning.jobs.resume(id)).rejects.toMatchObject({ status: 400 });
    clock.pass(1.5);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('running');
    clock.pass(3.5);
    const done = await client.fineTuning.jobs.retrieve(id);
    expect(done.status).toBe('succeeded');
    const checkpoints = (await client.fineTuning.jobs.checkpoints.list(id)).data;
    expect(checkpoints.map((one) => one.step_number)).toEqual([30, 20, 15]);
    expect(checkpoints[0]?.fine_tuned_model_checkpoint).toBe(done.fine_tuned_model);
  });

  it('cancels a paused job', async () => {
    const { client } = await startFixture();
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: await upload(client) });
    await client.fineTuning.jobs.pause(id);
    expect((await client.fineTuning.jobs.cancel(id)).status).toBe('cancelled');
  });

  it('knows no job of another id', async () => {
    const { client } = await startFixture();
    const unknown = { status: 404, code: 'fine_tune_not_found', param: 'fine_tune_id' };
    const { jobs } = client.fineTuning;
    await expect(jobs.retrieve('ftjob-x')).rejects.toMatchObject(unknown);
    await expect(jobs.cancel('ftjob-x')).rejects.toMatchObject(unknown);
    await expect(jobs.pause('ftjob-x')).rejects.toMatchObject(unknown);
    await expect(jobs.resume('ftjob-x')).rejects.toMatchObject(unknown);
    await expect(jobs.listEvents('ftjob-x')).rejects.toMatchObject(unknown);
    await expect(jobs.checkpoints.list('ftjob-x')).rejects.toMatchObject(unknown);
  });
});

describe('what a job leaves', () => {
  it('tells its events page by page, each once, in the order of real jobs', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client);
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    expect((await client.fineTuning.jobs.listEvents(id)).data).toHaveLength(2);
    clock.pass(10);
    const events = [];
    for await (const event of client.fineTuning.jobs.listEvents(id, { limit: 7 })) events.unshift(event);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const messages = events
      .filter(({ type }) => type === 'message')
      .map(({ message }) => message.split(/ ?(ft|file-)/)[0]);
    expect(messages).toEqual([
      'Created fine-tuning job:',
      'Validating training file:',
      'Files validated, moving job to queued state',
      'Fine-tuning job started',
      'Checkpoint created at step 10 with Snapshot ID:',
      'Checkpoint created at step 20 with Snapshot ID:',
      'Checkpoint created at step 30 with Snapshot ID:',
      'New fine-tuned model created:',
      'The job has successfully completed',
    ]);
    const steps = events.filter(({ type }) => type === 'metrics').map(({ data }) => (data as { step: number }).step);
    expect(steps).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('gives its results as CSV and its model for use', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client);
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file, suffix: 'first' });
    clock.pass(10);
    const { result_files, fine_tuned_model } = await client.fineTuning.jobs.retrieve(id);
    const [fileId = ''] = result_files;
    const file = await client.files.retrieve(fileId);
    expect(file.purpose).toBe('fine-tune-results');
    const csv = await (await client.files.content(fileId)).text();
    expect(Buffer.byteLength(csv)).toBe(file.bytes);
    expect(csv.split('\n')).toHaveLength(32);
    expect(csv.split('\n')[0]).toBe('step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy');
    const model = fine_tuned_model ?? '';
    expect((await client.models.list()).data.map((one) => one.id)).toContain(model);
    expect((await client.models.retrieve(model)).id).toBe(model);
    const next = await client.fineTuning.jobs.create({ model, training_file });
    expect(next.model).toBe(model);
    expect(await client.models.delete(model)).toEqual({ object: 'model', id: model, deleted: true });
    await expect(client.models.delete(model)).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    const again = client.fineTuning.jobs.create({ model, training_file });
    await expect(again).rejects.toMatchObject({ status: 400, code: 'model_not_available' });
    await expect(client.models.delete('gpt-4o-mini')).rejects.toMatchObject({ status: 403 });
  });

  it('fails when its training file is deleted', async () => {
    const { client, clock } = await startFixture();
    const training_file = await upload(client);
    const { id } = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    clock.pass(5);
    expect(await client.files.delete(training_file)).toEqual({ object: 'file', id: training_file, deleted: true });
    const job = await client.fineTuning.jobs.retrieve(id);
    expect(job.status).toBe('failed');
    expect(job.finished_at).toBeNull();
    const message = 'The job failed because the training file was deleted';
    expect(job.error).toEqual({ code: 'deleted_training_file', message, param: 'training_file' });
  });
});

describe('streams', () => {
  it('takes an upload piece by piece and gives every byte back', async () => {
    const { client } = await startFixture();
    const lines = chatLines(200);
    const pieces = lines.match(/.{1,1000}/gs) ?? [];
    const stream = Readable.from(pieces.map((piece) => Buffer.from(piece)));
    const file = await client.files.create({ file: await toFile(stream, 'streamed.jsonl'), purpose: 'fine-tune' });
    expect(file).toMatchObject({ bytes: Buffer.byteLength(lines), filename: 'streamed.jsonl', status: 'processed' });
    expect(await (await client.files.content(file.id)).text()).toBe(lines);
  });
});
