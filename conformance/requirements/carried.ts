// Whether what was sent came back: "auto" may have become a value, further members may have been added, and null, absent
// and empty are the same, so that null says nothing that could be lost. The graders inside a multi grader have three
// documented shapes and are not compared (E-S10).
import { isArray, isObject, type JsonValue, member, pointerOf, sameJson, show } from '../contract/json.ts';

export interface Lost {
  /** Where in the answer's member. */
  readonly at: string;
  readonly message: string;
}

/** The first place where `got` does not carry what `sent` holds, or undefined. */
export function firstLost(
  sent: JsonValue,
  got: JsonValue | undefined,
  path: readonly (string | number)[] = [],
): Lost | undefined {
  if (path.length === 0 && sameJson(sent, got)) return undefined;
  const lost = (): Lost => ({
    at: pointerOf(path),
    message: `${path.length === 0 ? 'it' : path.join('.')} was ${show(sent)} and is ${show(got)}`,
  });
  if (emptyToNull(sent) === null && emptyToNull(got) === null) return undefined;
  // What was left open may be settled by the target: a run without a name is called by the id of its job.
  if (sent === null) return undefined;
  if (sent === 'auto') return got === 'auto' || typeof got === 'number' ? undefined : lost();
  if (isArray(sent)) {
    if (!isArray(got) || got.length !== sent.length) return lost();
    return firstOf(sent.map((item, index) => () => firstLost(item, got[index], [...path, index])));
  }
  if (isObject(sent)) {
    if (!isObject(got)) return lost();
    const members = Object.keys(sent).filter((name) => !(name === 'graders' && sent['type'] === 'multi'));
    return firstOf(members.map((name) => () => firstLost(sent[name] ?? null, member(got, name), [...path, name])));
  }
  return sameJson(sent, got) ? undefined : lost();
}

function firstOf(attempts: readonly (() => Lost | undefined)[]): Lost | undefined {
  for (const attempt of attempts) {
    const lost = attempt();
    if (lost) return lost;
  }
  return undefined;
}

/** Absent, null and empty as one value: a job without metadata may say so in three ways. */
export function emptyToNull(value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return null;
  if (isArray(value)) return value.length === 0 ? null : value;
  return isObject(value) && Object.keys(value).length === 0 ? null : value;
}
