import { describe, expect, it } from 'vitest';
import { operations } from '#generated/current/operations.ts';
import { CHAPTERS, capabilityOf, type Capability } from '../requirements/requirement.ts';
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
  it('are made of what is offered, once, and of nothing else', () => {
    const judged: Capability[] = [];
    const undecided = new Undecided();
    for (const one of ['pause', 'graders', 'pause'] as const) undecided.add(one, () => judged.push(one));
    undecided.settle((capability) => capability === 'pause');
    undecided.settle(() => true);
    expect(judged).toEqual(['pause', 'pause']);
  });
});
