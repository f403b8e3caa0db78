// What a line of the log must look like to be believed. A log is a file that may have come from anywhere, so nothing of
// it is used unchecked.
import { z } from 'zod';
import { CHANGES } from '../contract/distance.ts';
import { POINT_KINDS } from '../contract/points.ts';
import { FAILURE_CAUSES } from '../requirements/exchange.ts';
import { CAPABILITIES, CHAPTERS, LEVELS, MODES } from '../requirements/requirement.ts';
import { ENDINGS, LONGEST_FILE, type LogLine } from './log.ts';
import { UnknownLine } from './log-errors.ts';

const text = z.string();
const count = z.int().min(0);
const headers = z.record(text, text);

/** Differences from OpenAI's contract that a log may tell of. */
const MOST_DIFFERENCES = 2_000;

const header = z.object({
  kind: z.literal('header'),
  schemaVersion: z.literal('1'),
  tool: z.object({ name: text, version: text }),
  contract: z.object({ edition: text, mode: z.enum(MODES), sha256: text, dialect: text.exactOptional() }),
  distance: z
    .array(
      z.object({
        change: z.enum(CHANGES),
        kind: z.enum(POINT_KINDS),
        where: text,
        openai: text.nullable(),
        vendor: text.nullable(),
      }),
    )
    .max(MOST_DIFFERENCES)
    .exactOptional(),
  target: z.object({ name: text, baseUrl: text, profile: text.nullable() }),
  run: z.object({
    id: text,
    startedAt: z.iso.datetime({ offset: true }),
    seed: z.number(),
    cases: count,
    shard: text.nullable(),
  }),
  scope: z.record(text, z.union([text, z.number(), z.array(text)])),
  keyVariables: z.object({ key: text, adminKey: text }).exactOptional(),
  targetWords: z.array(text).exactOptional(),
  waivers: z
    .array(
      z.object({
        requirement: text,
        fingerprint: text.optional(),
        reason: text,
        owner: text,
        link: text.optional(),
        expires: text,
        place: z.object({ file: text, first: count, last: count }).optional(),
      }),
    )
    .exactOptional(),
});

const requirement = z.object({
  kind: z.literal('requirement'),
  id: text.min(1),
  chapter: z.enum(CHAPTERS),
  level: z.enum(LEVELS),
  authority: z.enum(['SCHEMA', 'DOC', 'OBSERVED']),
  title: text,
  statement: text,
  sources: z.array(text),
  capability: z.enum(CAPABILITIES),
  conditional: z.boolean(),
  inScope: z.boolean(),
});

const answer = z.object({ kind: z.literal('answer'), status: z.int(), headers, body: text, truncated: z.boolean() });
const failure = z.object({ kind: z.literal('failure'), cause: z.enum(FAILURE_CAUSES), message: text });
const exchange = z.object({
  kind: z.literal('exchange'),
  exchange: z.object({
    id: text.min(1),
    operation: text,
    request: z.object({ method: text, path: text, headers, body: text.exactOptional() }),
    outcome: z.discriminatedUnion('kind', [answer, failure]),
  }),
});

/** Calls of one sequence that are kept. */
const MOST_STEPS = 500;
const LONGEST_STEP = 200;
const verdict = z.object({
  kind: z.literal('verdict'),
  requirement: text,
  outcome: z.enum(['pass', 'fail', 'tolerated', 'inconclusive']),
  site: text.exactOptional(),
  text: text.exactOptional(),
  at: text.exactOptional(),
  faultAt: text.exactOptional(),
  group: text.exactOptional(),
  erratum: text.exactOptional(),
  sequence: z.array(text.max(LONGEST_STEP)).max(MOST_STEPS).exactOptional(),
  evidence: z.tuple([text], text),
  times: z.int().min(1).exactOptional(),
  flaky: z.object({ failed: count, tried: count }).exactOptional(),
});

const capability = z.object({
  kind: z.literal('capability'),
  capability: z.enum(CAPABILITIES),
  claim: z.enum(['claimed', 'unclaimed', 'excluded']),
  found: z.enum(['offered', 'absent', 'unknown']),
  reason: text,
  evidence: z.array(text).exactOptional(),
});

/** Polls and controls of one job that are kept; a log of somebody else's must not fill the memory. */
const MOST_SIGHTINGS = 2_000;
const atMs = z.number().min(0);
const timeline = z.object({
  kind: z.literal('timeline'),
  job: text,
  expectation: text.nullable(),
  sightings: z.array(z.object({ atMs, status: text.nullable(), operation: text })).max(MOST_SIGHTINGS),
  controls: z.array(z.object({ atMs, control: text, status: z.int().nullable() })).max(MOST_SIGHTINGS),
});

const file = z.object({
  kind: z.literal('file'),
  id: text.min(1).max(200),
  purpose: text.max(100),
  content: text.max(LONGEST_FILE),
});

const footer = z.object({
  kind: z.literal('footer'),
  ending: z.enum(ENDINGS),
  endingReason: text.nullable(),
  discriminates: z.boolean(),
  discriminationReason: text,
  answered: z.boolean(),
  durationMs: z.number().min(0),
  requests: count,
  retries: count,
  jobsCreated: count,
  jobsCancelled: count,
  filesUploaded: count,
  filesDeleted: count,
  above: z.object({ lines: count, sha256: text }).exactOptional(),
});

const line = z.discriminatedUnion('kind', [
  header,
  requirement,
  exchange,
  verdict,
  capability,
  z.object({ kind: z.enum(['notice', 'blocked']), text }),
  z.object({ kind: z.literal('fault'), text, requirement: text.exactOptional() }),
  z.object({ kind: z.literal('observed'), subject: text, value: text }),
  timeline,
  file,
  footer,
]);

/**
 * A parsed line as the line of a log.
 * @throws UnknownLine that names the member at fault.
 */
export function logLine(value: unknown, where: string): LogLine {
  const parsed = line.safeParse(value);
  // The schema leaves out what reports never read (parsed bodies, times), which the type of an exchange names.
  if (parsed.success) return parsed.data as LogLine;
  const issue = parsed.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new UnknownLine(
    `${where}: ${at}${issue?.message ?? 'not a line of a log'}; was it written by another version?`,
  );
}
