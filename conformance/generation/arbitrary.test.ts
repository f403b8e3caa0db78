import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { isObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { locate, type Schema } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { ACCEPTABLE, arbitraryFor, UnsupportedSchema, VALID } from './arbitrary.ts';
import { arbitraryOf } from './makers.ts';
import { acceptablePayloads, type Offer } from './payloads.ts';
import { anyText, textMatching, textOfClass } from './texts.ts';

const RUNS = { numRuns: 500, seed: 11 };
const CREATE = locate(CREATE_REQUEST);

function schema(value: Schema): fc.Arbitrary<JsonValue> {
  return arbitraryFor({ schema: value, pointer: '#/test' }, VALID);
}

function sample(value: Schema, count = 600): JsonValue[] {
  return fc.sample(schema(value), { numRuns: count, seed: 3 });
}

describe('generated values', () => {
  it('of the create request are valid, by ajv', () => {
    fc.assert(
      fc.property(arbitraryFor(CREATE, VALID), (value) => {
        expect(violations(CREATE, value)).toEqual([]);
        expect(validators.CreateFineTuningJobRequest(value)).toBe(true);
      }),
      RUNS,
    );
  });

  it('that must be accepted are valid too', () => {
    fc.assert(
      fc.property(arbitraryFor(CREATE, ACCEPTABLE), (value) => validators.CreateFineTuningJobRequest(value)),
      RUNS,
    );
  });

  it.each(['FineTuningJob', 'FineTuningJobEvent', 'OpenAIFile', 'RunGraderResponse', 'ListFilesResponse'] as const)(
    'of %s are valid, by ajv',
    (name) => {
      fc.assert(
        fc.property(arbitraryFor(locate(name), VALID), (value) => validators[name](value)),
        RUNS,
      );
    },
  );

  it('are the same for the same seed', () => {
    const arbitrary = arbitraryFor(CREATE, VALID);
    const once = fc.sample(arbitrary, { numRuns: 20, seed: 5 });
    expect(fc.sample(arbitraryFor(CREATE, VALID), { numRuns: 20, seed: 5 })).toEqual(once);
  });

  it('survive being written down as JSON', () => {
    fc.assert(
      fc.property(arbitraryFor(CREATE, VALID), (value) => {
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      }),
      RUNS,
    );
  });
});

describe('the boundaries of a schema', () => {
  it.each<readonly [string, Schema, readonly JsonValue[]]>([
    ['an integer', { type: 'integer', minimum: 1, maximum: 50 }, [1, 2, 49, 50]],
    ['an integer with a bound that is not its own', { type: 'integer', exclusiveMinimum: 0, maximum: 3 }, [1, 3]],
    ['an integer below a bound that is not its own', { type: 'integer', minimum: 1, exclusiveMaximum: 4 }, [1, 2, 3]],
    ['an integer without bounds', { type: 'integer' }, [-2_147_483_647, 0, 1, 2_147_483_647]],
    ['a number', { type: 'number', minimum: 0.5, maximum: 2 }, [0.5, 2, 1]],
    ['a single value', { type: 'integer', minimum: 7, maximum: 7 }, [7]],
    ['a word', { type: 'string', enum: ['low', 'high'] }, ['low', 'high']],
    ['null', { type: 'string', enum: ['a'], nullable: true }, ['a', null]],
    ['true and false', { type: 'boolean' }, [true, false]],
  ])('of %s are reached', (_, value, expected) => {
    const values: readonly unknown[] = sample(value);
    for (const one of expected) expect(values).toContain(one);
  });

  it('of an integer are not passed', () => {
    const between = (schema: Schema): unknown[] => [...new Set(sample(schema))].sort();
    expect(between({ type: 'integer', exclusiveMinimum: 0, maximum: 3 })).toEqual([1, 2, 3]);
    expect(between({ type: 'integer', minimum: -1, exclusiveMaximum: 2 })).toEqual([-1, 0, 1]);
    expect(between({ type: 'integer', minimum: 0.5, maximum: 2.5 })).toEqual([1, 2]);
    expect(between({ type: 'integer', minimum: -2, maximum: -1 })).toEqual([-1, -2]);
  });

  it('of a number with an open bound are approached and not reached', () => {
    const values = sample({ type: 'number', exclusiveMinimum: 0, maximum: 2 }) as number[];
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.min(...values)).toBeLessThan(0.001);
    expect(Math.max(...values)).toBe(2);
  });

  it('of a text are reached', () => {
    const lengths = new Set(
      sample({ type: 'string', minLength: 1, maxLength: 64 }).map((text) => Array.from(text as string).length),
    );
    expect([...lengths]).toEqual(expect.arrayContaining([1, 2, 63, 64]));
  });

  it('of a map are reached', () => {
    const map: Schema = { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 16 };
    const sizes = new Set(sample(map).map((value) => Object.keys(value as object).length));
    expect([...sizes]).toEqual(expect.arrayContaining([0, 16]));
    expect(Math.max(...sizes)).toBe(16);
  });

  it('of a list are reached', () => {
    const sizes = new Set(
      sample({ type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 3 }).map(
        (list) => (list as JsonValue[]).length,
      ),
    );
    expect([...sizes].sort()).toEqual([1, 2, 3]);
  });
});

describe('shrinking', () => {
  it('leads to the plainest create body', () => {
    const result = fc.check(
      fc.property(arbitraryFor(CREATE, VALID), () => false),
      { numRuns: 1, seed: 9 },
    );
    expect(Object.keys(result.counterexample?.[0] as object).sort()).toEqual(['model', 'training_file']);
  });

  it('leads to the member that matters', () => {
    const hasSeed = (value: JsonValue): boolean => !(isObject(value) && typeof value['seed'] === 'number');
    const result = fc.check(fc.property(arbitraryFor(CREATE, VALID), hasSeed), { numRuns: 500, seed: 9 });
    expect(Object.keys(result.counterexample?.[0] as object).sort()).toEqual(['model', 'seed', 'training_file']);
  });
});

describe('a schema that cannot be turned into values', () => {
  it.each<readonly [string, Schema]>([
    ['names no type', {}],
    ['names a type that there is not', { type: 'date' }],
    ['allows no word', { type: 'string', enum: [] }],
    ['allows no integer', { type: 'integer', minimum: 2, maximum: 1 }],
    ['allows no number', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 1 }],
    ['allows no text', { type: 'string', minLength: 2, maxLength: 1 }],
    ['allows no list', { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 1 }],
    ['does not describe items', { type: 'array' }],
    ['requires what it does not describe', { type: 'object', required: ['x'], properties: {} }],
    ['has allOf left', { allOf: [{ type: 'string' }] }],
  ])('because it %s is an error that names the place', (_, value) => {
    expect(() => schema(value)).toThrow(UnsupportedSchema);
    expect(() => schema(value)).toThrow(/^#\/test/);
  });

  it('is named by its own pointer where it stands deeper', () => {
    expect(() => schema({ type: 'object', properties: { a: { type: 'array' } } })).toThrow(/^#\/test\/properties\/a: /);
  });
});

describe('text', () => {
  it('is as long as it may be, however length is counted', () => {
    fc.assert(
      fc.property(arbitraryOf(anyText(1, 40)), (text) => {
        expect(Array.from(text).length).toBeGreaterThanOrEqual(1);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(40);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      RUNS,
    );
  });

  it('holds what careless code trips over', () => {
    const texts = fc.sample(arbitraryOf(anyText(0, 64)), { numRuns: 3000, seed: 1 });
    expect(texts).toEqual(expect.arrayContaining(['__proto__', "it's", '100%', '']));
    expect(texts.some((text) => /[^\0-\x7f]/.test(text))).toBe(true);
  });

  it('of a class holds its characters and no other', () => {
    const maker = textOfClass('^[a-c5-]+$', 0, 5);
    if (maker === undefined) throw new Error('a simple class is understood');
    const texts = fc.sample(arbitraryOf(maker), { numRuns: 500, seed: 1 });
    for (const text of texts) expect(text).toMatch(/^[abc5-]{1,5}$/);
    expect(new Set(texts.join(''))).toEqual(new Set('abc5-'));
    expect(new Set(texts.map((text) => text.length))).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it('of a class beyond Latin letters holds them whole', () => {
    const maker = textOfClass('^[а-в中]+$', 2, 3);
    const texts = maker === undefined ? [] : fc.sample(arbitraryOf(maker), { numRuns: 300, seed: 1 });
    for (const text of texts) expect(text).toMatch(/^[абв中]{2,3}$/u);
    expect(new Set(texts.join(''))).toEqual(new Set('абв中'));
    expect(new Set(fc.sample(arbitraryOf(textOfClass('^[ÿ]+$', 1, 1) ?? anyText(0, 0)), 5))).toEqual(new Set(['ÿ']));
  });

  it('of many thousand letters is as long as asked for, and of all letters', () => {
    for (const length of [4_096, 4_097, 9_000]) {
      const maker = textOfClass('^[a-z]+$', length, length);
      const [text = ''] = maker === undefined ? [] : fc.sample(arbitraryOf(maker), { numRuns: 1, seed: 2 });
      expect(text).toMatch(/^[a-z]+$/);
      expect(text).toHaveLength(length);
      expect(new Set(text).size).toBe(26);
    }
  });

  it('between bounds that nothing hostile fits is plain letters', () => {
    for (const text of fc.sample(arbitraryOf(anyText(30, 40)), { numRuns: 500, seed: 1 }))
      expect(text).toMatch(/^[a-z0-9]{30,40}$/);
    // Four bytes a letter at most: of one letter in four bytes there may be one.
    const shortest = fc.sample(arbitraryOf(anyText(1, 4)), { numRuns: 3000, seed: 1 });
    expect(shortest.every((text) => Buffer.byteLength(text) <= 4)).toBe(true);
    expect(shortest.some((text) => /[^ -~]/.test(text))).toBe(true);
  });

  it('of any other pattern keeps to the pattern and to its length, and is not made plainer', () => {
    const maker = textMatching('^ft:[a-z]*$', 4, 6);
    const texts = fc.sample(arbitraryOf(maker), { numRuns: 300, seed: 1 });
    for (const text of texts) expect(text).toMatch(/^ft:[a-z]{1,3}$/);
    expect(new Set(texts.map((text) => text.length))).toEqual(new Set([4, 5, 6]));
    expect([...maker.plainer('ft:abc')]).toEqual([]);
    const wide = fc.sample(arbitraryOf(textMatching('^[é]*$', 0, 4)), { numRuns: 300, seed: 1 });
    expect(new Set(wide)).toEqual(new Set(['', 'é', 'éé']));
  });

  it('of a class with a dash at its end holds the dash', () => {
    const texts = fc.sample(arbitraryOf(textOfClass('^[-a]+$', 1, 9) ?? anyText(0, 0)), { numRuns: 100, seed: 1 });
    expect(new Set(texts.join(''))).toEqual(new Set('-a'));
  });

  it('of another pattern is left to others', () => {
    for (const pattern of ['^ft:.*$', '^[^a]+$', '^[a-z]{3}$', '[a-z]+'])
      expect(textOfClass(pattern, 0, 5)).toBeUndefined();
  });
});

describe('acceptable payloads', () => {
  const ALL: Offer = { methods: ['supervised', 'dpo', 'reinforcement'], integrations: true };

  function payloads(offer: Offer) {
    return fc.sample(acceptablePayloads(offer), { numRuns: 400, seed: 2 });
  }

  it('are bodies that a server must accept', () => {
    for (const body of payloads(ALL)) expect(validators.AcceptableCreateRequest(body)).toBe(true);
  });

  it('give hyperparameters in one way only, and the method its own member only', () => {
    for (const { method, hyperparameters } of payloads(ALL)) {
      if (method === undefined) continue;
      expect(hyperparameters).toBeUndefined();
      const type = (method as Record<string, JsonValue>)['type'];
      expect(Object.keys(method as object).every((name) => name === 'type' || name === type)).toBe(true);
    }
  });

  it('never hold a multi grader, whose shape is contradicted', () => {
    expect(JSON.stringify(payloads(ALL))).not.toContain('"multi"');
  });

  it('keep to what the target offers', () => {
    const bodies = payloads({ methods: ['supervised'], integrations: false });
    const types = bodies.map(({ method }) => (isObject(method) ? method['type'] : 'none'));
    expect(new Set(types)).toEqual(new Set(['none', 'supervised']));
    expect(bodies.some((body) => 'integrations' in body)).toBe(false);
  });

  it('shrink to the plainest one, through bodies that must be accepted only', () => {
    const seen: JsonValue[] = [];
    const fails = fc.property(acceptablePayloads(ALL), (body) => {
      seen.push(body);
      return false;
    });
    const { counterexample } = fc.check(fails, { numRuns: 1, seed: 3 });
    expect(Object.keys(counterexample?.[0] ?? {}).sort()).toEqual(['model', 'training_file']);
    expect(seen.length).toBeGreaterThan(1);
    for (const body of seen) expect(validators.AcceptableCreateRequest(body)).toBe(true);
    expect(new Set(seen.map((body) => JSON.stringify(body))).size).toBe(seen.length);
  });

  it('shrink to a body of the one method that is offered where its method matters', () => {
    const offer: Offer = { methods: ['dpo'], integrations: false };
    const isPlain = fc.property(acceptablePayloads(offer), ({ method }) => method === undefined);
    const { counterexample } = fc.check(isPlain, { numRuns: 100, seed: 3 });
    expect(counterexample?.[0]).toMatchObject({ method: { type: 'dpo' } });
    expect(Object.keys(counterexample?.[0] ?? {}).sort()).toEqual(['method', 'model', 'training_file']);
  });

  it('use every method that is offered', () => {
    const types = payloads(ALL).map(({ method }) => (isObject(method) ? method['type'] : 'none'));
    expect(new Set(types)).toEqual(new Set(['none', 'supervised', 'dpo', 'reinforcement']));
  });
});
