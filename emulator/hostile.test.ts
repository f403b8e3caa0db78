// Requests that mean harm or make no sense: each is answered 4xx in the envelope, the server lives on, and nothing that
// was sent is ever executed.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, member, memberAt } from './json.ts';
import { call, type Fixture, readAnswer, startFixture, upload } from './testing/emulator-client.ts';

/** Bytes as they stand, and the whole answer to them. */
async function raw({ emulator }: Fixture, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(emulator.port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(bytes);
  });
}

async function isAlive({ emulator }: Fixture): Promise<boolean> {
  return (await call(emulator, 'GET', '/fine_tuning/jobs')).status === 200;
}

describe('bodies', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it.each<[what: string, body: string | Uint8Array<ArrayBuffer>]>([
    ['nesting a hundred thousand levels', nested(100_000)],
    ['nesting as a member', `{"model":"m","training_file":"f","metadata":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`],
    ['no UTF-8', new Uint8Array(Buffer.from('{"model":"\xe9","training_file":"f"}', 'latin1'))],
    ['a lone surrogate as model', '{"model":"\\ud800","training_file":"file-1"}'],
    ['a NUL in the model', '{"model":"\\u0000","training_file":"file-1"}'],
    ['__proto__', '{"__proto__":{"model":"gpt-4o-mini"},"training_file":"file-1"}'],
    ['constructor', '{"model":"gpt-4o-mini","training_file":"file-1","constructor":{"prototype":{"polluted":1}}}'],
    ['numbers beyond doubles', '{"model":"gpt-4o-mini","training_file":"file-1","seed":1e999}'],
    ['the same member twice', '{"model":7,"model":8,"training_file":"file-1"}'],
  ])('with %s are refused', async (_, body) => {
    const fixture = await startFixture();
    const answer = await call(fixture.emulator, 'POST', '/fine_tuning/jobs', body);
    expect(answer.status).toBe(400);
    expect(isObject(member(answer.body, 'error'))).toBe(true);
    expect(({} as JsonObject)['polluted']).toBeUndefined();
    expect(await isAlive(fixture)).toBe(true);
  });

  it('of five megabytes are refused with 413', async () => {
    const fixture = await startFixture();
    const answer = await call(fixture.emulator, 'POST', '/fine_tuning/jobs', `{"model":"${'x'.repeat(5_000_000)}"}`);
    expect(answer.status).toBe(413);
    expect(await isAlive(fixture)).toBe(true);
  });

  it('with prototypes as metadata keys keep them as data', async () => {
    const fixture = await startFixture();
    const training_file = await upload(fixture.client);
    const body = `{"model":"gpt-4o-mini","training_file":"${training_file}","metadata":{"__proto__":"a","constructor":"b","toString":"c"}}`;
    const answer = await call(fixture.emulator, 'POST', '/fine_tuning/jobs', body);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('"metadata":{"__proto__":"a","constructor":"b","toString":"c"}');
    const listed = await call(fixture.emulator, 'GET', '/fine_tuning/jobs?metadata[constructor]=b');
    expect(memberAt(listed.body, 'data')).toHaveLength(1);
    expect(
      memberAt((await call(fixture.emulator, 'GET', '/fine_tuning/jobs?metadata[valueOf]=b')).body, 'data'),
    ).toEqual([]);
  });
});

describe('uploads', () => {
  const post = async (
    { emulator }: Fixture,
    type: string,
    body: string,
  ): Promise<Awaited<ReturnType<typeof readAnswer>>> =>
    readAnswer(await fetch(`${emulator.url}/files`, { method: 'POST', headers: { 'content-type': type }, body }));
  const part = (head: string, content: string): string =>
    `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
  const purpose = part('name="purpose"', 'fine-tune');

  it.each<[what: string, type: string, body: string]>([
    ['JSON instead of parts', 'application/json', '{}'],
    ['no boundary', 'multipart/form-data', purpose],
    ['a boundary that never comes', 'multipart/form-data; boundary=other', `${purpose}--b--\r\n`],
    ['nothing at all', 'multipart/form-data; boundary=b', ''],
    ['no parts', 'multipart/form-data; boundary=b', '--b--\r\n'],
    ['a purpose alone', 'multipart/form-data; boundary=b', `${purpose}--b--\r\n`],
    ['a file alone', 'multipart/form-data; boundary=b', `${part('name="file"; filename="a.jsonl"', '{}')}--b--\r\n`],
    [
      'two files',
      'multipart/form-data; boundary=b',
      `${purpose}${part('name="file"; filename="a.jsonl"', '{}').repeat(2)}--b--\r\n`,
    ],
    [
      'a file that never ends',
      'multipart/form-data; boundary=b',
      `${purpose}${part('name="file"; filename="a.jsonl"', '{}')}`,
    ],
    ['parts without names', 'multipart/form-data; boundary=b', '--b\r\n\r\ntext\r\n--b--\r\n'],
    ['a hundred fields', 'multipart/form-data; boundary=b', `${part('name="x"', 'y').repeat(100)}--b--\r\n`],
  ])('with %s are refused', async (_, type, body) => {
    const fixture = await startFixture();
    const answer = await post(fixture, type, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(isObject(member(answer.body, 'error'))).toBe(true);
    expect(await isAlive(fixture)).toBe(true);
  });

  it('that break off leave no file behind', async () => {
    const fixture = await startFixture();
    const head =
      'POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9999';
    await new Promise<void>((resolve) => {
      const socket = connect(fixture.emulator.port, '127.0.0.1', () => {
        const body = `${purpose}${part('name="file"; filename="a.jsonl"', '{}')}`;
        socket.end(`${head}\r\n\r\n${body}`);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect(await isAlive(fixture)).toBe(true);
    expect((await fixture.client.files.list()).data).toEqual([]);
  });

  it('are never stored under a name that a client chose', async () => {
    const dataDir = join(tmpdir(), `emulator-names-${process.pid}`);
    try {
      const fixture = await startFixture({ dataDir });
      const lines = '{"messages":[]}\n';
      const body = `${purpose}${part('name="file"; filename="../../../../tmp/escaped.jsonl"', lines)}--b--\r\n`;
      const answer = await post(fixture, 'multipart/form-data; boundary=b', body);
      expect(answer.status).toBe(200);
      expect(existsSync('/tmp/escaped.jsonl')).toBe(false);
      expect(readdirSync(join(dataDir, 'files'))).toEqual([member(answer.body, 'id')]);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('addresses', () => {
  const paths = [
    '/fine_tuning/jobs/%00',
    '/fine_tuning/jobs/..%2f..%2fetc%2fpasswd',
    '/files/..%2f..%2fjournal.jsonl/content',
    '/files/%2e%2e/content',
    '/fine_tuning/jobs/%E0%A4%A',
    '/fine_tuning/jobs/__proto__',
    `/fine_tuning/jobs/${'x'.repeat(20_000)}`,
    '/models/constructor',
    '/fine_tuning/jobs?limit=%00',
    '/fine_tuning/jobs?after=__proto__',
  ];

  it.each(paths.map((path) => [path.slice(0, 50), path]))('%s', async (_, path) => {
    const fixture = await startFixture();
    const answer = await raw(fixture, `GET /v1${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('{"error":{"message":"');
    expect(await isAlive(fixture)).toBe(true);
  });

  it.each([
    ['no HTTP', 'HELLO\r\n\r\n'],
    ['no host', 'GET /v1/models HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['an endless head', `GET /v1/models HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`],
    [
      'two lengths',
      'POST /v1/fine_tuning/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
    ],
  ])('%s is a 4xx', async (_, bytes) => {
    const fixture = await startFixture();
    expect(await raw(fixture, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await isAlive(fixture)).toBe(true);
  });

  it('a compressed body is refused', async () => {
    const { emulator } = await startFixture();
    expect((await call(emulator, 'POST', '/fine_tuning/jobs', '{}', { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});

describe('what is sent is never executed', () => {
  const run = async (grader: JsonObject, model_sample = 'x'): Promise<Awaited<ReturnType<typeof call>>> => {
    const { emulator } = await startFixture();
    return call(emulator, 'POST', '/fine_tuning/alpha/graders/run', { grader, item: {}, model_sample });
  };
  const marker = join(tmpdir(), `emulator-executed-${process.pid}`);

  it('python graders are validated, and their run is refused', async () => {
    const { emulator } = await startFixture();
    const grader = { type: 'python', name: 'n', source: `open(${JSON.stringify(marker)}, 'w')` };
    expect((await call(emulator, 'POST', '/fine_tuning/alpha/graders/validate', { grader })).status).toBe(200);
    expect((await run(grader)).status).toBe(400);
    expect(existsSync(marker)).toBe(false);
  });

  const formulas = [
    'process.exit(1)',
    'constructor',
    'one.constructor("return process")()',
    'require("fs")',
    `${'('.repeat(5000)}one${')'.repeat(5000)}`,
    '-'.repeat(9000) + 'one',
    '2^'.repeat(4000) + '2',
    'one; one',
  ];

  it.each(formulas.map((text) => [text.slice(0, 40), text]))('the formula %s is not', async (_, calculate_output) => {
    const one = { type: 'string_check', name: 'one', input: 'a', reference: 'a', operation: 'eq' };
    const answer = await run({ type: 'multi', name: 'm', graders: { one }, calculate_output });
    expect(answer.status).toBe(200);
    expect(memberAt(answer.body, 'reward')).toBe(0);
    const errors = memberAt(answer.body, 'metadata', 'errors') as JsonObject;
    expect(errors['formula_parse_error'] === true || errors['invalid_variable_error'] === true).toBe(true);
  });

  it.each(['{{constructor}}', '{{item.__proto__}}', '{{sample.output_json.constructor}}', '{{item.toString}}'])(
    'the template %s finds nothing',
    async (input) => {
      const answer = await run({ type: 'string_check', name: 'n', input, reference: '', operation: 'like' }, '{}');
      expect(answer.status).toBe(200);
      expect(memberAt(answer.body, 'metadata', 'errors', 'invalid_variable_error')).toBe(true);
    },
  );
});
