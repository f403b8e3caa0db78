// Proves the clean bases, one for each way through the schema, and lays each fault on the smallest base in which its
// site is live. A base that the target refuses is named once; its faults are then judged by what the error says alone.
import pLimit from 'p-limit';
import type { Base } from '../generation/bases.ts';
import { type FaultCase, siteFaults } from '../generation/faults.ts';
import { type Context, contextsOf } from '../generation/contexts.ts';
import { depthFaults } from '../generation/near-misses.ts';
import { methodOf } from '../generation/pools.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import type { Capability } from '../requirements/requirement.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { environmentReason, told } from '../requirements/refusals.ts';
import type { RunConfig } from '../run/config.ts';
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

function costOfBases(config: RunConfig): { bases: number; faults: number } {
  const bases = offeredBases(config);
  return { bases: bases.length, faults: bases.flatMap(siteFaults).length };
}

export const bases: Scenario = {
  id: 'bases',
  title: 'Make a job on each way through the create request',
  serves: ['create.*', 'echo.*'],
  cost: (config) => {
    const { bases: count } = costOfBases(config);
    return { requests: 2 * count, jobs: count, uploads: 4 };
  },
  run: async (session) => {
    const wanted = basesOf(userOf(session));
    await Promise.all(wanted.map((base) => proveBase(session, base)));
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

export const siteTier: Scenario = {
  id: 'faults',
  title: 'Break each constraint of the create request once',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  cost: (config) => ({ requests: costOfBases(config).faults + 2, jobs: 1, uploads: 0 }),
  run: async (session) => {
    await sendFaults(session, siteFaults);
    await controlPlain(session);
  },
};

export const depthTier: Scenario = {
  id: 'depth',
  title: 'Come close to what is legal, from every side',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  tiers: ['full'],
  cost: (config) => ({ requests: offeredBases(config).flatMap(depthFaults).length, jobs: 0, uploads: 0 }),
  run: (session) => sendFaults(session, depthFaults),
};

export const contextTier: Scenario = {
  id: 'contexts',
  title: 'Break each constraint beside other members, and in second items',
  serves: ['create.*', 'refusal.no-job', 'errors.*'],
  tiers: ['full'],
  cost: (config) => {
    const contexts = offeredBases(config).flatMap(contextsOf);
    return {
      requests: contexts.flatMap(({ faults }) => faults).length + 2 * contexts.length,
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

async function sendFaults(session: Session, faultsOf: (base: Base) => readonly FaultCase[]): Promise<void> {
  const judges = (row: string): boolean => session.judges(row);
  const cases = basesOf(userOf(session))
    .flatMap(faultsOf)
    .filter(({ fault }) => judges(fault.requirement) || judges('refusal.no-job'));
  const accepted = new Map<string, number>();
  // Whether a family is over is asked when its turn comes, not before all of them are sent.
  const turn = pLimit(session.config.createConcurrency);
  await Promise.all(cases.map((one) => turn(() => sendFault(session, one, accepted))));
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
