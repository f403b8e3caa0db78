// Stand-alone validators: the same word as ajv's, from a module that depends on nothing.
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emitValidators,
  emitValidatorTypes,
  forAjv,
  type NamedSchemas,
  toleranceName,
  toleranceSchemas,
  validatorOptions,
} from './emit-validators.ts';
import type { Erratum } from './errata.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { refTo } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';
import { runBeside, typeErrors } from './testing/run-module.ts';

/** The keywords that each value breaks, by the module as Node runs it. */
function judged(schemas: NamedSchemas, name: string, values: readonly unknown[]): string[] {
  const script = `import * as validators from './validators.js';
    const validate = validators[${JSON.stringify(name)}];
    const verdicts = ${JSON.stringify(values)}.map((value) => validate(value) ? '' : validate.errors.map((one) => one.instancePath + ' ' + one.keyword).join(', '));
    console.log(JSON.stringify(verdicts));`;
  return runBeside(new Map([['validators.js', emitValidators(schemas)]]), script) as string[];
}

const every: NamedSchemas = {
  A: {
    type: 'object',
    required: ['a'],
    additionalProperties: false,
    properties: {
      a: { type: 'string', minLength: 1, maxLength: 3, pattern: '^a' },
      b: { type: 'array', items: refTo('B'), uniqueItems: true, minItems: 1 },
      c: { oneOf: [{ enum: [{ x: [1] }, 'c'] }, { const: 5 }, { type: 'null' }] },
      d: {
        type: 'object',
        additionalProperties: { type: 'integer' },
        propertyNames: { maxLength: 2 },
        maxProperties: 2,
      },
    },
  },
  B: { type: ['integer', 'null'], exclusiveMinimum: 0, multipleOf: 2 },
};

describe('a module of validators', () => {
  it('is an ES module that needs nothing else', () => {
    const text = emitValidators(every);
    expect(text).not.toMatch(/\brequire\b|^import /m);
    expect(judged(every, 'A', [{ a: 'abc' }, {}, { a: 'b' }, { a: '' }, 1])).toEqual([
      '',
      ' required',
      '/a pattern',
      '/a minLength, /a pattern',
      ' type',
    ]);
  });

  it('counts characters, not halves of them, and compares by value', () => {
    const values = [
      { a: 'a\u{1F600}\u{1F600}' },
      { a: 'a', b: [2, 2] },
      { a: 'a', c: { x: [1] } },
      { a: 'a', c: { x: [2] } },
    ];
    const [wide, doubled, equal, unequal] = judged(every, 'A', values);
    expect([wide, doubled, equal]).toEqual(['', '/b uniqueItems', '']);
    expect(unequal).toContain('/c enum');
  });

  it('says what ajv says, of every value', () => {
    const ajv = new Ajv2020(validatorOptions(every));
    for (const [name, schema] of Object.entries(every)) ajv.addSchema(forAjv(schema) as JsonObject, name);
    const scalar = fc.constantFrom<JsonValue>('a', 'abcd', 'ab', '', 0, 2, 3, 5, null, true, { x: [1] });
    const member = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('x', 'long'), scalar),
    );
    const values = fc.sample(fc.record({ a: member, b: member, c: member, d: member, e: member }, { requiredKeys: [] }), { numRuns: 500, seed: 1 }); // prettier-ignore
    const expected = values.map((value) => {
      ajv.validate('A', value);
      return (ajv.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).join(', ');
    });
    expect(judged(every, 'A', values)).toEqual(expected);
    expect(new Set(expected).size).toBeGreaterThan(20);
  });

  it('holds each component once, however many use it', () => {
    const uses = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`U${index}`, { items: refTo('Once') }]));
    const text = emitValidators({ Once: { type: 'string', pattern: 'needle' }, ...uses });
    expect(text.match(/must match pattern/g)).toHaveLength(1);
  });

  it('keeps apart what schemas are called and what the code itself needs', () => {
    const names = ['Array', 'Object', 'String', 'validate20', 'schema31', 'deepEqual', 'errors', 'data'];
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'array', uniqueItems: true, maxItems: 1 }]));
    for (const name of names)
      expect(judged(schemas, name, [[1], [1, 1], {}]), name).toEqual(['', ' maxItems,  uniqueItems', ' type']);
  });

  it('sees own members only, also those that every object inherits', () => {
    const schema = {
      type: 'object',
      required: ['constructor', 'toString'],
      properties: { constructor: { type: 'string' } },
    };
    expect(
      judged({ A: schema }, 'A', [{}, { constructor: 'x', toString: 1 }, { constructor: 1, toString: 1 }]),
    ).toEqual([' required,  required', '', '/constructor type']);
  });

  it('checks a member called __proto__', () => {
    const schema = JSON.parse(
      '{"type": "object", "properties": {"__proto__": {"type": "string"}, "b": {"type": "string"}}}',
    ) as JsonObject;
    const script = `import { A } from './validators.js';
      console.log(JSON.stringify(['{"__proto__": 1}', '{"__proto__": "x"}', '{"b": 1}'].map((text) => A(JSON.parse(text)))));`;
    expect(runBeside(new Map([['validators.js', emitValidators({ A: schema })]]), script)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('does not judge formats', () => {
    expect(judged({ A: { type: 'string', format: 'date-time' } }, 'A', ['no date'])).toEqual(['']);
  });

  it('may hold nothing', () => {
    expect(runBeside(new Map([['validators.js', emitValidators({})]]), "import * as v from './validators.js'; console.log(Object.keys(v).length)")).toBe(0); // prettier-ignore
  });
});

it('a schema that no validator can be made of is named', async () => {
  expect(await faultOf(() => emitValidators({ A: {}, B: refTo('Gone') }))).toMatch(
    /^#\/components\/schemas\/B: no validator can be made: .*Gone/,
  );
});

it('declarations give each validator the type that it proves', () => {
  const declarations = emitValidatorTypes(['A'], () => 'string');
  const use =
    "import { A } from './validators.js';\nexport const text = (value: unknown): string => (A(value) ? value : '');";
  expect(
    typeErrors(
      new Map([
        ['validators.d.ts', declarations],
        ['use.ts', use],
      ]),
    ),
  ).toEqual([]);
});

it('prose, formats and extensions are no part of a validator', () => {
  expect(forAjv({ title: 't', 'x-a': 1, format: 'f', default: 1, properties: { title: refTo('A') } })).toEqual({
    properties: { title: { $ref: 'A' } },
  });
});

it('each tolerance gives two schemas, named by erratum and number', () => {
  const tolerance = { component: 'A', at: '/a', value: { type: 'null' }, absent: false, object: {} };
  const erratum: Erratum = {
    id: 'E-S3',
    kind: 'answer',
    where: ['w'],
    contradiction: 'c',
    decision: { strict: 'fail', compatible: 'tolerate' },
    tolerances: [tolerance, tolerance],
    differences: [],
  };
  expect(toleranceSchemas([erratum])).toEqual({
    E_S3_0_value: { type: 'null' },
    E_S3_0_object: {},
    E_S3_1_value: { type: 'null' },
    E_S3_1_object: {},
  });
  expect(toleranceName('E-S3', 1)).toBe('E_S3_1');
});
