// Proves the clean bases, one for each way through the schema, and lays each fault on the smallest base in which its
// site is live. A base that the target refuses is named once; its faults are then judged by what the error says alone.
import type { Base } from '../generation/bases.ts';
import { type FaultCase, siteFaults } from '../generation/faults.ts';
import { type Context, contextsOf } from '../generation/contexts.ts';
import { depthFaults } from '../generation/near-misses.ts';
import { factsOf } from '../generation/facts.ts';
import { methodOf } from '../generation/pools.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import type { Capability } from '../requirements/requirement.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { environmentReason, told } from '../requirements/refusals.ts';
import { claimOf, type RunConfig } from '../run/config.ts';
import { bindingsFor, createJob, provenCreate } from '../run/jobs.ts';
import { uploadOnce } from '../run/files.ts';
import { isObject } from '../contract/json.ts';
import type { Session } from '../run/session.ts';
import { isMine } from '../run/shard.ts';
import { offeredBases } from '../run/tier-bases.ts';
import { sharedBy } from '../run/shared.ts';
import { bind } from '../generation/pools.ts';
import { bound, observeFacts, sendFaulty, sendLegal } from './cases.ts';
import type { Scenario } from './scenario.ts';

/** The row that asks for a base to be accepted; longest beginning first. */
const ROWS: readonly (readonly [beginning: string, row: string])[] = [
  ['method.reinforcement:GraderTextSimilarity', 'create.grader.text_similarity.accepts'],
  ['method.reinforcement:GraderPython', 'create.grader.python.accepts'],
  ['method.reinforcement:GraderScoreModel:', 'create.grader.input.accepts'],
  ['method.reinforcement:GraderScoreModel', 'create.grader.score_model.accepts'],
  ['method.reinforcement', 'create.reinforcement.accepted'],
  ['method.dpo', 'create.dpo.accepted'],
  ['method', 'create.supervised.accepted'],
  ['integrations', 'create.integrations.accepted'],
  ['hyperparameters', 'create.hyperparameters.accepted'],
  ['validation_file', 'create.validation_file.accepted'],
  ['metadata', 'create.metadata.accepted'],
  ['suffix', 'create.suffix.accepts'],
  ['seed', 'create.seed.accepts'],
];

/** The row that asks for a base to be accepted. */
export function rowOfBase({ name }: Pick<Base, 'name'>): string {
  return ROWS.find(([beginning]) => name.startsWith(beginning))?.[1] ?? 'create.plain.accepted';
}

/** What a base needs the target to offer. */
function capabilityOfBase({ name, template }: Base): Capability {
  return name.startsWith('integrations') ? 'integrations' : `method.${methodOf(template)}`;
}

/** Bases that stand beside the faults of other scenarios: every shard proves them. */
const TWINS: ReadonlySet<string> = new Set(['plain', 'validation_file', 'method.reinforcement']);

/** Bases that a run uses: each proves a row, or carries a fault of one. */
export function basesOf({ config, judges, mayUse }: BaseUser): readonly Base[] {
  return offeredBases(config)
    .filter((base, position) => isMine(config.shard, position) || TWINS.has(base.name))
    .filter(
      (base) =>
        mayUse(capabilityOfBase(base)) &&
        (judges(rowOfBase(base)) || base.sites.some(({ site }) => judges(refusalRowOf(site)))),
    );
}

/** What the choice of bases depends on: a session, or what a plan knows of one. */
interface BaseUser {
  readonly config: Pick<RunConfig, 'tier' | 'shard' | 'methods'>;
  readonly judges: (row: string) => boolean;
  readonly mayUse: (capability: Capability) => boolean;
}

function userOf(session: Session): BaseUser {
  return {
    config: session.config,
    judges: (row) => session.judges(row),
    mayUse: (capability) => session.mayUse(capability),
  };
}

/** Every offered base, whatever this shard does and whichever rows are judged: what legal bodies are packed of. */
export function packableBases(session: Session): readonly Base[] {
  return basesOf({ ...userOf(session), config: { ...session.config, shard: undefined }, judges: () => true });
}

/** The bases that a run which judges these rows is going to use, as far as that is known beforehand. */
function plannedBases(config: RunConfig, judges: BaseUser['judges']): readonly Base[] {
  return basesOf({ config, judges, mayUse: (capability) => claimOf(config, capability) !== 'excluded' });
}

function plannedFaults(
  config: RunConfig,
  judges: BaseUser['judges'],
  faultsOf: (base: Base) => readonly FaultCase[],
): readonly FaultCase[] {
  return wantedFaults(plannedBases(config, judges), judges, faultsOf);
}

function wantedFaults(
  of: readonly Base[],
  judges: BaseUser['judges'],
  faultsOf: (base: Base) => readonly FaultCase[],
): readonly FaultCase[] {
  return of.flatMap(faultsOf).filter(({ fault }) => judges(fault.requirement) || judges('refusal.no-job'));
}

export const bases: Scenario = {
  id: 'bases',
  title: 'Make a job on each way through the create request',
  serves: ['create.*', 'echo.*'],
  cost: (config, judges) => {
    const count = plannedBases(config, judges).length;
    return { requests: 2 * count, jobs: count, uploads: 5 };
  },
  run: async (session) => {
    const wanted = basesOf(userOf(session));
    await Promise.all(wanted.map((base) => proveBase(session, base)));
    // What a refused base alone has shown fails its row already; later bodies that hold it are explained by that.
    const { bases: accepted, acceptedFacts, blamed } = sharedBy(session);
    for (const base of wanted.filter(({ name, onlyObserved }) => !onlyObserved && !accepted.has(name))) {
      const isFailed = session.findings.all().some(({ verdict }) => verdict.site === `base ${base.name}`);
      for (const { requirement, site } of isFailed ? factsOf(base.template) : [])
        if (requirement === rowOfBase(base) && !acceptedFacts.has(site)) blamed.add(site);
    }
  },
};

async function proveBase(session: Session, base: Base): Promise<void> {
  const shared = sharedBy(session);
  const exchange = base.onlyObserved
    ? await observeBase(session, base)
    : await sendLegal(session, { requirement: rowOfBase(base), site: `base ${base.name}`, template: base.template });
  if (exchange === undefined) session.blocked(`${base.name}: the target has no files for it`);
  else if (succeeded(exchange)) shared.bases.set(base.name, exchange);
  else if (!base.onlyObserved) {
    reportBlocked(session, base, exchange);
    if (base.name === 'validation_file' && environmentReason(exchange) !== undefined)
      await validateWithTraining(session, base);
  }
}

/** A refusal of a validation file may be about the file. It is not, where the file is one that jobs are trained on. */
async function validateWithTraining(session: Session, base: Base): Promise<void> {
  const [body, other] = [await bound(session, base.template), await uploadOnce(session, 'second-training')];
  if (body === undefined || !isObject(body.payload) || other.kind === 'refused') return;
  const payload = { ...body.payload, validation_file: other.file.id };
  const exchange = await createJob(session, payload);
  const description = 'a validation file that another job was trained on';
  const proven = provenCreate(session, payload);
  session.observe({
    kind: 'acceptance',
    requirement: rowOfBase(base),
    site: `base ${base.name}`,
    description,
    exchange,
    proven,
  });
}

/** A body on which the documents disagree: what the target makes of it is told, not judged. */
async function observeBase(session: Session, base: Base): Promise<Exchange | undefined> {
  const bindings = await bindingsFor(session, methodOf(base.template));
  if (bindings === undefined) return undefined;
  const exchange = await createJob(session, bind(base.template, bindings));
  session.observed(
    `create with ${base.name}`,
    isAnswered(exchange) ? `status ${exchange.outcome.status}` : told(exchange),
  );
  if (succeeded(exchange)) observeFacts(session, base.template, exchange);
  return exchange;
}

function reportBlocked(session: Session, base: Base, exchange: Exchange): void {
  const method = methodOf(base.template);
  const mend = base.name.startsWith('integrations')
    ? 'capabilities: { integrations: false }'
    : `methods without ${method}`;
  const environment = environmentReason(exchange);
  const why =
    environment === undefined
      ? `a legal body was refused (${told(exchange)})`
      : `the surroundings refused it (${environment})`;
  session.blocked(`${base.name}: ${why}. If the target does not claim it, say so in its profile (${mend})`);
}

/** Acceptances of one kind of fault after which a family is left alone where each of them costs money. */
const MAX_ACCEPTED = 3;

/** The first site of each rule: what a small budget is spent on before any rule is tried twice. */
export const ruleTier: Scenario = {
  id: 'rules',
  title: 'Break each rule of the create request once',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  cost: (config, judges) => ({
    requests: firstOfEachRule(plannedFaults(config, judges, siteFaults)).size,
    jobs: 0,
    uploads: 0,
  }),
  run: (session) => sendFaults(session, siteFaults, (cases) => [...firstOfEachRule(cases)]),
};

export const siteTier: Scenario = {
  id: 'faults',
  title: 'Break it at each other place where it stands',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  cost: (config, judges) => {
    const cases = plannedFaults(config, judges, siteFaults);
    return { requests: cases.length - firstOfEachRule(cases).size + 2, jobs: 1, uploads: 0 };
  },
  run: async (session) => {
    await sendFaults(session, siteFaults, (cases) => {
      const first = firstOfEachRule(cases);
      return cases.filter((one) => !first.has(one));
    });
    await controlPlain(session);
  },
};

function firstOfEachRule(cases: readonly FaultCase[]): ReadonlySet<FaultCase> {
  const first = new Map<string, FaultCase>();
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
  faultsOf: (base: Base) => readonly FaultCase[],
  choose = (cases: readonly FaultCase[]): readonly FaultCase[] => cases,
): Promise<void> {
  const judges = (row: string): boolean => session.judges(row);
  const cases = wantedFaults(basesOf(userOf(session)), judges, faultsOf);
  await Promise.all(choose(cases).map((one) => sendFault(session, one, sharedBy(session).acceptedFaults)));
}

async function sendFault(
  session: Session,
  { base, fault, template }: FaultCase,
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
  if (!succeeded(exchange)) return;
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
  const body = await bound(session, { model: '${model}', training_file: '${training_file}' });
  if (body === undefined) return;
  const exchange = await createJob(session, body.payload);
  if (succeeded(exchange) || environmentReason(exchange) !== undefined) return;
  const reason = `a plain body was accepted before the refusals and is answered ${told(exchange)} after them`;
  session.discrimination = { shown: false, reason };
  session.blocked(reason);
}
