// From what the caller said to what the run does: defaults, ranges, and the rules that keep a run from costing money or
// showing a key where nobody asked for it (design: "Commands", "Cost, ownership and safety").
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Edition } from '#generated/current/rules.ts';
import { DIALECT_PREFIX, EDITION_VARIABLE, editionName } from '../contract/active-contract.ts';
import { EDITION_METHODS, METHODS, type Method } from '../generation/pools.ts';
import { matchesAny } from '../requirements/glob.ts';
import { requirementById, requirementsOf } from '../requirements/registry.ts';
import { EDITIONS, MODES } from '../requirements/requirement.ts';
import { DEFAULT_LIMITS, type Limits } from '../client/transport.ts';
import { ConfigurationError } from '../targets/configuration-error.ts';
import { bareProfile, type Profile, readProfile } from '../targets/profile.ts';
import { readWaivers, type Waiver } from '../targets/waivers.ts';
import { type RunConfig, TIERS, UNLIMITED } from './config.ts';
import { readCorpus } from './corpus.ts';
import { checkKeys, DEFAULT_ADMIN_KEY_ENV, DEFAULT_KEY_ENV } from './keys.ts';
import type { Shard } from './shard.ts';

/** What a caller may say; names as on the command line. */
export interface Options {
  readonly baseUrl?: string | undefined;
  readonly target?: string | undefined;
  /** `NAME` for every method, or `METHOD=NAME`. */
  readonly model?: readonly string[] | undefined;
  readonly apiKeyEnv?: string | undefined;
  readonly adminKeyEnv?: string | undefined;
  readonly edition?: string | undefined;
  readonly mode?: string | undefined;
  readonly tier?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** `i/n`. */
  readonly shard?: string | undefined;
  readonly cases?: number | undefined;
  readonly commands?: number | undefined;
  /** A sequence of calls in words, run in place of random ones. */
  readonly sequence?: readonly string[] | undefined;
  readonly strength?: number | undefined;
  readonly freeTier?: string | undefined;
  readonly maxJobs?: number | undefined;
  readonly maxRequests?: number | undefined;
  readonly maxSeconds?: number | undefined;
  readonly jobTimeout?: number | undefined;
  readonly lifecycle?: string | undefined;
  readonly wire?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly timeout?: number | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly waivers?: string | undefined;
  /** A file of past counterexamples; true for the one of the target, which the embedded emulator has not. */
  readonly corpus?: string | boolean | undefined;
  readonly report?: string | undefined;
  readonly defect?: readonly string[] | undefined;
  readonly insecureHttp?: boolean | undefined;
  /** Nothing is sent: what would be is only told. */
  readonly plan?: boolean | undefined;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's folder: profiles and reports lie below it. */
  readonly root: string;
  readonly contractSha256: string;
  readonly tool: RunConfig['tool'];
  readonly now: Date;
}

/** Where the embedded emulator listens is known only once it runs. */
export const EMBEDDED_URL = 'http://127.0.0.1:0/v1';

const LOOPBACK_JOBS = 1_000;

/** The run that a caller asked for. @throws ConfigurationError that names the mend. */
export function configure(options: Options, surroundings: Surroundings): RunConfig {
  const { root, now } = surroundings;
  const { given, url, isEmbedded, isLoopback, name } = targetOf(options, surroundings);
  const profile = given ?? bareProfile(name);
  const shard = shardOf(options.shard);
  const { edition, dialect } = contractOf(options, profile);
  // What one contract knows as a reviewed value, another may never have heard of.
  const corpusName = [name, dialect ?? (edition === 'current' ? [] : edition)].flat().join('.');
  const tier = wordOf('--tier', options.tier ?? (isLoopback ? 'full' : 'sites'), TIERS);
  return {
    runId: randomBytes(8).toString('hex'),
    startedAt: now.toISOString(),
    target: { name, baseUrl: url.href.replace(/\/$/, ''), isLoopback, isEmbedded },
    profile,
    profileFile: options.target,
    hasProfile: given !== undefined,
    models: modelsOf(options.model ?? [], profile),
    methods: EDITION_METHODS.filter((method) => profile.methods?.includes(method) ?? true),
    apiKeyEnv: options.apiKeyEnv ?? DEFAULT_KEY_ENV,
    adminKeyEnv: options.adminKeyEnv ?? DEFAULT_ADMIN_KEY_ENV,
    edition,
    ...(dialect === undefined ? {} : { dialect }),
    mode: wordOf('--mode', options.mode ?? 'compatible', MODES),
    tier,
    only: checkedSelection(options.only ?? [], edition),
    shard,
    seed: numberOf('--seed', options.seed ?? 1, 0, 2_147_483_647),
    cases: numberOf('--cases', options.cases ?? 100, 0, 1_000_000),
    commands: numberOf('--commands', options.commands ?? 200, 0, 100_000),
    sequence: options.sequence,
    strength: numberOf('--strength', options.strength ?? 2, 2, 3) === 3 ? 3 : 2,
    freeTier: wordOf('--free-tier', options.freeTier ?? (isLoopback ? 'off' : 'on'), ['on', 'off'] as const) === 'on',
    maxJobs: shared(maxJobsOf(options, profile, isLoopback, isEmbedded), shard),
    maxRequests: shared(
      numberOf('--max-requests', options.maxRequests ?? (isLoopback ? UNLIMITED : 5_000), 1, UNLIMITED),
      shard,
    ),
    maxSeconds: numberOf('--max-seconds', options.maxSeconds ?? (isLoopback ? 1_800 : 6 * 3600), 1, UNLIMITED),
    jobTimeoutMs:
      1000 *
      numberOf(
        '--job-timeout',
        options.jobTimeout ?? profile.jobTimeoutSeconds ?? (isLoopback ? 60 : 7_200),
        1,
        7 * 86_400,
      ),
    lifecycle: wordOf('--lifecycle', options.lifecycle ?? 'full', ['full', 'cancel-only'] as const),
    wire: wordOf('--wire', options.wire ?? (isLoopback ? 'full' : 'safe'), ['safe', 'full'] as const),
    concurrency: numberOf('--concurrency', options.concurrency ?? (isLoopback ? 16 : 2), 1, 256),
    createConcurrency: options.concurrency ?? (isLoopback ? 16 : 1),
    limits: limitsOf(options, isLoopback),
    corpus: corpusOf(options, isEmbedded ? undefined : join(root, 'reports/corpus', `${corpusName}.jsonl`)),
    reportDir: resolve(options.report ?? join(root, 'reports', name)),
    ledgerDir: join(root, 'reports'),
    defects: options.defect ?? [],
    waivers: waiversOf(options, profile),
    contractSha256: surroundings.contractSha256,
    tool: surroundings.tool,
  };
}

/** Budgets are divided among the shards, never multiplied by them. */
function shared(budget: number, shard: Shard | undefined): number {
  const part = shard === undefined ? budget : Math.floor(budget / shard.count);
  if (part >= 1) return part;
  const what = `a budget of ${budget} is less than one for each shard`;
  throw new ConfigurationError(`--shard ${shard?.index}/${shard?.count}`, what, 'use fewer shards or a larger budget');
}

function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count && count <= 64) return { index, count };
  throw new ConfigurationError(
    `--shard ${text}`,
    'that is no shard',
    'use i/n with i from 1 to n, and n up to 64, as in 1/4',
  );
}

interface Target {
  readonly given: Profile | undefined;
  readonly url: URL;
  readonly isEmbedded: boolean;
  readonly isLoopback: boolean;
  readonly name: string;
}

/** Who is judged, and whether a key may be shown to it. */
function targetOf(options: Options, { env, root }: Surroundings): Target {
  const named = options.target === undefined ? undefined : readTarget(options.target, root);
  const baseUrl = options.baseUrl ?? named?.baseUrl;
  if (baseUrl === undefined && named?.addressForm !== undefined)
    throw new ConfigurationError(
      `--target ${options.target ?? ''}`,
      'each customer of this vendor has an address of their own',
      `add --base-url, as in ${named.addressForm}`,
    );
  const isEmbedded = baseUrl === undefined;
  const given = named ?? (isEmbedded ? readTarget('emulator', root) : undefined);
  if (!isEmbedded && (options.defect ?? []).length > 0) {
    throw new ConfigurationError(
      '--defect',
      'only the embedded emulator can be started with a defect',
      'leave --base-url out',
    );
  }
  const url = checkedUrl(baseUrl ?? EMBEDDED_URL);
  const isLoopback = isLoopbackHost(url.hostname);
  checkKeySafety(options, url, isLoopback, env);
  return { given, url, isEmbedded, isLoopback, name: given?.name ?? (isEmbedded ? 'emulator' : slugOf(url)) };
}

/** A profile of ours by name, or one in a file. */
export function readTarget(target: string, root: string): Profile {
  const own = join(root, 'conformance/targets', `${target}.yaml`);
  if (/^[a-z0-9][a-z0-9._-]*$/.test(target) && existsSync(own)) return readProfile(own);
  if (existsSync(target)) return readProfile(target);
  throw new ConfigurationError(
    `--target ${target}`,
    'there is no such profile and no such file',
    'see conformance/targets/ for the known ones, or name a YAML file',
  );
}

function checkedUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigurationError(
      `--base-url ${text}`,
      'it is no URL',
      'give what an SDK is given, as in https://api.example.com/v1',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ConfigurationError(
      `--base-url ${text}`,
      'it is neither http nor https',
      'give what an SDK is given, as in https://api.example.com/v1',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(
      '--base-url',
      'it holds a user or password',
      `leave it out and put the key into ${DEFAULT_KEY_ENV}`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(
      '--base-url',
      'it has a query or fragment',
      'put a fixed query into the profile (query: { api-version: … })',
    );
  }
  return url;
}

/** True for an address of this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function slugOf({ host }: URL): string {
  const slug = host
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug.slice(0, 60) || 'target';
}

function checkKeySafety(options: Options, url: URL, isLoopback: boolean, env: Surroundings['env']): void {
  const { apiKeyEnv = DEFAULT_KEY_ENV, adminKeyEnv = DEFAULT_ADMIN_KEY_ENV } = options;
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const hasKey = isSet(apiKeyEnv);
  checkKeys({ apiKeyEnv, adminKeyEnv }, env);
  if (options.apiKeyEnv !== undefined && !hasKey) {
    throw new ConfigurationError(
      `--api-key-env ${apiKeyEnv}`,
      'the variable is not set',
      `export ${apiKeyEnv}=… first`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback && (hasKey || isSet(adminKeyEnv)) && options.insecureHttp !== true) {
    throw new ConfigurationError(
      url.href,
      'the key would cross the network in the clear',
      'use https, or --insecure-http if that is meant',
    );
  }
}

function maxJobsOf({ maxJobs, plan }: Options, profile: Profile, isLoopback: boolean, isEmbedded: boolean): number {
  if (maxJobs !== undefined) return numberOf('--max-jobs', maxJobs, 1, UNLIMITED);
  if (isEmbedded) return UNLIMITED;
  if (isLoopback) return LOOPBACK_JOBS;
  const suggestion = profile.maxJobs ?? 60;
  if (plan === true) return suggestion;
  throw new ConfigurationError(
    '--max-jobs',
    'each accepted job on a real service costs money, so a limit has to be named',
    `add --max-jobs ${suggestion}, or look at the plan first with --plan --max-jobs ${suggestion}`,
  );
}

function corpusOf({ corpus }: Options, ofTarget: string | undefined): RunConfig['corpus'] {
  const file = typeof corpus === 'string' ? resolve(corpus) : corpus === true ? ofTarget : undefined;
  return file === undefined ? undefined : { file, entries: readCorpus(file) };
}

function modelsOf(models: readonly string[], profile: Profile): RunConfig['models'] {
  const chosen: Record<Method | 'grader', string | undefined> = {
    supervised: undefined,
    dpo: undefined,
    reinforcement: undefined,
    grader: undefined,
    ...profile.models,
  };
  const uses = [...METHODS, 'grader'] as const;
  for (const text of models) {
    const [use, ...rest] = text.split('=');
    const name = rest.join('=');
    if (rest.length === 0) for (const method of METHODS) chosen[method] = text;
    else {
      const known = uses.find((one) => one === use);
      if (known === undefined || name === '')
        throw new ConfigurationError(
          `--model ${text}`,
          'that is no method',
          `use NAME, or one of ${uses.join(', ')} before =NAME`,
        );
      chosen[known] = name;
    }
  }
  return chosen;
}

function waiversOf({ waivers }: Options, profile: Profile): readonly Waiver[] {
  const all = [...profile.waivers, ...(waivers === undefined ? [] : readWaivers(waivers))];
  const unknown = all.find(({ requirement }) => requirementById(requirement) === undefined);
  if (unknown === undefined) return all;
  throw new ConfigurationError(
    `waiver for ${unknown.requirement}`,
    'there is no such requirement',
    'see npm run conformance -- --list',
  );
}

/**
 * The contract that is judged by: the profile's dialect, unless an edition is asked for by name.
 * @throws Error where the process was loaded for another one: a fault of ours.
 */
function contractOf({ edition }: Options, { dialect }: Profile): Pick<RunConfig, 'edition' | 'dialect'> {
  const known = wordOf('--edition', edition ?? 'current', EDITIONS);
  const own = edition === undefined ? dialect : undefined;
  const wanted = own === undefined ? known : `${DIALECT_PREFIX}${own}`;
  if (wanted !== editionName)
    throw new Error(`contract ${wanted} is asked for, and this process judges by ${editionName} (${EDITION_VARIABLE})`);
  return { edition: known, ...(own === undefined ? {} : { dialect: own }) };
}

function checkedSelection(only: readonly string[], edition: Edition): readonly string[] {
  const rows = requirementsOf(edition);
  for (const glob of only) {
    if (rows.some(({ id }) => matchesAny(id, [glob]))) continue;
    throw new ConfigurationError(`--only ${glob}`, 'it matches no requirement', 'see npm run conformance -- --list');
  }
  return only;
}

function limitsOf({ timeout, maxBodyBytes }: Options, isLoopback: boolean): Limits {
  const seconds = numberOf('--timeout', timeout ?? (isLoopback ? 10 : 120), 1, 3_600);
  return {
    connectMs: Math.min(DEFAULT_LIMITS.connectMs, seconds * 1000),
    headersMs: seconds * 1000,
    idleMs: Math.min(DEFAULT_LIMITS.idleMs, seconds * 1000),
    totalMs: seconds * 2000,
    jsonBytes: numberOf('--max-body-bytes', maxBodyBytes ?? DEFAULT_LIMITS.jsonBytes, 1_024, 1_000_000_000),
    contentBytes: DEFAULT_LIMITS.contentBytes,
  };
}

function wordOf<T extends string>(option: string, word: string, words: readonly T[]): T {
  const known = words.find((one) => one === word);
  if (known === undefined)
    throw new ConfigurationError(`${option} ${word}`, 'that is not known', `use one of ${words.join(', ')}`);
  return known;
}

function numberOf(option: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigurationError(
    `${option} ${value}`,
    'that is out of range',
    `use a whole number from ${min} to ${max}`,
  );
}
