import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { bind } from './pools.ts';
import { templateOf } from './templates.ts';

const BINDINGS = {
  model: 'gpt-4o-mini',
  graderModel: 'gpt-4o',
  trainingFile: 'file-1',
  validationFile: 'file-2',
} as const;

describe('the template of a payload', () => {
  it('holds placeholders for what is the target’s, and is bound to the payload again', () => {
    const payload: JsonObject = {
      model: 'gpt-4o-mini',
      training_file: 'file-1',
      validation_file: 'file-2',
      method: { type: 'reinforcement', reinforcement: { grader: { type: 'score_model', model: 'gpt-4o' } } },
    };
    const template = templateOf(payload, BINDINGS);
    expect(template).toMatchObject({ model: '${model}', training_file: '${training_file}' });
    expect(JSON.stringify(template)).toContain('"model":"${grader_model}"');
    expect(bind(template, BINDINGS)).toEqual(payload);
  });

  it('leaves alone what only looks alike', () => {
    const payload = { model: 'other', training_file: 'file-2', suffix: 'file-1', metadata: { model: 'gpt-4o-mini' } };
    expect(templateOf(payload, BINDINGS)).toEqual(payload);
  });

  it('takes the model of a grader for one wherever it stands, and nothing else that is called the same', () => {
    const payload: JsonObject = { model: 'other', suffix: 'gpt-4o', list: [{ model: 'gpt-4o', name: 'gpt-4o' }, 'gpt-4o', null] };
    expect(templateOf(payload, BINDINGS)).toEqual({
      ...payload,
      list: [{ model: '${grader_model}', name: 'gpt-4o' }, 'gpt-4o', null],
    });
  }); // prettier-ignore

  it('is made of a body of ten thousand levels, too', () => {
    let deep: JsonValue = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(templateOf({ model: 'gpt-4o-mini', metadata: deep }, BINDINGS)).toMatchObject({ model: '${model}' });
  });
});
