// What the target once judged wrongly, first of all: a fault that came back is known after the first few requests. Each
// body is judged by what the contract says of it now; what the corpus says of it decides nothing but when it is of use.
import type { JsonObject } from '../contract/json.ts';
import { faultIn } from '../generation/near-misses.ts';
import { bind, methodOf } from '../generation/pools.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { environmentReason } from '../requirements/refusals.ts';
import { type Counterexample, standingOf } from '../run/corpus.ts';
import type { RunConfig } from '../run/config.ts';
import { provenCreate } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { mine } from '../run/shard.ts';
import { bound, observeFacts, sendFaulty } from './cases.ts';
import { judgeLegalBody, observeValid, sendTemplate } from './legal-bodies.ts';
import type { Scenario } from './scenario.ts';

const SITE = 'past counterexample';

function wanted({ corpus, shard }: RunConfig, judges: (row: string) => boolean): readonly Counterexample[] {
  return mine(shard, corpus?.entries ?? []).filter(({ requirement }) => judges(requirement));
}

export const pastCounterexamples: Scenario = {
  id: 'past',
  title: 'Send past counterexamples again',
  serves: ['*'],
  cost: (config, judges) => {
    const entries = wanted(config, judges);
    const legal = entries.filter((entry) => standingOf(entry) === 'legal').length;
    return { requests: entries.length + legal, jobs: legal, uploads: legal > 0 ? 5 : 0 };
  },
  run: async (session) => {
    const counts = { fail: 0, pass: 0, 'left out': 0 };
    for (const entry of wanted(session.config, (row) => session.judges(row))) {
      // Half of the jobs is kept for what has to be accepted.
      const mayCost = session.budget.jobsLeft > session.config.maxJobs / 2;
      counts[mayCost && session.acceptedCreate !== undefined ? await sendPast(session, entry) : 'left out'] += 1;
    }
    const rest = counts['left out'] === 0 ? '' : `, ${counts['left out']} not judged`;
    session.notice(
      `${counts.fail + counts.pass + counts['left out']} past counterexamples: ${counts.fail} fail${rest}`,
    );
  },
};

async function sendPast(session: Session, entry: Counterexample): Promise<'fail' | 'pass' | 'left out'> {
  const { payload, requirement } = entry;
  if (!session.mayUse(`method.${methodOf(payload)}`)) return 'left out';
  const standing = standingOf(entry);
  const exchange =
    standing === 'legal'
      ? await sendPastLegal(session, payload)
      : standing === 'illegal'
        ? await sendPastFault(session, payload)
        : undefined;
  if (exchange === undefined || !isAnswered(exchange)) return 'left out';
  if (standing === 'legal' && !succeeded(exchange))
    return environmentReason(exchange, provenCreate(session, exchange.request.json ?? null)) === undefined
      ? 'fail'
      : 'left out';
  const seen = session.judging.findings.all().filter(({ seenIn }) => seenIn.has(exchange.id));
  return seen.some(({ verdict }) => standing === 'illegal' || verdict.requirement === requirement) ? 'fail' : 'pass';
}

/** A refusal is looked into later: what is to blame for it shows only beside what is accepted. */
async function sendPastLegal(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const exchange = await sendTemplate(session, template);
  if (exchange === undefined) return undefined;
  if (succeeded(exchange)) observeFacts(session, template, exchange);
  else sharedBy(session).pastRefused.push({ template, exchange });
  return exchange;
}

/** Says what is to blame for the past bodies that are refused still, or again. */
export async function judgePastRefused(session: Session): Promise<void> {
  const { pastRefused } = sharedBy(session);
  for (let one = pastRefused[0]; one !== undefined; one = pastRefused[0]) {
    await judgeLegalBody(session, one.template, one.exchange, SITE);
    pastRefused.shift();
  }
}

/** Where the run ended before anybody could look into them: a legal body was refused, whatever is to blame. */
export function reportPastRefused(session: Session): void {
  for (const { template, exchange } of sharedBy(session).pastRefused.splice(0))
    observeValid(session, template, exchange, SITE);
}

async function sendPastFault(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const fault = faultIn(template);
  const body = await bound(session, template);
  if (fault === undefined || body === undefined) return undefined;
  return sendFaulty(session, { fault, payload: bind(template, body.bindings), twin: undefined });
}
