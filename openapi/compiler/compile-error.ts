// What the compiler says when a document cannot be used: one clear line for a person.
import { oneLine } from './text.ts';

/** An error of a document or of how the compiler was called; never a fault of the compiler itself. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  /** What is wrong. */
  readonly what: string;
  /** File, with line and column or pointer. */
  readonly where: string;
  /** What to do about it. */
  readonly mend: string;

  constructor(problem: { what: string; where: string; mend: string }) {
    super(`${oneLine(problem.where)}: ${oneLine(problem.what)}; ${oneLine(problem.mend)}`);
    this.what = problem.what;
    this.where = problem.where;
    this.mend = problem.mend;
  }
}
