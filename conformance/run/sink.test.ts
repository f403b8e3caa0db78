import { describe, expect, it } from 'vitest';
import { Secrets } from '../client/secrets.ts';
import type { LogLine, VerdictLine } from '../reporting/log.ts';
import { answered } from '../testing/exchanges.ts';
import type { Verdict } from '../requirements/verdict.ts';
import { sinkTo } from './sink.ts';

const FOOTER = {
  kind: 'footer', ending: 'completed', endingReason: null, discriminates: true, discriminationReason: '', answered: true,
  durationMs: 1, requests: 1, retries: 0, jobsCreated: 0, jobsCancelled: 0, filesUploaded: 0, filesDeleted: 0,
} as const; // prettier-ignore

function written(verdicts: readonly Verdict[]): LogLine[] {
  const lines: LogLine[] = [];
  const sink = sinkTo((line) => lines.push(JSON.parse(line) as LogLine), new Secrets({}));
  for (const verdict of verdicts) sink.verdict(verdict);
  sink.write(FOOTER);
  return lines;
}

function pass(change: { readonly site?: string; readonly note?: string } = {}): Verdict {
  return { requirement: 'create.seed.accepts', outcome: 'pass', evidence: [answered({})], ...change };
}

function failure(): Verdict {
  return { requirement: 'create.seed.accepts', outcome: 'fail', message: 'no', evidence: [answered({})] };
}

describe('the log', () => {
  it('tells passes that say the same once, with their number, and loses none', () => {
    const sites = [...Array.from({ length: 50 }, () => 'a'), ...Array.from({ length: 7 }, () => 'b')];
    const verdicts = written(sites.map((site) => pass({ site }))).filter(
      (line): line is VerdictLine => line.kind === 'verdict',
    );
    expect(verdicts.length).toBeLessThan(10);
    const times = (site: string): number =>
      verdicts.filter((line) => line.site === site).reduce((sum, line) => sum + (line.times ?? 1), 0);
    expect([times('a'), times('b')]).toEqual([50, 7]);
  });

  it('keeps passes with different notes apart', () => {
    const notes = Array.from({ length: 30 }, (_, index) => pass({ note: index % 2 === 0 ? 'one' : 'other' }));
    const told = written(notes).filter((line) => line.kind === 'verdict' && line.times !== undefined);
    expect(told.map((line) => (line.kind === 'verdict' ? line.text : ''))).toEqual(['one', 'other']);
  });

  it('tells every failure by itself', () => {
    const told = written(Array.from({ length: 50 }, failure)).filter(({ kind }) => kind === 'verdict');
    expect(told).toHaveLength(50);
  });

  it('counts and digests what it holds back before the footer', () => {
    const lines = written(Array.from({ length: 5 }, () => pass()));
    const last = lines.at(-1);
    expect(last).toMatchObject({ kind: 'footer', above: { lines: lines.length - 1 } });
  });
});
