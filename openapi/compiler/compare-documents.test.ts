// How another document differs from ours: each difference once, where it shows, and what it means there.
import { describe, expect, it } from 'vitest';
import { compareDocuments } from './compare-documents.ts';
import { describeDifferences } from './describe-difference.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { jsonOf, type Parts, refTo, rootOf } from './testing/documents.ts';

function compared(ours: Parts, theirs: Parts): string[] {
  const rows = describeDifferences(compareDocuments(rootOf(ours), rootOf(theirs)));
  return rows.map((row) => row.map((column) => column.trim()).join(' | '));
}

/** Both documents have one request and one answer with these schemas. */
function schemaDifferences(ours: JsonValue, theirs: JsonValue): string[] {
  const used = (schema: JsonValue): Parts => ({
    schemas: { A: schema },
    operation: {
      responses: { '200': { description: 'd', content: jsonOf(refTo('A')) } },
      requestBody: { content: jsonOf(refTo('A')) },
    },
  });
  return compared(used(ours), used(theirs));
}

describe('operations', () => {
  const get = (operationId: string): JsonObject => ({ get: { operationId, responses: {} } });

  it('are matched by method and path, whatever prefix and parameter names they have', () => {
    expect(compared({ paths: { '/files/{file_id}': get('a') } }, { paths: { '/v1/files/{id}/': get('b') } })).toEqual(
      [],
    );
  });

  it('that are missing break, those that are new do not', () => {
    expect(compared({ paths: { '/files': get('list') } }, { paths: { '/models': get('models') } })).toEqual([
      'breaking | GET /files | operation: list -> nothing | request of list',
      'widening | GET /models | operation: nothing -> models | request of models',
    ]);
  });

  it('with another way to prove who one is break', () => {
    const secured = (schemes: JsonObject, security: JsonValue): Parts => ({
      root: { security },
      components: { securitySchemes: schemes },
    });
    const bearer = secured({ Key: { type: 'http', scheme: 'bearer' } }, [{ Key: [] }]);
    const header = secured({ K: { type: 'apiKey', in: 'header', name: 'api-key' } }, [{ K: [] }]);
    expect(compared(bearer, header)).toEqual([
      'breaking | security | scheme: http bearer -> apiKey header api-key | request of create',
    ]);
    expect(
      compared(bearer, secured({ Other: { type: 'http', scheme: 'bearer' } }, [{ X: [] }, { Other: [] }])),
    ).toEqual([]);
    expect(compared(bearer, {})).toEqual(['widening | security | scheme: http bearer -> none | request of create']);
  });
});

describe('a difference', () => {
  it('is told once for all operations that share the schema, with what it means for each side', () => {
    expect(
      schemaDifferences(
        { properties: { a: { type: 'string', maxLength: 9 } } },
        { properties: { a: { type: 'string' } } },
      ),
    ).toEqual(['breaking | A.a | maxLength: 9 -> nothing | answer of create; request of create (widening)']);
  });

  it('is not the name of a component, nor that there is one', () => {
    const operation = (schema: JsonValue) => ({ requestBody: { content: jsonOf(schema) } });
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    expect(compared({ schemas: { A: schema }, operation: operation(refTo('A')) }, { schemas: { B: schema }, operation: operation({ allOf: [refTo('B')] }) })).toEqual([]); // prettier-ignore
    expect(
      compared({ schemas: { A: schema }, operation: operation(refTo('A')) }, { operation: operation(schema) }),
    ).toEqual([]);
  });

  it('beside a reference is told of the place that refers, not of what it refers to', () => {
    const parts = (member: JsonValue): Parts => ({
      schemas: { A: { properties: { a: member, b: refTo('T') } }, T: { type: 'string' } },
    });
    const nullable = { anyOf: [refTo('T'), { type: 'null' }] };
    expect(compared(parts(nullable), parts(refTo('T')))).toEqual([
      'breaking | A.a | null: allowed -> not allowed | request of create',
    ]);
    expect(compared(parts(refTo('T')), parts({ ...refTo('T'), default: 'x' }))).toEqual([
      'cosmetic | A.a | default: nothing -> x | request of create',
    ]);
  });

  it('in a schema that recurs is found, and comes to an end', () => {
    const tree = (leaf: JsonValue) => ({
      type: 'object',
      properties: { below: { type: 'array', items: refTo('A') }, leaf },
    });
    expect(schemaDifferences(tree({ type: 'string' }), tree({ type: 'integer' }))).toEqual([
      'breaking | A.leaf | type: string -> integer | request of create; answer of create',
    ]);
  });
});

describe('what differs in schemas', () => {
  const of = (schema: JsonObject) => ({ type: 'object', properties: { a: schema } });
  const text = { type: 'string' };
  const kind = (value: string, more: JsonObject = {}) => ({
    type: 'object',
    properties: { type: { const: value }, ...more },
  });

  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['nothing', text, { ...text, description: 'in other words', title: 't' }, []],
    ['a type', text, { type: 'array', items: text }, ['breaking | A.a | type: string -> array']],
    ['an integer that may be any number', { type: 'integer' }, { type: 'number' }, ['breaking | A.a | type: integer -> number']],
    ['a type that is not said', { type: 'object', properties: { b: text } }, { properties: { b: text } }, ['cosmetic | A.a | type: object -> nothing']],
    ['null', { type: ['string', 'null'] }, text, ['breaking | A.a | null: allowed -> not allowed']],
    ['a default', { ...text, default: 'x' }, text, ['cosmetic | A.a | default: x -> nothing']],
    ['an enum', { enum: ['a', 'b'] }, { enum: ['b', 'c'] }, ['breaking | A.a | enum: lacks a, has also c']],
    ['the order of an enum', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, []],
    ['values that are merely known', { anyOf: [text, { enum: ['a'] }] }, text, ['cosmetic | A.a | known values: lacks a']],
    ['items', { type: 'array', items: text }, { type: 'array', items: { ...text, maxLength: 1 } }, ['breaking | A.a[] | maxLength: nothing -> 1']],
    ['values of a map', { type: 'object', additionalProperties: { ...text, maxLength: 2 } }, { type: 'object', additionalProperties: text }, ['breaking | A.a.* | maxLength: 2 -> nothing']],
    ['names of a map', { type: 'object', propertyNames: { maxLength: 2 } }, { type: 'object' }, ['breaking | A.a (names) | maxLength: 2 -> nothing']],
    ['a closed object', { ...of(text), additionalProperties: false }, of(text), ['breaking | A.a | further members: not allowed -> allowed']],
    ['an object that was closed', of(text), { ...of(text), additionalProperties: false }, ['breaking | A.a | further members: allowed -> not allowed']],
    ['a required member', { ...of(text), required: ['a'] }, of(text), ['breaking | A.a.a | member: required -> optional']],
    ['a member that is missing', { type: 'object', properties: { b: text, c: text } }, { type: 'object', properties: { b: text } }, ['breaking | A.a.c | member: optional -> nothing']],
    ['a member that is new', of(text), { type: 'object', properties: { a: text, b: text } }, ['widening | A.a.b | member: nothing -> optional']],
    ['a member that is new and required', of(text), { ...of(text), required: ['b'] }, ['breaking | A.a.b | member: optional -> required']],
    ['an object without form', of(text), { type: 'object' }, ['breaking | A.a | members: lacks a']],
    ['anything at all', text, {}, ['breaking | A.a | type: string -> nothing']],
    ['a variant that is missing', { oneOf: [kind('a'), kind('b')] }, { oneOf: [kind('a'), kind('c')] }, ['breaking | A.a | variants: lacks b', 'breaking | A.a | variants: added c']],
    ['a member of a variant', { oneOf: [kind('a'), kind('b', { m: text })] }, { oneOf: [kind('b', { m: { type: 'integer' } }), kind('a')] }, ['breaking | A.a (b).m | type: string -> integer']],
    ['variants that became one object', { oneOf: [kind('a'), kind('b')] }, { type: 'object' }, ['breaking | A.a | variants: lacks a, b, has also object']],
    ['oneOf and anyOf', { oneOf: [text, { type: 'integer' }] }, { anyOf: [{ type: 'integer' }, text] }, []],
    ['a value that nothing satisfies', text, { allOf: [text, { type: 'integer' }] }, ['breaking | A.a | value: allowed -> not allowed']],
  ])('%s', (_, ours, theirs, lines) => {
    const found = schemaDifferences(of(ours), of(theirs)).map((line) => line.split(' | ').slice(0, 3).join(' | '));
    expect(found).toEqual(lines);
  }); // prettier-ignore
});

describe('parameters', () => {
  const withParameters = (...parameters: JsonObject[]): Parts => ({ operation: { parameters } });
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } };

  it.each<[string, JsonObject[], JsonObject[], string[]]>([
    ['that are missing break', [limit], [], ['breaking | query limit | parameter: optional -> nothing']],
    ['that are new do not', [], [limit], ['widening | query limit | parameter: nothing -> optional']],
    ['that are new and required do', [], [{ ...limit, required: true }], ['breaking | query limit | parameter: nothing -> required']],
    ['that become required break', [limit], [{ ...limit, required: true }], ['breaking | query limit | parameter: optional -> required']],
    ['with a tighter schema break', [limit], [{ ...limit, schema: { type: 'integer', maximum: 50 } }], ['breaking | query limit | maximum: 100 -> 50']],
    ['that are written otherwise break', [limit], [{ ...limit, style: 'deepObject', explode: true }], ['breaking | query limit | style: form, exploded -> deepObject, exploded']],
    ['whose style is only spelt out do not', [limit], [{ ...limit, style: 'form', explode: true }], []],
    ['of headers are the same in capitals', [{ name: 'x-a', in: 'header' }], [{ name: 'X-A', in: 'header' }], []],
    ['with a content are read there', [limit], [{ name: 'limit', in: 'query', content: jsonOf(limit.schema) }], []],
  ])('%s', (_, ours, theirs, lines) => {
    expect(compared(withParameters(...ours), withParameters(...theirs))).toEqual(lines.map((line) => `${line} | request of create`));
  }); // prettier-ignore

  it('of paths are matched by position', () => {
    const path = (name: string): Parts => ({ paths: { [`/files/{${name}}`]: { get: { operationId: 'get', parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }], responses: {} } } } }); // prettier-ignore
    expect(compared(path('file_id'), path('id'))).toEqual([]);
  });
});

describe('bodies and answers', () => {
  const text = { type: 'string' };
  const body = (requestBody: JsonValue): Parts => ({ operation: { requestBody } });
  const answer = (responses: JsonObject): Parts => ({ operation: { responses } });
  const content = (type: string) => ({ description: 'd', content: { [type]: { schema: text } } });

  it.each<[string, Parts, Parts, string[]]>([
    ['a body that became required', body({ content: jsonOf(text) }), body({ required: true, content: jsonOf(text) }), ['breaking | body | body: optional -> required | request of create']],
    ['a body that became optional', body({ required: true, content: jsonOf(text) }), body({ content: jsonOf(text) }), ['widening | body | body: required -> optional | request of create']],
    ['a body that is gone', body({ content: jsonOf(text) }), body(null), ['breaking | body | body: optional -> none | request of create']],
    ['another content type', answer({ '200': content('text/plain') }), answer({ '200': content('application/json') }), ['breaking | answer | content type: text/plain -> application/json | answer of create']],
    ['a charset', answer({ '200': content('text/plain') }), answer({ '200': content('Text/Plain; charset=utf-8') }), []],
    ['any content type', body(content('application/json')), body(content('*/*')), ['widening | body | content type: application/json -> */* | request of create']],
    ['a further status', answer({ '200': content('text/plain') }), answer({ '200': content('text/plain'), '201': content('text/plain') }), ['breaking | answer | status: 200 -> 200, 201 | answer of create']],
    ['another status', answer({ '200': content('text/plain') }), answer({ '201': content('text/plain') }), ['breaking | answer | status: 200 -> 201 | answer of create']],
    ['a range of statuses', answer({ '200': content('text/plain') }), answer({ '2XX': content('text/plain') }), []],
    ['nothing but a default', answer({ '200': content('text/plain') }), answer({ default: content('text/plain') }), []],
    ['errors that are not documented', answer({ '200': content('a/b'), '404': content('a/b') }), answer({ '200': content('a/b') }), ['cosmetic | errors | statuses: lacks 404 | answer of create']],
    ['errors by a default', answer({ '200': content('a/b'), '404': content('a/b') }), answer({ '200': content('a/b'), default: content('a/b') }), []],
  ])('%s', (_, ours, theirs, lines) => {
    expect(compared(ours, theirs)).toEqual(lines);
  }); // prettier-ignore

  it('errors are compared by what they hold, also by way of a range', () => {
    const error = (schema: JsonValue) => ({ description: 'd', content: jsonOf(schema) });
    const ours = answer({ '200': content('a/b'), '404': error({ type: 'string' }) });
    expect(compared(ours, answer({ '200': content('a/b'), '4XX': error({ type: 'integer' }) }))).toContain(
      'breaking | answer | type: string -> integer | answer of create',
    );
  });
});
