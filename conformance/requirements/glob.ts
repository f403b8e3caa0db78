// Which rows a selection means: `--only` and scenarios name rows by id, `*` stands for any characters.

/** True where an id matches one of the globs. */
export function matchesAny(id: string, globs: readonly string[]): boolean {
  return globs.some((glob) => expressionOf(glob).test(id));
}

const known = new Map<string, RegExp>();

function expressionOf(glob: string): RegExp {
  const made = known.get(glob) ?? new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  known.set(glob, made);
  return made;
}
