// Written by `npm run generate` from "fine-tuning.openapi.yaml". Do not edit.
/** What an answer may hold although the contract says otherwise. */
export interface Tolerance {
  readonly component: string;
  /** Pointer into an object of that component. */
  readonly at: string;
  /** True where the member may be absent. */
  readonly absent: boolean;
  /** The rule that may be broken; without it, the schema. */
  readonly rule?: string;
  /** Prefix of the two validators in errata-validators.js, for the value and for the whole object. */
  readonly validators: string;
}

export type Decision = "fail" | "tolerate" | "accept" | "none";

/** A contradiction of the documents and what was decided. */
export interface Erratum {
  readonly id: string;
  readonly kind: "document" | "request" | "answer" | "freedom" | "dialect";
  readonly where: readonly string[];
  readonly contradiction: string;
  readonly decision: { readonly strict: Decision; readonly compatible: Decision };
  readonly tolerances: readonly Tolerance[];
}

export const errata: readonly Erratum[] = [
  {"id":"E-J1","kind":"document","where":["S004 l.256","SPEC POST /fine_tuning/jobs example Default"],"contradiction":"A trailing comma follows the last hyperparameter.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J2","kind":"document","where":["S004 l.552"],"contradiction":"The same trailing comma in the answer of the example with a validation file.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J3","kind":"document","where":["S004 l.602"],"contradiction":"Python's None stands for null, and a trailing comma follows the last hyperparameter.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J4","kind":"request","where":["S004 l.579"],"contradiction":"A comma is missing after the run's display name, so that the documented request is not JSON.","decision":{"strict":"fail","compatible":"fail"},"tolerances":[]},
  {"id":"E-J5","kind":"document","where":["S000 l.33"],"contradiction":"A trailing comma follows training_file, and the block is labelled python.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J6","kind":"document","where":["SPEC GET /fine_tuning/jobs"],"contradiction":"The list holds dots for its objects; until 2025-04 it showed an event in a list of jobs.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J7","kind":"document","where":["SPEC FineTuningJobEvent example"],"contradiction":"A comma is missing after the id.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J8","kind":"document","where":["SPEC permissions list","SPEC /files","SPEC /models"],"contradiction":"Trailing commas in the examples.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J9","kind":"document","where":["SPEC 2024-04-09 to 2025, checkpoints list"],"contradiction":"A comma is missing after the object member; mended by 2026.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J10","kind":"document","where":["SPEC GraderPython","SPEC GraderScoreModel"],"contradiction":"The examples hold Python's triple quotes, parentheses and trailing commas.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-J11","kind":"request","where":["SPEC@6c54823 to 498c71d, DPO request"],"contradiction":"A trailing comma makes the documented request malformed.","decision":{"strict":"fail","compatible":"fail"},"tolerances":[]},
  {"id":"E-J12","kind":"document","where":["LS-2025-12 FineTuneReinforcementRequestInput"],"contradiction":"The example holds a comment and a trailing comma.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-S1","kind":"answer","where":["S004 l.256","S004 l.552","S004 l.602","S000 l.33"],"contradiction":"Examples leave out error, finished_at, hyperparameters, trained_tokens and seed, which are required.","decision":{"strict":"fail","compatible":"fail"},"tolerances":[]},
  {"id":"E-S2","kind":"answer","where":["S001 l.101"],"contradiction":"The example of a job leaves out error, which is required.","decision":{"strict":"fail","compatible":"fail"},"tolerances":[]},
  {"id":"E-S3","kind":"answer","where":["S004 l.348","S004 l.408","NETREC","RBREC 2024-10"],"contradiction":"A job that did not fail carries an error object that is empty or holds nulls only; code and message must be text, or error null.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[{"component":"FineTuningJob","at":"/error","absent":false,"validators":"E_S3_0"}]},
  {"id":"E-S4","kind":"answer","where":["S004 l.414","S004 l.482","S001 l.74"],"contradiction":"hyperparameters is required and an object, yet said to be returned for supervised jobs only, and null or absent for others.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[{"component":"FineTuningJob","at":"/hyperparameters","absent":true,"validators":"E_S4_0"}]},
  {"id":"E-S5","kind":"answer","where":["S004 l.495"],"contradiction":"The reinforcement answer has an empty error and no hyperparameters; see E-S3 and E-S4.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[]},
  {"id":"E-S6","kind":"freedom","where":["SPEC POST /fine_tuning/jobs/{id}/pause","S003 l.235","GUIDE-RFT"],"contradiction":"A paused job has status paused in prose and example; the enum lacks it.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-S7","kind":"answer","where":["SPEC GET /fine_tuning/jobs/{id}/events example","PUB-1"],"contradiction":"data of an event is null in the example and in reality, but an object in the schema.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[{"component":"FineTuningJobEvent","at":"/data","absent":false,"validators":"E_S7_0"}]},
  {"id":"E-S8","kind":"answer","where":["SPEC POST /files example","SPEC GET /files example"],"contradiction":"File examples leave out status, deprecated and yet required.","decision":{"strict":"fail","compatible":"fail"},"tolerances":[]},
  {"id":"E-S9","kind":"freedom","where":["SPEC POST /fine_tuning/alpha/graders/run example"],"contradiction":"token_usage is an object in the example, an integer or null in the schema.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[{"component":"RunGraderResponse","at":"/metadata/token_usage","absent":false,"validators":"E_S9_0"}]},
  {"id":"E-S10","kind":"freedom","where":["SPEC GraderMulti","GUIDE-RFT"],"contradiction":"The graders of a multi grader are one grader by the schema, a list by the example, a map by the guide.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[{"component":"FineTuningJob","at":"/method/reinforcement/grader","absent":false,"validators":"E_S10_0"},{"component":"ValidateGraderResponse","at":"/grader","absent":false,"validators":"E_S10_1"}]},
  {"id":"E-S11","kind":"answer","where":["S001 l.122","S001 l.123"],"contradiction":"estimated_finish is 0 in a finished job, although it is to be null when the job is not running.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[{"component":"FineTuningJob","at":"/estimated_finish","absent":false,"rule":"status.estimated_finish.null-when-finished","validators":"E_S11_0"}]},
  {"id":"E-S12","kind":"document","where":["SPEC GET /fine_tuning/jobs/{id}/checkpoints example"],"contradiction":"Two checkpoints of one job carry different model ids, and has_more is true although the page is whole.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-S13","kind":"answer","where":["NETREC FilesTests"],"contradiction":"The real service answers expires_at and status_details as null; the schema knows an integer and text.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[{"component":"OpenAIFile","at":"/expires_at","absent":false,"validators":"E_S13_0"},{"component":"OpenAIFile","at":"/status_details","absent":false,"validators":"E_S13_1"}]},
  {"id":"E-C1","kind":"answer","where":["S001 l.74","S004 l.143"],"contradiction":"hyperparameters is required, and is said to be returned for supervised jobs only; decided as E-S4.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[]},
  {"id":"E-C2","kind":"freedom","where":["S000 l.14","SPEC@4f3366c to 0cad874"],"contradiction":"Prose allows 18 characters of suffix where the schema of the time allows 40; in edition 2024-04 what lies between is left open.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-C3","kind":"freedom","where":["S000 l.14","S001 l.26","S004 l.34","SPEC","openai-php/client#97"],"contradiction":"An explicit null for an optional member is legal by the schema, unknown to three of the documents, and was refused by the legacy server.","decision":{"strict":"fail","compatible":"tolerate"},"tolerances":[]},
  {"id":"E-C4","kind":"freedom","where":["S001 l.39","S003 l.51"],"contradiction":"The limits of metadata stand in prose only.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-C5","kind":"freedom","where":["SPEC FineTuningJob.integrations","SPEC CreateFineTuningJobRequest.integrations"],"contradiction":"An answer holds at most five integrations, a request any number; more than five are not tried, and accepted where a job of others shows them.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[{"component":"FineTuningJob","at":"/integrations","absent":false,"validators":"E_C5_0"}]},
  {"id":"E-C6","kind":"document","where":["SPEC JavaScript examples","S004 l.468","S004 l.394"],"contradiction":"Examples leave out the model, swap input and reference, and answer with another validation file than was sent.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-C7","kind":"freedom","where":["S004 l.324","S004 l.259"],"contradiction":"One example keeps the model's alias, another resolves it to a dated snapshot.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-C8","kind":"freedom","where":["SPEC OpenAIFile.purpose","SPEC CreateFileRequest.purpose"],"contradiction":"Purpose evals may be uploaded but is missing from what files may have.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-C9","kind":"freedom","where":["SPEC FineTuningJobEvent.type","GUIDE-SFT"],"contradiction":"The guide tells to look for events of type moderation_checks, which the enum lacks.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[]},
  {"id":"E-C10","kind":"freedom","where":["SPEC FineTuningJobEvent","SPEC webhooks","SPEC GET /fine_tuning/jobs/{id}"],"contradiction":"Ids carry differing prefixes; they are opaque and no prefix is judged.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-C11","kind":"freedom","where":["SPEC ListFilesResponse"],"contradiction":"first_id and last_id of a list of files are required text, so that an empty list cannot conform.","decision":{"strict":"accept","compatible":"accept"},"tolerances":[{"component":"ListFilesResponse","at":"/first_id","absent":true,"validators":"E_C11_0"},{"component":"ListFilesResponse","at":"/last_id","absent":true,"validators":"E_C11_1"}]},
  {"id":"E-C12","kind":"document","where":["SPEC FineTuningJobEvent.created_at"],"contradiction":"The time of an event is described as the time at which the job was created.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-C13","kind":"freedom","where":["SPEC permissions paths"],"contradiction":"The path parameter is a checkpoint's id in one example and a model's name in another; names are used.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-C14","kind":"freedom","where":["GUIDE-RFT","SPEC GraderMulti"],"contradiction":"The guide sends a multi grader without the name that the schema requires.","decision":{"strict":"fail","compatible":"accept"},"tolerances":[]},
  {"id":"E-C15","kind":"freedom","where":["SPEC up to 2025-04","GUIDE"],"contradiction":"Preference data is keyed preferred_completion in older editions and preferred_output in newer ones.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D1","kind":"dialect","where":["SPEC"],"contradiction":"nullable, a keyword of OpenAPI 3.0, stands in a 3.1 document and would mean nothing there.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D2","kind":"dialect","where":["SPEC"],"contradiction":"exclusiveMinimum is true, as in OpenAPI 3.0, instead of a number.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D3","kind":"dialect","where":["SPEC GraderScoreModel.range"],"contradiction":"min_items and max_items are not keywords and stand in the wrong place, so that the length is not constrained.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D4","kind":"dialect","where":["SPEC OpenAIFile","SPEC Model"],"contradiction":"Objects are described without saying that they are objects.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D5","kind":"dialect","where":["SPEC GET /files/{file_id}/content"],"contradiction":"The content of a file is described as a JSON string; it is the file's bytes.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
  {"id":"E-D6","kind":"dialect","where":["SPEC GraderMulti.type","SPEC GraderTextSimilarity.type"],"contradiction":"A required member has a default.","decision":{"strict":"none","compatible":"none"},"tolerances":[]},
];
