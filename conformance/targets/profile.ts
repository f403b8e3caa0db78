// A profile says what a target claims: its address, models, capabilities and the form of its key. Profiles are data of
// others: JSON or YAML core schema with an alias limit and a size cap, a strict schema, and nothing in them can name a
// variable, run code, or make the suite read another file.
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { CAPABILITIES } from '../requirements/requirement.ts';

const MAX_BYTES = 256 * 1024;

/** A profile or an argument that cannot be used: one line that names the mend. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(where: string, what: string, mend: string) {
    super(`${where}: ${what}; ${mend}`);
  }
}

const optionalCapabilities = CAPABILITIES.filter((name) => name !== 'core' && name !== 'auth');
const name = z.string().min(1).max(200);

const waiverSchema = z.strictObject({
  requirement: name,
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/, 'is the fingerprint that the report prints')
    .optional(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  link: z.url({ protocol: /^https?$/ }).optional(),
  expires: z.iso.date(),
});
export type Waiver = z.output<typeof waiverSchema>;

/** Headers that decide where a request goes and how it is read: a key has no place in them. */
const OF_THE_WIRE = new Set([
  'host', 'connection', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'accept', 'accept-encoding',
  'expect', 'te', 'trailer', 'upgrade', 'user-agent', 'cookie', 'origin', 'referer',
]); // prettier-ignore

function isBareAddress(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password, search, hash } = new URL(address);
  return username + password + search + hash === '';
}

const profileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'has lower-case letters, digits, dots, dashes'),
  title: z.string().max(200).optional(),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .refine(isBareAddress, 'holds a name, a password, a query or a fragment; it is scheme, host and path only')
    .optional(),
  /** Query that every request carries, such as api-version=2024-10-21. */
  query: z.record(name, z.string().max(200)).default({}),
  auth: z
    .strictObject({
      header: z
        .string()
        .regex(/^[a-z0-9-]+$/, 'is a header name in lower case')
        .refine((header) => !OF_THE_WIRE.has(header), 'is a header that the request needs for itself')
        .default('authorization'),
      scheme: z
        .string()
        .regex(/^[A-Za-z]*$/, 'is a word such as Bearer, or empty')
        .default('Bearer'),
    })
    .prefault({}),
  models: z
    .strictObject({
      supervised: name.optional(),
      dpo: name.optional(),
      reinforcement: name.optional(),
      grader: name.optional(),
    })
    .prefault({}),
  methods: z
    .array(z.enum(['supervised', 'dpo', 'reinforcement']))
    .min(1)
    .optional(),
  capabilities: z.partialRecord(z.enum(optionalCapabilities), z.boolean()).default({}),
  /** Statuses of success beside 200 that the target's own documents name. */
  successStatuses: z.array(z.int().min(200).max(299)).default([]),
  jobTimeoutSeconds: z.number().positive().max(86_400).optional(),
  /** Jobs that a run may make, as the vendor suggests; printed where --max-jobs is missing. */
  maxJobs: z.int().positive().max(10_000).optional(),
  waivers: z.array(waiverSchema).default([]),
});

export type Profile = z.output<typeof profileSchema>;

/** The profile of a target that nothing is known of. */
export function bareProfile(profileName: string): Profile {
  return profileSchema.parse({ name: profileName });
}

/**
 * Reads a profile from a file.
 * @throws ConfigurationError that names the line.
 */
export function readProfile(file: string): Profile {
  return parseProfile(readText(file), file);
}

/** @throws ConfigurationError that names the line. */
export function parseProfile(text: string, file: string): Profile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    schema: 'core',
    prettyErrors: false,
    logLevel: 'error',
  });
  // A warning is a tag or a directive that the core schema does not know: what it was meant to say is anybody's guess.
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new ConfigurationError(`${file}:${line}:${col}`, problem.message.split('\n')[0] ?? '', 'mend the YAML there');
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch {
    throw new ConfigurationError(file, 'it uses too many aliases', 'write the values out');
  }
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []) as (string | number)[];
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const at = unknownKey === undefined ? path : [...path, unknownKey];
  const member = at.join('.') || 'the profile';
  const what = unknownKey === undefined ? `${member}: ${issue?.message ?? 'is malformed'}` : `${member} is not known`;
  throw new ConfigurationError(
    `${file}${lineOf(document, at, lines)}`,
    what,
    'see "Judging your server" in the README',
  );
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
    if (range?.[0] !== undefined) return `:${lines.linePos(range[0]).line}`;
  }
  return '';
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES)
      throw new ConfigurationError(file, `it has more than ${MAX_BYTES} bytes`, 'a profile is a small file');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(file, 'it cannot be read', 'check the path and the permissions');
  }
}
