// The walks over a document.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { kindAt, mapParts, mapSchema, mapSchemas, placesIn, schemasIn } from './openapi-structure.ts';

const root: JsonObject = {
  paths: {
    'x-note': { get: { parameters: [{ schema: { title: 'no path' } }] } },
    '/a': {
      parameters: [{ schema: { title: 'of a path' } }],
      get: {
        parameters: [{ content: { 'text/plain': { schema: { title: 'in a content' } } } }],
        requestBody: {
          content: {
            'a/b': { schema: { title: 'body' }, encoding: { f: { headers: { H: { schema: { title: 'deep' } } } } } },
          },
        },
        responses: {
          'x-note': { content: { 'a/b': { schema: { title: 'no answer' } } } },
          default: {
            headers: { 'x-rate': { schema: { title: 'header' } } },
            content: { example: { schema: { title: 'answer' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      'x-odd': { title: 'named x-', example: { schema: { title: 'no' } }, properties: { schema: { title: 'member' } } },
    },
    examples: { e: { schema: { title: 'no' } } },
  },
};

describe('a walk', () => {
  it('finds every schema and nothing that merely looks like one', () => {
    const titles = [...schemasIn(root)].map(({ schema }) => schema['title']);
    expect(titles.sort()).toEqual([
      'answer',
      'body',
      'deep',
      'header',
      'in a content',
      'member',
      'named x-',
      'of a path',
    ]);
  });

  it('gives each place a pointer that says of what kind it is', () => {
    for (const { kind, pointer } of placesIn({ kind: 'document', value: root, pointer: '#' })) {
      expect(kindAt(pointer), pointer).toBe(kind);
    }
  });

  it('passes over what has another shape', () => {
    const odd = { kind: 'document', value: { paths: [1], components: 'x' }, pointer: '#' } as const;
    expect([...placesIn(odd)].map(({ kind }) => kind)).toEqual(['document', 'components']);
  });
});

describe('kindAt', () => {
  it.each([
    ['#', 'document'],
    ['#/components/schemas/constructor', 'schema'],
    ['#/components/schemas/A/properties/a/items', 'schema'],
    ['#/components/schemas/A/allOf/0', 'schema'],
    ['#/paths/~1a/get/responses/200', 'response'],
    ['#/components/schemas', undefined],
    ['#/components/examples/e', undefined],
    ['#/info', undefined],
    ['#/paths/~1a/get/constructor', undefined],
  ])('%s is %s', (pointer, kind) => {
    expect(kindAt(pointer)).toBe(kind);
  });
});

describe('an edit', () => {
  it('sees the innermost schema first and leaves the rest as it is', () => {
    const seen: string[] = [];
    const copy = mapSchemas(
      { components: { schemas: { A: { items: { properties: { a: {} } }, example: {} } } }, info: {} },
      (schema, pointer) => {
        seen.push(pointer);
        return { ...schema, seen: true };
      },
    );
    expect(seen).toEqual(['/items/properties/a', '/items', ''].map((tail) => `#/components/schemas/A${tail}`));
    expect(copy).toEqual({
      components: {
        schemas: { A: { items: { properties: { a: { seen: true } }, seen: true }, example: {}, seen: true } },
      },
      info: {},
    });
  });

  it('of parts takes true and false for the schemas that they are', () => {
    const schema = { items: true, properties: { a: false } };
    expect(mapSchema(schema, (one) => one, '')).toEqual(schema);
  });

  it('of a schema keeps members called __proto__', () => {
    const schema = JSON.parse('{"properties": {"__proto__": {"type": "string"}}}') as JsonObject;
    const copy = mapSchema(schema, (one) => one, '');
    expect(JSON.stringify(copy)).toBe(JSON.stringify(schema));
  });

  it('of parts does not touch extensions', () => {
    const edited = mapParts({ kind: 'document', value: root, pointer: '#' }, (part) => part.pointer) as JsonObject;
    expect(edited['paths']).toEqual({ 'x-note': (root['paths'] as JsonObject)['x-note'], '/a': '#/paths/~1a' });
  });
});
