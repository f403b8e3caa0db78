// Lines of a log for tests: each builder gives a line that is right in itself, and takes what a test wants different.
import type { JsonValue } from '../../contract/json.ts';
import type { Answer, Exchange, Failure, SentRequest } from '../../requirements/exchange.ts';
import type {
  CapabilityLine, ExchangeLine, FooterLine, HeaderLine, LogLine, RequirementLine, VerdictLine,
} from '../log.ts'; // prettier-ignore

/** A header; `run` and the rest are merged one level deep. */
export function header(
  change: {
    readonly target?: Partial<HeaderLine['target']>;
    readonly contract?: Partial<HeaderLine['contract']>;
    readonly run?: Partial<HeaderLine['run']>;
    readonly scope?: HeaderLine['scope'];
    readonly keyVariables?: HeaderLine['keyVariables'];
  } = {},
): HeaderLine {
  return {
    kind: 'header',
    schemaVersion: '1',
    tool: { name: 'fine-tuning-conformance', version: '0.1.0' },
    contract: { edition: 'current', mode: 'compatible', sha256: '5f'.repeat(32), ...change.contract },
    target: { name: 'acme', baseUrl: 'https://api.acme.example/v1', profile: null, ...change.target },
    run: { id: 'r1', startedAt: '2026-11-21T16:00:00.000Z', seed: 1, cases: 100, shard: null, ...change.run },
    scope: change.scope ?? {},
    ...(change.keyVariables === undefined ? {} : { keyVariables: change.keyVariables }),
  };
}

/** A row; the chapter is read from the id. */
export function row(id: string, change: Partial<RequirementLine> = {}): RequirementLine {
  return {
    kind: 'requirement',
    id,
    chapter: id.split('.')[0] as RequirementLine['chapter'],
    level: 'MUST',
    authority: 'SCHEMA',
    title: `Title of ${id}`,
    statement: `The statement of ${id}.`,
    sources: ['SPEC CreateFineTuningJobRequest'],
    capability: 'core',
    conditional: false,
    inScope: true,
    ...change,
  };
}

/** An answer with a JSON body, or with raw text. */
export function answer(status: number, body: JsonValue, change: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json' },
    body: text,
    json: { kind: 'json', value: null },
    truncated: false,
    bytes: text.length,
    sha256: '00',
    ...change,
  };
}

/** A create and its answer; the payload is JSON or raw text. */
export function exchange(
  id: string,
  change: {
    readonly request?: Partial<SentRequest>;
    readonly payload?: JsonValue;
    readonly outcome?: Answer | Failure;
  } = {},
): ExchangeLine {
  const { payload = { model: 'gpt-4o-mini', training_file: 'file-abc123' } } = change;
  const made: Exchange = {
    id,
    operation: 'createFineTuningJob',
    request: {
      method: 'POST',
      path: '/fine_tuning/jobs',
      headers: { 'content-type': 'application/json', authorization: 'Bearer <API key>' },
      body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      ...change.request,
    },
    outcome: change.outcome ?? answer(200, { id: 'ftjob-1', object: 'fine_tuning.job' }),
    sentAt: 1,
    receivedAt: 2,
  };
  return { kind: 'exchange', exchange: made };
}

/** A request without a body, and its answer. */
export function read(id: string, path: string, outcome: Answer | Failure): ExchangeLine {
  const made = exchange(id, {
    request: { method: 'GET', path, headers: { authorization: 'Bearer <API key>' } },
    outcome,
  });
  const { body: _body, ...request } = made.exchange.request;
  return { kind: 'exchange', exchange: { ...made.exchange, request } };
}

export function pass(requirement: string, evidence = 'x1', change: Partial<VerdictLine> = {}): VerdictLine {
  return { kind: 'verdict', requirement, outcome: 'pass', evidence: [evidence], ...change };
}

export function fail(
  requirement: string,
  text: string,
  evidence = 'x1',
  change: Partial<VerdictLine> = {},
): VerdictLine {
  return { kind: 'verdict', requirement, outcome: 'fail', text, evidence: [evidence], ...change };
}

export function tolerated(requirement: string, erratum: string, text: string, evidence = 'x1'): VerdictLine {
  return { kind: 'verdict', requirement, outcome: 'tolerated', erratum, text, evidence: [evidence] };
}

export function inconclusive(requirement: string, text: string, evidence = 'x1'): VerdictLine {
  return { kind: 'verdict', requirement, outcome: 'inconclusive', text, evidence: [evidence] };
}

export function capability(
  name: CapabilityLine['capability'],
  claim: CapabilityLine['claim'],
  found: CapabilityLine['found'],
  reason = 'every call was answered 404',
): CapabilityLine {
  return { kind: 'capability', capability: name, claim, found, reason };
}

export function footer(change: Partial<FooterLine> = {}): FooterLine {
  return {
    kind: 'footer',
    ending: 'completed',
    endingReason: null,
    discriminates: true,
    discriminationReason: 'two jobs were made from two files and read back with what was sent',
    answered: true,
    durationMs: 12_345.6,
    requests: 640,
    retries: 2,
    jobsCreated: 31,
    jobsCancelled: 29,
    filesUploaded: 6,
    filesDeleted: 6,
    ...change,
  };
}

/** A whole log around some lines: header above, footer below. */
export function log(lines: readonly LogLine[], change: { header?: HeaderLine; footer?: FooterLine } = {}): LogLine[] {
  return [change.header ?? header(), ...lines, change.footer ?? footer()];
}

/** The text of a log file. */
export function asText(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
