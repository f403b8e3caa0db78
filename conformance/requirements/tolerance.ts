// Which deviations of an answer the register of contradictions lets pass, and in which mode (errata.yaml).
import * as validators from '#generated/current/errata-validators.js';
import { errata, type Decision, type Tolerance } from '#generated/current/errata.ts';
import { at, type JsonValue } from '../contract/json.ts';
import type { Mode } from './requirement.ts';

export interface Tolerated {
  readonly erratum: string;
  readonly decision: Exclude<Decision, 'fail' | 'none'>;
}

interface Entry {
  readonly erratum: string;
  readonly decision: Readonly<Record<Mode, Decision>>;
  readonly tolerance: Tolerance;
}

const entries: readonly Entry[] = errata.flatMap(({ id, decision, tolerances }) =>
  tolerances.map((tolerance) => ({ erratum: id, decision, tolerance })),
);

/**
 * What the register says of a deviation at `pointer` of an object, or undefined where it does not name it.
 * `rule` is the prose rule that is broken; undefined for the schema.
 */
export function toleranceFor(
  component: string,
  object: JsonValue,
  pointer: string,
  mode: Mode,
  rule?: string,
): Tolerated | undefined {
  for (const { erratum, decision, tolerance } of entries) {
    const decided = decision[mode];
    if (decided === 'fail' || decided === 'none') continue;
    if (tolerance.component !== component || tolerance.rule !== rule) continue;
    if (pointer !== tolerance.at && !pointer.startsWith(`${tolerance.at}/`)) continue;
    if (matches(tolerance, object)) return { erratum, decision: decided };
  }
  return undefined;
}

function matches(tolerance: Tolerance, object: JsonValue): boolean {
  if (!validates(`${tolerance.validators}_object`, object)) return false;
  const value = at(object, tolerance.at);
  return value === undefined ? tolerance.absent : validates(`${tolerance.validators}_value`, value);
}

function validates(name: string, value: JsonValue): boolean {
  const validator = (validators as Readonly<Record<string, ((value: unknown) => boolean) | undefined>>)[name];
  if (validator === undefined) throw new Error(`no validator ${name}: run npm run generate`);
  return validator(value);
}
