// The command, not the figures: a test that measures time fails on a busy machine and says nothing.
import { describe, expect, it } from 'vitest';
import { CREATE_REQUEST, createRequestSites } from '../conformance/contract/request-sites.ts';
import { Extremes } from '../conformance/generation/packing.ts';
import { keptOf, OWN_RULES, reachedBehind } from './bench/own-rules.ts';
import { plainSchema } from './bench/plain-schema.ts';
import { median } from './bench/section.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as validators from '#generated/current/validators.js';
import fc from 'fast-check';
import { arbitraryFor, VALID } from '../conformance/generation/arbitrary.ts';
import { locate } from '../conformance/contract/schema.ts';
import { type Finished, run } from './testing/commands.ts';

const bench = (...words: string[]): Promise<Finished> => run('bench.ts', words);

describe('npm run bench', () => {
  it('says on what it measured, and what a section found', async () => {
    const { status, out } = await bench('--only', 'create');
    expect(status).toBe(0);
    expect(out).toMatch(/^node v\d+\.\d+\.\d+, \d+ cores?, /);
    expect(out).toMatch(/constraint sites +\d+; .* broken by \d+ requests/);
    expect(out).toMatch(/pairs of factors +\d+ bodies/);
    expect(out).not.toContain('a second');
  });

  it('teaches its sections', async () => {
    const { status, out } = await bench('--help');
    expect(status).toBe(0);
    for (const name of ['create', 'payloads', 'requests', 'sites', 'cases']) expect(out).toContain(`\n  ${name} `);
  });

  it.each([
    [['--only', 'speed'], 'name one of create'],
    [['--cases', 'many'], 'write them as in'],
    [['--quickly'], 'see npm run bench'],
  ])('refuses %j in one line that names the mend', async (words, mend) => {
    const { status, err } = await bench(...words);
    expect(status).toBe(2);
    expect(err).toContain(mend);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('a server with three rules of its own', () => {
  it('leaves nearly all that can be judged of create', { timeout: 120_000 }, async () => {
    const [plain, ruled] = [await reachedBehind([]), await reachedBehind(OWN_RULES)];
    expect(plain.sites.size).toBe(new Set(createRequestSites().map(({ id }) => id)).size);
    expect(plain.facts.size).toBe(new Extremes().facts.size);
    expect(keptOf(plain.sites, ruled.sites)).toBeGreaterThanOrEqual(0.95);
    expect(keptOf(plain.facts, ruled.facts)).toBeGreaterThanOrEqual(0.95);
  });
});

describe('the schema that both generators are given', () => {
  it('allows what the contract allows', () => {
    const isValid = new Ajv2020({ strict: false, logger: false }).compile(plainSchema(CREATE_REQUEST));
    const bodies = fc.sample(arbitraryFor(locate(CREATE_REQUEST), VALID), { numRuns: 300, seed: 4 });
    for (const body of bodies) expect(isValid(body)).toBe(true);
    for (const body of [
      {},
      { model: 'm' },
      { model: 'm', training_file: 'f', seed: -1 },
      null,
      { model: 'm', training_file: 'f', suffix: '' },
    ]) {
      expect(isValid(body)).toBe(validators.CreateFineTuningJobRequest(body));
      expect(isValid(body)).toBe(false);
    }
  });
});

describe('the middle of some measurements', () => {
  it('is not moved by one that is far off', () => {
    expect(median([3, 1, 1000])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});
