// The register of contradictions as a specification: what a target does, and what it is told in both modes.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errata } from '#generated/current/errata.ts';
import { type ShownErratum, type Word } from '../testing/errata-cases.ts';
import { ERRATA_OF_ANSWERS } from '../testing/errata-of-answers.ts';
import { ERRATA_OF_DOCUMENTS, UNSEEN_ERRATA } from '../testing/errata-of-documents.ts';
import { ERRATA_OF_FREEDOMS } from '../testing/errata-of-freedoms.ts';
import * as judged from '../testing/judged.ts';
import * as rows from './registry.ts';
import { levelIn, type Mode, MODES } from './requirement.ts';

const SHOWN: readonly ShownErratum[] = [...ERRATA_OF_DOCUMENTS, ...ERRATA_OF_ANSWERS, ...ERRATA_OF_FREEDOMS];

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The judge of an edition; of another one than this process has, loaded as a process for it would load it. */
async function judgeOf(edition: string | undefined): Promise<typeof judged & typeof rows> {
  if (edition === undefined) return { ...judged, ...rows };
  vi.resetModules();
  vi.stubEnv('CONFORMANCE_EDITION', edition);
  return { ...(await import('../testing/judged.ts')), ...(await import('./registry.ts')) };
}

const FAILURES = { MUST: 'fails', SHOULD: 'fails as SHOULD', MAY: 'is observed' } as const;
const WORST_FIRST: readonly Word[] = ['fails', 'fails as SHOULD', 'is tolerated', 'is observed', 'passes'];

/** What each row says of a case, by its worst verdict; a verdict that stays open is told as it is. */
async function told({ edition, observed }: ShownErratum, mode: Mode): Promise<Record<string, string>> {
  const { verdictsOn, requirementById } = await judgeOf(edition);
  const words = new Map<string, string[]>();
  for (const verdict of verdictsOn(await observed(), mode)) {
    const row = requirementById(verdict.requirement);
    const { outcome } = verdict;
    const failure = FAILURES[row === undefined ? 'MUST' : levelIn(mode, row)];
    const word = outcome === 'pass' ? 'passes' : outcome === 'fail' ? failure : outcome === 'tolerated' ? 'is tolerated' : verdict.reason; // prettier-ignore
    words.set(verdict.requirement, [...(words.get(verdict.requirement) ?? []), word]);
  }
  const worst = (all: readonly string[]): string => all.find((word) => !WORST_FIRST.includes(word as Word)) ?? WORST_FIRST.find((word) => all.includes(word)) ?? ''; // prettier-ignore
  return Object.fromEntries([...words].map(([row, all]) => [row, worst(all)]));
}

describe.each(SHOWN)('$erratum: a target that $target', (one) => {
  const named = Object.keys(one.verdicts);

  it.each(MODES)('is told so in %s mode, and nothing else', async (mode) => {
    const words = await told(one, mode);
    const place = mode === 'compatible' ? 0 : 1;
    const expected = Object.fromEntries(Object.entries(one.verdicts).map(([row, both]) => [row, both[place]]));
    const rest = Object.entries(words).filter(([row, word]) => !named.includes(row) && word !== 'passes' && word !== 'is observed'); // prettier-ignore
    expect({ ...Object.fromEntries(named.map((row) => [row, words[row]])), ...Object.fromEntries(rest) }).toEqual(expected); // prettier-ignore
  });
});

/** What rows may say where the register has decided. */
const DECIDED: Readonly<Record<string, (words: readonly Word[]) => boolean>> = {
  fail: (words) => words.includes('fails'),
  tolerate: (words) => !words.includes('fails') && words.some((word) => word === 'is tolerated' || word === 'fails as SHOULD'), // prettier-ignore
  accept: (words) => !words.includes('fails') && !words.includes('is tolerated'),
  none: (words) => !words.includes('fails') && !words.includes('is tolerated'),
};

describe('the register', () => {
  const contradictions = SHOWN.filter(({ reading }) => reading === 'contradicted');

  it.each(contradictions)('decides $erratum as it is judged: a target that $target', ({ erratum, verdicts }) => {
    const decision = errata.find(({ id }) => id === erratum)?.decision;
    for (const [place, mode] of (['compatible', 'strict'] as const).entries()) {
      const words = Object.values(verdicts).flatMap((both) => both[place] ?? []);
      expect({ mode, words, fits: DECIDED[decision?.[mode] ?? '']?.(words) }).toEqual({ mode, words, fits: true });
    }
  });

  it('is shown whole: each erratum by what a target does, or with the reason why none can', () => {
    const ids = errata.map(({ id }) => id);
    const shown = new Set(SHOWN.map(({ erratum }) => erratum));
    const unseen = new Map(UNSEEN_ERRATA.map(({ erratum, because }) => [erratum, because] as const));
    expect(ids.filter((id) => !shown.has(id) && !unseen.has(id))).toEqual([]);
    expect([...shown, ...unseen.keys()].filter((id) => !ids.includes(id))).toEqual([]);
    expect([...unseen.keys()].filter((id) => shown.has(id))).toEqual([]);
    expect([...unseen].filter(([, because]) => because.trim().length < 20)).toEqual([]);
  });

  it('judges a server by every erratum that decides how one is judged', () => {
    const judging = errata.filter(({ decision }) => MODES.some((mode) => decision[mode] !== 'none'));
    const shown = new Set(contradictions.map(({ erratum }) => erratum));
    expect(judging.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});
