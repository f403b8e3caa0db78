// Written by `npm run generate` from "fine-tuning.openapi.yaml". Do not edit.
import type { components } from "./types.ts";

/** One violation of a schema. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Tells whether a value satisfies a schema; where not, `errors` of the function holds every violation. */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly SchemaViolation[] | null;
}

export const CreateFineTuningJobRequest: Validator<components["schemas"]["CreateFineTuningJobRequest"]>;
export const MetadataInput: Validator<components["schemas"]["MetadataInput"]>;
export const FineTuneMethod: Validator<components["schemas"]["FineTuneMethod"]>;
export const FineTuneSupervisedMethod: Validator<components["schemas"]["FineTuneSupervisedMethod"]>;
export const FineTuneSupervisedHyperparameters: Validator<components["schemas"]["FineTuneSupervisedHyperparameters"]>;
export const FineTuneDPOMethod: Validator<components["schemas"]["FineTuneDPOMethod"]>;
export const FineTuneDPOHyperparameters: Validator<components["schemas"]["FineTuneDPOHyperparameters"]>;
export const FineTuneReinforcementMethod: Validator<components["schemas"]["FineTuneReinforcementMethod"]>;
export const FineTuneReinforcementHyperparameters: Validator<components["schemas"]["FineTuneReinforcementHyperparameters"]>;
export const GraderStringCheck: Validator<components["schemas"]["GraderStringCheck"]>;
export const GraderTextSimilarity: Validator<components["schemas"]["GraderTextSimilarity"]>;
export const GraderPython: Validator<components["schemas"]["GraderPython"]>;
export const GraderScoreModel: Validator<components["schemas"]["GraderScoreModel"]>;
export const ReasoningEffort: Validator<components["schemas"]["ReasoningEffort"]>;
export const GraderLabelModel: Validator<components["schemas"]["GraderLabelModel"]>;
export const GraderMulti: Validator<components["schemas"]["GraderMulti"]>;
export const EvalItem: Validator<components["schemas"]["EvalItem"]>;
export const EvalItemContent: Validator<components["schemas"]["EvalItemContent"]>;
export const EvalItemContentItem: Validator<components["schemas"]["EvalItemContentItem"]>;
export const EvalItemContentText: Validator<components["schemas"]["EvalItemContentText"]>;
export const InputTextContent: Validator<components["schemas"]["InputTextContent"]>;
export const PromptCacheBreakpointConfig: Validator<components["schemas"]["PromptCacheBreakpointConfig"]>;
export const EvalItemContentOutputText: Validator<components["schemas"]["EvalItemContentOutputText"]>;
export const EvalItemInputImage: Validator<components["schemas"]["EvalItemInputImage"]>;
export const InputAudio: Validator<components["schemas"]["InputAudio"]>;
export const EvalItemContentArray: Validator<components["schemas"]["EvalItemContentArray"]>;
export const RunGraderRequest: Validator<components["schemas"]["RunGraderRequest"]>;
export const RunGraderResponse: Validator<components["schemas"]["RunGraderResponse"]>;
export const ValidateGraderRequest: Validator<components["schemas"]["ValidateGraderRequest"]>;
export const ValidateGraderResponse: Validator<components["schemas"]["ValidateGraderResponse"]>;
export const FineTuningJob: Validator<components["schemas"]["FineTuningJob"]>;
export const Metadata: Validator<components["schemas"]["Metadata"]>;
export const FineTuningIntegration: Validator<components["schemas"]["FineTuningIntegration"]>;
export const ListPaginatedFineTuningJobsResponse: Validator<components["schemas"]["ListPaginatedFineTuningJobsResponse"]>;
export const FineTuningJobEvent: Validator<components["schemas"]["FineTuningJobEvent"]>;
export const ListFineTuningJobEventsResponse: Validator<components["schemas"]["ListFineTuningJobEventsResponse"]>;
export const FineTuningJobCheckpoint: Validator<components["schemas"]["FineTuningJobCheckpoint"]>;
export const ListFineTuningJobCheckpointsResponse: Validator<components["schemas"]["ListFineTuningJobCheckpointsResponse"]>;
export const FineTuningCheckpointPermission: Validator<components["schemas"]["FineTuningCheckpointPermission"]>;
export const ListFineTuningCheckpointPermissionResponse: Validator<components["schemas"]["ListFineTuningCheckpointPermissionResponse"]>;
export const CreateFineTuningCheckpointPermissionRequest: Validator<components["schemas"]["CreateFineTuningCheckpointPermissionRequest"]>;
export const DeleteFineTuningCheckpointPermissionResponse: Validator<components["schemas"]["DeleteFineTuningCheckpointPermissionResponse"]>;
export const CreateFileRequest: Validator<components["schemas"]["CreateFileRequest"]>;
export const FileExpirationAfter: Validator<components["schemas"]["FileExpirationAfter"]>;
export const OpenAIFile: Validator<components["schemas"]["OpenAIFile"]>;
export const ListFilesResponse: Validator<components["schemas"]["ListFilesResponse"]>;
export const DeleteFileResponse: Validator<components["schemas"]["DeleteFileResponse"]>;
export const Model: Validator<components["schemas"]["Model"]>;
export const ListModelsResponse: Validator<components["schemas"]["ListModelsResponse"]>;
export const DeleteModelResponse: Validator<components["schemas"]["DeleteModelResponse"]>;
export const ErrorResponse: Validator<components["schemas"]["ErrorResponse"]>;
export const Error: Validator<components["schemas"]["Error"]>;
export const AcceptableCreateRequest: Validator<components["schemas"]["CreateFineTuningJobRequest"]>;
