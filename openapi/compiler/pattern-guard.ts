// Patterns of a foreign document end up in validators that run on every answer. A pattern that does not compile, is
// long, or backtracks without bound is refused; what passes is still tried against hostile text with a deadline.
import { runInNewContext } from 'node:vm';
import { CompileError } from './compile-error.ts';
import type { JsonValue } from './json.ts';
import { growthOf, sampleOf } from './pattern-ambiguity.ts';
import { type Automaton, automatonOf } from './pattern-syntax.ts';

const MAX_LENGTH = 500;
/** Searching for a loop takes square time in every engine; more than that is no pattern for text of others. */
const MAX_DEGREE = 2;
const DEADLINE_MS = 2_000;
/** Each short length, for some patterns run away at one length only; and a long one. */
const PUMPED = [...Array.from({ length: 64 }, (_, index) => index + 1), 1_000];

/** @throws CompileError if the pattern must not be run. */
export function assertSafePattern(pattern: JsonValue, where: () => string): void {
  const fault = typeof pattern === 'string' ? patternFault(pattern) : 'is no text';
  if (fault === undefined) return;
  throw new CompileError({
    what: `pattern ${JSON.stringify(pattern).slice(0, 80)} ${fault}`,
    where: where(),
    mend: 'simplify the pattern',
  });
}

/** Why a pattern must not be run; undefined where it may. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch {
    return 'is no regular expression';
  }
  const automaton = automatonOf(pattern);
  if (typeof automaton === 'string') return automaton;
  for (const inner of automaton.inner) {
    const fault = patternFault(inner);
    if (fault !== undefined) return fault;
  }
  const growth = growthOf(automaton, pattern);
  if (growth === 'exponential') return 'repeats a repetition and may run for ever';
  if (growth === 'unknown') return 'is too intricate to tell how long it may run';
  if (growth > MAX_DEGREE)
    return `has ${growth} repetitions that may take over from one another, and may run for hours`;
  return isSlow(expression, probesOf(automaton, pattern)) ? 'runs for seconds on a short text' : undefined;
}

/** Texts that enter each part of the pattern, stay there, and fail. */
function probesOf(automaton: Automaton, pattern: string): string[] {
  const probes: string[] = [];
  const ways = new Map(automaton.first.map((position) => [position, '']));
  for (const [position, way] of ways) {
    const letter = sampleOf(automaton.atoms[position] ?? '', pattern);
    if (letter === undefined) continue;
    for (const count of PUMPED) probes.push(`${way}${letter.repeat(count)}\u0000`);
    for (const next of automaton.follow[position] ?? []) if (!ways.has(next)) ways.set(next, way + letter);
  }
  return probes;
}

function isSlow(expression: RegExp, probes: readonly string[]): boolean {
  try {
    const script = 'for (const probe of probes) expression.test(probe)';
    runInNewContext(script, { probes, expression }, { timeout: DEADLINE_MS });
    return false;
  } catch {
    return true;
  }
}
