// Creating a job of a sequence: good data or bad, a file that jobs share or one of its own. What must not succeed is
// told to the history of the job, so that its end is judged.
import { completed } from '../generation/bases.ts';
import { bind, type Method } from '../generation/pools.ts';
import { ofEdition } from '../contract/create-members.ts';
import { isObject, type JsonObject, type JsonValue, member, sameJson, show } from '../contract/json.ts';
import { type Exchange, jsonOf, succeeded } from '../requirements/exchange.ts';
import { jobStatus } from '../requirements/refusals.ts';
import { BAD_DATA, BAD_KINDS, type BadKind, observeRefusedData } from '../run/bad-data.ts';
import { datasetsOf } from '../run/datasets.ts';
import { type Uploaded, uploadDataset, uploadOnce } from '../run/files.ts';
import { bindingsFor, createJob, jobOf, provenCreate } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { type LifecycleModel, newborn } from './model.ts';
import { shown, type Stage } from './stage.ts';
import type { CreateStep, DataKind } from './step.ts';

interface Body {
  readonly payload: JsonObject;
  readonly metadata: JsonObject;
  readonly file: Uploaded | undefined;
}

/** Creates a job, and follows it if there is one. */
export async function create(stage: Stage, model: LifecycleModel, step: CreateStep): Promise<void> {
  const { session } = stage;
  const bad = badData(step.data);
  const body = await bodyFor(stage, step);
  if (body === undefined) return;
  const { payload, metadata, file } = body;
  const exchange = await createJob(session, payload, { keep: true });
  if (bad === undefined) observeAcceptance(session, payload, exchange);
  const made = jobOf(exchange);
  if (made === undefined) {
    if (bad !== undefined && !succeeded(exchange)) observeRefusedData(session, bad.expectation, exchange);
    return;
  }
  // Two jobs under one id are told of by create.id.unique; to follow both would only confuse them.
  if ([...stage.jobs.values()].some(({ id }) => id === made.id)) return;
  // Whether data suffices for preferences or rewards, the documents do not say.
  if (bad !== undefined || step.method === 'supervised')
    session.histories.expect(made.id, bad?.expectation ?? 'success');
  stage.jobs.set(step.job, {
    id: made.id,
    metadata: sameJson(member(made.job, 'metadata') ?? null, metadata) ? metadata : undefined,
    file,
    last: made.exchange,
    question: undefined,
    pause: undefined,
    events: undefined,
    checkpoints: undefined,
    deletion: undefined,
  });
  model.set(step.job, newborn(step.method, step.data));
  shown(stage, model, step.job, jobStatus(jsonOf(exchange)));
}

async function bodyFor(stage: Stage, { job, method, data }: CreateStep): Promise<Body | undefined> {
  const { session, mark } = stage;
  const metadata = { conformance_run: sharedBy(session).nonce, conformance_job: `${mark}-${job}` };
  const bad = badData(data);
  if (bad !== undefined) {
    const upload = await uploadOnce(session, bad.dataset);
    if (upload.kind === 'refused') {
      observeRefusedData(session, bad.expectation, upload.exchange);
      return undefined;
    }
    const base = { model: session.models.supervised ?? 'gpt-4o-mini', training_file: upload.file.id, metadata };
    return { payload: ofEdition(base), metadata, file: undefined };
  }
  const bindings = await bindingsFor(session, method);
  const own = data === 'own' && bindings !== undefined ? await ownFile(stage, job, method) : undefined;
  if (bindings === undefined || (data === 'own' && own === undefined)) return undefined;
  const bound: JsonValue = bind(templateOf(method, metadata), {
    ...bindings,
    trainingFile: own?.id ?? bindings.trainingFile,
  });
  return isObject(bound) ? { payload: bound, metadata, file: own } : undefined;
}

async function ownFile({ session, mark }: Stage, job: string, method: Method): Promise<Uploaded | undefined> {
  const upload = await uploadDataset(session, datasetsOf(method).training, `sequence-${mark}-${job}`);
  return upload.kind === 'uploaded' ? upload.file : undefined;
}

function templateOf(method: Method, metadata: JsonObject): JsonObject {
  return completed(
    ofEdition({
      model: '${model}',
      training_file: '${training_file}',
      suffix: 'sequence',
      seed: 17,
      metadata,
      ...(method === 'supervised' ? {} : { method: { type: method } }),
    }),
  );
}

function observeAcceptance(session: Session, payload: JsonObject, exchange: Exchange): void {
  session.observe({
    kind: 'acceptance',
    requirement: 'create.valid.accepted',
    site: 'sequences',
    description: `the body ${show(payload, 200)}`,
    exchange,
    proven: provenCreate(session, payload),
  });
}

function badData(data: DataKind): (typeof BAD_DATA)[BadKind] | undefined {
  const kind = BAD_KINDS.find((one) => one === data);
  return kind === undefined ? undefined : BAD_DATA[kind];
}
