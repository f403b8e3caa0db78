// Where the contract constrains the body of a create: the sites that mechanical defects are made of. A site is a
// schema pointer and a keyword; the same requirement may rest on several (n_epochs stands in four places).
import { constraints } from '#generated/current/constraints.ts';
import { contractSchemas, resolved, tokensOfPointer } from '../../contract/schemas.ts';
import { isList, isObject, type JsonObject, type JsonValue, member } from '../../json.ts';
import { enforcementRow, graderOf, memberOfPointer } from './row-ids.ts';

export interface Site {
  readonly pointer: string;
  readonly keyword: string;
  readonly value: JsonValue;
  /** The requirement that it be enforced. */
  readonly row: string;
}

/** Sites that rest one requirement. */
export interface SiteGroup {
  readonly row: string;
  readonly sites: readonly Site[];
}

const ROOT = 'CreateFineTuningJobRequest';
const PREFIX = '#/components/schemas/';
const ANNOTATIONS = new Set(['default', '$ref', 'nullable', 'format']);

/** Every site of the create request, in the order of the contract. */
export function createSites(): readonly Site[] {
  const { reachable, branches } = componentsBelow(ROOT);
  const isBranchType = (pointer: string, keyword: string): boolean =>
    keyword === 'type' && branches.has(pointer.slice(PREFIX.length));
  return constraints
    .filter(({ pointer, keyword }) => reachable.has(tokensOfPointer(pointer)[0] ?? '') && !ANNOTATIONS.has(keyword))
    .filter(({ pointer, keyword }) => isSite(pointer, keyword) && !isBranchType(pointer, keyword))
    .map(({ pointer, keyword, value }) => ({ pointer, keyword, value, row: enforcementRow(pointer, keyword, value) }));
}

/** Sites by the requirement that they rest. */
export function groupedByRow(sites: readonly Site[]): readonly SiteGroup[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) groups.set(site.row, [...(groups.get(site.row) ?? []), site]);
  return [...groups].map(([row, members]) => ({ row, sites: members }));
}

/** The schema at a pointer. */
export function schemaAt(pointer: string): JsonObject {
  const [component = '', ...path] = tokensOfPointer(pointer);
  const found = path.reduce<JsonValue | undefined>(
    (schema, token) => (isList(schema) ? schema[Number(token)] : member(schema, token)),
    contractSchemas[component],
  );
  return isObject(found) ? found : {};
}

const PLACES: Readonly<Record<string, string>> = {
  CreateFineTuningJobRequest: 'top-level',
  FineTuneSupervisedHyperparameters: 'supervised',
  FineTuneDPOHyperparameters: 'dpo',
  FineTuneReinforcementHyperparameters: 'reinforcement',
};

/** What tells a site from the others of its requirement, as a part of an id. */
export function placeOf({ pointer, keyword, value }: Pick<Site, 'pointer' | 'keyword' | 'value'>): string {
  const [component = '', ...tokens] = tokensOfPointer(pointer);
  const place = PLACES[component];
  if (place !== undefined) return place;
  const subject = memberOfPointer(pointer);
  const grader = graderOf(subject) ?? '';
  const within = grader === 'grader.input' ? [component, ...tokens.filter((token) => !STEPS.has(token))] : [];
  const missing = keyword === 'required' && typeof value === 'string' ? [value] : [];
  const words = [...within, subject.slice(grader.length), ...missing].join('-');
  return dashed(words) || 'itself';
}

/** A name in the form of an id. */
export function dashed(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

const STEPS = new Set(['properties']);

/** Branches of a union are told apart by their type, and what names words beside any text binds nobody. */
function isSite(pointer: string, keyword: string): boolean {
  const schema = schemaAt(pointer);
  const union = /^(.*)\/(oneOf|anyOf)\/\d+$/.exec(pointer);
  if (union !== null) {
    if (keyword === 'type' || keyword === 'oneOf' || keyword === 'anyOf') return false;
    const branches = schemaAt(union[1] ?? '')[union[2] ?? ''];
    return !(isList(branches) && branches.some((branch) => isAnyText(branch) && branch !== schema));
  }
  return (keyword !== 'oneOf' && keyword !== 'anyOf') || schema['type'] === undefined;
}

function isAnyText(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'string' && Object.keys(schema).every((key) => key === 'type');
}

/** The components that a schema leads to, and those among them that are branches of a union. */
function componentsBelow(root: string): {
  readonly reachable: ReadonlySet<string>;
  readonly branches: ReadonlySet<string>;
} {
  const reachable = new Set<string>();
  const branches = new Set<string>();
  const look = (value: JsonValue, isBranch: boolean): void => {
    if (isList(value)) {
      for (const item of value) look(item, isBranch);
    }
    if (!isObject(value)) return;
    const reference = value['$ref'];
    if (typeof reference === 'string') enter(reference.slice(PREFIX.length), isBranch);
    for (const [name, below] of Object.entries(value)) look(below, name === 'oneOf' || name === 'anyOf');
  };
  const enter = (name: string, isBranch: boolean): void => {
    if (isBranch) branches.add(name);
    if (reachable.has(name)) return;
    reachable.add(name);
    look(resolved(contractSchemas, { $ref: PREFIX + name }), false);
  };
  enter(root, false);
  return { reachable, branches };
}
