import { describe, expect, it } from 'vitest';
import { Budget, BudgetExhausted } from './budget.ts';

const LIMITS = { requests: 3, jobs: 2, seconds: 10 };

function stopped(action: () => void): BudgetExhausted {
  try {
    action();
  } catch (error) {
    if (error instanceof BudgetExhausted) return error;
  }
  throw new Error('the budget did not stop it');
}

describe('a budget of requests', () => {
  it('lets exactly as many pass as it has', () => {
    const budget = new Budget(LIMITS, () => 0);
    for (let sent = 0; sent < 3; sent += 1) budget.spendRequest();
    expect(stopped(() => budget.spendRequest())).toMatchObject({
      budget: 'requests',
      message: expect.stringContaining('3') as string,
    });
    expect(budget.requests).toBe(3);
    expect(budget.exhausted?.budget).toBe('requests');
  });

  it('lets clean-up pass when it is used up', () => {
    const budget = new Budget({ ...LIMITS, requests: 0 }, () => 0);
    stopped(() => budget.spendRequest());
    budget.spendRequest(true);
    expect(budget.requests).toBe(1);
  });
});

describe('a budget of jobs', () => {
  it('is spent by jobs that were made, not by creates that were refused', () => {
    const budget = new Budget(LIMITS, () => 0);
    budget.reserveJob();
    budget.settleJob(false);
    expect(budget.jobsLeft).toBe(2);
    for (let made = 0; made < 2; made += 1) {
      budget.reserveJob();
      budget.settleJob(true);
    }
    expect(stopped(() => budget.reserveJob()).budget).toBe('jobs');
    expect([budget.jobs, budget.jobsLeft]).toEqual([2, 0]);
  });

  it('counts creates that are on their way: they may all be accepted', () => {
    const budget = new Budget(LIMITS, () => 0);
    budget.reserveJob();
    budget.reserveJob();
    expect(stopped(() => budget.reserveJob()).budget).toBe('jobs');
  });
});

describe('a budget of time', () => {
  it('ends when its seconds have passed, not before', () => {
    let now = 10_000;
    const budget = new Budget(LIMITS, () => now);
    budget.spendRequest();
    now = 10_001;
    expect(stopped(() => budget.spendRequest()).budget).toBe('seconds');
    budget.spendRequest(true);
  });
});

describe('a budget that ran out', () => {
  it('tells what ran out first', () => {
    const budget = new Budget({ requests: 0, jobs: 0, seconds: 10 }, () => 0);
    stopped(() => budget.reserveJob());
    stopped(() => budget.spendRequest());
    expect(budget.exhausted?.budget).toBe('jobs');
  });

  it('stops each action for its own reason', () => {
    const budget = new Budget({ requests: 0, jobs: 0, seconds: 10 }, () => 0);
    stopped(() => budget.reserveJob());
    expect(stopped(() => budget.spendRequest()).budget).toBe('requests');
  });

  it('has not run out in the beginning', () => expect(new Budget(LIMITS, () => 0).exhausted).toBeUndefined());
});
