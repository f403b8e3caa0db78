// The list of jobs, as a relation on the run's own: jobs with known metadata are made, then listed at several page
// sizes and filtered. Jobs of others may stand between them; they are passed over.
import { hasOperation, ofEdition } from '../contract/create-members.ts';
import type { JsonObject } from '../contract/json.ts';
import { PLAIN_BODY, PLAIN_METHOD } from '../generation/bases.ts';
import { bind } from '../generation/pools.ts';
import { succeeded } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { told } from '../requirements/refusals.ts';
import { findJob } from '../run/find-job.ts';
import { awaitEnd, bindingsFor, cancelJob, createJob, jobOf } from '../run/jobs.ts';
import { type Session, withinBudget } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { JOBS, newestFirst, pastTheRun, untilListed } from './own-jobs.ts';
import { observeWalk } from './walk.ts';
import type { Scenario } from './scenario.ts';

const PAGE_SIZES = [undefined, 1, 2, 3, WIDE_PAGE] as const;

/** Metadata of the jobs that filters are tried on: what tells them apart, and what needs encoding in a query. */
function tags(nonce: string): readonly JsonObject[] {
  return [
    {
      conformance_run: nonce,
      team: 'red',
      conformance_job: `${nonce}-red`,
      'x.y': '1',
      pattern: 'a%c',
      spaced: ' x',
      word: 'null',
      several: 'a,b',
      percent: '%2B',
    },
    // The value of the first under another key, which differs in case alone.
    {
      conformance_run: nonce,
      team: 'blue',
      Conformance_Job: `${nonce}-red`,
      'x.y': '2',
      pattern: 'abc',
      spaced: 'x',
      word: '',
      several: 'a',
      percent: '+',
    },
    // Names and values that stores and parsers of queries make something else of come along, to be echoed and listed.
    { conformance_run: nonce, 'a.b[c]': '007', $set: 'line\r\nend', 'a key & more': '50% of a+b=c?/\u00e9\u4e2d' },
  ];
}

export const lists: Scenario = {
  id: 'lists',
  title: 'List jobs by page and by metadata',
  serves: ['list.*', 'retrieve.*'],
  cost: () => ({ requests: 59, jobs: 4, uploads: 1 }),
  run: async (session) => {
    const { tagged, nonce } = sharedBy(session);
    const bindings = await bindingsFor(session, PLAIN_METHOD);
    if (bindings === undefined) return;
    const plain = bind(PLAIN_BODY, bindings) as JsonObject;
    const untagged = jobOf(await createJob(session, plain, { keep: mayLive(session) }));
    if (untagged !== undefined && mayLive(session)) await letLive(session, untagged.id);
    for (const metadata of tags(nonce)) {
      const payload = ofEdition({ ...plain, metadata });
      const made = jobOf(await createJob(session, payload));
      if (made !== undefined && 'metadata' in payload)
        tagged.push({ id: made.id, metadata: metadata as Readonly<Record<string, string>> });
    }
    // What others of the run make meanwhile may be listed later.
    const made = newestFirst(session);
    await untilListed(session, made.slice(0, 4));
    const isOver = pastTheRun(session);
    for (const limit of PAGE_SIZES) await observeWalk(session, JOBS, limit, made, isOver);
    if (hasOperation(JOBS.operation, 'metadata')) {
      await filterByMetadata(session, untagged?.id);
      await pageFiltered(session);
    }
    await unknownCursor(session);
  },
};

/** A job that is listed on its way is listed again when it has long ended: only where training costs nothing. */
function mayLive({ config }: Session): boolean {
  return config.target.isLoopback && config.lifecycle === 'full';
}

/** Lets a job go to its end; one that cannot be found now could not be ended later. */
async function letLive(session: Session, id: string): Promise<void> {
  if (succeeded(await findJob(session, id)))
    sharedBy(session).background.push(withinBudget(() => awaitEnd(session, id)));
  else await cancelJob(session, id);
}

interface Filter {
  readonly requirement: string;
  readonly description: string;
  readonly pairs: Readonly<Record<string, string>>;
  /** Items of a page; enough for everything of the run where missing. */
  readonly limit?: number;
}

async function filterByMetadata(session: Session, untagged: string | undefined): Promise<void> {
  const { tagged, nonce } = sharedBy(session);
  const filters: Filter[] = [
    { requirement: 'list.metadata.filter', description: 'a filter by a pair of an older job, with limit=1', pairs: { conformance_job: `${nonce}-red` }, limit: 1 },
    { requirement: 'list.metadata.filter', description: 'a filter by one pair', pairs: { conformance_run: nonce } },
    { requirement: 'list.metadata.filter', description: 'a filter by a pair of one job', pairs: { team: 'red', conformance_run: nonce } },
    { requirement: 'list.metadata.filter', description: 'a filter in another case', pairs: { team: 'RED' } },
    { requirement: 'list.metadata.filter', description: 'a filter by the beginning of a value', pairs: { team: 're' } },
    { requirement: 'list.metadata.filter', description: 'a filter that matches nothing', pairs: { conformance_run: `${nonce}-none` } },
    { requirement: 'list.metadata.filter', description: 'a filter by a key with a dot', pairs: { 'x.y': '1' } },
    { requirement: 'list.metadata.filter', description: 'a filter by a word', pairs: { word: 'null' } },
    { requirement: 'list.metadata.encoded', description: 'a filter by what is a pattern elsewhere', pairs: { pattern: 'a%c' } },
    { requirement: 'list.metadata.encoded', description: 'a filter by a value that begins with a space', pairs: { spaced: ' x' } },
    { requirement: 'list.metadata.encoded', description: 'a filter by a value with a comma', pairs: { several: 'a,b' } },
    { requirement: 'list.metadata.encoded', description: 'a filter by a value that looks encoded', pairs: { percent: '%2B' } },
    { requirement: 'list.metadata.two-pairs', description: 'a filter by two pairs', pairs: { conformance_run: nonce, team: 'blue' } },
    { requirement: 'list.metadata.two-pairs', description: 'two pairs that no job has together', pairs: { conformance_run: `${nonce}-none`, team: 'red' } },
    { requirement: 'list.metadata.encoded', description: 'a filter by a pair that needs encoding', pairs: { 'a key & more': '50% of a+b=c?/\u00e9\u4e2d' } },
  ]; // prettier-ignore
  const untaggedIds = untagged === undefined ? [] : [untagged];
  for (const { requirement, description, pairs, limit } of filters) {
    if (requirement === 'list.metadata.filter' && Object.keys(pairs).length > 1) continue;
    const matches = (metadata: Readonly<Record<string, string>>): boolean =>
      Object.entries(pairs).every(([name, value]) => metadata[name] === value);
    const query = Object.entries(pairs).map(
      ([name, value]) => `${encodeURIComponent(`metadata[${name}]`)}=${encodeURIComponent(value)}`,
    );
    const exchange = await listWith(session, query.join('&'), limit);
    session.observe({
      kind: 'filter',
      requirement,
      exchange,
      description,
      mustHold: tagged.filter(({ metadata }) => matches(metadata)).map(({ id }) => id),
      mustNotHold: [...tagged.filter(({ metadata }) => !matches(metadata)).map(({ id }) => id), ...untaggedIds],
    });
  }
  const none = await listWith(session, 'metadata=null');
  session.observe({ kind: 'filter', requirement: 'list.metadata.null', exchange: none, description: 'the filter metadata=null', limit: WIDE_PAGE, mustHold: untaggedIds, mustNotHold: tagged.map(({ id }) => id) }); // prettier-ignore
}

/** A filtered list pages as any other: what limit and after bound is what matches. */
async function pageFiltered(session: Session): Promise<void> {
  const { tagged, nonce } = sharedBy(session);
  const query = `${encodeURIComponent('metadata[conformance_run]')}=${encodeURIComponent(nonce)}`;
  const ids = tagged.map(({ id }) => id).toReversed();
  for (const limit of [1, 2]) await observeWalk(session, { ...JOBS, query }, limit, ids);
}

async function unknownCursor(session: Session): Promise<void> {
  const { nonce } = sharedBy(session);
  const lost = await session.send({
    operation: JOBS.operation,
    method: 'GET',
    path: `${JOBS.path}?after=ftjob-conformance-${nonce}`,
  });
  session.observe({
    kind: 'filter',
    requirement: 'list.after.unknown',
    exchange: lost,
    description: 'an unknown cursor',
    mustHold: [],
    mustNotHold: [],
  });
  session.observed(
    'list with an unknown cursor',
    succeeded(lost) ? `status 2xx, ${itemsOf(lost).length} jobs` : told(lost),
  );
}

function listWith(session: Session, query: string, limit: number = WIDE_PAGE): ReturnType<Session['send']> {
  return session.send({ operation: JOBS.operation, method: 'GET', path: `${JOBS.path}?${query}&limit=${limit}` });
}
