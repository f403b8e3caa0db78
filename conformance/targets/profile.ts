// A profile says what a target claims: its address, models, capabilities and the form of its key. Profiles are data of
// others: JSON or YAML core schema with an alias limit and a size cap, a strict schema, and nothing in them can name a
// variable, run code, or make the suite read another file.
import { z } from 'zod';
import { DIALECTS } from '../contract/active-contract.ts';
import { CAPABILITIES } from '../requirements/requirement.ts';
import { parseYaml, readText } from './read-yaml.ts';
import { placed, type Waiver, waiversSchema } from './waivers.ts';

const optionalCapabilities = CAPABILITIES.filter((name) => name !== 'core' && name !== 'auth');
const name = z.string().min(1).max(200);

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
  /** What a base URL looks like, for vendors that give each customer an address: it has to be named then. */
  addressForm: z.string().max(200).optional(),
  /** The vendor's own contract, a folder below generated/dialects; OpenAI's where there is none. */
  dialect: z
    .string()
    .refine((dialect) => DIALECTS.includes(dialect), `is one of ${DIALECTS.join(', ')}`)
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
      /** The key is shown as this parameter of the query, and in no header. */
      query: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/, 'is the name of a query parameter')
        .optional(),
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
  /** Rows that nobody may be held to, for nothing is documented there; each with the reason, which the report tells. */
  unjudged: z.array(z.strictObject({ rows: z.array(name).min(1), reason: z.string().min(1).max(300) })).default([]),
  jobTimeoutSeconds: z.number().positive().max(86_400).optional(),
  /** Jobs that a run may make, as the vendor suggests; printed where --max-jobs is missing. */
  maxJobs: z.int().positive().max(10_000).optional(),
  waivers: waiversSchema,
});

export type Profile = Omit<z.output<typeof profileSchema>, 'waivers'> & { readonly waivers: readonly Waiver[] };

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
  const profile = parseYaml(text, file, {
    schema: profileSchema,
    whole: 'the profile',
    help: 'see "Judging your server" in the README',
  });
  return { ...profile, waivers: placed(profile.waivers, text, file) };
}
