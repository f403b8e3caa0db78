// The answers that the documents print, as data: what each of them shows, where it stands, and what the register of
// contradictions (openapi/errata.yaml) makes of it. Bodies that are not JSON stand here repaired (E-J1 to E-J10).
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import { DOCUMENTED_ERRORS } from './documented-errors.ts';
import { DOCUMENTED_FILES } from './documented-files.ts';
import { DOCUMENTED_JOBS } from './documented-jobs.ts';
import { DOCUMENTED_RESOURCES } from './documented-resources.ts';

/** Rows that say something against an answer. A tolerated one names its erratum: `retrieve.job.error (E-S3)`. */
export interface Complaints {
  readonly fails: readonly string[];
  readonly tolerated: readonly string[];
}

export interface DocumentedAnswer {
  /** Where it stands. */
  readonly source: string;
  readonly title: string;
  readonly operation: OperationId;
  /** 200 unless told otherwise. */
  readonly status?: number;
  /** The documented request, where the example has one that agrees with its answer. */
  readonly request?: JsonObject;
  readonly body: JsonValue;
  /** The errata that speak of the body. */
  readonly errata: readonly string[];
  readonly strict: Complaints;
  readonly compatible: Complaints;
}

export const DOCUMENTED_ANSWERS: readonly DocumentedAnswer[] = [
  ...DOCUMENTED_JOBS,
  ...DOCUMENTED_RESOURCES,
  ...DOCUMENTED_FILES,
  ...DOCUMENTED_ERRORS,
];
