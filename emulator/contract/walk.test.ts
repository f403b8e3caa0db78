// The walk explains what the validators refuse: it must agree with them on every body, and name the real culprit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import type { JsonObject, JsonValue } from '../json.ts';
import { almostLegalBody, fullBody } from '../testing/arbitrary-bodies.ts';
import { documentedContract, contractMaker } from './request-contract.ts';
import { contractSchemas } from './schemas.ts';
import { type Violation, wordingOf } from './violation.ts';
import { violationsOf } from './walk.ts';

const stringCheck = { type: 'string_check', name: 'n', input: 'i', reference: 'r', operation: 'eq' };
const minimal = { model: 'gpt-4o-mini', training_file: 'file-1' };

const faults = (body: JsonValue): Violation[] =>
  violationsOf('CreateFineTuningJobRequest', body, { schemas: contractSchemas, unknownMembers: 'refuse' });
const first = (more: JsonObject): string => {
  const [fault] = faults({ ...minimal, ...more });
  return fault === undefined ? 'none' : `${fault.path}: ${wordingOf(fault)}`;
};

describe('the walk and the generated validators', () => {
  it('agree on whether a body is legal', () => {
    fc.assert(
      fc.property(almostLegalBody, (body) => {
        const valid = validators.CreateFineTuningJobRequest(body);
        const found = violationsOf('CreateFineTuningJobRequest', body, {
          schemas: contractSchemas,
          unknownMembers: 'accept',
        });
        expect(found.map(wordingOf)).toHaveLength(valid ? 0 : found.length || -1);
      }),
      { numRuns: 3000 },
    );
  });

  it('agree with validators that were compiled from edited schemas', async () => {
    const maker = await contractMaker(true);
    const compiled = maker([(schemas) => ({ ...schemas })]);
    fc.assert(
      fc.property(almostLegalBody, (body) => {
        const wording = (contract: typeof compiled): string[] =>
          contract.check('CreateFineTuningJobRequest', body, 'refuse').map(wordingOf);
        expect(wording(compiled)).toEqual(wording(documentedContract));
      }),
      { numRuns: 500 },
    );
  });

  it('have nothing against a body with every member', () => {
    expect(faults(fullBody(stringCheck))).toEqual([]);
  });
});

describe('a fault is told by its path and by its form', () => {
  it.each<[what: string, body: JsonObject, told: string]>([
    ['a missing member', { model: 1 }, "model: 1 is not of type 'string' - 'model'"],
    ['a bound', { seed: -1 }, "seed: -1 is less than the minimum of 0 - 'seed'"],
    ['a fraction', { seed: 1.5 }, "seed: 1.5 is not of type 'integer' - 'seed'"],
    ['an empty suffix', { suffix: '' }, "suffix: '' is too short, it needs at least 1 character(s) - 'suffix'"],
    [
      'a method',
      { method: { type: 'x' } },
      "method.type: 'x' is not one of ['supervised', 'dpo', 'reinforcement'] - 'method.type'",
    ],
    ['a method without type', { method: {} }, "method.type: 'type' is a required property - 'method.type'"],
    [
      'a bound in a union',
      { method: { type: 'dpo', dpo: { hyperparameters: { beta: 2.1 } } } },
      "method.dpo.hyperparameters.beta: 2.1 is greater than the maximum of 2 - 'method.dpo.hyperparameters.beta'",
    ],
    [
      'a word in a union',
      { hyperparameters: { n_epochs: 'x' } },
      "hyperparameters.n_epochs: 'x' is not one of ['auto'] - 'hyperparameters.n_epochs'",
    ],
    [
      'a fraction in a union',
      { hyperparameters: { n_epochs: 1.5 } },
      "hyperparameters.n_epochs: 1.5 is not of type 'integer' - 'hyperparameters.n_epochs'",
    ],
    [
      'another type in a union',
      { hyperparameters: { n_epochs: null } },
      "hyperparameters.n_epochs: None is not of type 'string', 'integer' - 'hyperparameters.n_epochs'",
    ],
    [
      'a member of an item',
      { integrations: [{ type: 'wandb', wandb: {} }] },
      "integrations[0].wandb.project: 'project' is a required property - 'integrations[0].wandb.project'",
    ],
    ['an unknown member', { foo: 1 }, "foo: 'foo' is unknown here: extra fields not permitted - 'foo'"],
    [
      'an unknown member below',
      { method: { type: 'dpo', dpo: { x: 1 } } },
      "method.dpo.x: 'x' is unknown here: extra fields not permitted - 'method.dpo.x'",
    ],
    ['a metadata value', { metadata: { k: 1 } }, "metadata.k: 1 is not of type 'string' - 'metadata.k'"],
    [
      'a metadata key',
      { metadata: { ['k'.repeat(65)]: 'v' } },
      `metadata: '${'k'.repeat(65)}' is too long, it may have at most 64 characters - 'metadata'`,
    ],
  ])('%s', (_, body, told) => {
    expect(first(body).replace('k'.repeat(60) + '...', 'k'.repeat(65))).toBe(told);
  });

  it('names the member of the grader that was meant', () => {
    const at = (grader: JsonValue): string =>
      first({ method: { type: 'reinforcement', reinforcement: { grader } } }).split(':')[0] ?? '';
    expect(at({ type: 'foo' })).toBe('method.reinforcement.grader.type');
    expect(at({})).toBe('method.reinforcement.grader.type');
    expect(at(null)).toBe('method.reinforcement.grader');
    expect(at({ ...stringCheck, operation: 'x' })).toBe('method.reinforcement.grader.operation');
    expect(at({ ...stringCheck, extra: 1 })).toBe('method.reinforcement.grader.extra');
    const multi = { type: 'multi', name: 'n', calculate_output: 'a' };
    const { input: _, ...withoutInput } = stringCheck;
    expect(at({ ...multi, graders: [withoutInput] })).toBe('method.reinforcement.grader.graders[0].input');
    expect(at({ ...multi, graders: { a: withoutInput } })).toBe('method.reinforcement.grader.graders.a.input');
    expect(at({ ...multi, graders: withoutInput })).toBe('method.reinforcement.grader.graders.input');
    const score = { type: 'score_model', name: 'n', model: 'm' };
    expect(at({ ...score, input: [{ role: 'x', content: 'c' }] })).toBe('method.reinforcement.grader.input[0].role');
    const image = { role: 'user', content: [{ type: 'input_image' }] };
    expect(at({ ...score, input: [image] })).toBe('method.reinforcement.grader.input[0].content[0].image_url');
  });

  it('knows the member that only the guide documents', () => {
    const reinforcement = { grader: stringCheck, response_format: null };
    expect(first({ method: { type: 'reinforcement', reinforcement } })).toBe('none');
  });

  it('tells a missing member first', () => {
    expect(faults({ training_file: 1 }).map(({ path }) => path)).toEqual(['model', 'training_file']);
  });

  it('counts characters, not code units', () => {
    expect(first({ suffix: '😀'.repeat(64) })).toBe('none');
    expect(first({ suffix: '😀'.repeat(65) })).toMatch(/^suffix/);
  });
});
