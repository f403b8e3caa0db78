// Lays each fault of the create request on the smallest base in which its site is live: each rule once, each place where
// it stands, near misses, and faults in company. Where the base was refused, a fault is judged by what the error says alone.
import pLimit from 'p-limit';
import { type Base, PLAIN_BODY } from '../generation/bases.ts';
import { type Context, contextsOf } from '../generation/contexts.ts';
import type { FaultCase } from '../generation/faults.ts';
import { depthFaults } from '../generation/near-misses.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { siteTier as casesOfTier, type TierCase } from '../generation/site-tier.ts';
import { succeeded, wasRefused } from '../requirements/exchange.ts';
import { environmentReason, told } from '../requirements/refusals.ts';
import type { RunConfig } from '../run/config.ts';
import { createJob } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { basesOf, type BaseUser, plannedBases, userOf } from './bases.ts';
import { bound, observeFacts, observeFault, sendFaulty } from './cases.ts';
import type { Scenario } from './scenario.ts';

/** A fault, and those of other sites that its refusal shows as well. */
type SentFault = FaultCase & Partial<Pick<TierCase, 'shows'>>;

function plannedFaults(
  config: RunConfig,
  judges: BaseUser['judges'],
  faultsOf: (base: Base) => readonly SentFault[],
): readonly SentFault[] {
  return wantedFaults(plannedBases(config, judges), judges, faultsOf);
}

function wantedFaults(
  of: readonly Base[],
  judges: BaseUser['judges'],
  faultsOf: (base: Base) => readonly SentFault[],
): readonly SentFault[] {
  return of
    .flatMap(faultsOf)
    .filter(
      ({ fault, shows = [] }) =>
        judges('refusal.no-job') ||
        [fault, ...shows.map((shown) => shown.fault)].some((one) => judges(one.requirement)),
    );
}

/** Acceptances of one kind of fault after which a family is left alone where each of them costs money. */
const MAX_ACCEPTED = 3;

/** The first site of each rule: what a small budget is spent on before any rule is tried twice. */
export const ruleTier: Scenario = {
  id: 'rules',
  title: 'Break each rule of the create request once',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  cost: (config, judges) => ({
    requests: firstOfEachRule(plannedFaults(config, judges, casesOfTier)).size,
    jobs: 0,
    uploads: 0,
  }),
  run: (session) => sendFaults(session, casesOfTier, (cases) => [...firstOfEachRule(cases)]),
};

export const siteTier: Scenario = {
  id: 'faults',
  title: 'Break it at each other place where it stands',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  cost: (config, judges) => {
    const cases = plannedFaults(config, judges, casesOfTier);
    return { requests: cases.length - firstOfEachRule(cases).size + 2, jobs: 1, uploads: 0 };
  },
  run: async (session) => {
    await sendFaults(session, casesOfTier, (cases) => {
      const first = firstOfEachRule(cases);
      return cases.filter((one) => !first.has(one));
    });
    await controlPlain(session);
  },
};

function firstOfEachRule(cases: readonly SentFault[]): ReadonlySet<SentFault> {
  const first = new Map<string, SentFault>();
  for (const one of cases) if (!first.has(one.fault.requirement)) first.set(one.fault.requirement, one);
  return new Set(first.values());
}

export const depthTier: Scenario = {
  id: 'depth',
  title: 'Come close to what is legal, from every side',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  tiers: ['full'],
  cost: (config, judges) => ({ requests: plannedFaults(config, judges, depthFaults).length, jobs: 0, uploads: 0 }),
  run: (session) => sendFaults(session, depthFaults),
};

export const contextTier: Scenario = {
  id: 'contexts',
  title: 'Break each constraint beside other members, and in second items',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  tiers: ['full'],
  cost: (config, judges) => {
    const contexts = plannedBases(config, judges)
      .flatMap(contextsOf)
      .map(({ faults }) => faults.filter(({ fault }) => judges(fault.requirement)))
      .filter((faults) => faults.length > 0);
    return {
      requests: contexts.flat().length + 2 * contexts.length,
      jobs: contexts.length,
      uploads: 0,
    };
  },
  run: async (session) => {
    const offersIntegrations = session.mayUse('integrations');
    const contexts = basesOf(userOf(session))
      .filter(({ name }) => sharedBy(session).bases.has(name))
      .flatMap(contextsOf)
      .filter(
        ({ template }) =>
          (offersIntegrations || template['integrations'] === undefined) &&
          session.mayUse(`method.${methodOf(template)}`),
      );
    await Promise.all(contexts.map((context) => sendContext(session, context)));
  },
};

async function sendContext(session: Session, { template, faults }: Context): Promise<void> {
  const wanted = faults.filter(({ fault }) => session.judges(fault.requirement));
  const body = wanted.length === 0 ? undefined : await bound(session, template);
  if (body === undefined) return;
  // Whether the company itself is welcome is for the interactions to find out; here it only has to be.
  const twin = await createJob(session, body.payload);
  if (!succeeded(twin)) return;
  observeFacts(session, template, twin);
  await Promise.all(
    wanted.map(({ fault, template: faulty }) =>
      sendFaulty(session, { fault, payload: bind(faulty, body.bindings), twin }),
    ),
  );
}

async function sendFaults(
  session: Session,
  faultsOf: (base: Base) => readonly SentFault[],
  choose = (cases: readonly SentFault[]): readonly SentFault[] => cases,
): Promise<void> {
  const judges = (row: string): boolean => session.judges(row);
  const cases = wantedFaults(basesOf(userOf(session)), judges, faultsOf);
  // Whether a family is over is asked when its turn comes, not before all of them are sent.
  const turn = pLimit(session.config.createConcurrency);
  const { acceptedFaults } = sharedBy(session);
  await Promise.all(choose(cases).map((one) => turn(() => sendFault(session, one, acceptedFaults))));
}

async function sendFault(
  session: Session,
  { base, fault, template, shows = [] }: SentFault,
  accepted: Map<string, number>,
): Promise<void> {
  const shared = sharedBy(session);
  const twin = shared.bases.get(base.name);
  // Where nothing was accepted and nothing is known of how the target names members, a refusal would say nothing.
  if (twin === undefined && session.acceptedCreate === undefined) return;
  const body = await bound(session, template);
  if (body === undefined) return;
  const kind = fault.requirement.split('.').at(-1) ?? '';
  const isFamilyOver = !session.config.target.isLoopback && (accepted.get(kind) ?? 0) >= MAX_ACCEPTED;
  // Half of the jobs is kept for what has to be accepted.
  const total = [...accepted.values()].reduce((sum, count) => sum + count, 0);
  if (isFamilyOver || total >= session.config.maxJobs / 2) return;
  const exchange = await sendFaulty(session, { fault, payload: body.payload, twin });
  if (wasRefused(exchange)) {
    for (const { base: own, fault: shown } of shows) {
      const ownTwin = shared.bases.get(own.name) ?? twin;
      observeFault(session, { ...shown, description: fault.description }, exchange, ownTwin);
    }
  }
  if (!succeeded(exchange)) return;
  // Which of the constraints is missing, the accepted body does not tell: the others are asked for one by one.
  const { tier } = session.config;
  const others = tier === 'full' ? [] : shows.filter((shown) => shown.base === base);
  await Promise.all(others.map((shown) => sendFault(session, shown, accepted)));
  const count = (accepted.get(kind) ?? 0) + 1;
  accepted.set(kind, count);
  if (count === MAX_ACCEPTED && !session.config.target.isLoopback) {
    session.notice(
      `${MAX_ACCEPTED} bodies that break ${kind} were accepted; no more of that kind are sent, as each makes a job`,
    );
  }
}

/** After many refusals the plain body must be accepted as before: a target that refuses everything by now proves nothing. */
async function controlPlain(session: Session): Promise<void> {
  if (session.acceptedCreate === undefined) return;
  const body = await bound(session, PLAIN_BODY);
  if (body === undefined) return;
  const exchange = await createJob(session, body.payload);
  if (succeeded(exchange) || environmentReason(exchange) !== undefined) return;
  const reason = `a plain body was accepted before the refusals and is answered ${told(exchange)} after them`;
  session.discrimination = { shown: false, reason };
  session.blocked(reason);
}
