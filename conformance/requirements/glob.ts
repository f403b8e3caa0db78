// Which rows a selection means: `--only` and scenarios name rows by id, `*` stands for any characters.
import { rememberAs } from '../contract/remember.ts';

/** True where an id matches one of the globs. */
export function matchesAny(id: string, globs: readonly string[]): boolean {
  return globs.some((glob) => expressionOf(glob).test(id));
}

const expressionOf = rememberAs(
  (glob: string) => glob,
  (glob) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
);
