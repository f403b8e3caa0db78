// Retrieve and list: one job, or a page of those that a metadata filter selects, newest first.
import { type Answer, success } from '../http/answer.ts';
import { badRequest, unknownJob } from '../http/api-error.ts';
import { metadataFilter, type MetadataFilter } from '../http/query.ts';
import type { Context } from '../context.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Policy } from '../policy.ts';
import type { ApiRequest } from '../request.ts';
import type { JobRecord } from '../store/records.ts';
import { jobView } from './job-view.ts';
import { pageOf, pageRequest } from './paging.ts';

/** Pages of jobs hold 20 by default; the documents name no largest, recorded calls asked for 100. */
const JOBS_A_PAGE = { byDefault: 20, most: 100 };

/** GET /fine_tuning/jobs/{fine_tuning_job_id}. */
export function retrieveJob(context: Context, request: ApiRequest): Answer {
  return success(jobView(context, jobInPath(context, request)));
}

/** GET /fine_tuning/jobs. */
export function listJobs(context: Context, request: ApiRequest): Answer {
  const policy = context.policy.paging.jobs;
  const page = pageRequest(request.query, JOBS_A_PAGE, policy);
  const filter = metadataFilter(request.query);
  if (filter.kind === 'without-metadata' && context.policy.nullFilter === 'refused') {
    throw badRequest("'null' is not of type 'object' - 'metadata'", 'metadata');
  }
  const { items, hasMore } = pageOf(
    context.world.store.jobs.toReversed(),
    page,
    policy,
    (job) => isListed(context, job) && matches(job.metadata, filter, context.policy),
  );
  return success({ object: 'list', data: items.map((job) => jobView(context, job)), has_more: hasMore });
}

/** The job that a path names. @throws ApiError 404 where there is none. */
export function jobInPath(context: Context, request: ApiRequest): JobRecord {
  const id = request.path['fine_tuning_job_id'] ?? '';
  const job = context.world.store.job(id);
  if (job === undefined) throw unknownJob(id);
  return job;
}

function isListed(context: Context, job: JobRecord): boolean {
  switch (context.policy.listedJobs) {
    case 'all':
      return true;
    case 'without-cancelled':
      return context.world.standing(job).phase !== 'cancelled';
    case 'without-failed':
      return context.world.standing(job).phase !== 'failed';
    case 'without-newest':
      return job !== context.world.store.jobs.at(-1);
  }
}

function matches(
  metadata: JsonObject | null,
  filter: MetadataFilter,
  policy: Pick<Policy, 'metadataFilter' | 'nullFilter'>,
): boolean {
  const pairs = metadata ?? {};
  switch (filter.kind) {
    case 'all':
      return true;
    case 'without-metadata':
      if (policy.nullFilter === 'none') return false;
      return policy.nullFilter === 'ignored' || Object.keys(pairs).length === 0;
    case 'pairs':
      return matchesPairs(pairs, filter.pairs, policy.metadataFilter);
  }
}

/** As LIKE of SQL reads it. */
function asPattern(value: string): RegExp {
  return new RegExp(
    `^${value
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    's',
  );
}

function matchesPairs(
  metadata: JsonObject,
  pairs: readonly (readonly [key: string, value: string])[],
  how: Policy['metadataFilter'],
): boolean {
  const valueOf = (key: string): JsonValue | undefined => (Object.hasOwn(metadata, key) ? metadata[key] : undefined);
  const textOf = (key: string): string | null => {
    const value = valueOf(key);
    return typeof value === 'string' ? value : null;
  };
  const holds = ([key, value]: readonly [string, string]): boolean => valueOf(key) === value;
  switch (how) {
    case 'exact':
      return pairs.every(holds);
    case 'ignored':
      return true;
    case 'first-pair':
      return pairs.slice(0, 1).every(holds);
    case 'any-pair':
      return pairs.some(holds);
    case 'key-only':
      return pairs.every(([key]) => valueOf(key) !== undefined);
    case 'case-folded':
      return pairs.every(([key, value]) => textOf(key)?.toLowerCase() === value.toLowerCase());
    case 'pattern':
      return pairs.every(([key, value]) => asPattern(value).test(textOf(key) ?? '\n'));
    case 'trimmed':
      return pairs.every(([key, value]) => valueOf(key) === value.trim());
    case 'before-comma':
      return pairs.every(([key, value]) => valueOf(key) === value.split(',')[0]);
    case 'prefix':
      return pairs.every(([key, value]) => textOf(key)?.startsWith(value) === true);
  }
}
