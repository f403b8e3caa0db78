import { describe, expect, it } from 'vitest';
import { coverageOf, type Coverage, type CoveredSite } from './coverage.ts';
import type { FooterLine, LogLine } from './log.ts';
import { reportOf } from './summarise.ts';
import { Tally } from './tally.ts';
import { capability, exchange, fail, footer, inconclusive, log, pass, row } from './testing/log-fixtures.ts';

const SEED = '#/components/schemas/CreateFineTuningJobRequest/properties/seed';
const ROWS = [row('create.seed.maximum'), row('create.seed.accepts'), row('create.seed.null-accepted')];

function coverage(lines: readonly LogLine[], end: Partial<FooterLine> = {}): Coverage {
  const tally = new Tally();
  const made = exchange('x1');
  for (const line of log([...ROWS, made, ...lines], { footer: footer(end) })) tally.add(line, { offset: 0, length: 1 });
  return coverageOf(
    tally,
    reportOf(tally, { waivers: [], reportDir: 'r' }, () => made.exchange),
  );
}

function site(lines: readonly LogLine[], id = `${SEED} maximum`, end: Partial<FooterLine> = {}): CoveredSite {
  const found = coverage(lines, end).sites.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no site ${id}`);
  return found;
}

describe('the refused side of a site', () => {
  it('is what was decided at that very site', () => {
    const elsewhere = fail('create.seed.maximum', 'm', 'x1', { site: `${SEED} elsewhere` });
    expect(site([pass('create.seed.maximum', 'x1', { site: `${SEED} maximum` }), elsewhere]).refused).toEqual({
      requirement: 'create.seed.maximum',
      status: 'pass',
      exercised: 1,
      reason: null,
    });
    const failed = fail('create.seed.maximum', 'm', 'x1', { site: `${SEED} maximum` });
    expect(site([failed]).refused).toMatchObject({ status: 'fail', exercised: 1 });
  });

  it('is open with its reason where nothing was decided', () => {
    expect(site([]).refused).toMatchObject({ status: 'not-exercised', reason: 'no body of this run broke it' });
    const open = inconclusive('create.seed.maximum', 'status 429');
    expect(site([{ ...open, site: `${SEED} maximum` }]).refused.reason).toBe('status 429');
  });
});

describe('the accepted side of a site', () => {
  const accepted = (kind: string): LogLine => pass('create.seed.accepts', 'x1', { site: `${SEED} ${kind}` });

  it('holds at a bound only where the bound itself was accepted', () => {
    expect(site([accepted('maximum')]).accepted).toMatchObject({ status: 'pass', kinds: ['maximum'] });
    expect(site([accepted('inside')]).accepted).toMatchObject({
      status: 'not-exercised',
      reason: 'legal values were sent, and none at the bound',
    });
  });

  it('holds elsewhere for any legal value, null among them', () => {
    const nothing = pass('create.seed.null-accepted', 'x1', { site: `${SEED} null` });
    const type = site([accepted('inside'), nothing], `${SEED} type`);
    expect(type.accepted).toMatchObject({ status: 'pass', exercised: 2, kinds: ['inside', 'null'] });
  });

  it('counts the branches of a union that stands at the place, and nothing deeper', () => {
    const epochs = '#/components/schemas/CreateFineTuningJobRequest/properties/hyperparameters/properties/n_epochs';
    const lines = [row('create.n_epochs.accepts'), pass('create.n_epochs.accepts', 'x1', { site: `${epochs}/oneOf/1 inside` })]; // prettier-ignore
    expect(site(lines, `${epochs} oneOf`).accepted).toMatchObject({ status: 'pass', kinds: ['inside'] });
    const parent = '#/components/schemas/CreateFineTuningJobRequest/properties/hyperparameters type';
    expect(site(lines, parent).accepted.exercised).toBe(0);
    const whole = [row('create.valid.accepted'), pass('create.valid.accepted', 'x1', { site: `${epochs} inside` })];
    expect(site(whole, '#/components/schemas/CreateFineTuningJobRequest type').accepted.exercised).toBe(0);
  });
});

describe('coverage as a whole', () => {
  it('knows every site of the contract once', () => {
    const { sites, counts } = coverage([]);
    expect(sites.length).toBeGreaterThan(200);
    expect(new Set(sites.map(({ id }) => id)).size).toBe(sites.length);
    expect(counts.sites).toBe(sites.length);
    expect(counts.refused.open + counts.refused.notJudged).toBe(sites.length);
  });

  it('counts nothing as held where the target does not discriminate, and nothing that it does not support', () => {
    const passed = pass('create.seed.maximum', 'x1', { site: `${SEED} maximum` });
    expect(site([passed], `${SEED} maximum`, { discriminates: false }).refused.status).toBe('not-exercised');
    const beta = row('create.beta.maximum', { capability: 'method.dpo' });
    const { sites } = coverage([beta, capability('method.dpo', 'excluded', 'unknown')]);
    expect(sites.find(({ refused }) => refused.requirement === 'create.beta.maximum')?.refused.status).toBe(
      'unsupported',
    );
  });
});
