// Is anybody there, and does it listen? Two jobs are made from two files, with values that nobody could know beforehand,
// and read back. Until that has worked, nothing that looks right counts as right.
import { type JsonObject, member, textMember } from '../contract/json.ts';
import { describeOutcome, type Exchange, isAnswered, jsonOf, succeeded, type Succeeded } from '../requirements/exchange.ts';
import { told } from '../requirements/refusals.ts';
import { uploadOnce } from '../run/files.ts';
import { awaitEnd, cancelJob, createJob, jobOf, listBelow, retrieveJob } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import type { Scenario } from './scenario.ts';

export const reach: Scenario = {
  id: 'reach',
  title: 'Reach the target',
  serves: ['*'],
  run: async (session) => {
    const list = session.api.exchangeOf(await session.api.http.GET('/fine_tuning/jobs', { params: { query: { limit: 1 } }, ...session.api.unread }));
    if (!succeeded(list)) session.blocked(`the list of jobs is answered ${told(list)}`);
    await chooseModels(session);
  },
};

/** Documented names are looked up among the target's models; without a list the documents' own examples have to do. */
async function chooseModels(session: Session): Promise<void> {
  const models = await session.send({ operation: 'listModels', method: 'GET', path: '/models' });
  if (succeeded(models)) session.found('models', 'offered', 'GET /models is answered 2xx');
  else if (isAnswered(models)) session.found('models', 'absent', `GET /models is answered ${told(models)}`);
}

export const calibration: Scenario = {
  id: 'calibration',
  title: 'Make two jobs and read them back',
  serves: ['*'],
  run: async (session) => {
    const shared = sharedBy(session);
    const [first, second] = await Promise.all([uploadOnce(session, 'training'), uploadOnce(session, 'second-training')]);
    if (first.kind === 'refused' || second.kind === 'refused') {
      const refused = first.kind === 'refused' ? first.exchange : second.kind === 'refused' ? second.exchange : undefined;
      session.discrimination = { shown: false, reason: `a training file could not be uploaded (${refused ? told(refused) : ''})` };
      session.blocked(session.discrimination.reason);
      return;
    }
    // Which file comes first is decided by the run, not by the seed: a recording cannot know it.
    const [a, b] = Number.parseInt(shared.nonce, 36) % 2 === 0 ? [first.file.id, second.file.id] : [second.file.id, first.file.id];
    const one = await makeJob(session, a, 1);
    if (one === undefined) return;
    shared.success = { id: one.id, end: followToEnd(session, one.id) };
    const two = await makeJob(session, b, 2);
    if (two === undefined) return;
    const cancel = await cancelJob(session, two.id);
    const [seenOne, seenTwo] = await Promise.all([retrieveJob(session, one.id), retrieveJob(session, two.id)]);
    session.observe({ kind: 'probe', probe: { name: 'cancel', before: two.exchange, cancel, after: seenTwo } });
    if (succeeded(cancel)) shared.cancelled = two.id;
    session.discrimination = judgeDiscrimination(one, two, seenOne, seenTwo, a, b);
    if (!session.discrimination.shown) session.notice(`the target does not discriminate: ${session.discrimination.reason}`);
    session.observe({ kind: 'probe', probe: { name: 'events-after-create', events: await listBelow(session, two.id, 'events') } });
  },
};

async function followToEnd(session: Session, id: string): Promise<JsonObject | undefined> {
  const started = session.now();
  const job = await awaitEnd(session, id).catch(() => undefined);
  sharedBy(session).lifeMs = session.now() - started;
  return job;
}

interface Made {
  readonly id: string;
  readonly job: JsonObject;
  readonly exchange: Succeeded;
  readonly payload: JsonObject;
}

/** A job with values of this run in it; where the target refuses those, a plain one. */
async function makeJob(session: Session, file: string, number: number): Promise<Made | undefined> {
  const { nonce } = sharedBy(session);
  const model = session.config.models.supervised ?? 'gpt-4o-mini';
  const plain: JsonObject = { model, training_file: file };
  const metadata = { conformance_run: nonce, number: String(number) };
  const seed = (Number.parseInt(nonce, 36) % 1_000_000) + number;
  const marked: JsonObject = { ...plain, suffix: `c${nonce}${number}`.slice(0, 18), seed, metadata };
  let refusal: Exchange | undefined;
  for (const payload of [marked, plain]) {
    const exchange = await createJob(session, payload, { keep: true });
    const made = jobOf(exchange);
    if (made !== undefined) {
      session.histories.expect(made.id, number === 1 ? 'success' : 'success');
      if (payload === marked) sharedBy(session).tagged.push({ id: made.id, metadata });
      session.observe({ kind: 'acceptance', requirement: 'create.valid.accepted', site: 'calibration', description: 'a body with suffix, seed and metadata', exchange });
      return { ...made, payload };
    }
    refusal = exchange;
    session.observe({
      kind: 'acceptance',
      requirement: payload === plain ? 'create.plain.accepted' : 'create.valid.accepted',
      site: 'calibration',
      description: payload === plain ? 'a body of model and training_file' : 'a body with suffix, seed and metadata',
      exchange,
    });
  }
  const reason = refusal === undefined ? 'no create was sent' : `no create was accepted (${isAnswered(refusal) ? told(refusal) : describeOutcome(refusal)})`;
  session.discrimination = { shown: false, reason };
  session.blocked(reason);
  return undefined;
}

function judgeDiscrimination(one: Made, two: Made, seenOne: Exchange, seenTwo: Exchange, a: string, b: string): Session['discrimination'] {
  const not = (reason: string): Session['discrimination'] => ({ shown: false, reason });
  if (one.id === '' || one.id === two.id) return not('two creates were answered with the same job');
  if (textMember(jsonOf(seenOne), 'id') !== one.id || textMember(jsonOf(seenTwo), 'id') !== two.id) return not('a retrieved job is not the one that was asked for');
  if (textMember(jsonOf(seenOne), 'training_file') !== a || textMember(jsonOf(seenTwo), 'training_file') !== b) return not('retrieved jobs do not name the files that they were made with');
  const cameBack = ['seed', 'metadata', 'suffix'].some((name) => JSON.stringify(member(one.payload, name)) === JSON.stringify(member(jsonOf(seenOne), name)) && member(one.payload, name) !== undefined);
  if (!cameBack && member(one.payload, 'seed') !== undefined) return not('neither the seed nor the metadata that was sent came back');
  return { shown: true, reason: 'two jobs were made from two files and read back with what was sent' };
}
