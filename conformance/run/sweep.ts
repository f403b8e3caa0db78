// Takes away what earlier runs left behind on a target, ledger by ledger, with the proof of ownership that each needs.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../client/secrets.ts';
import { type CleanedUp, cleanUp } from './clean-up.ts';
import type { RunConfig } from './config.ts';
import { findLeftOver } from './find-left-over.ts';
import { leftOverOf, readLedger } from './ledger.ts';
import { Session } from './session.ts';

/** What became of one ledger. */
export interface Swept extends CleanedUp {
  readonly runId: string;
  /** When that run began, as an ISO time. */
  readonly at: string;
}

const NOWHERE = { write: () => undefined, verdict: () => undefined, flush: () => undefined };

/** The ledgers of a folder that belong to a base URL, oldest first. */
export function ledgersFor(
  folder: string,
  baseUrl: string,
): readonly { readonly file: string; readonly runId: string; readonly at: string }[] {
  return filesIn(folder)
    .flatMap((name) => {
      const file = join(folder, name);
      const run = readLedger(file).find((entry) => entry.kind === 'run');
      return run?.kind === 'run' && run.baseUrl === baseUrl ? [{ file, runId: run.runId, at: run.at }] : [];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
}

/** Sweeps one ledger. It is deleted once nothing of its run is left. */
export async function sweepLedger(
  config: RunConfig,
  secrets: Secrets,
  ledger: { readonly file: string; readonly runId: string; readonly at: string },
): Promise<Swept> {
  const session = new Session({ ...config, runId: ledger.runId }, [], secrets, NOWHERE, undefined);
  try {
    const leftOver = await findLeftOver(session, leftOverOf(readLedger(ledger.file)));
    const result = await cleanUp(session, leftOver);
    if (result.left.length === 0) rmSync(ledger.file, { force: true });
    return { ...result, runId: ledger.runId, at: ledger.at };
  } finally {
    await session.close();
  }
}
