import { describe, expect, it } from 'vitest';
import type { LogLine } from './log.ts';
import { DanglingVerdict, HeaderlessLog, TruncatedLog } from './log-errors.ts';
import type { Report, ReportedRequirement } from './report.ts';
import { summarise } from './summarise.ts';
import {
  answer,
  capability,
  exchange,
  fail,
  footer,
  header,
  inconclusive,
  log,
  pass,
  read,
  row,
  tolerated,
} from './testing/log-fixtures.ts';

const ID = 'create.seed.maximum';

function report(lines: readonly LogLine[]): Report {
  return summarise(lines, { waivers: [], reportDir: 'reports/acme' });
}

/** The only row of a report on some lines. */
function only(lines: readonly LogLine[], change: Parameters<typeof log>[1] = {}): ReportedRequirement {
  const [first] = report(log([row(ID), exchange('x1'), ...lines], change)).requirements;
  if (first === undefined) throw new Error('no row');
  return first;
}

describe('the status of a requirement', () => {
  it('is pass where something passed and nothing failed', () => {
    expect(only([pass(ID), pass(ID)])).toMatchObject({ status: 'pass', exercised: 2, reason: null });
  });

  it('is fail where anything failed, however much passed', () => {
    expect(only([pass(ID), fail(ID, 'seed is 5'), pass(ID)])).toMatchObject({ status: 'fail', exercised: 3 });
  });

  it('is not a pass while the target was not shown to discriminate', () => {
    const silent = footer({
      discriminates: false,
      discriminationReason: 'two creates were answered with the same job',
    });
    expect(only([pass(ID)], { footer: silent })).toMatchObject({
      status: 'not-exercised',
      reason: 'the target does not discriminate: two creates were answered with the same job',
    });
    expect(only([fail(ID, 'seed is 5')], { footer: silent })).toMatchObject({ status: 'fail' });
  });

  it('is pass where all that was met is a deviation that the register tolerates, and a notice names it', () => {
    const lines = log([
      row(ID),
      exchange('x1'),
      tolerated(ID, 'E-S4', 'error is {}'),
      tolerated(ID, 'E-S4', 'error is {}'),
    ]);
    const made = report(lines);
    expect(made.requirements[0]).toMatchObject({
      status: 'pass',
      tolerated: [{ erratum: 'E-S4', message: 'error is {}', count: 2 }],
    });
    expect(made.notices).toContain(`E-S4 was tolerated in ${ID}`);
  });

  it('is not exercised, with the reason, where nothing was decided', () => {
    expect(only([inconclusive(ID, 'no answer (timeout)')])).toMatchObject({
      status: 'not-exercised',
      reason: 'no answer (timeout)',
      exercised: 0,
    });
    expect(only([inconclusive(ID, 'a'), inconclusive(ID, 'b'), inconclusive(ID, 'b')]).reason).toBe(
      'b (and 1 other reasons)',
    );
    expect(only([]).reason).toBe('nothing that the run did or saw called for it');
    expect(only([], { footer: footer({ ending: 'budget', endingReason: '20 jobs' }) }).reason).toBe(
      'the run ended early: 20 jobs',
    );
  });

  it('is not exercised, and counted nowhere, where the run leaves the row out', () => {
    const made = report(log([row(ID, { inScope: false }), exchange('x1'), fail(ID, 'seed is 5')]));
    expect(made.requirements[0]).toMatchObject({ status: 'not-exercised', inScope: false, failures: [] });
    expect(made.summary.must.total).toBe(0);
  });

  it('tells what passes rest on', () => {
    const note = { text: 'the same payload without the fault was accepted' };
    expect(only([pass(ID, 'x1', note), pass(ID, 'x1', note)]).notes).toEqual([{ ...note, count: 2 }]);
  });
});

describe('a capability', () => {
  const PAUSE = 'pause.holds';
  const judged = (lines: readonly LogLine[]): Report =>
    report(
      log([
        row(PAUSE, { capability: 'pause' }),
        row('pause.cancel', { capability: 'pause' }),
        exchange('x1'),
        ...lines,
      ]),
    );

  it('that is absent and was never claimed makes its rows unsupported, whatever the calls were answered', () => {
    const made = judged([fail(PAUSE, 'answered 404'), capability('pause', 'unclaimed', 'absent')]);
    expect(made.requirements.map(({ status }) => status)).toEqual(['unsupported', 'unsupported']);
    expect(made.requirements[0]).toMatchObject({
      failures: [],
      reason: 'pause is not claimed and was not found: every call was answered 404',
    });
  });

  it('that the profile rules out makes its rows unsupported', () => {
    const made = judged([capability('pause', 'excluded', 'unknown')]);
    expect(made.requirements[0]).toMatchObject({ status: 'unsupported', reason: 'the profile rules pause out' });
  });

  it('that is claimed and absent fails once, with the line of the profile that takes the claim back', () => {
    const made = judged([inconclusive(PAUSE, 'no pause', 'x1'), capability('pause', 'claimed', 'absent')]);
    expect(made.requirements.map(({ status }) => status)).toEqual(['fail', 'not-exercised']);
    expect(made.requirements[0]?.failures[0]?.message).toContain('capabilities: { pause: false }');
    expect(made.requirements[0]?.failures[0]?.request.path).toBe('/fine_tuning/jobs');
    expect(made.requirements[1]?.reason).toContain('capabilities: { pause: false }');
    expect(made.summary.exitCode).toBe(1);
  });

  it('that is claimed and absent fails even where no exchange tells of it', () => {
    const made = judged([capability('pause', 'claimed', 'absent')]);
    expect(made.requirements[0]?.failures[0]).toMatchObject({ curl: '', response: { status: 0 } });
  });

  it('that is claimed and absent adds no failure where its rows fail by themselves', () => {
    const made = judged([fail(PAUSE, 'answered 404'), capability('pause', 'claimed', 'absent')]);
    expect(made.requirements[0]?.failures.map(({ message }) => message)).toEqual(['answered 404']);
    expect(made.requirements[0]?.reason).toContain('capabilities: { pause: false }');
  });

  it('of a method is taken back by the list of methods', () => {
    const made = report(
      log([row('create.dpo.accepted', { capability: 'method.dpo' }), capability('method.dpo', 'claimed', 'absent')]),
    );
    expect(made.requirements[0]?.failures[0]?.message).toContain('methods: a list without dpo');
  });

  it('of a method whose creates are refused comes with the line that takes its claim back', () => {
    const DPO = 'create.dpo.accepted';
    const made = report(log([row(DPO, { capability: 'method.dpo' }), exchange('x1'), fail(DPO, 'answered 400')]));
    expect(made.requirements[0]).toMatchObject({
      status: 'fail',
      reason: 'method.dpo is claimed; if it is not offered, say so in the profile: methods: a list without dpo',
    });
  });

  it('that is found and nobody claimed is judged, and told of', () => {
    const made = judged([pass(PAUSE), capability('pause', 'unclaimed', 'offered', 'a pause was answered 200')]);
    expect(made.requirements[0]?.status).toBe('pass');
    expect(made.notices).toContain(
      'pause is offered and nobody claimed it (a pause was answered 200); its rows were judged',
    );
  });
});

describe('failures', () => {
  it('are grouped by what went wrong, the most frequent first', () => {
    const { failures } = only([fail(ID, 'answered 500'), fail(ID, 'id "a" came back'), fail(ID, 'id "b" came back')]);
    expect(failures.map(({ message, count }) => [message, count])).toEqual([['id "a" came back', 2], ['answered 500', 1]]); // prettier-ignore
  });

  it('are kept apart by site', () => {
    expect(only([fail(ID, 'm', 'x1', { site: 'a' }), fail(ID, 'm', 'x1', { site: 'b' })]).failures).toHaveLength(2);
  });

  it('show the smallest request that had them, and the first of equals', () => {
    const { failures } = only([
      exchange('x2', { payload: { seed: 9_000_000_000, suffix: 'long' } }),
      fail(ID, 'seed is 9000000000', 'x2'),
      exchange('x3', { payload: { seed: 1 } }),
      fail(ID, 'seed is 1', 'x3'),
      fail(ID, 'seed is 9000000000', 'x2'),
    ]);
    expect(failures).toMatchObject([{ message: 'seed is 1', count: 3, exchange: 'x3', payload: { seed: 1 } }]);
    const equals = [exchange('x2', { payload: { seed: 2_147_483_648 } }), fail(ID, 'seed is 2147483648', 'x2')];
    const later = [exchange('x3', { payload: { seed: 1 } }), fail(ID, 'seed is 1', 'x3')];
    expect(only([...equals, ...later]).failures).toMatchObject([{ payload: { seed: 2_147_483_648 }, count: 2 }]);
  });

  it('carry the request, the answer, a curl line and a replay', () => {
    const refusal = answer(400, { error: { message: 'no' } }, { headers: { 'x-request-id': 'r9' } });
    const { failures } = only([
      exchange('x2', { outcome: refusal }),
      fail(ID, 'm', 'x2', { site: 'seed maximum', at: '/error' }),
    ]);
    expect(failures[0]).toMatchObject({
      site: 'seed maximum',
      at: '/error',
      request: { method: 'POST', path: '/fine_tuning/jobs', headers: { authorization: 'Bearer <API key>' } },
      response: {
        status: 400,
        headers: { 'x-request-id': 'r9' },
        body: '{"error":{"message":"no"}}',
        truncated: false,
      },
    });
    expect(failures[0]?.curl).toContain('"$CONFORMANCE_API_KEY"');
    expect(failures[0]?.replay).toBe(
      `npm run conformance -- --replay reports/acme/conformance.json#${failures[0]?.fingerprint ?? ''}`,
    );
  });

  it('name the variables that the run took its keys from', () => {
    const made = only([fail(ID, 'm')], {
      header: header({ keyVariables: { key: 'ACME_KEY', adminKey: 'ACME_ADMIN' } }),
    });
    expect(made.failures[0]?.curl).toContain('"$ACME_KEY"');
  });

  it('keep a payload that is no JSON as the text that was sent, and none as null', () => {
    const sent = exchange('x2', { payload: '{"model": ' });
    expect(only([sent, fail(ID, 'm', 'x2')]).failures[0]?.payload).toBe('{"model": ');
    const asked = read('x3', '/models', { kind: 'failure', cause: 'timeout', message: 'no headers within 60 s' });
    expect(only([asked, fail(ID, 'm', 'x3')]).failures[0]).toMatchObject({
      payload: null,
      response: { status: 0, error: 'no headers within 60 s' },
    });
  });

  it('say that an answer was cut when it was written down', () => {
    const long = answer(200, `{"a":"${'x'.repeat(100)}… (70000 characters)`);
    expect(only([exchange('x2', { outcome: long }), fail(ID, 'm', 'x2')]).failures[0]?.response.truncated).toBe(true);
  });

  it('that never fail twice alike stay bounded, and none is lost from the count', () => {
    const letters = 'abcdefghijklmnopqrst'.split('');
    const many = letters.flatMap((a) => letters.map((b) => fail(ID, `it said ${a} then ${b}`)));
    const made = only(many);
    expect(made.failures).toHaveLength(25);
    expect(made.failures.length + made.failuresLeftOut).toBe(400);
    expect(made.exercised).toBe(400);
  });

  it('that did not repeat say so and stay failures', () => {
    const made = only([fail(ID, 'm', 'x1', { flaky: { failed: 1, tried: 3 } })]);
    expect(made).toMatchObject({ status: 'fail', failures: [{ flaky: { failed: 1, tried: 3 } }] });
  });

  it('that rest on no exchange of the log are refused', () => {
    expect(() => only([fail(ID, 'm', 'x9')])).toThrow(DanglingVerdict);
    expect(() => only([fail('create.unheard.of', 'm')])).toThrow(DanglingVerdict);
  });

  it('counts a further failure whose evidence was not kept beside one whose evidence was', () => {
    const kept = fail(ID, 'seed is 1');
    expect(only([kept, fail(ID, 'seed is 2', 'x9')])).toMatchObject({ failures: [{ count: 2, exchange: 'x1' }] });
    expect(only([kept, fail(ID, 'another story', 'x9')])).toMatchObject({
      failures: [{ count: 1 }],
      failuresLeftOut: 1,
      exercised: 2,
    });
  });
});

describe('the summary', () => {
  it('counts by level', () => {
    const made = report(log([
      row('create.a.type'), row('create.b.type'), row('create.c.type', { level: 'SHOULD' }), row('create.d.type', { level: 'MAY' }), exchange('x1'),
      pass('create.a.type'), fail('create.b.type', 'm'), fail('create.c.type', 'm'),
    ])); // prettier-ignore
    expect(made.summary.must).toEqual({ pass: 1, fail: 1, notExercised: 0, unsupported: 0, waived: 0, total: 2 });
    expect(made.summary.should).toMatchObject({ fail: 1, total: 1 });
    expect(made.summary.may).toMatchObject({ notExercised: 1, total: 1 });
  });

  it('tells a repeated notice once', () => {
    const made = report(
      log([
        { kind: 'notice', text: 'a' },
        { kind: 'notice', text: 'a' },
        { kind: 'notice', text: 'b' },
      ]),
    );
    expect(made.notices).toEqual(['a (2 times)', 'b']);
  });

  it('cannot be made without a header and a footer', () => {
    expect(() => report([footer()])).toThrow(HeaderlessLog);
    expect(() => report([header()])).toThrow(TruncatedLog);
  });
});
