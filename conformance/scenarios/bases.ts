// Proves the clean bases, one for each way through the schema: what they are accepted for, the faults of the create
// request rest on. A base that the target refuses is named once.
import { type Base, PLAIN_METHOD } from '../generation/bases.ts';
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
import { bound, observeFacts, sendLegal } from './cases.ts';
import type { Scenario } from './scenario.ts';

/** A contract that knows no default method asks for its plainest body under the name of the method. */
const PLAIN_ROW = PLAIN_METHOD === 'supervised' ? 'create.plain.accepted' : `create.${PLAIN_METHOD}.accepted`;

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
  return ROWS.find(([beginning]) => name.startsWith(beginning))?.[1] ?? PLAIN_ROW;
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
export interface BaseUser {
  readonly config: Pick<RunConfig, 'tier' | 'shard' | 'methods'>;
  readonly judges: (row: string) => boolean;
  readonly mayUse: (capability: Capability) => boolean;
}

/** A session, as the choice of bases knows it. */
export function userOf(session: Session): BaseUser {
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
export function plannedBases(config: RunConfig, judges: BaseUser['judges']): readonly Base[] {
  return basesOf({ config, judges, mayUse: (capability) => claimOf(config, capability) !== 'excluded' });
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
    const isFirst = (base: Base): boolean => [undefined, base.name].includes(familyOf(base));
    await Promise.all(wanted.filter(isFirst).map((base) => proveBase(session, base)));
    await Promise.all(wanted.filter((base) => !isFirst(base)).map((base) => proveBase(session, base)));
    blameFamilies(session, wanted);
    // What a refused base alone has shown fails its row already; later bodies that hold it are explained by that.
    const { bases: accepted, acceptedFacts, blamed } = sharedBy(session);
    for (const base of wanted.filter(({ name, onlyObserved }) => !onlyObserved && !accepted.has(name))) {
      const isFailed = session.judging.findings.all().some(({ verdict }) => verdict.site === `base ${base.name}`);
      for (const { requirement, site } of isFailed ? factsOf(base.template) : [])
        if (requirement === rowOfBase(base) && !acceptedFacts.has(site)) blamed.add(site);
    }
  },
};

/** Bases that stand and fall together: a target that does not offer a method refuses each of its bodies alike. */
const FAMILIES = ['method.dpo', 'method.reinforcement'] as const;
type Family = (typeof FAMILIES)[number];

function familyOf({ name }: Pick<Base, 'name'>): Family | undefined {
  return FAMILIES.find((family) => name.startsWith(family));
}

/** True where the first base of a family was refused, and no other was accepted. */
export function refusesAll(session: Session, family: string): boolean {
  const { bases: accepted, refusedBases } = sharedBy(session);
  return refusedBases.has(family) && ![...accepted.keys()].some((name) => name.startsWith(family));
}

/** Where no base of a family was accepted its first one has failed; what needs the family is explained by that. */
function blameFamilies(session: Session, wanted: readonly Base[]): void {
  const { acceptedFacts, blamed } = sharedBy(session);
  for (const family of FAMILIES) {
    if (!refusesAll(session, family)) continue;
    const members = wanted.filter((base) => familyOf(base) === family);
    for (const { site } of members.flatMap(({ template }) => factsOf(template)))
      if (!acceptedFacts.has(site)) blamed.add(site);
  }
}

async function proveBase(session: Session, base: Base): Promise<void> {
  const shared = sharedBy(session);
  const first = familyOf(base);
  const refused = first === undefined || first === base.name ? undefined : shared.refusedBases.get(first);
  const exchange = base.onlyObserved
    ? await observeBase(session, base)
    : await sendLegal(
        session,
        { requirement: rowOfBase(base), site: `base ${base.name}`, template: base.template },
        refused,
      );
  if (exchange === undefined) session.blocked(`${base.name}: the target has no files for it`);
  else if (succeeded(exchange)) shared.bases.set(base.name, exchange);
  else if (!base.onlyObserved) {
    shared.refusedBases.set(base.name, exchange);
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
