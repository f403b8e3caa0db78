// The options of a server, checked and completed.
import { ConfigurationError } from './configuration-error.ts';
import { type Edition, EDITION_NAMES, editionOf } from './editions.ts';
import { findDefects } from './defects/find-defects.ts';
import type { Defect } from './defects/defect.ts';
import { DOCUMENTED, type Policy, SCHEMA, SDK } from './policy.ts';

export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Without it every key is accepted, and none too. */
  readonly apiKey?: string;
  /** Needed for permissions as soon as there is an `apiKey`. */
  readonly adminKey?: string;
  /** How long a job lasts from creation to end, in seconds; 1 by default, 0 for jobs that end at once. */
  readonly jobSeconds?: number;
  readonly edition?: string;
  /**
   * `documented`, the default; `schema`, which follows the schema where prose contradicts it; or what the generated test
   * suites of the official SDKs need.
   */
  readonly behaviour?: string;
  /** What becomes of members of a create that the contract does not list; they are refused by default. */
  readonly unknownMembers?: string;
  /** Keeps all state in this folder; in memory, and contents in a temporary folder, without it. */
  readonly dataDir?: string;
  /** Ids of defects to start with. */
  readonly defects?: readonly string[];
  /** Makes ids and generated job seeds repeatable. */
  readonly seed?: number;
  /** The time in milliseconds; the system's by default. */
  readonly clock?: () => number;
  /** The most bytes of an uploaded file; 512 MB by default, as documented. */
  readonly uploadLimit?: number;
}

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly apiKey: string | null;
  readonly adminKey: string | null;
  readonly jobSeconds: number;
  readonly edition: Edition;
  readonly sdk: boolean;
  readonly basePolicy: Policy;
  readonly unknownMembers: 'refuse' | 'accept';
  readonly dataDir: string | null;
  readonly defects: readonly Defect[];
  readonly seed: number | undefined;
  readonly clock: () => number;
  readonly uploadLimit: number;
}

const BEHAVIOURS = ['documented', 'schema', 'sdk'] as const;
const POLICIES: Readonly<Record<(typeof BEHAVIOURS)[number], Policy>> = {
  documented: DOCUMENTED,
  schema: SCHEMA,
  sdk: SDK,
};
const UNKNOWN_MEMBERS = ['refuse', 'accept'] as const;
const LARGEST_FILE = 512 * 1024 * 1024;
const LONGEST_JOB_SECONDS = 30 * 24 * 3600;

/** The settings that options stand for. @throws ConfigurationError naming the mend. */
export function settingsOf(options: EmulatorOptions): Settings {
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigurationError(`${port} is no port`, 'use a whole number from 0 (any free port) to 65535');
  }
  const jobSeconds = options.jobSeconds ?? 1;
  if (!(jobSeconds >= 0 && jobSeconds <= LONGEST_JOB_SECONDS)) {
    throw new ConfigurationError(`jobs cannot last ${jobSeconds} seconds`, `use 0 to ${LONGEST_JOB_SECONDS}`);
  }
  const behaviour = wordOf('behaviour', options.behaviour ?? 'documented', BEHAVIOURS);
  return {
    port,
    host: options.host ?? '127.0.0.1',
    apiKey: keyOf('API key', options.apiKey),
    adminKey: keyOf('admin key', options.adminKey),
    jobSeconds,
    edition: editionOf(wordOf('edition', options.edition ?? 'current', EDITION_NAMES)),
    sdk: behaviour === 'sdk',
    basePolicy: POLICIES[behaviour],
    unknownMembers: wordOf('unknown members setting', options.unknownMembers ?? 'refuse', UNKNOWN_MEMBERS),
    dataDir: options.dataDir ?? null,
    defects: findDefects(options.defects ?? []),
    seed: options.seed,
    clock: options.clock ?? Date.now,
    uploadLimit: options.uploadLimit ?? LARGEST_FILE,
  };
}

function wordOf<T extends string>(what: string, word: string, words: readonly T[]): T {
  const known = words.find((one) => one === word);
  if (known === undefined) throw new ConfigurationError(`there is no ${what} '${word}'`, `use ${words.join(', ')}`);
  return known;
}

function keyOf(what: string, key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new ConfigurationError(`the ${what} cannot be sent in a header`, 'use printable ASCII without spaces');
  }
  return key;
}
