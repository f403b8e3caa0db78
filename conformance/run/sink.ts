// Where the lines of a log go. Everything is scrubbed of keys on its way out; exchanges are written once, when a verdict
// first needs them as evidence.
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Secrets } from '../client/secrets.ts';
import type { LogLine, VerdictLine } from '../reporting/log.ts';
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
/** Different words of one row and site that are counted apart; a target that never says the same twice is told as it comes. */
const MOST_TOLD_ONCE = 20;
/** Everything else of one row and site whose evidence is kept. */
const KEPT_OTHERS = 12;
/** Characters of evidence after which bodies are cut short: a target that floods must not fill the disk. */
const MUCH_EVIDENCE = 48 * 1024 * 1024;
const SHORT_BODY = 512;
const KEPT_HEADERS = 40;
const KEPT_HEADER = 500;
/** Longest text of an answer that is kept as evidence. */
const KEPT_BODY = 16_384;

/** What was said of one row at one site. */
interface Said {
  /** How many verdicts of each outcome. */
  readonly counts: Record<Verdict['outcome'], number>;
  /** Passes and what is tolerated, beyond those that are told one by one: one for all that say the same. */
  readonly more: { readonly same: VerdictLine; times: number }[];
}

/** A sink that hands each line, scrubbed and as text, to `emit`. */
export function sinkTo(emit: (line: string) => void, secrets: Secrets): Sink {
  const written = new Set<string>();
  const said = new Map<string, Map<string | undefined, Said>>();
  let evidence = 0;
  const digest = createHash('sha256');
  let lines = 0;
  const put = (line: LogLine): void => {
    const text = JSON.stringify(scrubbedLine(line, secrets));
    digest.update(`${text}\n`);
    lines += 1;
    emit(text);
  };
  const keep = (exchange: Exchange): void => {
    if (written.has(exchange.id)) return;
    written.add(exchange.id);
    const kept = trimmed(exchange, evidence > MUCH_EVIDENCE ? SHORT_BODY : KEPT_BODY);
    evidence += sizeOf(kept);
    put({ kind: 'exchange', exchange: kept });
  };
  return {
    write: (line) => {
      if (line.kind !== 'footer') {
        put(line);
        return;
      }
      for (const further of furtherVerdicts(said)) put(further);
      put({ ...line, above: { lines, sha256: digest.copy().digest('hex') } });
    },
    verdict: (verdict) => {
      const { counts, more } = saidOf(said, verdict);
      const count = (counts[verdict.outcome] += 1);
      if (count > KEPT_PASSES && (verdict.outcome === 'pass' || verdict.outcome === 'tolerated')) {
        const known = more.find(({ same }) => saysTheSame(same, verdict));
        if (known !== undefined) {
          known.times += 1;
          return;
        }
        if (more.length < MOST_TOLD_ONCE) {
          more.push({ same: verdictLine(verdict), times: 1 });
          return;
        }
      }
      const isExplained = verdict.outcome === 'fail' && verdict.sequence !== undefined;
      if (isExplained || count <= (verdict.outcome === 'pass' ? KEPT_PASSES : KEPT_OTHERS))
        verdict.evidence.forEach(keep);
      put(verdictLine(verdict));
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

function saidOf(said: Map<string, Map<string | undefined, Said>>, { requirement, site }: Verdict): Said {
  let sites = said.get(requirement);
  if (sites === undefined) said.set(requirement, (sites = new Map<string | undefined, Said>()));
  let known = sites.get(site);
  if (known === undefined)
    sites.set(site, (known = { counts: { pass: 0, fail: 0, tolerated: 0, inconclusive: 0 }, more: [] }));
  return known;
}

/** True for a verdict of the same row and site that has no more to tell than a line does. */
function saysTheSame(line: VerdictLine, verdict: Verdict): boolean {
  if (line.outcome !== verdict.outcome) return false;
  if (verdict.outcome === 'pass') return line.text === verdict.note;
  return verdict.outcome === 'tolerated' && line.text === verdict.message && line.at === verdict.at;
}

/** What was said again and again is told once, with its number: a run of many cases would else write little but that. */
function* furtherVerdicts(said: ReadonlyMap<string, ReadonlyMap<string | undefined, Said>>): Generator<VerdictLine> {
  for (const sites of said.values())
    for (const { more } of sites.values()) for (const { same, times } of more) yield { ...same, times };
}

function verdictLine(verdict: Verdict): VerdictLine {
  const [first, ...rest] = verdict.evidence;
  const text =
    verdict.outcome === 'fail' || verdict.outcome === 'tolerated'
      ? verdict.message
      : verdict.outcome === 'inconclusive'
        ? verdict.reason
        : verdict.note;
  return {
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
  };
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
