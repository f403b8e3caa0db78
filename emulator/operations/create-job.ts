// Create: what a body has to satisfy beyond the schema, and the job that it makes.
import type { Context } from '../context.ts';
import { dataVerdict } from '../dataset/verdict.ts';
import { ApiError, badRequest, unavailableModel } from '../http/api-error.ts';
import { type Answer, success } from '../http/answer.ts';
import { isList, isObject, type JsonObject, type JsonValue, member, without } from '../json.ts';
import { standingAtCreation } from '../lifecycle/standing.ts';
import { phaseLengths } from '../lifecycle/timeline.ts';
import type { ApiRequest } from '../request.ts';
import type { FileRecord, JobRecord, MethodType } from '../store/records.ts';
import { rootOf, type UsableModel } from '../world.ts';
import { checkedBody } from './check-body.ts';
import { jobView } from './job-view.ts';

const LARGEST_SEED = 2_147_483_647;
const METHODS: readonly MethodType[] = ['supervised', 'dpo', 'reinforcement'];

/** POST /fine_tuning/jobs. */
export function createJob(context: Context, request: ApiRequest): Answer {
  try {
    const body = wellFormed(context, request);
    const job = jobOf(context, body, resourcesOf(context, body));
    context.world.store.change({ change: 'job', job });
    return success(jobView(context, job, standingAtCreation(context.world.timeline(job))));
  } catch (error) {
    if (error instanceof ApiError) leaveJobBehind(context, request, error);
    throw error;
  }
}

function wellFormed(context: Context, request: ApiRequest): JsonObject {
  const body = checkedBody(context, request, 'CreateFineTuningJobRequest', context.unknownMembers);
  return without(body, ...context.edition.withoutCreateMembers);
}

interface Resources {
  readonly model: UsableModel;
  readonly method: MethodType;
  readonly trainingFile: FileRecord | null;
  readonly validationFile: FileRecord | null;
}

/** What the names in a body stand for. @throws ApiError 400 where one stands for nothing fit. */
function resourcesOf(context: Context, body: JsonObject): Resources {
  const method = methodOf(body);
  const trainingFile = usableFile(context, body, 'training_file', context.policy.trainingFileCheck);
  const validationFile = usableFile(context, body, 'validation_file', context.policy.validationFileCheck);
  const model = usableModel(context, textOf(body['model']), method);
  const grader = member(body['method'], 'reinforcement');
  if (method === 'reinforcement' && grader === undefined && context.policy.graderCheck === 'needed') {
    throw badRequest("'reinforcement' with its grader is needed - 'method.reinforcement'", 'method.reinforcement');
  }
  return { model, method, trainingFile, validationFile };
}

function usableFile(
  context: Context,
  body: JsonObject,
  name: 'training_file' | 'validation_file',
  check: 'exists-with-purpose' | 'exists' | 'none',
): FileRecord | null {
  const id = body[name];
  if (id === undefined || id === null) return null;
  const file = context.world.file(textOf(id));
  if (check === 'none') return file ?? null;
  if (file === undefined) throw badRequest(`invalid ${name}: ${textOf(id).slice(0, 200)}`, name);
  if (check === 'exists-with-purpose' && file.purpose !== 'fine-tune') {
    const message = `invalid ${name}: ${file.id} has purpose '${file.purpose}', but 'fine-tune' is needed`;
    throw badRequest(message, name);
  }
  return file;
}

function usableModel(context: Context, name: string, method: MethodType): UsableModel {
  const model = context.world.usableModel(name);
  if (model !== undefined && (model.base?.methods.includes(method) ?? true)) return model;
  if (context.policy.modelCheck === 'none') return model ?? { name, base: undefined };
  throw unavailableModel(name);
}

/** The record of a new job. Every member is read warily: a defect may have let something else in. */
function jobOf(context: Context, body: JsonObject, resources: Resources): JobRecord {
  const { store, nowMs } = context.world;
  const { model, method, trainingFile, validationFile } = resources;
  const suffix = typeof body['suffix'] === 'string' ? body['suffix'] : '';
  const sequence = store.ids.nextSequence();
  const completionsModel = model.base?.completions ?? false;
  return {
    id: store.ids.next('ftjob-'),
    sequence,
    createdAtMs: nowMs,
    model: model.name,
    fineTunedModel: `ft:${rootOf(model.name)}:${context.organization.name}:${suffix}:${store.ids.next('', 8)}`,
    resultFileId: store.ids.next('file-'),
    trainingFile: textOf(body['training_file']),
    validationFile: body['validation_file'] == null ? null : textOf(body['validation_file']),
    seed: seedOf(body['seed']) ?? store.ids.nextSeed(),
    methodType: method,
    method: isObject(body['method']) ? body['method'] : null,
    hyperparameters: isObject(body['hyperparameters']) ? body['hyperparameters'] : null,
    integrations: isList(body['integrations']) ? body['integrations'] : [],
    metadata: metadataOf(body['metadata']),
    data: dataVerdict({ method, completionsModel, trainingFile, validationFile }, context.policy),
    lengths: phaseLengths(context.jobSeconds),
    actions: [],
    modelDeletedAtMs: null,
    resultsDeletedAtMs: null,
  };
}

function methodOf(body: JsonObject): MethodType {
  const type = member(body['method'], 'type');
  return METHODS.find((method) => method === type) ?? 'supervised';
}

function seedOf(seed: JsonValue | undefined): number | undefined {
  return typeof seed === 'number' && Number.isInteger(seed) && seed <= LARGEST_SEED ? seed : undefined;
}

function metadataOf(metadata: JsonValue | undefined): JsonObject | null {
  if (!isObject(metadata)) return null;
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** For a defect: a create that is refused makes a job all the same. */
function leaveJobBehind(context: Context, request: ApiRequest, error: ApiError): void {
  const schemaFault = error.param !== 'training_file' && error.param !== 'validation_file' && error.code === null;
  const leaves = schemaFault ? context.policy.createWithBadSchema : context.policy.refusedCreate;
  if (leaves === 'leaves-nothing' || !isObject(request.body)) return;
  const lenient: Context = {
    ...context,
    policy: { ...context.policy, trainingFileCheck: 'none', validationFileCheck: 'none', modelCheck: 'none' },
  };
  const method = methodOf(request.body);
  const named = request.body['training_file'];
  const trainingFile = typeof named === 'string' ? (context.world.file(named) ?? null) : null;
  const model: UsableModel = { name: textOf(request.body['model']), base: undefined };
  const job = jobOf(lenient, request.body, { model, method, trainingFile, validationFile: null });
  context.world.store.change({ change: 'job', job });
}
