import { describe, expect, it } from 'vitest';
import { operations } from '#generated/current/operations.ts';
import { CHAPTERS, capabilityOf, type Capability } from '../requirements/requirement.ts';
import { answeredText } from '../testing/exchanges.ts';
import { capabilityOfOperation, Undecided } from './capability.ts';

describe('what a target may do without', () => {
  it('is every operation of an optional part, and none of the core', () => {
    const parts = new Set(Object.values(operations).map(({ id }) => capabilityOfOperation(id)));
    const optional = CHAPTERS.map(capabilityOf).filter((one) => one !== 'core' && one !== 'auth');
    expect(parts).toEqual(new Set([undefined, ...optional]));
    for (const core of ['createFineTuningJob', 'cancelFineTuningJob', 'listFineTuningEvents', 'deleteFile'] as const)
      expect(capabilityOfOperation(core)).toBeUndefined();
    expect(capabilityOfOperation('undeclared')).toBeUndefined();
  });
});

describe('judgements that wait', () => {
  /** What is judged of answers with bodies of so many characters, where one part is offered. */
  function judgedOf(answers: readonly (readonly [Capability, number])[], offered: Capability): string[] {
    const judged: string[] = [];
    const undecided = new Undecided();
    for (const [capability, length] of answers) {
      const exchange = answeredText('x'.repeat(length), { status: 404 });
      undecided.add({ capability, exchange, judge: () => judged.push(`${capability} ${length}`) });
    }
    undecided.settle((capability) => capability === offered);
    undecided.settle(() => true);
    return judged;
  }

  it('are made of what is offered, once, and of nothing else', () =>
    expect(judgedOf([['pause', 1], ['graders', 2], ['pause', 3]], 'pause')).toEqual(['pause 1', 'pause 3'])); // prettier-ignore

  it('do not keep what a target floods the run with', () => {
    const flood = Array.from({ length: 9 }, (_, index) => ['pause', 1_000_000 + index] as const);
    expect(judgedOf([...flood, ['pause', 5]], 'pause')).toEqual(['pause 1000000', 'pause 1000001', 'pause 1000002', 'pause 5']);
  }); // prettier-ignore
});
