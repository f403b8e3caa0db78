import { describe, expect, it } from 'vitest';
import { sequencesOf } from './generate.ts';
import { jobIn, numbered, parseStep, type Step, stepText } from './step.ts';

describe('steps in words', () => {
  it('are read back as the steps that they were', () => {
    const steps = sequencesOf(3, 500).flat();
    expect(steps.map((step) => parseStep(stepText(step)))).toEqual(steps);
    expect(new Set(steps.map((step) => step.do)).size).toBe(18);
  });

  it.each(['', 'retrieve job a', 'retrieve job AB', 'list jobs, 0 a page', 'list jobs, 101 a page', 'create job A: sft, data good', 'GET /v1/files', 'retrieve job A; cancel job B'])(
    'are nothing where they say %s',
    (text) => expect(parseStep(text)).toBeUndefined(),
  ); // prettier-ignore

  it('are told as a numbered list', () => {
    expect(numbered(['create job A: dpo, data own', 'cancel job A'])).toBe(
      '1. create job A: dpo, data own\n2. cancel job A',
    );
  });
});

describe('random sequences', () => {
  it('follow from the seed, and more commands leave the first ones as they are', () => {
    expect(sequencesOf(5, 200)).toEqual(sequencesOf(5, 200));
    expect(sequencesOf(5, 400).slice(0, 4)).toEqual(sequencesOf(5, 200));
    expect(sequencesOf(6, 200)).not.toEqual(sequencesOf(5, 200));
  });

  it('name no job before it is made, and make at most twelve in 200 commands', () => {
    const isMade = (steps: readonly Step[], at: number): boolean =>
      steps.slice(0, at).some((one) => one.do === 'create' && one.job === jobIn(steps[at] ?? one));
    for (const steps of sequencesOf(1, 200)) {
      const dangling = steps.filter(
        (step, at) => step.do !== 'create' && jobIn(step) !== undefined && !isMade(steps, at),
      );
      expect(dangling).toEqual([]);
    }
    const creates = sequencesOf(1, 200)
      .flat()
      .filter((step) => step.do === 'create');
    expect(creates.length).toBe(12);
  });
});
