// How the lines that every shard writes for itself become those of the whole run.
import { createHash } from 'node:crypto';
import type { CapabilityLine, FooterLine, HeaderLine, LogLine } from './log.ts';
import type { Shard } from './shards.ts';

/** The header of the whole run: the earliest start, no shard, an id that is made of the shards' ids. */
export function mergedHeader(shards: readonly Shard[]): HeaderLine {
  const [first] = shards;
  if (first === undefined) throw new Error('a run has one shard at least');
  const { shard: _shard, ...scope } = first.header.scope;
  const ids = shards.map(({ header }) => header.run.id);
  const startedAt = shards
    .map(({ header }) => header.run.startedAt)
    .reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
  const id = createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16);
  return { ...first.header, run: { ...first.header.run, id, startedAt, shard: null }, scope };
}

/** From best to worst: a run ended as the worst of its shards. */
const ENDINGS_BY_WEIGHT = ['completed', 'budget', 'interrupted', 'unreachable'] as const;

/** The footer of the whole run: sums; every shard must discriminate, one that was answered is enough. */
export function mergedFooter(shards: readonly Shard[]): FooterLine {
  const footers = shards.map(({ footer }) => footer);
  const sum = (of: (footer: FooterLine) => number): number => footers.reduce((total, footer) => total + of(footer), 0);
  const worst = footers.reduce((a, b) =>
    ENDINGS_BY_WEIGHT.indexOf(b.ending) > ENDINGS_BY_WEIGHT.indexOf(a.ending) ? b : a,
  );
  const blind = footers.findIndex(({ discriminates }) => !discriminates);
  const told = footers[Math.max(0, blind)]?.discriminationReason ?? '';
  const worstAt = footers.indexOf(worst);
  return {
    kind: 'footer',
    ending: worst.ending,
    endingReason: worst.endingReason === null ? null : inShard(worst.endingReason, worstAt, shards),
    discriminates: blind < 0,
    discriminationReason: blind < 0 ? told : inShard(told, blind, shards),
    answered: footers.some(({ answered }) => answered),
    durationMs: sum(({ durationMs }) => durationMs),
    requests: sum(({ requests }) => requests),
    retries: sum(({ retries }) => retries),
    jobsCreated: sum(({ jobsCreated }) => jobsCreated),
    jobsCancelled: sum(({ jobsCancelled }) => jobsCancelled),
    filesUploaded: sum(({ filesUploaded }) => filesUploaded),
    filesDeleted: sum(({ filesDeleted }) => filesDeleted),
  };
}

function inShard(text: string, index: number, shards: readonly Shard[]): string {
  return shards.length === 1 ? text : `${text} (shard ${index + 1}/${shards.length})`;
}

/** From what proves least to what proves most: what one shard found is there. */
const FOUND_BY_WEIGHT = ['unknown', 'absent', 'offered'] as const;

/** One line a capability, as the shard knew it that knew most. */
export function mergedCapabilities(
  shards: readonly Shard[],
  rename: (exchange: string, shard: number) => string,
): CapabilityLine[] {
  const merged = new Map<string, CapabilityLine>();
  for (const [index, { capabilities }] of shards.entries()) {
    for (const line of capabilities) {
      const known = merged.get(line.capability);
      if (known !== undefined && FOUND_BY_WEIGHT.indexOf(line.found) <= FOUND_BY_WEIGHT.indexOf(known.found)) continue;
      merged.set(line.capability, {
        ...line,
        ...(line.evidence === undefined ? {} : { evidence: line.evidence.map((id) => rename(id, index)) }),
      });
    }
  }
  return [...merged.values()];
}

/**
 * Notices, blocks, faults and what was observed. What several shards say is said once; what one shard says twice is said
 * twice, as in a run of one piece.
 */
export function mergedRemarks(shards: readonly Shard[]): LogLine[] {
  const merged = new Map<string, { readonly line: LogLine; count: number }>();
  for (const { remarks } of shards) {
    const here = new Map<string, number>();
    for (const line of remarks) {
      const key = JSON.stringify(line);
      const count = (here.get(key) ?? 0) + 1;
      here.set(key, count);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { line, count });
      else known.count = Math.max(known.count, count);
    }
  }
  return [...merged.values()].flatMap(({ line, count }) => Array.from({ length: count }, () => line));
}
