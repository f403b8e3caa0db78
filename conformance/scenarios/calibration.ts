// Is anybody there, and does it listen? Two jobs are made from two files, with values that nobody could know beforehand,
// and read back. Until that has worked, nothing that looks right counts as right.
import { isCreateMember, ofEdition } from '../contract/create-members.ts';
import { isObject, type JsonObject, member, textMember } from '../contract/json.ts';
import {
  describeOutcome,
  type Exchange,
  isAnswered,
  jsonOf,
  succeeded,
  type Succeeded,
} from '../requirements/exchange.ts';
import { isMissing, told } from '../requirements/refusals.ts';
import { itemsOf } from '../requirements/list.ts';
import { PLAIN_BODY, PLAIN_METHOD } from '../generation/bases.ts';
import { bind, type Method } from '../generation/pools.ts';
import { isAbsent } from '../run/capability.ts';
import { datasetsOf } from '../run/datasets.ts';
import { uploadDataset, uploadOnce } from '../run/files.ts';
import { findJob } from '../run/find-job.ts';
import { AS_CLIENTS, awaitEnd, cancelJob, createJob, jobOf, listBelow } from '../run/jobs.ts';
import { isOwned } from '../run/ownership.ts';
import { type Session, withinBudget } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import type { Scenario } from './scenario.ts';

export const reach: Scenario = {
  id: 'reach',
  title: 'Reach the target',
  serves: ['*'],
  cost: () => ({ requests: 2, jobs: 0, uploads: 0 }),
  run: async (session) => {
    const list = session.api.exchangeOf(
      await session.api.http.GET('/fine_tuning/jobs', { params: { query: { limit: 1 } }, ...session.api.unread }),
    );
    if (!succeeded(list)) session.blocked(`GET /fine_tuning/jobs: ${told(list)}`);
    if (!isAnswered(list) && list.outcome.kind === 'failure' && list.outcome.cause === 'unreachable') {
      session.unreachable = list.outcome.message;
      return;
    }
    await chooseModels(session);
  },
};

/** Documented names that can be trained, likeliest and cheapest first, by what they are needed for. */
const DOCUMENTED_MODELS: Readonly<Record<Method | 'grader', readonly string[]>> = {
  supervised: ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18', 'gpt-4.1-nano-2025-04-14', 'gpt-4.1-mini-2025-04-14', 'gpt-4.1-2025-04-14', 'gpt-4o-2024-08-06', 'gpt-3.5-turbo'],
  dpo: ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18', 'gpt-4.1-nano-2025-04-14', 'gpt-4.1-mini-2025-04-14', 'gpt-4.1-2025-04-14', 'gpt-4o-2024-08-06'],
  reinforcement: ['o4-mini', 'o4-mini-2025-04-16'],
  grader: ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18', 'gpt-4o-2024-08-06', 'gpt-4.1-mini-2025-04-14', 'o4-mini'],
}; // prettier-ignore

/** Where no model was named: documented names among the target's own, else the one that every example uses. */
async function chooseModels(session: Session): Promise<void> {
  const models = await session.send({ operation: 'listModels', method: 'GET', path: '/models' });
  if (succeeded(models)) session.found('models', 'offered', 'GET /models is answered 2xx');
  else if (isAbsent(models)) session.found('models', 'absent', `GET /models is answered ${told(models)}`);
  const offered = new Set(succeeded(models) ? itemsOf(models).flatMap((model) => textMember(model, 'id') ?? []) : []);
  sharedBy(session).modelsBefore = offered;
  const { supervised, dpo, reinforcement, grader } = session.models;
  const choose = (use: Method | 'grader'): string | undefined =>
    DOCUMENTED_MODELS[use].find((name) => offered.has(name)) ?? DOCUMENTED_MODELS[use][0];
  session.models = {
    supervised: supervised ?? choose('supervised'),
    dpo: dpo ?? choose('dpo'),
    reinforcement: reinforcement ?? choose('reinforcement'),
    grader: grader ?? choose('grader'),
  };
}

export const calibration: Scenario = {
  id: 'calibration',
  title: 'Make two jobs and read them back',
  serves: ['*'],
  cost: () => ({ requests: 10, jobs: 2, uploads: 2 }),
  run: async (session) => {
    const shared = sharedBy(session);
    const [first, second] = await Promise.all([
      uploadOnce(session, datasetsOf(PLAIN_METHOD).training),
      PLAIN_METHOD === 'supervised'
        ? uploadOnce(session, 'second-training')
        : uploadDataset(session, datasetsOf(PLAIN_METHOD).training, `second-${PLAIN_METHOD}`),
    ]);
    if (first.kind === 'refused' || second.kind === 'refused') {
      const refused =
        first.kind === 'refused' ? first.exchange : second.kind === 'refused' ? second.exchange : undefined;
      session.discrimination = { shown: false, reason: `no training file could be uploaded (${whyNoFile(refused)})` };
      session.blocked(session.discrimination.reason);
      return;
    }
    // Which file comes first is decided by the run, not by the seed: a recording cannot know it.
    const [a, b] =
      Number.parseInt(shared.nonce, 36) % 2 === 0 ? [first.file.id, second.file.id] : [second.file.id, first.file.id];
    // The first is cancelled at once, the second lives: what it takes from the one before it shows at its end.
    const one = await makeJob(session, a, 1);
    if (one === undefined) return;
    const cancel = isOwned(one.exchange) ? await cancelJob(session, one.id, { headers: AS_CLIENTS }) : undefined;
    const isCancelled = cancel !== undefined && (succeeded(cancel) || succeeded(await cancelJob(session, one.id)));
    const two = await makeJob(session, b, 2);
    if (two === undefined) return;
    const [seenOne, seenTwo] = await Promise.all([findJob(session, one.id), findJob(session, two.id)]);
    if (cancel !== undefined)
      session.observe({ kind: 'probe', probe: { name: 'cancel', before: one.exchange, cancel, after: seenOne } });
    if (isCancelled) shared.cancelled = one.id;
    session.discrimination = judgeDiscrimination(one, two, lastShown(session, one, seenOne), seenTwo, a, b);
    // Waiting for a job's end is worth it only where somebody listens.
    if (session.discrimination.shown && session.config.lifecycle === 'full') {
      shared.success = { id: two.id, end: followToEnd(session, two.id) };
    } else if (isOwned(two.exchange)) await cancelJob(session, two.id);
    if (!session.discrimination.shown) {
      session.notice(`the target does not discriminate: ${session.discrimination.reason}`);
    }
    session.observe({
      kind: 'probe',
      probe: { name: 'events-after-create', events: await listBelow(session, one.id, 'events') },
    });
  },
};

/** Whoever forgets a job once it is over has told it from others all the same, as long as it was there. */
function lastShown(session: Session, { id }: Made, seen: Exchange): Exchange {
  return isMissing(seen) ? (session.histories.retrieved(id) ?? seen) : seen;
}

function whyNoFile(refused: Exchange | undefined): string {
  if (refused === undefined) return '';
  return succeeded(refused) ? `${told(refused)}, and the answer has no id` : told(refused);
}

async function followToEnd(session: Session, id: string): Promise<JsonObject | undefined> {
  const started = session.now();
  const job = await withinBudget(() => awaitEnd(session, id));
  if (job !== undefined) sharedBy(session).lifeMs = session.now() - started;
  if (textMember(job, 'status') === 'succeeded') sharedBy(session).succeeded = job;
  return job;
}

const MARKED = `a body with ${isCreateMember('metadata') ? 'suffix, seed and metadata' : 'suffix and seed'}`;

/** Few epochs of few examples: what they are trained with costs next to nothing. */
const SETTLED = { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 0.5 };

function objectIn(body: JsonObject, name: string): JsonObject {
  const value = member(body, name);
  return isObject(value) ? value : {};
}

interface Made {
  readonly id: string;
  readonly job: JsonObject;
  readonly exchange: Succeeded;
  readonly payload: JsonObject;
}

/** The smallest body that must be accepted, with a file of ours. */
async function plainBody(session: Session, trainingFile: string): Promise<JsonObject> {
  const needsValidation = 'validation_file' in PLAIN_BODY;
  const upload = needsValidation ? await uploadOnce(session, datasetsOf(PLAIN_METHOD).validation) : undefined;
  const model = session.models[PLAIN_METHOD] ?? 'gpt-4o-mini';
  const validationFile = upload?.kind === 'uploaded' ? upload.file.id : '';
  return bind(PLAIN_BODY, { model, graderModel: model, trainingFile, validationFile }) as JsonObject;
}

/** A job with values of this run in it; where the target refuses those, a plain one. */
async function makeJob(session: Session, file: string, number: number): Promise<Made | undefined> {
  const { nonce } = sharedBy(session);
  const plain = await plainBody(session, file);
  const metadata = { conformance_run: nonce, number: String(number) };
  const seed = (Number.parseInt(nonce, 36) % 1_000_000) + number;
  const marked = ofEdition({ ...plain, suffix: `c-${nonce}-${number}`.slice(0, 18), seed, metadata });
  // The second lives: what was settled by number must still be so when it runs, and at its end.
  const isSettled = number === 2 && isCreateMember('hyperparameters') && !('method' in plain);
  const settled = { ...marked, hyperparameters: { ...SETTLED, ...objectIn(plain, 'hyperparameters') } };
  let refusal: Exchange | undefined;
  for (const payload of [...(isSettled ? [settled] : []), marked, plain]) {
    const exchange = await createJob(session, payload, { keep: true });
    const made = jobOf(exchange);
    if (made !== undefined) {
      session.histories.expect(made.id, 'success');
      if (payload !== plain && isCreateMember('metadata')) sharedBy(session).tagged.push({ id: made.id, metadata });
      session.observe({
        kind: 'acceptance',
        requirement: 'create.valid.accepted',
        site: 'calibration',
        description: MARKED,
        exchange,
      });
      return { ...made, payload };
    }
    refusal = exchange;
    // Whether numbers are taken, the bases show.
    if (payload === settled) continue;
    session.observe({
      kind: 'acceptance',
      requirement: payload === plain ? 'create.plain.accepted' : 'create.valid.accepted',
      site: 'calibration',
      description: payload === plain ? 'a body of model and training_file' : MARKED,
      exchange,
    });
  }
  const reason =
    refusal === undefined
      ? 'no create was sent'
      : `no create was accepted (${isAnswered(refusal) ? told(refusal) : describeOutcome(refusal)})`;
  session.discrimination = { shown: false, reason };
  session.blocked(reason);
  return undefined;
}

function judgeDiscrimination(
  one: Made,
  two: Made,
  seenOne: Exchange,
  seenTwo: Exchange,
  a: string,
  b: string,
): Session['discrimination'] {
  const not = (reason: string): Session['discrimination'] => ({ shown: false, reason });
  if (one.id === '' || one.id === two.id) return not('two creates were answered with the same job');
  if (textMember(jsonOf(seenOne), 'id') !== one.id || textMember(jsonOf(seenTwo), 'id') !== two.id)
    return not('a retrieved job is not the one that was asked for');
  if (textMember(jsonOf(seenOne), 'training_file') !== a || textMember(jsonOf(seenTwo), 'training_file') !== b)
    return not('retrieved jobs do not name the files that they were made with');
  const cameBack = ['seed', 'metadata', 'suffix'].some(
    (name) =>
      JSON.stringify(member(one.payload, name)) === JSON.stringify(member(jsonOf(seenOne), name)) &&
      member(one.payload, name) !== undefined,
  );
  if (!cameBack && member(one.payload, 'seed') !== undefined)
    return not('neither the seed nor the metadata that was sent came back');
  return { shown: true, reason: 'two jobs were made from two files and read back with what was sent' };
}
