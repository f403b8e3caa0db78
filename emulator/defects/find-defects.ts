// Finds defects by id; a mistyped id is answered with the nearest one.
import { ConfigurationError } from '../configuration-error.ts';
import { nearest } from '../text/edit-distance.ts';
import { allDefects } from './all-defects.ts';
import type { Defect } from './defect.ts';

/** The defects of some ids, in their order. @throws ConfigurationError for an id that no defect has. */
export function findDefects(ids: readonly string[]): readonly Defect[] {
  if (ids.length === 0) return [];
  const defects = new Map(allDefects().map((defect) => [defect.id, defect]));
  return ids.map((id) => {
    const defect = defects.get(id);
    if (defect !== undefined) return defect;
    const suggestion = nearest(id, [...defects.keys()]) ?? '';
    throw new ConfigurationError(
      `there is no defect '${id}'`,
      `did you mean '${suggestion}'? --list-defects lists all`,
    );
  });
}
