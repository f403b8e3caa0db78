import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../contract/json.ts';
import { at } from '../contract/json.ts';
import { cleanBases } from './bases.ts';
import { alone, legalValues, objectPlaces } from './legal-values.ts';

const valuesOf = (pointer: string): JsonValue[] =>
  legalValues().flatMap(({ at: place, value }) => (place === pointer ? [value] : []));

describe('legal extremes', () => {
  it('of a number are its ends, an open one as close as makes sense, and what lies between', () => {
    expect(valuesOf('/seed')).toEqual([0, 2_147_483_647, 3, null]);
    expect(valuesOf('/hyperparameters/n_epochs')).toEqual(['auto', 1, 50, 3]);
    expect(valuesOf('/hyperparameters/learning_rate_multiplier')).toEqual(['auto', 0.00001, 1.5, 0.1]);
  });

  it('of text are the shortest and the longest, in letters of two bytes too where any are allowed', () => {
    const [shortest, longest, plain, none] = valuesOf('/suffix');
    expect([shortest, longest, plain, none]).toEqual(['a', 'a'.repeat(64), 'a-1', null]);
    expect(valuesOf('/metadata/first')).toEqual(['', 'a'.repeat(512), '\u00e9'.repeat(512), '\u4e2d\ud83d\ude80 <b>"&"</b> %41']);
  }); // prettier-ignore

  it('of a map are none, as many as may be, and the longest key', () => {
    const [empty, full, longest, wide, hostile] = valuesOf('/metadata').map((map) => Object.keys(map ?? {}));
    expect(empty).toEqual([]);
    expect(full).toHaveLength(16);
    expect(longest).toEqual(['k'.repeat(64)]);
    expect(wide).toEqual(['\u00e9'.repeat(64)]);
    expect(hostile).toContain('constructor');
    expect(valuesOf('/metadata').at(-1)).toBeNull();
  });

  it('of what is reviewed are the reviewed texts, and null where that is allowed', () => {
    expect(valuesOf('/model')).toEqual(['${model}']);
    expect(valuesOf('/validation_file')).toEqual(['${validation_file}', null]);
    expect(valuesOf('/integrations/0/wandb/project').length).toBeGreaterThan(1);
  });

  it('of a list are none, but not inside a grader, where none means nothing', () => {
    expect(valuesOf('/integrations')).toEqual([[], null]);
    expect(valuesOf('/method/reinforcement/grader/labels')).not.toContainEqual([]);
  });

  it('stand where a body of some base has a place for them, multi graders apart', () => {
    const places = objectPlaces().flatMap(({ at: place }) => (place.includes('/graders/') ? [] : [place]));
    const live = cleanBases().flatMap(({ template }) => places.filter((place) => at(template, place) !== undefined));
    expect(places).toContain('/hyperparameters');
    expect(places).not.toContain('/model');
    expect(places.filter((place) => !live.includes(place))).toEqual([]);
  });
});

describe('an object alone', () => {
  const none = (): readonly JsonValue[] => [];

  it('has nothing but what is required, or one optional member beside that with each of its values', () => {
    const schema = { type: 'object', required: ['type'] };
    const values = (member: string): readonly JsonValue[] => (member === 'a' ? [null, 9] : []);
    expect(alone({ type: 't', a: 1, b: 2 }, schema, values)).toEqual([
      { type: 't' },
      { type: 't', a: 1 },
      { type: 't', a: null },
      { type: 't', a: 9 },
      { type: 't', b: 2 },
    ]);
  });

  it('is not shown empty where nothing is required: that is an extreme of its own', () =>
    expect(alone({ a: 1 }, { type: 'object' }, none)).toEqual([{ a: 1 }]));

  it('is no list, text or null', () => {
    for (const value of [null, [], 'text', 7]) expect(alone(value, { type: 'object' }, none)).toEqual([]);
  });
});
