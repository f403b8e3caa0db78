// Patterns of a foreign document end up in validators that run on every answer. A pattern that does not compile, is
// long, or backtracks without bound is refused; what looks harmless is tried against hostile text with a deadline.
import { runInNewContext } from 'node:vm';
import { CompileError } from './compile-error.ts';

const MAX_LENGTH = 500;
const DEADLINE_MS = 100;
/** A quantified group that itself ends in, or begins with, a quantified part: the shape of runaway backtracking. */
const NESTED_QUANTIFIER = /\([^()]*[*+}][^()]*\)\s*[*+{]/;

/** @throws CompileError if the pattern must not be run. */
export function assertSafePattern(pattern: string, where: string): void {
  const refuse = (what: string): never => {
    throw new CompileError({
      what: `pattern ${JSON.stringify(pattern.slice(0, 80))} ${what}`,
      where,
      mend: 'simplify the pattern',
    });
  };
  if (pattern.length > MAX_LENGTH) refuse(`is longer than ${MAX_LENGTH} characters`);
  try {
    new RegExp(pattern, 'u');
  } catch {
    refuse('is no regular expression');
  }
  if (NESTED_QUANTIFIER.test(pattern)) refuse('repeats a repetition and may run for ever');
  const probes = ['a', '0', '-', ' ', '\u00e9'].map((letter) => letter.repeat(5_000) + '\u0000');
  try {
    runInNewContext(
      'for (const probe of probes) expression.test(probe)',
      { probes, expression: new RegExp(pattern, 'u') },
      { timeout: DEADLINE_MS },
    );
  } catch {
    refuse(`takes more than ${DEADLINE_MS} ms on 5,000 characters`);
  }
}
