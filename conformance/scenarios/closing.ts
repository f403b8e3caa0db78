// The end of a run: no job may exist that no answer told of, what was seen over time is judged, and what the run made is
// taken away again.
import { textMember } from '../contract/json.ts';
import type { Exchange } from '../requirements/exchange.ts';
import { itemsOf, WIDE_PAGE } from '../requirements/list.ts';
import { cleanUp } from '../run/clean-up.ts';
import { findLeftOver } from '../run/find-left-over.ts';
import { uploadedFiles } from '../run/files.ts';
import { retrieveJob } from '../run/find-job.ts';
import { impossibleFile } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { keysAtTheEnd } from './access.ts';
import { ownFiles, walkFiles } from './files.ts';
import { deleteModel, isOwnModel } from './models.ts';
import { JOBS, newestFirst, pastTheRun, untilListed } from './own-jobs.ts';
import { reportPastRefused } from './past-counterexamples.ts';
import type { Scenario } from './scenario.ts';
import { MAX_PAGES, observeWalk } from './walk.ts';

/** Jobs on a page that was asked for without a limit. */
const DEFAULT_PAGE = 20;

export const noJobLeft: Scenario = {
  id: 'no-job-left',
  title: 'Look for jobs that no answer told of',
  serves: ['refusal.no-job', 'list.limit.default', 'files.list.paging', 'auth.*'],
  cost: () => ({ requests: 34, jobs: 0, uploads: 0 }),
  run: async (session) => {
    await keysAtTheEnd(session);
    // By now there are more jobs than a page without a limit holds.
    if (session.judges('list.limit.default') && session.histories.ids().length > DEFAULT_PAGE) {
      let pages = 0;
      await observeWalk(session, JOBS, undefined, [], () => (pages += 1) >= 2);
    }
    if (session.judges('files.list.paging') && ownFiles(session).length > 10) await walkFiles(session, 100);
    const refused = sharedBy(session).refused.filter((exchange) => exchange.operation === 'createFineTuningJob');
    const [first, ...rest] = refused;
    if (first === undefined || !session.answered) return;
    const made = newestFirst(session);
    await untilListed(session, made.slice(0, 3));
    // Each create that was refused may have left a job: the list may be as long as the run.
    const mostPages = MAX_PAGES + Math.ceil(session.budget.requests / WIDE_PAGE);
    const walked = await observeWalk(session, JOBS, WIDE_PAGE, made, pastTheRun(session), mostPages);
    const listed = walked?.pages[0];
    // A create without an answer may have made what nobody was told of.
    if (walked === undefined || listed === undefined || session.unansweredCreates > 0) return;
    const own = new Set([...uploadedFiles(session), impossibleFile(session)]);
    const unknown = walked.pages
      .flatMap(itemsOf)
      .filter(
        (job) => own.has(textMember(job, 'training_file') ?? '') && !session.histories.has(textMember(job, 'id') ?? ''),
      )
      .map((job) => textMember(job, 'id') ?? '');
    // That there is none, only a list shows that was read to where the run began.
    if (unknown.length === 0 && !walked.complete) return;
    const sample: readonly [Exchange, ...Exchange[]] = [first, ...rest.slice(0, 2)];
    session.observe({ kind: 'probe', probe: { name: 'no-job-left', refused: sample, listed, unknown } });
  },
};

export const tidy: Scenario = {
  id: 'clean-up',
  title: 'Judge what was seen over time, and clean up',
  serves: ['*'],
  cost: () => ({ requests: 30, jobs: 0, uploads: 0 }),
  run: async (session) => {
    reportPastRefused(session);
    // A shard, or a run of some rows, may have nobody else who waits for the jobs that were made to see how they end.
    await Promise.all(sharedBy(session).background);
    // Where the plan was stopped, answers to what was sent before are still on their way, and tell of what was made.
    await session.settled();
    // The last look, as late as it can be: a job that is there by now was never lost.
    for (const id of session.histories.lostIds()) await retrieveJob(session, id, { cleanUp: true });
    session.judgeHistories();
    await deleteOwnModel(session);
    const told = session.ledger.leftOver();
    const { left } = await cleanUp(
      session,
      session.ledger.isOpen || session.isMisled ? await findLeftOver(session, told) : told,
    );
    for (const { id, reason } of left.slice(0, 20)) session.notice(`left behind: ${id.slice(0, 80)} (${reason})`);
  },
};

/** The model of the job that succeeded, if that is proven to be the run's own. */
async function deleteOwnModel(session: Session): Promise<void> {
  const { succeeded: job } = sharedBy(session);
  const model = textMember(job, 'fine_tuned_model');
  if (model === undefined || !session.mayUse('models')) return;
  if (await isOwnModel(session, job)) await deleteModel(session, model);
  else session.notice(`left behind: the model ${model.slice(0, 80)} (no proof that the run made it)`);
}
