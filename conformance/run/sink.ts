// Where the lines of a log go. Everything is scrubbed of keys on its way out; exchanges are written once, when a verdict
// first needs them as evidence.
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Secrets } from '../client/secrets.ts';
import type { LogLine } from '../reporting/log.ts';
import type { Exchange } from '../requirements/exchange.ts';
import type { Verdict } from '../requirements/verdict.ts';

export interface Sink {
  readonly write: (line: LogLine) => void;
  readonly verdict: (verdict: Verdict) => void;
  /** Hands over what is still held back. */
  readonly flush: () => void;
}

/** Passes of one row and site whose evidence is kept; the rest is counted. */
const KEPT_PASSES = 2;
/** Everything else of one row and site whose evidence is kept. */
const KEPT_OTHERS = 12;
/** Characters of evidence after which bodies are cut short: a target that floods must not fill the disk. */
const MUCH_EVIDENCE = 48 * 1024 * 1024;
const SHORT_BODY = 512;
const KEPT_HEADERS = 40;
const KEPT_HEADER = 500;
/** Longest text of an answer that is kept as evidence. */
const KEPT_BODY = 16_384;

/** A sink that hands each line, scrubbed and as text, to `emit`. */
export function sinkTo(emit: (line: string) => void, secrets: Secrets): Sink {
  const written = new Set<string>();
  const counts = new Map<string, number>();
  let evidence = 0;
  const digest = createHash('sha256');
  let lines = 0;
  const write = (line: LogLine): void => {
    const whole = line.kind === 'footer' ? { ...line, above: { lines, sha256: digest.copy().digest('hex') } } : line;
    const text = JSON.stringify(scrubbedLine(whole, secrets));
    digest.update(`${text}\n`);
    lines += 1;
    emit(text);
  };
  const keep = (exchange: Exchange): void => {
    if (written.has(exchange.id)) return;
    written.add(exchange.id);
    const kept = trimmed(exchange, evidence > MUCH_EVIDENCE ? SHORT_BODY : KEPT_BODY);
    evidence += sizeOf(kept);
    write({ kind: 'exchange', exchange: kept });
  };
  return {
    write,
    verdict: (verdict) => {
      const key = `${verdict.outcome}\n${verdict.requirement}\n${verdict.site ?? ''}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const isExplained = verdict.outcome === 'fail' && verdict.sequence !== undefined;
      if (isExplained || count <= (verdict.outcome === 'pass' ? KEPT_PASSES : KEPT_OTHERS))
        verdict.evidence.forEach(keep);
      const [first, ...rest] = verdict.evidence;
      const text =
        verdict.outcome === 'fail' || verdict.outcome === 'tolerated'
          ? verdict.message
          : verdict.outcome === 'inconclusive'
            ? verdict.reason
            : verdict.note;
      write({
        kind: 'verdict',
        requirement: verdict.requirement,
        outcome: verdict.outcome,
        ...(verdict.site === undefined ? {} : { site: verdict.site }),
        ...(text === undefined ? {} : { text }),
        ...(verdict.outcome === 'fail' && verdict.faultAt !== undefined ? { faultAt: verdict.faultAt } : {}),
        ...('at' in verdict && verdict.at !== undefined ? { at: verdict.at } : {}),
        ...(verdict.outcome === 'fail' && verdict.group !== undefined ? { group: verdict.group } : {}),
        ...(verdict.outcome === 'fail' && verdict.flaky !== undefined ? { flaky: verdict.flaky } : {}),
        ...(verdict.outcome === 'fail' && verdict.sequence !== undefined ? { sequence: verdict.sequence } : {}),
        ...(verdict.outcome === 'tolerated' ? { erratum: verdict.erratum } : {}),
        evidence: [first.id, ...rest.slice(0, 4).map(({ id }) => id)],
      });
    },
    flush: () => undefined,
  };
}

/**
 * Members of each line that may hold what the target or the caller said. The rest is the form of the log in our own
 * words: a key that happens to be one of these must not break it.
 */
const FREE: Readonly<Record<LogLine['kind'], readonly string[]>> = {
  header: ['target', 'scope', 'targetWords', 'waivers'],
  requirement: [],
  exchange: ['exchange'],
  verdict: ['site', 'text', 'at', 'faultAt', 'group'],
  capability: ['reason'],
  notice: ['text'],
  blocked: ['text'],
  observed: ['subject', 'value'],
  timeline: ['job', 'expectation', 'sightings', 'controls'],
  fault: ['text'],
  file: ['id', 'content'],
  footer: ['endingReason', 'discriminationReason'],
};
/** Members inside those whose values are our own words. */
const OURS: ReadonlySet<string> = new Set(['kind', 'operation', 'method', 'cause']);

function scrubbedLine(line: LogLine, secrets: Secrets): unknown {
  const free = new Set(FREE[line.kind]);
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => [name, free.has(name) ? scrubbed(value, secrets) : value]),
  );
}

/** A value whose every text is free of keys, the names of headers included. */
function scrubbed(value: unknown, secrets: Secrets, areNamesFree = false): unknown {
  if (typeof value === 'string') return secrets.scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (areNamesFree) return [secrets.scrub(name), scrubbed(item, secrets)];
      return [name, OURS.has(name) ? item : scrubbed(item, secrets, name === 'headers')];
    }),
  );
}

/** A sink that appends to a file, a few hundred lines at a time. */
export function fileSink(file: string, secrets: Secrets): Sink {
  let held: string[] = [];
  const flush = (): void => {
    if (held.length === 0) return;
    appendFileSync(file, `${held.join('\n')}\n`);
    held = [];
  };
  const sink = sinkTo((line) => {
    held.push(line);
    if (held.length >= 200) flush();
  }, secrets);
  return { ...sink, flush };
}

/** The exchange without the parsed twin of its bodies, and with long text cut. */
function trimmed(exchange: Exchange, longest: number): Exchange {
  const { json: _json, ...request } = exchange.request;
  const sent = request.body === undefined ? request : { ...request, body: cut(request.body, longest) };
  if (exchange.outcome.kind === 'failure') return { ...exchange, request: sent };
  const { body, json, headers } = exchange.outcome;
  const short = json.kind === 'json' ? { kind: 'json' as const, value: null } : json;
  const kept = Object.entries(headers).slice(0, KEPT_HEADERS);
  return {
    ...exchange,
    request: { ...sent, path: sent.path.slice(0, KEPT_BODY) },
    outcome: {
      ...exchange.outcome,
      json: short,
      body: cut(body, longest),
      headers: Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, KEPT_HEADER)])),
    },
  };
}

function sizeOf({ request, outcome }: Exchange): number {
  return (request.body?.length ?? 0) + (outcome.kind === 'answer' ? outcome.body.length : 0);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
