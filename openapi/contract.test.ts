// The contract as it stands: complete, sound in its own extensions, faithful to the official document but for what the
// register says, and generated/ up to date with it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prepare } from './compiler/compile.ts';
import { canonicalComponents, constraintTable } from './compiler/constraint-table.ts';
import { compileContract, contractsIn } from './compiler/contract-set.ts';
import { readErrata } from './compiler/errata.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listOf,
  member,
  objectOf,
  resolvePointer,
  textOf,
  tokensOf,
} from './compiler/json.ts';
import { departures, isOfficialFacts } from './compiler/official-facts.ts';
import { placesIn, schemasIn } from './compiler/openapi-structure.ts';
import { follow, operationsIn } from './compiler/operation-table.ts';
import { driftOf } from './compiler/output-folder.ts';
import { readDocument } from './compiler/read-document.ts';
import { rulesOf } from './compiler/rules.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const source = readDocument(pathOf('fine-tuning.openapi.yaml'));
const errata = readErrata(pathOf('errata.yaml'));
const { document, edits } = prepare(source);
const { root } = document;
const components = canonicalComponents(root);
const constraints = constraintTable(components);
const errataIds = new Set(errata.map(({ id }) => id));
const schemas = [...schemasIn(root)];

describe('the document', () => {
  it('is in true dialect: nothing has to be repaired', () => {
    expect(edits).toEqual([]);
  });

  it('has every operation of the API', () => {
    const calls = operationsIn(root).map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`,
    );
    expect(calls.sort()).toEqual(
      [
        'POST /fine_tuning/jobs',
        'GET /fine_tuning/jobs',
        'GET /fine_tuning/jobs/{}',
        'POST /fine_tuning/jobs/{}/cancel',
        'POST /fine_tuning/jobs/{}/pause',
        'POST /fine_tuning/jobs/{}/resume',
        'GET /fine_tuning/jobs/{}/events',
        'GET /fine_tuning/jobs/{}/checkpoints',
        'GET /fine_tuning/checkpoints/{}/permissions',
        'POST /fine_tuning/checkpoints/{}/permissions',
        'DELETE /fine_tuning/checkpoints/{}/permissions/{}',
        'POST /fine_tuning/alpha/graders/run',
        'POST /fine_tuning/alpha/graders/validate',
        'GET /files',
        'POST /files',
        'GET /files/{}',
        'DELETE /files/{}',
        'GET /files/{}/content',
        'GET /models',
        'GET /models/{}',
        'DELETE /models/{}',
      ].sort(),
    );
  });

  it('documents eight errors for each of them, in the error envelope', () => {
    for (const { operation } of operationsIn(root)) {
      const name = textOf(operation['operationId']);
      const answers = Object.entries(objectOf(operation['responses']));
      const errors = answers.filter(([status]) => /^[45]/.test(status));
      expect(
        errors.map(([status]) => status),
        name,
      ).toEqual(['400', '401', '403', '404', '409', '422', '429', '500']);
      for (const [status, answer] of errors) {
        const schema = resolvePointer(follow(root, answer), '#/content/application~1json/schema');
        expect(schema, `${name} ${status}`).toEqual({ $ref: '#/components/schemas/ErrorResponse' });
      }
    }
  });

  it('has the limits of metadata, which stand in prose only, as constraints', () => {
    const limits = constraints.filter(
      ({ pointer, keyword }) => pointer.includes('/MetadataInput') && keyword.startsWith('max'),
    );
    expect(limits.map(({ keyword, value }) => [keyword, value])).toEqual([
      ['maxProperties', 16],
      ['maxLength', 512],
      ['maxLength', 64],
    ]);
  });
});

describe('the official document', () => {
  const facts: unknown = JSON.parse(readFileSync(pathOf('official-facts.json'), 'utf8'));
  if (!isOfficialFacts(facts)) throw new Error('official-facts.json holds no facts');
  const found = departures(constraints, facts.facts);
  const keyOf = (pointer: string, keyword: string, change: string): string => `${pointer} ${keyword} ${change}`;
  const known = errata.flatMap(({ id, differences }) => differences.map(([pointer, keyword, change]) => ({ id, key: keyOf(pointer, keyword, change) }))); // prettier-ignore

  it('is the one that the edition names', () => {
    expect(root['x-edition']).toMatchObject({ official: `openai/openai-openapi@${facts.source.commit}` });
    expect(facts.facts.length).toBeGreaterThan(700);
  });

  it('differs from ours only where the register says so', () => {
    const keys = new Set(known.map(({ key }) => key));
    const unknown = found
      .map(({ pointer, keyword, change }) => keyOf(pointer, keyword, change))
      .filter((key) => !keys.has(key));
    expect(unknown).toEqual([]);
  });

  it('differs from ours wherever the register says so', () => {
    const keys = new Set(found.map(({ pointer, keyword, change }) => keyOf(pointer, keyword, change)));
    expect(known.filter(({ key }) => !keys.has(key))).toEqual([]);
  });

  it('has all our components, but for those by which a registered difference says more', () => {
    const official = new Set(facts.facts.map(([pointer]) => tokensOf(pointer)[2]));
    const own = Object.keys(components).filter((name) => !official.has(name));
    const introduced = found.flatMap(({ keyword, ours }) => (keyword === '$ref' ? [tokensOf(textOf(ours))[2]] : []));
    expect(own).toEqual(introduced);
  });
});

describe('the register of errata', () => {
  const rules = rulesOf(document);

  it('has every erratum that a constraint or a rule refers to', () => {
    const standings = constraints.flatMap(({ standing }) => standing?.erratum ?? []);
    const named = [...standings, ...rules.flatMap(({ erratum }) => erratum ?? [])];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !errataIds.has(id))).toEqual([]);
  });

  it('tolerates only what is a place of an answer', () => {
    for (const { id, tolerances } of errata) {
      for (const { component, at } of tolerances) expect(memberAt(component, at), `${id} ${component}${at}`).toBe(true);
    }
  });

  it('tolerates breaking only rules that there are', () => {
    const ids = new Set<string>(rules.map((rule) => rule.id));
    const named = errata.flatMap(({ tolerances }) => tolerances.flatMap(({ rule }) => rule ?? []));
    expect(named.filter((rule) => !ids.has(rule))).toEqual([]);
  });

  it('tolerates nothing that it decides to fail in compatible mode', () => {
    const failing = errata.filter(
      ({ decision, tolerances }) => tolerances.length > 0 && decision.compatible === 'fail',
    );
    expect(failing.map(({ id }) => id)).toEqual([]);
  });
});

describe('x-constraints', () => {
  it('name keywords that stand beside them', () => {
    const idle = canonicalSchemas().flatMap(({ schema, pointer }) =>
      Object.keys(objectOf(schema['x-constraints']))
        .filter((key) => !hasConstraint(schema, key))
        .map((key) => `${pointer} ${key}`),
    );
    expect(idle).toEqual([]);
  });

  it('all reach the table of constraints', () => {
    const written = canonicalSchemas().flatMap(({ schema }) => Object.keys(objectOf(schema['x-constraints'])));
    expect(constraints.filter(({ standing }) => standing !== undefined)).toHaveLength(written.length);
    expect(written.length).toBeGreaterThan(10);
  });
});

describe('x-acceptance', () => {
  const request = objectOf(member(components, 'CreateFineTuningJobRequest'));

  it('stands on each member of create', () => {
    const without = Object.entries(objectOf(request['properties'])).filter(
      ([, schema]) => acceptanceOf(schema) === undefined,
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('is any, pool or free, and a pool is named', () => {
    for (const { schema, pointer } of schemas) {
      const acceptance = schema['x-acceptance'];
      if (acceptance === undefined) continue;
      expect(['any', 'pool', 'free'], pointer).toContain(acceptance);
      expect(schema['x-pool'] !== undefined, pointer).toBe(acceptance === 'pool');
    }
  });

  it('is narrowed only where it is any, and to something that the schema allows', () => {
    for (const { schema, pointer } of schemas) {
      if (schema['x-accept-pattern'] === undefined && schema['x-accept-max-items'] === undefined) continue;
      expect(schema['x-acceptance'], pointer).toBe('any');
      const types = [schema['type'] ?? []].flat();
      expect(types, pointer).toContain(schema['x-accept-pattern'] === undefined ? 'array' : 'string');
    }
  });

  it('has a condition that holds for a minimal body', () => {
    expect(listOf(request['x-acceptance-when']).length).toBeGreaterThan(0);
  });
});

describe('x-pools', () => {
  /** What the profile or the run itself provides. */
  const PROVIDED = ['model', 'grader-model', 'training-file', 'validation-file'];
  const pools = objectOf(root['x-pools']);
  const named = new Set(
    schemas.flatMap(({ schema }) => (typeof schema['x-pool'] === 'string' ? [schema['x-pool']] : [])),
  );

  it('are there for each schema that draws from one', () => {
    expect([...named].filter((name) => !PROVIDED.includes(name) && listOf(member(pools, name)).length === 0)).toEqual(
      [],
    );
  });

  it('are all drawn from', () => {
    expect(Object.keys(pools).filter((name) => !named.has(name))).toEqual([]);
  });
});

it('extensions are those that the head of the contract explains', () => {
  const head = readFileSync(pathOf('fine-tuning.openapi.yaml'), 'utf8').split(/^openapi:/m)[0] ?? '';
  const explained = new Set(head.match(/x-[a-z-]+/g));
  const used = [...placesIn({ kind: 'document', value: root, pointer: '#' })].flatMap(({ value }) =>
    Object.keys(objectOf(value)),
  );
  const unknown = used.filter(
    (name) => name.startsWith('x-') && !['x-edition', 'x-pool'].includes(name) && !explained.has(name),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

it('generated/current is what the contract and the register give', async () => {
  const [current] = contractsIn(pathOf('.'));
  if (!current) throw new Error('no contract');
  const { files } = await compileContract(current);
  expect(driftOf(pathOf('../generated/current'), files)).toEqual([]);
});

/** Every schema of the canonical components. */
function canonicalSchemas(): { schema: JsonObject; pointer: string }[] {
  return [...schemasIn({ components: { schemas: components } })];
}

function hasConstraint(schema: JsonObject, key: string): boolean {
  const [keyword = '', name] = key.split('/');
  return name === undefined ? Object.hasOwn(schema, keyword) : listOf(schema[keyword]).includes(name);
}

/** The mark of a schema, or of what it refers to; a union may mark its branches instead. */
function acceptanceOf(schema: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(schema)) return undefined;
  if (schema['x-acceptance'] !== undefined) return schema['x-acceptance'];
  const target = follow({ components: { schemas: components } }, schema);
  if (target !== schema) return acceptanceOf(target);
  const parts = [
    ...listOf(schema['oneOf']),
    ...listOf(schema['anyOf']),
    ...Object.values(objectOf(schema['properties'])),
  ];
  return parts.length > 0 && parts.every((part) => acceptanceOf(part) !== undefined) ? 'of its parts' : undefined;
}

/** True where a pointer into an object leads to a member that its schema knows. */
function memberAt(component: string, pointer: string): boolean {
  let places: JsonValue[] = [member(components, component) ?? null];
  for (const token of tokensOf(pointer)) {
    places = places.flatMap(alternatives).flatMap((schema) => member(objectOf(schema)['properties'], token) ?? []);
  }
  return places.length > 0;
}

function alternatives(schema: JsonValue): JsonValue[] {
  const target = follow({ components: { schemas: components } }, schema);
  const { oneOf, anyOf, allOf } = objectOf(target);
  return [target, ...[oneOf, anyOf, allOf].flatMap((list) => listOf(list).flatMap(alternatives))];
}
