// Evidence in what a target answered: members of jobs, events, files and pages. What is there speaks for the editions that
// know it; what is missing speaks only against those that require it, for the others may leave it out.
import type { Edition } from '#generated/current/rules.ts';
import { isObject, type JsonValue, member } from '../contract/json.ts';
import { EDITIONS } from '../requirements/requirement.ts';
import type { Distinction } from './editions-apart.ts';
import { editionsWith, type Evidence, evidence } from './evidence.ts';

/** What an object of a component, as it was answered, says of the editions. */
export function answerEvidence(
  distinctions: readonly Distinction[],
  component: string,
  value: JsonValue | undefined,
  shownBy: string,
): Evidence[] {
  const own = distinctions.filter(({ point }) => point.kind === 'member' && point.owner === component);
  return own.flatMap((distinction) => {
    const { key, point } = distinction;
    const path = point.name.split('.');
    const parent = path.slice(0, -1).reduce<JsonValue | undefined>((from, name) => member(from, name), value);
    if (!isObject(parent)) return [];
    const held = parent[path.at(-1) ?? ''];
    const what = `${point.name} of ${point.owner}`;
    if (held === undefined) return evidence(key, `absent: ${what}`, shownBy, optionalIn(distinction));
    const isNullTelling =
      held === null && new Set(editionsWith(distinction).map((one) => distinction.says[one])).size > 1;
    const fits = isNullTelling ? nullableIn(distinction) : editionsWith(distinction);
    return evidence(key, `${held === null ? 'null' : 'present'}: ${what}`, shownBy, fits);
  });
}

function optionalIn({ says }: Distinction): readonly Edition[] {
  return EDITIONS.filter((edition) => says[edition]?.startsWith('required') !== true);
}

function nullableIn({ says }: Distinction): readonly Edition[] {
  return EDITIONS.filter((edition) => says[edition]?.endsWith('or null') === true);
}
