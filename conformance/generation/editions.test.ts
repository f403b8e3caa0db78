// Generation follows the edition: what it makes is judged here by the edition's own validators, module by module loaded
// anew, as a process for that edition would load them.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { textMember, type JsonObject } from '../contract/json.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function generationOf(edition: string) {
  vi.resetModules();
  vi.stubEnv('CONFORMANCE_EDITION', edition);
  const { validators } = await import('../contract/active-contract.ts');
  const { cleanBases } = await import('./bases.ts');
  const { siteFaults } = await import('./faults.ts');
  const { depthFaults } = await import('./near-misses.ts');
  const { contextsOf } = await import('./contexts.ts');
  const { coveringArray } = await import('./interactions.ts');
  const { Extremes } = await import('./packing.ts');
  const { acceptablePayloads } = await import('./payloads.ts');
  const { EDITION_METHODS } = await import('./pools.ts');
  const { isOfEdition } = await import('../contract/create-members.ts');
  const offer = { methods: EDITION_METHODS, integrations: true };
  const bases = cleanBases();
  const legal: JsonObject[] = [
    ...bases.map(({ template }) => template),
    ...bases.flatMap(contextsOf).map(({ template }) => template),
    ...coveringArray(offer).bodies,
    ...new Extremes().pack(new Set()),
    ...fc.sample(acceptablePayloads(offer), { seed: 1, numRuns: 200 }),
  ];
  const faulty = [
    ...bases.flatMap(siteFaults),
    ...bases.flatMap(depthFaults),
    ...bases.flatMap(contextsOf).flatMap(({ faults }) => faults),
  ].map(({ template }) => template);
  return { validators, legal, faulty, methods: EDITION_METHODS, isOfEdition };
}

const METHODS_OF = [
  ['2024-04', ['supervised'], 18],
  ['2024-09', ['supervised'], 64],
  ['2024-12', ['supervised', 'dpo'], 64],
  ['2025-05', ['supervised', 'dpo', 'reinforcement'], 64],
  ['current', ['supervised', 'dpo', 'reinforcement'], 64],
] as const;

describe.each(METHODS_OF)('the payloads of edition %s', (edition, methods, longestSuffix) => {
  it('are legal, or wrong, by its own contract', async () => {
    const made = await generationOf(edition);
    expect(made.methods).toEqual(methods);
    expect(made.legal.filter((body) => !made.validators.AcceptableCreateRequest(body))).toEqual([]);
    expect(made.legal.filter((body) => !made.isOfEdition(body))).toEqual([]);
    expect(made.faulty.length).toBeGreaterThan(made.legal.length / 20);
    expect(made.faulty.filter((body) => made.validators.CreateFineTuningJobRequest(body))).toEqual([]);
    const suffixes = made.legal.map((body) => textMember(body, 'suffix')?.length ?? 0);
    expect(Math.max(...suffixes)).toBe(longestSuffix);
  });
});

describe('a process for an edition that does not exist', () => {
  it('is refused before anything is judged', async () => {
    vi.resetModules();
    vi.stubEnv('CONFORMANCE_EDITION', '1999');
    await expect(import('../contract/active-contract.ts')).rejects.toThrow(/CONFORMANCE_EDITION is 1999; use one of/);
  });
});
