// A drive through everything that the API offers, on a standing clock: the same calls in the same order, so that two
// servers with the same seed can be compared answer by answer. Nothing is asserted here.
import { Client, FormData } from 'undici';
import { isList, type JsonObject, type JsonValue, member } from '../json.ts';
import type { RunningEmulator } from '../server.ts';
import type { TestClock } from './clock.ts';
import { chatLines, preferenceLines, reinforcementLines } from './datasets.ts';
import { type DriveFiles, faultyBodies, GRADER, legalBodies } from './drive-bodies.ts';

/** One call and what it was answered with, without what differs from run to run. */
export interface Step {
  readonly call: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** The key that the driven server must have been started with. */
export const DRIVE_KEY = 'sk-drive-Key';
/** The admin key that the driven server must have been started with. */
export const DRIVE_ADMIN_KEY = 'sk-admin-key';

const KEYS = [null, 'sk-wrong', 'sk-drive-other', DRIVE_KEY.toUpperCase()];

/** Ends a drive before its end. */
class Enough extends Error {}

/**
 * Makes the drive; gives every step. Jobs of the server last ten seconds.
 * @param isEnough ends the drive behind the first step for which it holds.
 */
export async function drive(
  emulator: RunningEmulator,
  clock: TestClock,
  isEnough: (step: Step, index: number) => boolean = () => false,
): Promise<readonly Step[]> {
  const driver = new Driver(emulator, clock, isEnough);
  try {
    const files = await driveFiles(driver);
    await driveCreates(driver, files);
    await driveLife(driver, files);
    await driveLists(driver);
    await driveGraders(driver);
    await driveKeys(driver);
    await driveEnds(driver, files);
    return driver.steps;
  } catch (error) {
    if (error instanceof Enough) return driver.steps;
    throw error;
  } finally {
    await driver.close();
  }
}

type Form = readonly (readonly [name: string, value: string | { readonly lines: string; readonly filename: string }])[];

class Driver {
  readonly steps: Step[] = [];
  readonly clock: TestClock;
  readonly #client: Client;
  readonly #isEnough: (step: Step, index: number) => boolean;

  constructor(emulator: RunningEmulator, clock: TestClock, isEnough: (step: Step, index: number) => boolean) {
    this.#isEnough = isEnough;
    this.#client = new Client(new URL(emulator.url).origin);
    this.clock = clock;
  }

  /** Calls, notes the answer, and gives its JSON body. A text is sent as it stands. */
  async call(
    method: string,
    path: string,
    body?: JsonValue | Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<JsonValue> {
    const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : undefined;
    const text = raw ?? (body === undefined ? null : JSON.stringify(body));
    const type: Record<string, string> = text === null ? {} : { 'content-type': 'application/json' };
    return this.#send(
      method,
      path,
      { authorization: `Bearer ${DRIVE_KEY}`, ...type, ...headers },
      text,
      String(text ?? ''),
    );
  }

  /** Calls as the administrator. */
  async admin(method: string, path: string, body?: JsonValue): Promise<JsonValue> {
    return this.call(method, path, body, { authorization: `Bearer ${DRIVE_ADMIN_KEY}` });
  }

  /** Uploads and gives the id. */
  async upload(form: Form): Promise<string> {
    const data = new FormData();
    for (const [name, value] of form) {
      if (typeof value === 'string') data.append(name, value);
      else data.append(name, new Blob([value.lines]), value.filename);
    }
    const told = form.map(([name]) => name).join();
    return idOf(await this.#send('POST', '/files', { authorization: `Bearer ${DRIVE_KEY}` }, data, told));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer | FormData | null,
    told: string,
  ): Promise<JsonValue> {
    const answer = await this.#client.request({ path: `/v1${path}`, method, headers, body });
    const text = Buffer.from(await answer.body.arrayBuffer()).toString('utf8');
    const step: Step = {
      call: `${method} ${path} ${told.slice(0, 300)}`,
      status: answer.statusCode,
      contentType: headerOf(answer.headers['content-type']),
      retryAfter: headerOf(answer.headers['retry-after']),
      text: text.replace(/"execution_time":[^,]*/, '"execution_time":0'),
    };
    this.steps.push(step);
    if (this.#isEnough(step, this.steps.length - 1)) throw new Enough();
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      return null;
    }
  }
}

function headerOf(value: string | string[] | undefined): string | null {
  return value === undefined ? null : String(value);
}

function idOf(body: JsonValue): string {
  const id = member(body, 'id');
  return typeof id === 'string' && id !== '' ? id : 'none';
}

function idsOf(body: JsonValue): readonly string[] {
  const data = member(body, 'data');
  return isList(data) ? data.map(idOf) : [];
}

async function driveFiles(driver: Driver): Promise<DriveFiles> {
  const dataset = async (lines: string, filename: string, purpose = 'fine-tune'): Promise<string> =>
    driver.upload([
      ['purpose', purpose],
      ['file', { lines, filename }],
    ]);
  const spaced = chatLines().replaceAll('":', '": ').replaceAll('equals', 'égale');
  const files: DriveFiles = {
    chat: await dataset(spaced, 'Train.jsonl'),
    // The last line may do without its end.
    validation: await dataset(chatLines(3).trimEnd(), 'valid.jsonl'),
    preference: await dataset(preferenceLines(), 'préférence.jsonl'),
    reinforcement: await dataset(reinforcementLines(), 'rewards.jsonl'),
    short: await dataset(chatLines(9), 'short.jsonl'),
    assistants: await dataset('notes', 'notes.txt', 'assistants'),
  };
  await dataset(chatLines(), 'train.jsonl', 'world_domination');
  await dataset('this is no JSON\n', 'train.jsonl');
  await driver.upload([['purpose', 'fine-tune']]);
  const contents = [files.chat, files.validation].map((id) => `/files/${id}/content`);
  for (const path of [`/files/${files.chat}`, ...contents, '/files', '/files?purpose=assistants']) {
    await driver.call('GET', path);
  }
  for (const query of ['order=asc', 'limit=1', 'limit=3', 'limit=6', 'limit=12', `limit=2&after=${files.short}`]) {
    await driver.call('GET', `/files?${query}`);
  }
  for (const method of ['GET', 'DELETE']) await driver.call(method, '/files/file-unknown');
  await driver.call('GET', '/files/file-unknown/content');
  return files;
}

async function driveCreates(driver: Driver, files: DriveFiles): Promise<void> {
  for (const body of legalBodies(files)) await driver.call('POST', '/fine_tuning/jobs', body);
  for (const body of faultyBodies(files)) await driver.call('POST', '/fine_tuning/jobs', body);
  for (const raw of ['{"model":', '{"model":"gpt-4o-mini","training_file":null,}', '']) {
    await driver.call('POST', '/fine_tuning/jobs', raw);
  }
  const minimal = { model: 'gpt-4o-mini', training_file: files.chat };
  await driver.call('POST', '/fine_tuning/jobs', JSON.stringify(JSON.stringify(minimal)));
  const latin = Buffer.from(JSON.stringify({ ...minimal, metadata: { name: 'é' } }), 'latin1');
  await driver.call('POST', '/fine_tuning/jobs', latin);
  await driver.call('POST', '/fine_tuning/jobs', minimal, { 'content-encoding': 'gzip' });
  await driver.call('GET', '/fine_tuning/no-such-path');
  await driver.call('PUT', '/fine_tuning/jobs', minimal);
  await driver.call('POST', '/fine_tuning/jobs', { ...minimal, model: 'm'.repeat(300) });
  for (const type of ['application/json; charset=utf-8', 'text/plain']) {
    await driver.call('POST', '/fine_tuning/jobs', minimal, { 'content-type': type });
  }
  await driver.call('GET', '/fine_tuning/jobs?limit=100');
}

const JOB: JsonObject = {
  hyperparameters: { n_epochs: 2 },
  metadata: { Team: 'life' },
  integrations: [{ type: 'wandb', wandb: { project: 'life', name: null, entity: null } }],
};

async function driveLife(driver: Driver, files: DriveFiles): Promise<void> {
  const create = async (more: JsonObject = {}): Promise<string> => {
    const body = {
      model: 'gpt-4o-mini',
      training_file: files.chat,
      validation_file: files.validation,
      ...JOB,
      ...more,
    };
    return `/fine_tuning/jobs/${idOf(await driver.call('POST', '/fine_tuning/jobs', body))}`;
  };
  const good = await create();
  const bad = await create({ training_file: files.short });
  const foreign = await create({ training_file: files.preference });
  const [cancelled, paused, stopped] = [await create(), await create(), await create({ seed: 5 })];
  await look(driver, [good, cancelled]);
  for (const seconds of [2, 2, 2]) {
    driver.clock.pass(seconds);
    await look(driver, [good, bad, foreign]);
  }
  await driver.call('POST', `${cancelled}/cancel`);
  for (const path of [paused, stopped]) await driver.call('POST', `${path}/pause`);
  for (const seconds of [0, 4, 8]) {
    driver.clock.pass(seconds);
    await look(driver, [good, good, cancelled, paused, stopped, bad]);
  }
  await driver.call('POST', `${stopped}/cancel`);
  // The second time it is paused no longer.
  for (let resume = 0; resume < 2; resume += 1) await driver.call('POST', `${paused}/resume`);
  const resumed = await create();
  for (const action of ['pause', 'pause', 'resume', 'pause', 'cancel'])
    await driver.call('POST', `${resumed}/${action}`);
  const gone = await create();
  for (const action of ['pause', 'resume', 'cancel']) await driver.call('POST', `${gone}/${action}`);
  await driver.call('POST', `${resumed}/cancel`, '', { 'content-type': 'application/json' });
  for (const job of [good, cancelled])
    for (const action of ['cancel', 'pause', 'resume']) await driver.call('POST', `${job}/${action}`);
  driver.clock.pass(20);
  await look(driver, [good, cancelled, paused, stopped, foreign]);
  for (let read = 0; read < 6; read += 1) await driver.call('GET', good);
  for (const action of ['cancel', 'pause', 'resume']) await driver.call('POST', `/fine_tuning/jobs/ftjob-no/${action}`);
  for (const tail of ['', '/events', '/checkpoints']) await driver.call('GET', `/fine_tuning/jobs/ftjob-no${tail}`);
  for (const tail of ['events', 'checkpoints']) await drivePages(driver, `${good}/${tail}`);
}

async function look(driver: Driver, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await driver.call('GET', path);
    await driver.call('GET', `${path}/events?limit=100`);
    await driver.call('GET', `${path}/checkpoints`);
  }
}

async function drivePages(driver: Driver, path: string): Promise<void> {
  const whole = idsOf(await driver.call('GET', `${path}?limit=100`));
  await driver.call('GET', path);
  for (const limit of [1, 2, 12, whole.length]) await driver.call('GET', `${path}?limit=${limit}`);
  for (const place of [0, 1, whole.length - 2]) {
    await driver.call('GET', `${path}?limit=1&after=${whole[place] ?? 'none'}`);
  }
}

async function driveLists(driver: Driver): Promise<void> {
  await drivePages(driver, '/fine_tuning/jobs');
  const queries = [
    'metadata[Team]=other',
    'metadata%5BTeam%5D=other',
    'metadata=null',
    'metadata[Team]=o',
    'after=none',
  ];
  const patterns = ['metadata[Team]=oth%25', 'metadata[Team]=other%20', 'metadata[Team]=other,x'];
  for (const query of patterns) await driver.call('GET', `/fine_tuning/jobs?${query}`);
  const [first] = idsOf(await driver.call('GET', '/fine_tuning/jobs?metadata[Team]=life&limit=1'));
  await driver.call('GET', `/fine_tuning/jobs?metadata[Team]=life&limit=1&after=${first ?? 'none'}`);
  const more = ['metadata[Team]=OTHER', 'metadata[Team]=other&metadata[empty]=no', 'metadata[Team]=other&limit=1'];
  for (const query of [...queries, ...more]) await driver.call('GET', `/fine_tuning/jobs?${query}`);
}

async function driveGraders(driver: Driver): Promise<void> {
  const path = '/fine_tuning/alpha/graders';
  const malformed = { type: 'string_check' };
  const python = { type: 'python', name: 'p', source: 'def grade(sample, item):\n  return 1', image_tag: 'x' };
  await driver.call('POST', `${path}/validate`, { grader: python });
  for (const grader of [{ ...GRADER, operation: 'ne' }, { ...GRADER, operation: 'ilike' }, GRADER, malformed]) {
    await driver.call('POST', `${path}/validate`, { grader });
    for (const model_sample of ['label', 'Label', 'other']) {
      await driver.call('POST', `${path}/run`, { grader, item: { label: 'label' }, model_sample });
    }
  }
}

async function driveKeys(driver: Driver): Promise<void> {
  for (const key of KEYS) {
    const headers = { authorization: key === null ? '' : `Bearer ${key}` };
    await driver.call('GET', '/fine_tuning/jobs?limit=1', undefined, headers);
    await driver.call('GET', '/fine_tuning/jobs/ftjob-no', undefined, headers);
    await driver.call('GET', '/fine_tuning/jobs/ftjob-no/events', undefined, headers);
    await driver.call('POST', '/fine_tuning/jobs', {}, headers);
    await driver.call('POST', '/fine_tuning/jobs/ftjob-no/cancel', undefined, headers);
    await driver.call('POST', '/files', {}, headers);
    await driver.call('DELETE', '/files/file-no', undefined, headers);
    await driver.call('POST', '/fine_tuning/jobs/ftjob-no/pause', undefined, headers);
  }
}

/** Permissions as they are listed, and asked for with the wrong key. */
async function drivePermissions(driver: Driver, path: string): Promise<void> {
  for (const query of ['project_id=proj_ab', 'project_id=proj_', 'order=ascending', 'limit=2'])
    await driver.admin('GET', `${path}?${query}`);
  await driver.admin('DELETE', `${path}/cp_none`);
  await driver.call('GET', path);
  await driver.call('POST', path, { project_ids: ['proj_a'] });
}

/** Models, permissions, results, and what is deleted. */
async function driveEnds(driver: Driver, files: DriveFiles): Promise<void> {
  const jobs = member(await driver.call('GET', '/fine_tuning/jobs?limit=100'), 'data');
  const done = isList(jobs) ? jobs.find((job) => typeof member(job, 'fine_tuned_model') === 'string') : undefined;
  const named = member(done, 'fine_tuned_model');
  const model = encodeURIComponent(typeof named === 'string' ? named : 'none');
  const results = member(done, 'result_files');
  const [result] = isList(results) ? results : [];
  const id = typeof result === 'string' ? result : 'none';
  for (const path of [`/files/${id}`, `/files/${id}/content`, '/models', `/models/${model}`, '/models/none']) {
    await driver.call('GET', path);
  }
  const permissions = `/fine_tuning/checkpoints/${model}/permissions`;
  const grants: readonly JsonObject[] = [
    { project_ids: ['proj_a', 'proj_b'] },
    {},
    { project_ids: ['proj_a'], more: true },
    { project_ids: 'proj_a' },
    { project_ids: ['proj_a', 7] },
    { project_ids: ['proj_a', 'proj_ab', ...Array.from({ length: 10 }, (_, index) => `proj_${index}`)] },
  ];
  for (const body of grants) {
    const granted = await driver.admin('POST', permissions, body);
    await driver.admin('GET', permissions);
    const [first] = idsOf(granted);
    if (first !== undefined) await driver.admin('DELETE', `${permissions}/${first}`);
    await driver.admin('GET', permissions);
  }
  await drivePermissions(driver, permissions);
  for (const path of [`/models/${model}`, '/models/gpt-4o-mini', '/models/none']) await driver.call('DELETE', path);
  for (const method of ['GET', 'DELETE']) await driver.call(method, `/models/${model}`);
  const body = { model: 'gpt-4o-mini', training_file: files.chat };
  const path = `/fine_tuning/jobs/${idOf(await driver.call('POST', '/fine_tuning/jobs', body))}`;
  await driver.call('DELETE', `/files/${files.chat}`);
  for (const tail of ['', '/content']) await driver.call('GET', `/files/${files.chat}${tail}`);
  await driver.call('DELETE', `/files/${files.chat}`);
  await driver.call('GET', '/files');
  for (let read = 0; read < 12; read += 1) {
    driver.clock.pass(1);
    await driver.call('GET', path);
  }
  await driver.call('GET', '/fine_tuning/jobs?limit=100');
}
