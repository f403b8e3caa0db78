import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../contract/json.ts';
import { requirementById } from '../requirements/registry.ts';
import { cleanBases } from './bases.ts';
import { factsOf } from './facts.ts';
import { acceptablePayloads } from './payloads.ts';

const BODY: JsonObject = { model: 'gpt-4o-mini', training_file: 'file-1' };

function kinds(body: JsonObject): string[] {
  return factsOf(body).map(({ requirement, site }) => `${requirement} ${site.split(' ').slice(1).join(' ')}`);
}

describe('the facts of a body', () => {
  it.each<readonly [string, JsonObject, string]>([
    ['a number at its smallest', { seed: 0 }, 'create.seed.accepts minimum'],
    ['a number at its largest', { seed: 2147483647 }, 'create.seed.accepts maximum'],
    ['a number in between', { seed: 7 }, 'create.seed.accepts inside'],
    [
      'a fraction',
      { hyperparameters: { learning_rate_multiplier: 0.1 } },
      'create.learning_rate_multiplier.accepts fraction',
    ],
    [
      'a number just above a bound that is not allowed itself',
      { hyperparameters: { learning_rate_multiplier: 0.00001 } },
      'create.learning_rate_multiplier.accepts just above the bound',
    ],
    ['a word', { hyperparameters: { n_epochs: 'auto' } }, 'create.n_epochs.accepts word "auto"'],
    ['null', { suffix: null }, 'create.suffix.null-accepted null'],
    ['the shortest text', { suffix: 'a' }, 'create.suffix.accepts shortest'],
    ['the longest text', { suffix: 'a'.repeat(64) }, 'create.suffix.accepts longest'],
    ['text beyond ASCII', { metadata: { a: 'é' } }, 'create.metadata.accepts text beyond ASCII'],
    [
      'a full map',
      { metadata: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`k${at}`, 'v'])) },
      'create.metadata.accepts full',
    ],
    ['an empty object', { hyperparameters: {} }, 'create.hyperparameters.accepts empty'],
    ['an empty list', { integrations: [] }, 'create.integrations.accepts empty'],
  ])('tell of %s', (_, more, expected) => expect(kinds({ ...BODY, ...more })).toContain(expected));

  it('tell of members that are absent, and of one that stands alone', () => {
    const told = factsOf({ ...BODY, seed: 7 }).map(({ site }) => site);
    expect(told).toContainEqual(expect.stringMatching(/ without suffix$/));
    expect(told).toContainEqual(expect.stringMatching(/ only seed$/));
    expect(told).not.toContainEqual(expect.stringMatching(/ without seed$/));
  });

  it('tell of an object with nothing but what is required, and of each reviewed text', () => {
    const wandb = { project: 'run-1' };
    const told = factsOf({ ...BODY, integrations: [{ type: 'wandb', wandb }] }).map(({ site }) => site);
    expect(told).toContainEqual(expect.stringMatching(/properties\/wandb bare$/));
    expect(told).toContainEqual(expect.stringMatching(/project word "run-1"$/));
  });

  it('are the same for values of the same kind', () => {
    const sites = (seed: number): string[] => factsOf({ ...BODY, seed }).map(({ site }) => site);
    expect(sites(7)).toEqual(sites(8));
    expect(sites(7)).not.toEqual(sites(0));
  });

  it('are told in words', () => {
    const [fact] = factsOf({ ...BODY, seed: 0 }).filter(({ requirement }) => requirement === 'create.seed.accepts');
    expect(fact?.description).toBe('seed is 0');
    for (const { description } of factsOf({ ...BODY, suffix: 'x'.repeat(64) }))
      expect(description.length).toBeLessThan(200);
  });

  it('tell which kind of object stands in a place where several may, and nothing of that where it is a word', () => {
    const grader = { type: 'python', name: 'g', source: 'def grade(sample, item):\n    return 1.0' };
    const method = { type: 'reinforcement', reinforcement: { grader } };
    const told = factsOf({ ...BODY, method }).filter(({ site }) => / branch \d+$/.test(site));
    expect(told.map(({ site, description }) => [site, description])).toEqual([
      ['#/components/schemas/FineTuneReinforcementMethod/properties/grader branch 2', 'method.reinforcement.grader is of kind 3'],
    ]);
    expect(kinds({ ...BODY, hyperparameters: { n_epochs: 3 } }).filter((kind) => kind.includes('branch'))).toEqual([]);
  }); // prettier-ignore

  it('of the body itself are told of the body', () => {
    const [fact] = factsOf(BODY).filter(({ site }) => site.endsWith('CreateFineTuningJobRequest an object'));
    expect(fact?.description).toBe('the body is an object');
  });

  it('belong to rows that the registry has', () => {
    const bodies = [
      ...cleanBases()
        .filter(({ onlyObserved }) => !onlyObserved)
        .map(({ template }) => template),
      ...fc.sample(acceptablePayloads({ methods: ['supervised', 'dpo', 'reinforcement'], integrations: true }), {
        numRuns: 300,
        seed: 4,
      }),
    ];
    const rows = new Set(bodies.flatMap(factsOf).map(({ requirement }) => requirement));
    expect([...rows].filter((row) => requirementById(row) === undefined)).toEqual([]);
  });
});
