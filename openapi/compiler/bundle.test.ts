// One self-contained document of the fine-tuning part.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from './bundle.ts';
import { type JsonObject, type JsonValue, resolvePointer } from './json.ts';
import { parseText, readDocument } from './read-document.ts';
import { CREATE, documentOf, jsonOf, type Parts, refTo } from './testing/documents.ts';
import { faultOf, folderWith } from './testing/faults.ts';

const rootOf = (parts: Parts): JsonObject => bundle(documentOf(parts)).document.root;
const at = (root: JsonObject, pointer: string): JsonValue | undefined => resolvePointer(root, pointer);
const schemas = (root: JsonObject) => Object.keys(at(root, '#/components/schemas') as JsonObject);
const faultIn = (parts: Parts) => faultOf(() => bundle(documentOf(parts)));

describe('what is kept', () => {
  it('is the fine-tuning part, and what it reaches, in the order of the document', () => {
    const root = rootOf({
      schemas: { B: refTo('A'), A: { type: 'string' } },
      paths: { '/chat': { get: { responses: { '200': { description: '', content: jsonOf(refTo('Chat')) } } } } },
      operation: { requestBody: { content: jsonOf(refTo('B')) } },
      root: { webhooks: { done: {} } },
    });
    expect(Object.keys(at(root, '#/paths') as JsonObject)).toEqual(['/fine_tuning/jobs']);
    expect(schemas(root)).toEqual(['B', 'A']);
    expect(root['webhooks']).toBeUndefined();
  });

  it('is not what nothing refers to, but for the error envelope', () => {
    const operation = { requestBody: { content: jsonOf({ type: 'object' }) } };
    expect(
      schemas(rootOf({ operation, schemas: { Unused: {}, ErrorResponse: refTo('Problem'), Problem: {} } })),
    ).toEqual(['ErrorResponse', 'Problem']);
  });

  it('needs a path of the API', async () => {
    const source = parseText('{"openapi": "3.1.0", "paths": {"/chat": {}}}', 'a.json');
    expect(await faultOf(() => bundle(source))).toBe(
      'a.json:1:31 #/paths: no path of the fine-tuning API is in the document; give a document that has /fine_tuning/jobs',
    );
  });
});

describe('a reference to a schema', () => {
  it('stays beside what is said there', () => {
    const body = { ...refTo('A'), description: 'mine', properties: { a: refTo('A') } };
    const root = rootOf({ schemas: { A: {} }, operation: { requestBody: { content: jsonOf(body) } } });
    expect(at(root, `${CREATE}/requestBody/content/application~1json/schema`)).toEqual(body);
  });

  it('to a place deep in the document makes a component of it, and logs that', () => {
    const source = documentOf({
      schemas: { A: { properties: { b: { type: 'integer' } } }, C: { $ref: '#/components/schemas/A/properties/b' } },
    });
    const { document, edits } = bundle(source);
    expect(at(document.root, '#/components/schemas/C')).toEqual(refTo('A_b'));
    expect(at(document.root, '#/components/schemas/A_b')).toEqual({ type: 'integer' });
    expect(edits).toEqual([
      { pointer: '#/components/schemas/A/properties/b', keyword: '$ref', edit: 'became the component A_b' },
    ]);
  });

  it('to a name that cannot be exported gets one that can', () => {
    const { document, edits } = bundle(documentOf({ schemas: { 'a.b-c': {}, class: {}, a_b_c: {} } }));
    expect(schemas(document.root)).toEqual(['a_b_c_2', 'class_', 'a_b_c']);
    expect(edits.map(({ edit }) => edit)).toEqual(['is exported as a_b_c_2', 'is exported as class_']);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'to a schema called %s reaches that schema',
    (name) => {
      const named = JSON.parse(`{"${name}": {"type": "integer"}}`) as JsonObject;
      const { root } = bundle(documentOf({ schemas: named })).document;
      const [only = ''] = schemas(root);
      expect(only).not.toBe(name);
      expect(at(root, `#/components/schemas/${only}`)).toEqual({ type: 'integer' });
    },
  );

  it('to itself by way of others ends', () => {
    const root = rootOf({ schemas: { A: { properties: { b: refTo('B') } }, B: { items: refTo('A') } } });
    expect(schemas(root)).toEqual(['A', 'B']);
  });

  it('in an example, a default or an extension is data', () => {
    const data = { $ref: 'https://vendor.example/x' };
    const schema = { type: 'object', default: data, examples: [data], enum: [data], 'x-note': data };
    expect(at(rootOf({ schemas: { A: schema } }), '#/components/schemas/A')).toEqual(schema);
  });

  it('is not what a member called $ref is', () => {
    const schema = { type: 'object', properties: { $ref: { type: 'string' } } };
    expect(at(rootOf({ schemas: { A: schema } }), '#/components/schemas/A')).toEqual(schema);
  });
});

describe('a reference to a parameter, a body or an answer', () => {
  const responses = { R: { description: 'r', content: jsonOf(refTo('A')) } };

  it('stays one where it names a component', () => {
    const root = rootOf({
      schemas: { A: {} },
      components: { responses },
      operation: { responses: { '200': { $ref: '#/components/responses/R' } } },
    });
    expect(at(root, `${CREATE}/responses/200`)).toEqual({ $ref: '#/components/responses/R' });
    expect(at(root, '#/components/responses/R')).toEqual(responses.R);
  });

  it('goes straight to the end of a chain', () => {
    const root = rootOf({
      schemas: { A: {} },
      components: { responses: { ...responses, Q: { $ref: '#/components/responses/R' } } },
      operation: { responses: { '200': { $ref: '#/components/responses/Q' } } },
    });
    expect(at(root, `${CREATE}/responses/200`)).toEqual({ $ref: '#/components/responses/R' });
    expect(at(root, '#/components/responses')).toEqual(responses);
  });

  it('is replaced by what it names elsewhere', () => {
    const root = rootOf({
      operation: {
        parameters: [{ name: 'a', in: 'query' }],
        responses: { '200': { description: 'x' }, '201': { $ref: `${CREATE}/responses/200` } },
      },
      paths: { '/files': { $ref: '#/paths/~1fine_tuning~1jobs' } },
    });
    expect(at(root, `${CREATE}/responses/201`)).toEqual({ description: 'x' });
    expect(at(root, '#/paths/~1files/post/parameters/0/name')).toBe('a');
  });

  it.each([
    ['a chain', { A: { $ref: '#/components/responses/B' }, B: { $ref: '#/components/responses/A' } }],
    ['one', { A: { $ref: '#/components/responses/A' } }],
  ])('that comes back to itself is refused: %s', async (_, cyclic) => {
    const operation = { responses: { '200': { $ref: '#/components/responses/A' } } };
    expect(await faultIn({ components: { responses: cyclic }, operation })).toContain('comes back to itself');
  });

  it('that holds itself is refused', async () => {
    const headers = {
      H: { content: { 'a/b': { encoding: { e: { headers: { I: { $ref: `${CREATE}/responses/200/headers/H` } } } } } } },
    };
    const operation = { responses: { '200': { description: '', headers } } };
    expect(await faultIn({ operation })).toContain('comes back to itself');
  });
});

describe('a reference is refused', () => {
  it.each([
    ['that dangles', '#/components/schemas/Gone', 'points to nothing'],
    ['to something else than a schema', '#/info', 'points to something that is no schema'],
    ['to a parameter', '#/components/parameters/P', 'points to something that is no schema'],
    ['to text', '#/info/title', 'points to something that is no schema'],
    ['over the network', 'https://vendor.example/a.json', 'is a URL'],
  ])('%s', async (_, $ref, complaint) => {
    const parts = { schemas: { A: { $ref } }, components: { parameters: { P: { name: 'p', in: 'query' } } } };
    const message = await faultIn(parts);
    expect(message).toContain(`$ref "${$ref}" ${complaint}`);
    expect(message).toMatch(/^small\.json:\d+:\d+ #\/components\/schemas\/A: /);
  });

  it('that is no text', async () => {
    expect(await faultIn({ schemas: { A: { $ref: 1 } } })).toContain('#/components/schemas/A: $ref is no text');
  });

  it('from an answer to something else', async () => {
    const operation = { responses: { '200': { $ref: '#/components/schemas/A' } } };
    expect(await faultIn({ schemas: { A: {} }, operation })).toContain('points to something that is no response');
  });

  it('where a chain of them leads too deep', async () => {
    const link = (index: number) => ({
      content: {
        'a/b': { encoding: { e: { headers: { n: { $ref: `${CREATE}/responses/200/headers/h${index + 1}` } } } } },
      },
    });
    const headers = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`h${index}`, link(index)]));
    const operation = { responses: { '200': { description: '', headers: { ...headers, h400: {} } } } };
    expect(await faultIn({ operation })).toContain('the references expand to more than 250 levels');
  });

  it('where they multiply', async () => {
    const encoding = (index: number) => Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { headers: { n: { $ref: `${CREATE}/responses/200/headers/h${index + 1}` } } }])); // prettier-ignore
    const headers = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`h${index}`, { content: { 'a/b': { encoding: encoding(index) } } }])); // prettier-ignore
    const operation = { responses: { '200': { description: '', headers: { ...headers, h12: {} } } } };
    expect(await faultIn({ operation })).toContain('the references expand to more than 200000 parts');
  });
});

describe('other files', () => {
  const main = (schema: string) => `openapi: 3.1.0
paths:
  /files:
    get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '${schema}' } } } } } }
`;

  it('give components that are named after them', () => {
    const folder = folderWith({
      'main.yaml': main('schemas/File.yaml'),
      'schemas/File.yaml': 'type: object\nproperties: { a: { $ref: "parts.yaml#/definitions/Part" } }',
      'schemas/parts.yaml': 'definitions: { Part: { type: string } }',
    });
    const { document, edits } = bundle(readDocument(join(folder, 'main.yaml')));
    expect(document.root['components']).toEqual({
      schemas: { File: { type: 'object', properties: { a: refTo('Part') } }, Part: { type: 'string' } },
    });
    expect(edits.map(({ edit }) => edit)).toEqual(['became the component File', 'became the component Part']);
    expect(document.locate('#/components/schemas/Part/type')).toBe(
      `${join(folder, 'schemas/parts.yaml')}:1:30 #/definitions/Part/type`,
    );
  });

  it('that are OpenAPI documents are held to its kinds, too', async () => {
    const folder = folderWith({ 'main.yaml': main('b.yaml#/info'), 'b.yaml': 'openapi: 3.1.0\ninfo: {}' });
    expect(await faultOf(() => bundle(readDocument(join(folder, 'main.yaml'))))).toContain('that is no schema');
  });
});

it('finds the line of what stayed where it was', () => {
  const source = documentOf({ schemas: { A: { type: 'string' } } });
  for (const pointer of [CREATE, '#/components/schemas/A/type']) {
    expect(bundle(source).document.locate(pointer)).toBe(source.locate(pointer));
  }
});

it('finds the line of what was brought to another place', () => {
  const { document } = bundle(documentOf({ schemas: { 'a-b': { type: 'string' } } }));
  expect(document.locate('#/components/schemas/a_b/type')).toMatch(/ #\/components\/schemas\/a-b\/type$/);
});
