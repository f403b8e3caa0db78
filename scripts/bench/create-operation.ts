// What reaching every constraint and every legal extreme of the create request takes, in requests and jobs.
import { createRequestSites } from '../../conformance/contract/request-sites.ts';
import { cleanBases } from '../../conformance/generation/bases.ts';
import { contextsOf } from '../../conformance/generation/contexts.ts';
import {
  type CoveringArray,
  coveringArray,
  type InteractionOffer,
  packedRows,
} from '../../conformance/generation/interactions.ts';
import { depthFaults } from '../../conformance/generation/near-misses.ts';
import { Extremes, shownBy } from '../../conformance/generation/packing.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import { siteTier } from '../../conformance/generation/site-tier.ts';
import { SENT_AS_JOBS } from '../../conformance/scenarios/acceptances.ts';
import { row, type Section } from './section.ts';

const EVERYTHING: InteractionOffer = { methods: METHODS, integrations: true };

function reach({ bodies, lowerBound }: CoveringArray): string {
  return `${bodies.length} bodies, no fewer than ${lowerBound} could (${(bodies.length / lowerBound).toFixed(2)})`;
}

/** The reach of the plan: sites, extremes, depth, pairs. */
export const createOperation: Section = {
  name: 'create',
  about: 'requests and jobs that reach every site and extreme of create',
  run: (say) => {
    const bases = cleanBases();
    const proven = bases.filter(({ onlyObserved }) => !onlyObserved);
    const templates = proven.map(({ template }) => template);
    const faults = bases.flatMap(siteTier);
    const implied = faults.filter(({ isImplied }) => isImplied).length;
    const sites = new Set(createRequestSites().map(({ id }) => id));
    const all = new Extremes(proven);
    const array = coveringArray(EVERYTHING, 2);
    const rows = packedRows(array, proven);
    const beside = all.pack(shownBy([...templates, ...rows])).length;
    const alone = all.pack(shownBy(templates)).length;
    const near = bases.flatMap(depthFaults).length;
    const inCompany = bases.flatMap(contextsOf).flatMap(({ faults: list }) => list).length;
    const cost = (bodies: number): string =>
      `${faults.length + bases.length + bodies} create requests, ${bases.length + bodies} jobs`;
    say('create operation');
    say(
      row(
        'constraint sites',
        `${sites.size}; each that a server can lack alone is broken by ${faults.length - implied} requests,`,
      ),
    );
    say(row('', `and ${implied} more break what another constraint implies, for rows of their own`));
    say(
      row(
        'legal extremes',
        `${all.facts.size}, shown by ${bases.length} bases, the rows of the array and ${beside} packed bodies`,
      ),
    );
    say(row('site tier and acceptances', `${cost(beside)}, beside the array`));
    say(row('', `${cost(alone)} without it (--tier sites)`));
    say(row('with the free tier', `${bases.length + SENT_AS_JOBS} jobs, and a control on each base`));
    say(row('depth tier', `${near} near misses, ${inCompany} faults in company`));
    say(row('pairs of factors', reach(array)));
    say(row('triples of factors', `${reach(coveringArray(EVERYTHING, 3))}, by --strength 3`));
  },
};
