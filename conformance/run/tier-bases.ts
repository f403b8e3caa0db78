// Which bases a tier uses. The smoke tier is for a first look and for services where each job is dear: four bases, so that
// a conforming target makes twelve jobs at most; what the others would show is out of its scope, and the report says so.
import { type Base, cleanBases } from '../generation/bases.ts';
import { methodOf } from '../generation/pools.ts';
import type { RunConfig } from './config.ts';

const SMOKE: ReadonlySet<string> = new Set(['plain', 'validation_file', 'hyperparameters', 'metadata']);

/** The bases of a tier, as far as their methods are offered. */
export function offeredBases({ tier, methods }: Pick<RunConfig, 'tier' | 'methods'>): readonly Base[] {
  return cleanBases().filter(
    ({ name, template }) => methods.includes(methodOf(template)) && (tier !== 'smoke' || SMOKE.has(name)),
  );
}
