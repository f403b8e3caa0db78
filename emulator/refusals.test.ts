// Refusals: the captured forms (behaviour.md 3.7), and nothing done by what is refused.
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from './json.ts';
import { memberAt } from './json.ts';
import { chatLines } from './testing/datasets.ts';
import { type Answered, call, type Fixture, readAnswer, startFixture, upload } from './testing/emulator-client.ts';

const INVALID = 'invalid_request_error';
const error = (message: string, param: string | null, code: string | null): JsonObject => ({
  message,
  type: INVALID,
  param,
  code,
});

async function create(fixture: Fixture, more: JsonObject): Promise<Answered> {
  const training_file = await upload(fixture.client);
  return call(fixture.emulator, 'POST', '/fine_tuning/jobs', { model: 'gpt-4o-mini', training_file, ...more });
}

async function sendFile(
  { emulator }: Fixture,
  fields: Readonly<Record<string, string>>,
  file?: readonly [name: string, lines: string],
): Promise<Answered> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append('file', new Blob([file[1]]), file[0]);
  return readAnswer(await fetch(`${emulator.url}/files`, { method: 'POST', body: form }));
}

describe('creates', () => {
  it.each<[form: string, more: JsonObject, status: number, error: JsonObject]>([
    ['X1', { training_file: 'file-7' }, 400, error('invalid training_file: file-7', 'training_file', null)],
    ['X2', { validation_file: '7' }, 400, error('invalid validation_file: 7', 'validation_file', null)],
    [
      'X3',
      { model: 'gpt-nonexistent' },
      400,
      error('Model gpt-nonexistent is not available for fine-tuning or does not exist.', null, 'model_not_available'),
    ],
    [
      'X14',
      { batch_size: 4 },
      400,
      error("'batch_size' is unknown here: extra fields not permitted - 'batch_size'", 'batch_size', null),
    ],
  ])('%s', async (_, more, status, expected) => {
    const answer = await create(await startFixture(), more);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: expected });
  });

  it('refuse a model for a method that it is not offered for', async () => {
    const fixture = await startFixture();
    const answer = await create(fixture, { model: 'o4-mini' });
    expect(answer.status).toBe(400);
    expect(memberAt(answer.body, 'error', 'code')).toBe('model_not_available');
  });

  it('refuse a file of another purpose, by name', async () => {
    const fixture = await startFixture();
    const { body } = await sendFile(fixture, { purpose: 'assistants' }, ['notes.txt', 'notes']);
    const answer = await create(fixture, { training_file: memberAt(body, 'id') ?? null });
    expect(answer.status).toBe(400);
    expect(memberAt(answer.body, 'error', 'param')).toBe('training_file');
  });

  it('X19: refuse what breaks the contract in the envelope, name the member, and make no job', async () => {
    const fixture = await startFixture();
    const faults: readonly (readonly [more: JsonObject, param: string])[] = [
      [{ hyperparameters: { n_epochs: 51 } }, 'hyperparameters.n_epochs'],
      [{ suffix: 'x'.repeat(65) }, 'suffix'],
      [{ method: { type: 'reinforcement' }, model: 'o4-mini' }, 'method.reinforcement'],
      [{ method: { type: 'reinforcement', reinforcement: {} } }, 'method.reinforcement.grader'],
      [{ metadata: { k: 1 } }, 'metadata.k'],
      [{ seed: null, integrations: [{ type: 'wandb' }] }, 'integrations[0].wandb'],
    ];
    for (const [more, param] of faults) {
      const answer = await create(fixture, more);
      expect([answer.status, memberAt(answer.body, 'error', 'param')]).toEqual([400, param]);
    }
    expect((await fixture.client.fineTuning.jobs.list()).data).toEqual([]);
  });

  it('accept unknown members where they were told to', async () => {
    const fixture = await startFixture({ unknownMembers: 'accept' });
    expect((await create(fixture, { batch_size: 4 })).status).toBe(200);
  });

  it.each<[what: string, body: string]>([
    ['a missing comma (E-J4)', '{"integrations": [{"type": "wandb", "wandb": {"name": "run" "tags": []}}]}'],
    ['a trailing comma (E-J11)', '{"model": "gpt-4o-mini", "training_file": "file-1",}'],
    ["Python's words", '{"model": "gpt-4o-mini", "training_file": None}'],
    ['nothing', ''],
    ['half a text', '{"model": "gpt'],
    ['two texts', '{}{}'],
  ])('X18: refuse %s as malformed', async (_, body) => {
    const { emulator } = await startFixture();
    const answer = await call(emulator, 'POST', '/fine_tuning/jobs', body);
    expect(answer.status).toBe(400);
    const told = memberAt(answer.body, 'error') as JsonObject;
    expect(told).toMatchObject({ type: INVALID, param: null, code: null });
    expect(told['message']).toMatch(
      /^We could not parse the JSON body of your request\. \(HINT: This likely means you aren't using your HTTP library/,
    );
  });

  it('refuse another media type, and take a charset', async () => {
    const { emulator, client } = await startFixture();
    const body = JSON.stringify({ model: 'gpt-4o-mini', training_file: await upload(client) });
    const post = async (type: string): Promise<number> =>
      (await call(emulator, 'POST', '/fine_tuning/jobs', body, { 'content-type': type })).status;
    expect(await post('text/plain')).toBe(415);
    expect(await post('application/x-www-form-urlencoded')).toBe(415);
    expect(await post('Application/JSON; charset=UTF-8')).toBe(200);
  });
});

describe('what does not exist', () => {
  const job = { error: error('Could not find fine tune: 123', 'fine_tune_id', 'fine_tune_not_found') };
  const fileError = error('No such File object: fake_id', 'id', null);
  const file = { error: fileError, detail: { message: 'No such File object: fake_id', code: null } };
  const model = { error: error("The model 'fake_id' does not exist", 'model', 'model_not_found') };

  it.each<[form: string, method: string, path: string, body: JsonValue]>([
    ['X4', 'GET', '/fine_tuning/jobs/123', job],
    ['X4', 'POST', '/fine_tuning/jobs/123/cancel', job],
    ['X4', 'POST', '/fine_tuning/jobs/123/pause', job],
    ['X4', 'POST', '/fine_tuning/jobs/123/resume', job],
    ['X4', 'GET', '/fine_tuning/jobs/123/events', job],
    ['X4', 'GET', '/fine_tuning/jobs/123/checkpoints', job],
    ['X12', 'GET', '/files/fake_id', file],
    ['X12', 'DELETE', '/files/fake_id', file],
    ['X12', 'GET', '/files/fake_id/content', file],
    ['X13', 'GET', '/models/fake_id', model],
    ['X13', 'DELETE', '/models/fake_id', model],
  ])('%s: %s %s is a 404', async (_, method, path, body) => {
    const { emulator } = await startFixture();
    const answer = await call(emulator, method, path);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(body);
  });

  it('is a 404 for a path and a 405 for a method', async () => {
    const { emulator } = await startFixture();
    expect((await call(emulator, 'GET', '/fine_tunes')).status).toBe(404);
    const answer = await call(emulator, 'PUT', '/fine_tuning/jobs');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('keys', () => {
  it('X5: a wrong key is refused and shown in part only', async () => {
    const { emulator } = await startFixture({ apiKey: 'sk-right-key' });
    const get = async (headers: Record<string, string>): Promise<Answered> =>
      call(emulator, 'GET', '/fine_tuning/jobs', undefined, headers);
    const wrong = await get({ authorization: 'Bearer not-a-real-key-authorized' });
    expect(wrong.status).toBe(401);
    const message =
      'Incorrect API key provided: not-a-re****ized. You can find your API key at https://platform.openai.com/account/api-keys.';
    expect(wrong.body).toEqual({ error: error(message, null, 'invalid_api_key') });
    expect((await get({})).status).toBe(401);
    expect((await get({ authorization: 'Basic sk-right-key' })).status).toBe(401);
    expect((await get({ authorization: 'bearer sk-right-key' })).status).toBe(200);
  });

  it('of an ordinary kind may not manage permissions', async () => {
    const { emulator } = await startFixture({ apiKey: 'sk-a', adminKey: 'sk-b' });
    const path = '/fine_tuning/checkpoints/ft:x/permissions';
    const get = async (key: string): Promise<number> =>
      (await call(emulator, 'GET', path, undefined, { authorization: `Bearer ${key}` })).status;
    expect([await get('sk-a'), await get('sk-c'), await get('sk-b')]).toEqual([403, 401, 404]);
  });
});

describe('uploads', () => {
  const good = ['train.jsonl', chatLines()] as const;

  it('X8: an unknown purpose', async () => {
    const answer = await sendFile(await startFixture(), { purpose: 'world_domination' }, good);
    const message =
      "'world_domination' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'] - 'purpose'";
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: error(message, 'purpose', null), detail: { message, code: null } });
  });

  it('X9, X10, X11: no file, another name, no JSON Lines', async () => {
    const fixture = await startFixture();
    const told = async (file?: readonly [string, string]): Promise<JsonValue> => {
      const { status, body } = await sendFile(fixture, { purpose: 'fine-tune' }, file);
      expect(status).toBe(400);
      return memberAt(body, 'error', 'message') ?? null;
    };
    expect(await told()).toBe("'file' is a required property");
    expect(await told(['train.txt', chatLines()])).toBe('Invalid file format for Fine-Tuning API. Must be .jsonl');
    expect(await told(['train.jsonl', '{"prompt": 1\n'])).toBe(
      'Expected file to have JSONL format, where every line is a (valid) JSON dictionary. ' +
        'Line 1 is not a dictionary (HINT: line starts with: "{"p...").',
    );
    expect(await told(['train.jsonl', ''])).toBe('File is empty.');
  });

  it('without a purpose, with a further field, with expiry out of range', async () => {
    const fixture = await startFixture();
    const param = async (fields: Readonly<Record<string, string>>): Promise<JsonValue> =>
      memberAt((await sendFile(fixture, fields, good)).body, 'error', 'param') ?? null;
    const expiry = { purpose: 'fine-tune', 'expires_after[anchor]': 'created_at' };
    expect(await param({})).toBe('purpose');
    expect(await param({ purpose: 'fine-tune', extra: '1' })).toBe('extra');
    expect(await param({ ...expiry, 'expires_after[seconds]': '3599' })).toBe('expires_after.seconds');
    expect(await param({ ...expiry, 'expires_after[seconds]': '2592001' })).toBe('expires_after.seconds');
    expect((await sendFile(fixture, { ...expiry, 'expires_after[seconds]': '3600' }, good)).status).toBe(200);
  });

  it('beyond the limit are a 413, and leave nothing', async () => {
    const fixture = await startFixture({ uploadLimit: 1000 });
    const answer = await sendFile(fixture, { purpose: 'fine-tune' }, ['train.jsonl', chatLines(50)]);
    expect(answer.status).toBe(413);
    expect((await fixture.client.files.list()).data).toEqual([]);
  });
});

describe('every answer', () => {
  it('has the headers of the real service', async () => {
    const { emulator } = await startFixture();
    for (const path of ['/fine_tuning/jobs', '/fine_tuning/jobs/123']) {
      const { headers } = await call(emulator, 'GET', path);
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('openai-version')).toBe('2020-10-01');
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
      expect(Number(headers.get('openai-processing-ms'))).toBeGreaterThan(0);
    }
  });
});
