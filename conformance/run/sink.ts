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
/** Longest text of an answer that is kept as evidence. */
const KEPT_BODY = 16_384;

/** A sink that hands each line, scrubbed and as text, to `emit`. */
export function sinkTo(emit: (line: string) => void, secrets: Secrets): Sink {
  const written = new Set<string>();
  const passes = new Map<string, number>();
  const digest = createHash('sha256');
  let lines = 0;
  const write = (line: LogLine): void => {
    const whole = line.kind === 'footer' ? { ...line, above: { lines, sha256: digest.copy().digest('hex') } } : line;
    const text = JSON.stringify(scrubbed(whole, secrets));
    digest.update(`${text}\n`);
    lines += 1;
    emit(text);
  };
  const keep = (exchange: Exchange): void => {
    if (written.has(exchange.id)) return;
    written.add(exchange.id);
    write({ kind: 'exchange', exchange: trimmed(exchange) });
  };
  return {
    write,
    verdict: (verdict) => {
      const count = (passes.get(`${verdict.requirement}\n${verdict.site ?? ''}`) ?? 0) + 1;
      if (verdict.outcome === 'pass') passes.set(`${verdict.requirement}\n${verdict.site ?? ''}`, count);
      if (verdict.outcome !== 'pass' || count <= KEPT_PASSES) verdict.evidence.forEach(keep);
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
        ...('at' in verdict && verdict.at !== undefined ? { at: verdict.at } : {}),
        ...(verdict.outcome === 'fail' && verdict.group !== undefined ? { group: verdict.group } : {}),
        ...(verdict.outcome === 'tolerated' ? { erratum: verdict.erratum } : {}),
        evidence: [first.id, ...rest.slice(0, 4).map(({ id }) => id)],
      });
    },
    flush: () => undefined,
  };
}

/** A value whose every text, names of members included, is free of keys; numbers and the form of the line stay whole. */
function scrubbed(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [secrets.scrub(name), scrubbed(item, secrets)]),
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
function trimmed(exchange: Exchange): Exchange {
  const { json: _json, ...request } = exchange.request;
  const sent =
    request.body !== undefined && request.body.length > KEPT_BODY ? { ...request, body: cut(request.body) } : request;
  if (exchange.outcome.kind === 'failure') return { ...exchange, request: sent };
  const { body, json } = exchange.outcome;
  const short = json.kind === 'json' ? { kind: 'json' as const, value: null } : json;
  return {
    ...exchange,
    request: sent,
    outcome: { ...exchange.outcome, json: short, body: body.length > KEPT_BODY ? cut(body) : body },
  };
}

function cut(text: string): string {
  return `${text.slice(0, KEPT_BODY)}… (${text.length} characters)`;
}
