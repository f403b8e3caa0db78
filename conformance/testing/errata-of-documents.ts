// Errata of the documents themselves: examples that are not JSON, that leave out what they require, and a schema that
// breaks its own dialect. No server is judged by them; one that copies them is judged as any other.
import type { JsonObject } from '../contract/json.ts';
import { malformedRequests } from '../scenarios/documented-requests.ts';
import type { Observation } from '../requirements/observation.ts';
import {
  beyondDoubt,
  contradicted,
  FAILS,
  PASSES,
  type ShownErratum,
  takes,
  takesFault,
  type UnseenErratum,
} from './errata-cases.ts';
import { answered, answeredText, type Told } from './exchanges.ts';
import { observedIn, shown } from './judged.ts';
import { aCheckpoint, aJob, anEvent, aPage } from './objects.ts';
import { creation, faulty } from './specimens-of-create.ts';

/** The answer as it is printed, slip and all. */
function printed(text: string, told: Told): Observation[] {
  return observedIn(answeredText(text, { ...told, headers: { 'content-type': 'application/json' } }));
}

const OF_CREATE: Told = { operation: 'createFineTuningJob', method: 'POST', path: '/fine_tuning/jobs' };
const NOT_JSON = { 'transport.json.parses': FAILS, 'transport.content-type.json': PASSES } as const;

/** A documented request that is no JSON, taken by the target. */
function takesMalformed(erratum: string): Observation {
  const found = malformedRequests.find((one) => one.erratum === erratum);
  if (found === undefined) throw new Error(`no run sends the request of ${erratum}`);
  return faulty({ requirement: 'refusal.json.malformed', site: erratum, at: '' }, answered(aJob(), OF_CREATE));
}

const NOT_A_JOB = [
  'error', 'finished_at', 'fine_tuned_model', 'hyperparameters', 'model', 'object', 'organization_id', 'result_files',
  'seed', 'status', 'trained_tokens', 'training_file', 'validation_file',
] as const; // prettier-ignore

const OF_EXAMPLES: readonly ShownErratum[] = [
  beyondDoubt('E-J1', 'answers a create with the comma that the example has behind its last hyperparameter', printed('{"object": "fine_tuning.job", "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": "auto",}}}}', OF_CREATE), NOT_JSON),
  beyondDoubt('E-J2', 'answers so where a validation file was sent', printed('{"validation_file": "file-abc123", "hyperparameters": {"n_epochs": "auto",}}', OF_CREATE), NOT_JSON),
  beyondDoubt('E-J3', "answers with Python's None for null", printed('{"integrations": [{"type": "wandb", "wandb": {"project": "p", "entity": None}}]}', OF_CREATE), NOT_JSON),
  contradicted('E-J4', 'takes the documented request that lacks a comma', takesMalformed('E-J4'), { 'refusal.json.malformed': FAILS }),
  beyondDoubt('E-J5', 'answers with the comma that stands behind training_file', printed('{"object": "fine_tuning.job", "training_file": "file-abc123",}', OF_CREATE), NOT_JSON),
  beyondDoubt('E-J6', 'lists dots for jobs', printed('{"object": "list", "data": [{ ... }, { ... }], "has_more": true}', { operation: 'listPaginatedFineTuningJobs' }), NOT_JSON),
  beyondDoubt('E-J6', 'lists an event among jobs, as the example did until 2025-04', shown('FineTuningJob', anEvent()), Object.fromEntries(NOT_A_JOB.map((name) => [`retrieve.job.${name}`, FAILS]))),
  beyondDoubt('E-J7', 'answers with an event that lacks the comma behind its id', printed('{"object": "list", "data": [{"id": "ftevent-abc123" "level": "info"}], "has_more": false}', { operation: 'listFineTuningEvents' }), NOT_JSON),
  beyondDoubt('E-J8', 'answers with a file that ends in a comma', printed('{"id": "file-abc123", "object": "file", "purpose": "fine-tune",}', { operation: 'retrieveFile' }), NOT_JSON),
  beyondDoubt('E-J9', 'lists checkpoints without the comma behind object', printed('{"object": "list" "data": [], "has_more": false}', { operation: 'listFineTuningJobCheckpoints' }), NOT_JSON),
  contradicted('E-J11', 'takes the documented request that ends in a comma', takesMalformed('E-J11'), { 'refusal.json.malformed': FAILS }),
  contradicted('E-S12', 'shows two checkpoints of one job under different model ids', [shown('FineTuningJobCheckpoint', aCheckpoint()), shown('FineTuningJobCheckpoint', aCheckpoint({ id: 'checkpoint-0', step_number: 80, fine_tuned_model_checkpoint: 'ft:gpt-4o-mini-2024-07-18:org::zzzzzzzz:ckpt-step-80' }))], { 'checkpoints.checkpoint.fine_tuned_model_checkpoint': PASSES }),
  beyondDoubt('E-S12', 'says has_more on the page of checkpoints behind which nothing follows', { kind: 'walk', list: 'checkpoints', limit: 1, pages: [answered(aPage([aCheckpoint()], true, { first_id: 'checkpoint-1', last_id: 'checkpoint-1' })), answered(aPage([]))], expected: ['checkpoint-1'], complete: true }, { 'checkpoints.has_more.truthful': FAILS }),
  contradicted('E-C6', 'takes a grader that compares the answer with the label, and one that compares the label with the answer', [...grades('{{sample.output_text}}', '{{item.label}}'), ...grades('{{item.label}}', '{{sample.output_text}}')], { 'create.grader.string_check.accepts': PASSES }),
  beyondDoubt('E-C6', 'makes a job without a model, as the JavaScript examples ask', takesFault('#/components/schemas/CreateFineTuningJobRequest required/model'), { 'create.model.required': FAILS }),
  beyondDoubt('E-C6', 'answers with another validation file than was sent, as the DPO example does', creation({ validation_file: 'file-abc123' }, { validation_file: 'file-123' }), { 'echo.validation_file': FAILS }),
  contradicted('E-C12', 'shows an event of a later time than the job', shown('FineTuningJobEvent', anEvent({ created_at: 1_760_000_900 })), { 'events.event.created_at': PASSES, 'retrieve.timestamps.seconds': PASSES }),
]; // prettier-ignore

/** A reinforcement body whose string check reads these two texts. */
function grades(input: string, reference: string): readonly Observation[] {
  const grader = { type: 'string_check', name: 'check', input, reference, operation: 'eq' };
  const method: JsonObject = { type: 'reinforcement', reinforcement: { grader } };
  return takes({ method, validation_file: '${validation_file}' });
}

const RANGE: JsonObject = {
  type: 'score_model',
  name: 'score',
  input: [{ role: 'user', content: 'How good is it?' }],
  model: 'gpt-4o-mini',
  range: [0, 0.5, 1],
};
const CONTENT: Told = { operation: 'downloadFile', path: '/files/file-1/content' };

const OF_DIALECT: readonly ShownErratum[] = [
  contradicted('E-D1', 'takes a null that is legal by the keyword of OpenAPI 3.0 only', takes({ suffix: null }), { 'create.suffix.null-accepted': PASSES }),
  beyondDoubt('E-D2', 'takes a learning rate multiplier of 0, which is the bound and outside it', takesFault('#/components/schemas/FineTuneSupervisedHyperparameters/properties/learning_rate_multiplier/oneOf/1 exclusiveMinimum'), { 'create.learning_rate_multiplier.exclusiveMinimum': FAILS }),
  contradicted('E-D3', 'shows a score model whose range is three numbers', shown('FineTuningJob', aJob({ method: { type: 'reinforcement', reinforcement: { grader: RANGE } } })), { 'retrieve.job.method': PASSES }),
  beyondDoubt('E-D4', 'answers with text where a file should stand', shown('OpenAIFile', 'file-1'), { 'files.file.body': FAILS }),
  beyondDoubt('E-D4', 'answers with a list where a model should stand', shown('Model', []), { 'models.model.body': FAILS }),
  contradicted('E-D5', 'gives the bytes of a file and no JSON', observedIn(answeredText('{"messages": []}\n{"messages": []}\n', { ...CONTENT, headers: { 'content-type': 'application/octet-stream' } })), { 'transport.success.200': PASSES }),
  beyondDoubt('E-D6', 'takes a text similarity grader without its type, which has a default', takesFault('#/components/schemas/GraderTextSimilarity required/type'), { 'create.grader.text_similarity.required': FAILS }),
  beyondDoubt('E-D6', 'takes a multi grader without its type', takesFault('#/components/schemas/GraderMulti required/type'), { 'create.grader.multi.required': FAILS }),
]; // prettier-ignore

export const ERRATA_OF_DOCUMENTS: readonly ShownErratum[] = [...OF_EXAMPLES, ...OF_DIALECT];

export const UNSEEN_ERRATA: readonly UnseenErratum[] = [
  { erratum: 'E-J10', because: 'the examples are graders in the notation of Python, which a client writes and no server answers with' },
  { erratum: 'E-J12', because: 'the example is a line of training data; what a server makes of a comment in it is judged with data that is no JSONL' },
  { erratum: 'E-C15', because: 'a run writes its preference data by the keys of the edition that it judges; nobody is asked to take the others' },
]; // prettier-ignore
