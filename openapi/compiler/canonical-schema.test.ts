// Many ways of writing, one form.
import { describe, expect, it } from 'vitest';
import { canonicalSchema } from './canonical-schema.ts';
import type { JsonObject } from './json.ts';

const text = { type: 'string' };
const none = { type: 'null' };

describe('null', () => {
  it.each<[string, JsonObject]>([
    ['a second type', { type: ['string', 'null'] }],
    ['a branch of anyOf', { anyOf: [text, none] }],
    ['a branch of oneOf', { oneOf: [none, text] }],
  ])('is a flag, whether it is written as %s', (_, schema) => {
    expect(canonicalSchema(schema)).toEqual({ type: 'string', nullable: true });
  });

  it('in an enum needs a type that lets it in', () => {
    expect(canonicalSchema({ type: ['string', 'null'], enum: ['a', null] })).toEqual({
      type: 'string',
      enum: ['a'],
      nullable: true,
    });
    expect(canonicalSchema({ enum: ['a', null] })).toEqual({ enum: ['a'], nullable: true });
    expect(canonicalSchema({ type: 'string', enum: ['a', null] })).toEqual({ type: 'string', enum: ['a'] });
    expect(canonicalSchema({ type: ['string', 'null'], enum: ['a'] })).toEqual({ type: 'string', enum: ['a'] });
  });

  it('is let in by a union only if every union of the schema lets it in', () => {
    const schema = { anyOf: [text, { type: 'integer' }, none], oneOf: [text, { type: 'integer' }] };
    expect(canonicalSchema(schema)).toEqual({ anyOf: [text, { type: 'integer' }], oneOf: schema.oneOf });
  });

  it('alone stays a type', () => {
    expect(canonicalSchema(none)).toEqual(none);
    expect(canonicalSchema({ enum: [null] })).toEqual({ enum: [null] });
    expect(canonicalSchema({ anyOf: [none] })).toEqual(none);
  });

  it('beside several types leaves the others a list', () => {
    expect(canonicalSchema({ type: ['string', 'integer', 'null'] })).toEqual({
      type: ['string', 'integer'],
      nullable: true,
    });
  });
});

it('const is an enum of one, null too', () => {
  expect(canonicalSchema({ const: 'a' })).toEqual({ enum: ['a'] });
  expect(canonicalSchema({ const: null })).toEqual({ enum: [null] });
});

describe('a union of one branch', () => {
  it('is that branch, with what stands beside it as the outer word', () => {
    expect(canonicalSchema({ allOf: [{ $ref: '#/x', default: 1, 'x-a': 1 }], default: 2, 'x-a': 2 })).toEqual({
      $ref: '#/x',
      default: 2,
      'x-a': 2,
    });
  });

  it('stays where both limit the same thing in different ways', () => {
    const schema = { maxLength: 3, anyOf: [{ maxLength: 2 }] };
    expect(canonicalSchema(schema)).toEqual(schema);
    expect(canonicalSchema({ maxLength: 2, anyOf: [{ maxLength: 2 }] })).toEqual({ maxLength: 2 });
  });

  it('within another collapses too', () => {
    expect(canonicalSchema({ oneOf: [{ anyOf: [{ allOf: [text] }] }] })).toEqual(text);
  });

  it('that is nullable stays so, whatever stands outside', () => {
    expect(canonicalSchema({ description: 'd', allOf: [{ anyOf: [text, none] }] })).toEqual({
      ...text,
      nullable: true,
    });
  });
});

it('prose is gone, extensions stay, members called like prose stay', () => {
  const schema = {
    title: 't',
    description: 'd',
    'x-pool': 'p',
    properties: { title: text, example: { ...text, example: 'e' } },
  };
  expect(canonicalSchema(schema)).toEqual({ 'x-pool': 'p', properties: { title: text, example: text } });
});

it('boolean schemas stay', () => {
  expect([true, false].map(canonicalSchema)).toEqual([true, false]);
});

it('is its own canonical form', () => {
  const schema: JsonObject = {
    anyOf: [{ type: ['string', 'null'], const: 'a' }, { type: 'integer' }],
    title: 't',
    items: { oneOf: [text, none] },
  };
  expect(canonicalSchema(canonicalSchema(schema))).toEqual(canonicalSchema(schema));
});
