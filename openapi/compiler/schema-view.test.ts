// Schemas that allow the same values look the same.
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from './json.ts';
import { isFreeForm, SchemaReader } from './schema-view.ts';
import { refTo } from './testing/documents.ts';

function viewOf(schema: JsonValue, schemas: JsonObject = {}) {
  const reader = new SchemaReader({ components: { schemas } });
  return reader.view(reader.canonical(schema));
}
const text = { type: 'string' };

describe('a view', () => {
  it('follows references and merges what holds together', () => {
    const view = viewOf(
      { allOf: [refTo('A'), { required: ['b'], properties: { a: { maxLength: 3 } } }] },
      {
        A: { type: 'object', required: ['a'], properties: { a: text } },
      },
    );
    expect([...view.types]).toEqual(['object']);
    expect([...view.required]).toEqual(['a', 'b']);
    expect([...view.properties]).toEqual([['a', { allOf: [text, { maxLength: 3 }] }]]);
  });

  it('of types that exclude each other is never satisfied', () => {
    expect(viewOf({ allOf: [text, { type: 'integer' }] }).never).toBe(true);
    expect(viewOf({ allOf: [text, false] }).never).toBe(true);
    expect([...viewOf({ allOf: [{ type: 'number' }, { type: 'integer' }] }).types]).toEqual(['integer']);
  });

  it('tells a type that is said from one that follows', () => {
    expect(viewOf({ properties: {} })).toMatchObject({ types: new Set(['object']), typeSaid: false });
    expect(viewOf({ type: 'object' }).typeSaid).toBe(true);
  });

  it('of enums that hold together is what they share', () => {
    expect(viewOf({ allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }).values).toEqual(new Set(['"b"']));
  });

  it('of true allows anything, of false nothing', () => {
    expect(viewOf(true)).toMatchObject({ never: false, nullable: true });
    expect(viewOf(false)).toMatchObject({ never: true, nullable: false });
  });
});

describe('null', () => {
  it.each<[JsonObject, boolean]>([
    [{ type: ['string', 'null'] }, true],
    [{ anyOf: [text, { type: 'null' }] }, true],
    [refTo('Nullable'), true],
    [{ allOf: [refTo('Nullable')] }, true],
    [{ allOf: [true, refTo('Nullable')] }, true],
    [{ allOf: [false, refTo('Nullable')] }, false],
    [{ allOf: [refTo('Nullable'), refTo('Text')] }, false],
    [{ oneOf: [refTo('Nullable'), { type: 'integer' }] }, true],
    [text, false],
    [{ enum: ['a'] }, false],
  ])('of %j: %s', (schema, nullable) => {
    expect(viewOf(schema, { Nullable: { type: ['string', 'null'] }, Text: text }).nullable).toBe(nullable);
  });
});

describe('unions', () => {
  it('are flat, each branch with what stands beside the union', () => {
    const view = viewOf({ minLength: 1, oneOf: [text, { anyOf: [{ type: 'integer' }, { type: 'boolean' }] }] });
    expect(view.branches).toEqual([{ allOf: [text, { minLength: 1 }] }, { allOf: [{ type: 'integer' }, { minLength: 1 }] }, { allOf: [{ type: 'boolean' }, { minLength: 1 }] }]); // prettier-ignore
  });

  it('of several types are branches too', () => {
    expect(viewOf({ type: ['string', 'integer'] }).branches).toEqual([{ type: 'string' }, { type: 'integer' }]);
  });

  it('of texts are one text; of any text beside an enum the enum is but known', () => {
    expect(
      viewOf({
        oneOf: [
          { ...text, enum: ['a'] },
          { ...text, enum: ['b'] },
        ],
      }).values,
    ).toEqual(new Set(['"a"', '"b"']));
    const open = viewOf({ anyOf: [text, { ...text, enum: ['gpt'] }] });
    expect([open.values, open.known]).toEqual([undefined, new Set(['"gpt"'])]);
  });

  it('a mere type beside one adds nothing', () => {
    expect(viewOf({ type: 'object', oneOf: [refTo('A'), refTo('B')] }, { A: { type: 'object' }, B: { type: 'object' } }).branches).toEqual([refTo('A'), refTo('B')]); // prettier-ignore
  });

  it('without end are left as they are written', () => {
    const wide = { anyOf: Array.from({ length: 15 }, (_, index) => ({ type: 'object', required: [`r${index}`] })) };
    const schemas = {
      W: wide,
      X: { anyOf: Array.from({ length: 15 }, () => ({ allOf: [refTo('W'), { minProperties: 1 }] })) },
    };
    expect(viewOf(refTo('X'), schemas).branches.length).toBeLessThanOrEqual(200);
  });
});

it('a component is read once, and an unknown one allows anything', () => {
  const reader = new SchemaReader({ components: { schemas: { A: text } } });
  expect(reader.view(reader.component('A'))).toBe(reader.view(reader.component('A')));
  expect([reader.component('Gone'), reader.component('constructor')]).toEqual([true, true]);
  const inline: JsonObject = { type: 'string', title: 't' };
  expect(reader.canonical(inline)).toBe(reader.canonical(inline));
});

it('an object of which nothing is said is free-form', () => {
  expect(isFreeForm(viewOf({ type: 'object' }))).toBe(true);
  const formed: JsonObject[] = [{ required: ['a'] }, { properties: { a: true } }, { additionalProperties: false }];
  for (const schema of formed) {
    expect(isFreeForm(viewOf({ type: 'object', ...schema })), JSON.stringify(schema)).toBe(false);
  }
});
