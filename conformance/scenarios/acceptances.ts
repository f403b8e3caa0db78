// Random legal bodies, and the body in which everything is null. A refused body is shrunk to what is refused about it,
// so that the failure has the name of a fact and not of a random body.
import fc from 'fast-check';
import { type JsonObject, show } from '../contract/json.ts';
import { factsOf } from '../generation/facts.ts';
import { acceptablePayloads, type Offer } from '../generation/payloads.ts';
import { shrink } from '../generation/shrink.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { type Exchange, succeeded } from '../requirements/exchange.ts';
import { environmentReason } from '../requirements/refusals.ts';
import { bindingsFor, createJob } from '../run/jobs.ts';
import type { RunConfig } from '../run/config.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeFacts } from './cases.ts';
import type { Scenario } from './scenario.ts';

/** Bodies that may be sent to find out what is refused about one. */
const SHRINK_TRIES = 60;
/** Refused bodies that are shrunk; more of the same would only cost. */
const MAX_SHRUNK = 8;

/** Every member that may be null, null. */
const ALL_NULL: JsonObject = {
  model: '${model}',
  training_file: '${training_file}',
  suffix: null,
  validation_file: null,
  integrations: null,
  seed: null,
  metadata: null,
};

export const acceptances: Scenario = {
  id: 'acceptances',
  title: 'Send legal bodies of every kind',
  serves: ['create.*.accepts', 'create.*.null-accepted', 'create.valid.accepted', 'echo.*'],
  cost: (config) => {
    const count = randomCases(config) + 1;
    return { requests: 2 * count, jobs: count, uploads: 0 };
  },
  run: async (session) => {
    const offer: Offer = {
      methods: session.config.methods.filter((method) => session.mayUse(`method.${method}`)),
      integrations: session.mayUse('integrations'),
    };
    const templates = fc.sample(acceptablePayloads(offer), {
      seed: session.config.seed,
      numRuns: randomCases(session.config),
    });
    const progress: Progress = { shrunk: 0, told: new Set() };
    await Promise.all([ALL_NULL, ...templates].map((template) => sendRandom(session, template, progress)));
  },
};

/** Random bodies of a run: only the full tier makes jobs for exploration. */
function randomCases({ tier, cases }: RunConfig): number {
  return tier === 'full' ? cases : 0;
}

interface Progress {
  shrunk: number;
  /** Facts that were named already. */
  readonly told: Set<string>;
}

async function sendRandom(session: Session, template: JsonObject, progress: Progress): Promise<void> {
  const exchange = await sendTemplate(session, template);
  if (exchange === undefined) return;
  if (succeeded(exchange)) {
    observeFacts(session, template, exchange);
    observeValid(session, template, exchange);
    return;
  }
  if (environmentReason(exchange) !== undefined || progress.shrunk >= MAX_SHRUNK) {
    observeValid(session, template, exchange);
    return;
  }
  progress.shrunk += 1;
  await nameRefusedFact(session, template, progress);
}

async function sendTemplate(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const bindings = await bindingsFor(session, methodOf(template));
  return bindings === undefined ? undefined : createJob(session, bind(template, bindings));
}

function observeValid(session: Session, template: JsonObject, exchange: Exchange): void {
  const description = `the body ${show(template, 200)}`;
  session.observe({ kind: 'acceptance', requirement: 'create.valid.accepted', site: 'random', description, exchange });
}

/** Shrinks a refused body, and blames the facts that it holds and no accepted body of the run does. */
async function nameRefusedFact(session: Session, template: JsonObject, progress: Progress): Promise<void> {
  const { acceptedFacts } = sharedBy(session);
  let last: Exchange | undefined;
  const smallest = await shrink(
    template,
    async (candidate) => {
      const exchange = await sendTemplate(session, candidate);
      if (exchange === undefined || environmentReason(exchange) !== undefined) return false;
      if (!succeeded(exchange)) {
        last = exchange;
        return true;
      }
      observeFacts(session, candidate, exchange);
      return false;
    },
    SHRINK_TRIES,
  );
  const exchange = last ?? (await sendTemplate(session, smallest));
  if (exchange === undefined) return;
  observeValid(session, smallest, exchange);
  const blamed = factsOf(smallest).filter(({ site }) => !acceptedFacts.has(site) && !progress.told.has(site));
  for (const { requirement, site, description } of blamed) {
    progress.told.add(site);
    session.observe({ kind: 'acceptance', requirement, site, description, exchange });
  }
}
