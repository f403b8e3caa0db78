// Written by `npm run generate` from "fine-tuning.openapi.yaml" with "2024-04.overlay.yaml". Do not edit.
import type { Validator } from "../current/validators.js";

export const CreateFineTuningJobRequest: Validator<unknown>;
export const FineTuningJob: Validator<unknown>;
export const FineTuningIntegration: Validator<unknown>;
export const ListPaginatedFineTuningJobsResponse: Validator<unknown>;
export const FineTuningJobEvent: Validator<unknown>;
export const ListFineTuningJobEventsResponse: Validator<unknown>;
export const FineTuningJobCheckpoint: Validator<unknown>;
export const ListFineTuningJobCheckpointsResponse: Validator<unknown>;
export const CreateFileRequest: Validator<unknown>;
export const OpenAIFile: Validator<unknown>;
export const DeleteFileResponse: Validator<unknown>;
export const Model: Validator<unknown>;
export const ListModelsResponse: Validator<unknown>;
export const DeleteModelResponse: Validator<unknown>;
export const ErrorResponse: Validator<unknown>;
export const Error: Validator<unknown>;
export const ListFilesResponse: Validator<unknown>;
