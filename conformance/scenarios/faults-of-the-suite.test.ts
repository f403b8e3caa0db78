import { afterEach, describe, expect, it } from 'vitest';
import { Secrets } from '../client/secrets.ts';
import type { LogLine } from '../reporting/log.ts';
import { summarise } from '../reporting/summarise.ts';
import { check, type Requirement } from '../requirements/requirement.ts';
import { registry } from '../requirements/registry.ts';
import { checkOwnRequest, InvalidOwnRequest } from '../run/own-request.ts';
import { Session } from '../run/session.ts';
import { sinkTo } from '../run/sink.ts';
import { configuredFor } from '../testing/configured.ts';
import { sendJson, serve, type TestServer } from '../testing/null-servers.ts';
import { openRun } from './run-plan.ts';
import type { Scenario } from './scenario.ts';

let server: TestServer | undefined;
const seen: string[] = [];
afterEach(async () => {
  await server?.close();
  server = undefined;
  seen.length = 0;
});

async function serving(): Promise<TestServer> {
  server = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    sendJson(response, 200, { object: 'list', data: [], has_more: false, first_id: null, last_id: null });
  });
  return server;
}

/** A run of one scenario, and what its report says. */
async function reportOn(run: Scenario['run']): Promise<ReturnType<typeof summarise>> {
  const { baseUrl } = await serving();
  const lines: LogLine[] = [];
  const sink = sinkTo((text) => lines.push(JSON.parse(text) as LogLine), new Secrets({}));
  const config = configuredFor(baseUrl);
  const opened = openRun(config, new Secrets({}), sink, undefined);
  const scenario: Scenario = { id: 'broken', title: 'Broken', serves: ['*'], cost: () => NOTHING, run };
  await opened.perform(scenario);
  await opened.finish();
  return summarise(lines, { waivers: [], reportDir: 'r' });
}

const NOTHING = { requests: 0, jobs: 0, uploads: 0 };
const LIST = { operation: 'listPaginatedFineTuningJobs', method: 'GET', path: '/fine_tuning/jobs?limit=1' } as const;
const CREATE = { operation: 'createFineTuningJob', method: 'POST', path: '/fine_tuning/jobs' } as const;

describe('a check that throws', () => {
  it('ends in exit status 4, is told apart from the target, and costs no other row its verdict', async () => {
    const { baseUrl } = await serving();
    const [good, broken] = registry.filter(({ checks }) => checks.some(({ on }) => on === 'exchange'));
    if (good === undefined || broken === undefined) throw new Error('no two rows look at every exchange');
    const throwing: Requirement = {
      ...broken,
      checks: [
        check('exchange', () => [{ outcome: 'pass' }]),
        check('exchange', () => [{ outcome: 'fail', message: 'the target did it' }]),
        check('exchange', () => {
          throw new TypeError('this check is broken');
        }),
      ],
    };
    const passing: Requirement = { ...good, checks: [check('exchange', () => [{ outcome: 'pass' }])] };
    const lines: LogLine[] = [];
    const sink = sinkTo((text) => lines.push(JSON.parse(text) as LogLine), new Secrets({}));
    const config = configuredFor(baseUrl);
    const run = openRun(config, new Secrets({}), sink, undefined);
    const session = new Session(config, [throwing, passing], new Secrets({}), sink, undefined);
    await session.send(LIST);
    await session.close();
    await run.finish();
    const report = summarise(lines, { waivers: [], reportDir: 'r' });
    const of = (id: string): unknown => report.requirements.find((row) => row.id === id);
    expect(report.summary).toMatchObject({ exitCode: 4, verdict: 'fault' });
    expect(report.faults[0]).toContain('this check is broken');
    expect(of(broken.id)).toMatchObject({ status: 'not-exercised', exercised: 0, failures: [] });
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'verdict', requirement: good.id, outcome: 'pass' }));
  });
});

describe('a scenario that throws', () => {
  it('ends in exit status 4 and fails no requirement', async () => {
    const report = await reportOn(() => Promise.reject(new Error('an invariant does not hold')));
    expect(report.summary.exitCode).toBe(4);
    expect(report.faults[0]).toContain('an invariant does not hold');
    expect(report.requirements.filter(({ status }) => status === 'fail' || status === 'pass')).toEqual([]);
  });
});

describe('a request that is sent as valid', () => {
  const body = (json: object): object => ({ ...CREATE, json, body: JSON.stringify(json) });

  it.each([
    ['a body without a required member', body({ model: 'm' }), /the body breaks required training_file/],
    ['a member of the wrong type', body({ model: 'm', training_file: 'f', seed: 'x' }), /\/seed breaks type/],
    ['a value out of bounds', body({ model: 'm', training_file: 'f', seed: 2_147_483_648 }), /\/seed breaks maximum/],
    ['a body that is no JSON', { ...CREATE, body: '{"model":' }, /its body is no JSON/],
    ['no body at all', CREATE, /no body/],
    ['a form without its file', { operation: 'createFile', method: 'POST', path: '/files', body: Buffer.alloc(1), form: { purpose: 'fine-tune' } }, /breaks required file/],
    ['a query parameter that there is not', { ...LIST, path: '/fine_tuning/jobs?before=x' }, /no query parameter before/],
    ['a query parameter of the wrong type', { ...LIST, path: '/fine_tuning/jobs?limit=many' }, /limit breaks type/],
    ['another method', { ...LIST, method: 'POST' }, /its method is GET/],
  ])('and has %s does not leave: it is a fault of the suite', async (_, request, why) => {
    expect(() => checkOwnRequest(request as never)).toThrow(InvalidOwnRequest);
    const report = await reportOn(async (session) => {
        await session.send(request as never);
      });
    expect(seen).toEqual([]);
    expect(report.faults[0]).toMatch(why);
    expect(report.summary.exitCode).toBe(4);
  }); // prettier-ignore

  it('leaves where it is meant to be wrong', async () => {
    await reportOn(async (session) => {
      await session.send(body({}) as never, { clientFault: true });
    });
    expect(seen).toEqual(['POST /v1/fine_tuning/jobs']);
  });
});
