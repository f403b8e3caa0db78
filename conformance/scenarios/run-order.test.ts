import { describe, expect, it } from 'vitest';
import { configuredFor } from '../testing/configured.ts';
import { requirementsOf } from '../requirements/registry.ts';
import { scenariosFor } from './plan.ts';
import { isTight, runOrder } from './run-order.ts';

const ROWS = requirementsOf('current').map(({ id }) => id);
const URL = 'http://127.0.0.1:9/v1';
const plan = scenariosFor(configuredFor(URL), ROWS).map(({ id }) => id);

function orderWith(maxRequests: number): string[] {
  return runOrder(configuredFor(URL, { maxRequests }), ROWS).map(({ id }) => id);
}

describe('the order of a run', () => {
  it('is that of the plan where the budget reaches to its end', () => {
    expect(orderWith(1_000_000)).toEqual(plan);
  });

  it('goes by worth where it does not, and leaves nothing out', () => {
    expect(orderWith(200)).not.toEqual(plan);
    expect(orderWith(200).toSorted()).toEqual(plan.toSorted());
  });

  it('is tight for a budget smaller than the plan only', () => {
    expect(isTight(configuredFor(URL, { maxRequests: 200 }), ROWS)).toBe(true);
    expect(isTight(configuredFor(URL, { maxRequests: 200 }), ['graders.validate.echo'])).toBe(false);
  });

  it.each([
    ['reach', 'calibration'],
    ['calibration', 'graders'],
    ['bases', 'rules'],
    ['rules', 'faults'],
    ['bases', 'semantics'],
    ['outcomes', 'models'],
    ['rules', 'no-job-left'],
    ['faults', 'depth'],
    ['depth', 'clean-up'],
  ])('has %s before %s, which rests on it', (before, after) => {
    const order = orderWith(200);
    expect(order.indexOf(before)).toBeGreaterThanOrEqual(0);
    expect(order.indexOf(before)).toBeLessThan(order.indexOf(after));
  });
});
