// Which branch of one union answers to which of another: by the value that tells the kinds of object apart
// (`type: "multi"`), else by JSON type. The order of branches means nothing.
import type { JsonValue } from './json.ts';
import { isFreeForm, type SchemaReader, type View } from './schema-view.ts';

/** A branch of a union. */
export interface Branch {
  readonly schema: JsonValue;
  readonly view: View;
  /** JSON type; integers are numbers. */
  readonly type: string;
  /** The value that tells this kind of object from others. */
  readonly tag: string | undefined;
}

export interface Pairing {
  readonly pairs: readonly (readonly [ours: Branch, theirs: Branch])[];
  /** Several branches of one side that are one shapeless branch on the other. */
  readonly blurred: readonly (readonly [ours: readonly Branch[], theirs: readonly Branch[]])[];
  readonly onlyOurs: readonly Branch[];
  readonly onlyTheirs: readonly Branch[];
}

/** The branches of a schema; one without a union is its own only branch. */
export function branchesOf(schema: JsonValue, reader: SchemaReader): Branch[] {
  const { branches } = reader.view(schema);
  return (branches.length > 0 ? branches : [schema]).map((branch) => {
    const view = reader.view(branch);
    const type = [...view.types].join(' or ') || 'anything';
    return { schema: branch, view, type: type === 'integer' ? 'number' : type, tag: tagOf(view, reader) };
  });
}

/** What a branch is called. */
export function labelOf({ tag, type }: Branch): string {
  return tag ?? type;
}

const TAGS = ['type', 'object', 'kind', 'role'];

function tagOf(view: View, reader: SchemaReader): string | undefined {
  const names = [...TAGS.filter((name) => view.properties.has(name)), ...view.properties.keys()];
  for (const name of names) {
    const values = [...(reader.view(view.properties.get(name) ?? true).values ?? [])];
    const value: unknown = values.length === 1 ? JSON.parse(values[0] ?? '') : undefined;
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** Finds for each branch its counterpart. */
export function pairBranches(ours: readonly Branch[], theirs: readonly Branch[]): Pairing {
  const pairs: [Branch, Branch][] = [];
  const [mine, others] = [[...ours], [...theirs]];
  const match = (fits: (a: Branch, b: Branch) => boolean): void => {
    for (const one of [...mine]) {
      const other = others.find((candidate) => fits(one, candidate));
      if (!other) continue;
      pairs.push([one, other]);
      mine.splice(mine.indexOf(one), 1);
      others.splice(others.indexOf(other), 1);
    }
  };
  match((a, b) => a.type === b.type && a.tag === b.tag);
  const blurred = [...blur(mine, others), ...blur(others, mine).map(([a, b]) => [b, a] as const)];
  match((a, b) => a.type === b.type && (a.tag === undefined || b.tag === undefined));
  return { pairs, blurred, onlyOurs: mine, onlyTheirs: others };
}

/** Takes out what is told apart on one side and is any object at all on the other. */
function blur(sharp: Branch[], shapeless: Branch[]): (readonly [Branch[], Branch[]])[] {
  return shapeless
    .filter(({ type, view }) => type === 'object' && isFreeForm(view))
    .flatMap((one) => {
      const covered = sharp.filter(({ type, tag }) => type === 'object' && tag !== undefined);
      if (covered.length === 0) return [];
      for (const branch of covered) sharp.splice(sharp.indexOf(branch), 1);
      shapeless.splice(shapeless.indexOf(one), 1);
      return [[covered, [one]] as const];
    });
}
