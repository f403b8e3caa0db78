import { describe, expect, it } from 'vitest';
import { pools } from '#generated/current/schemas.ts';
import { bind, methodOf, poolValue, poolValues } from './pools.ts';

const BINDINGS = { model: 'm-1', graderModel: 'g-1', trainingFile: 'file-t', validationFile: 'file-v' };

describe('a pool', () => {
  it('of models and files holds a placeholder', () => {
    expect(poolValues('model')).toEqual(['${model}']);
    expect(poolValue('training-file')).toBe('${training_file}');
    expect(poolValue('validation-file')).toBe('${validation_file}');
    expect(poolValue('grader-model')).toBe('${grader_model}');
  });

  it('of the contract holds what the contract lists', () => {
    for (const [name, values] of Object.entries(pools)) {
      expect(values.length).toBeGreaterThan(0);
      expect(
        ['model', 'training-file', 'validation-file', 'grader-model'].includes(name) ? values : poolValues(name),
      ).toEqual(values);
    }
  });

  it('that nobody knows is an error', () => expect(() => poolValues('nonsense')).toThrow('no values in pool nonsense'));
});

describe('binding', () => {
  it('replaces placeholders wherever they stand, and nothing else', () => {
    const template = {
      model: '${model}',
      files: ['${training_file}', '${validation_file}'],
      grader: { model: '${grader_model}' },
      seed: 7,
      text: 'a ${model}',
      none: null,
    };
    expect(bind(template, BINDINGS)).toEqual({
      model: 'm-1',
      files: ['file-t', 'file-v'],
      grader: { model: 'g-1' },
      seed: 7,
      text: 'a ${model}',
      none: null,
    });
  });

  it('replaces them in a body that stands in text', () => {
    const body = { model: '${model}', suffix: 'a ${model}', seed: 7 };
    expect(bind(JSON.stringify(body), BINDINGS)).toBe('{"model":"m-1","suffix":"a ${model}","seed":7}');
  });

  it('leaves the template alone', () => {
    const template = { model: '${model}' };
    bind(template, BINDINGS);
    expect(template).toEqual({ model: '${model}' });
  });

  it('keeps a member called __proto__', () => {
    const template = JSON.parse('{"metadata":{"__proto__":"${model}"}}') as never;
    expect(JSON.stringify(bind(template, BINDINGS))).toBe('{"metadata":{"__proto__":"m-1"}}');
  });
});

describe('the method of a payload', () => {
  it.each([
    [{}, 'supervised'],
    [{ method: { type: 'dpo' } }, 'dpo'],
    [{ method: { type: 'reinforcement' } }, 'reinforcement'],
    [{ method: { type: 'other' } }, 'supervised'],
    [{ method: 'dpo' }, 'supervised'],
  ])('%j is %s', (payload, method) => expect(methodOf(payload)).toBe(method));
});
