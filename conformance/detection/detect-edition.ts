// Which edition of the contract a target fits best: a few requests at the differences between the editions, with the
// budget, the ledger and the clean-up of any run. What answers nothing, or everything alike, is evidence of nothing.
import { randomBytes } from 'node:crypto';
import type { Secrets } from '../client/secrets.ts';
import { isArray, type JsonObject, type JsonValue, member, textMember } from '../contract/json.ts';
import { type Exchange, jsonOf, statusOf, succeeded, wasRefused } from '../requirements/exchange.ts';
import { cleanUp } from '../run/clean-up.ts';
import type { RunConfig } from '../run/config.ts';
import { uploadOnce } from '../run/files.ts';
import { retrieveJob } from '../run/find-job.ts';
import { listBelow } from '../run/jobs.ts';
import { Session, withinBudget } from '../run/session.ts';
import { reach } from '../scenarios/calibration.ts';
import { answerEvidence } from './answer-evidence.ts';
import { callEvidence } from './call-evidence.ts';
import { createEvidence, type CreateFindings, methodEvidence } from './create-evidence.ts';
import { type EditionsApart, readEditions } from './editions-apart.ts';
import { editionsWith, type Evidence, evidence, type Fit, fitOf, others, type Unlearned } from './evidence.ts';

export interface Detection extends Fit {
  readonly evidence: readonly Evidence[];
  readonly unlearned: readonly Unlearned[];
  /** Where the best editions differ by their contracts, if several fit alike. */
  readonly undecided: readonly string[];
  /** True once a list or a create was answered 2xx. */
  readonly answered: boolean;
  /** Why it ended early; undefined where it did not. */
  readonly stopped: string | undefined;
  readonly requests: number;
  readonly jobs: number;
  readonly files: number;
  /** What could not be taken away again. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

const NOWHERE = { write: () => undefined, verdict: () => undefined, flush: () => undefined };

/** The most that a detection sends and makes, looks at files in progress aside. */
export const MOST_SPENT = { requests: 60, jobs: 5, files: 4 } as const;

export interface DetectionOptions {
  readonly config: RunConfig;
  readonly secrets: Secrets;
  readonly ledgerFolder: string | undefined;
  /** Is handed a function that ends the detection, but for its clean-up. */
  readonly onStart?: (stop: () => void) => void;
}

/** Asks a target which edition it fits. Never throws for what the target does. */
export async function detectEdition({ config, secrets, ledgerFolder, onStart }: DetectionOptions): Promise<Detection> {
  const session = new Session(config, [], secrets, NOWHERE, ledgerFolder);
  onStart?.(() => session.budget.stop());
  const found: Evidence[] = [];
  const unlearned: Unlearned[] = [];
  const note = (more: { found: readonly Evidence[]; unlearned?: readonly Unlearned[] } | undefined): void => {
    found.push(...(more?.found ?? []));
    unlearned.push(...(more?.unlearned ?? []));
  };
  const apart = await readEditions();
  let left: Detection['left'] = [];
  try {
    await withinBudget(() => reach.run(session));
    if (session.unreachable === undefined) await ask(session, apart, note);
  } finally {
    left = (await cleanUp(session, session.ledger.leftOver())).left;
    session.ledger.close();
    await session.close();
  }
  const fit = fitOf(found);
  return {
    ...fit,
    evidence: found,
    unlearned: [...unlearned, ...neverShown(apart, found, unlearned)],
    undecided: undecidedBy(apart, fit),
    answered: session.answered,
    stopped: session.unreachable ?? session.budget.exhausted?.message,
    requests: session.budget.requests,
    jobs: session.budget.jobs,
    files: session.counts.filesUploaded,
    left,
  };
}

/** Differences that nothing which was asked or answered spoke of. */
function neverShown(
  { distinctions }: EditionsApart,
  found: readonly Evidence[],
  told: readonly Unlearned[],
): Unlearned[] {
  const known = new Set([...found, ...told].map(({ key }) => key));
  return distinctions.flatMap(({ key }) => (known.has(key) ? [] : [{ key, reason: 'no answer showed it' }]));
}

function undecidedBy({ distinctions }: EditionsApart, { best }: Fit): string[] {
  return distinctions.flatMap(({ point, says }) =>
    new Set(best.map((edition) => says[edition])).size > 1 ? [`${point.owner} ${point.name}`.trimEnd()] : [],
  );
}

type Note = (more: { found: readonly Evidence[]; unlearned?: readonly Unlearned[] } | undefined) => void;

/** What costs nothing comes first: where a budget ends it all, most is known by then. */
async function ask(session: Session, apart: EditionsApart, note: Note): Promise<void> {
  const { distinctions } = apart;
  const nonce = randomBytes(5).toString('hex');
  const upload = await withinBudget(() => uploadOnce(session, 'training'));
  if (upload?.kind === 'uploaded') {
    const { exchange, id } = upload.file;
    note({ found: answerEvidence(distinctions, 'OpenAIFile', jsonOf(exchange), shownBy('POST /files', exchange)) });
    note(await withinBudget(() => fileList(session, apart, id)));
  }
  const creates = await withinBudget(() => createEvidence(session, apart, nonce));
  const job = await withinBudget(() => provenJob(session, creates?.job));
  if (creates !== undefined && (creates.job === undefined || job !== undefined)) note(creates);
  if (job !== undefined) {
    note({
      found: answerEvidence(distinctions, 'FineTuningJob', job.job, shownBy('POST /fine_tuning/jobs', job.exchange)),
    });
    note(await withinBudget(() => eventList(session, apart, job.id)));
    note(await withinBudget(() => metadataFilter(session, apart, job.id, nonce)));
  }
  note(await withinBudget(() => callEvidence(session, distinctions, job?.id)));
  if (job !== undefined) note(await withinBudget(() => methodEvidence(session, apart, 'reinforcement')));
}

function shownBy(call: string, exchange: Exchange): string {
  return `${call} ${statusOf(exchange) ?? 'no answer'}`;
}

/** A job that is read back under its own id, by a target that does not answer so to every id. */
async function provenJob(session: Session, made: CreateFindings['job']): Promise<CreateFindings['job']> {
  if (made === undefined) return undefined;
  const [seen, unknown] = [await retrieveJob(session, made.id), await retrieveJob(session, `${made.id}x`)];
  const isIt = succeeded(seen) && textMember(jsonOf(seen), 'id') === made.id;
  return isIt && wasRefused(unknown) ? made : undefined;
}

/** The files by pages of one, with a file of ours on them. */
async function fileList(
  session: Session,
  { distinctions }: EditionsApart,
  own: string,
): Promise<{ found: Evidence[] }> {
  const second = await uploadOnce(session, 'validation');
  const list = await session.send({ operation: 'listFiles', method: 'GET', path: '/files?limit=1' });
  const page = jsonOf(list);
  const ids = idsOf(page);
  const isOurs = ids.includes(own) || (second.kind === 'uploaded' && ids.includes(second.file.id));
  if (!isOurs || second.kind !== 'uploaded' || second.file.id === own) return { found: [] };
  const by = shownBy('GET /files?limit=1', list);
  const limit = distinctions.find(({ key }) => key === 'query listFiles limit');
  const having = limit === undefined ? [] : editionsWith(limit);
  const paged = ids.length === 1;
  const found = evidence(limit?.key ?? '', `limit of files is ${paged ? 'honoured' : 'ignored'}`, by, paged ? having : others(having)); // prettier-ignore
  return { found: [...answerEvidence(distinctions, 'ListFilesResponse', page, by), ...found] };
}

async function eventList(
  session: Session,
  { distinctions }: EditionsApart,
  job: string,
): Promise<{ found: Evidence[] }> {
  const list = await listBelow(session, job, 'events');
  const page = jsonOf(list);
  const [event] = dataOf(page);
  // A page that holds no event of the job may be any page.
  if (!succeeded(list) || textMember(event, 'object') !== 'fine_tuning.job.event') return { found: [] };
  const by = shownBy('GET /fine_tuning/jobs/{id}/events', list);
  return {
    found: [
      ...answerEvidence(distinctions, 'ListFineTuningJobEventsResponse', page, by),
      ...answerEvidence(distinctions, 'FineTuningJobEvent', event, by),
    ],
  };
}

/** The list by a pair that no job has: who filters leaves our job out. */
async function metadataFilter(
  session: Session,
  { distinctions }: EditionsApart,
  job: string,
  nonce: string,
): Promise<{ found: Evidence[]; unlearned: Unlearned[] }> {
  const filter = distinctions.find(({ key }) => key === 'query listPaginatedFineTuningJobs metadata');
  if (filter === undefined) return { found: [], unlearned: [] };
  const listBy = (query: string): Promise<Exchange> =>
    session.send({
      operation: 'listPaginatedFineTuningJobs',
      method: 'GET',
      path: `/fine_tuning/jobs?limit=20${query}`,
    });
  const [all, filtered] = [await listBy(''), await listBy(`&metadata%5Bconformance_run%5D=${nonce}-none`)];
  const isListed = idsOf(jsonOf(all)).includes(job);
  if (!isListed || !succeeded(filtered) || !isArray(member(jsonOf(filtered), 'data')))
    return { found: [], unlearned: [{ key: filter.key, reason: 'the job that was made is not on the first page of the list' }] }; // prettier-ignore
  const ignores = idsOf(jsonOf(filtered)).includes(job);
  const having = editionsWith(filter);
  const by = shownBy('GET /fine_tuning/jobs?metadata', filtered);
  return { found: evidence(filter.key, `the metadata filter is ${ignores ? 'ignored' : 'honoured'}`, by, ignores ? others(having) : having), unlearned: [] }; // prettier-ignore
}

function dataOf(page: JsonValue | undefined): readonly JsonValue[] {
  const data = member(page, 'data');
  return isArray(data) ? data : [];
}

function idsOf(page: JsonValue | undefined): string[] {
  return dataOf(page).flatMap((item: JsonValue | JsonObject) => textMember(item, 'id') ?? []);
}
