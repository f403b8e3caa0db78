// Legal bodies that make no job. A body is sent with a training file that cannot exist: a target that reads the whole body
// before it looks the file up refuses it for its file alone, and so shows that it takes the rest. Whether a target works
// like that is found out first, with faults all over the body; where one of them goes unnoticed, nothing is concluded.
import { type JsonObject, withValue } from '../contract/json.ts';
import { PLAIN_BODY } from '../generation/bases.ts';
import { factsOf } from '../generation/facts.ts';
import { bind } from '../generation/pools.ts';
import { siteTier, type TierCase } from '../generation/site-tier.ts';
import { type Answered, type Exchange, isAnswered, succeeded, wasRefused } from '../requirements/exchange.ts';
import { isAbout, told } from '../requirements/refusals.ts';
import { createJob, impossibleFile } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { packableBases } from './bases.ts';
import { bound } from './cases.ts';

const FILE = '/training_file';

/** What the free tier rests on: refusals that named the file, and refusals that named a fault beside the same file. */
export interface FreeTier {
  readonly controls: readonly [Answered, ...Answered[]];
}

/** Finds out whether a target looks at everything else before it looks the training file up. */
export async function calibrateFreeTier(session: Session): Promise<FreeTier | undefined> {
  const found = await calibrated(session);
  if (typeof found !== 'string') return found;
  session.notice(`legal extremes are sent as jobs: ${found}`);
  return undefined;
}

async function calibrated(session: Session): Promise<FreeTier | string> {
  const legal = await sendFree(session, PLAIN_BODY);
  if (legal === undefined || !isAnswered(legal)) return 'no body could be sent without a file';
  if (!isForFileAlone(legal)) return `a plain body whose training file does not exist is answered ${told(legal)}`;
  const controls: [Answered, ...Answered[]] = [legal];
  for (const { fault, template } of controlsOf(session)) {
    const exchange = await sendFree(session, template as JsonObject);
    const isNoticed = exchange !== undefined && wasRefused(exchange) && isAbout(exchange, fault.at);
    if (!isNoticed || !isAnswered(exchange)) {
      return `${fault.description} goes unnoticed beside a training file that does not exist`;
    }
    controls.push(exchange);
  }
  return { controls };
}

/** A bound, a length or a word that is broken on each proven base: a target that reads one part early may read another late. */
function controlsOf(session: Session): TierCase[] {
  const { bases } = sharedBy(session);
  return packableBases(session).flatMap((base) => {
    const isValue = ({ fault }: TierCase): boolean =>
      /\.(maximum|minimum|exclusiveMinimum|enum|maxLength)$/.test(fault.requirement);
    const control = bases.has(base.name) ? siteTier(base).findLast(isValue) : undefined;
    return control === undefined ? [] : [control];
  });
}

/**
 * What a body without a file shows: every fact that it holds, where it was refused for its file alone; nothing, where the
 * answer asks for a second look with a real file; or that the target makes jobs without a file.
 */
export async function sendWithoutFile(
  session: Session,
  free: FreeTier,
  template: JsonObject,
): Promise<'shown' | 'open' | 'accepted'> {
  const exchange = await sendFree(session, template);
  if (exchange === undefined || !isForFileAlone(exchange)) {
    return exchange !== undefined && succeeded(exchange) ? 'accepted' : 'open';
  }
  const { acceptedFacts } = sharedBy(session);
  for (const { requirement, site, description } of factsOf(template)) {
    acceptedFacts.add(site);
    session.observe({ kind: 'acceptance', requirement, site, description, exchange, free: free.controls });
  }
  return 'shown';
}

async function sendFree(session: Session, template: JsonObject): Promise<Exchange | undefined> {
  const body = await bound(session, template);
  if (body === undefined) return undefined;
  const payload = withValue(bind(template, body.bindings), FILE, impossibleFile(session));
  const exchange = await createJob(session, payload, { clientFault: true });
  if (!succeeded(exchange)) sharedBy(session).refused.push(exchange);
  return exchange;
}

function isForFileAlone(exchange: Exchange): boolean {
  return wasRefused(exchange) && isAbout(exchange, FILE);
}
