// The type of a registry row. A rule is written once, with its level, authority and source, and judged on every
// observation that it applies to.
import type { Edition, Rule, RuleId } from '#generated/current/rules.ts';
import { rules } from '../contract/active-contract.ts';
import type { Exchange } from './exchange.ts';
import type { Observation, ObservationKind, Probe, ProbeName } from './observation.ts';

export const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const;
export type Level = (typeof LEVELS)[number];
export type Authority = 'SCHEMA' | 'DOC' | 'OBSERVED';
export const MODES = ['strict', 'compatible'] as const;
export type Mode = (typeof MODES)[number];
export const EDITIONS = ['2024-04', '2024-09', '2024-12', '2025-05', 'current'] as const satisfies readonly Edition[];

export const CHAPTERS = [
  'create', 'echo', 'refusal', 'status', 'retrieve', 'list', 'cancel', 'pause', 'events', 'checkpoints', 'files',
  'models', 'graders', 'permissions', 'errors', 'auth', 'transport',
] as const; // prettier-ignore
export type Chapter = (typeof CHAPTERS)[number];

/** What a target may or may not offer. `core` is always claimed. */
export const CAPABILITIES = [
  'core', 'auth', 'method.supervised', 'method.dpo', 'method.reinforcement', 'integrations', 'pause', 'checkpoints',
  'graders', 'permissions', 'models',
] as const; // prettier-ignore
export type Capability = (typeof CAPABILITIES)[number];

/** What checks may know of the run. */
export interface JudgeContext {
  readonly mode: Mode;
  readonly edition: Edition;
  /** Statuses of success that the target's own documents name; 200 always is one. */
  readonly successStatuses: readonly number[];
}

/** What one check says of one observation. No finding means that the requirement does not apply to it. */
export type Finding =
  | {
      readonly outcome: 'pass';
      readonly site?: string;
      readonly note?: string;
      readonly evidence?: readonly Exchange[];
    }
  | {
      readonly outcome: 'fail';
      readonly message: string;
      /** What failures with different messages have in common, where they are one finding at their site. */
      readonly group?: string;
      readonly site?: string;
      /** Pointer to the offending place in the answer. */
      readonly at?: string;
      readonly evidence?: readonly Exchange[];
    }
  /** The documents contradict themselves here; the register says to let it pass and to say so. */
  | { readonly outcome: 'tolerated'; readonly erratum: string; readonly message: string; readonly at?: string }
  /** The observation should have decided the requirement and could not. */
  | { readonly outcome: 'inconclusive'; readonly reason: string; readonly site?: string };

type Of<K extends ObservationKind> = Extract<Observation, { kind: K }>;

/** How a requirement judges one kind of observation. */
export interface Check<K extends ObservationKind = ObservationKind> {
  readonly on: K;
  /** Only observations with this key (see keyOf); all of the kind where undefined. */
  readonly key?: string;
  readonly judge: (observation: Of<K>, context: JudgeContext) => readonly Finding[];
}

export interface Requirement {
  readonly id: string;
  readonly chapter: Chapter;
  readonly title: string;
  /** The rule in our own words. */
  readonly statement: string;
  readonly level: Level;
  /** Level in strict mode, where it differs. */
  readonly strict?: Level;
  readonly authority: Authority;
  readonly sources: readonly string[];
  readonly erratum?: string;
  readonly since: Edition;
  readonly capability: Capability;
  /** Conditional rows never make a run incomplete. */
  readonly conditional: boolean;
  /** True where only a job that succeeded can show it. */
  readonly needsSuccess: boolean;
  readonly checks: readonly AnyCheck[];
}

/** A check of whatever kind; `check` below is the only way to make one, which keeps kind and judge together. */
export type AnyCheck = { readonly [K in ObservationKind]: Check<K> }[ObservationKind];

/** A check on one kind of observation, or on those of the kind that have a key. */
export function check<K extends ObservationKind>(on: K, judge: Check<K>['judge'], key?: string): AnyCheck {
  const made: Check<K> = key === undefined ? { on, judge } : { on, judge, key };
  return made as unknown as AnyCheck;
}

/** A check on one kind of probe. */
export function onProbe<N extends ProbeName>(
  name: N,
  judge: (probe: Extract<Probe, { name: N }>, context: JudgeContext) => readonly Finding[],
): AnyCheck {
  const isIt = (probe: Probe): probe is Extract<Probe, { name: N }> => probe.name === name;
  return check('probe', ({ probe }, context) => (isIt(probe) ? judge(probe, context) : []), name);
}

/** What keyed checks are told apart by. */
export function keyOf(observation: Observation): string {
  switch (observation.kind) {
    case 'object':
      return observation.component;
    case 'fault':
      return observation.fault.requirement;
    case 'acceptance':
    case 'filter':
      return observation.requirement;
    case 'walk':
      return observation.list;
    case 'probe':
      return observation.probe.name;
    default:
      return '';
  }
}

const CAPABILITY_OF_CHAPTER: Partial<Record<Chapter, Capability>> = {
  auth: 'auth',
  pause: 'pause',
  checkpoints: 'checkpoints',
  models: 'models',
  graders: 'graders',
  permissions: 'permissions',
};

/** The chapter that an id begins with. @throws Error if it is none: a fault of ours. */
export function chapterOf(id: string): Chapter {
  const chapter = CHAPTERS.find((name) => id.startsWith(`${name}.`));
  if (chapter === undefined) throw new Error(`${id} begins with no chapter`);
  return chapter;
}

/** The capability that a row of a chapter depends on unless it says otherwise. */
export function capabilityOf(chapter: Chapter): Capability {
  return CAPABILITY_OF_CHAPTER[chapter] ?? 'core';
}

/** A row, or none where the edition has no rule for it. */
export type Row = Requirement | undefined;

/** The row for a prose rule of the contract: level, authority, sentence and sources are the contract's. */
export function rule(id: RuleId, checks: readonly AnyCheck[], options: { needsSuccess?: boolean } = {}): Row {
  const ofContract = rules[id];
  if (ofContract === undefined) return undefined;
  const { pointer: _pointer, capability, ...standing }: Rule = ofContract;
  const chapter = chapterOf(id);
  return {
    ...standing,
    chapter,
    capability: (capability as Capability | undefined) ?? capabilityOf(chapter),
    needsSuccess: options.needsSuccess ?? false,
    checks,
  };
}

/** The level that binds in a mode. */
export function levelIn(mode: Mode, requirement: Pick<Requirement, 'level' | 'strict'>): Level {
  return mode === 'strict' ? (requirement.strict ?? requirement.level) : requirement.level;
}

export const PASS: readonly Finding[] = [{ outcome: 'pass' }];
export const NOT_APPLICABLE: readonly Finding[] = [];

/** One failure. */
export function fail(message: string, at?: string): readonly Finding[] {
  return [at === undefined ? { outcome: 'fail', message } : { outcome: 'fail', message, at }];
}

/** One open question. */
export function inconclusive(reason: string): readonly Finding[] {
  return [{ outcome: 'inconclusive', reason }];
}

/** Pass where a condition holds, else fail with a message. */
export function expectThat(holds: boolean, message: () => string, at?: string): readonly Finding[] {
  return holds ? PASS : fail(message(), at);
}
