// What a refused body is made smaller by, step by step, and how few bodies that takes.
import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { at, canonicalJson, type JsonObject, member } from '../contract/json.ts';
import { poolValues } from './pools.ts';
import { plainNeighbours, removals, shrink, simplifications } from './shrink.ts';

const PLAIN = { model: '${model}', training_file: '${training_file}' };
const without = (bodies: readonly JsonObject[], whole: JsonObject): string[] =>
  bodies.map((body) => Object.keys(whole).find((name) => !Object.hasOwn(body, name)) ?? '');
const tried = (fails: (body: JsonObject) => boolean): { bodies: JsonObject[]; fails: (body: JsonObject) => Promise<boolean> } => {
  const bodies: JsonObject[] = [];
  return {
    bodies,
    fails: (body) => {
      bodies.push(body);
      return Promise.resolve(fails(body));
    },
  };
}; // prettier-ignore

describe('leaving members out', () => {
  it('begins with the largest, and leaves what is required', () => {
    const body = { ...PLAIN, seed: 1, metadata: { key: 'a long value', other: 'b' }, suffix: 'four' };
    expect(without(removals(body), body)).toEqual(['metadata', 'suffix', 'seed']);
  });

  it('goes into objects, and takes no entry of a map or item of a list', () => {
    const wandb = { type: 'wandb', wandb: { project: 'p', name: 'n', tags: ['t'] } };
    const body = { ...PLAIN, metadata: { key: 'value' }, integrations: [wandb] };
    const found = removals(body).map((one) => canonicalJson(one));
    expect(found).toContain(
      canonicalJson({ ...body, integrations: [{ ...wandb, wandb: { project: 'p', tags: ['t'] } }] }),
    );
    expect(found).toContain(canonicalJson({ ...body, integrations: [{ ...wandb, wandb: { project: 'p', name: 'n' } }] })); // prettier-ignore
    expect(found).not.toContain(canonicalJson({ ...body, metadata: {} }));
    expect(found).not.toContain(canonicalJson({ ...body, integrations: [] }));
    // Without metadata, without integrations, without name, without tags.
    expect(found).toHaveLength(4);
  });

  it('keeps what a caller wants kept', () => {
    const body = { ...PLAIN, seed: 1, suffix: 'four' };
    expect(
      without(
        removals(body, (one) => member(one, 'seed') === 1),
        body,
      ).toSorted(),
    ).toEqual(['model', 'suffix', 'training_file']);
  });
});

describe('making values say less', () => {
  const values = (body: JsonObject, name: string): unknown[] => simplifications(body).map((one) => member(one, name));

  it('halves texts, by characters and not by their parts', () => {
    expect(values({ ...PLAIN, suffix: 'abcde' }, 'suffix')).toEqual(['a', 'abc', 'abcd']);
    expect(values({ ...PLAIN, metadata: { key: '😀😀' } }, 'metadata')).toEqual([{}, { key: '😀' }, { key: '😀' }, { key: '😀' }]); // prettier-ignore
    expect(values({ ...PLAIN, suffix: 'a' }, 'suffix')).toEqual([]);
  });

  it('halves whole numbers and cuts fractions, down to one', () => {
    expect(values({ ...PLAIN, seed: 9 }, 'seed')).toEqual([1, 4]);
    expect(values({ ...PLAIN, seed: 1 }, 'seed')).toEqual([]);
    // Half of it is one, and zero is no less than what it was.
    expect(values({ ...PLAIN, seed: 0 }, 'seed')).toEqual([1]);
    const rate = (value: number): JsonObject => ({ ...PLAIN, hyperparameters: { learning_rate_multiplier: value } });
    const rates = simplifications(rate(2.5)).map((one) => canonicalJson(member(one, 'hyperparameters') ?? null));
    expect(rates).toEqual(['{"learning_rate_multiplier":1}', '{"learning_rate_multiplier":2}']);
  });

  it('leaves placeholders alone: another file is another question', () => {
    expect(simplifications({ ...PLAIN, validation_file: '${validation_file}' })).toEqual([]);
  });

  it('takes entries of maps and items of lists first', () => {
    const [first] = simplifications({ ...PLAIN, metadata: { a: 'xy', b: 'z' }, suffix: 'ab' });
    expect(first).toEqual({ ...PLAIN, metadata: { b: 'z' }, suffix: 'ab' });
  });
});

describe('plain neighbours', () => {
  it('hold the text that every other body holds, where a rarer one of the same pool stood', () => {
    const project = (text: string): JsonObject => ({
      ...PLAIN,
      integrations: [{ type: 'wandb', wandb: { project: text } }],
    });
    const [plainest = '', rarer = ''] = poolValues('wandb-name');
    expect(plainNeighbours(project(rarer))).toEqual([project(plainest)]);
    expect(plainNeighbours(project(plainest))).toEqual([]);
    expect(plainNeighbours({ ...PLAIN, metadata: { other: 'a place that no base has' } })).toEqual([]);
    expect(plainNeighbours({ ...PLAIN, suffix: null, validation_file: '${validation_file}' })).toEqual([]);
  });

  it('knows numbers and words, as far as the body stays legal', () => {
    const body = { ...PLAIN, seed: 2_147_483_647, method: { type: 'dpo', dpo: { hyperparameters: { beta: 1.5 } } } };
    expect(plainNeighbours(body)).toEqual([
      { ...body, seed: 1 },
      { ...body, method: { type: 'dpo', dpo: { hyperparameters: { beta: 1 } } } },
    ]);
  });
});

describe('shrinking', () => {
  const body: JsonObject = { ...PLAIN, seed: 8, suffix: 'abcd', metadata: { a: 'b' } };
  const LONG: JsonObject = {
    ...PLAIN,
    suffix: 'a-long-suffix',
    seed: 42,
    metadata: { a: '1', b: '2', c: '3' },
    method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3, batch_size: 8 } } },
  };

  it('ends with what makes the body fail, and nothing else', async () => {
    const { fails } = tried((one) => member(one, 'seed') !== undefined);
    expect(await shrink(body, fails, { tries: 60, steps: removals })).toEqual({ ...PLAIN, seed: 8 });
  });

  it('goes by legal steps that make the body no longer', () => {
    const steps = [...removals(LONG), ...simplifications(LONG)];
    expect(steps.length).toBeGreaterThan(10);
    for (const step of steps) {
      expect(validators.AcceptableCreateRequest(step)).toBe(true);
      expect(canonicalJson(step).length).toBeLessThanOrEqual(canonicalJson(LONG).length);
    }
  });

  it('leaves out and makes plain, until what matters is left', async () => {
    const { fails } = tried((one) => at(one, '/metadata/b') !== undefined && member(one, 'seed') !== undefined);
    const steps = (one: JsonObject): JsonObject[] => [...removals(one), ...simplifications(one)];
    expect(await shrink(LONG, fails, { tries: 500, steps })).toEqual({ ...PLAIN, seed: 1, metadata: { b: '2' } });
  });

  it('gives the body back where nothing smaller fails', async () => {
    const { fails } = tried(() => false);
    expect(await shrink(body, fails, { tries: 60, steps: removals })).toEqual(body);
  });

  it('tries no body twice, and not the one that it began with', async () => {
    const { bodies, fails } = tried((one) => member(one, 'suffix') !== undefined);
    const around = (one: JsonObject): JsonObject[] => [body, ...removals(one)];
    await shrink(body, fails, { tries: 60, steps: around });
    const texts = bodies.map((one) => canonicalJson(one));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).not.toContain(canonicalJson(body));
  });

  it.each([0, 1, 2])('tries %i bodies where it may try no more, and gives back the smallest that failed', async (tries) => {
    const { bodies, fails } = tried(() => true);
    const smallest = await shrink(body, fails, { tries, steps: removals });
    expect(bodies).toHaveLength(tries);
    expect(smallest).toEqual(bodies.at(-1) ?? body);
  }); // prettier-ignore
});
