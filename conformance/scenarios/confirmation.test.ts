// Many faults at once, and faults that come and go: each is found, told apart, made small and counted on its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configuredFor } from '../testing/configured.ts';
import { OtherVendor } from '../testing/other-vendor.ts';
import type { Failure, Report } from '../reporting/report.ts';
import { runInProcess } from './run-in-process.ts';

const MINUTE = 60_000;

interface Spoiled {
  /** What becomes of the n-th answer to a create, counted from 1; undefined leaves it as it is. */
  readonly create: (body: Record<string, unknown>, count: number) => { status: number; value: unknown } | undefined;
}

/** A conforming server whose creates are spoiled as a test asks for. */
async function judged({ create }: Spoiled, only: readonly string[]): Promise<Report> {
  const vendor = new OtherVendor();
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isCreate = request.method === 'POST' && request.url === '/v1/fine_tuning/jobs';
      const spoiled = isCreate ? create(parsed(body), (count += 1)) : undefined;
      if (spoiled === undefined) vendor.answer(request, response, body);
      else
        response.writeHead(spoiled.status, { 'content-type': 'application/json' }).end(JSON.stringify(spoiled.value));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const config = configuredFor(url, { model: ['tiny-1'], only, cases: 60, tier: 'full', concurrency: 1 });
  return (await runInProcess({ config, keys: {} })).report;
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString())) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const refusal = (message: string): { status: number; value: unknown } => ({
  status: 422,
  value: { error: { message, type: 'validation_error', param: null, code: null } },
});

function failuresOf(report: Report, requirement: string): readonly Failure[] {
  return report.requirements.find(({ id }) => id === requirement)?.failures ?? [];
}

describe('a fault that shows on every second call', () => {
  it('stays a failure, and is told as flaky with its rate', { timeout: MINUTE }, async () => {
    let zeros = 0;
    const report = await judged(
      { create: ({ seed }) => (seed === 0 && (zeros += 1) % 2 === 1 ? refusal("'seed' must not be zero") : undefined) },
      // Which of the two it is found under depends on which of the bodies hit the second call.
      ['create.seed.accepts', 'create.valid.accepted'],
    );
    const failures = report.requirements.flatMap((row) => row.failures);
    expect(failures.length).toBeGreaterThan(0);
    for (const { flaky } of failures) {
      expect(flaky?.tried).toBeGreaterThan(2);
      expect(flaky?.failed).toBeLessThan(flaky?.tried ?? 0);
    }
    expect(report.summary.exitCode).toBe(1);
  });

  it('is none where it shows on every call', { timeout: MINUTE }, async () => {
    const report = await judged(
      { create: ({ seed }) => (seed === 0 ? refusal("'seed' must not be zero") : undefined) },
      ['create.seed.accepts'],
    );
    const failures = failuresOf(report, 'create.seed.accepts');
    expect(failures).toHaveLength(1);
    expect(failures[0]?.flaky).toBeUndefined();
    expect(failures[0]?.payload).toEqual({ model: 'tiny-1', training_file: expect.any(String) as string, seed: 0 });
  });
});

describe('several meetings of members that are refused', () => {
  it(
    'are one finding each, however often and wherever they were met, and each stands alone in its payload',
    { timeout: 2 * MINUTE },
    async () => {
      const report = await judged(
        {
          create: (body) => {
            const has = (name: string): boolean => body[name] !== undefined && body[name] !== null;
            if (has('validation_file') && has('seed')) return refusal('not these together');
            return has('metadata') && has('integrations') ? refusal('not these together') : undefined;
          },
        },
        ['create.valid.accepted'],
      );
      const failures = failuresOf(report, 'create.valid.accepted');
      const shown = failures.map(({ payload }) =>
        Object.keys(payload as object)
          .filter((name) => !['model', 'training_file'].includes(name))
          .toSorted(),
      );
      expect(shown.toSorted()).toEqual([
        ['integrations', 'metadata'],
        ['seed', 'validation_file'],
      ]);
      expect(new Set(failures.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    },
  );
});

describe('a refusal in one member of everything new', () => {
  it('is told once a row', { timeout: MINUTE }, async () => {
    const report = await judged(
      {
        create: ({ integrations }) =>
          Array.isArray(integrations) && integrations.length > 0 ? refusal('no integrations here') : undefined,
      },
      ['create.integrations*'],
    );
    for (const { id, failures } of report.requirements)
      expect({ id, count: failures.length <= 1 }).toEqual({ id, count: true });
    expect(failuresOf(report, 'create.integrations.accepted')).toHaveLength(1);
  });
});
