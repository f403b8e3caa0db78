// The log of one run cut into the logs that its shards would have written: every shard has the header, the rows and what
// each does for itself; verdicts go round, each with the exchanges that it rests on.
import type { HeaderLine, LogLine } from '../log.ts';

/** The logs of n shards whose union is the given log. */
export function splitLog(lines: readonly LogLine[], count: number): LogLine[][] {
  return Array.from({ length: count }, (_, index) => shardOf(lines, index, count));
}

function shardOf(lines: readonly LogLine[], index: number, count: number): LogLine[] {
  const mine = new Set<LogLine>();
  const needed = new Set<string>();
  let seen = 0;
  for (const line of lines) {
    if (line.kind !== 'verdict') continue;
    if (seen % count === index) {
      mine.add(line);
      line.evidence.forEach((id) => needed.add(id));
    }
    seen += 1;
  }
  return lines.flatMap((line): LogLine[] => {
    switch (line.kind) {
      case 'header':
        return [asShard(line, index, count)];
      case 'verdict':
        return mine.has(line) ? [line] : [];
      case 'exchange':
        return needed.has(line.exchange.id) ? [line] : [];
      case 'timeline':
        return index === 0 ? [line] : [];
      case 'footer':
        return [{ ...line, ...shares(line, index, count) }];
      default:
        return [line];
    }
  });
}

function asShard(header: HeaderLine, index: number, count: number): HeaderLine {
  const run = { ...header.run, id: `${header.run.id}${index}`, shard: `${index + 1}/${count}` };
  return { ...header, run };
}

type Footer = Extract<LogLine, { kind: 'footer' }>;

/** Counts are divided, the first shard taking what is over. */
function shares(footer: Footer, index: number, count: number): Partial<Footer> {
  const share = (whole: number): number => Math.floor(whole / count) + (index === 0 ? whole % count : 0);
  return {
    durationMs: footer.durationMs / count,
    requests: share(footer.requests),
    retries: share(footer.retries),
    jobsCreated: share(footer.jobsCreated),
    jobsCancelled: share(footer.jobsCancelled),
    filesUploaded: share(footer.filesUploaded),
    filesDeleted: share(footer.filesDeleted),
  };
}
