// Jobs that must not succeed: bad data, data of another method, a training file that is deleted. They are started early
// and run on in the background; what became of them is judged from their histories at the end.
import { PLAIN_METHOD } from '../generation/bases.ts';
import type { JsonObject } from '../contract/json.ts';
import { succeeded } from '../requirements/exchange.ts';
import type { Expectation } from '../requirements/observation.ts';
import { BAD_DATA, BAD_KINDS, type BadKind, observeRefusedData } from '../run/bad-data.ts';
import { deleteOwnFile, uploadDataset } from '../run/files.ts';
import { awaitEnd, createJob, jobOf, ownJobOf } from '../run/jobs.ts';
import { type Session, withinBudget } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import type { Scenario } from './scenario.ts';

export const badData: Scenario = {
  id: 'bad-data',
  tiers: ['sites', 'full'],
  title: 'Train on data that is no good',
  serves: ['status.*', 'files.upload.not-jsonl'],
  cost: ({ lifecycle }) =>
    lifecycle === 'full' ? { requests: 12, jobs: 4, uploads: 4 } : { requests: 0, jobs: 0, uploads: 0 },
  run: async (session) => {
    // What is wrong with data is said of the formats of OpenAI's default method.
    if (session.config.lifecycle !== 'full' || !session.discrimination.shown || PLAIN_METHOD !== 'supervised') return;
    for (const kind of BAD_KINDS) await train(session, kind);
    if (session.judges('status.training_file.deleted')) await trainOnDeleted(session);
  },
};

async function train(session: Session, kind: BadKind): Promise<void> {
  const { dataset, expectation } = BAD_DATA[kind];
  const upload = await uploadDataset(session, dataset, `bad-${dataset}`);
  const model = session.models.supervised ?? 'gpt-4o-mini';
  if (upload.kind === 'refused') {
    observeRefusedData(session, expectation, upload.exchange);
    return;
  }
  const payload: JsonObject = { model, training_file: upload.file.id };
  const exchange = await createJob(session, payload, { keep: true });
  const made = jobOf(exchange);
  if (made !== undefined) follow(session, made.id, expectation);
  else if (!succeeded(exchange)) observeRefusedData(session, expectation, exchange);
}

function follow(session: Session, id: string, expectation: Expectation): void {
  session.histories.expect(id, expectation);
  sharedBy(session).background.push(withinBudget(() => awaitEnd(session, id)));
}

async function trainOnDeleted(session: Session): Promise<void> {
  const upload = await uploadDataset(session, 'training', 'deleted-while-training');
  if (upload.kind === 'refused') return;
  const model = session.models.supervised ?? 'gpt-4o-mini';
  const made = ownJobOf(await createJob(session, { model, training_file: upload.file.id }, { keep: true }));
  if (made === undefined) return;
  const deletion = await deleteOwnFile(session, upload.file);
  if (deletion === undefined) return;
  session.histories.asked(made.id, 'delete-training-file', deletion);
  if (succeeded(deletion)) follow(session, made.id, 'training-file-deleted');
}
