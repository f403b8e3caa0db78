import { describe, expect, it } from 'vitest';
import { operations } from '#generated/current/operations.ts';
import type { Exchange } from '../requirements/exchange.ts';
import { answered, unanswered } from '../testing/exchanges.ts';
import type { WireRequest } from './wire-request.ts';
import { operationFor, typedClient, type TypedClient } from './typed-client.ts';

function recording(outcome: Exchange = answered({ id: 'job-1' })): { client: TypedClient; sent: WireRequest[] } {
  const sent: WireRequest[] = [];
  const client = typedClient((request) => {
    sent.push(request);
    return Promise.resolve(outcome);
  });
  return { client, sent };
}

describe('the typed client', () => {
  it('sends a body as JSON, once as text and once as the value', async () => {
    const { client, sent } = recording();
    const body = { model: 'gpt-4o-mini', training_file: 'file-1', seed: 7 };
    await client.http.POST('/fine_tuning/jobs', { body, ...client.unread });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      operation: 'createFineTuningJob',
      method: 'POST',
      path: '/fine_tuning/jobs',
      json: body,
    });
    expect(JSON.parse(String(sent[0]?.body))).toEqual(body);
    expect(sent[0]?.headers?.['content-type']).toBe('application/json');
  });

  it('makes one path segment of an id, whatever the target calls its jobs', async () => {
    const { client, sent } = recording();
    for (const id of ['a/b', '../files', 'x?y#z', '%41']) {
      await client.http.GET('/fine_tuning/jobs/{fine_tuning_job_id}', {
        params: { path: { fine_tuning_job_id: id } },
        ...client.unread,
      });
    }
    expect(sent.map(({ path }) => path)).toEqual(
      ['a/b', '../files', 'x?y#z', '%41'].map((id) => `/fine_tuning/jobs/${encodeURIComponent(id)}`),
    );
    expect(new Set(sent.map(({ operation }) => operation))).toEqual(new Set(['retrieveFineTuningJob']));
  });

  it.each([
    [{ limit: 2, after: 'job/1' }, '?limit=2&after=job%2F1'],
    [{ metadata: { 'a b': 'c&d' } }, '?metadata%5Ba%20b%5D=c%26d'],
    [{ metadata: null }, '?metadata=null'],
    [{ after: undefined, limit: 0 }, '?limit=0'],
  ])('writes the query %j as the SDKs do', async (query, expected) => {
    const { client, sent } = recording();
    await client.http.GET('/fine_tuning/jobs', { params: { query }, ...client.unread });
    expect(sent[0]?.path).toBe(`/fine_tuning/jobs${expected}`);
    expect(sent[0]?.operation).toBe('listPaginatedFineTuningJobs');
  });

  it.each([
    ['2xx', answered({ id: 'job-1' })],
    ['4xx', answered({ error: {} }, { status: 404 })],
    ['nothing', unanswered()],
  ])('hands back the exchange that was answered %s', async (_, exchange) => {
    const { client } = recording(exchange);
    const list = await client.http.GET('/fine_tuning/jobs', { ...client.unread });
    expect(client.exchangeOf(list)).toBe(exchange);
  });
});

describe('the operation of a path', () => {
  it('is found for every declared one', () => {
    for (const { id, method, path } of Object.values(operations)) {
      const filled = path.replace(/\{[^}]+\}/g, 'ft%3Aid');
      expect(operationFor(method, filled)).toBe(id);
      expect(operationFor(method, `${filled}?limit=1`)).toBe(id);
    }
  });

  it.each([
    ['PUT', '/fine_tuning/jobs'],
    ['GET', '/fine_tuning/jobs/a/b'],
    ['GET', '/fine_tuning/jobs/'],
    ['GET', '/v1/fine_tuning/jobs'],
    ['GET', '/unknown'],
  ])('is undeclared for %s %s', (method, path) => expect(operationFor(method, path)).toBe('undeclared'));
});
