import { describe, expect, it } from 'vitest';
import { errata } from '#generated/current/errata.ts';
import { DOCUMENTED_ANSWERS, type DocumentedAnswer } from '../testing/documented-answers.ts';
import { answered } from '../testing/exchanges.ts';
import { complaintsOf, observedIn, verdictsOn } from '../testing/judged.ts';
import { requirementById } from './registry.ts';
import { levelIn, type Mode, MODES } from './requirement.ts';
import type { Verdict } from './verdict.ts';

/** The verdicts of binding rows on a documented answer. */
function bindingVerdicts(example: DocumentedAnswer, mode: Mode): Verdict[] {
  const exchange = answered(example.body, {
    operation: example.operation,
    path: '/fine_tuning/jobs/ftjob-abc123',
    status: example.status ?? 200,
    ...(example.request === undefined ? {} : { sent: example.request }),
  });
  return verdictsOn(observedIn(exchange), mode).filter(({ requirement }) => {
    const row = requirementById(requirement);
    return row !== undefined && levelIn(mode, row) !== 'MAY';
  });
}

function erratum(id: string) {
  return errata.find((one) => one.id === id);
}

describe.each(DOCUMENTED_ANSWERS)('the documented answer $source ($title)', (example) => {
  it.each(MODES)('is judged in %s mode as the register of contradictions decides', (mode) => {
    const verdicts = bindingVerdicts(example, mode);
    expect({ fails: complaintsOf(verdicts, 'fail'), tolerated: complaintsOf(verdicts, 'tolerated') }).toEqual({
      fails: [...example[mode].fails].sort(),
      tolerated: [...example[mode].tolerated].sort(),
    });
  });

  it('fails or is tolerated only where an erratum of its own decides so', () => {
    const decisions = example.errata.map((id) => erratum(id)?.decision);
    expect(decisions).not.toContain(undefined);
    for (const mode of MODES) {
      const decided = new Set(decisions.map((decision) => decision?.[mode]));
      if (example[mode].fails.length > 0) expect(decided).toContain('fail');
      if (example[mode].tolerated.length > 0) expect(decided).toContain('tolerate');
    }
  });
});

describe('the register and the documented answers', () => {
  it('tolerate nothing in strict mode', () => {
    expect(DOCUMENTED_ANSWERS.flatMap(({ strict }) => strict.tolerated)).toEqual([]);
  });

  it('have an example for every erratum that changes how an answer is judged', () => {
    const shown = new Set(DOCUMENTED_ANSWERS.flatMap((example) => example.errata));
    const judged = errata.filter(({ kind, tolerances }) => kind === 'answer' || tolerances.length > 0);
    const without = judged.map(({ id }) => id).filter((id) => !shown.has(id));
    // E-C1 is decided as E-S4.
    expect(without).toEqual(['E-C1']);
  });

  it('let each tolerance pass in at least one example, by accepting it or by a notice', () => {
    const used = DOCUMENTED_ANSWERS.flatMap((example) =>
      bindingVerdicts(example, 'compatible').flatMap((verdict): string[] => {
        if (verdict.outcome === 'tolerated') return [verdict.erratum];
        const accepted =
          verdict.outcome === 'pass' ? /accepted: (E-[A-Z]\d+)/.exec(verdict.note ?? '')?.[1] : undefined;
        return accepted === undefined ? [] : [accepted];
      }),
    );
    const withTolerance = errata.filter(({ tolerances }) => tolerances.length > 0).map(({ id }) => id);
    expect([...new Set(used)].sort()).toEqual(withTolerance.sort());
  });
});
