// Constraints of the create request that a vendor does not enforce: each dropped everywhere, at one place only, for one
// method only, or off by one; null let through; and text or truth values taken for numbers.
import { combineEdits, type ContractEdit, editSchema } from '../../contract/schemas.ts';
import { isList, type JsonObject, type JsonValue, memberAt } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { contract, editedObject, hyperparameter, sentCreates } from '../hooks.ts';
import { createSites, dashed, groupedByRow, placeOf, schemaAt, type Site, type SiteGroup } from './create-sites.ts';
import { enforcementRow, graderOf, memberOfPointer } from './row-ids.ts';

const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** An edit that makes the contract forget one constraint. */
export function dropped({ pointer, keyword, value }: Site): ContractEdit {
  return editSchema(pointer, (schema) => {
    const required = schema['required'];
    if (keyword === 'required' && isList(required)) {
      return { ...schema, required: required.filter((name) => name !== value) };
    }
    // A union without its branches would still refuse what none of them takes; nothing is left of it.
    if (keyword === 'oneOf' || keyword === 'anyOf') return {};
    // Words and branches would hold the type up by themselves: values of the other types are let in beside them.
    if (keyword === 'type' && ['enum', 'oneOf', 'anyOf'].some((name) => schema[name] !== undefined)) {
      return { anyOf: [schema, { type: TYPES.filter((type) => type !== value) }] };
    }
    return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
  });
}

/** An edit that makes the contract forget several: the deeper first, as what they stand in may go with a later one. */
function allDropped(sites: readonly Site[]): ContractEdit {
  return combineEdits(sites.toSorted((one, other) => other.pointer.length - one.pointer.length).map(dropped));
}

/**
 * The model and the files are looked up: what is no name of one is refused all the same, and so is a body that is no
 * object and holds none; nothing is let through.
 */
function isLookedUp({ pointer, keyword, value }: Site): boolean {
  const member = memberOfPointer(pointer);
  if (member === '') return keyword === 'type' || (keyword === 'required' && value === 'model');
  return member === 'model' || member === 'validation_file';
}

/** Every defect of this kind. */
export function lenientDefects(): readonly Defect[] {
  const sites = createSites().filter((site) => !isLookedUp(site));
  const groups = groupedByRow(sites);
  return [
    ...groups.map(everywhere),
    ...groups.flatMap(atOnePlace),
    ...groups.flatMap(forOneMethod),
    ...groups.flatMap(offByOne),
    ...nullLetThrough(sites),
    ...takenForNumbers(),
  ];
}

function everywhere({ row, sites }: SiteGroup): Defect {
  return {
    id: `lenient:${row}`,
    wrong: `Does not enforce ${told(sites[0])}.`,
    breaks: row,
    ...contract(allDropped(sites)),
  };
}

/** One of several places is forgotten, as happens where the same rule was written down more than once. */
function atOnePlace({ row, sites }: SiteGroup): readonly Defect[] {
  if (sites.length === 1) return [];
  const byPlace = new Map<string, Site[]>();
  for (const site of sites) byPlace.set(placeOf(site), [...(byPlace.get(placeOf(site)) ?? []), site]);
  if (byPlace.size === 1) return [];
  return [...byPlace].map(([place, own]) => ({
    id: `lenient-${place}:${row}`,
    wrong: `Does not enforce ${told(own[0])} at one place (${place}), though it does elsewhere.`,
    breaks: row,
    ...contract(allDropped(own)),
  }));
}

const FURTHER_METHODS = ['dpo', 'reinforcement'];

/** Members that have nothing to do with the method are not checked where the method came later. */
function forOneMethod({ row, sites }: SiteGroup): readonly Defect[] {
  const [site] = sites;
  if (site === undefined || sites.length > 1 || !isIndependentOfMethod(site)) return [];
  return FURTHER_METHODS.map((method) => ({
    id: `lenient-when-${method}:${row}`,
    wrong: `Does not enforce ${told(site)} where the method is ${method}.`,
    breaks: row,
    ...contract(dropped(site), (body) => memberAt(body, 'method', 'type') === method),
  }));
}

function isIndependentOfMethod({ pointer }: Site): boolean {
  const member = memberOfPointer(pointer);
  return member !== '' && !/^(training_file|method|hyperparameters|grader)\b/.test(member);
}

/** How far a bound is moved so that it lets through what lies just beyond it. */
const LOOSENED: Readonly<Record<string, (schema: JsonObject, bound: number) => JsonObject>> = {
  minimum: (schema, bound) => ({ ...schema, minimum: bound - 1 }),
  maximum: (schema, bound) => ({ ...schema, maximum: bound + 1 }),
  maxLength: (schema, bound) => ({ ...schema, maxLength: bound + 1 }),
  maxItems: (schema, bound) => ({ ...schema, maxItems: bound + 1 }),
  maxProperties: (schema, bound) => ({ ...schema, maxProperties: bound + 1 }),
  exclusiveMinimum: ({ exclusiveMinimum: _, ...schema }, bound) => ({ ...schema, minimum: bound }),
};

function offByOne({ row, sites }: SiteGroup): readonly Defect[] {
  const [site] = sites;
  const loosen = LOOSENED[site?.keyword ?? ''];
  if (site === undefined || loosen === undefined) return [];
  const edits = sites.map(({ pointer, value }) => editSchema(pointer, (schema) => loosen(schema, Number(value))));
  const inclusive = site.keyword === 'exclusiveMinimum';
  return [
    {
      id: `${inclusive ? 'inclusive' : 'off-by-one'}:${row}`,
      wrong: inclusive
        ? `Lets ${told(site)} through with the bound itself.`
        : `Is one beyond the documented value with ${told(site)}.`,
      breaks: row,
      ...contract(combineEdits(edits)),
    },
  ];
}

/** Null is taken where the contract wants a value. */
function nullLetThrough(sites: readonly Site[]): readonly Defect[] {
  const places = sites.filter(
    ({ pointer, keyword }) =>
      ['type', 'oneOf', 'anyOf'].includes(keyword) &&
      graderOf(memberOfPointer(pointer)) === undefined &&
      memberOfPointer(pointer) !== '' &&
      schemaAt(pointer)['nullable'] !== true,
  );
  return groupedByRow(places).map(({ row, sites: own }) => ({
    id: `lenient-null:${row}`,
    wrong: `Takes null for ${memberOfPointer(own[0]?.pointer ?? '')}.`,
    breaks: row,
    ...contract(
      combineEdits(own.map(({ pointer }) => editSchema(pointer, (schema) => ({ ...schema, nullable: true })))),
    ),
  }));
}

const NUMBERS = [
  'n_epochs',
  'batch_size',
  'learning_rate_multiplier',
  'beta',
  'compute_multiplier',
  'eval_interval',
  'eval_samples',
];

/** What lax parsers of dynamic languages make numbers of. */
function takenForNumbers(): readonly Defect[] {
  const fromText = (value: JsonValue): JsonValue =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const fromTruth = (value: JsonValue): JsonValue => (typeof value === 'boolean' ? Number(value || 1) : value);
  return [...NUMBERS, 'seed'].flatMap((name) => {
    const row = enforcementRow(`#/components/schemas/CreateFineTuningJobRequest/properties/${name}`, 'type', '');
    const defect = (kind: string, wrong: string, edit: (value: JsonValue) => JsonValue): Defect => ({
      id: `${kind}-${dashed(name)}:${row}`,
      wrong,
      breaks: row,
      ...sentCreates((body) => (name === 'seed' ? editedObject(body, [name], edit) : hyperparameter(body, name, edit))),
    });
    return [
      defect('text-as-number', `Takes text of digits for a number in ${name}.`, fromText),
      defect('truth-as-number', `Takes true and false for the number 1 in ${name}.`, fromTruth),
    ];
  });
}

/** A constraint in words: `maximum 50 of n_epochs`. */
function told(site: Site | undefined): string {
  if (site === undefined) return 'a constraint';
  const { pointer, keyword, value } = site;
  const subject = memberOfPointer(pointer).replace(/^hyperparameters\./, '') || 'the body';
  if (keyword === 'required') return `that ${typeof value === 'string' ? value : 'a member'} of ${subject} is present`;
  if (keyword === 'type' || keyword === 'oneOf' || keyword === 'anyOf') return `the type of ${subject}`;
  if (keyword === 'enum') return `the words of ${subject}`;
  return `${keyword} ${JSON.stringify(value)} of ${subject}`;
}
