import { describe, expect, it } from 'vitest';
import type { FooterLine, LogLine } from './log.ts';
import type { Report } from './report.ts';
import { summarise } from './summarise.ts';
import { capability, exchange, fail, footer, log, pass, row } from './testing/log-fixtures.ts';

const A = 'create.seed.maximum';
const B = 'pause.holds';

function summary(lines: readonly LogLine[], change: Partial<FooterLine> = {}): Report['summary'] {
  return summarise(log([exchange('x1'), ...lines], { footer: footer(change) }), { waivers: [], reportDir: 'r' })
    .summary;
}

const FAILED: readonly LogLine[] = [row(A), fail(A, 'm')];
const OPEN: readonly LogLine[] = [row(A), pass(A), row(B)];
const GOOD: readonly LogLine[] = [row(A), pass(A)];
const FAULT: LogLine = { kind: 'fault', text: 'TypeError' };

describe('the exit status is the first that matches', () => {
  const cases: readonly (readonly [string, readonly LogLine[], Partial<FooterLine>, number, string])[] = [
    ['a fault of the suite, before everything', [...FAILED, FAULT], { answered: false }, 4, 'fault'],
    ['nothing ever answered, before failures', FAILED, { answered: false }, 3, 'incomplete'],
    ['a MUST that failed, before a used-up budget', FAILED, { ending: 'budget' }, 1, 'non-conformant'],
    ['a used-up budget, before rows that it left open', OPEN, { ending: 'budget' }, 5, 'incomplete'],
    ['an interruption', GOOD, { ending: 'interrupted' }, 5, 'incomplete'],
    ['a target that stopped answering', GOOD, { ending: 'unreachable' }, 3, 'incomplete'],
    ['a MUST that was not exercised', OPEN, {}, 3, 'incomplete'],
    ['a target that does not discriminate', GOOD, { discriminates: false }, 3, 'incomplete'],
    ['nothing to hold against it', GOOD, {}, 0, 'conformant'],
    ['a failed SHOULD', [...GOOD, row(B, { level: 'SHOULD' }), fail(B, 'm')], {}, 0, 'conformant'],
    ['a failed MAY', [...GOOD, row(B, { level: 'MAY' }), fail(B, 'm')], {}, 0, 'conformant'],
    ['a failed MUST out of scope', [...GOOD, row(B, { inScope: false }), fail(B, 'm')], {}, 0, 'conformant'],
    ['a conditional MUST that was not exercised', [...GOOD, row(B, { conditional: true })], {}, 0, 'conformant'],
    ['an open MUST of a capability that nobody claimed and nobody found', [...GOOD, row(B, { capability: 'pause' }), capability('pause', 'unclaimed', 'unknown')], {}, 0, 'conformant'],
    ['an open MUST of a capability that was found', [...GOOD, row(B, { capability: 'pause' }), capability('pause', 'unclaimed', 'offered')], {}, 3, 'incomplete'],
    ['an open MUST of a capability that was claimed', [...GOOD, row(B, { capability: 'pause' }), capability('pause', 'claimed', 'unknown')], {}, 3, 'incomplete'],
    ['nothing in scope', [row(A, { inScope: false })], {}, 3, 'incomplete'],
    ['nothing but what is unsupported', [row(B, { capability: 'pause' }), capability('pause', 'excluded', 'unknown')], {}, 3, 'incomplete'],
  ]; // prettier-ignore
  it.each(cases)('%s', (_name, lines, change, exitCode, verdict) => {
    expect(summary(lines, change)).toMatchObject({ exitCode, verdict });
  });

  it('comes with a sentence', () => {
    expect(summary(OPEN).reason).toBe('1 of 2 MUST in scope were not exercised');
    expect(summary([...GOOD, row(B, { conditional: true })]).reason).toBe(
      '1 of 2 MUST in scope passed, none failed; 1 wait for conditions that did not come up',
    );
    expect(summary(FAILED, { answered: false, endingReason: 'the connection was refused' }).reason).toBe(
      'no create and no list of jobs was ever answered 2xx: the connection was refused',
    );
    expect(summary([row(A, { inScope: false })]).reason).toBe('no requirement in scope was exercised');
    expect(summary([row(B, { level: 'SHOULD' }), fail(B, 'm')]).reason).toBe(
      'nothing in scope passed, and no MUST is in scope',
    );
  });
});
