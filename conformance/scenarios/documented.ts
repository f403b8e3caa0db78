// Every create request that the source documents show, and the one that they show wrongly.
import { isOfEdition } from '../contract/create-members.ts';
import { methodOf } from '../generation/pools.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import { sharedBy } from '../run/shared.ts';
import { bound, sendFaulty, sendLegal } from './cases.ts';
import { documentedRequests, WITHOUT_GRADER } from './documented-requests.ts';
import type { Scenario } from './scenario.ts';

const GRADER_SITE = '#/components/schemas/FineTuneReinforcementMethod';

const ofThisEdition = documentedRequests.filter(({ template }) => isOfEdition(template));

export const documented: Scenario = {
  id: 'documented',
  tiers: ['sites', 'full'],
  title: 'Send the requests that the documents show',
  serves: ['create.*', 'echo.*'],
  cost: ({ methods }) => {
    const count = ofThisEdition.filter(({ template }) => methods.includes(methodOf(template))).length;
    return { requests: 2 * count + 1, jobs: count, uploads: 0 };
  },
  run: async (session) => {
    const wanted = ofThisEdition.filter(
      ({ template, requirement }) =>
        session.mayUse(`method.${methodOf(template)}`) &&
        (requirement !== 'create.integrations.accepted' || session.mayUse('integrations')),
    );
    await Promise.all(wanted.map(({ source, ...one }) => sendLegal(session, { ...one, site: `documented ${source}` })));
    const requirement = refusalRowOf({ pointer: GRADER_SITE, keyword: 'required', value: 'grader' });
    const body = session.mayUse('method.reinforcement') ? await bound(session, WITHOUT_GRADER) : undefined;
    if (body === undefined) return;
    const at = '/method/reinforcement/grader';
    await sendFaulty(session, {
      fault: {
        requirement,
        site: 'documented S003 l.77',
        at,
        description: 'the reinforcement method without a grader',
      },
      payload: body.payload,
      twin: sharedBy(session).bases.get('method.reinforcement'),
    });
  },
};
