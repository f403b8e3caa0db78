// What gateways and other vendors do that the documents allow or leave open, done by a proxy before the emulator. None of
// it may cost a target anything; several freedoms are taken at once, for a run costs time.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../conformance/contract/json.ts';
import { startEmulator } from '../emulator/server.ts';
import { judgedAt, KEYS } from './testing/judged-emulator.ts';
import {
  type Answered,
  answers,
  asJson,
  isJsonAnswer,
  nowAndThen,
  objects,
  proxyTo,
  type Through,
} from './testing/proxy.ts';

/** Changes the objects that call themselves so. */
function named(name: string, change: (object: JsonObject) => JsonObject): Through {
  return objects((object) => (object['object'] === name ? change(object) : object));
}

function turnsAway(path: RegExp, answer: Answered): Through {
  return (asked, pass) => (path.test(asked.path) ? answer : pass(asked));
}

const OVERLOADED = asJson(
  503,
  { error: { message: 'overloaded', type: 'server_error', param: null, code: null } },
  { 'retry-after': '1' },
);
const LIMITED = asJson(
  429,
  { error: { message: 'slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' } },
  { 'retry-after': '1' },
);
const NO_PAGE: Answered = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' };
const NOT_IMPLEMENTED = asJson(501, { error: { message: 'API not implemented' } });

/** An empty member in another of the ways in which nothing can be said. */
function unsaid(job: JsonObject, as: { readonly error: JsonValue; readonly metadata: JsonValue }): JsonObject {
  return {
    ...job,
    ...(job['status'] === 'failed' ? {} : { error: as.error }),
    ...(isObject(job['metadata']) ? {} : { metadata: as.metadata }),
  };
}

/** Shows what nobody chose as null at first, and by a value of its own as soon as the job runs. */
function settledLater(job: JsonObject): JsonObject {
  const { hyperparameters, status } = job;
  if (status === 'succeeded' || !isObject(hyperparameters) || hyperparameters['batch_size'] !== undefined) return job;
  return { ...job, hyperparameters: { ...hyperparameters, batch_size: null } };
}

/** What a target may do, in groups that are judged by one run each. */
const GROUPS: readonly (readonly [name: string, variations: Readonly<Record<string, Through>>])[] = [
  [
    'a vendor without the optional parts behind a busy gateway',
    {
      'no path for pause and graders': turnsAway(/\/(pause|resume)$|\/alpha\//, NO_PAGE),
      'checkpoints and permissions not implemented': turnsAway(/\/(checkpoints|permissions)(\/|\?|$)/, NOT_IMPLEMENTED),
      'a 503 that says when to come back': nowAndThen(101, OVERLOADED),
      // A create is not sent again after it, and what it was to show stays open.
      'a request that did not arrive in time': nowAndThen(63, { status: 408, headers: {}, body: '' }, /GET/),
      'compressed answers': answers((answer) => ({
        ...answer,
        headers: { ...answer.headers, 'content-encoding': 'gzip' },
        body: gzipSync(answer.body),
      })),
      'connections that are closed after each answer': answers((answer) => ({
        ...answer,
        headers: { ...answer.headers, connection: 'close' },
      })),
      'nulls for nothing': named('fine_tuning.job', (job) => unsaid(job, { error: null, metadata: null })),
      'settings that are settled later': named('fine_tuning.job', settledLater),
      'statuses that are skipped': named('fine_tuning.job', (job) =>
        job['status'] === 'running' ? { ...job, status: 'queued', estimated_finish: null } : job,
      ),
    },
  ],
  [
    'a vendor with members and words of its own',
    {
      'a rate limit': nowAndThen(199, LIMITED),
      'another content type': answers((answer) =>
        isJsonAnswer(answer)
          ? { ...answer, headers: { ...answer.headers, 'content-type': 'Application/JSON;charset=UTF-8' } }
          : answer,
      ),
      'objects for nothing': named('fine_tuning.job', (job) => unsaid(job, { error: {}, metadata: {} })),
      'members of its own': objects((object) =>
        typeof object['object'] === 'string' ? { ...object, region: 'eu', links: [{ id: 'x', status: 0 }] } : object,
      ),
      'other words, and 422': answers((answer) =>
        answer.status === 400
          ? asJson(422, { error: { message: 'Ung\u00fcltig', type: 'x', param: null, code: null }, detail: [] })
          : answer,
      ),
      'other events': named('fine_tuning.job.event', ({ id, object, created_at, message }) => ({
        ...{ id: id ?? '', object: object ?? '', created_at: created_at ?? 0 },
        ...{ level: 'warn', message: `\u4efb\u52a1 ${JSON.stringify(message ?? '')}` },
      })),
      'one second for all': objects((object) =>
        typeof object['created_at'] === 'number'
          ? { ...object, created_at: Math.floor(object['created_at'] / 60) * 60 }
          : object,
      ),
    },
  ],
  [
    'a vendor that bounds its pages, counts its steps and takes its time with files',
    {
      'no page of more than twenty': boundedLimit(20),
      'settings of its own': counting(),
      'files that are processed': slowFiles(1_200),
      'a clock that is a year slow': slowClock(365 * 24 * 3600),
      'an error of nulls, with one of its own': named('fine_tuning.job', (job) =>
        unsaid(job, { error: { code: null, message: null, param: null, details: null }, metadata: null }),
      ),
    },
  ],
];

/** Tells every time, that of the answer too, by a clock that is so many seconds slow. */
function slowClock(seconds: number): Through {
  const isTime = (name: string): boolean => name.endsWith('_at') || name === 'estimated_finish';
  const slow = objects((object) =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) => [
        name,
        isTime(name) && typeof value === 'number' ? value - seconds : value,
      ]),
    ),
  );
  return async (asked, pass) => {
    const answer = await slow(asked, pass);
    const date = new Date(Date.now() - seconds * 1000).toUTCString();
    return { ...answer, headers: { ...answer.headers, date } };
  };
}

/** Adds to the settings of a job what counts its progress, and a setting of its own that stays open. */
function counting(): Through {
  let count = 0;
  const more = (object: JsonValue | undefined): JsonObject => {
    count += 1;
    return { ...(isObject(object) ? object : {}), current_step: count, packing: 'auto' };
  };
  return named('fine_tuning.job', (job) => ({
    ...job,
    ...(isObject(job['hyperparameters']) ? { hyperparameters: more(job['hyperparameters']) } : {}),
    ...(isObject(job['method']) ? { method: { ...job['method'], stage: count } } : {}),
  }));
}

/** Calls files uploaded for a while, and takes no create meanwhile. */
function slowFiles(ms: number): Through {
  const ready = new Map<string, number>();
  return async (asked, pass) => {
    const sent = asked.path === '/fine_tuning/jobs' && asked.method === 'POST' ? String(asked.body) : '';
    if ([...ready].some(([id, at]) => at > Date.now() && sent.includes(id)))
      return asJson(400, { error: { message: 'File is still being processed and is not ready to be used for fine-tuning. Please try again later.', type: 'invalid_request_error', param: null, code: null } }); // prettier-ignore
    const answer = await pass(asked);
    const file = isJsonAnswer(answer) && answer.status < 300 ? (JSON.parse(String(answer.body)) as JsonValue) : null;
    if (!isObject(file) || file['object'] !== 'file' || typeof file['id'] !== 'string') return answer;
    if (asked.method === 'POST') ready.set(file['id'], Date.now() + ms);
    const isReady = (ready.get(file['id']) ?? 0) <= Date.now();
    return isReady ? answer : { ...answer, body: JSON.stringify({ ...file, status: 'uploaded' }) };
  };
}

/** Refuses pages of more than a target has to give. */
function boundedLimit(most: number): Through {
  const refusal = asJson(400, { error: { message: 'limit is too large', type: 'invalid_request_error', param: 'limit', code: null } }); // prettier-ignore
  return (asked, pass) =>
    asked.path.startsWith('/fine_tuning/') && Number(/[?&]limit=(\d+)/.exec(asked.path)?.[1] ?? 0) > most
      ? refusal
      : pass(asked);
}

/** One variation around the other: the first is the outermost. */
function folded(variations: readonly Through[]): Through {
  return variations.reduceRight<Through>(
    (inner, outer) => (asked, pass) => outer(asked, (passed) => Promise.resolve(inner(passed, pass))),
    (asked, pass) => pass(asked),
  );
}

describe('what the documents allow or leave open', () => {
  it.each(GROUPS)('costs %s nothing', { timeout: 180_000 }, async (_, variations) => {
    const emulator = await startEmulator({ ...KEYS, jobSeconds: 0.5 });
    const vendor = await proxyTo(emulator.url, folded(Object.values(variations)));
    try {
      const { report } = await judgedAt(vendor.baseUrl, { tier: 'sites', maxJobs: 100_000 });
      const failed = report.requirements.filter(({ status, level }) => status === 'fail' && level === 'MUST');
      expect(failed.map(({ id, failures }) => [id, failures[0]?.message])).toEqual([]);
      expect(report.faults).toEqual([]);
      expect(report.summary.exitCode).toBe(0);
    } finally {
      await vendor.close();
      await emulator.close();
    }
  });
});
