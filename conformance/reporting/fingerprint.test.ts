import { describe, expect, it } from 'vitest';
import { fingerprintOf, normalised } from './fingerprint.ts';

describe('a message without what changes from run to run', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['id "ftjob-abc" is also that of an earlier job', 'id <text> is also that of an earlier job'],
    ['seed is -1: accepted with status 200, 4xx expected', 'seed is <number>: accepted with status <number>, <number>xx expected'],
    ['no answer after 2026-11-21T16:00:00.123Z', 'no answer after <time>'],
    ['job ftjob-9vKq2 is gone', 'job <id> is gone'],
    ['ft:gpt-4o-mini:acme::8hXyz has no suffix', '<id> has no suffix'],
    ['2f6c1f7e-0b1c-4c9a-9a57-9f3f1f0e2d11 is unknown', '<id> is unknown'],
    ['"a \\"quoted\\" word" is refused', '<text> is refused'],
    ['suffix "aaaaaaaa… (cut) was sent', 'suffix <text> (cut) was sent'],
    ["the job's state is 'queued'", "the job's state is <text>"],
    ['jobs are told of: ["ftjob-1","ftjob-2"]', 'jobs are told of: <json>'],
    ['metadata was {"a":{"b":[1,2]}} and is null', 'metadata was <json> and is null'],
    ['metadata was {"a":{"b":1},"long":"xxx… and is null', 'metadata was <json> and is null'],
  ]; // prettier-ignore
  it.each(cases)('%s', (message, expected) => {
    expect(normalised(message)).toBe(expected);
  });

  it('takes no more than a moment for the worst of messages', () => {
    const worst = ['"'.repeat(50_000), '{'.repeat(50_000), '['.repeat(25_000) + ']'.repeat(25_000), 'a-'.repeat(50_000), "'".repeat(50_000), '"\\'.repeat(25_000)]; // prettier-ignore
    const started = performance.now();
    worst.forEach((message) => normalised(message));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a fingerprint', () => {
  it('is twelve hexadecimal digits, which a waiver can name', () => {
    expect(fingerprintOf('create.seed.maximum', 'seed maximum', 'seed is 5')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is the same for the same failure in another run', () => {
    const one = fingerprintOf('create.id.unique', undefined, 'id "ftjob-a1" is also that of an earlier job');
    expect(fingerprintOf('create.id.unique', undefined, 'id "ftjob-zz" is also that of an earlier job')).toBe(one);
  });

  it('differs by requirement, by site and by message', () => {
    const all = [
      fingerprintOf('a', 'b', 'c'),
      fingerprintOf('a', 'c', 'c'),
      fingerprintOf('b', 'b', 'c'),
      fingerprintOf('a', 'b', 'd'),
      fingerprintOf('a', 'b\nc', ''),
      fingerprintOf('a\nb', 'c', ''),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
