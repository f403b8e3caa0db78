// What reaching every constraint and every legal extreme of the create request takes, in requests and jobs.
import { createRequestSites } from '../../conformance/contract/request-sites.ts';
import { cleanBases } from '../../conformance/generation/bases.ts';
import { contextsOf } from '../../conformance/generation/contexts.ts';
import { factsOf } from '../../conformance/generation/facts.ts';
import { coveringArray } from '../../conformance/generation/interactions.ts';
import { depthFaults } from '../../conformance/generation/near-misses.ts';
import { Extremes } from '../../conformance/generation/packing.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import { siteTier } from '../../conformance/generation/site-tier.ts';
import { SENT_AS_JOBS } from '../../conformance/scenarios/acceptances.ts';
import { row, type Section } from './section.ts';

/** The reach of the plan: sites, extremes, depth, pairs. */
export const createOperation: Section = {
  name: 'create',
  about: 'requests and jobs that reach every site and extreme of create',
  run: (say) => {
    const bases = cleanBases();
    const proven = bases.filter(({ onlyObserved }) => !onlyObserved);
    const faults = bases.flatMap(siteTier);
    const sites = new Set(createRequestSites().map(({ id }) => id));
    const shown = new Set(proven.flatMap(({ template }) => factsOf(template).map(({ site }) => site)));
    const all = new Extremes(proven);
    const packed = all.pack(shown);
    const array = coveringArray({ methods: METHODS, integrations: true }, 2);
    const near = bases.flatMap(depthFaults).length;
    const inCompany = bases.flatMap(contextsOf).flatMap(({ faults: list }) => list).length;
    const jobs = bases.length + packed.length;
    const share = (array.bodies.length / array.lowerBound).toFixed(2);
    say('create operation');
    say(row('constraint sites', `${sites.size}, each broken, by ${faults.length} requests`));
    say(row('legal extremes', `${all.facts.size}, shown by ${bases.length} bases and ${packed.length} packed bodies`));
    say(row('site tier and acceptances', `${faults.length + jobs} create requests, ${jobs} jobs`));
    say(row('with the free tier', `${bases.length + SENT_AS_JOBS} jobs, and a control on each base`));
    say(row('depth tier', `${near} near misses, ${inCompany} faults in company`));
    say(row('pairs of factors', `${array.bodies.length} bodies, no fewer than ${array.lowerBound} could (${share})`));
  },
};
