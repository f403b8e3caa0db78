// Bytes that are wrong before any schema is asked: malformed JSON, lying headers, undeclared methods, hostile ids. A
// target answers them with 4xx; where the documents leave it open, what it does is told.
import { PLAIN_BODY, PLAIN_METHOD } from '../generation/bases.ts';
import { bind } from '../generation/pools.ts';
import { oddRequests, type OddRequest, type WireFault, wireFaults } from '../generation/wire-faults.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import { told } from '../requirements/refusals.ts';
import { bindingsFor, sendCreate } from '../run/jobs.ts';
import type { RunConfig } from '../run/config.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeFault } from './cases.ts';
import type { Scenario } from './scenario.ts';

const ROWS = { 'must-refuse': 'refusal.json.malformed', 'should-refuse': 'transport.wire.refused' } as const;

export const wire: Scenario = {
  id: 'wire',
  title: 'Send bytes that make no sense',
  serves: ['refusal.json.malformed', 'transport.wire.refused', 'errors.*', 'refusal.no-job'],
  cost: (config) => {
    const isSent = sentBy(config);
    return {
      requests: wireFaults('{}').filter(isSent).length + oddRequests('').filter(isSent).length,
      jobs: 0,
      uploads: 0,
    };
  },
  run: async (session) => {
    const isSent = sentBy(session.config);
    const bindings = await bindingsFor(session, PLAIN_METHOD);
    if (bindings === undefined) return;
    const good = JSON.stringify(bind(PLAIN_BODY, bindings));
    for (const fault of wireFaults(good).filter(isSent)) await sendWireFault(session, fault);
    const { cancelled } = sharedBy(session);
    if (cancelled === undefined) return;
    const list = await session.send({
      operation: 'listPaginatedFineTuningJobs',
      method: 'GET',
      path: '/fine_tuning/jobs?limit=1',
    });
    for (const odd of oddRequests(cancelled).filter(isSent)) await sendOdd(session, odd, list);
  },
};

/** What is harmless always; the rest where it was allowed, and where the jobs that it may make are not dear. */
function sentBy({
  wire: kind,
  tier,
}: Pick<RunConfig, 'wire' | 'tier'>): (one: { readonly isSafe: boolean }) => boolean {
  return ({ isSafe }) => isSafe || (kind === 'full' && tier !== 'smoke');
}

async function sendWireFault(
  session: Session,
  { site, description, body, headers, verdict }: WireFault,
): Promise<void> {
  if (verdict !== 'observed' && !session.judges(ROWS[verdict]) && !session.judges('errors.no-5xx')) return;
  const exchange = await sendCreate(session, sendable(body), { clientFault: true, ...(headers ? { headers } : {}) });
  if (verdict === 'observed') session.observed(`create with ${description}`, answerOf(exchange));
  else
    observeFault(
      session,
      { requirement: ROWS[verdict], site, at: '', description },
      exchange,
      sharedBy(session).bases.get('plain'),
    );
}

/** What is UTF-8 is sent, and shown, as text. */
function sendable(body: Buffer): string | Buffer {
  const text = body.toString();
  return Buffer.from(text).equals(body) ? text : body;
}

async function sendOdd(
  session: Session,
  { site, description, method, path, verdict }: OddRequest,
  twin: Exchange,
): Promise<void> {
  const exchange = await session.send(
    { operation: 'undeclared', method, path },
    { clientFault: true, repeatable: false },
  );
  if (verdict === 'observed') session.observed(description, answerOf(exchange));
  else observeFault(session, { requirement: ROWS[verdict], site, at: '', description }, exchange, twin);
}

function answerOf(exchange: Exchange): string {
  if (!isAnswered(exchange)) return told(exchange);
  return succeeded(exchange) ? `accepted with status ${exchange.outcome.status}` : `status ${exchange.outcome.status}`;
}
