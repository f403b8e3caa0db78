import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import { runInProcess } from '../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../conformance/testing/configured.ts';
import { startEmulator } from '../emulator/server.ts';

const KEYS = { '<API key>': 'sk-free-1234567890abcdef', '<admin API key>': 'sk-free-admin-1234567890' };
const MINUTE = 60_000;

async function emulatorUrl(defects: readonly string[] = []): Promise<string> {
  const emulator = await startEmulator({ apiKey: KEYS['<API key>'], adminKey: KEYS['<admin API key>'], defects });
  onTestFinished(() => emulator.close());
  return emulator.url;
}

async function judged(url: string, freeTier: 'on' | 'off'): Promise<Report> {
  const config = configuredFor(url, { freeTier, tier: 'sites' });
  return (await runInProcess({ config, keys: KEYS })).report;
}

const statusOf = (report: Report, id: string): string | undefined =>
  report.requirements.find((row) => row.id === id)?.status;
const acceptances = ({ requirements }: Report): string[] =>
  requirements.filter(({ id }) => id.includes('accept')).map(({ id, status }) => `${id} ${status}`);

/** The emulator behind a gateway that asks for the file before it reads anything else. */
async function fileFirst(emulator: string): Promise<string> {
  const gateway = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      const url = new URL(request.url ?? '/', emulator);
      if (/"training_file":"file-conformance\w+missing"/.test(body.toString('latin1'))) {
        response.writeHead(400, { 'content-type': 'application/json' });
        const error = { message: 'invalid training_file', type: 'invalid_request_error', param: 'training_file' };
        response.end(JSON.stringify({ error: { ...error, code: 'invalid_training_file' } }));
        return;
      }
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
      const method = request.method ?? 'GET';
      const answer = await fetch(url, {
        method,
        headers: headers as Record<string, string>,
        ...(method === 'GET' || body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    gateway.closeAllConnections();
    gateway.close();
  });
  return `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/v1`;
}

async function textOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('the free tier', () => {
  it('shows the same with fewer jobs', { timeout: 2 * MINUTE }, async () => {
    const free = await judged(await emulatorUrl(), 'on');
    const paid = await judged(await emulatorUrl(), 'off');
    expect(free.summary.exitCode).toBe(0);
    expect(acceptances(free)).toEqual(acceptances(paid));
    expect(free.run.jobsCreated).toBeLessThan(paid.run.jobsCreated - 30);
  });

  it('hides no extreme that a target refuses', { timeout: MINUTE }, async () => {
    const report = await judged(await emulatorUrl(['strict-maximum:create.seed.accepts']), 'on');
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
  });

  it('concludes nothing where the file is looked up before the body is read', { timeout: MINUTE }, async () => {
    const report = await judged(await fileFirst(await emulatorUrl(['strict-maximum:create.seed.accepts'])), 'on');
    expect(statusOf(report, 'create.seed.accepts')).toBe('fail');
    expect(report.notices.join('\n')).toContain('goes unnoticed beside a training file that does not exist');
  });
});
