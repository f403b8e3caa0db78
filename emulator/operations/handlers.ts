// Which handler carries out which operation of the contract; the compiler sees to it that none is missing.
import type { OperationId } from '#generated/current/operations.ts';
import type { Handler } from '../context.ts';
import { cancelJob, pauseJob, resumeJob } from './control-jobs.ts';
import { createJob } from './create-job.ts';
import { deleteFile, downloadFile, listFiles, retrieveFile } from './files.ts';
import { runGraderOnSample, validateGrader } from './graders.ts';
import { listCheckpoints, listEvents } from './job-details.ts';
import { deleteModel, listModels, retrieveModel } from './models.ts';
import { createPermissions, deletePermission, listPermissions } from './permissions.ts';
import { listJobs, retrieveJob } from './read-jobs.ts';
import { createFile } from './upload-file.ts';

export const handlers: Readonly<Record<OperationId, Handler>> = {
  createFineTuningJob: createJob,
  listPaginatedFineTuningJobs: listJobs,
  retrieveFineTuningJob: retrieveJob,
  cancelFineTuningJob: cancelJob,
  pauseFineTuningJob: pauseJob,
  resumeFineTuningJob: resumeJob,
  listFineTuningEvents: listEvents,
  listFineTuningJobCheckpoints: listCheckpoints,
  listFineTuningCheckpointPermissions: listPermissions,
  createFineTuningCheckpointPermission: createPermissions,
  deleteFineTuningCheckpointPermission: deletePermission,
  runGrader: runGraderOnSample,
  validateGrader,
  createFile,
  listFiles,
  retrieveFile,
  deleteFile,
  downloadFile,
  listModels,
  retrieveModel,
  deleteModel,
};
