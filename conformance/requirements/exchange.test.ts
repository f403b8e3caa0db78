import { describe, expect, it } from 'vitest';
import { answered, answeredText, unanswered } from '../testing/exchanges.ts';
import { jobInPath, jsonOf, statusOf, succeeded, wasRefused } from './exchange.ts';

describe('an answer', () => {
  it.each([
    [199, false, false],
    [200, true, false],
    [299, true, false],
    [300, false, false],
    [399, false, false],
    [400, false, true],
    [499, false, true],
    [500, false, false],
  ])('of status %i: succeeded %s, refused %s', (status, success, refusal) => {
    const exchange = answered({}, { status });
    expect([statusOf(exchange), succeeded(exchange), wasRefused(exchange)]).toEqual([status, success, refusal]);
  });

  it('that is no JSON has none, and one of null has null', () => {
    expect(jsonOf(answeredText('<html>'))).toBeUndefined();
    expect(jsonOf(answeredText(''))).toBeUndefined();
    expect(jsonOf(answered(null))).toBeNull();
  });
});

describe('an exchange without an answer', () => {
  it('has no status and no JSON, succeeded in nothing and was not refused', () => {
    const exchange = unanswered();
    expect([statusOf(exchange), jsonOf(exchange)]).toEqual([undefined, undefined]);
    expect([succeeded(exchange), wasRefused(exchange)]).toEqual([false, false]);
  });
});

describe('the job that a request names', () => {
  it.each([
    ['/fine_tuning/jobs/ftjob-1/cancel', 'ftjob-1'],
    ['/fine_tuning/jobs/ftjob-1/events?limit=1&after=/x/y', 'ftjob-1'],
    ['/fine_tuning/jobs/ft%20job/pause', 'ft job'],
  ])('in %s is %s', (path, id) => expect(jobInPath(answered({}, { path }))).toBe(id));
});
