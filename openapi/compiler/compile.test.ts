// From a document to generated files. The foreign fixture has the dialect faults of the official document.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile, prepare } from './compile.ts';
import type { Erratum } from './errata.ts';
import type { JsonObject } from './json.ts';
import { readDocument } from './read-document.ts';
import { documentOf } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';
import { runBeside, typeErrors } from './testing/run-module.ts';

const FOREIGN = fileURLToPath(new URL('fixtures/foreign.openapi.yaml', import.meta.url));
const foreign = () => readDocument(FOREIGN, 'foreign.yaml');

describe('a foreign document', () => {
  it('is repaired, and each repair is told', () => {
    const { document, edits } = prepare(foreign());
    const create = '#/components/schemas/CreateFineTuningJobRequest/properties';
    expect(edits.map(({ pointer, edit }) => `${pointer}: ${edit}`)).toEqual([
      `${create}/hyperparameters/properties/learning_rate_multiplier/oneOf/1: minimum: 0 with exclusiveMinimum: true became exclusiveMinimum: 0`,
      `${create}/hyperparameters/properties/range/items: removed min_items, which is not a keyword`,
      `${create}/hyperparameters/properties/range/items: removed max_items, which is not a keyword`,
      `${create}/suffix: nullable: true became a second type, null`,
      '#/components/schemas/FineTuningJob/properties/error: nullable: true became anyOf with null',
      '#/paths/~1v1~1fine_tuning~1jobs/get/parameters/0/schema: nullable: true became a second type, null',
    ]);
    expect(Object.keys(document.root['paths'] as JsonObject)).toEqual(['/v1/fine_tuning/jobs']);
  });

  it('gives modules that compile, and validators that take it at its repaired word', async () => {
    const { files, operations, components } = await compile(foreign());
    expect([operations, components]).toEqual([2, 4]);
    expect(typeErrors(files)).toEqual([]);
    const script = `import { CreateFineTuningJobRequest as create, FineTuningJob as job, listJobs_answer as list } from './validators.js';
      const body = (more) => create({ model: 'm', training_file: 'f', ...more });
      const rate = (learning_rate_multiplier) => body({ hyperparameters: { learning_rate_multiplier } });
      const one = (error) => ({ id: 'j', status: 'queued', error });
      console.log(JSON.stringify([body({ suffix: null }), body({ suffix: '' }), rate(0), rate(0.1), rate('auto'), job(one(null)), job(one({ code: 1 })), list({ data: [one({})] })]));`;
    expect(runBeside(files, script)).toEqual([true, false, false, true, true, true, false, true]);
  });

  it('gives the same files each time', async () => {
    const [first, second] = [await compile(foreign()), await compile(foreign())];
    expect([...second.files]).toEqual([...first.files]);
  });
});

describe('the manifest', () => {
  it('says who wrote the folder, from what, and what is in it', async () => {
    const { files } = await compile(foreign());
    const manifest = JSON.parse(files.get('manifest.json') ?? '') as JsonObject;
    expect(manifest).toMatchObject({ writtenBy: 'npm run generate', title: 'Foreign', version: '7', edition: null });
    expect(Object.keys(manifest['files'] as JsonObject)).toEqual(
      [...files.keys()].filter((name) => name !== 'manifest.json'),
    );
  });
});

it('each file says where it comes from, without the path of the machine', async () => {
  const { files } = await compile(readDocument(FOREIGN));
  for (const [name, text] of files) {
    if (name === 'manifest.json') continue;
    expect(text.split('\n')[0], name).toBe(
      '// Written by `npm run generate` from "foreign.openapi.yaml". Do not edit.',
    );
  }
});

it('conditions of acceptance become a validator of their own', async () => {
  const request = { type: 'object', 'x-acceptance-when': [{ required: ['a'] }], properties: { a: { type: 'string' } } };
  const { files } = await compile(documentOf({ schemas: { CreateFineTuningJobRequest: request } }));
  const script = `import { AcceptableCreateRequest as acceptable, CreateFineTuningJobRequest as valid } from './validators.js';
    console.log(JSON.stringify([{}, { a: '' }, { a: 1 }].map((body) => [valid(body), acceptable(body)])));`;
  expect(runBeside(files, script)).toEqual([
    [true, false],
    [true, true],
    [false, false],
  ]);
  expect(files.get('validators.d.ts')).toContain(
    'export const AcceptableCreateRequest: Validator<components["schemas"]["CreateFineTuningJobRequest"]>;',
  );
});

it('tolerances of the register become validators that need no other schema', async () => {
  const erratum: Erratum = {
    id: 'E-S3',
    kind: 'answer',
    where: ['w'],
    contradiction: 'c',
    decision: { strict: 'fail', compatible: 'tolerate' },
    tolerances: [{ component: 'A', at: '/a', value: { type: 'null' }, absent: false, object: { required: ['b'] } }],
    differences: [],
  };
  const { files } = await compile(documentOf({}), [erratum]);
  const script = `import { E_S3_0_value as value, E_S3_0_object as object } from './errata-validators.js';
    console.log(JSON.stringify([value(null), value(1), object({ b: 1 }), object({})]));`;
  expect(runBeside(files, script)).toEqual([true, false, true, false]);
});

it('what goes wrong late is still told with file and line', async () => {
  const schemas = { A: { type: 'string', pattern: '^(?<year>\\d+)$', minLength: 1e400 } };
  const message = await faultOf(() => compile(documentOf({ schemas })));
  expect(message).toMatch(/^small\.json:\d+:\d+ #\/components\/schemas\/A/);
});
