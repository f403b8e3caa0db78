import { describe, expect, it } from 'vitest';
import { answered, refused } from '../testing/exchanges.ts';
import { contextOf, failureOf, probed, shown, verdictsOf, verdictsOn } from '../testing/judged.ts';
import { aJob, aSuccess } from '../testing/objects.ts';
import { SPECIMENS } from '../testing/all-specimens.ts';
import { walk } from '../testing/specimens-of-lists.ts';
import { faulty } from '../testing/specimens-of-create.ts';
import { page } from '../testing/specimens.ts';
import { evidenceOf, indexRequirements, judge } from './judge.ts';
import { requirementsOf } from './registry.ts';
import { check, type Requirement } from './requirement.ts';

const row = (id: string, checks: Requirement['checks']): Requirement => ({
  id,
  chapter: 'transport',
  title: id,
  statement: id,
  level: 'MUST',
  authority: 'DOC',
  sources: [],
  since: '2024-04',
  capability: 'core',
  conditional: false,
  needsSuccess: false,
  checks,
});

describe('judging an observation', () => {
  const seen = answered(aJob());
  const exchange = { kind: 'exchange', exchange: seen, clientFault: false } as const;

  it('asks the checks of its kind, and the keyed ones whose key it has', () => {
    const passes = () => [{ outcome: 'pass' as const }];
    const index = indexRequirements([
      row('of.exchanges', [check('exchange', passes)]),
      row('of.jobs', [check('object', passes, 'FineTuningJob')]),
      row('of.files', [check('object', passes, 'OpenAIFile')]),
      row('of.objects', [check('object', passes)]),
    ]);
    const judged = judge(index, shown('FineTuningJob', aJob()), contextOf());
    expect(judged.map(({ requirement }) => requirement).sort()).toEqual(['of.jobs', 'of.objects']);
    expect(judge(index, exchange, contextOf()).map(({ requirement }) => requirement)).toEqual(['of.exchanges']);
  });

  it('gives every finding the evidence of the observation, unless it names its own', () => {
    const other = answered(aJob());
    const index = indexRequirements([
      row('standard', [check('exchange', () => [{ outcome: 'pass' }])]),
      row('own', [check('exchange', () => [{ outcome: 'fail', message: 'no', evidence: [other, seen] }])]),
      row('empty', [check('exchange', () => [{ outcome: 'pass', evidence: [] }])]),
    ]);
    const evidence = new Map(
      judge(index, exchange, contextOf()).map((one) => [one.requirement, one.evidence] as const),
    );
    expect(evidence.get('standard')).toEqual([seen]);
    expect(evidence.get('own')).toEqual([other, seen]);
    expect(evidence.get('empty')).toEqual([seen]);
  });

  it('says nothing where no check applies', () => {
    expect(judge(indexRequirements([]), exchange, contextOf())).toEqual([]);
    expect(judge(indexRequirements([row('silent', [check('exchange', () => [])])]), exchange, contextOf())).toEqual([]);
  });

  it('goes on to the others where a check throws, and tells whoever listens which one it was', () => {
    const broken = new Error('ours');
    const throws = (): never => {
      throw broken;
    };
    const index = indexRequirements([
      row('broken', [check('exchange', throws)]),
      row('whole', [check('exchange', () => [{ outcome: 'pass' }])]),
    ]);
    const told: unknown[] = [];
    const judged = judge(index, exchange, contextOf(), (requirement, error) => told.push([requirement, error]));
    expect(judged.map(({ requirement }) => requirement)).toEqual(['whole']);
    expect(told).toEqual([['broken', broken]]);
    expect(() => judge(index, exchange, contextOf())).toThrow(broken);
  });

  it('gives the same verdicts on the same observation', () => {
    const observation = shown('FineTuningJob', aSuccess({ seed: -1 }));
    expect(verdictsOn([observation])).toEqual(verdictsOn([observation]));
  });
});

describe('a verdict', () => {
  it('never stands without an exchange, whatever was judged', () => {
    for (const { observation } of SPECIMENS) {
      expect(evidenceOf(observation).length).toBeGreaterThan(0);
      for (const { evidence } of verdictsOn([observation])) expect(evidence.length).toBeGreaterThan(0);
    }
  });

  it('of a fault carries the site of the fault, and the accepted twin as evidence', () => {
    const observation = faulty({ requirement: 'create.seed.minimum', site: '#/a minimum' }, refused(400));
    const [verdict] = verdictsOf('create.seed.minimum', observation);
    expect(verdict).toMatchObject({ outcome: 'pass', site: '#/a minimum' });
    expect(verdict?.evidence).toHaveLength(2);
  });

  it('of a walk rests on its pages, and its failure on the page in question', () => {
    const pages = [page([{ id: 'a' }], true), page([{ id: 'a' }], false)];
    const observation = walk('jobs', pages);
    expect(evidenceOf(observation)).toEqual(pages);
    expect(verdictsOf('list.after.exclusive', observation)[0]?.evidence).toEqual([pages[1]]);
  });

  it('of a probe rests on every exchange of the probe, in their order', () => {
    const [before, cancel, after] = [answered(aJob()), refused(400), answered(aJob())];
    expect(evidenceOf(probed({ name: 'cancel', before, cancel, after }))).toEqual([before, cancel, after]);
    const [pause, held] = [answered(aJob()), answered(aJob())];
    expect(evidenceOf(probed({ name: 'pause', pause, held: [held, held] }))).toEqual([pause, held, held]);
  });

  it('points to the place in the answer', () => {
    const exchange = answered({ object: 'list', data: [] });
    const observation = {
      kind: 'object',
      component: 'FineTuningJob',
      value: aJob({ seed: 'x', error: { code: 1 } }),
      at: '/data/3',
      exchange,
    } as const;
    const [seed] = verdictsOf('retrieve.job.seed', observation);
    expect(seed).toMatchObject({ at: '/data/3/seed' });
    const places = verdictsOf('retrieve.job.error', observation).map((verdict) =>
      'at' in verdict ? verdict.at : undefined,
    );
    expect(places).toContain('/data/3/error/code');
  });
});

describe('the message of a failure', () => {
  it('tells what stands there and what should', () => {
    const message = failureOf('retrieve.job.status', shown('FineTuningJob', aJob({ status: 'pending' })));
    expect(message).toMatch(/^status is "pending", not one of "validating_files", .*"paused"$/);
  });

  it('tells which member is missing', () => {
    expect(failureOf('retrieve.job.seed', shown('FineTuningJob', aJob({ seed: undefined })))).toBe('seed is missing');
    const error = { code: 'x', message: 'y' };
    expect(failureOf('retrieve.job.error', shown('FineTuningJob', aJob({ status: 'failed', error })))).toBe(
      'error.param is missing',
    );
  });

  it('is short, whatever a target answers', () => {
    const long = shown('FineTuningJob', aJob({ status: 'x'.repeat(100_000), seed: 'y'.repeat(100_000) }));
    for (const verdict of verdictsOn([long])) {
      if (verdict.outcome === 'fail') expect(verdict.message.length).toBeLessThan(400);
    }
  });
});

describe('the judge', () => {
  it.each([
    [
      'a number that no double holds',
      '{"reward":1e400,"seed":1e400,"created_at":-1e400,"learning_rate_multiplier":1e400}',
    ],
    [
      'members called like inherited ones',
      '{"constructor":1,"toString":null,"__proto__":{"id":"x"},"hasOwnProperty":2}',
    ],
    ['lists in lists', '[[[[]]]]'],
  ])('does not stumble over %s', (_, text) => {
    const value = JSON.parse(text) as never;
    const components = [
      ...new Set(
        requirementsOf('current').flatMap(({ checks }) =>
          checks.flatMap(({ on, key }) => (on === 'object' ? (key ?? []) : [])),
        ),
      ),
    ];
    expect(components.length).toBeGreaterThan(10);
    for (const name of components)
      expect(() =>
        verdictsOn([
          shown(name, value),
          shown(name, aJob({ error: value, data: value, metrics: value, hyperparameters: value, metadata: value })),
        ]),
      ).not.toThrow();
  });
});
