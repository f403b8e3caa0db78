// What is printed without sending anything: the registry, and the plan of a run.
import { registry, requirementsOf } from '../conformance/requirements/registry.ts';
import { EDITIONS, levelIn, type Requirement } from '../conformance/requirements/requirement.ts';
import { matchesAny } from '../conformance/requirements/glob.ts';
import type { RunConfig } from '../conformance/run/config.ts';
import { extremes, SENT_AS_JOBS } from '../conformance/scenarios/acceptances.ts';
import { type PlanLine, planOf } from '../conformance/scenarios/plan.ts';
import type { ConformanceOptions } from './conformance-options.ts';

/** The registry, a row a line with the level that binds in the mode, or as JSON. */
export function listText({ edition, mode, only = [], json }: ConformanceOptions): string {
  const known = EDITIONS.find((one) => one === edition);
  const all = known === undefined ? registry : requirementsOf(known);
  const rows = all.filter(({ id }) => only.length === 0 || matchesAny(id, only));
  if (json === true) {
    const told = rows.map(({ checks: _checks, ...row }) => row);
    return `${JSON.stringify(told, undefined, 2)}\n`;
  }
  const width = Math.max(...rows.map(({ id }) => id.length));
  const level = (row: Requirement): string => levelIn(mode === 'strict' ? mode : 'compatible', row).padEnd(6);
  const lines = rows.map((row) => {
    const { id, authority, title, sources, conditional } = row;
    return `${id.padEnd(width)}  ${level(row)} ${authority.padEnd(8)} ${title}${conditional ? ' (conditional)' : ''} [${sources.join('; ')}]`;
  });
  return `${lines.join('\n')}\n${rows.length} requirements\n`;
}

/** What a run would send, family by family: first those that make no job and no file, which cost nothing but requests. */
export function planText(config: RunConfig, rows: readonly string[]): string {
  const plan = planOf(config, rows).toSorted(
    (a, b) => a.jobs - b.jobs || a.uploads - b.uploads || a.requests - b.requests,
  );
  const line = (
    id: string,
    requests: number | string,
    jobs: number | string,
    uploads: number | string,
    title: string,
  ): string =>
    `${id.padEnd(14)}${String(requests).padStart(9)}${String(jobs).padStart(6)}${String(uploads).padStart(9)}  ${title}`;
  const sum = (of: (one: (typeof plan)[number]) => number): number => plan.reduce((total, one) => total + of(one), 0);
  const total = line(
    'total',
    sum(({ requests }) => requests),
    sum(({ jobs }) => jobs),
    sum(({ uploads }) => uploads),
    '',
  );
  return [
    `Plan for ${config.target.isEmbedded ? 'the embedded emulator' : config.target.baseUrl}: ${rows.length} requirements, tier ${config.tier}, seed ${config.seed}; cheapest first. Nothing was sent.`,
    line('family', 'requests', 'jobs', 'uploads', ''),
    ...plan.map(({ id, requests, jobs, uploads, title }) => line(id, requests, jobs, uploads, title)),
    total.trimEnd(),
    'Looks at running jobs are not counted. A target that accepts what it should refuse makes more jobs, up to --max-jobs.',
    ...withoutJobs(config, plan),
    '',
  ].join('\n');
}

/** What the free tier spares, where it is on: whether the target allows it is not known before something is sent. */
function withoutJobs({ freeTier }: RunConfig, plan: readonly PlanLine[]): string[] {
  const planned = plan.find(({ id }) => id === extremes.id)?.jobs ?? 0;
  // Beside the packed bodies there is one in which everything is null.
  const jobs = SENT_AS_JOBS + 1;
  return freeTier && planned > jobs
    ? [
        `Extremes make ${jobs} jobs, not ${planned}, where the target names faults beside a training file that does not exist.`,
      ]
    : [];
}
