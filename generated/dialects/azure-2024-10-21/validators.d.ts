// Written by `npm run generate` from "fine-tuning.openapi.yaml" with "azure-2024-10-21.overlay.yaml". Do not edit.
import type { Validator } from "../../current/validators.js";

export const CreateFineTuningJobRequest: Validator<unknown>;
export const FineTuningJob: Validator<unknown>;
export const ListPaginatedFineTuningJobsResponse: Validator<unknown>;
export const FineTuningJobEvent: Validator<unknown>;
export const ListFineTuningJobEventsResponse: Validator<unknown>;
export const FineTuningJobCheckpoint: Validator<unknown>;
export const ListFineTuningJobCheckpointsResponse: Validator<unknown>;
export const CreateFileRequest: Validator<unknown>;
export const FileExpirationAfter: Validator<unknown>;
export const OpenAIFile: Validator<unknown>;
export const ListFilesResponse: Validator<unknown>;
export const DeleteFileResponse: Validator<unknown>;
export const ListModelsResponse: Validator<unknown>;
export const ErrorResponse: Validator<unknown>;
export const Error: Validator<unknown>;
export const Model: Validator<unknown>;
