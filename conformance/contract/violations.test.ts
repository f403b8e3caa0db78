import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { arbitraryFor, VALID } from '../generation/arbitrary.ts';
import { cleanBases } from '../generation/bases.ts';
import { ANSWER_OBJECTS } from '../requirements/answer-schema.ts';
import { DOCUMENTED_ANSWERS } from '../testing/documented-answers.ts';
import { aCheckpoint, aFile, aJob, anEvent, aModel, aPage, aPermission, aSuccess } from '../testing/objects.ts';
import { anyJson, mutationsOf } from '../testing/mutations.ts';
import type { JsonValue } from './json.ts';
import { locate } from './schema.ts';
import { violations } from './violations.ts';

function isValidByAjv(name: string, value: JsonValue): boolean {
  const validator = (validators as Readonly<Record<string, ((value: unknown) => boolean) | undefined>>)[name];
  if (validator === undefined) throw new Error(`no validator ${name}`);
  return validator(value);
}

/** Both evaluators on one value; a difference is shown with the value. */
function expectAgreement(name: string, value: JsonValue): void {
  const ours = violations(locate(name), value);
  expect({ valid: ours.length === 0, value, ours }).toEqual({ valid: isValidByAjv(name, value), value, ours });
}

const EXAMPLES: Readonly<Record<string, readonly JsonValue[]>> = {
  CreateFineTuningJobRequest: cleanBases().map(({ template }) => template),
  FineTuningJob: [aJob(), aSuccess()],
  FineTuningJobEvent: [anEvent()],
  ListFineTuningJobEventsResponse: [aPage([anEvent()])],
  ListPaginatedFineTuningJobsResponse: [aPage([aJob()])],
  FineTuningJobCheckpoint: [aCheckpoint()],
  ListFineTuningJobCheckpointsResponse: [aPage([aCheckpoint()], false, { first_id: null })],
  OpenAIFile: [aFile()],
  ListFilesResponse: [aPage([aFile()], false, { first_id: 'file-1', last_id: 'file-1' })],
  Model: [aModel()],
  ListModelsResponse: [aPage([aModel()])],
  FineTuningCheckpointPermission: [aPermission()],
  ListFineTuningCheckpointPermissionResponse: [aPage([aPermission()])],
  Error: [{ message: 'no', type: 'invalid_request_error', param: null, code: null }],
};

describe('our evaluator and ajv', () => {
  it.each(Object.entries(EXAMPLES))('call the examples of %s valid', (name, examples) => {
    for (const example of examples) expect(violations(locate(name), example)).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('agree on %s with one or two places changed at random', (name, examples) => {
    const mutated = fc.constantFrom(...examples).chain(mutationsOf);
    fc.assert(
      fc.property(mutated, (value) => expectAgreement(name, value)),
      { numRuns: 400, seed: 7 },
    );
  });

  it.each(ANSWER_OBJECTS.map(({ component }) => component))('agree on %s where anything at all stands', (name) => {
    fc.assert(
      fc.property(anyJson, (value) => expectAgreement(name, value)),
      { numRuns: 100, seed: 7 },
    );
  });

  it('agree on every value that the create request allows, changed at random', () => {
    const bodies = arbitraryFor(locate('CreateFineTuningJobRequest'), VALID).chain(mutationsOf);
    fc.assert(
      fc.property(bodies, (value) => expectAgreement('CreateFineTuningJobRequest', value)),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('agree on documented answers', () => {
    for (const { body, status } of DOCUMENTED_ANSWERS) {
      if (status === undefined) expectAgreement('FineTuningJob', body);
    }
  });

  it.each([
    ['a number too large for a double', { ...aJob(), seed: JSON.parse('1e400') as number }],
    ['minus infinity', { ...aJob(), created_at: JSON.parse('-1e400') as number }],
    ['a whole number written with a fraction', { ...aJob(), seed: JSON.parse('1.0') as number }],
    ['members called like inherited ones', { ...aJob(), constructor: 1, toString: 2 }],
    ['an own member called __proto__', JSON.parse('{"__proto__":{"id":"job"}}') as JsonValue],
  ])('agree on %s', (_, value) => {
    expectAgreement('FineTuningJob', value);
  });

  it('agree on a reward too large for a double', () => {
    const run = {
      reward: JSON.parse('1e400') as number,
      metadata: {},
      sub_rewards: {},
      model_grader_token_usage_per_model: {},
    };
    expect(violations(locate('RunGraderResponse'), run).some(({ at }) => at === '/reward')).toBe(true);
  });
});

const CREATE = locate('CreateFineTuningJobRequest');
const BODY = { model: 'gpt-4o-mini', training_file: 'file-1' };

describe('a violation', () => {
  it('names the member that is missing and the object that lacks it', () => {
    expect(violations(CREATE, { training_file: 'file-1' })).toEqual([
      {
        pointer: '#/components/schemas/CreateFineTuningJobRequest',
        keyword: 'required',
        missing: 'model',
        at: '',
      },
    ]);
  });

  it('names the constraint and the place of a value that is out of bounds', () => {
    const [found, ...others] = violations(CREATE, { ...BODY, seed: -1 });
    expect(found).toMatchObject({ keyword: 'minimum', at: '/seed' });
    expect(others).toEqual([]);
  });

  it.each([
    ['a number in the branch of numbers', { n_epochs: 0 }, 'minimum', '/method/supervised/hyperparameters/n_epochs'],
    ['a word as the union itself', { n_epochs: 'automatic' }, 'oneOf', '/method/supervised/hyperparameters/n_epochs'],
    ['another type as the union itself', { n_epochs: [] }, 'oneOf', '/method/supervised/hyperparameters/n_epochs'],
  ])('of a union reports %s', (_, hyperparameters, keyword, at) => {
    const found = violations(CREATE, { ...BODY, method: { type: 'supervised', supervised: { hyperparameters } } });
    expect(found.map((one) => ({ keyword: one.keyword, at: one.at }))).toEqual([{ keyword, at }]);
  });

  it('of a grader is reported in the grader that its type names', () => {
    const grader = { type: 'string_check', name: 'x', input: 'x', reference: 'x', operation: 'equals' };
    const method = { type: 'reinforcement', reinforcement: { grader } };
    expect(violations(CREATE, { ...BODY, method })).toEqual([
      {
        pointer: '#/components/schemas/GraderStringCheck/properties/operation',
        keyword: 'enum',
        at: '/method/reinforcement/grader/operation',
      },
    ]);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(violations(CREATE, { ...BODY, suffix: '\u{1F680}'.repeat(64) })).toEqual([]);
    expect(violations(CREATE, { ...BODY, suffix: '\u{1F680}'.repeat(65) })).toMatchObject([{ keyword: 'maxLength' }]);
  });

  it('escapes the names of members in its place', () => {
    expect(violations(CREATE, { ...BODY, metadata: { 'a/b~c': 1 } })).toMatchObject([{ at: '/metadata/a~1b~0c' }]);
  });

  it('is a union of which two branches hold, where only one may', () => {
    const both = [{ type: 'integer' }, { type: 'number' }] as const;
    expect(violations({ schema: { oneOf: both }, pointer: '#' }, 1)).toEqual([
      { pointer: '#', keyword: 'oneOf', at: '' },
    ]);
    expect(violations({ schema: { anyOf: both }, pointer: '#' }, 1)).toEqual([]);
    expect(violations({ schema: { oneOf: both }, pointer: '#' }, 1.5)).toEqual([]);
  });

  it('is found once for each place', () => {
    expect(violations(CREATE, { ...BODY, seed: 'x', suffix: '' })).toHaveLength(2);
  });
});
