// What a run fires, written down to be read: each body of each tier, and what it is there to show. A change of the contract
// or of a generator shows here as lines that came and went, to be agreed to (vitest -u) or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, type JsonValue, tokensOf } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { locate } from '../contract/schema.ts';
import { arbitraryFor, VALID } from './arbitrary.ts';
import { cleanBases } from './bases.ts';
import { contextsOf } from './contexts.ts';
import { factsOf } from './facts.ts';
import { type FaultCase, siteFaults } from './faults.ts';
import { coveringArray, packedRows } from './interactions.ts';
import { legalValues } from './legal-values.ts';
import { depthFaults } from './near-misses.ts';
import { Extremes, shownBy } from './packing.ts';
import { acceptablePayloads, type Offer } from './payloads.ts';
import { siteTier } from './site-tier.ts';
import { oddRequests, wireFaults } from './wire-faults.ts';

const EVERYTHING: Offer = { methods: ['supervised', 'dpo', 'reinforcement'], integrations: true };

/** Text in which every character can be seen; one that stands more than eight times in a row is told by its number. */
function short(text: string): string {
  let told = '';
  for (let from = 0, to = 0; from < text.length; from = to) {
    const one = text.charAt(from);
    while (text.charAt(to) === one) to += 1;
    told += to - from > 8 ? `${one}*${to - from} ` : one.repeat(to - from);
  }
  return told.replace(/[^ -~]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16) ?? ''}}`);
}

function json(value: JsonValue | undefined): string {
  return value === undefined ? 'missing' : short(JSON.stringify(value));
}

const told = ({ fault, template }: Pick<FaultCase, 'fault' | 'template'>): string =>
  `  ${fault.requirement} | ${fault.site.replace('#/components/schemas/', '')} | ${fault.at} ${json(at(template, fault.at))} | ${short(fault.description)}`;

async function expectFired(name: string, lines: readonly string[]): Promise<void> {
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`./__snapshots__/${name}.txt`);
}

// Nothing is made outside the tests: what is made while modules are loaded, no change of the code would show in.
describe('what a run fires', () => {
  it('is one base for each way through the schema, with one fault for each site', () =>
    expectFired(
      'site-tier',
      cleanBases().flatMap((base) => {
        const sent = new Set(siteTier(base).map(({ fault }) => fault.site));
        const shown = siteTier(base).flatMap(({ fault, shows }) =>
          shows.map((other) => `  ${fault.site} shows ${other.fault.site}`.replaceAll('#/components/schemas/', '')),
        );
        return [
          `${base.name}${base.onlyObserved ? ' (observed)' : ''} ${json(base.template)}`,
          ...siteFaults(base).map((one) => `${told(one)}${sent.has(one.fault.site) ? '' : ' | spared'}${one.isImplied ? ' | implied' : ''}`),
          ...shown,
        ];
      }),
    )); // prettier-ignore

  it('is near misses at each site', () =>
    expectFired(
      'depth-tier',
      cleanBases().flatMap((base) => [base.name, ...depthFaults(base).map(told)]),
    ));

  it('is each fault again beside other members, under other methods and behind good items', () =>
    expectFired(
      'in-company',
      cleanBases().flatMap((base) =>
        contextsOf(base).flatMap(({ name, template, faults }) => [
          `${name} ${json(template)}`,
          ...faults.map(({ fault, template: faulty }) => {
            const [root = ''] = tokensOf(fault.at);
            return `  ${fault.at} in ${json(at(faulty, root === '' ? '' : `/${root}`))} | ${short(fault.description)}`;
          }),
        ]),
      ),
    ));

  it('is each legal extreme of each member', () =>
    expectFired(
      'legal-values',
      legalValues().map(({ at: place, value }) => `${place} ${json(value)}`),
    ));

  it('is legal extremes, packed', () => {
    const offered = cleanBases().filter(({ onlyObserved }) => !onlyObserved);
    const shown = shownBy(offered.map(({ template }) => template));
    const packed = new Extremes(offered).pack(shown);
    return expectFired(
      'extremes',
      packed.flatMap((body) => {
        const fresh = factsOf(body).filter(({ site }) => !shown.has(site));
        for (const { site } of fresh) shown.add(site);
        return [
          json(body),
          ...fresh.map(({ requirement, site, description }) => `  ${requirement} | ${site.replace('#/components/schemas/', '')} | ${short(description)}`),
        ];
      }),
    ); // prettier-ignore
  });

  it('is each pair of what bugs depend on', () => {
    const whole = coveringArray(EVERYTHING);
    const narrow = coveringArray({ methods: ['supervised', 'dpo'], integrations: false });
    return expectFired('interactions', [
      `everything is offered: no array has fewer than ${whole.lowerBound} bodies`,
      ...whole.bodies.map(json),
      `no reinforcement and no integrations are: no array has fewer than ${narrow.lowerBound} bodies`,
      ...narrow.bodies.map(json),
    ]);
  });

  it('is the same pairs with extremes packed into them, and the extremes that are left', () => {
    const offered = cleanBases().filter(({ onlyObserved }) => !onlyObserved);
    const rows = packedRows(coveringArray(EVERYTHING), offered);
    const shown = shownBy([...offered.map(({ template }) => template), ...rows]);
    return expectFired('packed-rows', [
      ...rows.map(json),
      'what is left',
      ...new Extremes(offered).pack(shown).map(json),
    ]);
  });

  it('is bytes that no schema speaks of, and odd requests', () =>
    expectFired('wire', [
      ...wireFaults('{"model":"small","training_file":"file-1"}').map(
        ({ site, description, body, headers, verdict, isSafe }) =>
          `${site} | ${description} | ${verdict}${isSafe ? ' | safe' : ''} | ${JSON.stringify(headers ?? {})} | ${body.length} bytes ${json(body.toString('latin1'))}`,
      ),
      ...oddRequests('ftjob-1').map(
        ({ site, description, method, path, verdict, isSafe }) =>
          `${site} | ${short(description)} | ${verdict}${isSafe ? ' | safe' : ''} | ${method} ${short(path)}`,
      ),
    ])); // prettier-ignore

  it('is, by a seed, the same random bodies every time', () =>
    expectFired('random', [
      'must be accepted',
      ...fc.sample(acceptablePayloads(EVERYTHING), { numRuns: 40, seed: 1 }).map(json),
      'must be accepted where only dpo is offered, and no integrations',
      ...fc.sample(acceptablePayloads({ methods: ['dpo'], integrations: false }), { numRuns: 10, seed: 1 }).map(json),
      'valid by the schema',
      ...fc.sample(arbitraryFor(locate(CREATE_REQUEST), VALID), { numRuns: 20, seed: 1 }).map(json),
    ]));
});
