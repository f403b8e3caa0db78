// npm run emulator as a person meets it: one line when it listens, one line when it cannot, and nothing left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Finished, root, type Running, start, untilSaid } from './testing/commands.ts';

const COMMAND = join(root, 'scripts/emulator.ts');
/** Temporary folders of the servers under test, apart from those of other tests. */
const TMP = mkdtempSync(join(tmpdir(), 'emulator-command-'));
afterAll(() => rmSync(TMP, { recursive: true, force: true }));

interface Started extends Running {
  /** Settles with the first line, or with what there is when the process has ended. */
  readonly firstLine: Promise<string>;
}

function started(...args: readonly string[]): Started {
  const running = start('emulator.ts', args, { TMPDIR: TMP });
  return { ...running, firstLine: untilSaid(running.child.stdout, '\n') };
}

const run = (...args: readonly string[]): Promise<Finished> => started(...args).ended;

describe('a server', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints one line, serves, and ends quietly at %s', async (signal) => {
    const server = started('--port', '0', '--api-key', 'sk-test', '--job-seconds', '0');
    const line = await server.firstLine;
    expect(line).toMatch(/^listening http:\/\/127\.0\.0\.1:\d+\/v1\n$/);
    const url = line.slice('listening '.length).trim();
    expect((await fetch(`${url}/models`)).status).toBe(401);
    const headers = { authorization: 'Bearer sk-test' };
    const form = new FormData();
    form.append('purpose', 'assistants');
    form.append('file', new Blob(['notes']), 'notes.txt');
    expect((await fetch(`${url}/files`, { method: 'POST', headers, body: form })).status).toBe(200);
    expect(readdirSync(TMP).some((name) => name.startsWith('fine-tuning-emulator-'))).toBe(true);
    server.child.kill(signal);
    expect(await server.ended).toEqual({ status: 0, out: line, err: '' });
    expect(readdirSync(TMP).filter((name) => name.startsWith('fine-tuning-emulator-'))).toEqual([]);
  });

  it('takes a defect, several too', async () => {
    const server = started('--port', '0', '--defect', 'create-201', '--defect', 'error-is-text');
    const url = (await server.firstLine).slice('listening '.length).trim();
    const answer = await fetch(`${url}/fine_tuning/jobs/none`);
    expect(typeof ((await answer.json()) as { error: unknown }).error).toBe('string');
    server.child.kill('SIGTERM');
    expect((await server.ended).status).toBe(0);
  });

  it('keeps its data in a folder, and lets go of it', async () => {
    const data = join(TMP, 'data');
    const server = started('--port', '0', '--data', data);
    await server.firstLine;
    expect(existsSync(join(data, 'lock'))).toBe(true);
    server.child.kill('SIGTERM');
    await server.ended;
    expect(readdirSync(data).toSorted()).toEqual(['files', 'journal.jsonl']);
  });
});

describe('a wrong command ends with 2 and one line that names the mend', () => {
  it.each<[args: readonly string[], told: RegExp]>([
    [['--port', '70000'], /70000 is no port; use a whole number from 0 \(any free port\) to 65535/],
    [['--port', '-1'], /-1 is no port; use a whole number/],
    [['--port', 'http'], /'http' is invalid.*; see npm run emulator -- --help/],
    [['--port'], /'--port <n>' argument missing; see npm run emulator -- --help/],
    [['--prot', '1'], /unknown option '--prot'/],
    [['serve'], /too many arguments/],
    [['--job-seconds', '-1'], /jobs cannot last -1 seconds; use 0 to \d+/],
    [['--edition', '1999'], /there is no edition '1999'; use 2024-04, 2024-09, 2024-12, 2025-05, current/],
    [['--behaviour', 'azure'], /there is no behaviour 'azure'; use documented, schema, sdk/],
    [['--unknown-members', 'maybe'], /'maybe'; use refuse, accept/],
    [['--api-key', 'with space'], /the API key cannot be sent in a header; use printable ASCII without spaces/],
    [['--defect', 'create-200'], /there is no defect 'create-200'; did you mean 'create-201'\?/],
    [['--data', '/dev/null/x'], /cannot be used as data folder .*; name a folder to write to/],
  ])('%j', async (args, told) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^error [^\n]+\n$/);
    expect(err).toMatch(told);
  });

  it('a port in use', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { status, err } = await run('--port', String(port));
    other.close();
    expect(status).toBe(2);
    expect(err).toBe(`error port ${port} is in use; name another with --port, or 0 for any free one\n`);
  });
});

describe('what there is', () => {
  it('is told by --help', async () => {
    const { status, out, err } = await run('--help');
    expect([status, err]).toEqual([0, '']);
    for (const option of ['--port', '--api-key', '--job-seconds', '--edition', '--behaviour', '--data', '--defect']) {
      expect(out).toContain(option);
    }
  });

  it('is told by --list-defects: id, what went wrong, and the requirement, with tabs between', async () => {
    const { status, out } = await run('--list-defects');
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(500);
    expect(lines.filter((line) => !/^[^\t ]+\t[A-Z][^\t]+\.\t[a-z]+\.[\w.-]+$/.test(line))).toEqual([]);
    expect(lines).toContain('create-201\tAnswers a create with 201.\ttransport.success.200');
  });

  it('is told to a reader that stops listening', async () => {
    const shell = spawn('sh', ['-c', `"${process.execPath}" --import tsx "${COMMAND}" --list-defects | head -n 1`]);
    let err = '';
    shell.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await once(shell, 'close');
    expect(err).toBe('');
  });
});
