// What a run left behind although no answer told of it: it was cut off between a send and its answer. Files are found by
// the run's mark in their names, jobs by such a file as their training file.
import { operations } from '../contract/active-contract.ts';
import { textMember } from '../contract/json.ts';
import { type Exchange, succeeded, wasRefused } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { isFinished, jobStatus } from '../requirements/refusals.ts';
import { impossibleFile } from './jobs.ts';
import type { LeftOver } from './ledger.ts';
import { carriesMark } from './ownership.ts';
import type { Session } from './session.ts';

/** Pages of a list that are looked through at most. */
const MAX_PAGES = 250;
const LIMITS = { listFiles: 100, listPaginatedFineTuningJobs: WIDE_PAGE } as const;

/** What the ledger tells, and what the target's lists show beside it. */
export async function findLeftOver(session: Session, told: LeftOver): Promise<LeftOver> {
  const files = new Set(told.files);
  for await (const file of items(session, '/files', 'listFiles')) {
    const id = textMember(file, 'id');
    if (id !== undefined && carriesMark(textMember(file, 'filename') ?? '', session.config.runId)) files.add(id);
  }
  const jobs = new Set(told.jobs);
  for await (const job of items(session, '/fine_tuning/jobs', 'listPaginatedFineTuningJobs')) {
    const [id, file] = [textMember(job, 'id'), textMember(job, 'training_file')];
    if (id === undefined || file === undefined || isFinished(jobStatus(job))) continue;
    if (files.has(file) || file === impossibleFile(session) || told.deletedFiles.includes(file)) jobs.add(id);
  }
  return { files: [...files], jobs: [...jobs], deletedFiles: told.deletedFiles };
}

type Item = ReturnType<typeof itemsOf>[number];

async function* items(
  session: Session,
  path: string,
  operation: 'listFiles' | 'listPaginatedFineTuningJobs',
): AsyncGenerator<Item> {
  const ask = (query = new URLSearchParams()): Promise<Exchange> =>
    session.send(
      { operation, method: 'GET', path: query.size === 0 ? path : `${path}?${query.toString()}` },
      { cleanUp: true },
    );
  // An edition whose lists have no pages answers with everything at once.
  const known = new Set((operations[operation]?.queryParameters ?? []).map(({ name }) => name));
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({
      ...(known.has('limit') ? { limit: String(LIMITS[operation]) } : {}),
      ...(after === undefined ? {} : { after }),
    });
    const paged = await ask(query);
    // Who sweeps may not know the target's edition: one that has no pages may refuse the question for one.
    const hasNoPages = page === 0 && query.size > 0 && wasRefused(paged);
    const list = hasNoPages ? await ask() : paged;
    const found = succeeded(list) ? itemsOf(list) : [];
    yield* found;
    const last = textMember(found.at(-1), 'id');
    if (last === undefined || last === after || hasNoPages || !known.has('after')) return;
    after = last;
  }
}
